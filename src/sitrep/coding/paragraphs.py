"""Paragraphs, datelines, bullets end sentences: set before the parser runs, so that no parse crosses one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

_WORD: Final = r"(?:[^\W\d_a-z][\w'’.-]*|\d{1,4}|de|del|la|of|the|\([^()\n]{2,40}\))"
# "ACCRA, May 3 (Some Press) - The army", "Lomé, 17 Jan 2025 – Two": the parser would take the town for the
# subject. A name alone before a dash may be anything: there must be a day, an agency or a town in capitals.
_DATELINE: Final = re.compile(
    rf"(?=[^\n]{{0,80}}?(?:\d|\(|[A-Z]{{4}}))(?:{_WORD}[,/]? ){{1,9}}[-–—]{{1,2}} (?=[\"'“‘]?[^\W\d_a-z])"
)
# "- Troops …", "• …", "2) …": the mark is no word of the first sentence of its item.
_BULLET: Final = re.compile(r"[ \t]*(?:[-–—*•●○▪■◦‣·]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
# Tokens without a full stop after which a sentence ends all the same. What looks at a word's sentence takes
# longer the longer it is, and no writer's has more than some 200; a list or a table has thousands.
LONGEST: Final = 300
# Tokens of one paragraph after which the next full stop ends a sentence, whatever the parser would have made
# of it: in text that is none it may go on for ever.
_LONG_PARAGRAPH: Final = 5000
_STOPS: Final = frozenset(".?!…")


@Language.component("sitrep_paragraphs", assigns=["token.is_sent_start"])
def sitrep_paragraphs(doc: Doc) -> Doc:
    starts = sorted({*_after_newlines(doc), *_after_openings(doc), *_in_long_runs(doc)})
    if starts:
        doc[starts[0]].is_sent_start = True  # spaCy refuses it where the text is parsed already
        # At one go: it takes as long to set one token's as to look at the whole text.
        values: Any = doc.to_array([SENT_START])
        values[starts] = 1
        doc.from_array([SENT_START], values)
    return doc


def _after_newlines(doc: Doc) -> Iterator[int]:
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            yield token.i + 1


def _after_openings(doc: Doc) -> Iterator[int]:
    text = doc.text  # put together anew at each call
    starts = {0} | {match.end() for match in re.finditer(r"\n+", text)}
    openings = (pattern.match(text, start) for start in starts for pattern in (_DATELINE, _BULLET))
    ends = {opening.end() for opening in openings if opening is not None}
    for token in doc[1:]:
        if token.idx in ends:
            yield token.i


def _in_long_runs(doc: Doc) -> Iterator[int]:
    """Every so many tokens where nothing ends a sentence: no stop before a capital, no newline."""
    paragraph = begun = 0  # where they start: this paragraph, and what no full stop has ended since
    stopped = False
    for token in doc:
        text = token.text
        ends = stopped and text[0].isupper()
        if "\n" in text:
            paragraph = begun = token.i
        elif token.i - begun >= LONGEST or (
            token.i - paragraph >= _LONG_PARAGRAPH
            and (ends or token.i - paragraph >= _LONG_PARAGRAPH + LONGEST)
        ):
            yield token.i
            paragraph = begun = token.i
        elif ends:
            begun = token.i
        stopped = text[-1] in _STOPS or (stopped and not (token.is_alpha or token.is_digit))
