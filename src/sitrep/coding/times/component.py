"""When: the time expressions of a text with their TimeML values and the days they cover.

A grammar finds the wordings (`wordings`), `lookalikes` drops what only looks like a time, `tense` says
which way their clause looks, and `resolution` gives the value.

The libraries for this were measured first, on a quarter of TimeBank: dateparser's search has a span F1 of
0.56 and a value F1 of 0.16, recognizers-text 0.85 and 0.47 at 0.3 s a report. This grammar has 0.94 and 0.81
on all of it (`python -m benchmarks.predict times`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import tokens_at
from sitrep.coding.times.calendar import days_of, unit_of
from sitrep.coding.times.lookalikes import is_time, neighbour
from sitrep.coding.times.meanings import Counted, Dated, Wording
from sitrep.coding.times.resolution import Anchor, Resolved, resolve
from sitrep.coding.times.tense import Tense, tense_at
from sitrep.coding.times.wordings import find_wordings
from sitrep.records import Time


@Language.component("sitrep_times", assigns=["doc._.times"])
def sitrep_times(doc: Doc) -> Doc:
    doc._.times = find_times(doc, doc._.published)
    return doc


def find_times(doc: Doc, published: date | None) -> tuple[Time, ...]:
    """The time expressions of a text, in order. Without `published` what is counted from it has no value.

    A dateline ("ABUJA, 2 May 2015 (Some Wire) -") says when a report came out that nothing else dates.
    """
    text = doc.text  # put together anew at each call
    wordings = _share_years(text, [wording for wording in find_wordings(text) if is_time(doc, wording)])
    published = published or _dateline_day(text, wordings)
    resolved = list(_resolve_in_order(doc, text, wordings, published))
    days = _open_and_closed(text, wordings, resolved, published)
    return tuple(
        Time(f"t{number}", wording.start, wording.end, time.type, time.value, time.earliest, time.latest)
        for number, (wording, time) in enumerate(zip(wordings, days, strict=True), start=1)
    )


_PUT_OFF: Final = frozenset(
    {"put", "postpone", "delay", "extend", "adjourn", "suspend", "defer", "reschedule"}
)
_DATELINE_PLACE: Final = re.compile(r"[A-Z][A-Z'’./ -]+(?:, [A-Z][\w. ]+)?(?: ?\([^()\n]+\))?, ?")
_DATELINE_END: Final = re.compile(r",?(?: ?\([^()\n]+\))? ?[-–—:] ")


def _dateline_day(text: str, wordings: list[Wording]) -> date | None:
    """The day of a dateline: a place in capitals before it, a dash behind."""
    for wording in wordings[:1]:
        meaning = wording.meaning
        full = isinstance(meaning, Dated) and None not in (meaning.year, meaning.month, meaning.day)
        placed = _DATELINE_PLACE.fullmatch(text[: wording.start])
        if full and placed and _DATELINE_END.match(text, wording.end):
            days = days_of(resolve(wording, Anchor(None)).value)
            return days and days[0]
    return None


def _resolve_in_order(
    doc: Doc, text: str, wordings: list[Wording], published: date | None
) -> Iterator[Resolved]:
    narrative: str | None = None
    told_year: int | None = None
    last_end = 0
    for wording in wordings:
        if "\n\n" in text[last_end : wording.start]:
            told_year = None
        tokens = tokens_at(doc, (wording.start, wording.end))
        tense = _tense(tokens, owns=_owns(text, wording))
        resolved = resolve(wording, Anchor(published, narrative, told_year, tense))
        yield resolved
        told = days_of(resolved.value)
        if (
            told is not None
            and resolved.value is not None
            and not wording.clock_only
            and not _looks_aside(text, wording)
            and not (told[0] == told[1] and _names_thing(tokens))
        ):
            narrative, last_end = resolved.value.partition("T")[0], wording.end
            if unit_of(narrative) in ("D", "M", "Q", "Y"):
                told_year = _year_told(wording, told[0].year, told_year, published)


def _owns(text: str, wording: Wording) -> bool:
    """Whether something is the time's: "Monday's debate"."""
    return text.startswith(("'s", "’s"), wording.end)


def _tense(tokens: TokenSpan, owns: bool) -> Tense | None:
    """The tense of the clause; None for a time that stands before a noun ("a June agreement").

    What is a time's own is spoken of in any tense: "recovers from Monday's vote" plans nothing.
    """
    if tokens.root.dep_ in ("compound", "amod", "nmod"):
        return None
    tense = tense_at(tokens.root, arranged=not owns)
    before = neighbour(tokens, -1).lower()
    if owns and before == "from":
        return tense
    if before in ("until", "till", "to") and _PUT_OFF & {t.lemma_.lower() for t in tokens.root.ancestors}:
        return "future"  # "talks have been put off until Monday"
    until = neighbour(tokens, 1).lower() in ("to", "until", "till", "through")
    if before == "from" and until and tense == "past":
        return tense  # "fighting raged from April to July"
    if before in ("from", "starting") or (tense == "present" and before in ("until", "till", "by", "before")):
        return "future"  # "called for a truce from Monday", "the truce holds until Sunday"
    return tense


