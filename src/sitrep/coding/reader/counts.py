"""The numbers of a text as ranges: "at least 12", "two dozen", "hundreds"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.reader.quantities import Range, read_range

_VAGUE: Final = frozenset({
    "dozens", "scores", "tens", "hundreds", "thousands", "millions", "several", "dozen", "few", "couple",
    "both",
})  # fmt: skip
_NO_COUNT: Final = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"})
# Words before a number that bound it: "at least 12", "more than 100".
_BOUNDS: Final = frozenset({
    "at", "least", "more", "than", "over", "about", "around", "some", "nearly", "almost", "up", "to", "as",
    "many", "fewer", "less", "no", "an", "estimated", "roughly", "approximately", "close", "between", "a",
})  # fmt: skip


def read_counts(doc: Doc) -> Iterator[tuple[int, TokenSpan, Range]]:
    """Each count of `doc`: the token that heads it, its words, and its least and greatest value."""
    at = 0
    while at < len(doc):
        if not _is_count(doc[at]):
            at += 1
            continue
        end = at + 1
        while end < len(doc) and (_is_count(doc[end]) or (_joins(doc, end) and not doc[end].is_sent_start)):
            end += 1
        start = at
        while start and at - start < 4 and doc[start - 1].lower_ in _BOUNDS and not doc[start].is_sent_start:
            start -= 1
        phrase = doc[start:end]
        value = read_range(phrase.text)
        if value is not None:
            yield end - 1, phrase, value
        at = end


def _is_count(token: Token) -> bool:
    if token.ent_type_ in _NO_COUNT:
        return False
    return token.pos_ == "NUM" or token.like_num or token.lower_ in _VAGUE


def _joins(doc: Doc, at: int) -> bool:
    """Whether a word joins the parts of one number: "12 to 15", "twenty-five", "tens of thousands"."""
    if at + 1 >= len(doc) or not _is_count(doc[at + 1]):
        return False
    return doc[at].text in ("-", "–", "to", "of")
