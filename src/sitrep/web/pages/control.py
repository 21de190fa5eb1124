"""Control: who held what on a day, by whose word, on a map and in a list, and how that changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import Request
from nicegui import ui

from sitrep.brief.phrases import listed, tell_holding
from sitrep.case.queries.control import Ground
from sitrep.records import Holding
from sitrep.web.holding import COLOURS, OTHER, Spot, Struggle, marks, pattern, struggle
from sitrep.web.index import is_area
from sitrep.web.parts.days import Days
from sitrep.web.parts.elements import Tag
from sitrep.web.parts.frame import frame, nothing, page_state
from sitrep.web.parts.labels import day as written
from sitrep.web.parts.labels import event_address
from sitrep.web.parts.living import follow, show_once_there
from sitrep.web.parts.map import Map
from sitrep.web.parts.sheet import use_sheet
from sitrep.web.state import AppState

_MOST: Final = 120  # places in the list: with more, going from day to day would no longer be at once
_GROUNDS: Final = 4


@ui.page("/control")
async def control_page(request: Request) -> None:
    state = page_state(request)
    shown, known = await asyncio.to_thread(_read, state)
    with frame(request, "Control", "/control", "wide"):
        use_sheet("control")
        if shown is None:
            nothing(
                "No report of this case tells who holds, took or left a place.",
                advice="Where one does, the place stands here on a map, from day to day.",
                link=("/add", "Add reports"),
            )
            show_once_there(state, lambda: _read(state)[0] is not None)
            return
        page = _Control(state, shown, known)
        page.build(_asked(request.query_params.get("day"), shown))
        page.show()
        follow(state, lambda: _read(state), page.take)


def _read(state: AppState) -> tuple[Struggle | None, dict[str, Ground]]:
    with state.desk.reading() as case:
        held = case.control()
        return struggle(held), case.grounds({key for one in held for key in one.holding.tellings})


def _asked(text: str | None, shown: Struggle) -> date:
    """The day that the address asks for, as near as the slider goes; without one, the last."""
    try:
        asked = date.fromisoformat(text) if text else shown.last
    except ValueError:
        asked = shown.last
    return min(max(asked, shown.first), shown.last)


class _Control:
    """One person's way through the days."""

    def __init__(self, state: AppState, shown: Struggle, known: Mapping[str, Ground]) -> None:
        self.state, self.shown, self.known = state, shown, known
        self.client = ui.context.client
        self.spots: list[Spot] | None = None

    def build(self, day: date) -> None:
        self.day = day
        with Tag("div", "", "control"):
            with Tag("div", "", "control-bar"):
                Days(
                    self.shown.first, self.shown.last, self.shown.changes, day,
                    label="Day on which places are shown", on_day=self.go,
                )  # fmt: skip
            with Tag("div", "", "map-row"):
                self.map = Map(
                    label="Map of who holds what", tiles=self.state.settings.tiles, on_place=self._place
                )
                self.map.begin_with(self.shown.points)
                self.legend = Tag("ul", "", "legend sides", aria_label="Sides")
                self._legend()
            with Tag("section", "", "control-list", aria_label="Who held what", tabindex=0):
                self.total = Tag("p", "", "muted small num", role="status", aria_live="polite")
                self.list = Tag("ul", "", "list")

    def _legend(self) -> None:
        self.legend.clear()
        with self.legend:
            for side in self.shown.sides[: len(COLOURS)]:
                with Tag("li"):
                    Tag("span", "", "swatch", aria_hidden="true").style(f"--side: {side.colour}")
                    others = [name for name in side.holders if name != side.name]
                    Tag("span", side.name, title=f"also {listed(others)}" if others else None)
            if len(self.shown.sides) > len(COLOURS):
                with Tag("li"):
                    Tag("span", "", "swatch", aria_hidden="true").style(f"--side: {OTHER}")
                    Tag("span", f"{len(self.shown.sides) - len(COLOURS)} others")
            with Tag("li"):
                Tag("span", "", "swatch is-contested", aria_hidden="true")
                Tag("span", "two are told to hold it")
            with Tag("li"):
                Tag("span", "", "swatch is-open", aria_hidden="true")
                Tag("span", "left, to nobody named")
            if any(is_area(one.place) for one in self.shown.held):
                Tag("li", "A square: a country or region as a whole", "legend-note muted")

    def go(self, day: date) -> None:
        self.day = day
        self.show()
        self.client.run_javascript(f"history.replaceState(null, '', {json.dumps(f'/control?day={day}')})")

    def take(self, read: tuple[Struggle | None, dict[str, Ground]]) -> None:
        """The case changed. The slider keeps its days until the page is opened anew."""
        shown, known = read
        if shown is not None and (shown, known) != (self.shown, self.known):
            self.shown, self.known, self.spots = shown, known, None
            self._legend()
            self.show()

    def show(self) -> None:
        spots = self.shown.on(self.day)
        on = f"on {written(self.day)}"
        self.total.set_text(f"1 place {on}" if len(spots) == 1 else f"{len(spots):,} places {on}")
        if spots == self.spots:
            return
        before = {spot.key: spot.held for spot in self.spots or spots}
        self.spots = spots
        self.map.show_held(marks(self.shown, spots))
        self.list.clear()
        with self.list:
            for number, spot in enumerate(spots[:_MOST]):
                self._show_spot(number, spot, is_new=before.get(spot.key) != spot.held)
            if len(spots) > _MOST:
                Tag("li", f"and {len(spots) - _MOST:,} more, which the map shows", "muted")

    def _show_spot(self, number: int, spot: Spot, is_new: bool) -> None:
        with Tag("li", "", "spot is-new" if is_new else "spot", id=f"spot-{number}", tabindex=-1):
            with Tag("h2", "", "spot-name"):
                kind = pattern(spot)
                swatch = Tag("span", "", f"swatch is-{kind}", aria_hidden="true")
                swatch.style(f"--side: {self.shown.colour(spot.held[0])}")
                if len(spot.held) > 1:
                    swatch.style(f"--other: {self.shown.colour(spot.held[1])}")
                Tag("span", spot.name)
                if kind == "contested":
                    Tag("span", "contested", "tag")
                if spot.latitude is None:
                    Tag("span", "not on the map", "tag quiet")
            for holding in spot.held:
                self._show_holding(spot, holding)

    def _show_holding(self, spot: Spot, holding: Holding) -> None:
        with Tag("div", "", "holding"):
            Tag("p", tell_holding(spot.name, holding).replace(_CONTESTED, ""))
            word = listed([one.name for one in holding.claimants]) or "the publishers' own"
            Tag("p", f"By whose word: {word}", "muted small")
            told = [self.known[key] for key in holding.tellings if key in self.known]
            with Tag("ul", "", "grounds"):
                for ground in told[:_GROUNDS]:
                    with Tag("li"):
                        Tag("a", f"“{ground.sentence}”", "ground", href=event_address(ground.key))
                        Tag(
                            "span",
                            f" {ground.publisher or 'unnamed publisher'}, {written(ground.published)}",
                            "muted small",
                        )
                if len(told) > _GROUNDS:
                    Tag("li", f"and {len(told) - _GROUNDS} more", "muted small")

    def _place(self, key: str) -> None:
        numbers = [number for number, spot in enumerate(self.spots or []) if spot.key == key]
        if numbers:
            self.client.run_javascript(
                f"const spot = document.getElementById('spot-{numbers[0]}');"
                " spot?.scrollIntoView({block: 'nearest'}); spot?.focus({preventScroll: true});"
            )


_CONTESTED: Final = " Accounts of who holds it contradict each other."  # the list marks it by itself
