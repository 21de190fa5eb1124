"""Each fact lives once: what the docs repeat is held to its source."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from sitrep import records
from sitrep.export.flat import COLUMNS

ROOT = Path(__file__).parent.parent


def test_every_dependency_has_its_line():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    needed = {re.split(r"[<>=\[]", line)[0] for line in stated}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == needed


def test_every_field_of_the_record_and_every_column_is_documented():
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)`", page))
    kinds = (
        records.Report,
        records.Actor,
        records.Place,
        records.Time,
        records.Attribution,
        records.Event,
        records.Toll,
    )
    names = {field.name for kind in kinds for field in fields(kind)} | set(COLUMNS)
    assert names - documented == set()


def test_the_requirements_name_no_registry_host():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|--index|--find-links", path.read_text(encoding="utf-8")), path.name
