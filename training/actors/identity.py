"""Fit and measure who a name means: `python -m training.actors.identity --data FOLDER`.

A story that gives a person's full name says who its surname means. Each such person is asked for by the
surname alone: right is the actor of the list that bears the full name, or nobody where the list has none.
Half of them are asked for without what the story calls them, as bare surnames mostly stand.
The stories are those that the reader is trained on (`training/reader`).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from sitrep.coding.actors.identify import (
    FEATURES,
    RIVAL,
    Told,
    called_otherwise,
    features_of,
    possible_bearers,
)
from sitrep.coding.actors.world import World, world
from sitrep.coding.tables import Word, actor_words, words_of
from sitrep.records import ActorDescription
from training.reader.stories import Story, parsed, read_stories

OUTPUT: Final = Path("src/sitrep/models/identity.json")
PRECISION: Final = 0.97
FOLDS: Final = 5
BARE: Final = 0.5
ALIKE: Final = 75  # of 100: from here on two given names are spellings of one
_TITLES: Final = frozenset({"president", "minister", "chief", "council", "law", "x"}) | actor_words()["kin"]


@dataclass(frozen=True)
class Person:
    """Somebody whom a story names, as its actors say, and what the story says beside the name."""

    story: str
    name: str
    told: Told


@dataclass(frozen=True)
class Query:
    """A surname, the features of all who bear it, and who is meant."""

    story: str
    name: str
    rows: np.ndarray  # [candidates, features]
    right: tuple[int, ...]  # 1 for the candidate that is meant


def persons_of(docs: Iterable[tuple[Doc, Story]]) -> Iterator[Person]:
    for doc, story in docs:
        counted: Counter[str] = Counter()
        for place in doc._.places:
            if place.country:
                counted[place.country] += len(place.mentions)
        for actor in doc._.actors:
            if actor.kind == "state" and actor.country:
                counted[actor.country] += len(actor.mentions)
        countries = {country: count / counted.total() for country, count in counted.items()}
        for actor in doc._.actors:
            if actor.kind == "person":
                titles = (actor.description,) if actor.description else ()
                said = ActorDescription(*((None, ()) if actor.inferred else (actor.country, actor.sectors)))
                told = Told(doc._.published, countries, titles, said)
                yield Person(story.gold["id"], actor.name, told)


def queries_of(persons: Iterable[Person], list_: World, draw: random.Random) -> list[Query]:
    found = []
    for person in persons:
        words = words_of(person.name)
        if len(words) < 2 or not all(_is_of_name(word) for word in words):
            continue
        told = person.told
        bearers = list_.called(person.name, True) or tuple(
            actor for actor in list_.bearing(words[-1].text) if _spelt_alike(actor.name, person.name)
        )
        meant = {actor.id for actor in bearers if not _conflict(actor.countries, told)}
        if bearers and not meant:
            continue  # a namesake, or the report is wrong: nobody can say
        if draw.random() < BARE:
            told = replace(told, titles=(), description=ActorDescription())
        surname = next((w.text for w in (words[-1], words[0]) if list_.bearing(w.text)), words[-1].text)
        known = possible_bearers(list_.bearing(surname), told)
        possible = [(actor, role) for actor, role in known if not called_otherwise(actor, told)]
        if possible:
            rows = features_of(possible, told, surname)
            right = tuple(int(actor.id in meant) for actor, _ in possible)
            found.append(Query(person.story, f"{person.name} ({surname})", np.array(rows), right))
    return found


def _is_of_name(word: Word) -> bool:
    """Is it no title that the recogniser took into the name: "KAMALA BECOMES PRESIDENT"?"""
    return word.text[0].isupper() and word.key not in _TITLES and not word.text[1:].isupper()


def _spelt_alike(one: str, other: str) -> bool:
    """Are two full names of one surname spelt after different sounds: "Fouad", "Foaud"?"""
    first, second = (words_of(name)[:-1] for name in (one, other))
    return any(
        fuzz.ratio(a.key, b.key) >= ALIKE for a in first for b in second if min(len(a.key), len(b.key)) > 2
    )


def _conflict(countries: frozenset[str], told: Told) -> bool:
    country = told.description.country
    return country is not None and bool(countries) and country not in countries


def fitted(queries: Sequence[Query]) -> np.ndarray:
    rows = np.concatenate([query.rows for query in queries])
    right = np.array([label for query in queries for label in query.right])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000).fit(rows, right)
    return model.coef_[0]


def answers(queries: Sequence[Query], weights: np.ndarray) -> list[tuple[float, float, bool, str]]:
    """For each query the best and the second probability, whether the best is right, and its name."""
    found = []
    for query in queries:
        likely = 1 / (1 + np.exp(-(query.rows @ weights)))
        order = np.argsort(-likely)
        second = float(likely[order[1]]) if len(order) > 1 else 0.0
        found.append((float(likely[order[0]]), second, bool(query.right[order[0]]), query.name))
    return found


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print the wrong answers")
    arguments = parser.parse_args()
    docs = parsed(read_stories(arguments.data))
    queries = queries_of(persons_of(docs), world(), random.Random(1))
    wanted = sum(any(query.right) for query in queries)
    print(f"{len(queries)} surnames that somebody of the list bears, {wanted} of the list")
    held = []
    folds = GroupKFold(FOLDS).split(queries, groups=[query.story for query in queries])
    for train, test in folds:
        held += answers([queries[n] for n in test], fitted([queries[n] for n in train]))
    least = None
    for threshold in np.arange(0.3, 0.99, 0.02):
        given = [one for one in held if one[0] >= threshold and one[1] <= RIVAL]
        right = sum(one[2] for one in given)
        share = right / max(1, len(given))
        print(f"{threshold:.2f}  {right} of {len(given)} right ({share:.3f}), recall {right / wanted:.3f}")
        if share >= PRECISION and least is None:
            least = round(float(threshold), 2)
            for probability, _, is_right, name in given if arguments.show else ():
                if not is_right:
                    print("   wrong:", name, round(probability, 2))
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, fitted(queries), strict=True)}
    for name, weight in weights.items():
        print(f"{weight:7.2f}  {name}")
    OUTPUT.write_text(json.dumps({"weights": weights, "least": least}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
