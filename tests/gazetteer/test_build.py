"""Where the compiled file is kept, and that it is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.gazetteer import build
from sitrep.gazetteer.tables import Compiler, Progress


def test_cache_folder_is_the_one_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "mine"))
    assert build.gazetteer_path().parent == tmp_path / "mine"


def test_cache_folder_that_cannot_be_made_gives_a_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    monkeypatch.setenv("SITREP_CACHE", str(in_the_way / "cache"))
    monkeypatch.setattr(build.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = build.gazetteer_path().parent
    assert (folder.parent, folder.is_dir()) == (tmp_path, True)


def test_upgrade_of_a_source_names_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build.gazetteer_path()
    monkeypatch.setattr(build, "version", lambda package: "999.0")
    assert build.gazetteer_path().name != before.name


def test_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(compiler: Compiler, progress: Progress) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(build, "_compile", fail)
    with pytest.raises(OSError, match="No space"):
        build.build_gazetteer(tmp_path / "gazetteer.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_file_that_is_there_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path))
    build.gazetteer_path().write_text("there")
    monkeypatch.setattr(build, "build_gazetteer", lambda *_: pytest.fail("built again"))
    assert build.ensure_gazetteer() == build.gazetteer_path()


def test_middle_of_an_area_does_not_follow_its_crowded_corner() -> None:
    crowded = [(10.0 + i / 100, 20.0) for i in range(50)]
    latitude, _ = build._middle([*crowded, (14.0, 20.0)])
    assert latitude == pytest.approx(11.6, abs=0.5)
