"""Decisions meet the reports they are about: the event that one was made on, and how the report then reads.

A decision holds the words it was made on. Coded anew, the same words may give the event other fields or
another id; it is still the one decided on where the trigger overlaps and what the decision took for granted
(type and place, as far as it does not itself correct them) is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sitrep.case.decisions import Decision
from sitrep.case.rows import day, plain, to_spans
from sitrep.coding.actors.describe import describe_actor
from sitrep.ontology import quad, score
from sitrep.records import Actor, Event, Place, Report, Span, Spans, Toll, words
from sitrep.situation.places import place_key

FIELDS: Final = (
    "type", "mode", "contexts", "status", "actors", "recipients", "place", "earliest", "latest", "killed",
    "injured", "crowd", "according_to",
)  # fmt: skip
TOLLS: Final = ("killed", "injured", "crowd")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people decided on one event, and the fields that they changed."""

    decision: str | None  # "accepted", "rejected" or "corrected"
    fields: tuple[str, ...]
    decisions: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as the case reads it: corrected, with its places pinned, and the verdicts by event id."""

    report: Report
    verdicts: Mapping[str, Verdict]
    unbound: tuple[str, ...]  # ids of decisions whose event is not there


NO_VERDICT: Final = Verdict(None, (), ())


def target_of(report: Report, event: Event) -> dict[str, Any]:
    """What a decision on `event` is bound to: the words, and what the coder made of them."""
    actors = {actor.id: actor for actor in report.actors}
    places = {place.id: place for place in report.places}
    start, end = _bounds((*event.trigger, *event.evidence))
    place = places.get(event.place) if event.place else None
    return {
        "report": report.id,
        "start": start,
        "quote": report.text[start:end],
        "trigger": plain(event.trigger),
        "evidence": plain(event.evidence),
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "actors": [plain(_told_at(actors[id].mentions, event)) for id in event.actors],
        "recipients": [plain(_told_at(actors[id].mentions, event)) for id in event.recipients],
        "place": {"name": place.name, "spans": plain(_told_at(place.mentions, event))} if place else None,
        "earliest": day(event.earliest),
        "latest": day(event.latest),
        **{toll: _toll(getattr(event, toll)) for toll in TOLLS},
        "according_to": [
            plain(said.source.spans)
            for id in event.according_to
            for said in report.attributions
            if said.id == id
        ],
    }  # fmt: skip


def _bounds(spans: Spans) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _told_at(mentions: Spans, event: Event) -> Spans:
    """The mentions within the event's evidence; the first mention where none is."""
    inside = tuple(
        (start, end)
        for start, end in mentions
        if any(first <= start and end <= last for first, last in event.evidence)
    )
    return inside or mentions[:1]


def _toll(toll: Toll | None) -> dict[str, Any] | None:
    return {"low": toll.low, "high": toll.high} if toll else None


def shift_of(target: Mapping[str, Any], text: str) -> int | None:
    """How far the words of a target have moved in `text`; None where they are not there, or there twice.

    They move when a newer version cuts more or less of the page around the story.
    """
    start, quote = int(target["start"]), str(target["quote"])
    if text.startswith(quote, start):
        return 0
    found = text.find(quote)
    if found < 0 or text.find(quote, found + 1) >= 0:
        return None
    return found - start


def event_of(report: Report, decision: Decision) -> Event | None:
    """The event of `report` that `decision` was made on; None where the coder no longer finds it."""
    return target_event(report, decision.target, decision.value if decision.kind == "correct" else {})


def target_event(
    report: Report, target: Mapping[str, Any], corrected: Mapping[str, Any] | None = None
) -> Event | None:
    """The event that a target is about; its type and place may have changed where they were `corrected`."""
    by = shift_of(target, report.text)
    if by is None:
        return None
    corrected = corrected or {}
    trigger = _moved(target["trigger"], by)
    candidates = [
        event
        for event in report.events
        if _overlap(event.trigger, trigger)
        and ("type" in corrected or event.type == target["type"])
        and ("place" in corrected or _same_place(report, event, target["place"], by))
    ]
    return max(candidates, key=lambda event: _likeness(report, event, target, by), default=None)


