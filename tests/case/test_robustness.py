"""Whatever happens while reports are added, the case holds whole reports, and adding again ends the same."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitrep.case import Case, CaseError, Filter, open_case
from sitrep.case import file as case_file
from sitrep.records import Report
from tests.case.stories import SEIZED, STORIES, case_of

KILLS = int(os.environ.get("SITREP_KILLS", "25"))
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def _many(days: int = 6) -> list[Report]:
    """The stories on several days, each day under other ids: 48 reports of six weeks."""
    return [_later(report, day) for day in range(days) for report in STORIES]


def _later(report: Report, day: int) -> Report:
    later = timedelta(days=7 * day)
    [event] = report.events
    return replace(
        report,
        id=f"{report.id}{day}",
        published=report.published + later if report.published else None,
        text=f"{report.text} Week {day}.",
        events=(
            replace(
                event,
                earliest=event.earliest + later if event.earliest else None,
                latest=event.latest + later if event.latest else None,
            ),
        ),
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> str:
    with case_of(tmp_path_factory.mktemp("whole") / "a.sitrep", *_many()) as case:
        return case.derived()


def _add(path: Path, reports: list[Report], ready: object) -> None:
    with Case(path) as case:
        for report in reports:
            case.add(report)
            ready.release()  # type: ignore[attr-defined]


def _start(path: Path, reports: list[Report]) -> tuple[multiprocessing.Process, object]:
    context = multiprocessing.get_context("fork")
    ready = context.Semaphore(0)
    process = context.Process(target=_add, args=(path, reports, ready))
    process.start()
    return process, ready


def _check_whole(path: Path) -> None:
    """The file is sound, and each report in it is one of ours, exactly, with all that follows from it."""
    with open_case(path, create=True) as case:
        known = {report.id: report for report in _many()}
        for report in case.reports():
            assert report == known[report.id]
        assert len(case.events()) == len(case)
        before = case.derived()
        case.rebuild()
        assert case.derived() == before
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


@needs_fork
def test_a_killed_add_leaves_whole_reports_and_adding_again_ends_the_same(tmp_path, undisturbed):
    path, draw = tmp_path / "a.sitrep", random.Random(20210301)
    for _ in range(KILLS):
        process, ready = _start(path, _many())
        for _ in range(draw.randrange(4)):  # the first kills hit a file that is being made
            ready.acquire(timeout=10)
        time.sleep(draw.random() * 0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode in {-signal.SIGKILL, 0}
        if draw.random() < 0.3:
            _check_whole(path)
    process, _ = _start(path, _many())
    process.join(timeout=120)
    assert process.exitcode == 0
    _check_whole(path)
    with open_case(path, read_only=True) as case:
        assert (len(case), case.derived()) == (len(_many()), undisturbed)


@needs_fork
def test_two_adds_at_once_end_as_one(tmp_path, undisturbed):
    path, reports = tmp_path / "a.sitrep", _many()
    one, other = _start(path, reports)[0], _start(path, list(reversed(reports)))[0]
    for process in (one, other):
        process.join(timeout=120)
        assert process.exitcode == 0
    with open_case(path, read_only=True) as case:
        assert (len(case), case.derived()) == (len(reports), undisturbed)


def test_a_full_disk_is_said_and_costs_no_more_than_the_report_at_hand(tmp_path, undisturbed):
    path, reports = tmp_path / "a.sitrep", _many()
    with case_of(path, *reports[:10]) as case:
        writer = case._writer
        assert writer is not None
        [pages] = writer.execute("PRAGMA page_count").fetchone()
        writer.execute(f"PRAGMA max_page_count = {pages + 8}")
        with pytest.raises(CaseError, match=r"disk is full.*add the rest again"):
            for report in reports[10:]:
                case.add(report)
        held = len(case)
        assert 10 <= held < len(reports)
        before = case.derived()
        writer.execute("PRAGMA max_page_count = 1000000")
        case.rebuild()
        assert case.derived() == before
        for report in reports:
            case.add(report)
        assert case.derived() == undisturbed


def test_reading_does_not_wait_for_an_add_and_sees_whole_reports(tmp_path):
    path = tmp_path / "a.sitrep"
    with case_of(path, *STORIES[:4]) as writing, open_case(path, read_only=True) as reading:
        with writing._writing() as connection:
            connection.execute("DELETE FROM telling")
            begun = time.monotonic()
            assert (len(reading), len(reading.events())) == (4, 4)
            assert (len(writing), len(writing.events())) == (4, 4)
            assert time.monotonic() - begun < 5
            connection.execute("ROLLBACK")
            connection.execute("BEGIN")
        assert len(reading.search("fighting")) == 2


def test_adding_does_not_wait_for_somebody_who_reads(tmp_path):
    path = tmp_path / "a.sitrep"
    with case_of(path, *STORIES[:4]) as writing, open_case(path, read_only=True) as reading:
        with reading._reading() as connection:
            rows = connection.execute("SELECT id FROM report")
            rows.fetchone()
            writing.add(STORIES[4])
            assert len(rows.fetchall()) == 3  # of the moment when it began
        assert len(reading) == 5


def test_a_case_that_another_program_holds_is_said(tmp_path, monkeypatch):
    path = tmp_path / "a.sitrep"
    monkeypatch.setattr(case_file, "BUSY_S", 0.1)
    with case_of(path, SEIZED) as one, Case(path) as other, one._writing():
        with pytest.raises(CaseError, match="Try again when it is done"):
            other.add(STORIES[1])
        assert other.events(Filter()) != []


def test_an_add_that_fails_half_way_leaves_nothing_of_its_report(tmp_path, monkeypatch):
    from sitrep.case.deriving import incidents

    with case_of(tmp_path / "a.sitrep", *STORIES[:3]) as case:
        before = case.derived()

        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("in the middle")

        with monkeypatch.context() as patched:
            patched.setattr(incidents, "settle", fail)
            with pytest.raises(RuntimeError, match="in the middle"):
                case.add(STORIES[3])
        assert (len(case), case.derived()) == (3, before)
        assert case.add(STORIES[3]) == "added"
