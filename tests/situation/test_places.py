"""What lies in what, as a case sees it."""

from __future__ import annotations

from sitrep.gazetteer.parts import PART
from sitrep.records import Place
from sitrep.situation.places import contains, is_wide, place_key


def place(name: str, number: int | None, longitude: float, feature: str) -> Place:
    return Place(
        id="p1", name=name, geonameid=number, latitude=30.0, longitude=longitude, country="LBY",
        feature=feature, mentions=(), confidence=1,
    )  # fmt: skip


COUNTRY = place("Libya", 1, 17.0, "PCLI")
WEST = place("western Libya", None, 17.0, PART)
WESTERN_TOWN, EASTERN_TOWN = place("Nalut", 2, 11.0, "PPLA"), place("Tobruk", 3, 24.0, "PPLA")


def test_country_contains_its_parts_and_towns_and_is_in_none_of_them():
    assert all(contains(COUNTRY, inner) for inner in (COUNTRY, WEST, WESTERN_TOWN, EASTERN_TOWN))
    assert not any(contains(inner, COUNTRY) for inner in (WEST, WESTERN_TOWN, EASTERN_TOWN))


def test_part_of_a_country_contains_the_towns_on_its_side_only():
    assert contains(WEST, WESTERN_TOWN)
    assert not contains(WEST, EASTERN_TOWN)


def test_part_of_a_country_is_wide_and_is_not_the_country():
    assert is_wide(WEST) and not is_wide(WESTERN_TOWN)
    assert place_key(WEST) != place_key(COUNTRY)
