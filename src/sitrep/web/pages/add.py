"""Add: paste a report, upload files or give an address; coded in a process of its own, with progress."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from fastapi import Request
from nicegui import ui
from nicegui.element import Element

from sitrep.case import CaseError
from sitrep.web.adding import Job
from sitrep.web.api import AddText, piece_of
from sitrep.web.parts.elements import Tag, field, on_value
from sitrep.web.parts.frame import frame, page_state
from sitrep.web.parts.labels import report_address
from sitrep.web.state import AppState

_LOOK_S: Final = 0.3  # how often progress is looked at while something is under way
_STATES: Final = {
    "waiting": "Waiting for the coder to be ready",
    "fetching": "Fetching the page",
    "reading": "Reading",
    "coding": "Coding",
    "done": "Done",
    "failed": "Not added",
}


class Uploader(Element, component="../parts/sitrep_upload.js"):
    """Files by choosing or dropping, sent to the API as any program would; `on_job` hears of the job's id."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self.props["most"] = most_bytes


@ui.page("/add")
async def add_page(request: Request) -> None:
    state = page_state(request)
    state.coder.warm()
    with frame(request, "Add reports", "/add"), Tag("div", "", "columns"):
        page = _AddPage(state)
        with Tag("div"):
            page.build_forms()
        with Tag("section", "", "panel", aria_live="polite"):
            Tag("h2", "Added since the server started")
            page.jobs = Tag("div", "", "jobs")
        page.show()
        ui.timer(_LOOK_S, page.look)


class _AddPage:
    def __init__(self, state: AppState) -> None:
        self.state = state
        self.values: dict[str, str] = {}
        self.shown: tuple[Any, ...] = ()
        self.jobs: Tag

    def build_forms(self) -> None:
        with Tag("section", "", "panel"):
            Tag("h2", "From an address")
            with Tag("form", "", "stack") as form:
                self._field("url", "Address of one page", type="url", placeholder="https://", required=True)
                Tag("button", "Fetch and add", "button main", type="submit")
            form.on("submit.prevent", lambda: self._add("url"), [])
        with Tag("section", "", "panel"):
            Tag("h2", "Pasted text")
            with Tag("form", "", "stack") as form:
                self._field("text", "The report", kind="textarea", required=True, maxlength=400_000)
                with Tag("div", "", "columns thin"):
                    self._field("title", "Title", maxlength=500)
                    self._field("publisher", "Publisher", maxlength=200)
                    self._field("published", "Published", type="date")
                Tag("button", "Add", "button main", type="submit")
            form.on("submit.prevent", lambda: self._add("text", "title", "publisher", "published"), [])
            self.problem = Tag("p", "", "problem", role="alert")
        with Tag("section", "", "panel"):
            Tag("h2", "Files")
            Uploader(self.state.settings.max_upload_bytes).on("job", lambda: self.show(), [])
            Tag(
                "p",
                "Text, HTML, Markdown or JSONL (one report a line, with text, title, url, published).",
                "muted small",
            )

    def _field(self, name: str, label: str, kind: str = "input", **attributes: Any) -> None:
        element = field(label, kind, **attributes)
        on_value(element, lambda text: self.values.__setitem__(name, text), "input")
        element.props["id"] = f"add-{name}"

    def _add(self, *names: str) -> None:
        given = {name: self.values.get(name, "").strip() or None for name in names}
        try:
            published = (
                date.fromisoformat(given.pop("published", None) or "") if given.get("published") else None
            )
            given.pop("published", None)
            piece = piece_of(AddText(**given, published=published))
        except (CaseError, ValueError) as error:
            self.problem.set_text(
                str(error) if isinstance(error, CaseError) else "That cannot be added as it is."
            )
            return
        self.problem.set_text("")
        self.state.adding.start([piece])
        for name in names:
            self.values.pop(name, None)
        ui.run_javascript(
            "for (const id of %s) document.getElementById(id).value = ''" % [f"add-{name}" for name in names]
        )
        self.show()

    def look(self) -> None:
        if self._state() != self.shown:
            self.show()

    def _state(self) -> tuple[Any, ...]:
        return tuple(
            (job.id, job.state, job.done, len(job.reports), len(job.skipped))
            for job in self.state.adding.jobs()
        )

    def show(self) -> None:
        self.shown = self._state()
        self.jobs.clear()
        with self.jobs:
            if not self.shown:
                Tag("p", "Nothing yet. What you add is coded here, and then stands on every page.", "muted")
            for job in self.state.adding.jobs():
                _show_job(job)


def _show_job(job: Job) -> None:
    with Tag("article", "", "job"):
        names = ", ".join(job.names[:3]) + (f" and {len(job.names) - 3} more" if len(job.names) > 3 else "")
        Tag("h3", names)
        told = _STATES[job.state]
        if job.state == "coding" and job.total:
            told = f"Coding: {job.done} of {job.total}"
        elif job.state == "done":
            events = sum(report.events for report in job.reports if report.outcome != "unchanged")
            told = f"Done: {_count(len(job.reports), 'report')}, {_count(events, 'event')}"
        Tag("p", told, "muted small")
        if not job.is_over:
            Tag(
                "progress",
                "",
                max=job.total or None,
                value=job.done if job.total else None,
                aria_label="Progress",
            )
        if job.failure:
            Tag("p", job.failure, "problem small")
        with Tag("ul", "", "list"):
            for report in job.reports[-20:]:
                with Tag("li"):
                    Tag("a", report.title or report.source, href=report_address(report.id))
                    held = " (held already)" if report.outcome == "unchanged" else ""
                    Tag("span", f" {_count(report.events, 'event')}{held}", "muted small")
            for skipped in job.skipped[-20:]:
                Tag("li", skipped, "problem small")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
