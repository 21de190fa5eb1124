"""A run's sources cut into parts, always in the same way: what each is made from, and what came of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from typing import Any, Final

from sitrep.engines.store import Store, StoreFailed
from sitrep.engines.tables import read_rows, rows_in
from sitrep.read.reader import read_source
from sitrep.read.settings import ReadSettings
from sitrep.read.sources import Source
from sitrep.read.stores import Stored
from sitrep.records import Document, Skipped, from_json, to_json

PART_SIZE: Final = 128  # documents: ten seconds' work, which is what the loss of a worker costs
KEPT: Final = "_run"  # what a run notes for itself; readers of tables leave out names with "_"
DOCUMENTS: Final = f"{KEPT}/documents"
TRIES: Final = f"{KEPT}/tries"
READERS: Final = 16  # a store answers slowly, but to many at once
Item = Document | Skipped


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are coded and written together: rows of a table in a store, or documents put there."""

    number: int
    table: str | None = None  # its address; None where the documents are kept in `DOCUMENTS`
    rows: tuple[int, int] = (0, 0)  # from 0, end exclusive

    @property
    def file(self) -> str:
        """Where its reports are."""
        return f"part-{self.number:06}.parquet"

    @property
    def documents(self) -> str:
        return f"{DOCUMENTS}/part-{self.number:06}.jsonl.gz"

    @property
    def record(self) -> str:
        """Where its `PartDone` is."""
        return f"{KEPT}/done/part-{self.number:06}.json"

    @property
    def tries(self) -> str:
        """Where the `Tries` at it are."""
        return f"{TRIES}/part-{self.number:06}.json"


@dataclass(frozen=True, slots=True)
class PartDone:
    """What came of a part whose reports are written: how many, and what was skipped in it."""

    number: int
    reports: int
    events: int
    skipped: tuple[Skipped, ...]
    size: int  # of the file with its reports, in bytes
    digest: str  # of the same: "sha256:…"


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a part was begun. Once that is too often its items are taken one by one: which of them is
    in hand, and which were when a worker ended."""

    begun: int = 0
    in_hand: int | None = None
    ended_at: tuple[int, ...] = ()


def cut(
    sources: Sequence[Source | Stored | Skipped], store: Store, settings: ReadSettings, size: int
) -> Iterator[Part]:
    """The parts of all that is to be read, in order. Raises `StoreFailed`.

    Of tables in a store only the number of rows is read, for the workers reach them too. All else is read
    here, and its documents are put into `store`.
    """
    tables = [one for one in sources if isinstance(one, Stored) and one.suffix in (".parquet", ".pq")]
    with ThreadPoolExecutor(READERS) as readers:
        rows = dict(zip(tables, readers.map(lambda table: rows_in(table, settings), tables), strict=True))
    number = 0
    for is_table, group in groupby(sources, key=lambda one: bool(isinstance(one, Stored) and rows.get(one))):
        if is_table:
            for table in group:
                assert isinstance(table, Stored)
                for start in range(0, rows[table], size):
                    yield Part(number, table.name, (start, min(start + size, rows[table])))
                    number += 1
        else:
            items = _read(group, settings)
            while documents := list(islice(items, size)):
                part = Part(number)
                store.put(part.documents, _packed(documents))
                yield part
                number += 1


def _read(sources: Iterable[Source | Stored | Skipped], settings: ReadSettings) -> Iterator[Item]:
    for source in sources:
        if isinstance(source, Skipped):
            yield source
        else:
            yield from read_source(source, settings)


def items_of(
    parts: Sequence[Part], store: Store, settings: ReadSettings, begin: Callable[[Part], None]
) -> Iterator[tuple[Part, list[Item]]]:
    """What each of these parts holds; `begin` is called before one is read. Raises `StoreFailed`."""
    for _, neighbours in groupby(enumerate(parts), key=lambda one: (one[1].table, one[1].number - one[0])):
        group = [part for _, part in neighbours]
        # In one go: to come to a row of a table, all that is before it in its row group must be unpacked.
        rows = range(group[0].rows[0], group[-1].rows[1])
        table = group[0].table
        items = None if table is None else read_rows(Stored(table), rows, settings)
        for part in group:
            begin(part)
            if items is None:
                yield part, _unpacked(part, store)
            else:
                yield part, list(islice(items, part.rows[1] - part.rows[0]))


def items_singly(
    part: Part, store: Store, settings: ReadSettings
) -> Iterator[tuple[str, Callable[[], list[Item]]]]:
    """The items of a part, each by the name of its source and as what reads it. Raises `StoreFailed`."""
    if part.table is None:
        yield from ((item.source, partial(list, [item])) for item in _unpacked(part, store))
        return
    table = Stored(part.table)
    for row in range(*part.rows):
        yield f"{table.name}, row {row + 1}", partial(_row, table, row, settings)


def _row(table: Stored, row: int, settings: ReadSettings) -> list[Item]:
    return list(read_rows(table, range(row, row + 1), settings))


def _packed(items: Iterable[Item]) -> bytes:
    lines = (json.dumps({type(item).__name__: to_json(item)}) + "\n" for item in items)
    return gzip.compress("".join(lines).encode(), mtime=0)  # without the time: the same bytes again


def _unpacked(part: Part, store: Store) -> list[Item]:
    packed = store.get(part.documents)
    if packed is None:
        raise StoreFailed(
            f"{store.address}/{part.documents}: is gone, and {part.file} is not finished. "
            "Name another --output, or remove that folder to begin again."
        )
    return [_item(json.loads(line)) for line in gzip.decompress(packed).splitlines()]


def _item(written: dict[str, Any]) -> Item:
    kinds: tuple[type[Document], type[Skipped]] = (Document, Skipped)
    [(name, value)] = written.items()
    return next(from_json(kind, value) for kind in kinds if kind.__name__ == name)
