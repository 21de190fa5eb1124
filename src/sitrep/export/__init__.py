"""Reports in; files that other tools read out. One format, one file; the name of the file says which.

Every writer is a context manager with `write(report)`: reports are on disk as they come, so that a run
that was stopped keeps what it has.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from sitrep.export.csv import CsvWriter
from sitrep.export.json import JsonWriter
from sitrep.export.jsonl import JsonlWriter
from sitrep.export.parquet import ParquetWriter
from sitrep.records import Report


class Writer(Protocol):
    def write(self, report: Report) -> None: ...


WRITERS: Final[dict[str, Callable[[Path], AbstractContextManager[Writer]]]] = {
    ".jsonl": JsonlWriter,
    ".json": JsonWriter,
    ".csv": CsvWriter,
    ".parquet": ParquetWriter,
}


def open_writer(path: Path) -> AbstractContextManager[Writer]:
    """The writer for `path` by its suffix. Raises `ValueError` for a suffix or folder that is not there."""
    if path.suffix.lower() not in WRITERS:
        raise ValueError(f'"{path.name}" names no format that sitrep writes. End it in {", ".join(WRITERS)}.')
    if not path.resolve().parent.is_dir():
        raise ValueError(f'"{path.parent}" is no folder. Make it first, or name another.')
    return WRITERS[path.suffix.lower()](path)
