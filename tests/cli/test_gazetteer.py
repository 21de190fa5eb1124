"""`sitrep gazetteer`: what it compiles, what it says, and what it exits with."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app

RUN = CliRunner()
TOWN = (
    "900002\tTamsa\tTamsa\t\t10.0\t20.0\tP\tPPLA\tTD\t\t07\t\t\t\t40000\t\t300\tAfrica/Ndjamena\t2026-03-05"
)


@pytest.fixture
def dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITREP_GAZETTEER", str(tmp_path / "own.sqlite"))
    path = tmp_path / "TD.txt"
    path.write_text(f"{TOWN}\nnot a place\n", encoding="utf-8")
    return path


def test_built_gazetteer_is_in_use(dump: Path) -> None:
    built = RUN.invoke(app, ["gazetteer", "build", str(dump)])
    assert built.exit_code == 0
    assert "TD.txt, line 2" in built.stderr and "1 skipped" in built.stderr
    told = RUN.invoke(app, ["gazetteer", "info"])
    assert told.exit_code == 0
    assert "GeoNames, TD.txt" in told.stdout and "2026-03-05" in told.stdout and "sha256:" in told.stdout


def test_another_output_says_how_to_use_it(dump: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    built = RUN.invoke(app, ["gazetteer", "build", str(dump), "--output", str(other)])
    assert (built.exit_code, other.exists(), (tmp_path / "own.sqlite").exists()) == (0, True, False)
    assert f"SITREP_GAZETTEER={other}" in built.stderr


def test_what_is_no_dump_fails_and_says_why(dump: Path) -> None:
    dump.write_text("not a place\n", encoding="utf-8")
    built = RUN.invoke(app, ["gazetteer", "build", str(dump)])
    assert built.exit_code == 1
    assert "is no GeoNames dump" in built.stderr and "allCountries.zip" in built.stderr


def test_stated_gazetteer_that_is_not_there_fails_and_says_what_to_do(dump: Path) -> None:
    told = RUN.invoke(app, ["gazetteer", "info"])
    assert told.exit_code == 1
    assert "sitrep gazetteer build" in told.stderr
