"""Which gazetteer is in use, and what is said of one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.gazetteer import Gazetteer, location
from sitrep.gazetteer.build import ensure_gazetteer


def test_gazetteer_of_the_user_goes_before_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.sqlite"
    own.touch()
    monkeypatch.setenv("SITREP_GAZETTEER", str(own))
    assert (location.installed(), ensure_gazetteer()) == (own, own)


def test_data_folder_is_looked_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITREP_GAZETTEER", raising=False)
    monkeypatch.setattr(location.platformdirs, "user_data_dir", lambda name: str(tmp_path / name))
    assert location.installed() is None
    location.installed_path().parent.mkdir()
    location.installed_path().touch()
    assert location.installed() == tmp_path / "sitrep" / "gazetteer.sqlite"


def test_stated_file_that_is_not_there_is_an_error_and_not_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITREP_GAZETTEER", str(tmp_path / "gone.sqlite"))
    with pytest.raises(FileNotFoundError, match="sitrep gazetteer build"):
        location.installed()


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "gazetteer.sqlite"
    other.write_text("no database")
    with pytest.raises(location.UnreadableGazetteer, match="Compile it again"):
        Gazetteer(other).find("Nairobi")
