"""What attribution works on: a doc with its quotations, and each attribution as tokens while it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.attribution.cues import CueLexicon
from sitrep.coding.attribution.quotes import Quotation, find_quotations

FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
# Marks and blanks that a content does not start or end with.
EDGES: Final = ",;:.!?-–—()[] \n\t"


@dataclass(slots=True)
class Finding:
    """One attribution as tokens of the doc, before it is written out."""

    head: int | None  # the token that heads the cue; None for a quotation without one
    source: list[int]
    cue: list[int]
    content: list[int]
    takes_quotation: bool = False  # whether a quotation may be its content without the parse saying so
    quotations: list[int] = field(default_factory=list)
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules look at: the doc, its quotations, and which tokens stand in which quotation."""

    doc: Doc
    text: str  # of the doc, which puts it together anew each time that it is asked
    cues: CueLexicon
    quotations: list[Quotation]
    quoted_in: list[int | None]  # by token
    tokens_in: list[list[int]]  # by quotation


def read(doc: Doc, cues: CueLexicon) -> Reading:
    text = doc.text
    quotations = find_quotations(text)
    quoted_in: list[int | None] = [None] * len(doc)
    spans = [(span, n) for n, quotation in enumerate(quotations) for span in quotation.spans]
    at = 0
    for token in doc if spans else ():
        while at < len(spans) and spans[at][0][1] <= token.idx:
            at += 1
        if at < len(spans) and token.idx + len(token) > spans[at][0][0]:
            quoted_in[token.i] = spans[at][1]
    tokens_in: list[list[int]] = [[] for _ in quotations]
    for i, n in enumerate(quoted_in):
        if n is not None:
            tokens_in[n].append(i)
    return Reading(doc, text, cues, quotations, quoted_in, tokens_in)


def trim(doc: Doc, tokens: Sequence[int]) -> list[int]:
    """`tokens` without the blanks and marks at either end; quotation marks stay."""
    first, last = 0, len(tokens)
    while first < last and is_edge(doc[tokens[first]]):
        first += 1
    while last > first and is_edge(doc[tokens[last - 1]]):
        if doc[tokens[last - 1]].text == ")" and any(doc[i].text == "(" for i in tokens[first:last]):
            break  # "the National Salvation Army (NSA)"
        last -= 1
    return list(tokens[first:last])


def is_edge(token: Token) -> bool:
    text = token.text
    return not text.strip(EDGES) or not text.strip()
