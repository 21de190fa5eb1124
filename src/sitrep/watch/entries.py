"""What feeds and sitemaps list, as both have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["feed", "sitemap", "index"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a feed or a sitemap lists, and what is said of it there."""

    key: str  # `key_of` its address; of an entry without one, its feed's address and a digest
    url: str | None
    day: date | None = None  # of publication, or of the last change where only that is stated: how old it is
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    carried: str | None = None  # what `feeds.carried_document` reads, where a feed carries the whole text


@dataclass(frozen=True, slots=True)
class Child:
    """One sitemap that an index names."""

    url: str
    day: date | None = None  # of the last change


@dataclass(frozen=True, slots=True)
class Contents:
    """What one feed, sitemap or index of sitemaps holds."""

    kind: Kind
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    left_out: int = 0  # entries beyond what a sitemap may list


class NoList(Exception):
    """What an address gave is neither a feed nor a sitemap; the message says what, and what to do."""
