"""Words of reports on a page, with what matters in them marked. They go in as text, whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sitrep.records import Spans
from sitrep.web.parts.elements import Tag

_LONGEST = 1200  # of a passage around an event, in characters


def passage(text: str, spans: Spans, trigger: Spans = (), said: Spans = ()) -> Tag:
    """The paragraph or paragraphs that `spans` lie in; these are marked, and `trigger` most of all.

    `said` is who says so and the words for saying it, as far as they stand there.
    """
    start, end = _around(text, spans)
    with Tag("blockquote", "", "words") as made:
        if start > 0 and not text[:start].endswith("\n"):
            Tag("span", "… ", "muted")
        for begin, stop, css in pieces(start, end, spans, trigger, said):
            Tag("mark" if css else "span", text[begin:stop], css)
        if end < len(text) and not text[end:].startswith("\n"):
            Tag("span", " …", "muted")
    return made


def pieces(
    start: int, end: int, spans: Spans, trigger: Spans, said: Spans = ()
) -> list[tuple[int, int, str]]:
    """The stretch cut where a marking begins or ends, each piece with the classes of its markings."""
    cuts = {start, end}
    for one in (*spans, *trigger, *said):
        cuts.update(offset for offset in one if start < offset < end)
    return [(begin, stop, _css(begin, spans, trigger, said)) for begin, stop in pairwise(sorted(cuts))]


def _css(offset: int, spans: Spans, trigger: Spans, said: Spans) -> str:
    of_event = "is-trigger" if _within(offset, trigger) else "is-evidence" if _within(offset, spans) else ""
    return f"{of_event} {'is-said' if _within(offset, said) else ''}".strip()


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
