"""Documents coded in several processes of one machine, with the very reports that one process gives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Final

from sitrep.engines.batches import code_batch, failed
from sitrep.records import Document, Report, Skipped

if TYPE_CHECKING:
    from spacy.language import Language

BATCH_SIZE: Final = 8  # small, so that the workers finish together and a crash costs little
BATCHES_AHEAD: Final = 4  # a worker: how far the others may be ahead of a slow document
LONGEST_S: Final = 900.0  # for one batch; a report takes a tenth of a second
STOPPED_S: Final = 5.0
# Each process is to keep to one core; the libraries read these once, when they are loaded.
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class WorkersFailed(RuntimeError):
    """No worker could be started; the message says why."""


@dataclass(slots=True)
class _Task:
    """Documents of one batch, each with its place in the order. `retry` is the second try, one by one."""

    numbers: list[int] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    retry: bool = False


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    ready: bool = False
    task: _Task | None = None
    begun: float = field(default_factory=time.monotonic)


def code_in_processes(
    documents: Iterable[Document],
    workers: int,
    load: Callable[[], Language],
    *,
    batch_size: int = BATCH_SIZE,
    longest_s: float = LONGEST_S,
) -> Iterator[Report | Skipped]:
    """A report of each document, in their order, or a `Skipped` of one that the coder fails on.

    Each of `workers` processes calls `load` once (`sitrep.load`, or what else pickles and gives a coder);
    documents are taken as they are needed. A batch in which a worker dies, or which takes longer than
    `longest_s`, is tried again document by document; the one that does it again is skipped. Raises
    `WorkersFailed` where the coder cannot be loaded.
    """
    pool = Pool(workers, load, batch_size=batch_size, longest_s=longest_s)
    try:
        yield from pool.code(documents)
    finally:
        pool.stop()


class Pool:
    """The processes of `code_in_processes`, kept for several runs of documents, one after the other."""

    def __init__(
        self,
        size: int,
        load: Callable[[], Language],
        *,
        batch_size: int = BATCH_SIZE,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._size, self._batch_size, self._longest_s = size, batch_size, longest_s
        self._load = load
        self._documents: Iterator[Document] = iter(())
        self._workers: list[_Worker] = []
        self._gathered = _Task()  # a batch that is not full yet
        self._waiting: deque[_Task] = deque()  # batches to give out
        self._done: dict[int, Report | Skipped] = {}
        self._taken = 0  # documents
        self._given = 0  # results
        self._exhausted = False
        self._context = multiprocessing.get_context("spawn")

    def code(self, documents: Iterable[Document]) -> Iterator[Report | Skipped]:
        """As `code_in_processes`; to be taken to its end before the next is begun."""
        self._documents, self._exhausted = iter(documents), False
        while True:
            self._hand_out()
            while self._given in self._done:
                yield self._done.pop(self._given)
                self._given += 1
            if self._exhausted and self._given == self._taken:
                return
            if self._may_read:
                self._read()
                self._hear(timeout_s=0)
            else:
                self._hear(timeout_s=1)

    @property
    def _may_read(self) -> bool:
        """Whether to take another document: a batch is to lie ready for each worker, and no more."""
        ahead = self._size * BATCHES_AHEAD * self._batch_size
        has_room = len(self._waiting) < self._size and self._taken - self._given < ahead
        return has_room and not self._exhausted

    def _read(self) -> None:
        document = next(self._documents, None)
        if document is None:
            self._exhausted = True
        else:
            self._gathered.numbers.append(self._taken)
            self._gathered.documents.append(document)
            self._taken += 1
        if len(self._gathered.documents) == self._batch_size or (
            self._exhausted and self._gathered.documents
        ):
            self._waiting.append(self._gathered)
            self._gathered = _Task()

    def _hand_out(self) -> None:
        """Give every idle worker a batch; start workers only for batches that there are."""
        while self._waiting:
            idle = next((worker for worker in self._workers if worker.ready and worker.task is None), None)
            if idle is not None:
                idle.task, idle.begun = self._waiting.popleft(), time.monotonic()
                try:
                    idle.line.send(idle.task.documents)
                except OSError:
                    self._bury(idle, "its process ended")
                continue
            loading = sum(not worker.ready for worker in self._workers)
            if len(self._workers) == self._size or loading >= len(self._waiting):
                return
            self._start()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._load), daemon=True)
        with _one_thread(), _uninterrupted():
            process.start()
        theirs.close()  # it is the other's alone, so that its end is heard here
        self._workers.append(_Worker(process, ours))

    def _hear(self, timeout_s: float) -> None:
        """Take what the workers have to say."""
        by_line: dict[Any, _Worker] = {worker.line: worker for worker in self._workers}
        for line in wait(list(by_line), timeout_s):
            worker = by_line[line]
            try:
                heard = worker.line.recv()
            except (EOFError, OSError):
                self._bury(worker, "its process ended")
                continue
            if isinstance(heard, str):
                raise WorkersFailed(heard)
            if worker.task is not None:
                self._done.update(zip(worker.task.numbers, heard, strict=True))
            worker.ready, worker.task = True, None
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.task is not None and now - worker.begun > self._longest_s:
                self._bury(worker, f"it took more than {self._longest_s:g} seconds")

    def _bury(self, worker: _Worker, reason: str) -> None:
        """A worker is gone: what it had in hand is tried once more one by one, then given up."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        task = worker.task
        if task is None:
            if not worker.ready:
                code = worker.process.exitcode
                raise WorkersFailed(f"A worker ended before it had loaded the coder (exit status {code}).")
        elif task.retry:
            self._done[task.numbers[0]] = failed(task.documents[0], reason)
        else:
            self._waiting.extendleft(
                _Task([number], [document], retry=True)
                for number, document in reversed(list(zip(task.numbers, task.documents, strict=True)))
            )

    def stop(self) -> None:
        """End all workers: at once, whatever they are at."""
        for worker in self._workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(STOPPED_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Whatever is started within keeps its arithmetic to one thread."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Whatever is started within does not hear Ctrl+C from its first moment: that is for us."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say so, and only it hears Ctrl+C
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ------------------------------------------------------------------------------------- in the other processes


def _work(line: Connection, load: Callable[[], Language]) -> None:
    """Load the coder, say so, and code what comes along `line` until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        nlp = load()
    except (OSError, ValueError) as error:  # no model, no gazetteer: their messages say what to do
        line.send(str(error))
        return
    line.send([])
    try:
        while True:
            documents: Sequence[Document] = line.recv()
            line.send(code_batch(documents, nlp))
    except (EOFError, OSError):  # nobody listens any more
        return
