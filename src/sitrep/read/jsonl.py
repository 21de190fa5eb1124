"""JSON lines in, one document a line out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sitrep.read.dates import parse_day
from sitrep.read.decode import NotText, decode
from sitrep.read.html import read_html
from sitrep.read.page_facts import PageFacts, split_names, text_of
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import no_date, too_long
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

HTML = re.compile(
    r"<(?:!doctype html|html|body|article|div|section|p|br|h[1-6]|span|a|ul|ol|table)\b[^>]*>", re.IGNORECASE
)
SHOWN_FIELDS = 8


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
        return Skipped(where, f"is a JSON {_kind(record)}, not an object.", 'Write {"text": "…"}.')
    return _from_record(record, where, digest, settings)


def _from_record(
    record: dict[str, Any], where: str, digest: str, settings: ReadSettings
) -> Document | Skipped:
    names = settings.fields
    text = record.get(names.text)
    if not isinstance(text, str):
        if text is None:
            shown = ", ".join(sorted(record)[:SHOWN_FIELDS]) or "nothing"
            found = f'has no field "{names.text}" (it has {shown[:120]}).'
        else:
            found = f'"{names.text}" is a JSON {_kind(text)}, not a string.'
        return Skipped(where, found, "Say which field holds the text: --field text=NAME.")
    published = record.get(names.published)
    day = parse_day(str(published)) if published not in (None, "") else None
    if published not in (None, "") and day is None and settings.published is None:
        return no_date(where, names.published, str(published))
    facts = PageFacts(
        title=text_of(record.get(names.title)),
        authors=tuple(_authors(record.get(names.authors))),
        publisher=text_of(record.get(names.publisher)),
        section=text_of(record.get(names.section)),
        published=day,
        url=text_of(record.get(names.url)),
    )
    reader = read_html if HTML.search(text) else read_text
    return reader(text, source=where, id=digest, facts=facts, settings=settings)


def _authors(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield from split_names(item)
        elif isinstance(item, dict) and (name := text_of(item.get("name"))):
            yield name


def _kind(value: Any) -> str:
    names = {list: "array", dict: "object", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
