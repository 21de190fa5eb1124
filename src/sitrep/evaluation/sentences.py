"""The numbered sentences of a sheet, and where words that an annotator copied from them stand in the text."""

from __future__ import annotations

import re
from typing import Final

from sitrep.records import Span, Spans

GAP: Final = "…"  # parts the pieces of words that do not stand side by side: "held … talks"

_CLOSING: Final = "\"”’')\\]"
_OPENING: Final = "\"“‘'(\\["
_BOUNDARY: Final = re.compile(
    rf"(?<=[.!?])(?P<closed>[{_CLOSING}]*)\s+(?=[{_OPENING}]*[A-Z0-9])|\n+",
)
_TITLES: Final = "Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Rev|St|Jr|Sr"
_MONTHS: Final = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_OTHERS: Final = r"No|vs|U\.S|U\.N|U\.K|a\.m|p\.m|[A-Z]"
_ABBREVIATED: Final = re.compile(rf"\b(?:{_TITLES}|{_MONTHS}|{_OTHERS})\.$")


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, split at line ends and at stops before a capital or a digit.

    The numbers in annotations rest on these spans: a change here makes every existing annotation wrong. For
    that reason an abbreviation ("Gen.") keeps its sentence together only where a quotation mark or bracket
    closes right after it, as in the tool that the first annotations were written with.
    """
    spans: list[Span] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        closed = boundary["closed"] or ""
        if closed and "\n" not in boundary[0] and _ABBREVIATED.search(text[start : boundary.start()]):
            continue
        if text[start : boundary.start()].strip():
            spans.append((start, boundary.start() + len(closed)))
        start = boundary.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def find_words(words: str, text: str, within: Span) -> Spans | None:
    """Where `words` stand in a part of the text, a span for each piece between "…"; None where they do not.

    Runs of white space in the text count as one blank. Whole words are preferred to parts of words.
    """
    flat, positions = _flattened(text, within)
    spans: list[Span] = []
    searched = 0
    for piece in (part.strip() for part in words.split(GAP)):
        if not piece:
            return None
        exactly = re.escape(piece)
        found = re.compile(rf"(?<!\w){exactly}(?!\w)").search(flat, searched)
        found = found or re.compile(exactly).search(flat, searched)
        if found is None:
            return None
        spans.append((positions[found.start()], positions[found.end() - 1] + 1))
        searched = found.end()
    return tuple(spans)


def _flattened(text: str, within: Span) -> tuple[str, list[int]]:
    """A part of the text with each run of white space as one blank, and where each character comes from."""
    characters: list[str] = []
    positions: list[int] = []
    for position in range(*within):
        character = " " if text[position].isspace() else text[position]
        if character == " " and characters and characters[-1] == " ":
            continue
        characters.append(character)
        positions.append(position)
    return "".join(characters), positions
