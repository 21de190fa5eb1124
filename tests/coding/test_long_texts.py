"""The work on a long text grows with its length, and hardly faster: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest
from spacy.language import Language

from benchmarks.long_texts import KINDS
from sitrep.coding.pipeline import code_documents
from sitrep.records import Document

SHORT, TIMES = 2_500, 4


def calls(text: str, nlp: Language) -> int:
    """How many calls of functions it takes to code a text; each step of a generator is one."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    document = Document("sha256:0", "long text", text, published=date(2020, 6, 1))
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        list(code_documents([document], nlp))
    finally:
        sys.setprofile(before)
    return counted


# Not kinds with an event of one type in every sentence: each telling is compared with up to a hundred others,
# a bound that these texts are too short to reach.
@pytest.mark.parametrize("kind", ["news", "one sentence", "names", "one name", "pronouns"])
def test_a_text_of_four_times_the_length_takes_about_four_times_the_calls(kind: str, nlp: Language):
    text = KINDS[kind]
    calls(text(SHORT), nlp)  # warm: caches
    assert calls(text(TIMES * SHORT), nlp) < 1.6 * TIMES * calls(text(SHORT), nlp)
