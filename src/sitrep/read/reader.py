"""Any sources in, documents out: which reader each source needs, by its name and its first bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from sitrep.read.csv import read_csv
from sitrep.read.decode import NotText, decode
from sitrep.read.eml import read_eml
from sitrep.read.feed import read_feed
from sitrep.read.html import read_html
from sitrep.read.jsonl import read_json, read_lines
from sitrep.read.markdown import read_markdown
from sitrep.read.parquet import read_parquet
from sitrep.read.pdf import read_pdf
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_text, too_long
from sitrep.read.sources import Source, Stream, UnreadableSource, expand, opened
from sitrep.read.stores import Stored
from sitrep.read.text import read_text
from sitrep.read.warc import read_warc
from sitrep.read.zip import Member, read_zip
from sitrep.records import Document, Skipped

# Of these a source is one document, held whole; of the others it is many, and they are read one by one.
OneKind = Literal["text", "html", "markdown", "eml", "pdf"]
Kind = OneKind | Literal["feed", "json", "jsonl", "csv", "parquet", "warc", "zip"]
KIND_OF_SUFFIX: Final[dict[str, Kind]] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".eml": "eml",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".wet": "warc",
    ".zip": "zip",
}
KIND_OF_SIGNATURE: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"WARC/1.", "warc"),
    (b"PK\x03\x04", "zip"),
)
# ZIP files, but no archives of texts:
OFFICE: Final = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"))
FEED_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(
    sources: Iterable[str | Path],
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> Iterator[Document | Skipped]:
    """The documents in `sources` as they are read, and a `Skipped` for each thing that gives none.

    A source is a file, a folder, a pattern, or "-" for standard input; what kinds there are, and what is
    taken from where, is in docs/sources.md. Nothing that a source holds raises an exception.
    """
    for source in expand(sources):
        if isinstance(source, Skipped):
            yield source
        else:
            yield from read_source(source, settings)


def read_content(content: bytes, source: str, kind: OneKind, settings: ReadSettings) -> Document | Skipped:
    """The document that one source's bytes hold."""
    if not content.strip():
        return Skipped(source, "is empty.", "Give a file with the text of a report.")
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    if kind == "eml":
        return read_eml(content, source, digest, settings)
    if kind == "pdf":
        return read_pdf(content, source, digest, settings)
    text = decode(content)
    if isinstance(text, NotText):
        return not_text(source, text.kind)
    reader = {"html": read_html, "markdown": read_markdown}.get(kind, read_text)
    return reader(text, source=source, id=digest, settings=settings)


def kind_of(suffix: str, beginning: bytes) -> Kind:
    """The kind of a source: by first bytes that can be nothing else, by its name, then by how it begins."""
    for signature, kind in KIND_OF_SIGNATURE:
        if beginning.startswith(signature) and suffix not in OFFICE:
            return kind
    if known := KIND_OF_SUFFIX.get(suffix):
        return known
    if HTML_START.match(beginning):
        return "html"
    if FEED_START.match(beginning):
        return "feed"
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


def read_source(source: Source | Stored | Member, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """As `read`, of one file."""
    try:
        with opened(source) as stream:
            kind = kind_of(source.suffix, stream.beginning)
            yield from _of_kind(kind, stream, source, settings)
    except UnreadableSource as error:
        yield Skipped(source.name, f"cannot be read ({error}).", "Check that it is a readable file.")


def _of_kind(
    kind: Kind, stream: Stream, source: Source | Stored | Member, settings: ReadSettings
) -> Iterator[Document | Skipped]:
    name = source.name
    match kind:
        case "jsonl":
            yield from read_lines(stream, name, settings)
        case "json":
            yield from read_json(stream, name, settings)
        case "csv":
            yield from read_csv(stream, name, settings)
        case "parquet":
            yield from read_parquet(stream, name, settings)
        case "warc":
            yield from read_warc(stream, name, settings)
        case "zip":
            within = source if isinstance(source, Member) else None
            yield from read_zip(stream, name, lambda member: read_source(member, settings), within)
        case _:
            content = bytearray()
            for piece in stream:
                content += piece
                if len(content) > settings.max_bytes:
                    yield too_long(name, f"more than {settings.max_bytes:,} bytes")
                    return
            if kind == "feed":
                yield from read_feed(bytes(content), name, settings)
            else:
                yield read_content(bytes(content), name, kind, settings)
