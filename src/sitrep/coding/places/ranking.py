"""Which of the places that bear a name is meant: candidates compared by what else the report names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from sitrep.coding.places.names import Proposal, peoples_named
from sitrep.gazetteer import Candidate
from sitrep.gazetteer.distance import EARTH_KM
from sitrep.gazetteer.names import name_key

Numbers = NDArray[np.float64]

MOST_CANDIDATES: Final = 60  # of one name, by population; the development sets have theirs among them
FAR_KM: Final = 2 * np.pi * EARTH_KM  # farther than anything is


@dataclass(slots=True)
class Name:
    """One name of a report, with all its mentions, and the places that it may mean."""

    mentions: list[Proposal]
    candidates: list[Candidate]
    within: list[Candidate]  # what the report says it lies in: "Springfield, Illinois"


_Identity = tuple[int | None, str]


def group_names(proposals: Sequence[Proposal]) -> list[Name]:
    """The mentions of one name together: a report means one place by it.

    Unless it says "X, Texas" here and "X, Ohio" there: those are two names, and a bare "X" goes with the
    first.
    """
    _find_containers(proposals)
    stated: dict[str, _Identity] = {}
    for p in proposals:
        if p.within:
            stated.setdefault(name_key(p.name), _identity(p.within[0]))
    groups: dict[tuple[str, _Identity | None], list[Proposal]] = {}
    for p in proposals:
        key = name_key(p.name)
        container = _identity(p.within[0]) if p.within else stated.get(key)
        if p.feature and any(c.notable for c in p.candidates):
            key += f" ({p.feature})"  # the airport of a town is another place than the town
        groups.setdefault((key, container), []).append(p)
    return [
        Name(
            mentions,
            max((p.candidates for p in mentions), key=len)[:MOST_CANDIDATES],
            next((p.within for p in mentions if p.within), []),
        )
        for mentions in groups.values()
    ]


def _identity(candidate: Candidate) -> _Identity:
    return candidate.geonameid, candidate.name


_INSIDE: Final = re.compile(r"(?:\w+ )?in(?: the)?|(?:\w+ ?)?,(?: in(?: the)?)?|\(")


def _find_containers(proposals: Sequence[Proposal]) -> None:
    """Note in each mention what follows as the area it lies in: "X, Texas", "X province in Yemen"."""
    for here, following in pairwise(proposals):
        between = here.tokens.doc[here.end : following.start].text.strip().lower()
        abbreviated = following.name != following.tokens.text
        if _INSIDE.fullmatch(between) or (between == "" and abbreviated):
            here.within = [c for c in following.candidates if any(lies_in(x, c) for x in here.candidates)]


def lies_in(place: Candidate, area: Candidate) -> bool:
    """Whether the gazetteer has `place` inside `area`, a country or division."""
    if place.geonameid == area.geonameid:
        return False
    if area.feature == "PCLI":
        return place.country == area.country and place.feature != "PCLI"
    if area.feature == "ADM1":
        return place.admin1 == area.geonameid
    return area.feature == "ADM2" and place.admin2 == area.geonameid


# The columns, in order. "Share" is of the report's other names: how many have a candidate in the same
# country, first- or second-level division, or so near, each weighted by how likely that candidate is by
# population alone.
RANKING_FEATURES: Final = (
    "own_name", "bare_name", "population", "population_rank", "population_share", "candidates", "is_country",
    "is_first_division", "is_second_division", "is_capital", "is_settlement", "is_region", "called_division",
    "within", "not_within", "same_division",
    "country_share", "country_rank", "country_named", "country_people", "first_division_share",
    "first_division_named", "second_division_share", "within_20_km", "within_50_km", "within_150_km",
    "within_500_km", "near_likely", "nearest",
    "other_names", "mentions", "first_name", "in_first_half", "at_start",
)  # fmt: skip
_RADII_KM: Final = (20, 50, 150, 500)
_SPREAD: Final = ("PCLI", "CONT", "RGN", "OCN", "SEA")  # near to nothing in particular
MOST: Final = 9  # counts stop here

# Regions and seas have no population of their own; in news they stand before any town of their name.
_LIKE_A_COUNTRY: Final = 3_000_000


def ranking_features(doc: Doc, names: Sequence[Name]) -> list[NDArray[np.float32]]:
    """For each name, float32 [its candidates, len(RANKING_FEATURES)]."""
    known = [name for name in names if name.candidates]
    tables = iter(_tables(doc, known) if known else ())
    empty = np.zeros((0, len(RANKING_FEATURES)), dtype=np.float32)
    return [next(tables) if name.candidates else empty for name in names]


def _size(candidate: Candidate) -> int:
    settled = candidate.feature.startswith(("PPL", "ADM", "PCL"))
    return (
        candidate.population if settled or candidate.population or not candidate.notable else _LIKE_A_COUNTRY
    )


def _chances(name: Name) -> Numbers:
    """How likely each candidate is before anything else of the report is looked at; they sum to 1."""
    size = np.array([_size(c) + 200.0 for c in name.candidates]) ** 0.6
    called_division = name.mentions[0].name.endswith(("County", "Parish"))
    for i, c in enumerate(name.candidates):
        if c.feature == "PCLI":
            size[i] *= 4
        elif c.feature == "ADM2" and not called_division:
            size[i] *= 0.3
        if name.within and not any(lies_in(c, area) for area in name.within):
            size[i] *= 0.01
    result: Numbers = size / size.sum()
    return result


def _tables(doc: Doc, names: Sequence[Name]) -> list[NDArray[np.float32]]:
    chances = [_chances(name) for name in names]
    others = max(len(names) - 1, 1)
    support = _support(names, np.concatenate(chances), others)
    people = Counter(peoples_named(doc))
    countries, regions, by_share = _named_areas(names, chances)
    rank = {country: place for place, (country, _) in enumerate(by_share.most_common())}
    starts = [min(p.start for p in name.mentions) for name in names]
    tables = []
    at = 0
    for name, chance, start in zip(names, chances, starts, strict=True):
        count = len(name.mentions)
        of_name = [np.log1p(others), min(count, MOST), start == min(starts), start < len(doc) / 2, start < 30]
        # What a name says by itself does not speak for it.
        own_countries, own_regions, _ = _named_areas([name], [chance])
        rows = []
        for i, (c, own) in enumerate(zip(name.candidates, _of_candidates(name), strict=True)):
            shares = support[at + i]
            country_named = countries[c.country or ""] - own_countries[c.country or ""]
            region_named = regions[c.admin1 or 0] - own_regions[c.admin1 or 0]
            areas = [
                shares[0], min(rank.get(c.country or "", MOST), MOST), country_named,
                min(people[c.country or ""], MOST), shares[1], region_named, shares[2],
            ]  # fmt: skip
            rows.append([*own, *areas, *shares[3:], *of_name])
        tables.append(np.array(rows, dtype=np.float32))
        at += len(name.candidates)
    return tables


def _of_candidates(name: Name) -> list[list[float]]:
    """What is known of each candidate without the rest of the report."""
    sizes = [_size(c) for c in name.candidates]
    rank = {i: place for place, i in enumerate(sorted(range(len(sizes)), key=lambda i: -sizes[i]))}
    divisions = Counter(c.admin1 for c in name.candidates)
    last_word = name.mentions[0].tokens[-1].lower_
    called = last_word in ("county", "parish", "province", "district", "governorate", "state", "region")
    rows = []
    for i, c in enumerate(name.candidates):
        within = any(lies_in(c, area) for area in name.within)
        rows.append(
            [
                float(c.match == "name"), float(c.match == "bare"), float(np.log10(sizes[i] + 1)),
                float(rank[i]),
                sizes[i] / (sum(sizes) + 1.0), float(np.log1p(len(sizes))), float(c.feature == "PCLI"),
                float(c.feature == "ADM1"), float(c.feature == "ADM2"), float(c.feature == "PPLC"),
                float(c.feature.startswith("PPL")), float(c.feature in _SPREAD[1:]), float(called),
                float(within),
                float(bool(name.within) and not within), float(divisions[c.admin1] if c.admin1 else 0),
            ]
        )  # fmt: skip
    return rows


def _named_areas(
    names: Sequence[Name], chances: Sequence[Numbers]
) -> tuple[dict[str, float], dict[int, float], Counter[str]]:
    """How often the report names each country and first-level division itself, and which countries its
    names lie in, all by the chance of what the names mean."""
    countries: dict[str, float] = Counter()  # type: ignore[assignment]  # a Counter of fractions
    regions: dict[int, float] = Counter()  # type: ignore[assignment]
    shares: Counter[str] = Counter()
    for name, chance in zip(names, chances, strict=True):
        for c, weight in zip(name.candidates, chance, strict=True):
            if c.country:
                shares[c.country] += weight
                if c.feature == "PCLI":
                    countries[c.country] += len(name.mentions) * weight
            if c.feature == "ADM1" and c.admin1:
                regions[c.admin1] += len(name.mentions) * weight
    return countries, regions, shares


def _support(names: Sequence[Name], chance: Numbers, others: int) -> Numbers:
    """[all candidates, 3 shares of areas + 4 of radii + 2 of nearness]: what the other names say for each."""
    flat = [c for name in names for c in name.candidates]
    sizes = [len(name.candidates) for name in names]
    owner = np.repeat(np.arange(len(names)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    own = owner[:, None] == owner[None, :]
    apart = _apart(flat)
    apart[own] = FAR_KM
    apart[:, [c.feature in _SPREAD for c in flat]] = FAR_KM

    def share(values: Numbers) -> Numbers:
        """The best that each other name has to say, summed over the names and divided by their number."""
        result: Numbers = np.maximum.reduceat(values, starts, axis=1).sum(axis=1) / others
        return result

    def together(areas: Sequence[int | str | None]) -> Numbers:
        codes = {area: number for number, area in enumerate(dict.fromkeys(areas))}
        numbers = np.array([-1 - i if area is None else codes[area] for i, area in enumerate(areas)])
        result: Numbers = ((numbers[:, None] == numbers[None, :]) & ~own).astype(np.float64)
        return result

    return np.stack(
        [
            share(together([c.country for c in flat]) * chance),
            share(together([c.admin1 for c in flat]) * chance),
            share(together([c.admin2 for c in flat])),
            *(share((apart <= km).astype(np.float64)) for km in _RADII_KM),
            share(np.exp(-apart / 80.0) * chance),
            np.log1p(np.minimum(apart.min(axis=1), FAR_KM)),
        ],
        axis=1,
    )


def _apart(candidates: Sequence[Candidate]) -> Numbers:
    """Kilometres between every two, along the surface."""
    latitude = np.radians([c.latitude for c in candidates])
    longitude = np.radians([c.longitude for c in candidates])
    east = np.cos(latitude) * np.cos(longitude)
    north = np.cos(latitude) * np.sin(longitude)
    points = np.stack([east, north, np.sin(latitude)], axis=1)
    result: Numbers = EARTH_KM * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
    return result
