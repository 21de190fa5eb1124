"""One run over all sources: what it was begun with, which of its parts are finished, and their reports.

In the folder that it writes to lie the reports, `part-000000.parquet` and so on in the order of the sources;
`_skipped.jsonl` once all is done; and in `_run` what the run notes for itself.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from sitrep.engines.parts import DOCUMENTS, KEPT, PART_SIZE, READERS, TRIES, Part, PartDone, cut
from sitrep.engines.store import Store, address_of, failure
from sitrep.export.parquet import read_reports
from sitrep.read.settings import ReadSettings
from sitrep.read.sources import STDIN, Source, expand
from sitrep.read.stores import Stored
from sitrep.records import Coder, Report, Skipped, from_json, to_json

if TYPE_CHECKING:
    from spacy.language import Language

PLAN: Final = f"{KEPT}/plan.json"
SKIPPED: Final = "_skipped.jsonl"
T = TypeVar("T")
READ_AT_ONCE: Final = 1000  # notes of finished parts


class OtherRun(ValueError):
    """A folder holds a run over other sources, with another coder, or none; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files to be read, in order: how many, and a digest of their names, sizes and last changes."""

    files: int
    digest: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What a run is begun with. Whoever goes on with it must go on with the same."""

    coder: Coder
    model: str  # spaCy's, with its version
    settings: ReadSettings
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class Plan:
    begun: Begun
    parts: tuple[Part, ...]


class Run:
    """A run in the folder `store`; `finished` are the parts whose reports were there when it was opened."""

    def __init__(
        self, store: Store, plan: Plan, finished: tuple[PartDone, ...], load: Callable[[], Language]
    ):
        self.store, self.plan, self.finished, self.load = store, plan, finished, load

    @property
    def unfinished(self) -> list[Part]:
        done = {part.number for part in self.finished}
        return [part for part in self.plan.parts if part.number not in done]

    def reports(self) -> Iterator[Report]:
        """The reports of all parts in the order of their documents. Raises `StoreFailed`."""
        for part in self.plan.parts:
            yield from read_reports(io.BytesIO(self.store.get(part.file) or b""))

    def close(self) -> None:
        """Once all is done: say what was skipped, and let go of the documents that were put in the store and
        of the notes of tries."""
        done = finished_parts(self.store, self.plan.parts)
        lines = (json.dumps(to_json(one), ensure_ascii=False) for part in done for one in part.skipped)
        self.store.put(SKIPPED, "".join(f"{line}\n" for line in lines).encode())
        self.store.remove(DOCUMENTS)
        self.store.remove(TRIES)


def open_run(
    sources: Iterable[str | Path],
    output: str | Path,
    load: Callable[[], Language],
    *,
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
    part_size: int = PART_SIZE,
) -> Run:
    """The run in `output`, a folder or the address of one: begun, or gone on with where it was begun before.

    Raises `OtherRun` where it was begun with something else, `StoreFailed` where `output` or a table among
    the sources cannot be reached, and what `load` raises.
    """
    from sitrep.coding.pipeline import coder_of

    store = Store(address_of(output))
    found = list(expand(_repeatable(sources)))
    nlp = load()
    model = "_".join(nlp.meta.get(key, "") for key in ("lang", "name", "version"))
    begun = Begun(coder_of(nlp), model, settings, _inputs(found))
    written = store.get(PLAN)
    if written is not None:
        plan = _plan(written, store)
        _check(plan.begun, begun, store)
        return Run(store, plan, tuple(finished_parts(store, plan.parts)), load)
    if any(name.startswith("part-") for name in store.sizes()):
        raise OtherRun(f"{store.address}: holds parts of no run that is known. Name another --output.")
    plan = Plan(begun, tuple(cut(found, store, settings, part_size)))
    # Last: with it, all documents that are read here are in the store.
    store.put(PLAN, json.dumps(to_json(plan)).encode())
    return Run(store, plan, (), load)


def finished_parts(store: Store, parts: Iterable[Part]) -> Iterator[PartDone]:
    """What came of those parts whose reports are there whole, in order."""
    sizes = store.sizes()
    there = iter([part for part in parts if part.file in sizes])
    while some := list(islice(there, READ_AT_ONCE)):
        notes = store.get_all(part.record for part in some)
        for part in some:
            done = note_of(PartDone, notes.get(part.record))
            if done and done.size == sizes[part.file]:
                yield done


def note_of(kind: type[T], written: bytes | None) -> T | None:
    """What a run noted; None where there is nothing, or only half of it, in a store that writes so."""
    try:
        return from_json(kind, json.loads(written)) if written else None
    except (ValueError, TypeError):
        return None


def _repeatable(sources: Iterable[str | Path]) -> Iterator[str | Path]:
    for source in sources:
        if str(source) == STDIN:
            raise OtherRun(
                "Standard input cannot be read a second time, as going on with a run may need. "
                "Save it to a file, and name that."
            )
        yield source


def _inputs(found: list[Source | Stored | Skipped]) -> Inputs:
    digest = hashlib.sha256()
    with ThreadPoolExecutor(READERS) as readers:
        for one, stamp in zip(found, readers.map(_stamp, found), strict=True):
            digest.update(f"{one!r} {stamp}\n".encode("utf-8", "surrogateescape"))
    return Inputs(len(found), f"sha256:{digest.hexdigest()}")


def _stamp(one: Source | Stored | Skipped) -> object:
    """What changes when a file does."""
    if isinstance(one, Skipped):
        return ()
    try:
        if isinstance(one, Stored):
            return one.stamp()
        assert one.path is not None  # standard input was refused
        stated = one.path.stat()
    except OSError as error:
        raise failure(one.name, "read", error) from error
    return stated.st_size, stated.st_mtime_ns


def _plan(written: bytes, store: Store) -> Plan:
    try:
        return from_json(Plan, json.loads(written))
    except (ValueError, TypeError, KeyError) as error:
        raise OtherRun(
            f"{store.address}/{PLAN}: is no plan that this version reads ({error}). Name another --output."
        ) from error


def _check(then: Begun, now: Begun, store: Store) -> None:
    """Raises `OtherRun` unless a run that was begun with `then` can be gone on with `now`."""
    differs: str | None = None
    if then.coder.sitrep != now.coder.sitrep:
        differs = f"with sitrep {then.coder.sitrep}, and this is {now.coder.sitrep}"
    elif then.coder != now.coder:
        names = sorted({*then.coder.models, *now.coder.models})
        other = [name for name in names if then.coder.models.get(name) != now.coder.models.get(name)]
        differs = f"with another coder: {', '.join(other)} differ"
    elif then.model != now.model:
        differs = f"with spaCy's model {then.model}, and this is {now.model}"
    elif then.settings != now.settings:
        names = [field.name for field in fields(now.settings)]
        other = [name for name in names if getattr(then.settings, name) != getattr(now.settings, name)]
        differs = f"with other settings of reading: {', '.join(other)}"
    elif then.inputs.files != now.inputs.files:
        differs = f"over {then.inputs.files:,} files, and there are {now.inputs.files:,} now"
    elif then.inputs != now.inputs:
        differs = "over other files, or these have changed since"
    if differs:
        raise OtherRun(
            f"{store.address}: its run was begun {differs}. Reports of both must not be mixed: go on with "
            "what it was begun with, name another --output, or remove that folder to begin again."
        )
