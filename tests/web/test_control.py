"""The control page: who held what on a day, by whose word, and from day to day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitrep.case.queries.control import Held
from sitrep.records import Holding, Party, Place
from sitrep.web.desk import Desk
from sitrep.web.holding import Struggle, marks, pattern, struggle
from tests.web.browser import CHROMIUM, MISSING, Visit

in_browser = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
ARMY = Party(name="Orvian army", key="org:orvian army", kind="organisation", country="ORV", sectors=("MIL",))
TROOPS = Party(name="army troops", ties=("org:orvian army",), country="ORV", sectors=("MIL",))
FRONT = Party(name="Ridge Front", key="org:ridge front", kind="organisation", country="ORV", sectors=("REB",))


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    desk = Desk(case)
    yield desk
    desk.close()


def held(
    place: str,
    holder: Party | None,
    since: int,
    until: int | None = None,
    contested: bool = False,
    at: float | None = 31.0,
) -> Held:
    """A holding in March 2021."""
    return Held(
        Holding(
            place=place, holder=holder, since=date(2021, 3, since), until=date(2021, 3, until) if until else None,
            basis="taken" if holder else "left", claimants=(), contested=contested, tellings=(f"r/{place}",),
        ),
        Place(id=place, name=place, latitude=at, longitude=None if at is None else 14.0, mentions=()),
    )  # fmt: skip


def of(*some: Held) -> Struggle:
    found = struggle(some)
    assert found is not None
    return found


def on(found: Struggle, day: int) -> dict[str, list[str | None]]:
    return {
        spot.name: [one.holder.name if one.holder else None for one in spot.held]
        for spot in found.on(date(2021, 3, day))
    }


KELM = of(held("Kelm", FRONT, 1, 4), held("Kelm", ARMY, 5), held("Zuhra", TROOPS, 3))


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (1, {"Kelm": ["Ridge Front"]}), (4, {"Kelm": ["Ridge Front"], "Zuhra": ["army troops"]}),
        (5, {"Kelm": ["Orvian army"], "Zuhra": ["army troops"]}),
    ],
)  # fmt: skip
def test_a_place_is_shown_with_who_held_it_on_that_day(day: int, there: dict[str, list[str | None]]) -> None:
    assert on(KELM, day) == there


def test_days_run_from_the_first_change_to_the_last_and_each_change_is_known() -> None:
    assert (KELM.first, KELM.last) == (date(2021, 3, 1), date(2021, 3, 5))
    assert KELM.changes == (date(2021, 3, 1), date(2021, 3, 3), date(2021, 3, 5))


def test_an_army_and_its_troops_are_one_side_and_their_enemy_another() -> None:
    assert KELM.side_of[ARMY] == KELM.side_of[TROOPS] != KELM.side_of[FRONT]
    assert [side.name for side in KELM.sides] == ["Orvian army", "Ridge Front"]
    assert KELM.sides[0].colour != KELM.sides[1].colour


def test_forces_that_may_be_anybodys_do_not_put_two_enemies_on_one_side() -> None:
    forces = Party(name="forces", kind="group", country="ORV", sectors=("MIL",))
    rebels = Party(
        name="Free Orvian Army", key="org:free orvian army", kind="organisation", country="ORV", sectors=("REB", "MIL")
    )  # fmt: skip
    found = of(held("Kelm", ARMY, 1), held("Zuhra", rebels, 1), held("Dar Awin", forces, 1))
    assert len({found.side_of[one] for one in (ARMY, rebels, forces)}) == 3
    alone = of(held("Kelm", ARMY, 1), held("Dar Awin", forces, 1))
    assert alone.side_of[ARMY] == alone.side_of[forces]


def test_two_holders_on_one_day_are_contested_in_the_colours_of_both() -> None:
    found = of(held("Kelm", ARMY, 1, contested=True), held("Kelm", FRONT, 2, contested=True))
    [spot] = found.on(date(2021, 3, 2))
    [mark] = marks(found, [spot])
    assert (pattern(spot), {mark["colour"], mark["other"]}) == (
        "contested",
        {side.colour for side in found.sides},
    )


def test_a_place_that_is_left_to_nobody_is_open_and_one_that_is_held_is_not() -> None:
    left = of(held("Kelm", None, 1))
    assert [pattern(spot) for spot in left.on(left.first)] == ["open"]
    assert [pattern(spot) for spot in KELM.on(KELM.first)] == ["solid"]


def test_a_region_is_marked_as_no_one_place() -> None:
    town = held("Kelm", ARMY, 1)
    found = of(town, replace(town, place=replace(town.place, id="North", name="North", feature="RGN")))
    assert {mark["name"]: mark["wide"] for mark in marks(found, found.on(found.first))} == {
        "Kelm": False, "North": True,
    }  # fmt: skip


def test_a_place_without_coordinates_is_in_the_list_and_not_on_the_map() -> None:
    found = of(held("Kelm", ARMY, 1, at=None))
    assert on(found, 1) == {"Kelm": ["Orvian army"]}
    assert marks(found, found.on(found.first)) == []


def test_a_case_that_tells_of_no_holder_has_nothing_to_show() -> None:
    assert struggle([]) is None


def test_each_holding_has_the_words_it_rests_on(desk: Desk) -> None:
    with desk.reading() as case:
        some = case.control()
        known = case.grounds({key for one in some for key in one.holding.tellings})
    assert set(known) == {key for one in some for key in one.holding.tellings}
    assert any("which the Ridge Front still holds" in ground.sentence for ground in known.values())
    assert any("seized Kelm" in ground.sentence for ground in known.values())


# ---------------------------------------------------------------------------------------------- in the browser


@in_browser
def test_the_slider_goes_through_the_days_by_keyboard(visit: Visit) -> None:
    page = visit.go("/control")
    page.locator(".map-canvas[data-ready]").wait_for()
    now, slider = page.locator(".days-now"), page.get_by_role("slider")
    last = now.inner_text()
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function("(last) => document.querySelector('.days-now').textContent !== last", arg=last)
    page.wait_for_function("location.search.startsWith('?day=')")
    page.get_by_text(f"on {now.inner_text()}").wait_for()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == now.inner_text() != last


@in_browser
def test_an_address_with_a_day_shows_that_day(visit: Visit) -> None:
    page = visit.go("/control?day=2021-03-02")
    assert page.locator(".days-now").inner_text() == "2 Mar 2021"
    page.locator(".spot", has_text="Kelm").wait_for()


@in_browser
def test_playing_goes_from_change_to_change_and_stops_at_the_last(visit: Visit) -> None:
    page = visit.go("/control")
    last = page.locator(".days-now").inner_text()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("(last) => document.querySelector('.days-now').textContent !== last", arg=last)
    page.wait_for_function("(last) => document.querySelector('.days-now').textContent === last", arg=last)
    page.get_by_role("button", name="Play").wait_for()


@in_browser
def test_each_line_leads_to_its_evidence(visit: Visit) -> None:
    page = visit.go("/control")
    page.locator(".spot", has_text="Port Sela").locator(".ground").first.click()
    page.wait_for_url("**/report/*event=c1")
    page.locator(".record-title", has_text="Ridge Front holds Port Sela").wait_for()
