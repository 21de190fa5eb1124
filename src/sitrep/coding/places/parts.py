"""Parts of countries and divisions, which the gazetteer has only whole: "western Libya", "Mali's north"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sitrep.coding.annotations import span_of
from sitrep.coding.places.meaning import Located
from sitrep.coding.places.names import Proposal

_DIVISIBLE: Final = ("PCL", "ADM1", "CONT", "RGN", "TERR", "ISL")
_SIDE: Final = r"(?<![\w-])(?P<side>(?:(?:north|south)[- ]?)?(?:north|south|east|west)|cent(?:er|re)|central)"
_BEFORE: Final = re.compile(_SIDE + r"(?:ern)?\s+$", re.IGNORECASE)
# Not "to the north of Mali", which lies outside.
_BEFORE_OF: Final = re.compile(
    r"\b(?:in|into|across|through|over|from|of)\s+the\s+(?:far\s+)?" + _SIDE + r"\s+of\s+$", re.IGNORECASE
)
_AFTER: Final = re.compile(r"['’]s\s+(?:far\s+|restive\s+)?" + _SIDE + r"(?:ern)?\b", re.IGNORECASE)
_LONGEST: Final = 40  # characters on either side that can tell


def by_side(item: Located) -> list[tuple[str | None, Located]]:
    """A name's mentions by the side of the place that they mean: "western" of "western Libya".

    None is the whole of it. What happened in its west did not happen in all of Libya.
    """
    place = item.candidate
    if place is None or item.feature or not place.feature.startswith(_DIVISIBLE):
        return [(None, item)]
    mentions: dict[str | None, list[Proposal]] = {}
    for mention in item.name.mentions:
        mentions.setdefault(_side(mention), []).append(mention)
    return [(side, replace(item, name=replace(item.name, mentions=own))) for side, own in mentions.items()]


def _side(mention: Proposal) -> str | None:
    text = mention.tokens.doc.text
    start, end = span_of(mention.tokens)
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    found = _BEFORE.search(before) or _BEFORE_OF.search(before) or _AFTER.match(after)
    return re.sub("[- ]", "", found["side"].lower()) if found is not None else None
