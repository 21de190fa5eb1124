"""Whether two spellings are of one name: transliterations differ in vowels and in how they write a sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

_SOUNDS: Final = (
    (re.compile("sch|sh|ch|j|zh|dj|tch"), "s"),
    (re.compile(r"h\b"), ""),
    (re.compile("ph|v|w|p|b"), "f"),
    (re.compile("th|dh|d"), "t"),
    (re.compile("kh|gh|ck|q|c|g|h"), "k"),
    (re.compile("z|x"), "s"),
    (re.compile("[aeiouy']+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
# How far apart two spellings with the same sound may be, as a share of the longer
# (Pashaga, Bashagha: 2 of 8; but Salas, Solis: 2 of 5).
_SPELLING_DISTANCE: Final = 0.35


@lru_cache(maxsize=1 << 14)
def sounds(word: str) -> str:
    """A key that transliterations of one name share: consonants by class, no vowels."""
    key = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key


def same_word(one: str, other: str) -> bool:
    """Are these spellings of one name?"""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or sounds(one) != sounds(other):
        return False
    return Levenshtein.distance(one, other) / max(len(one), len(other)) <= _SPELLING_DISTANCE
