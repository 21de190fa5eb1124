"""docs/case.md names every table, view and column of a case, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitrep.case import Case
from sitrep.case.binding import FIELDS
from sitrep.case.gold import TASKS

PAGE = (Path(__file__).parents[2] / "docs" / "case.md").read_text(encoding="utf-8")
ROWS = dict(
    re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*) \|$", PAGE.partition("## The tables")[2], re.MULTILINE)
)


@pytest.fixture(scope="module")
def columns(tmp_path_factory) -> dict[str, set[str]]:
    with Case(tmp_path_factory.mktemp("case") / "a.sitrep") as case, case._reading() as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
            )
            if not re.fullmatch(r"(report_text|event_text|site_box)_\w+|sqlite_\w+", name)
        ]
        return {
            name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')} for name in names
        }


def test_every_table_is_documented_and_no_other(columns):
    documented = [name for names in ROWS for name in re.findall(r"\w+", names)]
    assert sorted(documented) == sorted(columns)


def test_every_column_is_documented(columns):
    for names, told in ROWS.items():
        said = set(re.findall(r"`(\w+)`", told))
        for name in re.findall(r"\w+", names):
            assert columns[name] - said == set(), name


def test_every_correctable_field_every_kind_of_decision_and_every_gold_set_is_documented(columns):
    from typing import get_args

    from sitrep.case.decisions import Kind

    told = set(re.findall(r"`(\w+)`", PAGE.partition("## Deciding")[2].partition("## The tables")[0]))
    assert {*FIELDS, *get_args(Kind), *TASKS} - told == set()
