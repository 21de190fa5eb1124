"""Actors: everybody whom the reports name, the most reported first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from nicegui import ui

from sitrep.case.filters import like
from sitrep.case.rows import from_text
from sitrep.coding.actors.countries import state_name
from sitrep.web.parts.elements import Tag, field
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import actor_address
from sitrep.web.state import AppState

_SHOWN: Final = 200
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    name: str
    kind: str | None
    country: str | None
    sectors: str
    reports: int


@ui.page("/actors")
async def actors_page(request: Request) -> None:
    state = page_state(request)
    name = request.query_params.get("name", "").strip()[:_LONGEST]
    lines, total = await asyncio.to_thread(_read, state, name)
    with frame(request, "Actors", "/actors"):
        if not total and not name:
            nothing("The reports of this case name nobody yet.", link=("/add", "Add reports"))
            return
        with Tag("form", "", "row ask", action="/actors", method="get"):
            field("Part of a name", name="name", value=name, type="search", placeholder="any")
            Tag("button", "Show", "button", type="submit")
            told = "1 actor" if total == 1 else f"{total:,} actors"
            Tag("p", f"{told}, {len(lines)} shown" if total > len(lines) else told, "muted num push")
        if not lines:
            nothing(f"No actor of this case is called “{name}”.", link=("/actors", "All actors"))
            return
        _show(lines)


def _show(lines: Sequence[_Line]) -> None:
    most = max(line.reports for line in lines)
    with Tag("section", "", "panel"), Tag("table", "", "plain actors"):
        with Tag("thead"), Tag("tr"):
            for heading in ("Actor", "Of", "Sectors", "Reports"):
                Tag("th", heading, scope="col")
        with Tag("tbody"):
            for line in lines:
                with Tag("tr"):
                    with Tag("td"):
                        Tag("a", line.name, "title-link", href=actor_address(line.id))
                        Tag("span", f" {line.kind}" if line.kind else "", "muted small")
                    Tag("td", state_name(line.country) if line.country else "")
                    Tag("td", ", ".join(from_text(line.sectors)), "muted small")
                    with Tag("td", "", "num"):
                        Tag("span", f"{line.reports:,}", "bar-number")
                        Tag("span", "", "bar-of", aria_hidden="true").style(
                            f"width: {72 * line.reports / most:.0f}px"
                        )


def _read(state: AppState, name: str) -> tuple[list[_Line], int]:
    condition = ""
    values: tuple[str, ...] = ()
    if name:
        condition = (
            "WHERE a.id IN (SELECT n.actor FROM name_trait f JOIN name n ON n.key = f.key"
            " WHERE f.trait = 'name' AND f.value LIKE ? ESCAPE '!')"
        )
        values = (like(name),)
    with state.desk.connection() as connection:
        rows = connection.execute(
            f"SELECT a.id, a.name, a.kind, a.country, a.sectors, a.reports FROM case_actor a {condition}"
            " ORDER BY a.reports DESC, a.name, a.id LIMIT ?",
            (*values, _SHOWN),
        ).fetchall()
        [total] = connection.execute(f"SELECT count(*) FROM case_actor a {condition}", values).fetchone()
    return [_Line(*row) for row in rows], int(total)
