"""What a user can set about watching: each with a default and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sitrep import __version__

AGENT: Final = "sitrep"  # what robots.txt calls us
NOBODY: Final = "reads news feeds"


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How feeds are watched and pages fetched."""

    contact: str | None = None
    """An address of the one who watches, so that a site can write instead of blocking."""

    spacing_s: float = 2.0
    """The least time between two requests to one host; a longer Crawl-delay of the host goes before it."""

    round_s: float = 900.0
    """How long a round may wait for one host's turns; what is left then waits for the next round."""

    hosts_at_once: int = 8
    """How many hosts are asked side by side."""

    since: date | None = None
    """Entries of earlier days are left alone; without it, those of more than `first_days` before the first
    look at their feed."""

    first_days: int = 7
    """How many days before the first look at a feed its entries may be."""

    from_feed: bool = False
    """Take the text of an entry that carries it whole, and do not fetch its page."""

    timeout_s: float = 30.0
    """How long to wait for a connection, and for each next piece of an answer."""

    longest_s: float = 120.0
    """How long one answer may take altogether."""

    most_page_bytes: int = 16_000_000
    """The largest page, packed or unpacked."""

    most_list_bytes: int = 52_428_800
    """The largest feed or sitemap, packed or unpacked; the sitemap protocol's own limit."""

    most_attempts: int = 5
    """How often a page that fails is asked for, each time after a longer wait."""

    longest_waiting_s: float = 604_800.0
    """How long a page whose host is down is waited for."""

    most_sitemaps: int = 50
    """How many sitemaps of one index are read; those that changed last are."""

    @property
    def user_agent(self) -> str:
        """Who we are, in every request."""
        # Only what a header may hold.
        contact = "".join(letter for letter in self.contact or "" if " " <= letter <= "~").strip()
        return f"{AGENT}/{__version__} ({'+' + contact if contact else NOBODY})"
