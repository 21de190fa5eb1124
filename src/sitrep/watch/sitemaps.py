"""A sitemap, a news sitemap or an index of sitemaps (sitemaps.org) in; what it lists out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sitrep.read.dates import parse_day
from sitrep.watch.addresses import absolute, key_of
from sitrep.watch.entries import Child, Contents, Entry
from sitrep.watch.xml import elements, name_of

START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:\w+:)?(urlset|sitemapindex)\b",
    re.DOTALL,
)
MEDIA: Final = frozenset(("image", "video"))
MOST_ENTRIES: Final = 50_000  # the protocol's own limit


def is_sitemap(content: bytes) -> bool:
    return START.match(content[:10_000]) is not None


def sitemap_contents(content: bytes, url: str) -> Contents:
    """What the sitemap or index at `url` lists: all before the break where it breaks off."""
    start = START.match(content[:10_000])
    if start is not None and start[1] == b"sitemapindex":
        return Contents("index", children=tuple(_children(content, url)))
    entries = tuple(_entries(content, url))
    return Contents("sitemap", entries=entries[:MOST_ENTRIES], left_out=max(len(entries) - MOST_ENTRIES, 0))


def _children(content: bytes, url: str) -> Iterator[Child]:
    for said in _each(content, "sitemap"):
        if link := absolute(said.get("loc"), url):
            yield Child(link, parse_day(said.get("lastmod", "")))


def _entries(content: bytes, url: str) -> Iterator[Entry]:
    for said in _each(content, "url"):
        if link := absolute(said.get("loc"), url):
            published = parse_day(said.get("publication_date", ""))
            yield Entry(
                key=key_of(link),
                url=link,
                day=published or parse_day(said.get("lastmod", "")),
                published=published,
                title=said.get("title"),
                publisher=said.get("name"),
                language=said.get("language", "").lower()[:2] or None,
            )


def _each(content: bytes, wanted: str) -> Iterator[dict[str, str]]:
    """The texts below each element of that name, by the names of their elements; the first of a name."""
    said: dict[str, str] = {}
    for element in elements(content):
        name = name_of(element)
        if name == wanted:
            yield said
            said = {}
            _forget(element)
        # Pictures and films have addresses, titles and names of their own.
        elif (text := " ".join((element.text or "").split())) and not MEDIA & set(_above(element)):
            said.setdefault(name, text)


def _above(element: Any) -> Iterator[str]:
    return map(name_of, element.iterancestors())


def _forget(element: Any) -> None:
    """Free an element that has been read, and those before it."""
    element.clear()
    parent: etree._Element | None = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
