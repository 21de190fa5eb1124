"""A saved feed (RSS, Atom) in; a document for each entry that carries its whole text out."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sitrep.read.dates import parse_day
from sitrep.read.html import read_html
from sitrep.read.page_facts import PageFacts, split_names, text_of
from sitrep.read.settings import ReadSettings
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

LONG_SUMMARY: Final = 120  # words: some feeds put the whole text where others put a teaser


class BrokenFeed(Exception):
    """Bytes that feedparser fails on; the message is its error's name."""


def read_feed(content: bytes, source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each entry, in the feed's order."""
    try:
        feed = parse_feed(content)
    except BrokenFeed as error:
        found = f"is a feed that cannot be read ({error})."
        yield Skipped(source, found, "Save it again, or give the pages themselves.")
        return
    publisher = text_of(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, start=1):
        yield read_entry(entry, publisher, f"{source}, entry {number}", settings)
    if not feed.entries:
        yield Skipped(source, "is a feed without entries.", "Save it again, or give the pages themselves.")


def parse_feed(content: bytes) -> Any:
    """A feed as feedparser gives it, with `feed` and `entries`. Raises `BrokenFeed`."""
    # Imported here: whoever reads no feed need not wait for it.
    import feedparser

    def parse(content: bytes) -> Any:
        # As a stream: bytes that are an address would be fetched.
        return feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)

    try:
        return parse(content)
    except Exception:
        pass  # of broken feeds feedparser catches most errors of its many parsers, and lets some through
    try:
        return parse(_NUMBERED.sub(_known_character, content))
    except Exception as error:
        raise BrokenFeed(type(error).__name__) from error


_NUMBERED: Final = re.compile(rb"&#(?:(\d{1,9})|x([0-9a-fA-F]{1,8}));")


def _known_character(reference: re.Match[bytes]) -> bytes:
    """A numbered character as it is, or the sign of an unknown one where Unicode has none of that number."""
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    known = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return reference[0] if known else b"&#xFFFD;"


def read_entry(
    entry: Mapping[str, Any], publisher: str | None, where: str, settings: ReadSettings
) -> Document | Skipped:
    """The document that one entry of a feed holds, if it carries its whole text."""
    url = text_of(entry.get("link"))
    text = whole_text(entry)
    if text is None:
        page = f"the page itself: {url}" if url else "the page itself."
        return Skipped(where, "carries a summary only, not the text.", f"Give {page}")
    facts = PageFacts(
        title=text_of(entry.get("title")),
        authors=tuple(split_names(entry.get("author") or "")),
        publisher=publisher,
        # Atom must say when an entry was changed, and need not say when it was published.
        published=parse_day(str(entry.get("published") or entry.get("updated") or "")),
        url=url,
    )
    taken = json.dumps([text, facts.title, facts.url, str(facts.published)])
    id = "sha256:" + hashlib.sha256(taken.encode("utf-8")).hexdigest()
    reader = read_html if "<" in text else read_text
    return reader(text, source=where, id=id, facts=facts, settings=settings)


def whole_text(entry: Mapping[str, Any]) -> str | None:
    """The longest `content` of an entry, or a summary as long as a report."""
    contents = [
        value for content in entry.get("content") or () if isinstance(value := content.get("value"), str)
    ]
    if text := max(contents, key=len, default="").strip():
        return text
    summary = entry.get("summary")
    return summary if isinstance(summary, str) and len(summary.split()) >= LONG_SUMMARY else None
