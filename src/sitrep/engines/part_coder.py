"""Parts in, their reports written and a note of each out: what a worker of a cluster does.

The coder itself runs in a process of its own (`engines.processes`), so that a document that ends it, or takes
too long, costs itself only, with the same words as on one machine. A document that ends the worker itself,
which reads it, is found by the notes that the worker leaves.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sitrep.engines.batches import failed
from sitrep.engines.gazetteers import Shipped, here
from sitrep.engines.parts import Item, Part, PartDone, Tries, items_of, items_singly
from sitrep.engines.processes import LONGEST_S, Pool
from sitrep.engines.run import PLAN, note_of
from sitrep.engines.store import Store
from sitrep.export.parquet import ParquetWriter
from sitrep.gazetteer.location import VARIABLE
from sitrep.read.settings import ReadSettings
from sitrep.records import Coder, Document, Report, Skipped, to_json

if TYPE_CHECKING:
    from spacy.language import Language


# A worker may end by nobody's fault, with its machine: a part is not suspected at once.
BOLD_TRIES: Final = 3
LONE_TRIES: Final = 2


class WrongMachine(RuntimeError):
    """This machine does not see what the others see, or codes otherwise; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs to know; it is sent to each."""

    address: str  # of the run's folder
    load: Callable[[], Language]
    coder: Coder  # what `load` must give
    settings: ReadSettings
    gazetteer: Shipped | None = None
    longest_s: float = LONGEST_S


class PartCoder:
    """Codes parts one after the other; the coder is loaded with the first document, and kept."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._store = Store(work.address)
        self._pool: Pool | None = None
        self._tries: dict[int, Tries] = {}

    def code(self, parts: Sequence[Part]) -> Iterator[PartDone]:
        """Code those of these parts that nobody has finished. Raises `StoreFailed`, `WrongMachine` and
        `WorkersFailed`."""
        if self._pool is None and self._store.get(PLAN) is None:
            raise WrongMachine(
                f"The worker on {platform.node()} does not see {self._work.address}/{PLAN}. "
                "Write to a place that all machines see: an object store, or a disk that they share."
            )
        written = self._store.get_all(name for part in parts for name in (part.record, part.tries))
        boldly: list[Part] = []
        with_care: list[Part] = []
        for part in parts:
            self._tries[part.number] = note_of(Tries, written.get(part.tries)) or Tries()
            if done := note_of(PartDone, written.get(part.record)):
                yield done
            elif self._tries[part.number].begun < BOLD_TRIES:
                boldly.append(part)
            else:
                with_care.append(part)
        for part, items in items_of(boldly, self._store, self._work.settings, self._begin):
            yield self._finish(part, self._coded(items))
        for part in with_care:
            yield self._finish(part, self._one_by_one(part))

    def _begin(self, part: Part) -> None:
        tries = self._tries[part.number]
        self._note(part, replace(tries, begun=tries.begun + 1))

    def _note(self, part: Part, tries: Tries) -> None:
        self._store.put(part.tries, json.dumps(to_json(tries)).encode())

    def _one_by_one(self, part: Part) -> Iterator[Report | Skipped]:
        """As `_coded`, of a part at which workers have ended: the item at which two more do is skipped."""
        tries = self._tries[part.number]
        if tries.in_hand is not None:
            tries = replace(tries, ended_at=(*tries.ended_at, tries.in_hand))
        for number, (source, read) in enumerate(items_singly(part, self._store, self._work.settings)):
            if tries.ended_at.count(number) < LONE_TRIES:
                self._note(part, replace(tries, begun=tries.begun + 1, in_hand=number))
                yield from self._coded(read())
            else:
                yield failed(Document("", source, ""), "the worker that read it ended")

    def _coded(self, items: Sequence[Item]) -> Iterator[Report | Skipped]:
        documents = (item for item in items if isinstance(item, Document))
        coded = self._processes().code(documents)
        for item in items:
            yield item if isinstance(item, Skipped) else next(coded)
        next(coded, None)  # to its end

    def _processes(self) -> Pool:
        if self._pool is None:
            shipped = self._work.gazetteer
            gazetteer = here(shipped, self._store) if shipped else None
            load = partial(_load, self._work.load, gazetteer)
            self._pool = Pool(1, load, longest_s=self._work.longest_s)
        return self._pool

    def _finish(self, part: Part, results: Iterator[Report | Skipped]) -> PartDone:
        reports = events = 0
        skipped: list[Skipped] = []
        written = io.BytesIO()
        with ParquetWriter(written) as writer:
            for one in results:
                if isinstance(one, Skipped):
                    skipped.append(one)
                    continue
                self._check(one)
                writer.write(one)
                reports, events = reports + 1, events + len(one.events)
        content = written.getvalue()
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        done = PartDone(part.number, reports, events, tuple(skipped), len(content), digest)
        # First the reports, then the note that they are there: without it they are coded again.
        self._store.put(part.file, content)
        self._store.put(part.record, json.dumps(to_json(done)).encode())
        return done

    def _check(self, report: Report) -> None:
        if report.coder != self._work.coder:
            ours, theirs = report.coder.models, self._work.coder.models
            differ = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
            raise WrongMachine(
                f"The worker on {platform.node()} has sitrep {report.coder.sitrep}, the run was begun with "
                f"{self._work.coder.sitrep}; these differ: {', '.join(differ) or 'nothing else'}. "
                "Install the same version on every machine."
            )

    def close(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool = None


def _load(load: Callable[[], Language], gazetteer: Path | None) -> Language:
    if gazetteer is not None:
        os.environ[VARIABLE] = str(gazetteer)
    return load()
