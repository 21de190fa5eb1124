"""The case as a file: opening, making and upgrading it, and transactions that say what went wrong."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

SUFFIX: Final = ".sitrep"
NEEDED: Final = (3, 37, 0)  # strict tables
APPLICATION_ID: Final = 0x53495452  # "SITR": what `file` and we know a case by
BUSY_S: Final = 120.0  # a writer waits this long for its turn; one report's turn takes milliseconds
PAGE_CACHE_KIB: Final = 65_536  # SQLite's own 2 MB made an add into 10,000 reports slower than into 1,000


# The log is copied into the file when it has so many pages (of 4 KiB). A page that many reports touch is then
# copied once for all of them; SQLite's own 1,000 made a commit cost half as much again.
CHECKPOINT_PAGES: Final = 8_000


class CaseError(Exception):
    """A case that cannot be opened, read or written: which, why, and what to do."""


def open_for_writing(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the case at `path`, brought to the last schema; made if it is missing and `create`.

    Raises `CaseError` where there is no case to open, or where the file is none or a newer version's.
    """
    _check_sqlite()
    if not create and not path.exists():
        raise CaseError(f"{path}: there is no such case. Make one with: sitrep add SOURCE… --case {path}")
    with _said_of(path):
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            _check_kind(connection, path)
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            # If the machine crashes, the last reports may be lost: adding again brings them back.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            upgrade(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, and that a running add does not block. Raises `CaseError` as above."""
    if not path.exists():
        raise CaseError(f"{path}: there is no such case. Make one with: sitrep add SOURCE… --case {path}")
    with _said_of(path):
        address = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        try:
            _check_kind(connection, path)
            connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
        except BaseException:
            connection.close()
            raise
    return connection


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < NEEDED:
        needed = ".".join(str(part) for part in NEEDED)
        raise CaseError(
            f"This Python's SQLite is {sqlite3.sqlite_version}; a case needs {needed} or newer. "
            "Use a newer Python, from python.org or your system's package."
        )


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    [application] = connection.execute("PRAGMA application_id").fetchone()
    [tables] = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables):
        raise CaseError(
            f"{path} is a database of another program, not a case. Name another file: --case NAME{SUFFIX}"
        )


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for its turn when it changes the journal, so two that make one file at once must.
    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def scripts(folder: Traversable | None = None) -> list[str]:
    """What brings a file from version n to n + 1, at index n - 1; so the last is one more than these."""
    folder = folder or files("sitrep.case") / "upgrades"
    named = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    expected = [f"{number:03}.sql" for number in range(2, len(named) + 2)]
    if named != expected:
        raise CaseError(f"upgrades/ holds {', '.join(named)}, expected {', '.join(expected)}.")
    return [(folder / name).read_text(encoding="utf-8") for name in named]


def upgrade(connection: sqlite3.Connection, path: Path, steps: list[str] | None = None) -> None:
    """Bring a new or older file to the last schema, in one transaction. The last one is left as it is.

    `steps` are those of `scripts`. Raises `CaseError` where the file is of a later version than they lead to.
    """
    steps = scripts() if steps is None else steps
    last = len(steps) + 1
    if _version(connection) == last:
        return
    with transaction(connection, path):
        found = _version(connection)  # another process may have been here first
        if found > last:
            raise CaseError(
                f"{path} was made by a newer Sitrep (its schema is {found}, this one knows up to {last}). "
                "Upgrade with: pip install --upgrade sitrep"
            )
        if found == 0:
            run(connection, schema("schema.sql"))
            # A new file is made as version 1 is upgraded, so both end alike.
            found = 1
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for script in steps[found - 1 :]:
            run(connection, script)
        connection.execute(f"PRAGMA user_version = {last}")


def schema(name: str) -> str:
    return (files("sitrep.case") / name).read_text(encoding="utf-8")


def _version(connection: sqlite3.Connection) -> int:
    [version] = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def run(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of `script` in the transaction under way; `executescript` would end it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    if statement.strip() and not all(line.startswith("--") for line in statement.split("\n") if line.strip()):
        connection.execute(statement)


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of the block is written, or nothing of it. Other writers wait their turn; readers do not wait."""
    with _said_of(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk ends the transaction itself
                connection.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Whatever the block reads is of one moment, however much is added meanwhile."""
    with _said_of(path):
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")


ADVICE: Final = {
    "SQLITE_FULL": "the disk is full. What was added before is kept; make room, and add the rest again.",
    "SQLITE_IOERR": "the disk failed to read or write. What was added before is kept; check the disk.",
    "SQLITE_READONLY": "the file or its folder may not be written. Change that, or copy the file elsewhere.",
    "SQLITE_CANTOPEN": "the file cannot be opened. Check that its folder exists and may be written.",
    "SQLITE_NOTADB": "the file is not a case, nor any other SQLite database. Name another file.",
    "SQLITE_CORRUPT": "the file is damaged. Bring back a copy, or add the sources to a new case.",
    "SQLITE_BUSY": f"another program has held it for {BUSY_S:.0f} seconds. Try again when it is done.",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "the report refers to an actor, place or attribution that it"
    " does not have. Code it again; the case is as it was.",
    "SQLITE_LOCKED": "another part of this program is writing to it. Try again when it is done.",
}


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """SQLite's errors that a user can do something about, as `CaseError`s that say what."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        for kind, advice in ADVICE.items():
            if name.startswith(kind):
                raise CaseError(f"{path}: {advice} (SQLite: {error})") from error
        if "no such module" in str(error):
            raise CaseError(
                f"{path}: this Python's SQLite was built without full-text search or R*Tree ({error}). "
                "Use a Python from python.org or your system's package."
            ) from error
        raise
