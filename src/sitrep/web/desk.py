"""The open case as everybody who looks at it shares it: readers, one writer, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, RLock

from sitrep.case import Case
from sitrep.web.index import Index, read_index


class Desk:
    """One case for many pages and threads: `reading` and `writing` lend a `Case`, `index` is what maps need.

    Close it in the end. What is lent is for one thread, and to be given back soon.
    """

    def __init__(self, path: Path) -> None:
        """Raises `CaseError` where there is no case to open."""
        self.path = path
        self._writer = Case(path, create=False)
        self._write_lock = Lock()
        self._idle: SimpleQueue[Case] = SimpleQueue()
        # The index has a reader of its own: what the version of one says, it does not say of another's.
        self._watcher, self._watching = Case(path, create=False, read_only=True), RLock()
        self._index: Index | None = None
        self._listeners: dict[int, Callable[[], None]] = {}
        self._next = 0

    def close(self) -> None:
        self._writer.close()
        self._watcher.close()
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @contextmanager
    def reading(self) -> Iterator[Case]:
        """A case to ask; all that is asked of it is of one moment."""
        try:
            case = self._idle.get_nowait()
        except Empty:
            case = Case(self.path, create=False, read_only=True)
        try:
            with case.at_once():
                yield case
        finally:
            self._idle.put(case)

    @contextmanager
    def writing(self) -> Iterator[Case]:
        with self._write_lock:
            yield self._writer

    @property
    def version(self) -> int:
        """A number that differs once anything in the file has changed, whoever changed it."""
        with self._watching:
            return self._watcher.version

    def index(self) -> Index:
        """Every incident as maps, timelines and tables need it, as the case is now."""
        with self._watching:
            version = self.version
            if self._index is None or self._index.version != version:
                self._index = read_index(self._watcher, version)
            return self._index

    def listen(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Have `heard` called whenever the case changed; call what is returned to stop."""
        self._next += 1
        number = self._next
        self._listeners[number] = heard
        return lambda: self._listeners.pop(number, None) and None

    def tell(self) -> None:
        """Tell all who listen that the case changed."""
        for heard in list(self._listeners.values()):
            heard()
