"""When to try again what failed: later each time, and not all at the same moment."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_S: Final = 300.0
LONGEST_S: Final = 86_400.0
JITTER: Final = 0.25  # of the wait, either way
LONGEST_STATED_S: Final = 7 * 86_400.0  # what a server may ask for; more is a slip of its clock


def wait_s(failures: int, chance: float) -> float:
    """How long to wait after so many failures in a row (from 1): 5 minutes, 10, 20, … at most a day.

    `chance` in [0, 1) spreads it a quarter either way, so that what failed together is not asked together.
    """
    wait = min(FIRST_S * 2.0 ** min(failures - 1, 20), LONGEST_S)
    return wait * (1 - JITTER + 2 * JITTER * chance)


def retry_after(stated: str | None, now: float) -> float | None:
    """The moment that a Retry-After names, in seconds or as a date; None where it names none."""
    stated = (stated or "").strip()
    if re.fullmatch(r"\d{1,9}", stated):
        at = now + int(stated)
    else:
        try:
            at = parsedate_to_datetime(stated).replace(tzinfo=UTC).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return min(max(at, now), now + LONGEST_STATED_S)
