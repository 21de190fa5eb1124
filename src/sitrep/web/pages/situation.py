"""Situation: map, timeline and table of incidents, narrowed by one set of filters that the address holds."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date

from fastapi import Request
from nicegui import ui

from sitrep.case import CaseError
from sitrep.ontology import QUADS
from sitrep.web.index import STATUSES, Index
from sitrep.web.parts.elements import Tag, button, field, on_value, select
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.grid import IncidentGrid
from sitrep.web.parts.labels import act, quad_dot
from sitrep.web.parts.living import follow, show_once_there
from sitrep.web.parts.map import Map
from sitrep.web.parts.options import Options
from sitrep.web.parts.timeline import Timeline
from sitrep.web.situation import Situation, situation
from sitrep.web.state import AppState
from sitrep.web.theme import QUAD_NAMES, STATUS_NAMES, quad_class
from sitrep.web.view import Box, View, find, view_of


@ui.page("/")
async def situation_page(request: Request) -> None:
    state = page_state(request)
    try:
        view, wrong = view_of(request.query_params), None
    except CaseError as error:
        view, wrong = View(), str(error)
    index = await asyncio.to_thread(state.desk.index)
    with frame(request, "Situation", "/", "wide"):
        if not index.entries:
            nothing(
                "This case holds no incidents yet." if index.reports else "This case is empty.",
                advice="Add reports, and what they tell stands here on a map, a timeline and in a table.",
                link=("/add", "Add reports"),
            )
            show_once_there(state, lambda: bool(state.desk.index().entries))
            return
        desk = _Desk(state, view)
        with Tag("div", "", "situation"):
            desk.build()
        desk.show(wrong)
        follow(state, state.desk.index, lambda index: desk.show())


class _Desk:
    """One person's view of the situation, and the elements that show it."""

    def __init__(self, state: AppState, view: View) -> None:
        self.state, self.view = state, view
        self.client = ui.context.client

    # ------------------------------------------------------------------------------------------- building

    def build(self) -> None:
        index = self.state.desk.index()
        with Tag("div", "", "filters", role="group", aria_label="Filters") as self.filters:
            self.actor = field(
                "Actor", value=self.view.actor or "", list="actors", placeholder="any", autocomplete="off"
            )
            Options("actors", (name for _, name in index.actors))
            on_value(self.actor, lambda text: self.change(actor=text.strip() or None))
            self.place = field("Place", value=self.view.place or "", placeholder="any", autocomplete="off")
            on_value(self.place, lambda text: self.change(place=text.strip() or None))
            types = [("", "any"), *((type, act(type, None)) for type in sorted(index.types))]
            self.type = select("Type", types, self.view.type or "", "foldable")
            on_value(self.type, lambda text: self.change(type=text or None))
            publishers = [("", "any"), *((name, name) for name in sorted(index.publishers))]
            self.publisher = select("Publisher", publishers, self.view.publisher or "", "foldable")
            on_value(self.publisher, lambda text: self.change(publisher=text or None))
            least = [("1", "1 or more"), ("2", "2 or more"), ("3", "3 or more"), ("5", "5 or more")]
            self.least = select("Sources", least, str(self.view.least), "short foldable")
            on_value(self.least, lambda text: self.change(least=int(text)))
            self.since = field("From", css="day foldable", type="date", min=index.first, max=index.last)
            on_value(self.since, lambda text: self.change(since=_day(text)))
            self.until = field("To", css="day foldable", type="date", min=index.first, max=index.last)
            on_value(self.until, lambda text: self.change(until=_day(text)))
            self.clear = button("Show all", self._clear)
            button("More filters", self._fold, "filters-fold")
            with Tag("div", "", "total"):
                self.total = Tag("p", "", "num", role="status", aria_live="polite")
                self.mark = button(
                    "",
                    lambda: self.change(at=None),
                    "plain",
                    aria_pressed="true",
                    title="Show the rest again",
                )
                self.unplaced = button("", self._toggle_unplaced, "plain", aria_pressed="false")
        with Tag("div", "", "map-row"):
            self.map = Map(
                label="Map of incidents",
                tiles=self.state.settings.tiles,
                on_box=self._box,
                on_place=self._place,
            )
            with Tag("div", "", "legend"):
                with Tag("div", "", "chips", role="group", aria_label="Kind of act"):
                    self.quads = {quad: self._chip("quad", quad, QUAD_NAMES[quad]) for quad in QUADS}
                with Tag("div", "", "chips", role="group", aria_label="Status"):
                    self.statuses = {
                        status: self._chip("status", status, STATUS_NAMES[status]) for status in STATUSES
                    }
                Tag("p", "A square: somewhere in a country or province", "legend-note muted")
        self.timeline = Timeline(label="Timeline of incidents", on_days=self._days)
        self.grid = IncidentGrid(label="Table of incidents", on_sort=lambda sort: self.change(sort=sort))

    def _chip(self, name: str, value: str, text: str) -> Tag:
        """One of the marks that the map is drawn in: it explains and filters."""
        css = quad_class(value) if name == "quad" else quad_class(None)
        with button("", lambda: self._toggle(name, value), css, aria_pressed="true") as chip:
            quad_dot(value if name == "quad" else None, "happened" if name == "quad" else value)
            Tag("span", text)
        return chip

    # ------------------------------------------------------------------------------------------ what is asked

    def change(self, **changes: object) -> None:
        """Look at another part of the case."""
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self.show()
        address = "/" + (f"?{self.view.query()}" if self.view.query() else "")
        self.client.run_javascript(f"history.replaceState(null, '', {json.dumps(address)})")

    def _toggle(self, name: str, value: str) -> None:
        """One of several: the first click keeps it alone, further ones add to it or take it out."""
        kept: tuple[str, ...] = getattr(self.view, name)
        known = QUADS if name == "quad" else STATUSES
        now = set(kept) ^ {value}
        chosen = tuple(one for one in known if one in now)
        self.change(**{name: () if len(chosen) == len(known) else chosen})

    def _box(self, box: Box | None) -> None:
        self.change(box=box)

    def _place(self, key: str) -> None:
        self.change(at=None if self.view.at == key else key)

    def _days(self, since: date | None, until: date | None) -> None:
        self.change(since=since, until=until)

    def _toggle_unplaced(self) -> None:
        self.change(placed=None if self.view.placed == "no" else "no")

    def _clear(self) -> None:
        self.change(**{name: getattr(View(), name) for name in View.__slots__})

    def _fold(self) -> None:
        self.filters.classes(toggle="open")

    # --------------------------------------------------------------------------------------------- showing it

    def show(self, wrong: str | None = None) -> None:
        index = self.state.desk.index()
        try:
            with self.state.desk.reading() as case:
                found = situation(index, find(case, index, self.view), self.view)
        except CaseError as error:
            wrong, found = str(error), Situation(0, 0, [], "day", [])
        self._say(found, index, wrong)
        view = self.view
        for element, value in (
            (self.actor, view.actor), (self.type, view.type), (self.place, view.place),
            (self.publisher, view.publisher),
            (self.least, str(view.least)), (self.since, view.since), (self.until, view.until),
        ):  # fmt: skip
            _set(element, str(value) if value else "")
        for quad, chip in self.quads.items():
            _press(chip, not view.quad or quad in view.quad)
        for status, chip in self.statuses.items():
            _press(chip, not view.status or status in view.status)
        self.clear.props["disabled"] = view.is_all
        self.clear.update()
        self.map.show(found.marks, view.box)
        self.map.say(
            "" if found.marks else "None of these tells a place." if found.total else "Nothing is found."
        )
        self.timeline.show(found.step, found.bars, view.since, view.until)
        self.grid.show(
            replace(view, sort="-day").query() if not wrong else "from=0001-01-01&to=0001-01-01",
            view.sort,
            index.version,
        )

    def _say(self, found: Situation, index: Index, wrong: str | None) -> None:
        all_of = len(index.entries)
        if wrong:
            text = wrong
        elif found.total == all_of:
            text = f"{found.total:,} incidents"
        else:
            text = f"{found.total:,} of {all_of:,} incidents"
        at = index.number_of(self.view.at)
        if at is not None:
            site = index.sites[at]
            self.mark.set_text(f"{'Somewhere in ' if site.is_wide else ''}{site.name} ×")
        self.mark.props["hidden"] = at is None
        self.mark.update()
        shown = found.unplaced > 0 and not wrong
        self.unplaced.set_text(f"{found.unplaced:,} without a place" if shown else "")
        self.unplaced.props["hidden"] = not shown
        self.unplaced.props["title"] = "Nothing says where they were. Show only these, or all again."
        _press(self.unplaced, self.view.placed == "no")
        self.unplaced.update()
        self.total.classes(add="problem" if wrong else "", remove="" if wrong else "problem")
        self.total.set_text(text)


def _set(element: Tag, value: str) -> None:
    if element.props.get("value") != value:
        element.props["value"] = value
        element.update()


def _press(chip: Tag, on: bool) -> None:
    pressed = "true" if on else "false"
    if chip.props.get("aria-pressed") != pressed:
        chip.props["aria-pressed"] = pressed
        chip.update()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
