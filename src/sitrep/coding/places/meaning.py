"""Which place each name of a report means, judged by what else the report names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from spacy.tokens import Doc

from sitrep.coding.places.names import (
    is_kin,
    peoples_named,
    place_words,
)
from sitrep.coding.places.ranking import Name, lies_in, ranking_features
from sitrep.coding.places.thresholds import (
    CALLED,
    FEATURE_NAMED,
    FEATURE_UNPLACED,
    LARGEST,
    LEAST_ALONE,
    LEAST_CITY,
    LEAST_CONSONANTS,
    LEAST_RANK,
    LEAST_TOWN,
    NEAR_KM,
    SIMILAR,
)
from sitrep.coding.places.weights import PlaceModels
from sitrep.gazetteer import Candidate, Gazetteer
from sitrep.gazetteer.distance import distance_km
from sitrep.gazetteer.names import name_key, skeleton

# Where a plain "New York" or "Quebec" is the division as often as its town; elsewhere it is the town.
_BY_STATES: Final = frozenset({"USA", "CAN"})


@dataclass(frozen=True, slots=True)
class Located:
    """What one name of a report turned out to mean."""

    name: Name
    scores: tuple[float, ...]  # how likely each of the name's candidates is meant
    candidate: Candidate | None = None
    probability: float = 0.0  # of the candidate
    position: tuple[float, float] | None = None  # reckoned, for a place that the gazetteer lacks

    @property
    def feature(self) -> str | None:
        """The feature that the text makes of the name, "the X air base"; the candidate is then what it
        lies near."""
        return next((mention.feature for mention in self.name.mentions if mention.feature), None)


def locate_names(doc: Doc, names: Sequence[Name], gazetteer: Gazetteer, models: PlaceModels) -> list[Located]:
    """What each name means. A name that fits none of its candidates is left out; one that has none is kept
    without a position where the recogniser or the text itself calls it a place."""
    tables = ranking_features(doc, names)
    scores = models.rank_scores(np.concatenate(tables)) if names else np.zeros(0)
    ends = np.cumsum([len(table) for table in tables])
    located = []
    for name, table, end in zip(names, tables, ends, strict=True):
        chances = tuple(float(score) for score in scores[end - len(table) : end])
        located.append(_likeliest(name, chances))
    located = [_as_capital(item, located) for item in located]
    countries = countries_of(doc, located)
    known_towns = [
        item.candidate
        for item in located
        if item.candidate is not None
        and item.probability >= 0.5
        and item.candidate.feature.startswith(("PPL", "ADM2"))
        and item.candidate.feature != "PPLC"  # a capital as often names its government
    ]
    settled = [_settle(item, countries, known_towns, gazetteer) for item in located]
    return [item for item in settled if item is not None]


def _likeliest(name: Name, chances: tuple[float, ...]) -> Located:
    if not chances:
        return Located(name, chances)
    best = max(range(len(chances)), key=lambda i: chances[i])
    probability = chances[best]
    capitals = [i for i, c in enumerate(name.candidates) if c.feature == "PPLC"]
    if capitals and _called_capital(name) and chances[capitals[0]] >= LEAST_RANK / 2:
        best, probability = capitals[0], max(chances[capitals[0]], CALLED)
    elif (town := _town_in(name, best)) is not None and (
        name.candidates[town].country not in _BY_STATES or chances[town] >= LEAST_RANK
    ):
        best, probability = town, chances[best]
    return Located(name, chances, name.candidates[best], probability)


def _town_in(name: Name, division: int) -> int | None:
    """The largest town of the name in a division that bears it too.

    "Varnel" is the town rather than Varnel Oblast, unless the text says "oblast"; "New York" may be the
    state, where the town has less than half of its people.
    """
    area = name.candidates[division]
    called = any(m.tokens[-1].lower_ in place_words()["division"] for m in name.mentions)
    if called or not area.feature.startswith("ADM"):
        return None
    towns = [
        i
        for i, c in enumerate(name.candidates)
        if c.feature.startswith("PPL") and c.match == "name" and lies_in(c, area)
        if area.match != "name"
        or 2 * c.population >= area.population
        or (c.population >= LEAST_CITY and c.country not in _BY_STATES)
    ]
    return max(towns, key=lambda i: name.candidates[i].population, default=None)


def _as_capital(item: Located, located: Sequence[Located]) -> Located:
    """The capital of a state rather than a division of it that bears its name, unless the text is about that
    division: "Washington" is no Pacific state where nothing else of the report lies there."""
    area, name = item.candidate, item.name
    if area is None or not area.feature.startswith("ADM") or name.within or _called_division(name):
        return item
    capitals = [
        i
        for i, c in enumerate(name.candidates)
        if c.feature == "PPLC" and c.country == area.country and c.match != "bare" and not lies_in(c, area)
    ]
    inside = any(
        other.candidate is not None and other.probability >= 0.5 and lies_in(other.candidate, area)
        for other in located
    )
    if not capitals or inside:
        return item
    return replace(item, candidate=name.candidates[capitals[0]], probability=max(item.probability, LARGEST))


def _called_division(name: Name) -> bool:
    """Whether the text says "X state", "the state of X" or "X's governor", or shortens it as states are."""
    return any(
        mention.tokens.text != mention.name
        or any(
            t.lower_ in place_words()["division"]
            for t in mention.tokens.doc[mention.end - 1 : mention.end + 1]
        )
        or mention.tokens.doc[max(0, mention.start - 2) : mention.start].text.lower()
        in ("state of", "province of")
        for mention in name.mentions
    )


def _called_capital(name: Name) -> bool:
    """Whether the text says "the capital, X" or "the capital city of X"."""
    return any(
        token.lower_ == "capital"
        for mention in name.mentions
        for token in mention.tokens.doc[max(0, mention.start - 3) : mention.start]
    )


def countries_of(doc: Doc, located: Iterable[Located]) -> Counter[str]:
    """How often a report names each country: itself, by its people, or by a place in it that is all but
    certain."""
    countries = Counter(peoples_named(doc))
    for item in located:
        if item.candidate is not None and item.candidate.country and item.probability >= 0.5:
            countries[item.candidate.country] += len(item.name.mentions)
    return countries


_COMPASS_NAME: Final = re.compile(
    r"(?:(?:north|south|east|west|upper|lower|central|middle)(?:ern)?[ -]?)+"
    r"(?:coast|bank|shore|side|end|mountains?|hills?|valley|desert|region|front|gate|point)?",
    re.IGNORECASE,
)


def _settle(
    item: Located, countries: Counter[str], known_towns: Sequence[Candidate], gazetteer: Gazetteer
) -> Located | None:
    """The name with what the report's countries make of it; None for a name that means no place we can
    tell."""
    first, place = item.name.mentions[0], item.candidate
    known = place is not None and item.probability >= LEAST_RANK
    foreign = place is not None and place.country is not None and place.country not in countries
    if foreign and countries:
        known = item.probability >= LEAST_ALONE
    if item.feature:
        # The air base of a town in the report's countries lies near it; one elsewhere shares its name by
        # chance.
        named = [
            (score, c.population, i)
            for i, (score, c) in enumerate(zip(item.scores, item.name.candidates, strict=True))
            if is_kin(item.feature, c) and (c.country in countries or not countries)
        ]
        if named:
            return replace(item, candidate=item.name.candidates[max(named)[2]], probability=FEATURE_NAMED)
        return item if known and not foreign else replace(item, candidate=None, probability=FEATURE_UNPLACED)
    if _COMPASS_NAME.fullmatch(first.name) and (foreign or not known):
        return None  # "the West Coast" is somewhere in the story's country, not a region of New Zealand
    if known:
        return item
    # Where a report names no country at all, whatever dwarfs its namesakes is meant.
    states: Container[str | None] = countries or {c.country for c in item.name.candidates}
    at_home = _largest_in(item.name.candidates, states)
    if at_home is not None and (first.called or first.label is not None):
        return replace(item, candidate=at_home, probability=LARGEST)
    # Of two as alike, a division before a hamlet: divisions are what reports name. A name that the
    # gazetteer has elsewhere is some hamlet's only where it sounds just so.
    near = gazetteer.similar(first.name, countries)
    near = [c for c in near if place is None or (c.feature == "ADM1" and c.similarity == 1.0)]
    near = [c for c in near if c.feature == "ADM1" or _is_within_reach(first.name, c, known_towns)]
    if near:
        best = max(near, key=lambda c: (c.similarity, c.feature == "ADM1", c.population))
        return replace(item, candidate=best, probability=round(SIMILAR * best.similarity, 4))
    unplaced = first.called or (item.candidate is None and first.label in ("GPE", "LOC"))
    return replace(item, candidate=None, probability=FEATURE_UNPLACED) if unplaced else None


def _largest_in(candidates: Iterable[Candidate], countries: Container[str | None]) -> Candidate | None:
    """The town of a report's country that bears a name, where it dwarfs all others there that do."""
    at_home = [
        c for c in candidates if c.country in countries and c.match != "bare" and c.feature.startswith("PPL")
    ]
    at_home.sort(key=lambda c: -c.population)
    if not at_home or at_home[0].population < LEAST_TOWN:
        return None
    return at_home[0] if len(at_home) == 1 or at_home[0].population >= 5 * at_home[1].population else None


def _is_within_reach(name: str, town: Candidate, known_towns: Iterable[Candidate]) -> bool:
    """Whether a town may be another spelling of `name`: a name of some length, near what the report is about.

    "Shire" and "Sira" share two consonants, and so do hundreds of towns.
    """
    long_enough = len(skeleton(name_key(name))) >= LEAST_CONSONANTS
    return long_enough and any(apart(town, other) <= NEAR_KM for other in known_towns)


def apart(one: Candidate, other: Candidate) -> float:
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
