"""Sides of a country: what lies in them."""

from __future__ import annotations

import pytest

from sitrep.gazetteer.parts import PART, lies_in_part, part_name
from sitrep.records import Place


def place(name: str, latitude: float | None, longitude: float | None, country: str = "MLI") -> Place:
    return Place(
        id="p1", name=name, latitude=latitude, longitude=longitude, country=country, mentions=(), confidence=1
    )


def part(name: str) -> Place:
    return Place(
        id="p2",
        name=name,
        latitude=17.0,
        longitude=-4.0,
        country="MLI",
        feature=PART,
        mentions=(),
        confidence=1,
    )


KIDAL = place("Kidal", 18.4, 1.4)
SIKASSO = place("Sikasso", 11.3, -5.7)


@pytest.mark.parametrize(
    ("side", "name"),
    [
        ("north", "northern Mali"),
        ("southwest", "southwestern Mali"),
        ("central", "central Mali"),
        ("centre", "central Mali"),
    ],
)
def test_a_part_is_called_by_its_side(side: str, name: str):
    assert part_name(side, "Mali") == name


@pytest.mark.parametrize(
    ("where", "side", "lies"),
    [
        (KIDAL, "northern Mali", True),
        (KIDAL, "northeastern Mali", True),
        (KIDAL, "northwestern Mali", False),
        (KIDAL, "southern Mali", False),
        (SIKASSO, "southwestern Mali", True),
        (SIKASSO, "northern Mali", False),
        (place("Sebha", 27.0, 14.4, "LBY"), "northern Mali", False),
        (place("Hill 40", None, None), "northern Mali", False),
    ],
)
def test_a_town_lies_in_the_part_whose_side_of_the_middle_it_is_on(where: Place, side: str, lies: bool):
    assert lies_in_part(where, part(side)) is lies


def test_a_town_holds_nothing_whatever_it_is_called():
    assert not lies_in_part(KIDAL, place("northern Mali", 17.0, -4.0))
