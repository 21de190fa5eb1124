"""A report's text cut where a marking begins or ends, so that marks may nest and overlap and stay flat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sitrep.records import Report, Span, Spans

_BREAK: Final = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Marking:
    """One stretch of the text that belongs to a record: drawn (`kind`), or only behind its record (None)."""

    span: Span
    id: str
    kind: str | None  # actor, place, time, quote, cue, event, control


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same markings: those drawn, the innermost first, and those behind."""

    text: str
    marks: tuple[Marking, ...] = ()
    behind: tuple[str, ...] = ()


def markings(report: Report) -> list[Marking]:
    """What of a report's text is marked, and as what."""
    found: list[Marking] = []

    def mark(spans: Spans, id: str, kind: str | None) -> None:
        found.extend(Marking(span, id, kind) for span in spans if span[0] < span[1])

    for quote in report.attributions:
        mark(quote.content.spans, quote.id, "quote")
        mark(quote.cue.spans, quote.id, "cue")
        mark(quote.source.spans, quote.id, None)
    for actor in report.actors:
        mark(actor.mentions, actor.id, "actor")
    for place in report.places:
        mark(place.mentions, place.id, "place")
    for time in report.times:
        mark(((time.start, time.end),), time.id, "time")
    for event in report.events:
        mark(event.trigger, event.id, "event")
        mark(event.evidence, event.id, None)
    for control in report.control:
        mark(control.trigger, control.id, "control")
        mark(control.evidence, control.id, None)
    return found


def paragraphs(report: Report) -> list[list[Piece]]:
    """The text a paragraph at a time, each cut into pieces that joined are its words."""
    found = markings(report)
    return [list(_pieces(report.text, start, end, found)) for start, end in _stretches(report.text)]


def _stretches(text: str) -> Iterator[Span]:
    start = 0
    for gap in (*_BREAK.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            yield start, end
        start = gap.end() if gap else end


def _pieces(text: str, start: int, end: int, found: list[Marking]) -> Iterator[Piece]:
    here = [one for one in found if one.span[0] < end and one.span[1] > start]
    cuts = sorted({start, end, *(offset for one in here for offset in one.span if start < offset < end)})
    for begin, stop in pairwise(cuts):
        over = [one for one in here if one.span[0] <= begin and stop <= one.span[1]]
        drawn = sorted(
            (one for one in over if one.kind),
            key=lambda one: (one.span[1] - one.span[0], one.kind == "quote", one.id),
        )
        yield Piece(text[begin:stop], tuple(drawn), tuple(sorted({one.id for one in over if not one.kind})))
