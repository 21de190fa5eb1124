"""A table as CSV or TSV in, a document a row out; the first row names the columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from sitrep.read.decode import NotText, encoding_of
from sitrep.read.fields import document_of
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_text, too_long
from sitrep.read.sources import Stream
from sitrep.records import Document, Skipped

DIVIDERS: Final = ",;\t|"


def read_csv(stream: Stream, source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each row. Only one row is held at a time."""
    encoding = encoding_of(stream.beginning)
    if isinstance(encoding, NotText):
        yield not_text(source, encoding.kind)
        return
    lines = _Lines(stream, encoding, settings.max_bytes)
    # Python's limit is one for the whole process, and meant for cells; a cell of ours is an article.
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_bytes))
    header = next(lines, "")
    divider = max(DIVIDERS, key=header.count)
    columns = next(csv.reader([header], delimiter=divider), [])
    if not any(column.strip() for column in columns):
        yield Skipped(source, "is empty.", "Give a table whose first row names its columns.")
        return
    names = [column.strip() for column in columns]
    rows = csv.reader(lines, delimiter=divider)
    found = False
    while True:
        where = f"{source}, line {lines.number + 1}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            found = True
            yield Skipped(where, f"is no row of CSV ({error}).", "Check its quotation marks.")
            continue
        if row is None:
            break
        if lines.was_cut:
            found, lines.was_cut = True, False
            yield too_long(where, f"more than {settings.max_bytes:,} bytes")
        elif len(row) > len(names):
            found = True
            more = f"has {len(row)} cells, and the first row {len(names)}."
            yield Skipped(where, more, "Put cells with a divider in them in quotation marks.")
        elif row:
            found = True
            yield document_of(dict(zip(names, row, strict=False)), where, settings)
    if not found:
        yield Skipped(source, "holds no row but the first.", "Give a table with a report a row.")


class _Lines:
    """Decoded lines with their ends, counted; of one too long only the beginning is given, and told."""

    def __init__(self, pieces: Iterable[bytes], encoding: str, longest: int) -> None:
        self.number = 0
        self.was_cut = False
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        # Lines may end as on old Macs: a reader of rows stumbles over a carriage return within one.
        self._lines = self._split(pieces, io.IncrementalNewlineDecoder(decoder, translate=True), longest)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line

    def _split(
        self, pieces: Iterable[bytes], decoder: io.IncrementalNewlineDecoder, longest: int
    ) -> Iterator[str]:
        held: list[str] = []
        length = 0
        for piece in pieces:
            # Not `splitlines`: it takes line separators within a cell for ends of rows.
            *ended, rest = decoder.decode(piece).replace("\0", "").split("\n")
            for line in ended:
                if length + len(line) <= longest:
                    held.append(line)
                else:
                    self.was_cut = True
                yield "".join(held) + "\n"
                held, length = [], 0
            length += len(rest)
            if rest and length <= longest:
                held.append(rest)
        if held:
            self.was_cut = self.was_cut or length > longest
            yield "".join(held)
