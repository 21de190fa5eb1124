"""CSV: one flat row an event, names and words in place of ids and offsets."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Self

from sitrep.export.flat import COLUMNS, event_rows
from sitrep.records import Report


class CsvWriter:
    def __init__(self, path: Path) -> None:
        # The byte order mark makes spreadsheets read the file as UTF-8.
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.DictWriter(self._file, COLUMNS)
        self._rows.writeheader()

    def write(self, report: Report) -> None:
        self._rows.writerows(
            {column: safe(value) for column, value in row.items()} for row in event_rows(report)
        )
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection)."""
    return (
        "'" + value
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )
