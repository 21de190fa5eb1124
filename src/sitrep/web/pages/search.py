"""Search: one question to reports, actors and claims."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import Request
from nicegui import ui

from sitrep.brief.phrases import listed
from sitrep.case import CaseError
from sitrep.case.queries.actors import CaseActor
from sitrep.case.queries.claims import ClaimLine
from sitrep.case.queries.search import Hit
from sitrep.coding.actors.countries import state_name
from sitrep.web.parts.elements import Tag
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import (
    act,
    actor_address,
    day,
    event_address,
    quad_dot,
    report_address,
    status_label,
)
from sitrep.web.parts.living import keep_current
from sitrep.web.parts.words import snippet
from sitrep.web.state import AppState

_REPORTS, _ACTORS, _CLAIMS = 30, 8, 20
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class _Results:
    reports: Sequence[Hit]
    actors: Sequence[CaseActor]
    claims: Sequence[ClaimLine]


@ui.page("/search")
async def search_page(request: Request) -> None:
    state = page_state(request)
    words = request.query_params.get("q", "").strip()[:_LONGEST]
    with frame(request, f"Search: {words}" if words else "Search", css="search"):
        with Tag("form", "", "row ask", action="/search", method="get"):
            Tag(
                "input",
                "",
                "ask-words",
                type="search",
                name="q",
                value=words,
                autofocus=True,
                aria_label="Search for",
            )
            Tag("button", "Search", "button main", type="submit")
        Tag(
            "p",
            'All of the words, in any form. Or: "a phrase", one OR other, NOT that, begin*.',
            "muted small",
        )
        if not words:
            return
        try:
            found = await asyncio.to_thread(_search, state, words)
        except CaseError as error:
            nothing(str(error))
            return
        keep_current(state, found, lambda: _search(state, words), lambda now: _show(now, words))


def _show(found: _Results, words: str) -> None:
    if not (found.reports or found.actors or found.claims):
        nothing(
            f"Nothing in this case holds “{words}”.",
            advice="Try fewer words, or part of a name with * after it.",
        )
        return
    with Tag("div", "", "columns aside"):
        with Tag("div"):
            _show_reports(found.reports)
        with Tag("div"):
            _show_actors(found.actors)
            _show_claims(found.claims)


def _search(state: AppState, words: str) -> _Results:
    with state.desk.reading() as case:
        hits = case.search(words, limit=_REPORTS)
        actors = case.actors(words.strip('"*'), limit=_ACTORS)
        claims = case.overview.claims([key for hit in hits for key in hit.events][:_CLAIMS])
    return _Results(hits, actors, claims)


def _show_reports(hits: Sequence[Hit]) -> None:
    with Tag("section", "", "panel"):
        Tag("h2", f"Reports ({len(hits)}{'+' if len(hits) == _REPORTS else ''})")
        if not hits:
            Tag("p", "No report's text holds it.", "muted")
        with Tag("ul", "", "list"):
            for hit in hits:
                with Tag("li"):
                    Tag("a", hit.title or "Untitled report", "title-link", href=report_address(hit.report))
                    Tag("p", " · ".join(filter(None, (hit.publisher, day(hit.published)))), "muted small")
                    snippet(hit.snippet)


def _show_actors(actors: Sequence[CaseActor]) -> None:
    with Tag("section", "", "panel"):
        Tag("h2", "Actors")
        if not actors:
            Tag("p", "No actor is called so.", "muted")
        with Tag("ul", "", "list"):
            for actor in actors:
                with Tag("li"):
                    Tag("a", actor.name, "title-link", href=actor_address(actor.id))
                    told = [state_name(actor.country)] if actor.country else []
                    told.append("1 report" if actor.reports == 1 else f"{actor.reports} reports")
                    Tag("p", " · ".join(told), "muted small")


def _show_claims(claims: Sequence[ClaimLine]) -> None:
    with Tag("section", "", "panel"):
        Tag("h2", "Claims")
        if not claims:
            Tag("p", "No event's own words hold it.", "muted")
        with Tag("ul", "", "list"):
            # One sentence may tell several events.
            for (_, sentence), its in groupby(claims, lambda one: (one.key.rpartition("/")[0], one.sentence)):
                told = list(its)
                with Tag("li"):
                    for claim in told:
                        with Tag("p", "", "row"):
                            quad_dot(claim.quad, claim.status)
                            Tag("a", act(claim.type, claim.mode), "title-link", href=event_address(claim.key))
                            if claim.status != "happened":
                                status_label(claim.status)
                    Tag("blockquote", sentence, "words small")
                    sources = listed(list(dict.fromkeys(claim.source for claim in told)))
                    Tag("p", f"{sources}, {day(told[0].said)}", "muted small")
