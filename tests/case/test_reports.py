"""Reports in and out: exactly as they were, once each, and replaced whole."""

from __future__ import annotations

import sqlite3
from dataclasses import fields, replace
from datetime import date

import pytest

from sitrep import records
from sitrep.case import Case, CaseError
from sitrep.case.file import run, schema, scripts
from sitrep.records import Document
from tests.case.stories import BOMBED, COPY, HELD, NEWER, SEIZED, STORIES, case_of
from tests.samples import REPORT


@pytest.mark.parametrize("report", [REPORT, *STORIES], ids=lambda report: report.title)
def test_a_report_comes_out_as_it_went_in(tmp_path, report):
    with case_of(tmp_path / "a.sitrep", report) as case:
        assert case.report(report.id) == report


def test_a_report_of_nothing_comes_out_as_it_went_in(tmp_path):
    bare = replace(
        REPORT, url=None, publisher=None, section=None, title=None, authors=(), published=None, language=None, text="",
        removed=(), actors=(), places=(), times=(), attributions=(), events=(), control=(),
    )  # fmt: skip
    with case_of(tmp_path / "a.sitrep", bare) as case:
        assert case.report(bare.id) == bare


def test_any_unicode_comes_out_as_it_went_in(tmp_path):
    odd = replace(REPORT, text=REPORT.text + " \0 \U0001f600 é é \u2028 ‏عربي", title="\0")
    with case_of(tmp_path / "a.sitrep", odd) as case:
        assert case.report(odd.id) == odd


def test_every_field_of_the_record_has_its_column():
    made = sqlite3.connect(":memory:", isolation_level=None)
    for script in (schema("schema.sql"), *scripts()):
        run(made, script)
    tables = {
        records.Report: "report", records.Actor: "actor", records.Place: "place", records.Time: "time",
        records.Attribution: "attribution", records.Event: "event", records.Control: "control", records.Removed: "removed",
    }  # fmt: skip
    elsewhere = {
        "report": {"removed", "actors", "places", "times", "attributions", "events", "control"},
        "event": {"actors", "recipients", "according_to", "killed", "injured", "crowd"},
    }
    for kind, table in tables.items():
        columns = {row[1] for row in made.execute(f"PRAGMA table_info({table})")}
        assert {field.name for field in fields(kind)} - columns == elsewhere.get(table, set()), table


def test_adding_the_same_report_again_changes_nothing(tmp_path):
    with case_of(tmp_path / "a.sitrep", *STORIES) as case:
        before = case.derived()
        assert [case.add(report) for report in STORIES] == ["unchanged"] * len(STORIES)
        assert (len(case), case.derived()) == (len(STORIES), before)


def test_one_page_found_in_two_places_is_one_report(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED) as case:
        assert case.add(replace(SEIZED, source="elsewhere.txt")) == "unchanged"
        assert case.report(SEIZED.id).source == SEIZED.source


def test_a_report_coded_anew_takes_the_place_of_the_earlier(tmp_path):
    newer = replace(
        HELD, coder=NEWER, events=(replace(HELD.events[0], type="CONSULT", mode="visit"),), control=()
    )
    with case_of(tmp_path / "a.sitrep", SEIZED, HELD) as case:
        assert case.add(newer) == "replaced"
        assert (len(case), case.report(HELD.id)) == (2, newer)
        derived = case.derived()
    with case_of(tmp_path / "b.sitrep", newer, SEIZED) as other:
        assert other.derived() == derived


def test_a_report_removed_leaves_nothing_behind(tmp_path):
    with (
        case_of(tmp_path / "a.sitrep", *STORIES) as case,
        case_of(tmp_path / "b.sitrep", *STORIES[1:]) as without,
    ):
        assert case.remove(STORIES[0].id) and not case.remove(STORIES[0].id)
        assert case.derived() == without.derived()
        assert [hit.report for hit in case.search("fighting")] == [COPY.id]


def test_a_report_that_is_not_there_is_said(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED) as case, pytest.raises(KeyError):
        case.report("sha256:none")


def test_reports_come_in_the_order_of_their_days(tmp_path):
    with case_of(tmp_path / "a.sitrep", *reversed(STORIES)) as case:
        days = [report.published for report in case.reports()]
        assert days == sorted(days) and len(days) == len(STORIES)


def _document(report: records.Report, **changes: object) -> Document:
    return Document(**{field.name: getattr(report, field.name) for field in fields(Document)} | changes)


def test_what_the_case_holds_need_not_be_coded_again(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED) as case:
        assert case.holds(_document(SEIZED), SEIZED.coder)
        assert case.holds(_document(SEIZED, source="copy/of.txt"), SEIZED.coder)


def test_another_coder_another_day_or_another_page_is_coded(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED) as case:
        assert not case.holds(_document(SEIZED), NEWER)
        assert not case.holds(_document(SEIZED, published=date(2020, 1, 1)), SEIZED.coder)
        assert not case.holds(_document(BOMBED), SEIZED.coder)


def test_adding_many_says_of_each_what_became_of_it(tmp_path):
    with Case(tmp_path / "a.sitrep") as case:
        outcomes = [outcome for _, outcome in case.add_all([SEIZED, BOMBED, SEIZED])]
        assert outcomes == ["added", "added", "unchanged"]


def test_a_report_that_refers_to_what_it_does_not_have_is_refused_whole(tmp_path):
    [event] = SEIZED.events
    broken = replace(SEIZED, events=(replace(event, actors=("a9",)),))
    with Case(tmp_path / "a.sitrep") as case:
        with pytest.raises(CaseError, match="does not have"):
            case.add(broken)
        assert len(case) == 0 and case.search("fighting") == []
