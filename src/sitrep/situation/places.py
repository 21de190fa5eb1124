"""Places as a case compares them: one key for a place, what lies in what, and how far apart."""

from __future__ import annotations

from typing import Final

from sitrep.coding.tables import words_of
from sitrep.gazetteer import distance
from sitrep.gazetteer.parts import lies_in_part
from sitrep.records import Place

_COUNTRY: Final = "PCL"
_DIVISIONS: Final = ("ADM", "RGN", "AREA", "TERR")


def place_key(place: Place) -> str:
    """A place's key: its GeoNames id; for one that the gazetteer lacks, its name and country."""
    if place.geonameid is not None:
        return f"geonames:{place.geonameid}"
    return f"name:{place.country or ''}:{' '.join(word.key for word in words_of(place.name))}"


def contains(outer: Place, inner: Place) -> bool:
    """Whether `inner` lies in `outer`, a country, a first-level division or a side of one, or is it."""
    if place_key(outer) == place_key(inner):
        return True
    if outer.country is None or outer.country != inner.country:
        return False
    feature = outer.feature or ""
    if feature.startswith(_COUNTRY) or lies_in_part(inner, outer):
        return True
    return feature.startswith(_DIVISIONS) and outer.admin1 is not None and outer.admin1 == inner.admin1


def distance_km(one: Place, other: Place) -> float | None:
    """The great-circle distance; None where either has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance.distance_km(one.latitude, one.longitude, other.latitude, other.longitude)


def is_wide(place: Place) -> bool:
    """Whether it is a country or a division, so that two events in it need not be near each other."""
    return (place.feature or "").startswith((_COUNTRY, *_DIVISIONS))
