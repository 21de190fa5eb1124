"""Review: events that nobody has judged, the least certain first, worked by keyboard."""

from __future__ import annotations

import asyncio
from typing import Any, Final, TypeAlias

from fastapi import Request
from nicegui import ui
from nicegui.events import KeyEventArguments

from sitrep.case import CaseError
from sitrep.case.queries.judging import Waiting
from sitrep.ontology import EVENT_TYPES
from sitrep.web.api import Decide, decide
from sitrep.web.index import STATUSES
from sitrep.web.parts.elements import Tag, button, field, on_value, select
from sitrep.web.parts.frame import frame, nothing, page_state, who_asks
from sitrep.web.parts.labels import act, day, days, event_address, incident_address, quad_dot, status_label
from sitrep.web.parts.living import follow
from sitrep.web.parts.words import passage
from sitrep.web.state import AppState
from sitrep.web.theme import STATUS_NAMES

_LOADED: Final = 60  # events of the queue that are at hand at once
_SHOWN: Final = 14
_KEYS: Final = (
    ("a", "accept"), ("r", "reject"), ("c", "correct"), ("j", "next"), ("k", "previous"), ("u", "undo"),
    ("o", "open the report"),
)  # fmt: skip

_Read: TypeAlias = tuple[list[Waiting], dict[str, str], tuple[int, int]]


@ui.page("/review")
async def review_page(request: Request) -> None:
    state = page_state(request)
    with frame(request, "Review", "/review", css="review"):
        page = _Review(state, who_asks(request))
        await page.load()
        page.build()
        page.show()
        follow(state, page.read, page.take)
        ui.keyboard(on_key=page.key, ignore=["input", "select", "textarea"], repeating=False)


