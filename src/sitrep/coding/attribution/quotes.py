"""Quotation marks in pairs: which stretches of a text stand in quotation marks.

Marks open and close within a paragraph. A quotation that is still open at the end of its paragraph goes on
in the next one if that one starts with an opening mark, as newspapers print long quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sitrep.records import Span, Spans

PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")

# "''" and "``" are how wire copy typed on a teleprinter marks quotations.
DOUBLE: Final = re.compile(r"[\"“”„‟«»]|``|''|‘‘|’’")
SINGLE: Final = re.compile(r"['‘’]")

# Not the start of a quotation: '90s, 'em, 'til.
ELISION: Final = re.compile(r"['’‘](?:\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|n\b)", re.IGNORECASE)

OPENING: Final = frozenset("“„«")
CLOSING: Final = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch in quotation marks, marks included: a span for each paragraph that it runs over."""

    spans: Spans

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of `text`, in order. Marks without a partner are left out."""
    double = _pair_double(text)
    covered = [span for quotation in double for span in quotation.spans]
    single = [
        quotation
        for quotation in _pair_single(text)
        if not any(start < quotation.end and quotation.start < end for start, end in covered)
    ]
    return sorted([*double, *single], key=lambda quotation: quotation.start)


def _pair_double(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    carried: list[Span] = []  # what an unclosed quotation has in the paragraphs before
    paragraphs = [match.span() for match in PARAGRAPH.finditer(text)]
    for n, (begin, end) in enumerate(paragraphs):
        marks = list(DOUBLE.finditer(text, begin, end))
        opened: re.Match[str] | None = None
        for k, mark in enumerate(marks):
            if opened is not None and _is_nested(opened, mark, marks[k + 1 :]):
                continue
            if _opens(text, mark, begin, end, opened is not None):
                if opened is None and carried and text[begin : mark.start()].strip():
                    carried = []  # the paragraph does not start with a mark: the one before never closed
                # Two openings in a row: the first lost its partner, so it quotes nothing that we can bound.
                opened = mark
            elif opened is not None:
                found.append(Quotation((*carried, (opened.start(), mark.end()))))
                carried, opened = [], None
        if opened is None:
            carried = []
            continue
        carried = [*carried, (opened.start(), begin + len(text[begin:end].rstrip()))]
        following = paragraphs[n + 1][0] if n + 1 < len(paragraphs) else len(text)
        if DOUBLE.match(text, _first_ink(text, following)) is None:
            # A quotation that opens its paragraph or follows a colon and lost its closing mark still quotes.
            before = text[begin : opened.start()].rstrip()
            if len(carried) > 1 or not before or before.endswith((":", ",")):
                found.append(Quotation(tuple(carried)))
            carried = []
    return found


def _family(mark: str) -> str:
    return "typed" if mark == '"' else "curly" if mark in "“”„‟" else "angled" if mark in "«»" else "doubled"


def _is_nested(opened: re.Match[str], mark: re.Match[str], later: list[re.Match[str]]) -> bool:
    """Whether a mark quotes inside the open quotation: it is of another make than the mark that closes."""
    family = _family(opened.group())
    return _family(mark.group()) != family and any(_family(other.group()) == family for other in later)


def _first_ink(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _opens(text: str, match: re.Match[str], begin: int, stop: int, inside: bool) -> bool:
    """Whether a double mark opens, by its shape and by what stands beside it; typists mix the shapes up."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > begin else " "
    after = text[match.end()] if match.end() < stop else " "
    if mark in OPENING or mark in ("``", "‘‘"):
        return not inside or before.isspace() or after.isalnum()
    if mark in CLOSING or mark == "’’":
        return not inside and before.isspace() and not after.isspace()
    if inside:
        return before.isspace() and after.isalnum()
    return not after.isspace() or before.isspace()


def _pair_single(text: str) -> Iterator[Quotation]:
    """‘Like this’, told from apostrophes: opens before a word, closes after one and not before a letter."""
    for paragraph in PARAGRAPH.finditer(text):
        begin, end = paragraph.span()
        opened: int | None = None
        for mark in SINGLE.finditer(text, begin, end):
            at = mark.start()
            before = text[at - 1] if at > begin else " "
            after = text[at + 1] if at + 1 < end else " "
            if before in "'‘’" or after in "'‘’":
                continue
            opens = (before.isspace() or before in "([—–-") and (after.isalnum() or after in "$£€.…")
            closes = not before.isspace() and not after.isalnum()
            if opened is None:
                if opens and mark.group() != "’" and not ELISION.match(text, at):
                    opened = at
            elif closes and mark.group() != "‘" and (before != "s" or not _closes_later(text, at + 1, end)):
                yield Quotation(((opened, at + 1),))
                opened = None


def _closes_later(text: str, position: int, end: int) -> bool:
    """Whether a better closing mark follows: then the one after an "s" was a plural's apostrophe."""
    for mark in SINGLE.finditer(text, position, end):
        at = mark.start()
        after = text[at + 1] if at + 1 < end else " "
        if text[at - 1].isspace() and after.isalnum():
            return False
        if text[at - 1] in ".,!?" and not after.isalnum():
            return True
    return False
