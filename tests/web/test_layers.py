"""The web app knows the case's functions and records, and not its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

import sitrep.web

FILES = sorted(Path(sitrep.web.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_of_the_web_app_asks_a_table(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not any(word in text for word in ("sqlite3", ".execute(", "SELECT ", "sitrep.case.rows"))
