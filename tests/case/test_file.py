"""The file: made, recognised, upgraded in place, and told apart from what is no case."""

from __future__ import annotations

import sqlite3

import pytest

from sitrep.case import Case, CaseError, open_case
from sitrep.case.file import APPLICATION_ID, open_for_writing, scripts, upgrade
from tests.case.stories import BOMBED, SEIZED, case_of


def test_a_case_is_one_file_once_it_is_closed(tmp_path):
    with case_of(tmp_path / "a.sitrep", SEIZED):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["a.sitrep"]


def test_a_case_says_that_it_is_one(tmp_path):
    with Case(tmp_path / "a.sitrep"):
        pass
    database = sqlite3.connect(tmp_path / "a.sitrep")
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert database.execute("PRAGMA user_version").fetchone() == (len(scripts()) + 1,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE song (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(CaseError, match="database of another program"):
        Case(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.sitrep"
    path.write_text("nothing of the kind" * 100)
    with pytest.raises(CaseError, match="not a case"):
        Case(path)


@pytest.mark.parametrize("how", [{"create": False}, {"read_only": True}])
def test_a_missing_case_is_not_made_where_none_is_asked_for(tmp_path, how):
    with pytest.raises(CaseError, match="no such case"):
        open_case(tmp_path / "a.sitrep", **how)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(CaseError, match="its folder exists"):
        Case(tmp_path / "nowhere" / "a.sitrep")


def test_a_case_opened_for_reading_cannot_be_changed(tmp_path):
    case_of(tmp_path / "a.sitrep", SEIZED).close()
    with open_case(tmp_path / "a.sitrep", read_only=True) as case:
        assert case.report(SEIZED.id) == SEIZED
        with pytest.raises(CaseError, match="reading only"):
            case.add(BOMBED)


def test_a_newer_versions_case_is_refused(tmp_path):
    path = tmp_path / "a.sitrep"
    case_of(path, SEIZED).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(CaseError, match="newer Sitrep"):
        Case(path)


def test_an_older_case_is_upgraded_in_place_and_keeps_its_reports(tmp_path):
    path = tmp_path / "a.sitrep"
    case_of(path, SEIZED).close()
    connection = open_for_writing(path, create=False)
    last = len(scripts()) + 1
    upgrade(
        connection,
        path,
        [*scripts(), "ALTER TABLE report ADD COLUMN mood TEXT;\nUPDATE report SET mood = 'calm';"],
    )
    assert connection.execute("SELECT id, mood FROM report").fetchall() == [(SEIZED.id, "calm")]
    assert connection.execute("PRAGMA user_version").fetchone() == (last + 1,)


def test_an_upgrade_that_fails_half_way_changes_nothing(tmp_path):
    path = tmp_path / "a.sitrep"
    case_of(path, SEIZED).close()
    connection = open_for_writing(path, create=False)
    before = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
    with pytest.raises(sqlite3.OperationalError):
        upgrade(
            connection,
            path,
            [*scripts(), "ALTER TABLE report ADD COLUMN mood TEXT;\nUPDATE nothing SET mood = 1;"],
        )
    assert connection.execute("SELECT sql FROM sqlite_schema").fetchall() == before
    connection.close()
    with Case(path) as case:
        assert len(case) == 1


def test_upgrades_are_numbered_without_a_gap(tmp_path):
    (tmp_path / "002.sql").write_text("")
    (tmp_path / "004.sql").write_text("")
    with pytest.raises(CaseError, match=r"expected 002\.sql, 003\.sql"):
        scripts(tmp_path)


def test_what_older_rules_derived_is_not_added_to_before_it_is_rebuilt(tmp_path):
    path = tmp_path / "a.sitrep"
    with case_of(path, SEIZED) as case:
        derived = case.derived()
    with sqlite3.connect(path) as database:
        database.execute("UPDATE setting SET value = 'sha256:old' WHERE name = 'rules'")
        database.execute("DROP VIEW event_table")
        database.execute("CREATE TABLE of_older_rules (x)")
    with Case(path) as case:
        assert not case.is_current
        with pytest.raises(CaseError, match="sitrep rebuild"):
            case.add(BOMBED)
        case.rebuild()
        assert case.is_current and case.derived() == derived
        assert case.add(BOMBED) == "added"
    with sqlite3.connect(path) as database:
        assert (
            database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'of_older_rules'").fetchone() is None
        )


def test_an_sqlite_that_is_too_old_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(CaseError, match=r"3\.37\.0 or newer"):
        Case(tmp_path / "a.sitrep")


def test_a_path_may_hold_any_character(tmp_path):
    path = tmp_path / "Fall 1? 50% #2 é.sitrep"
    with case_of(path, SEIZED) as case:
        assert len(case) == 1
    assert path.exists()
