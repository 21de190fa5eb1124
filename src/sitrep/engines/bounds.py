"""What a document may not exceed, lest coding it take all the time and memory there is.

Every stage of the coder takes about as long for a word of a long text as for one of a short text, so these
bound the time and the memory of a document in one process too: `benchmarks/long_texts.py` measures both.
"""

from __future__ import annotations

import re
from typing import Final

from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Skipped

MOST_CHARS: Final = ReadSettings().max_chars
# A tokenizer's time grows with the square of a word's length where it is all brackets: 2,000 of them take
# 0.3 seconds, 40,000 two minutes. The longest addresses of pages have some 500 characters.
LONGEST_WORD: Final = 1000
# Memory grows with the words, marks and line breaks, some 20 kB for each, and not with the letters.
MOST_WORDS: Final = 50_000
WORD: Final = re.compile(r"\w+|[^\w\s]|\s{2,}|[^\S ]")
LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def words_in(text: str) -> int:
    """About how many tokens a text has."""
    return sum(1 for _ in WORD.finditer(text))


def refused(document: Document) -> Skipped | None:
    """Why a document is not coded at all; None where it is."""
    if len(document.text) > MOST_CHARS:
        return Skipped(
            document.source,
            f"is too long to code ({len(document.text):,} characters).",
            f"Divide it: a report may have {MOST_CHARS:,}.",
        )
    words = words_in(document.text)
    if words > MOST_WORDS:
        return Skipped(
            document.source,
            f"has too many words and marks to code ({words:,}).",
            f"Divide it: a report may have {MOST_WORDS:,}.",
        )
    if word := LONG_WORD.search(document.text):
        return Skipped(
            document.source,
            f"has a word of {len(word.group()):,} characters ({word.group()[:20]}…).",
            "Cut what is no prose out of it.",
        )
    return None