class _Review:
    """One person's way through the queue."""

    def __init__(self, state: AppState, who: str) -> None:
        self.state, self.who = state, who
        self.client = ui.context.client
        self.queue: list[Waiting] = []
        self.texts: dict[str, str] = {}
        self.at = 0
        self.judged = self.total = 0
        self.done: list[tuple[str, str, Waiting]] = []  # ids and kinds of decisions made here, the last last
        self.correcting = False
        self.changes: dict[str, str] = {}
        self.busy = False

    def read(self) -> _Read:
        with self.state.desk.reading() as case:
            queue = case.review.waiting(_LOADED)
            return queue, case.texts({one.report for one in queue}), case.review.progress()

    async def load(self) -> None:
        self.queue, self.texts, (self.judged, self.total) = await asyncio.to_thread(self.read)
        self.at = min(self.at, max(0, len(self.queue) - 1))

    def take(self, read: _Read) -> None:
        """The case changed, by this person or another. Whoever corrects an event goes on with it."""
        queue, texts, (judged, total) = read
        done = {event.key for _, _, event in self.done}
        now = self.current
        waiting = [one for one in queue if one.key not in done]
        if self.correcting or (waiting, judged, total) == (self.queue, self.judged, self.total):
            return
        self.queue, self.texts, self.judged, self.total = waiting, texts, judged, total
        same = [place for place, one in enumerate(waiting) if now is not None and one.key == now.key]
        self.at = same[0] if same else min(self.at, max(0, len(waiting) - 1))
        self.show()

    @property
    def current(self) -> Waiting | None:
        return self.queue[self.at] if self.queue else None

    # --------------------------------------------------------------------------------------------- building

    def build(self) -> None:
        with Tag("div", "", "row review-head"):
            self.progress = Tag("p", "", "num muted", role="status", aria_live="polite")
            with Tag("p", "", "keys muted small"):
                for key, does in _KEYS:
                    Tag("kbd", key)
                    Tag("span", does)
        with Tag("div", "", "columns aside"):
            self.card = Tag("section", "", "panel review-card", aria_label="Event to judge")
            self.list = Tag("nav", "", "panel queue", aria_label="Queue")

    def show(self) -> None:
        left = self.total - self.judged
        self.progress.set_text(f"{self.judged:,} of {self.total:,} events judged, {left:,} to go")
        self.card.clear()
        with self.card:
            self._show_card()
        self.list.clear()
        with self.list:
            self._show_queue()

    def _show_card(self) -> None:
        event = self.current
        if event is None:
            if self.total:
                nothing("Every event has been judged.", link=("/", "To the situation"))
            else:
                nothing("There are no events to judge yet.", link=("/add", "Add reports"))
            self._show_undo()
            return
        with Tag("div", "", "row"):
            quad_dot(event.quad, event.status)
            Tag("h2", act(event.type, event.mode), "review-what")
            status_label(event.status)
            Tag("span", f"{event.confidence:.0%} certain", "muted num small push")
        passage(self.texts[event.report], event.spans, event.trigger)
        with Tag("p", "", "muted small"):
            Tag("a", event.title or "Untitled report", href=event_address(event.key))
            Tag("span", " · " + ", ".join(filter(None, (event.publisher, day(event.published)))))
        with Tag("dl", "", "facts"):
            _fact("Who", event.who)
            _fact("To whom", event.whom)
            _fact("Where", event.place)
            _fact("When", days(event.earliest, event.latest) if event.earliest or event.latest else None)
            _fact("By whose word", event.according_to, "the report's own")
        if self.correcting:
            self._show_correction(event)
        else:
            with Tag("div", "", "row decide"):
                _key_button("Accept", "a", lambda: self.decide("accept"), "main")
                _key_button("Reject", "r", lambda: self.decide("reject"))
                _key_button("Correct", "c", self.correct)
                _key_button("Next", "j", lambda: self.step(1))
                if event.incident:
                    Tag("a", "Its incident", "button", href=incident_address(event.incident))
                self._show_undo()
        self.problem = Tag("p", "", "problem", role="alert")

    def _show_undo(self) -> None:
        if self.done:
            _, kind, event = self.done[-1]
            verb = {"accept": "accepting", "reject": "rejecting", "correct": "correcting"}[kind]
            _key_button(f"Undo {verb} “{act(event.type, event.mode)}”", "u", self.undo, "push")

    def _show_correction(self, event: Waiting) -> None:
        self.changes = {}
        with Tag("form", "", "stack correction") as form:
            with Tag("div", "", "columns thin"):
                modes = [("none", "none"), *((mode, mode) for mode in EVENT_TYPES[event.type].modes)]
                types = [(name, act(name, None)) for name in EVENT_TYPES]
                self._change("type", select("Type", types, event.type, id="correct-first"))
                self._change("mode", select("Mode", modes, event.mode or "none"))
                self._change(
                    "status", select("Status", [(s, STATUS_NAMES[s]) for s in STATUSES], event.status)
                )
                for name, label, value in (
                    ("actors", "Who", event.who), ("recipients", "To whom", event.whom),
                    ("place", "Where", event.place),
                    ("earliest", "First day", event.earliest), ("latest", "Last day", event.latest),
                    ("killed", "Killed", None), ("injured", "Injured", None),
                ):  # fmt: skip
                    kind = "date" if name in ("earliest", "latest") else "text"
                    self._change(name, field(label, type=kind, value=value or "", placeholder="as it stands"))
            Tag(
                "p",
                "Who, to whom and where in words of the report, parted by ;. “none” takes a value away.",
                "muted small",
            )
            with Tag("div", "", "row"):
                Tag("button", "Keep the correction", "button main", type="submit")
                button("Leave it", self.leave)
        form.on("submit.prevent", lambda: self.decide("correct"), [])

    def _change(self, name: str, element: Tag) -> None:
        on_value(element, lambda text: self.changes.__setitem__(name, text.strip() or "none"))

    def _show_queue(self) -> None:
        first = max(0, min(self.at - 4, len(self.queue) - _SHOWN))
        Tag("h2", "Least certain first")
        with Tag("ol", "", "list"):
            for number, event in enumerate(self.queue[first : first + _SHOWN], start=first):
                with (
                    Tag("li"),
                    Tag(
                        "button",
                        "",
                        "queue-item",
                        type="button",
                        aria_current="true" if number == self.at else None,
                    ).on("click", lambda n=number: self.go(n), []),
                ):
                    quad_dot(event.quad, event.status)
                    with Tag("span", "", "queue-text"):
                        Tag("span", act(event.type, event.mode))
                        Tag("span", event.who or "nobody named", "muted small")
                    Tag("span", f"{event.confidence:.0%}", "num muted small")

    # ---------------------------------------------------------------------------------------------- working

    async def key(self, e: KeyEventArguments) -> None:
        if not e.action.keydown or e.modifiers.ctrl or e.modifiers.meta or e.modifiers.alt:
            return
        match str(e.key).lower():
            case "a":
                await self.decide("accept")
            case "r":
                await self.decide("reject")
            case "c":
                self.correct()
            case "j" | "arrowdown":
                self.step(1)
            case "k" | "arrowup":
                self.step(-1)
            case "u":
                await self.undo()
            case "o" if self.current:
                ui.navigate.to(event_address(self.current.key))

    def go(self, number: int) -> None:
        self.at, self.correcting = number, False
        self.show()

    def step(self, by: int) -> None:
        if self.queue:
            self.go(max(0, min(len(self.queue) - 1, self.at + by)))

    def correct(self) -> None:
        if self.current is not None:
            self.correcting = True
            self.show()
            self.client.run_javascript("document.getElementById('correct-first')?.focus()")

    def leave(self) -> None:
        self.correcting = False
        self.show()

    async def decide(self, kind: str) -> None:
        event = self.current
        if event is None or self.busy:
            return
        changes = dict(self.changes) if kind == "correct" else {}
        asked = Decide(kind=kind, event=event.key, changes=changes)  # type: ignore[arg-type]
        self.busy = True
        try:
            made = await asyncio.to_thread(decide, self.state.desk, asked, self.who)
        except CaseError as error:
            self.problem.set_text(str(error))
            return
        finally:
            self.busy = False
        self.done.append((made.id, kind, event))
        self.correcting = False
        del self.queue[self.at]
        self.judged += 1
        if len(self.queue) < _SHOWN < self.total - self.judged:
            await self.load()
        self.at = min(self.at, max(0, len(self.queue) - 1))
        self.show()
        self.state.desk.tell()

    async def undo(self) -> None:
        if not self.done or self.busy:
            return
        id, _, event = self.done.pop()
        self.busy = True
        try:
            await asyncio.to_thread(self._undo, id)
        finally:
            self.busy = False
        self.queue.insert(self.at, event)
        self.judged -= 1
        self.correcting = False
        self.show()
        self.state.desk.tell()

    def _undo(self, id: str) -> None:
        with self.state.desk.writing() as case:
            case.review.undo(id, who=self.who)


def _key_button(text: str, key: str, clicked: Any, css: str = "") -> None:
    with Tag("button", "", f"button {css}".strip(), type="button").on("click", clicked, []):
        Tag("span", text)
        Tag("kbd", key)


def _fact(name: str, value: str | None, otherwise: str = "not told") -> None:
    Tag("dt", name)
    Tag("dd", value or otherwise, "" if value else "muted")
