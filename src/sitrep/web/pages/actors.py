"""Actors: everybody whom the reports name, the most reported first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from fastapi import Request
from nicegui import ui

from sitrep.case.queries.actors import ActorLine
from sitrep.web.cards import country, sector
from sitrep.web.parts.elements import Tag, field
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import actor_address
from sitrep.web.parts.living import keep_current, show_once_there
from sitrep.web.state import AppState

_SHOWN: Final = 200
_LONGEST: Final = 200


@ui.page("/actors")
async def actors_page(request: Request) -> None:
    state = page_state(request)
    name = request.query_params.get("name", "").strip()[:_LONGEST]
    found = await asyncio.to_thread(_read, state, name)
    with frame(request, "Actors", "/actors"):
        if not found[1] and not name:
            nothing("The reports of this case name nobody yet.", link=("/add", "Add reports"))
            show_once_there(state, lambda: bool(state.desk.index().actors))
            return
        with Tag("form", "", "row ask", action="/actors", method="get"):
            field("Part of a name", name="name", value=name, type="search", placeholder="any")
            Tag("button", "Show", "button", type="submit")
            total = Tag("p", "", "muted num push")
        keep_current(state, found, lambda: _read(state, name), lambda now: _show(*now, total, name))


def _show(lines: Sequence[ActorLine], total: int, told: Tag, name: str) -> None:
    number = "1 actor" if total == 1 else f"{total:,} actors"
    told.set_text(f"{number}, {len(lines)} shown" if total > len(lines) else number)
    if not lines:
        nothing(f"No actor of this case is called “{name}”.", link=("/actors", "All actors"))
        return
    most = max(line.reports for line in lines)
    with Tag("section", "", "panel"), Tag("table", "", "plain actors"):
        with Tag("thead"), Tag("tr"):
            for heading in ("Actor", "Country", "Sectors", "Reports"):
                Tag("th", heading, scope="col")
        with Tag("tbody"):
            for line in lines:
                with Tag("tr"):
                    with Tag("td"):
                        Tag("a", line.name, "title-link", href=actor_address(line.id))
                        Tag("span", f" {line.kind}" if line.kind else "", "muted small")
                    Tag("td", country(line.country) if line.country else "")
                    Tag("td", "; ".join(map(sector, line.sectors)), "muted small")
                    with Tag("td", "", "num"):
                        Tag("span", f"{line.reports:,}", "bar-number")
                        Tag("span", "", "bar-of", aria_hidden="true").style(
                            f"width: {72 * line.reports / most:.0f}px"
                        )


def _read(state: AppState, name: str) -> tuple[list[ActorLine], int]:
    with state.desk.reading() as case:
        return case.overview.actors(name, _SHOWN), case.overview.count_actors(name)
