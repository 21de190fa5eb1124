"""What is looked at: as the address writes it, and what of the case that leaves for table, timeline and map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.ontology import EVENT_TYPES, QUADS
from sitrep.records import Place
from sitrep.web.desk import Desk
from sitrep.web.index import STATUSES
from sitrep.web.situation import first_of, situation
from sitrep.web.view import Found, View, ViewError, find, view_of
from tests.case.stories import BOMBED, HELD, SEIZED, case_of, key


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    desk = Desk(case)
    yield desk
    desk.close()


def found(desk: Desk, view: View) -> Found:
    with desk.reading() as case:
        return find(case, desk.index(), view)


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)
degrees = st.floats(-80, 80).map(lambda value: round(value, 4))


@given(
    st.builds(
        View,
        actor=st.none() | words,
        place=st.none() | words,
        type=st.none() | st.sampled_from(list(EVENT_TYPES)),
        status=st.sets(st.sampled_from(STATUSES)).map(
            lambda some: tuple(one for one in STATUSES if one in some)
        ),
        quad=st.sets(st.sampled_from(QUADS)).map(lambda some: tuple(one for one in QUADS if one in some)),
        since=st.none() | st.dates(),
        until=st.none() | st.dates(),
        box=st.none() | st.tuples(degrees, degrees, degrees, degrees),
        at=st.none() | words,
        placed=st.sampled_from([None, "yes", "no"]),
        least=st.integers(1, 99),
        sort=st.sampled_from(["-day", "day", "who", "-sources"]),
    )
)
def test_an_address_says_the_whole_view(view: View) -> None:
    assert view_of(dict(parse_qsl(view.query()))) == view


def test_looking_at_everything_has_an_empty_query() -> None:
    assert View().query() == ""
    assert view_of({}) == View()


def test_what_an_address_does_not_know_is_let_be() -> None:
    assert view_of({"utm_source": "mail", "actor": " "}) == View()


def test_a_wrong_value_is_named() -> None:
    with pytest.raises(ViewError, match='from: "soon" is not a calendar date'):
        view_of({"from": "soon"})
    with pytest.raises(ViewError, match='placed: "perhaps" is neither yes nor no'):
        view_of({"placed": "perhaps"})


def test_days_narrow_table_and_map_and_leave_the_timeline_whole(desk: Desk) -> None:
    whole, few = found(desk, View()), found(desk, View(since=date(2021, 3, 5), until=date(2021, 3, 5)))
    assert 0 < len(few.table) == len(few.map) < len(whole.table)
    assert few.timeline == whole.timeline


def test_a_box_narrows_table_and_timeline_and_leaves_the_map_whole(desk: Desk) -> None:
    whole, few = found(desk, View()), found(desk, View(box=(31.5, 12.0, 32.0, 14.0)))
    assert {entry.site.name for entry in few.table if entry.site} == {"Zuhra"}
    assert few.timeline == few.table
    assert few.map == whole.map


def test_a_mark_narrows_table_and_timeline_and_leaves_the_map_whole(desk: Desk) -> None:
    whole, few = found(desk, View()), found(desk, View(at="geonames:8"))
    assert {entry.site.name for entry in few.table if entry.site} == {"Zuhra"}
    assert few.timeline == few.table
    assert few.map == whole.map
    shown = situation(desk.index(), few, View(at="geonames:8")).marks
    assert {mark.name for mark in shown if mark.is_in_view} == {"Zuhra"} != {mark.name for mark in shown}
    assert found(desk, View(at="geonames:none")).table == []


@pytest.fixture
def vague(tmp_path: Path) -> Iterator[Desk]:
    """Told of Orvia, of a base in it that the gazetteer lacks, of a base in no known country, and of no place."""
    whole = Place(id="p1", name="Orvia", geonameid=1, latitude=31.5, longitude=14.0, country="ORV", feature="PCLI",
                  mentions=((0, 3),), confidence=0.9)  # fmt: skip
    base = replace(whole, name="Tamil base", geonameid=None, latitude=None, longitude=None, feature="AIRB")
    reports = [
        replace(SEIZED, id="sha256:01", places=(whole,)),
        replace(BOMBED, id="sha256:02", places=(base,)),
        replace(BOMBED, id="sha256:03", places=(replace(base, name="Far base", country=None),),
                events=(replace(BOMBED.events[0], earliest=date(2021, 5, 5), latest=date(2021, 5, 5)),)),
        replace(HELD, id="sha256:04", places=(), control=(), events=(replace(HELD.events[0], place=None),)),
    ]  # fmt: skip
    case_of(tmp_path / "vague.sitrep", *reports).close()
    desk = Desk(tmp_path / "vague.sitrep")
    yield desk
    desk.close()


def test_a_place_that_the_gazetteer_lacks_is_drawn_somewhere_in_its_country(vague: Desk) -> None:
    [mark] = situation(vague.index(), found(vague, View()), View()).marks
    assert (mark.name, mark.is_wide, sum(row[2] for row in mark.counts)) == ("Orvia", True, 2)
    names = {entry.site.name for entry in found(vague, View(at=mark.key)).table if entry.site}
    assert names == {"Orvia", "Tamil base"}


def test_what_has_no_place_or_none_that_can_be_drawn_is_counted_and_can_be_listed(vague: Desk) -> None:
    assert situation(vague.index(), found(vague, View()), View()).unplaced == 2
    listed = found(vague, View(placed="no")).table
    assert [entry.site and entry.site.name for entry in listed] == ["Far base", None]
    assert len(found(vague, View(placed="yes")).table) == 2


def test_marks_outside_a_box_are_told_apart(desk: Desk) -> None:
    view = View(box=(31.5, 12.0, 32.0, 14.0))
    marks = situation(desk.index(), found(desk, view), view).marks
    assert {mark.name for mark in marks if mark.is_in_view} == {"Zuhra"}
    assert "Kelm" in {mark.name for mark in marks if not mark.is_in_view}


@pytest.mark.parametrize(
    "view",
    [
        View(status=("denied",)), View(quad=("material conflict",)), View(actor="Ridge Front"), View(publisher="Lantern Post"),
        View(type="ASSAULT"), View(place="Kelm"), View(least=2), View(status=("denied",), quad=("verbal conflict",)),
    ],
)  # fmt: skip
def test_every_other_filter_narrows_all_three_alike(desk: Desk, view: View) -> None:
    few = found(desk, view)
    assert few.table == few.timeline == few.map
    assert len(few.table) < len(desk.index().entries)


def test_statuses_and_kinds_are_what_they_say(desk: Desk) -> None:
    assert {entry.status for entry in found(desk, View(status=("happened",))).table} == {"happened"}
    assert {entry.status for entry in found(desk, View(status=("denied", "planned"))).table} <= {
        "denied",
        "planned",
    }
    assert {entry.quad for entry in found(desk, View(quad=("material conflict",))).table} == {
        "material conflict"
    }


def test_two_sources_are_two_independent_ones(desk: Desk) -> None:
    assert all(entry.sources >= 2 for entry in found(desk, View(least=2)).table)
    assert found(desk, View(least=2)).table


def test_an_incident_is_marked_in_the_colour_and_form_of_its_kind(desk: Desk) -> None:
    [zuhra] = [
        mark for mark in situation(desk.index(), found(desk, View()), View()).marks if mark.name == "Zuhra"
    ]
    [(quad, status, incidents, sources)] = zuhra.counts
    assert (QUADS[quad], STATUSES[status], incidents, sources) == ("material conflict", "happened", 1, 2)


def test_the_index_follows_a_decision(desk: Desk) -> None:
    before = desk.index()
    with desk.writing() as case:
        case.review.reject(key(BOMBED), who="Ines")
    assert desk.index().version != before.version
    sources = [
        {e.site.name: e.sources for e in index.entries if e.site}["Zuhra"] for index in (before, desk.index())
    ]
    assert sources == [2, 1]


def test_those_who_listen_hear_of_a_change_until_they_stop(desk: Desk) -> None:
    heard: list[int] = []
    stop = desk.listen(lambda: heard.append(1))
    desk.tell()
    stop()
    desk.tell()
    assert heard == [1]


@pytest.mark.parametrize(
    ("step", "day", "first"),
    [
        ("day", "2021-03-05", "2021-03-05"), ("week", "2021-03-05", "2021-03-01"), ("week", "2021-03-01", "2021-03-01"),
        ("month", "2021-03-05", "2021-03-01"), ("year", "2021-03-05", "2021-01-01"),
    ],
)  # fmt: skip
def test_a_day_falls_into_the_bar_of_its_week_month_or_year(step: str, day: str, first: str) -> None:
    assert first_of(step, date.fromisoformat(day)) == date.fromisoformat(first)