def _likeness(report: Report, event: Event, target: Mapping[str, Any], by: int) -> tuple[int, ...]:
    now = target_of(report, event)
    same = [
        now["trigger"] == plain(_moved(target["trigger"], by)),
        *(now[field] == target[field] for field in ("type", "mode", "status", "earliest", "latest")),
        _same_place(report, event, target["place"], by),
        *(
            _overlap(_flat(now[role]), _moved([span for one in target[role] for span in one], by))
            == bool(target[role])
            for role in ("actors", "recipients")
        ),
    ]
    # Of two that are as like, the first told.
    return sum(same), -_bounds(event.trigger)[0], -report.events.index(event)


def _flat(spans: Iterable[Iterable[Iterable[int]]]) -> Spans:
    return to_spans(span for one in spans for span in one)


def _same_place(report: Report, event: Event, stated: Mapping[str, Any] | None, by: int) -> bool:
    place = next((place for place in report.places if place.id == event.place), None)
    if place is None or stated is None:
        return place is None and stated is None
    return place.name == stated["name"] or _overlap(place.mentions, _moved(stated["spans"], by))


def _moved(spans: Iterable[Iterable[int]], by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in to_spans(spans))


def _overlap(one: Spans, other: Spans) -> bool:
    return any(start < last and first < end for start, end in one for first, last in other)


def read_corrected(report: Report, decisions: Sequence[Decision], pins: Sequence[Decision]) -> Reading:
    """The report as people leave it, with their `decisions` on its events, in order, and `pins` of places."""
    pinned = replace(report, places=tuple(_pinned(place, report.id, pins) for place in report.places))
    bound: dict[str, list[Decision]] = {}
    unbound: list[str] = []
    for decision in decisions:
        event = event_of(report, decision)
        if event is None:
            unbound.append(decision.id)
        else:
            bound.setdefault(event.id, []).append(decision)
    verdicts: dict[str, Verdict] = {}
    for id, made in bound.items():
        judged = [decision.kind for decision in made if decision.kind in {"accept", "reject"}]
        values: dict[str, Any] = {}
        for decision in made:
            if decision.kind == "correct":
                values |= _shifted(decision, report.text)
        if made[-1].kind == "reject" or (judged and judged[-1] == "reject" and not values):
            verdicts[id] = Verdict("rejected", (), tuple(decision.id for decision in made))
            continue
        pinned = _correct(pinned, id, values)
        verdicts[id] = Verdict(
            "corrected" if values else "accepted",
            tuple(field for field in FIELDS if field in values),
            tuple(decision.id for decision in made),
        )
    return Reading(pinned, verdicts, tuple(unbound))


def _shifted(decision: Decision, text: str) -> dict[str, Any]:
    by = shift_of(decision.target, text) or 0
    values = dict(decision.value)
    for role in ("actors", "recipients", "according_to"):
        if role in values:
            values[role] = [_moved(spans, by) for spans in values[role]]
    if values.get("place") and "spans" in values["place"]:
        values["place"] = values["place"] | {"spans": _moved(values["place"]["spans"], by)}
    return values


def _pinned(place: Place, report: str, pins: Sequence[Decision]) -> Place:
    """The place where a person put it; the last pin wins, one for this report alone before one for all."""
    key = place_key(place)
    matching = [
        pin
        for pin in pins
        if pin.kind == "pin_place"
        and key in pin.target["places"]
        and pin.target.get("only_in") in {None, report}
    ]  # fmt: skip
    if not matching:
        return place
    pin = max(enumerate(matching), key=lambda pair: (pair[1].target.get("only_in") is not None, pair[0]))[1]
    return _put(place, pin.value)


