"""Spans of one text in, spans of the same words in another text out.

A coder cuts furniture and may join paragraphs, so that a report's text is not quite the annotated one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from sitrep.records import Span, Spans

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


class SpanCarrier:
    """Carries spans over word by word, along the longest runs of words that both texts have."""

    def __init__(self, source: str, target: str) -> None:
        self._same = source == target
        self._pairs: list[tuple[Span, Span]] = []  # a token of the source, and the same one in the target
        if self._same:
            return
        ours, theirs = list(_TOKEN.finditer(source)), list(_TOKEN.finditer(target))
        runs = SequenceMatcher(None, [m[0] for m in ours], [m[0] for m in theirs], autojunk=False)
        for run in runs.get_matching_blocks():
            for step in range(run.size):
                self._pairs.append((ours[run.a + step].span(), theirs[run.b + step].span()))

    def __call__(self, spans: Spans) -> Spans:
        """The spans in the target; one whose words are all missing there is left out."""
        if self._same:
            return spans
        carried: list[Span] = []
        for start, end in spans:
            reached = [there for (begin, stop), there in self._pairs if begin < end and start < stop]
            if reached:
                carried.append((reached[0][0], reached[-1][1]))
        return tuple(carried)
