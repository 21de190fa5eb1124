"""The rows of the world's public actors: each can be used, and no office is held twice on one day."""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

import pytest

from sitrep.coding.actors.world import world
from training.actors.compile import actors_of, compiled
from training.actors.table import COLUMNS, HERE, clashes, read_rows, shared_aliases

HEAD = ",".join(COLUMNS)
FIRST = "Ana Sool,NOR,GOV,Anna Sool;A. Sool,2001-01-01,2004-06-30,person,President,own"


def rows_of(folder: Path, *lines: str) -> tuple[list[str], list[str]]:
    """The names that can be used, and the faults."""
    rows, faults = read_rows(_written(folder / "a.csv", *lines))
    return [row.name for row in rows], faults


def _written(file: Path, *lines: str) -> Path:
    file.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return file


def test_the_rows_of_the_repository_can_be_used() -> None:
    rows = []
    for file in sorted(HERE.glob("*.csv")):
        found, faults = read_rows(file)
        assert not faults
        rows += found
    assert len(rows) > 5000
    assert list(clashes(rows)) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Bo Rad,NOW,GOV,,,,person,,own", "NOW is no country"),
        ("Bo Rad,NOR,GOVT,,,,person,,own", "GOVT"),
        ("Bo Rad,,,,,,person,,own", "neither country nor sectors"),
        ("Bo Rad,NOR,GOV,,2004-02-30,,person,,own", "day is out of range"),
        ("Bo Rad,NOR,GOV,,2005-01-01,2004-01-01,person,,own", "before it begins"),
        ("Bo Rad,NOR,GOV,,,,man,,own", "man is no kind"),
        ("Bo Rad,NOR,GOV,,,,person,own", "8 cells"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_costs_no_other(tmp_path: Path, line: str, fault: str) -> None:
    names, faults = rows_of(tmp_path, FIRST, line, FIRST)
    assert names == ["Ana Sool", "Ana Sool"]
    assert len(faults) == 1 and faults[0].startswith("a.csv:3: ") and fault in faults[0]


@pytest.mark.parametrize(
    ("since", "office", "found"), [("2004-06-30", "President", 1), ("2004-07-01", "President", 0), ("2004-06-30", "Adviser", 0)]
)  # fmt: skip
def test_two_cannot_hold_one_office_on_one_day(tmp_path: Path, since: str, office: str, found: int) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}\n{FIRST}\nBo Rad,NOR,GOV,,{since},,person,{office},own\n", encoding="utf-8")
    assert len(list(clashes(read_rows(file)[0]))) == found


def test_an_alias_of_two_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}\n{FIRST}\nAnton Sool,NOR,GOV,A. Sool,,,person,,own\n", encoding="utf-8")
    assert shared_aliases(read_rows(file)[0]) == {"A. Sool": {"Ana Sool", "Anton Sool"}}


def test_the_coders_table_is_made_of_these_rows():
    rows = [row for path in sorted(HERE.glob("*.csv")) for row in read_rows(path)[0]]
    stored = (files("sitrep.data") / "world.jsonl.gz").read_bytes()
    assert gzip.decompress(stored).decode("utf-8") == compiled(rows, world().made)


def test_roles_in_several_files_are_one_persons(tmp_path: Path):
    here = _written(
        tmp_path / "here.csv",
        "Ana Sool,PER,GOV,,2001-01-01,2004-12-31,person,Foreign minister,own",
        "Ana Sool,BOL,LEG,,2001-01-01,,person,Senator,own",
        "Anna Sool,PER,ELI,Ana Sool,2005-01-01,,person,,own",
        "Piet Marn,PER,GOV,,,,person,Mayor,own",
    )
    there = _written(tmp_path / "there.csv", "Piet Marn,,UNO,,2010-01-01,,person,UN envoy,own")
    found = actors_of([*read_rows(here)[0], *read_rows(there)[0]])
    assert [[(row.country, row.office) for row in actor] for actor in found] == [
        [("PER", "Foreign minister"), ("PER", None)],
        [("BOL", "Senator")],
        [("PER", "Mayor"), (None, "UN envoy")],
    ]
