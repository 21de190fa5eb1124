"""BRAT's standoff files: a folder with a text, its annotations, and how BRAT should show them.

Open the folder as a BRAT collection. A trigger of several parts is a discontinuous span. The status of an
event and the kind of an attribution are attributes; an attribution is an event of its own, with source and
content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from sitrep.ontology import EVENT_TYPES
from sitrep.records import Report, Spans, Status

_STATUSES: Final[tuple[Status, ...]] = ("happened", "planned", "possible", "denied", "called_for")


class StandoffWriter:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        (folder / "annotation.conf").write_text(_configuration(), encoding="utf-8")

    def write(self, report: Report) -> None:
        name = re.sub(r"[^\w.-]+", "-", Path(report.source).stem).strip("-") or "report"
        stem = f"{name}-{report.id.removeprefix('sha256:')[:8]}"
        (self._folder / f"{stem}.txt").write_text(report.text, encoding="utf-8", newline="\n")
        lines = "".join(f"{line}\n" for line in lines_of(report))
        (self._folder / f"{stem}.ann").write_text(lines, encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def lines_of(report: Report) -> Iterator[str]:
    """The lines of one report's .ann file."""
    numbers = _Numbers()
    first: dict[str, str] = {}  # the text-bound annotation that stands for a record
    named = [("Actor", actor.id, actor.mentions) for actor in report.actors]
    named += [("Place", place.id, place.mentions) for place in report.places]
    for label, id, mentions in named:
        for span in mentions:
            bound, line = _bound(numbers, label, (span,), report.text)
            first.setdefault(id, bound)
            yield line
    for time in report.times:
        name, line = _bound(numbers, "Time", ((time.start, time.end),), report.text)
        first[time.id] = name
        yield line
    for event in report.events:
        trigger, line = _bound(numbers, event.type, event.trigger, report.text)
        yield line
        roles = [("Actor", id) for id in event.actors] + [("Recipient", id) for id in event.recipients]
        roles += [("Place", event.place)] if event.place else []
        name = numbers.next("E")
        yield f"{name}\t{event.type}:{trigger}{_arguments(roles, first)}"
        yield f"{numbers.next('A')}\tStatus {name} {event.status}"
    for attribution in report.attributions:
        spans = attribution.cue.spans or attribution.content.spans
        if not spans:
            continue
        trigger, line = _bound(numbers, "Attribution", spans, report.text)
        yield line
        content, line = _bound(numbers, "Content", attribution.content.spans, report.text)
        yield line
        source = first.get(attribution.source.actor or "")
        if source is None and attribution.source.spans:
            source, line = _bound(numbers, "Source", attribution.source.spans, report.text)
            yield line
        name = numbers.next("E")
        said = f" Source:{source}" if source else ""
        yield f"{name}\tAttribution:{trigger}{said} Content:{content}"
        yield f"{numbers.next('A')}\tKind {name} {attribution.kind}"


class _Numbers:
    """T1, T2, … and E1, … and A1, …: BRAT numbers each kind of line by itself."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, kind: str) -> str:
        self._last[kind] = self._last.get(kind, 0) + 1
        return f"{kind}{self._last[kind]}"


def _bound(numbers: _Numbers, label: str, spans: Spans, text: str) -> tuple[str, str]:
    # A span may not run over a line break: BRAT wants one fragment a line.
    parts = [part for start, end in spans for part in _fragments(text, start, end)]
    name = numbers.next("T")
    where = ";".join(f"{start} {end}" for start, end in parts)
    return name, f"{name}\t{label} {where}\t{' '.join(text[start:end] for start, end in parts)}"


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]*\S", text[start:end]):
        yield start + line.start() + (len(line.group()) - len(line.group().lstrip())), start + line.end()


def _arguments(roles: Sequence[tuple[str, str]], first: dict[str, str]) -> str:
    counts: dict[str, int] = {}
    found = ""
    for role, id in roles:
        if id in first:
            counts[role] = counts.get(role, 0) + 1
            found += f" {role}{counts[role] if counts[role] > 1 else ''}:{first[id]}"
    return found


def _configuration() -> str:
    events = "\n".join(f"{name}\tActor*:Actor, Recipient*:Actor, Place?:Place" for name in EVENT_TYPES)
    statuses = "|".join(_STATUSES)
    return (
        "[entities]\nActor\nPlace\nTime\nSource\nContent\n\n[relations]\n\n[events]\n"
        f"{events}\nAttribution\tSource?:Actor|Source, Content:Content\n\n[attributes]\n"
        f"Status\tArg:<EVENT>, Value:{statuses}\n"
        "Kind\tArg:Attribution, Value:direct|indirect|mixed\n"
    )
