"""Reports: all that the case was made from, the last published first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from sitrep.case.queries.reports import ReportLine
from sitrep.web.parts.elements import Tag, select
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import day, outside_name, report_address
from sitrep.web.parts.living import keep_current, show_once_there
from sitrep.web.state import AppState

_SHOWN: Final = 100


@ui.page("/reports")
async def reports_page(request: Request) -> None:
    state = page_state(request)
    publisher = request.query_params.get("publisher") or None
    page = request.query_params.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 1_000_000 else 1
    index = await asyncio.to_thread(state.desk.index)
    found = await asyncio.to_thread(_read, state, publisher, (number - 1) * _SHOWN)
    with frame(request, "Reports", "/reports"):
        if not index.reports:
            nothing(
                "This case is empty.", advice="Add reports to see them here.", link=("/add", "Add reports")
            )
            show_once_there(state, lambda: state.desk.index().reports > 0)
            return
        with Tag("form", "", "row ask", action="/reports", method="get"):
            names = [("", "all"), *((name, name) for name in sorted(index.publishers))]
            select("Publisher", names, publisher or "", name="publisher")
            Tag("button", "Show", "button", type="submit")
            total = Tag("p", "", "muted num push")
        keep_current(
            state,
            found,
            lambda: _read(state, publisher, (number - 1) * _SHOWN),
            lambda now: _show(*now, total, publisher, number),
        )


def _show(lines: Sequence[ReportLine], total: int, told: Tag, publisher: str | None, number: int) -> None:
    told.set_text("1 report" if total == 1 else f"{total:,} reports")
    if not lines:
        nothing("No report is there.", link=("/reports", "All reports"))
        return
    with Tag("section", "", "panel"), Tag("table", "", "plain reports"):
        with Tag("thead"), Tag("tr"):
            for name in ("Published", "Report", "Publisher", "Events", "Judged"):
                Tag("th", name, scope="col")
        with Tag("tbody"):
            for line in lines:
                _show_line(line)
    _turn_pages(publisher, number, total)


def _show_line(line: ReportLine) -> None:
    with Tag("tr"):
        Tag("td", day(line.published), "num nowrap")
        with Tag("td"):
            Tag("a", line.title or "Untitled report", "title-link", href=report_address(line.id))
            if line.copies is not None:
                with Tag("p", "copies ", "muted small"):
                    Tag("a", line.copied_title or "another report", href=report_address(line.copies))
        Tag("td", line.publisher or outside_name(line.url or line.source), "" if line.publisher else "muted")
        Tag("td", f"{line.events}", "num")
        Tag("td", f"{line.judged}", "num" if line.judged else "num muted")


def _turn_pages(publisher: str | None, number: int, total: int) -> None:
    if total <= _SHOWN:
        return

    def address(page: int) -> str:
        return "/reports?" + urlencode({"publisher": publisher or "", "page": page})

    with Tag("nav", "", "row", aria_label="Further reports"):
        if number > 1:
            Tag("a", "Later", "button", href=address(number - 1))
        Tag(
            "span",
            f"{(number - 1) * _SHOWN + 1:,} to {min(number * _SHOWN, total):,} of {total:,}",
            "muted num",
        )
        if number * _SHOWN < total:
            Tag("a", "Earlier", "button", href=address(number + 1))


def _read(state: AppState, publisher: str | None, offset: int) -> tuple[list[ReportLine], int]:
    with state.desk.reading() as case:
        lines = case.overview.reports(publisher, _SHOWN, offset)
        return lines, case.overview.count_reports(publisher)
