"""When two names are the same party for a scorer."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NO_NAME: Final = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "for",
        "to",
        "'s",
        "s",
        "on",
        "at",
        "by",
        "his",
        "her",
        "their",
        "its",
    )
)


def words_of(name: str) -> frozenset[str]:
    """The words of a name in plain small letters, without articles, prepositions and pronouns."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"\w+", plain)) - _NO_NAME


def same_party(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, and make up at least half of it."""
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return False
    return a == b or ((a <= b or b <= a) and 2 * min(len(a), len(b)) >= max(len(a), len(b)))
