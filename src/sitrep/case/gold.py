"""What people decided as gold sets, in the format of the public scorers: one JSON object a line.

An event that was accepted or corrected says what is right of its words. What nobody decided on, and what was
rejected, is in no gold set: the scorers have no place for it; `evaluate` counts it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sitrep.case import decisions as decided
from sitrep.case.binding import read_corrected, shift_of
from sitrep.case.decisions import ON_EVENTS, Decision
from sitrep.case.reports import number_of, read_report
from sitrep.case.rows import to_spans
from sitrep.records import Event, Report, Spans


@dataclass(frozen=True, slots=True)
class Judged:
    """One event that people decided on: the passage it is told in, and what of it is right."""

    id: str
    report: Report  # as corrected
    event: Event | None  # None where people rejected it, or the coder no longer finds it
    target: Mapping[str, Any]  # what was decided on
    rejected: bool
    start: int  # where the passage starts in the report's text
    text: str


def judged(connection: sqlite3.Connection) -> Iterator[Judged]:
    """Each event that people decided on, by the words they decided on, in the order of reports."""
    pins = decided.elsewhere(connection)
    made: dict[str, list[Decision]] = {}
    for decision in decided.log(connection):
        if decision.kind in ON_EVENTS and not decision.undone:
            made.setdefault(decision.target["report"], []).append(decision)
    for id, ones in sorted(made.items()):
        number = number_of(connection, id)
        if number is None:
            continue
        report = read_report(connection, number)
        reading = read_corrected(report, ones, pins)
        events = {event.id: event for event in reading.report.events}
        for name, verdict in sorted(reading.verdicts.items(), key=lambda item: int(item[0][1:] or 0)):
            [last] = [one for one in ones if one.id == verdict.decisions[-1]]
            yield _judged(reading.report, events[name], last, verdict.decision == "rejected")
        for decision in ones:
            if decision.id in reading.unbound and shift_of(decision.target, report.text) is not None:
                yield _judged(reading.report, None, decision, decision.kind == "reject")


def _judged(report: Report, event: Event | None, decision: Decision, rejected: bool) -> Judged:
    by = shift_of(decision.target, report.text) or 0
    start, end = _passage(report.text, decision.target["start"] + by, len(decision.target["quote"]))
    name = event.id if event else decision.id
    return Judged(
        f"{report.id}/{name}", report, None if rejected else event, decision.target, rejected, start,
        report.text[start:end],
    )  # fmt: skip


def _passage(text: str, start: int, length: int) -> tuple[int, int]:
    """The paragraphs that hold the evidence: a scorer's text must hold every span, and its context."""
    begin = text.rfind("\n\n", 0, start)
    end = text.find("\n\n", start + length)
    return (begin + 2 if begin >= 0 else 0), (end if end >= 0 else len(text))


def relation(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """{"id", "text", "actor", "recipient", "type"}: events between two parties that are right."""
    for one in judged(connection):
        if one.event is None:
            continue
        actor = _within(one, *(_mentions(one, id) for id in one.event.actors))
        recipient = _within(one, *(_mentions(one, id) for id in one.event.recipients))
        if actor and recipient:
            yield {
                "id": one.id, "text": one.text, "actor": actor, "recipient": recipient, "type": one.event.type
            }  # fmt: skip


def roles(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """{"id", "text", "actors", "recipients"}: the passage and the words of who and whom."""
    for one in judged(connection):
        if one.event is not None:
            yield {
                "id": one.id,
                "text": one.text,
                "actors": _within(one, *(_mentions(one, id) for id in one.event.actors)),
                "recipients": _within(one, *(_mentions(one, id) for id in one.event.recipients)),
            }


def event_location(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """{"id", "text", "verb", "locations"}: the trigger, and the words that say where."""
    for one in judged(connection):
        if one.event is not None:
            places = {place.id: place.mentions for place in one.report.places}
            found = places.get(one.event.place, ()) if one.event.place else ()
            [verb, *_] = _within(one, one.event.trigger)
            yield {"id": one.id, "text": one.text, "verb": verb, "locations": _near(one, found)}


def places(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """{"id", "text", "places": [{"start", "end", "lat", "lon", "geonameid"}]}: the place of each event.

    Places of the passage that nobody decided on have no coordinates, which the scorer leaves out of account.
    """
    for one in judged(connection):
        if one.event is None or one.event.place is None:
            continue
        right = next(place for place in one.report.places if place.id == one.event.place)
        if right.latitude is None:
            continue
        rows = []
        for place in one.report.places:
            known = place.id == right.id
            for start, end in _within(one, place.mentions):
                rows.append(
                    {
                        "start": start,
                        "end": end,
                        "lat": place.latitude if known else None,
                        "lon": place.longitude if known else None,
                        "geonameid": place.geonameid if known else None,
                    }
                )
        yield {
            "id": one.id,
            "text": one.text,
            "places": sorted(rows, key=lambda row: (row["start"], row["end"])),
        }


def attribution(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """{"id", "text", "attributions": [{"source", "cue", "content"}]}: by whose word each event is told."""
    for one in judged(connection):
        if one.event is None or not one.event.according_to:
            continue
        said = [said for said in one.report.attributions if said.id in one.event.according_to]
        rows = [
            {
                "source": _within(one, found.source.spans),
                "cue": _within(one, found.cue.spans),
                "content": _within(one, found.content.spans),
            }
            for found in said
        ]
        kept = [row for row in rows if row["content"]]
        if kept:
            yield {"id": one.id, "text": one.text, "attributions": kept}


TASKS: Final[Mapping[str, Callable[[sqlite3.Connection], Iterator[dict[str, Any]]]]] = {
    "relation": relation,
    "roles": roles,
    "places": places,
    "event_location": event_location,
    "attribution": attribution,
}


def _mentions(one: Judged, id: str) -> Spans:
    [actor] = [actor for actor in one.report.actors if actor.id == id]
    return actor.mentions


def _within(one: Judged, *mentions: Spans) -> list[list[int]]:
    """The spans that lie in the event's evidence, else in its passage, by the passage's offsets."""
    found = []
    for spans in mentions:
        found += _near(one, spans)
    return [list(span) for span in sorted({(start, end) for start, end in found})]


def _near(one: Judged, spans: Spans) -> list[list[int]]:
    last = one.start + len(one.text)
    inside = [(start, end) for start, end in spans if one.start <= start and end <= last]
    by = shift_of(one.target, one.report.text) or 0
    evidence = [(start + by, end + by) for start, end in to_spans(one.target["evidence"])]
    told = [
        (start, end)
        for start, end in inside
        if any(first <= start and end <= stop for first, stop in evidence)
    ]
    return [[start - one.start, end - one.start] for start, end in told or inside]
