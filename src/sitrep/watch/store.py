"""The watch's memory as a file: one SQLite database, used by one process at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

SUFFIX: Final = ".watch"
APPLICATION_ID: Final = 0x53495457  # "SITW"
VERSION: Final = 1
BUSY_S: Final = 60.0


class StoreError(Exception):
    """A file that cannot be used: which, why, and what to do."""


class Store:
    """The open file. Close it, or use it in a `with`; its methods may be called from any thread."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file or make it; with `read_only` while another works as well. Raises `StoreError`."""
        self.path = path
        self._lock = threading.RLock()
        self._claim = None if read_only else _claimed(path)
        try:
            self._connection = _opened(path, read_only=read_only)
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._release()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        return next(iter(self.rows(query, values)), None)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of the block is written, or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _release(self) -> None:
        if self._claim is not None:
            self._claim.close()


def _claimed(path: Path) -> sqlite3.Connection:
    """What keeps a second watch away, for as long as this process lives: the lock on a file beside it.

    SQLite's lock, as the system frees it however the process ends, on every system.
    """
    claim = sqlite3.connect(path.with_name(path.name + "-lock"), timeout=0.0, isolation_level=None)
    try:
        claim.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        claim.close()
        if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise StoreError(
                f"{path} is at work in another `sitrep watch`. Wait until it is done, or stop it."
            ) from error
        raise StoreError(f"{path} cannot be written ({error}). Check its folder, or name another.") from error
    return claim


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        [application] = connection.execute("PRAGMA application_id").fetchone()
        [version] = connection.execute("PRAGMA user_version").fetchone()
        [tables] = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} cannot be opened ({error}). Name another with --state.") from error
    if tables and application != APPLICATION_ID:
        connection.close()
        raise StoreError(f"{path} is a database of another program. Name another file with --state.")
    if version > VERSION:
        connection.close()
        raise StoreError(f"{path} was made by a newer Sitrep. Upgrade with: pip install --upgrade sitrep")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if not tables:
            _make(connection)
    return connection


def _make(connection: sqlite3.Connection) -> None:
    schema = (files("sitrep.watch") / "state.sql").read_text(encoding="utf-8")
    connection.executescript(
        f"BEGIN; {schema}; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )
