"""Which reports copy which: an agency's text under another masthead is no second source.

MinHash (Broder 1997) over runs of five words, with banding (Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3). A copy may be cut, so what is compared is the share of the shorter text that the longer
holds, as the signatures estimate it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

SHINGLE_WORDS: Final = 5
BANDS: Final = 42
ROWS: Final = 3
# Pairs of unrelated reports of one event share under 0.1 of their runs, copies cut by a third over 0.9
# (the examples, tests/situation/test_copies.py).
SHARE: Final = 0.6
_PRIME: Final = (1 << 31) - 1
_RANDOM: Final = np.random.default_rng(20200605)
_FACTORS: Final = _RANDOM.integers(1, _PRIME, size=BANDS * ROWS, dtype=np.int64)
_OFFSETS: Final = _RANDOM.integers(0, _PRIME, size=BANDS * ROWS, dtype=np.int64)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A text's MinHash values, BANDS times ROWS of them, and how many different runs of words it has."""

    values: tuple[int, ...]
    runs: int


def signature(text: str) -> Signature:
    """The signature of a text; one with fewer than five words has no runs and copies nothing."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}
    if not runs:
        return Signature((), 0)
    hashes = np.array(
        [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=4).digest()) >> 1 for run in runs], np.int64
    )
    # Products stay below 2**62, so int64 holds them.
    values = ((hashes[:, None] * _FACTORS[None, :] + _OFFSETS[None, :]) % _PRIME).min(axis=0)
    return Signature(tuple(int(value) for value in values), len(runs))


def bands(found: Signature) -> tuple[str, ...]:
    """The keys under which copies meet: two texts that share none are not compared."""
    return tuple(
        f"{band}:" + "-".join(f"{value:x}" for value in found.values[band * ROWS : (band + 1) * ROWS])
        for band in range(BANDS if found.runs else 0)
    )


def are_copies(one: Signature, other: Signature) -> bool:
    """Whether one text holds most of the other."""
    if not one.runs or not other.runs:
        return False
    same = sum(a == b for a, b in zip(one.values, other.values, strict=True)) / (BANDS * ROWS)
    shared = same * (one.runs + other.runs) / (1 + same)
    return shared / min(one.runs, other.runs) >= SHARE


def origin(reports: Mapping[str, str | None]) -> str:
    """Of reports that copy each other, given by id with the day of publication, the one counted as source:
    the first published, then the smallest id."""
    return min(reports, key=lambda report: (reports[report] or "9999", report))
