"""JSON in, one document a line, or one an object of a file that is one JSON value, out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from sitrep.read.decode import NotText, decode
from sitrep.read.fields import document_of, json_kind
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long
from sitrep.records import Document, Skipped


def read_json(pieces: Iterable[bytes], source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """The documents of a file that is one object, one array of them, or (as many call it) JSON lines."""
    held, rest = bytearray(), iter(pieces)
    for piece in rest:
        held += piece
        first_line, newline, _ = held.lstrip().partition(b"\n")
        if len(held) > settings.max_bytes or (newline and _is_object(bytes(first_line))):
            yield from read_lines(chain([bytes(held)], rest), source, settings)
            return
    content = bytes(held)
    whole = _decoded(content)
    if isinstance(whole, dict):
        yield document_of(whole, source, settings, "sha256:" + hashlib.sha256(content).hexdigest())
    elif isinstance(whole, list) and whole:
        for number, item in enumerate(whole, start=1):
            where = f"{source}, item {number}"
            if isinstance(item, dict):
                yield document_of(item, where, settings)
            else:
                yield Skipped(where, f"is a JSON {json_kind(item)}, not an object.", 'Write {"text": "…"}.')
    else:
        yield from read_lines([content], source, settings)


def _is_object(line: bytes) -> bool:
    return line.startswith(b"{") and isinstance(_decoded(line), dict)


def _decoded(content: bytes) -> Any:
    """The one JSON value that `content` is; None where it is none, or more."""
    text = decode(content)
    try:
        return None if isinstance(text, NotText) else json.loads(text.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None


def read_lines(pieces: Iterable[bytes], source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each line that is not blank; `source` is the file's name."""
    found = False
    for number, line in _lines(pieces, settings.max_bytes):
        where = f"{source}, line {number}"
        if line is None:
            found = True
            yield too_long(where, f"more than {settings.max_bytes:,} bytes")
        elif line.strip():
            found = True
            yield _document(line, where, settings)
    if not found:
        yield Skipped(source, "is empty.", "Give a file with one JSON object a line.")


def _lines(pieces: Iterable[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines without their ends; None for one of more than `max_bytes`, never held whole."""
    number, held, dropping = 1, bytearray(), False
    for piece in pieces:
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            held += piece[start:end]
            yield number, None if dropping or len(held) > max_bytes else bytes(held)
            number, start, dropping = number + 1, end + 1, False
            held.clear()
        if not dropping:
            held += piece[start:]
        if len(held) > max_bytes:
            dropping = True
            held.clear()
    if held or dropping:
        yield number, None if dropping else bytes(held)


def _document(line: bytes, where: str, settings: ReadSettings) -> Document | Skipped:
    digest = "sha256:" + hashlib.sha256(line).hexdigest()
    decoded = decode(line)
    if isinstance(decoded, NotText):
        return Skipped(where, f"is {decoded.kind}, not text.", "Write one JSON object a line, in UTF-8.")
    try:
        record = json.loads(decoded.lstrip("\ufeff"), strict=False)
    except RecursionError:
        return Skipped(where, "is JSON nested too deeply.", "Write one flat JSON object a line.")
    except ValueError as error:
        reason = getattr(error, "msg", str(error))
        return Skipped(where, f"is not JSON ({reason}).", "Write one JSON object a line.")
    if not isinstance(record, dict):
        return Skipped(where, f"is a JSON {json_kind(record)}, not an object.", 'Write {"text": "…"}.')
    return document_of(record, where, settings, digest)
