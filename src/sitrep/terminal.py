"""Documents and reports as a person reads them on a terminal, and progress while they wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final, TypeVar

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from sitrep.export.flat import speakers
from sitrep.records import Attribution, Document, Event, Place, Report, Toll, words

QUAD_STYLES: Final = {
    "verbal cooperation": "green",
    "material cooperation": "bold green",
    "verbal conflict": "yellow",
    "material conflict": "bold red",
}
# What has not happened must not look as if it had.
STATUS_STYLES: Final = {"planned": "italic", "possible": "italic", "denied": "strike", "called_for": "italic"}

PATIENCE_S: Final = 1.0  # work that is over sooner shows no progress


def document_view(document: Document) -> RenderableType:
    """What a page says of itself, its story, and what was cut and why."""
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column()
    for name in ("title", "section", "authors", "publisher", "published", "language", "url", "source"):
        value = getattr(document, name)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        facts.add_row(name, Text(str(shown)) if shown else Text("not stated", style="dim italic"))
    parts: list[RenderableType] = [facts, Text(), Text(document.text)]
    if document.removed:
        cut = Table(
            box=None,
            show_header=False,
            padding=(0, 2),
            title=f"Cut: {len(document.removed)}",
            title_justify="left",
        )
        cut.add_column(style="dim", no_wrap=True)
        cut.add_column(style="dim", overflow="ellipsis", no_wrap=True)
        for removed in document.removed:
            cut.add_row(removed.reason, Text(" ".join(removed.text.split())))
        parts += [Text(), cut]
    return Padding(Group(*parts), (0, 0, 1, 0))


def report_view(report: Report) -> RenderableType:
    """The events of a report as a table, and who said what, who is who and where is where below it."""
    head = Text(report.title or "(no title)", style="bold")
    facts = [report.publisher, report.section, _day(report.published) or "no date stated", report.source]
    about = Text(" · ".join(fact for fact in facts if fact), style="dim")
    parts: list[RenderableType] = [head, about]
    parts.append(
        _events(report) if report.events else Text("  No political event found.", style="dim italic")
    )
    if report.attributions:
        parts.append(_statements(report))
    parts += [_line("Actors", _actors(report)), _line("Places", _places(report))]
    return Padding(Group(*parts), (0, 0, 1, 0))


def _events(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", expand=True, pad_edge=False)
    table.add_column("When", no_wrap=True, min_width=13)
    table.add_column("What, who to whom, where, by whose word", ratio=1)
    table.add_column("Sure", justify="right", no_wrap=True)
    for event in report.events:
        body = Group(_what(event), _parties(report, event), _voice(report, event))
        table.add_row(_days(event), body, f"{event.confidence:.2f}")
    return table


def _what(event: Event) -> Text:
    what = Text(event.type, style=QUAD_STYLES.get(event.quad or "", ""))
    if event.mode:
        what.append(f" {event.mode}")
    if event.status != "happened":
        what.stylize(STATUS_STYLES[event.status])
        what.append(f" · {event.status.replace('_', ' ')}", style="bold not strike")
    for name, toll in (("killed", event.killed), ("injured", event.injured), ("crowd", event.crowd)):
        if toll:
            what.append(f" · {name} {_toll(toll)}", style="default not strike")
    return what


def _parties(report: Report, event: Event) -> Text:
    names = {actor.id: actor.name for actor in report.actors}
    place = next((place for place in report.places if place.id == event.place), None)
    parties = Text(", ".join(names[actor] for actor in event.actors) or "nobody named")
    if event.recipients:
        parties.append(" → ", style="dim").append(", ".join(names[actor] for actor in event.recipients))
    if place:
        parties.append(" · ", style="dim").append(where(event.type, event.mode, place.name))
    return parties


def where(kind: str, mode: str | None, place: str) -> str:
    """Where an act was, in words: one withdraws from a place, and is done with it."""
    return f"{'from' if (kind, mode) == ('RETREAT', 'withdraw') else 'in'} {place}"


def _voice(report: Report, event: Event) -> Text:
    voice = " ← ".join(reversed(speakers(report, event)))
    trigger = " … ".join(words(report.text, event.trigger))
    return Text(f"according to {voice}, “{trigger}”" if voice else f"“{trigger}”", style="dim")


def _toll(toll: Toll) -> str:
    if toll.high is None:
        return f"{toll.low:,} or more"
    return f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,} to {toll.high:,}"


def _days(event: Event) -> Text:
    earliest, latest = _day(event.earliest), _day(event.latest)
    if earliest and latest:
        shown = earliest if earliest == latest else f"{earliest}\n– {latest}"
    elif earliest:
        shown = f"from {earliest}"
    else:
        shown = f"by {latest}" if latest else ""
    return Text(shown, style="dim" if event.inferred else "")


def _statements(report: Report) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="cyan", ratio=3)
    table.add_column(ratio=9, overflow="ellipsis", no_wrap=True)
    for attribution in report.attributions:
        content = " … ".join(" ".join(part.split()) for part in words(report.text, attribution.content.spans))
        table.add_row(_speaker(report, attribution), Text(content))
    return table


def _speaker(report: Report, attribution: Attribution) -> Text:
    actor = next((actor for actor in report.actors if actor.id == attribution.source.actor), None)
    name = actor.name if actor else " ".join(words(report.text, attribution.source.spans)) or "unnamed source"
    shown = Text(name)
    if attribution.medium:
        shown.append(f" ({attribution.medium})", style="dim")
    return shown


def _line(name: str, content: str) -> RenderableType:
    line = Table.grid(padding=(0, 2))
    line.add_column(style="dim", width=6)
    line.add_column()
    line.add_row(name, Text(content or "none found", style="" if content else "dim italic"))
    return line


def _actors(report: Report) -> str:
    taking_part = {party for event in report.events for party in (*event.actors, *event.recipients)}
    taking_part |= {
        attribution.source.actor for attribution in report.attributions if attribution.source.actor
    }
    shown = []
    for actor in report.actors:
        if actor.id in taking_part:
            codes = " ".join(code for code in (actor.country, *actor.sectors) if code)
            shown.append(f"{actor.name} ({codes})" if codes else actor.name)
    return " · ".join(shown)


def _places(report: Report) -> str:
    return " · ".join(f"{place.name} ({_where(place)})" for place in report.places)


def _where(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return "coordinates not known"
    north = f"{abs(place.latitude):.2f}{'N' if place.latitude >= 0 else 'S'}"
    east = f"{abs(place.longitude):.2f}{'E' if place.longitude >= 0 else 'W'}"
    point = f"{north} {east}"
    return " ".join(part for part in (place.country, "about" if place.inferred else None, point) if part)


def _day(day: date | None) -> str | None:
    return f"{day.day} {day:%b %Y}" if day else None


class _Rate(ProgressColumn):
    """Items a second, and about how long is left."""

    def render(self, task: Task) -> Text:
        if not task.speed:
            return Text()
        left = f"   about {task.time_remaining:.0f} s left" if task.time_remaining is not None else ""
        return Text(f"{task.speed:,.1f} a second{left}", style="dim")


T = TypeVar("T")


def with_progress(
    items: Iterable[T], console: Console, verb: str, total: int | None = None, pause: bool = False
) -> Iterator[T]:
    """`items`, with moving progress on a terminal once the work has taken over a second.

    `pause` clears the line while an item is dealt with: for items that are printed on that terminal.
    """
    if not console.is_terminal:
        yield from items
        return
    begun = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[count]}"), _Rate())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(verb, total=total, count="", visible=False)
        for done, item in enumerate(items, start=1):
            if pause:
                progress.stop()
            yield item
            if pause:
                progress.start()
            count = f"{done:,} / {total:,}" if total else f"{done:,}"
            progress.update(task, completed=done, count=count, visible=time.monotonic() - begun > PATIENCE_S)


@contextmanager
def steps(console: Console, verb: str) -> Iterator[Callable[[int, int], None]]:
    """A callback `(done, total)` that shows how far a long step has come; off a terminal, one line."""
    if not console.is_terminal:
        yield lambda done, total: None if done else console.print(f"{verb} …", highlight=False)
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as progress:
        task = progress.add_task(verb, total=None, visible=False)
        yield lambda done, total: progress.update(task, completed=done, total=total, visible=True)


def counted(number: int, noun: str) -> str:
    """ "1 report", "1,201 reports"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
