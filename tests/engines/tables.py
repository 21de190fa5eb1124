"""Tables of news as Parquet, and what comes of them where nothing goes wrong."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sitrep.engines.batches import code_here
from sitrep.export.parquet import ParquetWriter
from sitrep.read import read
from sitrep.records import Document, Report, Skipped
from tests.engines.faulty import faulty_coder


def story(number: int, word: str = "quietly") -> str:
    return f"The people of the river town met {word} on Monday. They spoke of matter number {number} there."


def written(path: Path, texts: list[str], row_group: int = 10) -> str:
    """The address of a table with a story a row."""
    pq.write_table(pa.table({"text": texts}), path, row_group_size=row_group)
    return f"file://{path}"


def coded_here(source: str) -> tuple[list[Report], list[Skipped]]:
    """What one process makes of it, read and coded."""
    items = list(read([source]))
    results = list(code_here([one for one in items if isinstance(one, Document)], faulty_coder()))
    skipped = [one for one in (*items, *results) if isinstance(one, Skipped)]
    return [one for one in results if isinstance(one, Report)], skipped


def as_parquet(reports: list[Report]) -> bytes:
    """The bytes of the file that one process writes."""
    written = io.BytesIO()
    with ParquetWriter(written) as writer:
        for report in reports:
            writer.write(report)
    return written.getvalue()
