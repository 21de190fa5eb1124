"""Where the user's lists of actors are kept: one file of JSON Lines a list, in the user's data folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import platformdirs

from sitrep.coding.actors.list_formats import ReadList, read_actor_list
from sitrep.coding.actors.lists import ActorList, from_lines, joined, to_lines

# Names another folder than the user's own.
FOLDER_VARIABLE: Final = "SITREP_ACTORS"


def actors_folder() -> Path:
    """The folder of the lists; it need not exist."""
    stated = os.environ.get(FOLDER_VARIABLE)
    return Path(stated) if stated else Path(platformdirs.user_data_dir("sitrep")) / "actors"


def import_list(file: Path, folder: Path) -> tuple[str, ReadList]:
    """Read a list and keep it under its file's name, in place of any of that name.

    Gives the name and what was read. Raises `OSError` where the file cannot be read, `ValueError` where it is
    no list or holds no actor.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = file.read_text(encoding="latin-1")  # the older dictionaries are
    read = read_actor_list(text, file.name)
    if not read.actors.actors:
        first = f" The first thing wrong: {read.skipped[0]}" if read.skipped else ""
        raise ValueError(f"{file}: no actor could be read from it.{first}")
    name = re.sub(r"[^\w-]+", "-", file.stem.lower()).strip("-") or "list"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.part"
    part.write_text(to_lines(read.actors), encoding="utf-8")
    part.replace(folder / f"{name}.jsonl")
    return name, read


def kept_lists(folder: Path) -> Iterator[tuple[str, ActorList]]:
    """Each list by its name, in the order of names. Raises `ValueError` for a file not as it was written."""
    for file in sorted(folder.glob("*.jsonl")):
        try:
            yield file.stem, from_lines(file.read_text(encoding="utf-8"))
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError(
                f"{file}: damaged ({error}). Import the list again, or delete the file."
            ) from error


def kept_actors(folder: Path) -> ActorList:
    """All lists as one; an empty list where there is none."""
    return joined(actors for _, actors in kept_lists(folder))


def remove_list(name: str, folder: Path) -> None:
    """Delete a list. Raises `FileNotFoundError` where there is none of that name."""
    file = folder / f"{name}.jsonl"
    if not file.is_file():
        raise FileNotFoundError(f'no list "{name}" in {folder}.')
    file.unlink()
