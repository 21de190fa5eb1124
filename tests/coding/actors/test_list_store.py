"""Where lists of actors are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.coding.actors.list_store import (
    actors_folder,
    import_list,
    kept_actors,
    kept_lists,
    remove_list,
)

ROW = "name,country,sectors\n{},CHL,GOV\n"


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_what_was_imported_is_kept_under_the_name_of_its_file(tmp_path: Path) -> None:
    name, read = import_list(written(tmp_path, "My Actors.csv", ROW.format("Ana Rojas")), tmp_path / "kept")
    assert name == "my-actors"
    assert list(kept_lists(tmp_path / "kept")) == [("my-actors", read.actors)]


def test_importing_again_replaces_the_list(tmp_path: Path) -> None:
    import_list(written(tmp_path, "mine.csv", ROW.format("Ana Rojas")), tmp_path / "kept")
    import_list(written(tmp_path, "mine.csv", ROW.format("Kofi Mensah")), tmp_path / "kept")
    assert [actor.names for actor in kept_actors(tmp_path / "kept").actors] == [("Kofi Mensah",)]


def test_no_folder_is_an_empty_list(tmp_path: Path) -> None:
    assert kept_actors(tmp_path / "nothing").actors == ()


def test_a_file_without_an_actor_replaces_nothing(tmp_path: Path) -> None:
    import_list(written(tmp_path, "mine.csv", ROW.format("Ana Rojas")), tmp_path / "kept")
    with pytest.raises(
        ValueError, match=r"no actor could be read from it\. The first thing wrong: mine\.csv, line 2"
    ):
        import_list(written(tmp_path, "mine.csv", "name,country\nAna Rojas,XXX\n"), tmp_path / "kept")
    assert len(kept_actors(tmp_path / "kept").actors) == 1


def test_a_damaged_list_says_what_to_do(tmp_path: Path) -> None:
    written(tmp_path, "mine.jsonl", "{]\n")
    with pytest.raises(
        ValueError, match=r"mine.jsonl: damaged .* Import the list again, or delete the file."
    ):
        kept_actors(tmp_path)


def test_a_list_is_removed_once(tmp_path: Path) -> None:
    name, _ = import_list(written(tmp_path, "mine.csv", ROW.format("Ana Rojas")), tmp_path / "kept")
    remove_list(name, tmp_path / "kept")
    assert kept_actors(tmp_path / "kept").actors == ()
    with pytest.raises(FileNotFoundError):
        remove_list(name, tmp_path / "kept")


def test_the_environment_can_name_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_ACTORS", str(tmp_path))
    assert actors_folder() == tmp_path
