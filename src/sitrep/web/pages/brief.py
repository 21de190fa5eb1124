"""Brief: the written situation of a period, to be read here and kept as a file."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Final

from fastapi import Request
from nicegui import ui

from sitrep.brief import Brief, gather, write_brief
from sitrep.brief.document import Note, Sentence
from sitrep.brief.markdown import covered
from sitrep.web.parts.elements import Tag, field, keep_as
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import day, report_address
from sitrep.web.parts.living import keep_current, show_once_there
from sitrep.web.state import AppState

_PERIODS: Final = (("Last week", 7), ("Last month", 30), ("Last quarter", 91))


@ui.page("/brief")
async def brief_page(request: Request) -> None:
    state = page_state(request)
    index = await asyncio.to_thread(state.desk.index)
    with frame(request, "Brief", "/brief", css="brief"):
        if index.last is None or index.first is None:
            nothing("There is nothing to brief on yet.", link=("/add", "Add reports"))
            show_once_there(state, lambda: state.desk.index().last is not None)
            return
        last = date.fromisoformat(index.last)
        start, end, wrong = _period(request, last)
        _ask(start, end, date.fromisoformat(index.first), last)
        if wrong:
            nothing(wrong)
            return
        brief = await asyncio.to_thread(_write, state, start, end)
        _keep(start, end)
        keep_current(state, brief, lambda: _write(state, start, end), _show)


def _period(request: Request, last: date) -> tuple[date, date, str | None]:
    """The days asked for, or the last week of the case; and what is wrong with them."""
    start, end = last - timedelta(days=6), last
    try:
        if text := request.query_params.get("to"):
            end = date.fromisoformat(text)
        if text := request.query_params.get("from"):
            start = date.fromisoformat(text)
    except ValueError:
        return start, end, "That is not a calendar date. Write days as YYYY-MM-DD."
    return start, end, f"{day(start)} is after {day(end)}. Swap the days." if start > end else None


def _ask(start: date, end: date, first: date, last: date) -> None:
    with Tag("div", "", "row brief-ask"):
        with Tag("form", "", "row", action="/brief", method="get"):
            field("From", type="date", name="from", value=start.isoformat(), required=True)
            field("To", type="date", name="to", value=end.isoformat(), required=True)
            Tag("button", "Write it", "button main", type="submit")
        with Tag("div", "", "row periods"):
            for name, length in _PERIODS:
                Tag("a", name, "button", href=f"/brief?from={last - timedelta(days=length - 1)}&to={last}")
            Tag("a", "The whole case", "button", href=f"/brief?from={first}&to={last}")


def _keep(start: date, end: date) -> None:
    keep_as(f"/api/brief?from={start}&to={end}", kinds=("pdf", "html", "md"))


def _write(state: AppState, start: date, end: date) -> Brief:
    with state.desk.reading() as case:
        return write_brief(gather(case, start, end), start, end)


def _show(brief: Brief) -> None:
    if not brief.sections:
        nothing(
            f"The case tells of nothing from {day(brief.start)} to {day(brief.end)}.",
            advice="Choose other days.",
        )
        return
    notes = brief.notes()
    numbers = {note: number for number, note in enumerate(notes, start=1)}
    with Tag("article", "", "panel paper"):
        Tag("h2", brief.title, "paper-title")
        Tag("p", covered(brief), "muted")
        for section in brief.sections:
            with Tag("section"):
                Tag("h3", section.heading)
                with Tag("ul", "", "told"):
                    for sentence in section.sentences:
                        _sentence(sentence, numbers)
        with Tag("section"):
            Tag("h3", "Sources")
            with Tag("ol", "", "notes"):
                for note in notes:
                    _note(note, numbers[note])


def _sentence(sentence: Sentence, numbers: dict[Note, int]) -> None:
    with Tag("li"):
        Tag("span", sentence.text)
        for quote in sentence.quotes:
            Tag("q", " ".join(quote.split()))
        with Tag("sup"):
            for note in sentence.notes:
                number = numbers[note]
                Tag("a", f"{number} ", href=f"#n{number}", aria_label=f"Source {number}")
        if sentence.assessment:
            Tag("span", sentence.assessment, "muted small assessed")


def _note(note: Note, number: int) -> None:
    with Tag("li", "", id=f"n{number}"):
        Tag("q", " ".join(note.words.split()))
        told = ", ".join(filter(None, (note.publisher, day(note.published))))
        Tag("a", note.title or "the report", href=report_address(note.report))
        Tag("span", f" {told}", "muted")
