"""Parts of a country or division, which GeoNames has only whole: "western Libya" of Libya."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sitrep.records import Place

PART: Final = "RGN"  # GeoNames' code of an area without bounds of its own
_CENTRE: Final = "central"
_SIDES: Final[dict[str, Callable[[float, float], bool]]] = {
    "north": lambda north, east: north > 0,
    "south": lambda north, east: north < 0,
    "east": lambda north, east: east > 0,
    "west": lambda north, east: east < 0,
}


def part_name(side: str, whole: str) -> str:
    """The name of a part: the "northwest" of Mali is northwestern Mali, its "centre" central Mali."""
    return f"{_CENTRE if side.startswith('cent') else f'{side}ern'} {whole}"


def lies_in_part(place: Place, part: Place) -> bool:
    """Whether a place with coordinates lies on that side of the middle of what `part` is a part of.

    A part has the coordinates of the whole. All of the country or division may be its centre.
    """
    if part.feature != PART or part.geonameid is not None or part.latitude is None or part.longitude is None:
        return False
    if place.latitude is None or place.longitude is None or place.country != part.country:
        return False
    if part.admin1 is not None and place.admin1 != part.admin1:
        return False
    side = part.name.split(" ", 1)[0]
    if side == _CENTRE:
        return True
    north, east = place.latitude - part.latitude, place.longitude - part.longitude
    heeded = [holds for word, holds in _SIDES.items() if word in side]
    return bool(heeded) and all(holds(north, east) for holds in heeded)