def _put(place: Place, value: Mapping[str, Any]) -> Place:
    """The place with a person's coordinates. It is the gazetteer's place no longer, unless they name it."""
    return replace(
        place,
        name=value.get("name") or place.name,
        geonameid=value.get("geonameid"),
        latitude=value["latitude"],
        longitude=value["longitude"],
        country=value.get("country", place.country),
        admin1=value.get("admin1", place.admin1),
        feature=value.get("feature", place.feature),
        confidence=1.0,
        inferred=False,
    )


def _correct(report: Report, id: str, values: Mapping[str, Any]) -> Report:
    """The report with the corrected values of one event; a party or place new to it is added to it."""
    [event] = [event for event in report.events if event.id == id]
    changes: dict[str, Any] = {
        field: values[field] for field in ("type", "mode", "status") if field in values
    }
    if "contexts" in values:
        changes["contexts"] = tuple(values["contexts"])
    for field in ("earliest", "latest"):
        if field in values:
            changes[field] = date.fromisoformat(values[field]) if values[field] else None
            changes["inferred"] = False
    for field in TOLLS:
        if field in values:
            toll = values[field]
            changes[field] = Toll(toll["low"], toll["high"], ()) if toll else None
    for role in ("actors", "recipients"):
        if role in values:
            report, changes[role] = _parties(report, values[role])
    if "place" in values:
        report, changes["place"] = _place(report, values["place"])
    if "according_to" in values:
        changes["according_to"] = tuple(
            said.id
            for spans in values["according_to"]
            for said in report.attributions
            if _overlap(said.source.spans, spans) and _overlap(said.content.spans, event.evidence)
        )
    changed = replace(event, **changes)
    if {"type", "mode"} & set(values):
        # A mode of another type is none of this one's.
        mode = changed.mode if "mode" in values or changed.type == event.type else None
        changed = replace(changed, mode=mode, quad=quad(changed.type), score=score(changed.type, mode))
    return replace(report, events=tuple(changed if one.id == id else one for one in report.events))


def _parties(report: Report, named: Iterable[Spans]) -> tuple[Report, tuple[str, ...]]:
    ids = []
    for spans in named:
        shared = {actor.id: _shared(actor.mentions, spans) for actor in report.actors}
        best = max(shared, key=lambda id: shared[id], default=None)
        # A mention that holds much more than the words pointed at is somebody else's.
        if best is None or shared[best] == 0:
            report, best = _with_actor(report, spans)
        ids.append(best)
    return report, tuple(dict.fromkeys(ids))


def _shared(mentions: Spans, spans: Spans) -> float:
    """How much the best mention and the best span have in common, of what both cover."""
    return max(
        (
            max(0, min(end, last) - max(start, first)) / (max(end, last) - min(start, first))
            for start, end in mentions
            for first, last in spans
        ),
        default=0.0,
    )


def _with_actor(report: Report, spans: Spans) -> tuple[Report, str]:
    name = " ".join(" ".join(words(report.text, spans)).split())
    said = describe_actor(name)
    id = f"a{len(report.actors) + 1}"
    actor = Actor(id=id, name=name, kind="group", country=said.country, sectors=said.sectors, mentions=spans)
    return replace(report, actors=(*report.actors, actor)), id


def _place(report: Report, value: Mapping[str, Any] | None) -> tuple[Report, str | None]:
    if value is None:
        return report, None
    spans = to_spans(value.get("spans", ()))
    shared = {place.id: _shared(place.mentions, spans) for place in report.places}
    best = max(shared, key=lambda id: shared[id], default=None)
    if best is not None and shared[best] > 0 and "latitude" not in value:
        return report, best
    id = f"p{len(report.places) + 1}"
    name = value.get("name") or " ".join(" ".join(words(report.text, spans)).split())
    place = Place(id=id, name=name, mentions=spans, confidence=1.0)
    if "latitude" in value:
        place = _put(place, value)
    return replace(report, places=(*report.places, place)), id
