"""What a document may not exceed, lest coding it take all the time and memory there is."""

from __future__ import annotations

import re
from typing import Final

from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Skipped

MOST_CHARS: Final = ReadSettings().max_chars
# A tokenizer's time grows with the square of a word's length where it is all brackets: 2,000 of them take
# 0.3 seconds, 40,000 two minutes. The longest addresses of pages have some 500 characters.
LONGEST_WORD: Final = 1000
LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def refused(document: Document) -> Skipped | None:
    """Why a document is not coded at all; None where it is."""
    if len(document.text) > MOST_CHARS:
        return Skipped(
            document.source,
            f"is too long to code ({len(document.text):,} characters).",
            f"Divide it: a report may have {MOST_CHARS:,}.",
        )
    if word := LONG_WORD.search(document.text):
        return Skipped(
            document.source,
            f"has a word of {len(word.group()):,} characters ({word.group()[:20]}…).",
            "Cut what is no prose out of it.",
        )
    return None
