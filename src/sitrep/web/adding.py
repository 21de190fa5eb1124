"""Reports that people add while they look: read and coded in the coder's process, with progress."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from sitrep.web.coder import Broke, CoderProcess

if TYPE_CHECKING:
    from spacy.language import Language

    from sitrep.records import Document, Report, Skipped

State = Literal["waiting", "fetching", "reading", "coding", "done", "failed"]
_KEPT: Final = 50  # jobs that are remembered once they are done
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing to add: bytes with the name they came under, or an address to fetch them from.

    What the user says of it goes before what the reader finds.
    """

    name: str
    content: bytes | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class AddedReport:
    """A report that a job came to. `outcome` is added, replaced or unchanged, as `Case.add` has it."""

    id: str
    title: str | None
    source: str
    events: int
    outcome: str


@dataclass(slots=True, kw_only=True)
class Job:
    """How far one adding is. `total` is None until the reader knows it."""

    id: str
    names: tuple[str, ...]
    state: State = "waiting"
    done: int = 0
    total: int | None = None
    reports: list[AddedReport] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failure: str | None = None

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class Limits:
    max_fetch_bytes: int
    fetch_timeout_s: float


class Adding:
    """Jobs, worked off one after the other by the coder's process.

    `heard` is called, from a thread of ours, whenever a job has come further.
    """

    def __init__(self, case: Path, limits: Limits, coder: CoderProcess, heard: Callable[[Job], None]) -> None:
        self._case, self._limits, self._coder, self._heard = case, limits, coder, heard
        self._jobs: dict[str, Job] = {}
        self._numbers = count(1)
        self._lock = threading.Lock()

    def jobs(self) -> list[Job]:
        """All that are remembered, the last first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def job(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def start(self, pieces: Sequence[Piece]) -> Job:
        """Have these read, coded and added; returns at once."""
        with self._lock:
            job = Job(id=f"j{next(self._numbers)}", names=tuple(piece.name for piece in pieces))
            self._jobs[job.id] = job
            over = [id for id, one in self._jobs.items() if one.is_over]
            for id in over[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[id]
        self._coder.start(partial(_do, self._case, self._limits, tuple(pieces)), partial(self._further, job))
        return job

    def _further(self, job: Job, news: object) -> None:
        if isinstance(news, Broke):
            job.state, job.failure = "failed", news.why
        else:
            assert isinstance(news, dict)
            for name, value in news.items():
                if name in ("reports", "skipped"):
                    getattr(job, name).append(value)
                else:
                    setattr(job, name, value)
        self._heard(job)


# ------------------------------------------------------------------------------------- in the coder's process


def _do(case: Path, limits: Limits, pieces: Sequence[Piece], nlp: Language) -> Iterator[dict[str, Any]]:
    """Add `pieces`; tells what is new of the job, by the names of its fields."""
    from sitrep.case import Case
    from sitrep.coding.pipeline import coder_of
    from sitrep.engines.batches import code_here
    from sitrep.records import Skipped

    documents: list[Document] = []
    yield {"state": "fetching" if any(piece.url for piece in pieces) else "reading"}
    with tempfile.TemporaryDirectory() as folder:
        for number, piece in enumerate(pieces):
            for found in _read(piece, Path(folder) / str(number), limits):
                if isinstance(found, Skipped):
                    yield {"skipped": str(found)}
                else:
                    documents.append(found)
    yield {"state": "coding", "done": 0, "total": len(documents)}
    with Case(case, create=False) as opened:
        coder, to_code = coder_of(nlp), []
        for document in documents:
            if opened.holds(document, coder):
                report = replace(opened.report(document.id), source=document.source)
                yield {"reports": _added(report, "unchanged")}
            else:
                to_code.append(document)
        held = len(documents) - len(to_code)
        yield {"done": held}
        for done, coded in enumerate(code_here(to_code, nlp, batch_size=4), start=held + 1):
            if isinstance(coded, Skipped):
                yield {"done": done, "skipped": str(coded)}
            else:
                yield {"done": done, "reports": _added(coded, opened.add(coded))}
    yield {"state": "done"}


def _added(report: Report, outcome: str) -> AddedReport:
    return AddedReport(report.id, report.title, report.source, len(report.events), outcome)


def _read(piece: Piece, folder: Path, limits: Limits) -> Iterable[Document | Skipped]:
    """What a piece holds, with what the user says of it."""
    from sitrep.read import ReadSettings, read
    from sitrep.records import Skipped
    from sitrep.web.fetch import FetchError, fetch

    content, name, url = piece.content, piece.name, None
    if piece.url is not None:
        try:
            page = fetch(piece.url, max_bytes=limits.max_fetch_bytes, timeout_s=limits.fetch_timeout_s)
        except FetchError as error:
            yield Skipped(piece.url, "was not fetched.", str(error))
            return
        content, url = page.content, page.url
        name = "page.html" if "html" in page.media_type else "page.txt"
    folder.mkdir()
    path = folder / file_name(name)
    path.write_bytes(content or b"")
    source = piece.url or piece.name
    for found in read([path], ReadSettings(published=piece.published)):
        told = found.source.replace(str(path), source)
        if isinstance(found, Skipped):
            yield replace(found, source=told)
        else:
            yield replace(
                found,
                source=told,
                url=found.url or url,
                title=piece.title or found.title,
                publisher=piece.publisher or found.publisher,
            )


def file_name(name: str) -> str:
    """The last part of a name that a browser sent, fit for a file: its ending says what kind it is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in last).strip(". ")
    return (kept or "text.txt")[-_LONGEST_NAME:]
