"""A table of text, one row at a time: what the formats that are tables are written with."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from sitrep.export.csv import safe
from sitrep.records import Report

Rows = Callable[[Report], Iterator[Mapping[str, object]]]


class _Tabs(csv.Dialect):
    delimiter = "\t"
    lineterminator = "\n"
    quoting = csv.QUOTE_NONE
    quotechar = None


class TableWriter:
    """Writes the `rows` of each report under `columns`; absent is an empty cell, truth is 1 or 0.

    Cells of a comma-separated file, which spreadsheets open, are made safe to open; those of a
    tab-separated one are as they are, without tabs and line breaks.
    """

    def __init__(
        self, path: Path, columns: Sequence[str], rows: Rows, *, tabs: bool = False, header: bool = True
    ):
        self._file = path.open("w", encoding="utf-8" if tabs else "utf-8-sig", newline="")
        self._cells = csv.writer(self._file, _Tabs if tabs else csv.excel)
        self._columns, self._rows, self._tabs = tuple(columns), rows, tabs
        if header:
            self._cells.writerow(self._columns)

    def write(self, report: Report) -> None:
        for row in self._rows(report):
            unknown = set(row) - set(self._columns)
            if unknown:
                raise KeyError(f"no column {', '.join(sorted(unknown))}")
            self._cells.writerow([self._cell(row.get(column)) for column in self._columns])
        self._file.flush()

    def _cell(self, value: object) -> object:
        if isinstance(value, bool):
            return int(value)
        if self._tabs and isinstance(value, str):
            return " ".join(value.split())
        return safe(value)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
