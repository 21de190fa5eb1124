"""Any sources in, documents out: which reader each source needs, by its name and its first bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

from sitrep.read.decode import NotText, decode
from sitrep.read.html import read_html
from sitrep.read.jsonl import read_lines
from sitrep.read.markdown import read_markdown
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_text, too_long
from sitrep.read.sources import Source, UnreadableSource, chunks, expand
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

Kind = Literal["text", "html", "markdown", "jsonl"]
KIND_OF_SUFFIX: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(
    sources: Iterable[str | Path],
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> Iterator[Document | Skipped]:
    """The documents in `sources` as they are read, and a `Skipped` for each thing that gives none.

    A source is a file, a folder, a pattern, or "-" for standard input; a JSONL file gives one document
    a line. Nothing that a source holds raises an exception.
    """
    for source in expand(sources):
        if isinstance(source, Skipped):
            yield source
        else:
            yield from _documents(source, settings)


def read_content(content: bytes, source: str, kind: Kind, settings: ReadSettings) -> Document | Skipped:
    """The document that one source's bytes hold."""
    if not content.strip():
        return Skipped(source, "is empty.", "Give a file with the text of a report.")
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    text = decode(content)
    if isinstance(text, NotText):
        return not_text(source, text.kind)
    reader = {"html": read_html, "markdown": read_markdown}.get(kind, read_text)
    return reader(text, source=source, id=digest, settings=settings)


def kind_of(suffix: str, beginning: bytes) -> Kind:
    """The kind of a source, by its name where that tells, else by its first bytes."""
    if kind := KIND_OF_SUFFIX.get(suffix):
        return kind
    if HTML_START.match(beginning):
        return "html"
    first_line = beginning.lstrip().split(b"\n", 1)[0]
    if first_line.startswith(b"{"):
        try:
            if isinstance(json.loads(first_line), dict):
                return "jsonl"
        except (ValueError, RecursionError):
            # A line longer than what was looked at; no text begins with {" and a field's name.
            if first_line == beginning.lstrip() and re.match(rb'\{\s*"[^"]+"\s*:', first_line):
                return "jsonl"
    return "text"


def _documents(source: Source, settings: ReadSettings) -> Iterator[Document | Skipped]:
    pieces = chunks(source)
    try:
        beginning = next(pieces, b"")
        kind = kind_of(source.suffix, beginning)
        if kind == "jsonl":
            yield from read_lines(chain([beginning], pieces), source.name, settings)
            return
        content = bytearray(beginning)
        for piece in pieces:
            content += piece
            if len(content) > settings.max_bytes:
                yield too_long(source.name, f"more than {settings.max_bytes:,} bytes")
                return
    except UnreadableSource as error:
        yield Skipped(source.name, f"cannot be read ({error}).", "Check that it is a readable file.")
        return
    yield read_content(bytes(content), source.name, kind, settings)
