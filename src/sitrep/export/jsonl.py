"""JSON Lines: the whole record, one report a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Self

from sitrep.records import Report, to_json


def json_line(report: Report) -> str:
    return json.dumps(to_json(report), ensure_ascii=False) + "\n"


class JsonlWriter:
    def __init__(self, target: Path | IO[str]) -> None:
        self._file = target.open("w", encoding="utf-8") if isinstance(target, Path) else target

    def write(self, report: Report) -> None:
        self._file.write(json_line(report))
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
