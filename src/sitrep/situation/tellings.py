"""A report as the case compares it with others: its events with parties, place and sources resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sitrep.records import Actor, Attribution, Party, Report, Spans, Stated, Telling, words
from sitrep.situation.names import name_key, party


def tellings_of(report: Report, origin: str | None = None) -> tuple[Telling, ...]:
    """Each event of the report; `origin` is the report that this one copies, if it copies one."""
    parties = parties_of(report)
    places = {place.id: place for place in report.places}
    scene = scene_of(report)
    return tuple(
        Telling(
            report=report.id,
            origin=origin or report.id,
            publisher=report.publisher,
            published=report.published,
            event=event,
            actors=_of(parties, event.actors),
            recipients=_of(parties, event.recipients),
            place=places.get(event.place) if event.place else None,
            sources=sources_of(report, event.according_to, parties),
            scene=scene,
            act=tuple(words(report.text, event.trigger)),
            words=tuple(words(report.text, event.evidence)),
        )
        for event in report.events
    )


def stated_in(report: Report, origin: str | None = None) -> tuple[Stated, ...]:
    """Each statement of control in the report."""
    parties = parties_of(report)
    places = {place.id: place for place in report.places}
    return tuple(
        Stated(
            report=report.id,
            origin=origin or report.id,
            publisher=report.publisher,
            published=report.published,
            control=control,
            holder=parties[control.holder],
            place=places[control.place],
            sources=sources_of(report, control.according_to, parties),
            words=tuple(words(report.text, control.evidence)),
        )
        for control in report.control
        if control.holder in parties and control.place in places
    )


def scene_of(report: Report) -> str | None:
    """The country of most of the places that the report mentions, the first in the alphabet of several."""
    counts = Counter(place.country for place in report.places for _ in place.mentions if place.country)
    return min(counts, key=lambda country: (-counts[country], country), default=None)


def parties_of(report: Report) -> dict[str, Party]:
    """The report's actors by id, each with the named actors that its words put it under."""
    keys = {actor.id: name_key(actor) for actor in report.actors}
    return {actor.id: party(actor, _ties(actor, report.actors, keys)) for actor in report.actors}


def _ties(actor: Actor, actors: tuple[Actor, ...], keys: Mapping[str, str | None]) -> tuple[str, ...]:
    """Keys of the actors that mentions of this one hold: "Khalifa Haftar's troops", "the LNA's spokesman".

    So does its name where the report only says "its forces". A state is none: every ministry and every
    minister has one, and `country` says it already.
    """
    found = {
        key
        for other in actors
        if other.id != actor.id
        and other.kind != "state"
        and (key := keys[other.id]) is not None
        and key != keys[actor.id]
        and (actor.name.endswith(f" of {other.name}") or _inside(other.mentions, actor.mentions))
    }
    return tuple(sorted(found))


def _inside(inner: Spans, outer: Spans) -> bool:
    # The inner one may run on over an apposition: "forces of the Government of National Accord (GNA)".
    return any(start < begin < end for start, end in outer for begin, _ in inner) or any(
        start == begin and stop < end for start, end in outer for begin, stop in inner
    )


def _of(parties: Mapping[str, Party], ids: tuple[str, ...]) -> tuple[Party, ...]:
    return tuple(parties[id] for id in ids if id in parties)


def sources_of(
    report: Report, according_to: tuple[str, ...], parties: Mapping[str, Party]
) -> tuple[Party, ...]:
    """Those by whose word it is, outermost first; one that no actor stands for has only its words as name."""
    known = {attribution.id: attribution for attribution in report.attributions}
    return tuple(_source(report, known[id], parties) for id in according_to if id in known)


def _source(report: Report, attribution: Attribution, parties: Mapping[str, Party]) -> Party:
    actor = attribution.source.actor
    if actor is not None and actor in parties:
        return parties[actor]
    said = " ".join(" ".join(words(report.text, attribution.source.spans)).split())
    return Party(name=said or "unnamed")
