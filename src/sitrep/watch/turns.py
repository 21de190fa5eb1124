"""Whose turn it is: one request at a time a host, with the host's own time between two."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from sitrep.watch.clock import Clock

PATIENCE_S: Final = 30.0  # a host that is put off for longer is left for the next round


class TooLate(Exception):
    """A host's next turn comes too late for this round; `at` is when."""

    def __init__(self, at: float) -> None:
        super().__init__(at)
        self.at = at


class TurnBook(Protocol):
    """Where the turns are kept, so that they hold for the next run as well."""

    def turn(self, host: str) -> tuple[float, float]:
        """When a host's next turn is by its spacing, and until when it is put off."""

    def keep_turn(self, host: str, next_turn: float) -> None: ...

    def put_off(self, host: str, until: float) -> None: ...


class Turns:
    """Gives turns to threads that ask hosts."""

    def __init__(self, clock: Clock, book: TurnBook, spacing_s: float) -> None:
        self._clock, self._book, self._spacing_s = clock, book, spacing_s
        self._lines: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._making = threading.Lock()

    @contextmanager
    def turn(self, host: str, spacing_s: float, until: float) -> Iterator[None]:
        """Wait for this host's turn, and have it for the block. Raises `TooLate` and `Stopped`.

        `spacing_s` is what the host asks for; the next turn comes that much after the end of this one.
        """
        with self._making:
            line = self._lines[host]
        with line:
            next_turn, off_until = self._book.turn(host)
            at = max(next_turn, off_until)
            if at > until or off_until > self._clock.now() + PATIENCE_S:
                raise TooLate(at)
            self._clock.sleep(at - self._clock.now())
            try:
                yield
            finally:
                self._book.keep_turn(host, self._clock.now() + max(spacing_s, self._spacing_s))
