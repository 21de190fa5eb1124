"""A table as Parquet in, a document a row out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sitrep.read.fields import KNOWN, document_of, names_of
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long
from sitrep.read.sources import Stream
from sitrep.records import Document, Skipped

BATCH_ROWS: Final = 64


def read_parquet(
    stream: Stream, source: str, settings: ReadSettings, rows: range | None = None
) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each row, or for each of `rows`, which count from 0. Of the columns only
    those are read that can be of use, a few rows at a time. Raises `UnreadableSource`."""
    # Imported here: whoever reads no table need not wait for it.
    import pyarrow
    import pyarrow.parquet

    with stream.seekable() as file:
        try:
            table = pyarrow.parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            columns = table.schema_arrow.names
            wanted = [name for field in KNOWN for name in names_of(field, settings) if name in columns]
            if not set(names_of("text", settings)) & set(columns):
                if not rows or rows.start == 0:
                    yield document_of(dict.fromkeys(columns), source, settings)  # says which there are
                return
            for number, row in _rows(table, wanted, rows or range(table.metadata.num_rows)):
                where = f"{source}, row {number + 1}"
                if any(isinstance(value, str) and len(value) > settings.max_bytes for value in row.values()):
                    yield too_long(where, f"more than {settings.max_bytes:,} bytes")
                else:
                    yield document_of(row, where, settings)
            if not table.metadata.num_rows:
                yield Skipped(source, "holds no rows.", "Give a table with a report a row.")
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = str(error).split("\n")[0].rstrip(".")
            yield Skipped(source, f"is a broken Parquet file ({reason}).", "Download or write it again.")


def _rows(table: Any, columns: list[str], rows: range) -> Iterator[tuple[int, dict[str, Any]]]:
    """These rows with their numbers; of the groups that the file is divided in, only those with some of
    them are read."""
    start = 0
    for group in range(table.num_row_groups):
        end = start + table.metadata.row_group(group).num_rows
        if start < rows.stop and rows.start < end:
            number = start
            for batch in table.iter_batches(BATCH_ROWS, [group], columns, use_threads=False):
                wanted = batch[max(rows.start - number, 0) : max(rows.stop - number, 0)]
                yield from enumerate(wanted.to_pylist(), start=max(rows.start, number))
                number += len(batch)
                if number >= rows.stop:
                    return
        start = end
