"""What lies in what, as a case sees it."""

from __future__ import annotations

from sitrep.gazetteer.parts import PART
from sitrep.records import Place
from sitrep.situation.places import contains, is_wide, place_key

COUNTRY = Place(
    id="p1",
    name="Libya",
    geonameid=1,
    latitude=27.0,
    longitude=17.0,
    country="LBY",
    feature="PCLI",
    mentions=(),
    confidence=1,
)
WEST = Place(
    id="p2",
    name="western Libya",
    latitude=27.0,
    longitude=17.0,
    country="LBY",
    feature=PART,
    mentions=(),
    confidence=1,
    inferred=True,
)
WESTERN_TOWN = Place(
    id="p3",
    name="Nalut",
    geonameid=2,
    latitude=31.9,
    longitude=11.0,
    country="LBY",
    feature="PPLA",
    mentions=(),
    confidence=1,
)
EASTERN_TOWN = Place(
    id="p4",
    name="Tobruk",
    geonameid=3,
    latitude=32.1,
    longitude=24.0,
    country="LBY",
    feature="PPLA",
    mentions=(),
    confidence=1,
)


def test_country_contains_its_parts_and_towns_and_is_in_none_of_them():
    assert all(contains(COUNTRY, inner) for inner in (COUNTRY, WEST, WESTERN_TOWN, EASTERN_TOWN))
    assert not any(contains(inner, COUNTRY) for inner in (WEST, WESTERN_TOWN, EASTERN_TOWN))


def test_part_of_a_country_contains_the_towns_on_its_side_only():
    assert contains(WEST, WESTERN_TOWN)
    assert not contains(WEST, EASTERN_TOWN)


def test_part_of_a_country_is_wide_and_is_not_the_country():
    assert is_wide(WEST) and not is_wide(WESTERN_TOWN)
    assert place_key(WEST) != place_key(COUNTRY)
