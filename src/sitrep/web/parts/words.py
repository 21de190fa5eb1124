"""Words of reports on a page, with what matters in them marked. They go in as text, whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sitrep.records import Spans
from sitrep.web.parts.elements import Tag

_LONGEST = 1200  # of a passage around an event, in characters


def passage(text: str, spans: Spans, trigger: Spans = ()) -> Tag:
    """The paragraph or paragraphs that `spans` lie in; these are marked, and `trigger` most of all."""
    start, end = _around(text, spans)
    with Tag("blockquote", "", "words") as made:
        if start > 0 and not text[:start].endswith("\n"):
            Tag("span", "… ", "muted")
        for begin, stop, css in pieces(start, end, spans, trigger):
            Tag("mark" if css else "span", text[begin:stop], css)
        if end < len(text) and not text[end:].startswith("\n"):
            Tag("span", " …", "muted")
    return made


def pieces(start: int, end: int, spans: Spans, trigger: Spans) -> list[tuple[int, int, str]]:
    """The stretch cut where a marking begins or ends, each piece with the class of its marking."""
    cuts = {start, end}
    for one in (*spans, *trigger):
        cuts.update(offset for offset in one if start < offset < end)
    ordered = sorted(cuts)
    return [
        (
            begin,
            stop,
            "is-trigger" if _within(begin, trigger) else "is-evidence" if _within(begin, spans) else "",
        )
        for begin, stop in pairwise(ordered)
    ]


def snippet(found: str) -> Tag:
    """What a search found, with what matched between ‹ and › marked."""
    with Tag("p", "", "snippet") as made:
        for number, part in enumerate(found.split("‹")):
            inside, closed, after = part.partition("›")
            if number and closed:
                Tag("mark", inside, "is-found")
                Tag("span", after)
            else:
                Tag("span", ("‹" if number else "") + part)
    return made


def _within(offset: int, spans: Spans) -> bool:
    return any(start <= offset < end for start, end in spans)


def _around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    start = max(text.rfind("\n\n", 0, first) + 2 if "\n\n" in text[:first] else 0, first - _LONGEST)
    end = text.find("\n\n", last)
    return start, min(len(text) if end < 0 else end, last + _LONGEST)
