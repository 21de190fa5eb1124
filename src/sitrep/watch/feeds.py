"""A feed (RSS, Atom) in; what it lists out, and the texts that it carries whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sitrep.read.dates import parse_day
from sitrep.read.feed import BrokenFeed, parse_feed, read_entry, whole_text
from sitrep.read.page_facts import text_of
from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Skipped
from sitrep.watch.addresses import absolute, key_of, site_of
from sitrep.watch.entries import Contents, Entry, NoList

LARGEST: Final = 16_000_000  # bytes: feeds are read whole, and take many times their size
# What of an entry its text is read from.
CARRIED: Final = ("title", "author", "published", "updated", "summary", "content")


def feed_contents(content: bytes, url: str) -> Contents:
    """What the feed at `url` lists. Raises `NoList`."""
    if len(content) > LARGEST:
        raise NoList(f"is a feed of more than {LARGEST:,} bytes")
    try:
        feed = parse_feed(content)
    except BrokenFeed as error:
        raise NoList(f"is a feed that cannot be read ({error})") from error
    if not (feed.entries or feed.get("version")):
        raise NoList("is no feed and no sitemap")
    title = text_of(feed.feed.get("title"))
    return Contents("feed", title, tuple(_entries(feed.entries, url, title)))


def carried_document(
    carried: str, url: str | None, publisher: str | None, where: str, settings: ReadSettings
) -> Document | Skipped:
    """The document of a text that a feed carried whole."""
    return read_entry({**json.loads(carried), "link": url}, publisher, where, settings)


def _entries(entries: list[Mapping[str, Any]], url: str, title: str | None) -> Iterator[Entry]:
    for entry in entries:
        # Some feeds count their readers by a link of their own, and give the page's beside it.
        link = absolute(entry.get("feedburner_origlink") or entry.get("link"), url)
        is_whole = whole_text(entry) is not None
        if link is None and not is_whole:
            continue
        # Atom must say when an entry was changed, and need not say when it was published.
        day = parse_day(str(entry.get("published") or entry.get("updated") or ""))
        yield Entry(
            key=key_of(link) if link else f"{key_of(url)}#{_digest(entry)}",
            url=link,
            day=day,
            published=day,
            title=text_of(entry.get("title")),
            # A feed that gathers other sites' pages is not who published them.
            publisher=title if link is None or site_of(link) == site_of(url) else None,
            carried=json.dumps({name: entry[name] for name in CARRIED if name in entry})
            if is_whole
            else None,
        )


def _carried(entry: Mapping[str, Any]) -> str:
    return json.dumps({name: entry[name] for name in CARRIED if name in entry})


def _digest(entry: Mapping[str, Any]) -> str:
    named = str(entry.get("id") or "") or repr((entry.get("title"), entry.get("summary")))
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:16]
