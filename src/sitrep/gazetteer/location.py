"""Which gazetteer is in use: the one that a user compiled, or the one that the package compiles itself."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

import platformdirs

from sitrep.gazetteer.tables import About, read_about

VARIABLE: Final = "SITREP_GAZETTEER"


class UnreadableGazetteer(ValueError):
    """A file that stands where a gazetteer should, and is none that this version reads."""


def installed_path() -> Path:
    """Where `sitrep gazetteer build` puts a gazetteer: `$SITREP_GAZETTEER`, else the user's data folder."""
    stated = os.environ.get(VARIABLE)
    return Path(stated) if stated else Path(platformdirs.user_data_dir("sitrep")) / "gazetteer.sqlite"


def installed() -> Path | None:
    """The gazetteer that the user compiled; None where there is none and the package's own is to be used.

    Raises `FileNotFoundError` where `$SITREP_GAZETTEER` names a file that is not there.
    """
    path = installed_path()
    if path.exists():
        return path
    if os.environ.get(VARIABLE):
        raise FileNotFoundError(
            f'{VARIABLE} is "{path}", where there is no file. Compile one there with '
            "sitrep gazetteer build allCountries.zip, or unset it to use the gazetteer inside the package."
        )
    return None


def open_gazetteer(path: Path) -> tuple[sqlite3.Connection, About]:
    """A connection that only reads, and what the file says of itself. Raises `UnreadableGazetteer`."""
    # Immutable: no locks, so that many workers read one file, also from a read-only disk.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    db = sqlite3.connect(address, uri=True, check_same_thread=False)
    about = read_about(db)
    if about is None:
        db.close()
        raise UnreadableGazetteer(
            f'"{path}" is no gazetteer that this version of sitrep reads. Compile it again with '
            "sitrep gazetteer build, or remove it to use the gazetteer inside the package."
        )
    return db, about
