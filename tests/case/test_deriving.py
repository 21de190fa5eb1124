"""What follows from reports does not depend on how they came."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sitrep.case import Case
from sitrep.case.contents import NUMBERS, contents
from tests.case.stories import (
    AGAIN,
    BOMBED,
    BOMBED_MORE,
    COPY,
    DENIED,
    HELD,
    SEIZED,
    STORIES,
    VISITED,
    case_of,
    key,
    told,
)


def _contents(case: Case) -> dict[str, list[str]]:
    with case._reading() as connection:
        return contents(connection)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_adding_gives_the_same(tmp_path, seed):
    shuffled = list(STORIES)
    random.Random(seed).shuffle(shuffled)
    with case_of(tmp_path / "a.sitrep", *STORIES) as case, case_of(tmp_path / "b.sitrep", *shuffled) as other:
        assert _contents(other) == _contents(case)
        assert all(
            _contents(case)[table] for table in ("incident", "link", "claim", "holding", "copy_link", "name")
        )


def test_a_rebuild_gives_the_same(tmp_path):
    with case_of(tmp_path / "a.sitrep", *STORIES) as case:
        before = _contents(case)
        case.rebuild()
        assert _contents(case) == before


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_removing_and_adding_again_gives_the_same(tmp_path, seed):
    order = random.Random(seed)
    with case_of(tmp_path / "a.sitrep", *STORIES) as case:
        before = _contents(case)
        for report in order.sample(STORIES, 5):
            case.remove(report.id)
        for report in order.sample(STORIES, len(STORIES)):
            case.add(report)
        assert _contents(case) == before


def test_every_derived_table_is_compared(tmp_path):
    with Case(tmp_path / "a.sitrep") as case, case._reading() as connection:
        derived = {
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL"
            )
        }
        kept = {
            "setting", "coder", "report", "removed", "actor", "place", "time", "attribution", "event", "event_party",
            "event_source", "control", "decision",
        }  # fmt: skip
        shadows = {name for name in derived if name.startswith(("report_text", "event_text", "site_box"))}
        assert derived - kept - shadows == set(NUMBERS)


def test_reports_of_one_event_are_one_incident_and_a_copy_is_no_source(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED, AGAIN, COPY, DENIED) as case:
        [incident] = case.incidents()
        assert incident.publishers == ("Atlas Monitor", "Harbour Wire", "Lantern Post", "Morning Copy")
        assert sorted(account.stance for account in incident.accounts) == ["asserts", "asserts", "denies"]
        assert len({account.origin for account in incident.accounts}) == 3
        assert case.incident(incident.id) == incident


def test_an_event_elsewhere_on_another_day_is_another_incident(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED, BOMBED) as case:
        assert len(case.incidents()) == 2


def test_tolls_of_two_accounts_are_a_range_and_a_difference(tmp_path):
    with case_of(tmp_path / "a.sitrep", BOMBED, BOMBED_MORE) as case:
        [incident] = case.incidents()
        assert incident.killed is not None and (incident.killed.low, incident.killed.high) == (12, 15)
        assert [difference.field for difference in incident.differs] == ["killed"]


def test_a_copy_that_came_first_gives_way_to_what_was_published_first(tmp_path):
    with case_of(tmp_path / "a.sitrep", COPY) as case:
        assert [telling.origin for telling in case.tellings()] == [COPY.id]
        case.add(SEIZED)
        assert {telling.origin for telling in case.tellings()} == {SEIZED.id}


def test_a_surname_alone_is_the_one_full_name_with_it(tmp_path):
    with case_of(tmp_path / "a.sitrep", VISITED, DENIED) as case:
        [sool] = case.actors("Sool")
        assert (sool.name, sool.reports) == ("Ana Sool", 2)


def test_a_surname_that_two_bear_is_neither(tmp_path):
    other = told(
        "General Miro Sool met the Ridge Front in Kelm.",
        who="General Miro Sool",
        trigger="met",
        type="CONSULT",
        mode=None,
    )
    with case_of(tmp_path / "a.sitrep", VISITED, DENIED, other) as case:
        assert sorted(actor.name for actor in case.actors("Sool")) == ["Ana Sool", "Miro Sool", "Sool"]


def test_who_calls_whom_what_is_counted_by_publisher(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED, BOMBED, AGAIN) as case:
        [army] = case.actors("Orvian army")
        assert [(one.publisher, one.wording, one.reports) for one in army.wordings] == [
            ("Harbour Wire", "Orvian army", 2),
            ("Lantern Post", "Orvian army", 1),
        ]


def test_a_statement_shows_who_holds_a_place(tmp_path):
    with case_of(tmp_path / "a.sitrep", HELD) as case:
        [held] = case.control(place="Port Sela")
        assert held.holding.holder is not None
        assert (held.holding.holder.name, held.holding.basis, held.holding.since) == (
            "Ridge Front",
            "stated",
            HELD.published,
        )


def test_a_place_taken_is_held_from_that_day_on(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED, AGAIN) as case:
        [held] = case.control(place="Kelm")
        assert held.holding.holder is not None
        assert (held.holding.holder.name, held.holding.since, held.holding.until) == (
            "Orvian army",
            SEIZED.events[0].earliest,
            None,
        )
        assert held.holding.tellings == tuple(sorted([key(SEIZED), key(AGAIN)]))


def test_a_report_whose_copy_is_removed_counts_as_its_own_source_again(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED, COPY) as case:
        case.remove(SEIZED.id)
        assert [telling.origin for telling in case.tellings()] == [COPY.id]


def test_a_report_without_events_is_kept_and_searched(tmp_path):
    silent = replace(SEIZED, events=())
    with case_of(tmp_path / "a.sitrep", silent) as case:
        assert (case.events(), case.incidents(), len(case.search("fighting"))) == ([], [], 1)
