"""Reports: all that the case was made from, the last published first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from sitrep.web.parts.elements import Tag, select
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import day, outside_name, report_address
from sitrep.web.state import AppState

_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    where: str
    events: int
    judged: int
    origin: str | None  # the title of the report that it copies, if it does


@ui.page("/reports")
async def reports_page(request: Request) -> None:
    state = page_state(request)
    publisher = request.query_params.get("publisher") or None
    page = request.query_params.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 1_000_000 else 1
    index = await asyncio.to_thread(state.desk.index)
    lines, total = await asyncio.to_thread(_read, state, publisher, (number - 1) * _SHOWN)
    with frame(request, "Reports", "/reports"):
        if not index.reports:
            nothing(
                "This case is empty.", advice="Add reports to see them here.", link=("/add", "Add reports")
            )
            return
        with Tag("form", "", "row ask", action="/reports", method="get"):
            names = [("", "all"), *((name, name) for name in sorted(index.publishers))]
            select("Publisher", names, publisher or "", name="publisher")
            Tag("button", "Show", "button", type="submit")
            Tag("p", "1 report" if total == 1 else f"{total:,} reports", "muted num push")
        if not lines:
            nothing("No report is there.", link=("/reports", "All reports"))
            return
        with Tag("section", "", "panel"), Tag("table", "", "plain reports"):
            with Tag("thead"), Tag("tr"):
                for name in ("Published", "Report", "Publisher", "Events", "Judged"):
                    Tag("th", name, scope="col")
            with Tag("tbody"):
                for line in lines:
                    _show(line)
        _turn_pages(publisher, number, total)


def _show(line: _Line) -> None:
    with Tag("tr"):
        Tag("td", day(line.published), "num nowrap")
        with Tag("td"):
            Tag("a", line.title or "Untitled report", "title-link", href=report_address(line.id))
            if line.origin is not None:
                Tag("p", f"copies “{line.origin}”", "muted small")
        Tag("td", line.publisher or outside_name(line.where), "" if line.publisher else "muted")
        Tag("td", f"{line.events}", "num")
        Tag("td", f"{line.judged}" if line.judged else "", "num muted")


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


def _read(state: AppState, publisher: str | None, offset: int) -> tuple[list[_Line], int]:
    condition, values = ("WHERE r.publisher = ?", (publisher,)) if publisher else ("", ())
    with state.desk.connection() as connection:
        rows = connection.execute(
            "SELECT r.id, r.title, r.publisher, r.published, coalesce(r.url, r.source),"
            " (SELECT count(*) FROM telling t WHERE t.report = r.number),"
            " (SELECT count(decision) FROM telling t WHERE t.report = r.number),"
            " (SELECT coalesce(o.title, 'another report') FROM copy_group g JOIN report o"
            "  ON o.number = g.origin WHERE g.report = r.number AND g.origin <> r.number)"
            f" FROM report r {condition} ORDER BY r.published DESC, r.id LIMIT ? OFFSET ?",
            (*values, _SHOWN, offset),
        ).fetchall()
        [total] = connection.execute(f"SELECT count(*) FROM report r {condition}", values).fetchone()
    return [_Line(*row) for row in rows], int(total)
