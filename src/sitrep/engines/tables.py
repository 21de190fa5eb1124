"""Parquet files in a store, by ranges of rows: where the store fails that is an error, not a broken file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, cast

from sitrep.engines.store import failure
from sitrep.read.fields import names_of
from sitrep.read.parquet import read_parquet
from sitrep.read.settings import ReadSettings
from sitrep.read.sources import Stream, UnreadableSource
from sitrep.read.stores import Stored, reason_of
from sitrep.records import Document, Skipped


class _Watched(io.RawIOBase):
    """A file that remembers what it failed with: pyarrow's own errors do not tell bad bytes from none."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: Exception | None = None

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._file.read(len(buffer))
        except Exception as error:  # each store has errors of its own
            self.error = error
            raise OSError(reason_of(error)) from error
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def rows_in(file: Stored, settings: ReadSettings) -> int:
    """How many rows a file has to read; 0 also where it is broken, or no column of it holds the text.

    Raises `StoreFailed`.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        with file.open() as raw:
            watched = _Watched(raw)
            try:
                table = pyarrow.parquet.ParquetFile(watched)
            except (pyarrow.ArrowException, OSError) as error:
                if watched.error:
                    raise failure(file.name, "read", watched.error) from error
                return 0
            has_text = set(names_of("text", settings)) & set(table.schema_arrow.names)
            return int(table.metadata.num_rows) if has_text else 0
    except OSError as error:
        raise failure(file.name, "read", error) from error


def read_rows(file: Stored, rows: range, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` of each of these rows, as `sitrep.read` gives them. Raises `StoreFailed`."""
    try:
        with file.open() as raw:
            watched = _Watched(raw)
            for item in read_parquet(Stream(cast(IO[bytes], watched)), file.name, settings, rows):
                if watched.error:
                    break
                yield item
            if watched.error:
                raise failure(file.name, "read", watched.error)
    except (OSError, UnreadableSource) as error:
        raise failure(file.name, "read", error) from error
