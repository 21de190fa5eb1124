"""Paragraphs, datelines, bullets end sentences: set before the parser runs, so that no parse crosses one."""

from __future__ import annotations

import re
from typing import Final

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


@Language.component("sitrep_paragraphs", assigns=["token.is_sent_start"])
def sitrep_paragraphs(doc: Doc) -> Doc:
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    text = doc.text  # put together anew at each call
    starts = {0} | {match.end() for match in re.finditer(r"\n+", text)}
    openings = (pattern.match(text, start) for start in starts for pattern in (_DATELINE, _BULLET))
    ends = {opening.end() for opening in openings if opening is not None}
    for token in doc[1:]:
        if token.idx in ends:
            token.is_sent_start = True
    return doc
