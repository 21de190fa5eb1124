"""The time of day, and waiting; tests give a clock of their own."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Stopped(Exception):
    """Whoever was waiting is to come to an end."""


class Clock(Protocol):
    """Seconds since 1970, and waiting for them to pass."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `Stopped`, also later, once `stop` was called from another thread."""

    def stop(self) -> None: ...


class SystemClock:
    """The machine's own clock."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        if self._stopped.wait(max(seconds, 0.0)):
            raise Stopped

    def stop(self) -> None:
        self._stopped.set()


def moment(seconds: float) -> datetime:
    """The moment that a clock's time is, in UTC and whole seconds."""
    return datetime.fromtimestamp(int(seconds), UTC)


def stamp(seconds: float) -> str:
    """A clock's time as "2026-11-23T16:40:00Z"."""
    return f"{moment(seconds):%Y-%m-%dT%H:%M:%SZ}"
