"""What is refused before it is coded, and what is not."""

from __future__ import annotations

import pytest

from sitrep.engines.bounds import LONGEST_WORD, MOST_CHARS, MOST_WORDS, refused
from tests.engines.faulty import documents


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "(" * 1_000_000,
            "is too long to code (1,000,000 characters). Divide it: a report may have 200,000.",
        ),
        ("a word and " * 50_000, "is too long to code (550,000 characters)."),
        (
            "a\n" * 30_000,
            "has too many words and marks to code (60,000). Divide it: a report may have 50,000.",
        ),
        ("( " * 60_000, "has too many words and marks to code (60,000)."),
        (
            "(" * 5_000,
            "has a word of 5,000 characters (((((((((((((((((((((…). Cut what is no prose out of it.",
        ),
        ("\u200b" * 5_000, "has a word of 5,000 characters"),
        ("a\u0301" * 5_000, "has a word of 10,000 characters"),
    ],
)
def test_what_no_report_has_is_refused_with_its_reason(text: str, told: str):
    [document] = documents(text)
    assert str(refused(document)).startswith(f"document 0: {told}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Troops entered the town on Monday. " * 5_000,
        "x" * LONGEST_WORD,
        "ab " * MOST_WORDS,
        "Troops of the government entered the town on Monday afternoon. "[:50] * (MOST_CHARS // 50),
    ],
)
def test_what_a_report_may_have_is_not(text: str):
    [document] = documents(text)
    assert refused(document) is None
