"""Where an act took place.

`find_locations` reads it off the grammar of a proposition: sure, and silent where the parse does not tie the
place to the act. `locate_act` asks a small learned model about every name in the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.events.arguments import Tokens, coordinated
from sitrep.coding.events.location_features import (
    are_listed,
    location_candidates,
    location_features,
    preposition_over,
)
from sitrep.coding.events.propositions import Proposition
from sitrep.models import Model

IsPlace = Callable[[Token], bool]

# Chosen by token F1 in 5-fold cross-validation, which is flat from 0.25 to 0.4 and from 0.05 to 0.2. Run
# `python -m training.event_locations --data FOLDER --cross-validate` before changing them.
LEAST: Final = 0.3
LEAST_LISTED: Final = 0.1  # for a name in one list with a likelier one

_AT: Final = frozenset({
    "in", "at", "near", "around", "outside", "inside", "across", "throughout", "within", "on", "over",
    "along", "off", "beside", "south", "north", "east", "west", "northeast", "northwest", "southeast",
    "southwest", "between",
})  # fmt: skip
# Where a movement leads, and where it begins: troops are sent to a place, and withdrawn from one.
TOWARDS: Final = frozenset({"to", "into", "through", "toward", "towards", "from"})
AWAY: Final = frozenset({"from"})
# Under these stands the act or the time that this one is part of: "killed in clashes near A".
_DURING: Final = frozenset({"in", "during", "amid", "at"})
# Behind these the name is further inside: "in the city of", "at a base near", "on the edge of".
_INNER: Final = frozenset({"in", "near", "at", "outside", "around", "on", "inside", "to", "between"})


@dataclass(frozen=True, slots=True)
class Location:
    """A name in the text where an act took place. `probability` is the model's, rounded."""

    name: TokenSpan
    probability: float

    @property
    def in_phrase_of_place(self) -> bool:
        """Whether the name stands under "in", "near" and the like: in "spoke to the A envoy" it says who."""
        return preposition_over(self.name) in _AT


class LocationModel:
    """The weights that judge whether an act took place where a name says."""

    def __init__(self) -> None:
        self._model = Model("event_locations")

    @property
    def digest(self) -> str:
        return self._model.digest

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """float64 [candidates] of float32 [candidates, columns of `LOCATION_FEATURES`]."""
        odds = self._model.run(features=features)["odds"][:, 0].astype(np.float64)
        result: NDArray[np.float64] = np.round(1.0 / (1.0 + np.exp(-odds)), 4)
        return result


def locate_act(doc: Doc, trigger: Token, model: LocationModel, least: float = LEAST) -> tuple[Location, ...]:
    """The names where the act that `trigger` names took place, in the order of the text.

    They are the likeliest name in its sentence, if the model gives it at least `least`, and those listed with
    it ("in A, B and C"). Empty where the sentence names no such place; `doc` needs a parse, and is read
    better with entities and `doc._.places`.
    """
    candidates = location_candidates(doc, trigger)
    if not candidates:
        return ()
    chances = model.probabilities(location_features(doc, trigger, candidates))
    best = int(np.argmax(chances))
    if chances[best] < least:
        return ()
    chosen = {best}
    for order in (range(best - 1, -1, -1), range(best + 1, len(candidates))):
        last = best
        for number in order:
            one, later = sorted((candidates[last], candidates[number]), key=lambda candidate: candidate.start)
            if chances[number] >= LEAST_LISTED and are_listed(doc, one, later):
                chosen.add(number)
                last = number
    return tuple(
        Location(doc[candidates[number].start : candidates[number].end], float(chances[number]))
        for number in sorted(chosen)
    )


def find_locations(
    doc: Doc,
    proposition: Proposition,
    is_name: IsPlace,
    *,
    physical: bool = True,
    motion: frozenset[str] = frozenset(),
) -> Tokens:
    """Heads of the place names where the act happened, coordinated ones all.

    Empty where its clause does not say. A `physical` act is where those are whom it is done to; words are
    not: "condemned a company in A" was said elsewhere. `motion` holds the prepositions under which a movement
    has its place: TOWARDS ("sent troops to Mali") or AWAY ("withdrew from Kidal towards Gao").
    """
    where = _AT if physical else _AT - {"on", "over"}  # "called on A" is whom, "talks over A" is what about
    for word in _bearers(doc, proposition, physical):
        names = _beside(word, is_name, where | motion, proposition.companions)
        if names:
            return names
    return ()