def _looks_aside(text: str, wording: Wording) -> bool:
    """ "A war begun 14 months ago", "since 2014", "at Monday's debate": the story goes on where it was."""
    meaning = wording.meaning
    if isinstance(meaning, Dated) and meaning.weekday is not None and _owns(text, wording):
        return True
    if isinstance(meaning, Counted) and meaning.amount < 0 and (meaning.narrative or meaning.ago):
        return meaning.unit in ("Q", "Y") or (meaning.unit == "M" and meaning.ago)
    return text[max(0, wording.start - 12) : wording.start].rstrip().lower().endswith(
        " since"
    ) and isinstance(meaning, Dated)


def _names_thing(tokens: TokenSpan) -> bool:
    """ "The May 3 coup", "the 2014 war": a day that says which coup does not move the story there."""
    if not len(tokens):
        return False
    root = tokens.root
    before = neighbour(tokens, -1).lower()
    return (
        root.dep_ in ("compound", "nmod", "amod", "nummod")
        and root.head.pos_ in ("NOUN", "PROPN")
        and root.head.ent_type_ not in ("DATE", "TIME")
        and before in ("the", "a", "an", "this", "that")
    )


def _year_told(wording: Wording, year: int, before: int | None, published: date | None) -> int | None:
    """A year that is spelt out and is not this one holds for the months after it, until another is named."""
    if isinstance(wording.meaning, Dated) and wording.meaning.year is not None:
        return (
            year
            if (published is None or year != published.year) and wording.meaning.month is not None
            else None
        )
    return before if before is not None and abs(before - year) <= 1 else None


# Two times that belong together

_JOINED: Final = re.compile(r"\s*(?:to|and|or|until|till|through|,|-|–|—)\s*")
_RANGE_MARK: Final = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*")
_OPENS_RANGE: Final = re.compile(r"(?i)\b(from|between)\s+(?:the\s+)?$")


def _share_years(text: str, wordings: list[Wording]) -> list[Wording]:
    """ "April to August 2020", "June 2019 and July": a month beside a dated one is of its year."""
    shared = list(wordings)
    for index in range(len(shared) - 2, -1, -1):
        shared[index] = _with_year(shared[index], shared[index + 1], text, back=True)
    for index in range(1, len(shared)):
        shared[index] = _with_year(shared[index], shared[index - 1], text, back=False)
    return shared


def _with_year(wording: Wording, beside: Wording, text: str, back: bool) -> Wording:
    mine, theirs = wording.meaning, beside.meaning
    between = text[wording.end : beside.start] if back else text[beside.end : wording.start]
    if not (isinstance(mine, Dated) and isinstance(theirs, Dated) and _JOINED.fullmatch(between)):
        return wording
    if not back and "," in between:
        return wording  # "… in August 2020, June 3 …" begins anew
    if (
        mine.year is not None
        or mine.near
        or mine.years is not None
        or None in (theirs.year, theirs.month, mine.month)
    ):
        return wording
    assert theirs.year is not None and theirs.month is not None and mine.month is not None
    year = theirs.year - (mine.month > theirs.month) if back else theirs.year + (mine.month < theirs.month)
    return replace(wording, meaning=replace(mine, year=year))


def _open_and_closed(
    text: str, wordings: list[Wording], resolved: list[Resolved], published: date | None
) -> list[Resolved]:
    """The days meant where a preposition or a second time bounds them: "since 2014", "from May to July"."""
    bounded = [
        _bounded(
            time,
            text[max(0, wording.start - 24) : wording.start],
            text[wording.end : wording.end + 2],
            published,
        )
        for wording, time in zip(wordings, resolved, strict=True)
    ]
    for index in range(len(wordings) - 1):
        first, second = resolved[index], resolved[index + 1]
        if not _is_range(text, wordings[index], wordings[index + 1]):
            continue
        if first.earliest and second.latest and first.earliest <= second.latest:
            bounded[index] = replace(first, earliest=first.earliest, latest=second.latest)
            bounded[index + 1] = replace(second, earliest=first.earliest, latest=second.latest)
    return bounded


_BOUND: Final = re.compile(
    r"(?i)\b(since|until|till|by|before|no later than)\s+(?:about\s+|around\s+|at least\s+)?$"
)


def _bounded(time: Resolved, before: str, after: str, published: date | None) -> Resolved:
    match = _BOUND.search(before)
    # "before Monday's talks" and "by last year's" count from the talks, not from the day
    if match is None or time.earliest is None or time.type not in ("DATE", "TIME") or after in ("'s", "’s"):
        return time
    if match[1].lower() != "since":
        return replace(time, earliest=None)
    return replace(time, latest=published) if published is not None and published >= time.earliest else time


def _is_range(text: str, first: Wording, second: Wording) -> bool:
    between = text[first.end : second.start]
    if _RANGE_MARK.fullmatch(between):
        return True
    return (
        between.strip() == "and"
        and _OPENS_RANGE.search(text[max(0, first.start - 16) : first.start]) is not None
    )
