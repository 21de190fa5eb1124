"""What a host's robots.txt allows us (RFC 9309), and how often it wants to be asked."""

from __future__ import annotations

import math
from typing import Final

from protego import Protego

from sitrep.watch.settings import AGENT

FILE: Final = "/robots.txt"
KEPT_S: Final = 86_400.0  # the standard's limit on how long one may be kept
LARGEST: Final = 512_000  # bytes: the standard wants 500 KiB read; what comes behind it is ignored
LONGEST_SPACING_S: Final = 86_400.0  # whoever asks for more has made a slip
EVERYTHING: Final = ""  # a host without the file allows everything


class Rules:
    """One host's robots.txt, as it concerns us."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, AGENT))

    @property
    def spacing_s(self) -> float:
        """The least time between two requests that the host asks for; 0 where it does not say."""
        delay = float(self._rules.crawl_delay(AGENT) or 0.0)
        rate = self._rules.request_rate(AGENT)
        wanted = max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0)
        return min(wanted, LONGEST_SPACING_S) if math.isfinite(delay) else 0.0


def text_of(status: int, content: bytes) -> str | None:
    """The rules that an answer to the request for robots.txt stands for; None where it says none yet.

    A file that is not there (4xx) allows everything; a server in trouble (5xx, 429) has to be asked again
    before anything else is.
    """
    if status == 200:
        return content[:LARGEST].decode("utf-8", errors="replace")
    return EVERYTHING if 400 <= status < 500 and status != 429 else None
