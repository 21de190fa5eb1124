"""The bytes of a listed address in; what it lists out, whatever of feed, sitemap or index it is."""

from __future__ import annotations

from typing import Final

from sitrep.read.html import parse
from sitrep.read.reader import FEED_START, HTML_START
from sitrep.watch.addresses import absolute
from sitrep.watch.entries import Contents, NoList
from sitrep.watch.feeds import feed_contents
from sitrep.watch.sitemaps import is_sitemap, sitemap_contents
from sitrep.watch.unpack import GZIP, Unpackable, unpacked

FEED_KINDS: Final = ("application/rss+xml", "application/atom+xml")
SHOWN_FEEDS: Final = 3


def contents_of(content: bytes, url: str, most_bytes: int) -> Contents:
    """What `url` lists; a gzipped file is unpacked. Raises `NoList`."""
    if content.startswith(GZIP):
        try:
            content = unpacked(content, most_bytes)
        except Unpackable as error:
            raise NoList(f"cannot be unpacked: {error}") from error
    if is_sitemap(content):
        return sitemap_contents(content, url)
    if HTML_START.match(content[:10_000]) and not FEED_START.match(content[:10_000]):
        raise NoList(_of_page(content, url))
    return feed_contents(content, url)


def _of_page(content: bytes, url: str) -> str:
    """What to say of a page: most sites name their feeds in the head of every page."""
    tree = parse(content.decode("utf-8", "replace"))
    links = tree.iter("link") if tree is not None else ()
    found = [
        feed
        for link in links
        if (link.get("type") or "").strip().lower() in FEED_KINDS
        and (feed := absolute(link.get("href"), url))
    ]
    if not found:
        return "is a page, not a feed or a sitemap"
    return f"is a page, not a feed; it names as its feeds: {', '.join(found[:SHOWN_FEEDS])}"


def _is_feed(kind: str | None) -> bool:
    return (kind or "").strip().lower() in FEED_KINDS
