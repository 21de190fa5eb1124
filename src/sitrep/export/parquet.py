"""Parquet: the whole record, one row a report, nested columns; DuckDB and pandas unnest them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from sitrep.records import Report, from_json, to_json

ROW_GROUP: Final = 256  # reports held before a row group is written; bounds memory

SCALARS: Final = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a field of a record, from its annotation."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in SCALARS:
        return SCALARS[hint]
    if origin in (types.UnionType, typing.Union):
        return arrow_type(next(a for a in arguments if a is not type(None)))
    if origin is typing.Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(arrow_type(arguments[0]))
    if origin is dict:
        return pa.map_(arrow_type(arguments[0]), arrow_type(arguments[1]))
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return pa.struct([pa.field(field.name, arrow_type(hints[field.name])) for field in fields(hint)])
    raise TypeError(f"{hint} has no Arrow type.")


SCHEMA: Final = pa.schema(list(arrow_type(Report)))


class ParquetWriter:
    def __init__(self, target: Path | IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(target, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, report: Report) -> None:
        self._rows.append(asdict(report))
        if len(self._rows) == ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()


def read_reports(source: Path | IO[bytes]) -> Iterator[Report]:
    """The reports of a file that `ParquetWriter` wrote."""
    for batch in pq.ParquetFile(source).iter_batches(ROW_GROUP, use_threads=False):
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            yield from_json(Report, to_json(row))
