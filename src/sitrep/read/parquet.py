"""A table as Parquet in, a document a row out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sitrep.read.fields import KNOWN, document_of, names_of
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long
from sitrep.read.sources import Stream
from sitrep.records import Document, Skipped

BATCH_ROWS: Final = 64


def read_parquet(stream: Stream, source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each row. Of the columns only those are read that can be of use, a few
    rows at a time. Raises `UnreadableSource`."""
    # Imported here: whoever reads no table need not wait for it.
    import pyarrow
    import pyarrow.parquet

    with stream.seekable() as file:
        try:
            table = pyarrow.parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            columns = table.schema_arrow.names
            wanted = [name for field in KNOWN for name in names_of(field, settings) if name in columns]
            if not set(names_of("text", settings)) & set(columns):
                yield document_of(dict.fromkeys(columns), source, settings)  # says which columns there are
                return
            number = 0
            for batch in table.iter_batches(BATCH_ROWS, columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    where = f"{source}, row {number}"
                    if any(
                        isinstance(value, str) and len(value) > settings.max_bytes for value in row.values()
                    ):
                        yield too_long(where, f"more than {settings.max_bytes:,} bytes")
                    else:
                        yield document_of(row, where, settings)
            if not number:
                yield Skipped(source, "holds no rows.", "Give a table with a report a row.")
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = str(error).split("\n")[0].rstrip(".")
            yield Skipped(source, f"is a broken Parquet file ({reason}).", "Download or write it again.")
