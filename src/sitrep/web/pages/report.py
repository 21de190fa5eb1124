"""Report: the text with its records in it and beside it, what was cut, and what was considered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import Request
from nicegui import ui

from sitrep.case.queries.reports import InCase
from sitrep.records import Removed, Report
from sitrep.web.cards import cards
from sitrep.web.explaining import NotExplained, explain_report
from sitrep.web.marks import paragraphs
from sitrep.web.parts.elements import Tag, outside_link, web_address
from sitrep.web.parts.frame import frame, missing, page_state
from sitrep.web.parts.labels import day
from sitrep.web.parts.living import follow
from sitrep.web.parts.reader import Reader
from sitrep.web.parts.sheet import use_sheet
from sitrep.web.state import AppState

if TYPE_CHECKING:
    from sitrep.coding.explaining import SentenceExplained


@ui.page("/report/{id}")
async def report_page(request: Request, id: str) -> None:
    state = page_state(request)
    try:
        report, known = await asyncio.to_thread(_read, state, id)
    except KeyError:
        missing(
            request, "report", "/reports",
            why="It may have been taken out, or the address is from another case.",
            link=("/reports", "All reports"),
        )  # fmt: skip
        return
    with frame(request, report.title or "Untitled report", "/reports", "report"):
        use_sheet("report")
        _show_origin(report)
        with Reader(paragraphs(report), cards(report, known), request.query_params.get("event")) as reader:
            _show_removed(report.removed)
            _show_considered(state, report)
        # The report's words stay; what the case makes of them may not.
        follow(state, lambda: cards(*_read(state, id)), reader.show)


def _read(state: AppState, id: str) -> tuple[Report, InCase]:
    with state.desk.reading() as case:
        return case.report(id), case.known_of(id)


def _show_origin(report: Report) -> None:
    """Who published it, when, and where it can be read."""
    with Tag("p", "", "report-origin"):
        Tag("strong", report.publisher or "Publisher unknown")
        Tag("span", day(report.published))
        if report.section:
            Tag("span", report.section)
        if report.authors:
            Tag("span", f"by {', '.join(report.authors)}")
        if web_address(report.url):
            outside_link("Original", report.url)
        Tag("span", report.source, "muted report-source")


def _show_considered(state: AppState, report: Report) -> None:
    """What the coder considered in each sentence, folded, and asked of it once somebody unfolds it."""
    with Tag("details", "", "panel cut considered") as panel:
        Tag("summary", "What was considered, and why it was kept or left out")
        inside = Tag("div", "", "list", aria_live="polite")
    asked = False

    async def ask() -> None:
        nonlocal asked
        if asked:
            return
        asked = True
        with inside:
            Tag("p", "The coder reads the report again …", "muted")
        try:
            found = await asyncio.to_thread(explain_report, report, state.coder)
        except NotExplained as error:
            asked = False
            inside.clear()
            with inside:
                Tag("p", str(error), "problem")
            return
        inside.clear()
        with inside, Tag("ul", "", "list"):
            for sentence in found.sentences:
                _show_sentence(sentence)

    panel.on("toggle", ask, [])


def _show_sentence(sentence: SentenceExplained) -> None:
    with Tag("li"):
        Tag("p", sentence.text, "considered-text" if sentence.considered else "considered-text muted")
        for one in sentence.considered:
            with Tag("p", "", "considered-one"):
                Tag("span", one.verdict, "reason kept" if one.verdict == "kept" else "reason")
                Tag("strong", f"{one.type} {one.mode}" if one.mode else one.type)
                Tag("span", f"“{one.words}”")
                Tag("span", one.reason, "muted")


def _show_removed(removed: tuple[Removed, ...]) -> None:
    """What of the source is not the story, folded, each with its reason."""
    if not removed:
        Tag("p", "Nothing of the source was cut.", "muted small")
        return
    with Tag("details", "", "panel cut"):
        Tag("summary", "1 piece was cut" if len(removed) == 1 else f"{len(removed)} pieces were cut")
        with Tag("ul", "", "list"):
            for one in removed:
                with Tag("li"):
                    Tag("span", one.reason, "reason")
                    Tag("p", one.text, "cut-text")