def _beside(word: Token, is_name: IsPlace, prepositions: frozenset[str], companions: Tokens) -> Tokens:
    # What follows the act is nearer to it than what precedes: "In A, rebels took B in the north".
    for child in sorted(word.children, key=lambda child: child.i < word.i):
        if child.dep_ not in {"prep", "advmod"} or child.lower_ not in prepositions:
            continue
        names = [
            name
            for part in _objects(child)
            if part.i not in companions or is_name(part)  # "clashes between A and B": no places
            for name in names_in(part, is_name)
        ]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _objects(preposition: Token) -> Iterator[Token]:
    """What a preposition governs, also through another: "north of A", "in and near A"."""
    for part in preposition.children:
        if part.dep_ == "pobj":
            yield part
        elif part.dep_ in {"prep", "conj"}:
            yield from (inner for inner in part.children if inner.dep_ == "pobj")


def names_in(token: Token, is_name: IsPlace, depth: int = 0) -> Tokens:
    """The place names that a phrase is about: "the cities of A and B", "a village near C", "D province"."""
    if depth > 5:
        return ()
    found: list[int] = []
    for index in coordinated(token):
        part = token.doc[index]
        if is_name(part):
            found.append(index)
            found.extend(_listed_beside(part, is_name, depth))
            continue
        found.extend(_inner_names(part, is_name, depth))
    return tuple(dict.fromkeys(found))


def _listed_beside(name: Token, is_name: IsPlace, depth: int) -> list[int]:
    """The rest of a list that the parser took for appositions: "A, the cities of B and C, the D base, and
    towns".

    "A, the capital" and "A, Mali" are no lists: what stands beside the name is a plural, or has an "and".
    """
    appositions = [child for child in name.children if child.dep_ == "appos"]
    listed = any(part.dep_ == "cc" for other in appositions for part in other.children)
    return [
        found
        for child in appositions
        if child.tag_ == "NNS" or listed
        for found in names_in(child, is_name, depth + 1)
    ]


_COUNTRIES: Final = frozenset({"U.S.", "US", "USA", "U.K.", "UK", "UAE", "EU"})


def _inner_names(noun: Token, is_name: IsPlace, depth: int) -> list[int]:
    for wanted in ("appos", "of", "compound", "near", "poss", "country"):
        found: list[int] = []
        for child in noun.children:
            if wanted == "appos" and child.dep_ == "appos":
                found.extend(names_in(child, is_name, depth + 1))
            elif (
                wanted in {"of", "near"}
                and child.dep_ == "prep"
                and (child.lower_ == "of" if wanted == "of" else child.lower_ in _INNER)
            ):
                for part in child.children:
                    if part.dep_ == "pobj":
                        found.extend(names_in(part, is_name, depth + 1))
            elif child.dep_ in {"compound", "nmod"} and is_name(child):
                # "the U.S. compound in Benghazi" is where it is, and not whose
                if wanted == ("country" if child.text in _COUNTRIES else "compound"):
                    found.append(child.i)
            elif wanted == "poss" and child.dep_ == "poss" and is_name(child):
                found.append(child.i)
        if found:
            return found
    return []


def _bearers(doc: Doc, proposition: Proposition, physical: bool) -> Iterator[Token]:
    """The words on which the place may hang: the act, its light verb, its parties, the acts it is part of."""
    act = doc[proposition.head]
    yield act
    if proposition.light is not None:
        yield doc[proposition.light]
    if not physical:
        return
    parties = (
        *proposition.patients, *proposition.companions, *proposition.at("on"), *proposition.at("against"),
    )  # fmt: skip
    for token in parties:
        if doc[token].pos_ in {"NOUN", "PROPN", "NUM"}:
            yield doc[token]
    for child in act.children:
        if child.dep_ == "prep" and child.lower_ in _DURING:
            yield from (part for part in child.children if part.dep_ == "pobj" and part.pos_ == "NOUN")
