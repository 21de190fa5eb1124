"""Gold documents and coded reports as events of one shape, to be compared; names and spans only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sitrep.evaluation.carrying import SpanCarrier
from sitrep.evaluation.gold import GoldDocument, GoldEvent, GoldParty, TollRange
from sitrep.evaluation.parties import same_party
from sitrep.records import Report, Spans, Toll, words


@dataclass(frozen=True, slots=True)
class Named:
    """A party or place by where it is named and what it is called."""

    spans: Spans
    names: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedEvent:
    """One event, gold or coded, with all that is compared. Spans are those of the gold document's text."""

    type: str
    mode: str | None
    status: str
    trigger: Spans
    sentences: Spans
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    place: Named | None
    coarser: tuple[Named, ...] = ()  # places that are right as well, but say less
    earliest: date | None
    latest: date | None
    according_to: tuple[Named, ...]
    killed: TollRange | None
    injured: TollRange | None
    flags: frozenset[str] = frozenset()

    @property
    def parties(self) -> tuple[Named, ...]:
        return self.actors + self.recipients


def overlap(one: Spans, other: Spans) -> bool:
    """Whether any span of one shares a character with any of the other."""
    return any(start < stop and begin < end for start, end in one for begin, stop in other)


def same(one: Named, other: Named) -> bool:
    """Whether two are the same party or place: they share words of the text, or a name."""
    return overlap(one.spans, other.spans) or any(same_party(a, b) for a in one.names for b in other.names)


def is_among(one: Named, others: Iterable[Named]) -> bool:
    return any(same(one, other) for other in others)


def events_of(coded: GoldDocument | Report, text: str) -> list[ComparedEvent]:
    """The events of a report or of gold, with spans of `text`, the gold document's."""
    if isinstance(coded, Report):
        return _report_events(coded, SpanCarrier(coded.text, text), text)
    return [_gold_event(event, text) for event in coded.events]


def _gold_event(event: GoldEvent, text: str) -> ComparedEvent:
    place = event.place
    return ComparedEvent(
        type=event.type,
        mode=event.mode,
        status=event.status,
        trigger=tuple(span for mention in event.mentions for span in mention.trigger),
        sentences=tuple(mention.sentence for mention in event.mentions),
        actors=tuple(map(_gold_party, event.actors)),
        recipients=tuple(map(_gold_party, event.recipients)),
        place=Named((place.span,), _given(place.text)) if place else None,
        coarser=tuple(Named((span,), tuple(words(text, (span,)))) for span in place.coarser) if place else (),
        earliest=event.earliest,
        latest=event.latest,
        according_to=tuple(map(_gold_party, event.according_to)),
        killed=event.killed,
        injured=event.injured,
        flags=frozenset(event.flags),
    )


def _gold_party(party: GoldParty) -> Named:
    spans = (party.name, party.local) if party.local else (party.name,)
    return Named(spans, _given(party.text), party.optional)


def _given(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def _report_events(report: Report, carry: SpanCarrier, text: str) -> list[ComparedEvent]:
    actors = {one.id: Named(carry(one.mentions), (one.name, *one.aliases)) for one in report.actors}
    places = {one.id: Named(carry(one.mentions), (one.name,)) for one in report.places}
    sources = {}
    for said in report.attributions:
        spans = carry(said.source.spans)
        known = actors.get(said.source.actor or "", Named((), ()))
        sources[said.id] = Named(spans + known.spans, (*words(text, spans), *known.names))
    return [
        ComparedEvent(
            type=event.type,
            mode=event.mode,
            status=event.status,
            trigger=carry(event.trigger),
            sentences=carry(event.evidence),
            actors=tuple(actors[id] for id in event.actors),
            recipients=tuple(actors[id] for id in event.recipients),
            place=places.get(event.place or ""),
            earliest=event.earliest,
            latest=event.latest,
            according_to=tuple(sources[id] for id in event.according_to if id in sources),
            killed=_range(event.killed),
            injured=_range(event.injured),
        )
        for event in report.events
    ]


def _range(toll: Toll | None) -> TollRange | None:
    return (toll.low, toll.high) if toll else None
