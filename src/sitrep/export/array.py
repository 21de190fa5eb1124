"""A JSON list written as it comes, one item a line: what the formats that are one list are written with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self

from sitrep.records import Report


class ArrayWriter:
    """Writes the `items` of each report into a list; `opening` and `closing` are what stands around them."""

    def __init__(
        self, path: Path, items: Callable[[Report], Iterable[Any]], opening: str = "[", closing: str = "]"
    ) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._file.write(opening)
        self._items, self._closing, self._before = items, closing, "\n"

    def write(self, report: Report) -> None:
        for item in self._items(report):
            self._file.write(self._before + json.dumps(item, ensure_ascii=False))
            self._before = ",\n"
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write(f"\n{self._closing}\n")
        self._file.close()
