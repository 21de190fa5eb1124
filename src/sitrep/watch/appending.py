"""Blocks appended to a file, each there whole and once, or not at all, whenever the process is killed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from sitrep.watch.state import Block, State

PIECE: Final = 1_000_000


class AppendedFile:
    """A file that grows by whole blocks. What the memory says goes before the file: see `recover`."""

    def __init__(self, path: Path, state: State) -> None:
        self.path, self._state = path, state

    def append(self, content: bytes, entry: str | None = None) -> None:
        """Append a block, which delivers `entry` if it is given. Raises `OSError`.

        The next `read` or `done` of the state says that it is there.
        """
        start = self.path.stat().st_size if self.path.exists() else 0
        digest = hashlib.sha256(content).hexdigest()
        self._state.begin_writing(Block(self.path.absolute(), start, len(content), digest, entry))
        with self.path.open("ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def recover(state: State) -> None:
    """See to a block that was being written when the process was killed: keep it whole, or cut it off."""
    for block in state.writings():
        size = block.path.stat().st_size if block.path.exists() else 0
        there = size - block.start
        if there >= block.length and _digest(block) == block.digest:
            state.end_writing(delivered=block.entry)
            continue
        # If there is more than a part of it, somebody else has written since: nothing of that is cut.
        if 0 < there < block.length:
            with block.path.open("r+b") as file:
                file.truncate(block.start)
        state.end_writing()


def _digest(block: Block) -> str:
    digest, left = hashlib.sha256(), block.length
    with block.path.open("rb") as file:
        file.seek(block.start)
        while left and (piece := file.read(min(left, PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()
