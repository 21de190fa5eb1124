"""Positions from other places: "X, 120 km west of Y", "the X camp near Y"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.annotations import span_of
from sitrep.coding.places.meaning import Located, apart
from sitrep.coding.places.thresholds import (
    AT_DISTANCE,
)
from sitrep.gazetteer import Candidate
from sitrep.gazetteer.distance import EARTH_KM

_DISTANCE: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(km|kilomet(?:er|re)s?|miles?|mi)\.?\s+(?:\(\d[^)]*\)\s+)?(?:to the )?"
    r"((?:north|south|east|west)[a-z-]*)?\s*(?:of|from)\s+",
    re.IGNORECASE,
)
_BEARINGS: Final = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
    "northwest": 315,
}  # fmt: skip


def heed_distances(doc: Doc, located: Sequence[Located]) -> list[Located]:
    """Hold names to "X, 120 km west of Y": X's candidate at about that distance, or a position reckoned
    from it."""
    result = list(located)
    for match in _DISTANCE.finditer(doc.text):
        subject = _nearest(result, match.start(), after=False)
        anchor = _nearest(result, match.end(), after=True)
        if subject is None or anchor is None or subject == anchor:
            continue
        place, item = result[anchor].candidate, result[subject]
        if place is None or place.feature in ("PCLI", "CONT"):
            continue
        km = float(match[1].replace(",", "")) * (1.609 if match[2].lower().startswith("mi") else 1.0)
        fits = [
            (score, candidate.population, candidate.name, candidate)
            for score, candidate in zip(item.scores, item.name.candidates, strict=True)
            if abs(apart(candidate, place) - km) <= max(25.0, 0.4 * km)
        ]
        if fits and not item.feature:
            score, _, _, candidate = max(fits, key=lambda fit: fit[:3])
            result[subject] = replace(item, candidate=candidate, probability=max(score, AT_DISTANCE))
        elif (item.candidate is None or item.feature) and match[3]:
            bearing = _BEARINGS.get(re.sub(r"-|erly$|ern$|wards?$", "", match[3].lower()))
            if bearing is not None:
                result[subject] = replace(item, position=_moved(place, km, bearing))
    return result


_BESIDE: Final = re.compile(
    r",?\s+(?:(?:just |to the )?(?:north|south|east|west)[a-z-]* )?(?:in|of|near|outside|at)\s+(?:the\s+)?"
    r"(?:(?:town|city|capital|village|port)(?: city)?\s+of\s+|capital,?\s+)?"
)


def beside_towns(doc: Doc, located: Sequence[Located]) -> list[Located]:
    """Give a feature that the gazetteer lacks the position of the town that it is named with.

    "The X camp near Y", "Y's X district"; elsewhere its position stays unknown.
    """
    text = doc.text
    towns = {
        span_of(mention.tokens): item.candidate
        for item in located
        if item.candidate is not None and not item.feature and item.candidate.feature.startswith("PPL")
        for mention in item.name.mentions
    }
    result = []
    for item in located:
        if item.feature and item.candidate is None and item.position is None:
            for start, end in (span_of(m.tokens) for m in item.name.mentions if m.feature):
                for (first, last), town in towns.items():
                    after = end < first <= end + 40 and _BESIDE.fullmatch(text, end, first)
                    if after or text[last:start].strip() in ("'s", "’s"):
                        item = replace(item, position=(town.latitude, town.longitude))
        result.append(item)
    return result


def _nearest(located: Sequence[Located], at: int, after: bool) -> int | None:
    """The name mentioned next to a point of the text: within thirty characters after it, or sixty before."""
    gaps = [
        (gap, index)
        for index, item in enumerate(located)
        for start, end in (span_of(mention.tokens) for mention in item.name.mentions)
        if 0 <= (gap := start - at if after else at - end) <= (30 if after else 60)
    ]
    return min(gaps)[1] if gaps else None


def _moved(place: Candidate, km: float, bearing: float) -> tuple[float, float]:
    """The point so far from `place` in that direction, to a hundredth of a degree."""
    degree_km = math.radians(1) * EARTH_KM
    north = km * math.cos(math.radians(bearing)) / degree_km
    east = (
        km * math.sin(math.radians(bearing)) / (degree_km * max(0.1, math.cos(math.radians(place.latitude))))
    )
    return round(place.latitude + north, 2), round(place.longitude + east, 2)
