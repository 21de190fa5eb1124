"""One JSON array of whole records, indented to be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self

from sitrep.records import Report, to_json


class JsonWriter:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._before = "[\n"

    def write(self, report: Report) -> None:
        self._file.write(self._before + json.dumps(to_json(report), ensure_ascii=False, indent=1))
        self._file.flush()
        self._before = ",\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write("[]\n" if self._before == "[\n" else "\n]\n")
        self._file.close()
