"""The coder of the web app: one process of its own, so that pages stay quick while it works."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# A function of a module, with what it works on; it tells of each step what is new.
Task = Callable[["Language"], Iterator[object]]
Heard = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Broke:
    """What is heard last of a task that could not be done."""

    why: str


STOPPED = Broke("The coder stopped, perhaps for want of memory. Ask again, or in smaller parts.")


class CoderProcess:
    """Does one task after the other in a process that loads the coder at the first of them."""

    def __init__(self) -> None:
        self._heard: dict[int, Heard] = {}
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._context = multiprocessing.get_context("spawn")
        self._line: Connection | None = None  # to the other process, and from it
        self._process: BaseProcess | None = None

    def start(self, task: Task, heard: Heard) -> None:
        """Have `task` done; returns at once. A thread of ours calls `heard` with all that it tells."""
        with self._lock:
            number = next(self._numbers)
            self._heard[number] = heard
            self._ready().send((number, task))

    def warm(self) -> None:
        """Load the coder now, so that the first task need not wait for it."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(timeout=2)

    def _ready(self) -> Connection:
        if self._process is None or self._line is None or not self._process.is_alive():
            self._line, theirs = self._context.Pipe()
            self._process = self._context.Process(target=work, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()  # it is the other's alone, so that its end is heard here
            threading.Thread(target=self._listen, args=(self._line,), daemon=True).start()
        return self._line

    def _listen(self, line: Connection) -> None:
        while True:
            try:
                number, is_over, news = line.recv()
            except (EOFError, OSError):
                self._give_up()
                return
            with self._lock:
                heard = self._heard.pop(number) if is_over else self._heard[number]
            if news is not None:
                heard(news)

    def _give_up(self) -> None:
        with self._lock:
            waiting = list(self._heard.values())
            self._heard.clear()
        for heard in waiting:
            heard(STOPPED)


def work(line: Connection) -> None:
    """In the other process: take tasks from `line` until it is closed, and tell of each what is new of it."""
    from sitrep.coding.pipeline import load

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends this
    nlp = load()
    while True:
        try:
            number, task = line.recv()
        except EOFError:
            return
        last = None
        try:
            for news in task(nlp):
                line.send((number, False, news))
        except OSError as error:
            last = Broke(f"{error}. Check the disk, and try again.")
        except Exception as error:  # whatever it was, the page must say that this is over
            last = Broke(f"{type(error).__name__}: {error}")
        line.send((number, True, last))
