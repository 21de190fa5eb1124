"""Where a read document goes; each way to deliver one does it once, however often it is asked to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from sitrep.records import Document, to_json
from sitrep.watch.appending import AppendedFile
from sitrep.watch.state import State


class Delivery(Protocol):
    """One place that documents go to."""

    def deliver(self, key: str, document: Document) -> str | None:
        """Keep the document of the entry with that key; why it was not kept, if it was not."""


class ToLines:
    """Appends each document to a file, a line of JSON each, as `sitrep read` writes them."""

    def __init__(self, path: Path, state: State) -> None:
        self._file = AppendedFile(path, state)

    def deliver(self, key: str, document: Document) -> str | None:
        line = json.dumps(to_json(document), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        self._file.append(line if _ends_a_line(self._file.path) else b"\n" + line, entry=key)
        return None


def _ends_a_line(path: Path) -> bool:
    """Whether a file is empty or its last line is whole: an editor may have left one that is not."""
    if not path.exists() or not path.stat().st_size:
        return True
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
