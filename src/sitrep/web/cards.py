"""The records of one report as cards to read: each a title and facts, whose values lead to other records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sitrep.case.queries.reports import InCase
from sitrep.coding.actors.countries import state_name
from sitrep.ontology import INTERNATIONAL, SECTORS
from sitrep.records import (
    Actor,
    Attribution,
    Control,
    Event,
    Identity,
    Place,
    Report,
    Span,
    Spans,
    Time,
    Toll,
    words,
)
from sitrep.web.parts.labels import act, actor_address, days, incident_address
from sitrep.web.theme import STATUS_NAMES, quad_class

LAYERS: Final = {
    "event": "Events",
    "control": "Who holds what",
    "quote": "Quotations",
    "actor": "Actors",
    "place": "Places",
    "time": "Times",
}
_FEATURES: Final = (
    ("PPLC", "capital"),
    ("PPL", "town or village"),
    ("ADM", "province or district"),
    ("PCL", "country"),
    ("AIRB", "air base"),
    ("AIRP", "airport"),
    ("RGN", "region"),
    ("PRT", "port"),
    ("CONT", "continent"),
    ("SEA", "sea"),
    ("DSRT", "desert"),
    ("MTS", "mountains"),
)
KINDS: Final = {
    "person": "Person",
    "group": "Group",
    "organisation": "Organisation",
    "state": "State",
    "people": "People",
    "press": "Press",
}
_LISTED: Final = "country or sectors are from the list of public actors"
_SAID: Final = {
    "direct": "Word for word",
    "indirect": "In the report's words",
    "mixed": "Partly word for word",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a fact: its words, and the record (`ref`) or the page (`href`) that it leads to."""

    text: str
    ref: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    id: str
    layer: str
    title: str
    note: str = ""  # a few words beside the title in lists
    css: str = ""
    status: str | None = None
    facts: tuple[tuple[str, tuple[Part, ...]], ...] = ()
    words: str | None = None  # of the report
    chain: tuple[str, ...] = ()  # ids of the quotations by whose word it is, outermost first
    links: tuple[Part, ...] = ()


def cards(report: Report, known: InCase) -> list[Card]:
    """Every record of the report, a layer at a time, each in the order of the text."""
    return _Cards(report, known).all()


class _Cards:
    def __init__(self, report: Report, known: InCase) -> None:
        self.report, self.known = report, known
        self.names: dict[str, str] = {actor.id: actor.name for actor in report.actors}
        self.names |= {place.id: place.name for place in report.places}
        self.quotes = {quote.id: quote for quote in report.attributions}
        self.deeds: dict[str, list[tuple[str, Event]]] = {}
        for event in report.events:
            for role, ids in (("did", event.actors), ("was done to it", event.recipients)):
                for id in ids:
                    self.deeds.setdefault(id, []).append((role, event))

    def all(self) -> list[Card]:
        report = self.report
        return [
            *map(self.event, sorted(report.events, key=lambda one: _first(one.trigger))),
            *map(self.control, report.control),
            *map(self.quote, report.attributions),
            *map(self.actor, report.actors),
            *map(self.place, report.places),
            *map(self.time, report.times),
        ]

    def event(self, event: Event) -> Card:
        incident = self.known.incidents.get(event.id)
        when = days(event.earliest, event.latest) if event.earliest or event.latest else "not told"
        if event.inferred:
            when += " (by the day it was told)"
        facts = [
            ("Who", self._refs(event.actors, "nobody named")),
            ("To whom", self._refs(event.recipients)),
            ("Where", self._refs((event.place,) if event.place else (), "not told")),
            ("When", (Part(when),)),
            ("By whose word", self._sources(event.according_to)),
            *self._tolls(event),
            ("Context", tuple(Part(one.replace("_", " ")) for one in event.contexts)),
            ("Certainty", (Part(f"{event.confidence:.0%}"),)),
            ("Reviewed", (Part(self.known.decisions.get(event.id, "not yet")),)),
        ]
        return Card(
            id=event.id,
            layer="event",
            title=act(event.type, event.mode),
            note=", ".join(self.names.get(id, "") for id in event.actors),
            css=f"{quad_class(event.quad)} is-{event.status}",
            status=None if event.status == "happened" else STATUS_NAMES[event.status],
            facts=_told(facts),
            words=self._words(event.evidence),
            chain=event.according_to,
            links=(Part("Its incident", href=incident_address(incident)),) if incident else (),
        )

    def control(self, control: Control) -> Card:
        holder = self.names.get(control.holder, "Somebody")
        facts = [
            ("Place", self._refs((control.place,))),
            ("Held by", self._refs((control.holder,))),
            ("When", (Part(days(control.earliest, control.latest)),)),
            ("By whose word", self._sources(control.according_to)),
        ]
        return Card(
            id=control.id,
            layer="control",
            title=f"{holder} holds {self.names.get(control.place, 'a place')}",
            css=f"is-{control.status}",
            status=None if control.status == "happened" else STATUS_NAMES[control.status],
            facts=_told(facts),
            words=self._words(control.evidence),
            chain=control.according_to,
            links=(Part("On the control map", href=f"/control?day={control.latest}"),)
            if control.latest
            else (),
        )

    def quote(self, quote: Attribution) -> Card:
        said = self._words(quote.content.spans)
        outer = self.quotes.get(quote.within or "")
        facts = [
            ("Source", (self._source(quote),)),
            ("Said by", tuple(Part(one) for one in words(self.report.text, quote.cue.spans))),
            ("How", (Part(_SAID[quote.kind]),)),
            ("In", (Part(quote.medium),) if quote.medium else ()),
            ("Said on", self._times(quote.time)),
            ("Within", (self._source(outer, ref=True),) if outer else ()),
        ]  # fmt: skip
        return Card(
            id=quote.id,
            layer="quote",
            title=self._source(quote).text,
            note=_short(said, 60),
            facts=_told(facts),
            words=said,
            chain=(quote.within, quote.id) if outer and quote.within else (quote.id,),
        )

    def actor(self, actor: Actor) -> Card:
        id = self.known.actors.get(actor.id)
        facts = [
            ("Kind", (Part(KINDS[actor.kind]),)),
            ("Country", (Part(country(actor.country)),) if actor.country else ()),
            ("Sectors", tuple(Part(sector(one)) for one in actor.sectors)),
            ("Described as", (Part(actor.description),) if actor.description else ()),
            ("Also called", tuple(Part(one) for one in actor.aliases)),
            ("Known as", (Part(_known(actor.identity)),) if actor.identity else ()),
            ("Not from the report", (Part(_LISTED),) if actor.inferred else ()),
            ("Named", (Part(_times(len(actor.mentions))),)),
            *((role.capitalize(), self._events(actor.id, role)) for role in ("did", "was done to it")),
        ]
        return Card(
            id=actor.id,
            layer="actor",
            title=actor.name,
            note=KINDS[actor.kind].lower(),
            facts=_told(facts),
            links=(Part("In all reports", href=actor_address(id)),) if id else (),
        )

    def place(self, place: Place) -> Card:
        at = None
        if place.latitude is not None and place.longitude is not None:
            at = f"{place.latitude:.3f}, {place.longitude:.3f}"
        if at and place.inferred:
            at += " (inferred)"
        here = tuple(
            Part(act(event.type, event.mode), ref=event.id)
            for event in self.report.events
            if event.place == place.id
        )
        facts = [
            ("What", (Part(feature(place.feature)),) if place.feature else ()),
            ("Country", (Part(country(place.country)),) if place.country else ()),
            ("At", (Part(at or "not in the gazetteer"),)),
            ("Certainty", (Part(f"{place.confidence:.0%}"),)),
            ("Named", (Part(_times(len(place.mentions))),)),
            ("Events", here),
        ]
        return Card(
            id=place.id,
            layer="place",
            title=place.name,
            note=country(place.country) if place.country and country(place.country) != place.name else "",
            facts=_told(facts),
        )

    def time(self, time: Time) -> Card:
        said = self.report.text[time.start : time.end]
        meant = days(time.earliest, time.latest) if time.earliest or time.latest else None
        facts = [
            ("Means", (Part(meant or "nothing that can be resolved"),)),
            ("As TIMEX3", (Part(time.value),) if time.value else ()),
            ("Kind", (Part(time.type.lower()),)),
        ]
        return Card(id=time.id, layer="time", title=said, note=meant or "", facts=_told(facts))

    # ---------------------------------------------------------------------------------------------- parts

    def _refs(self, ids: Iterable[str], otherwise: str = "") -> tuple[Part, ...]:
        found = tuple(Part(self.names.get(id, id), ref=id) for id in ids)
        return found or ((Part(otherwise),) if otherwise else ())

    def _sources(self, ids: Iterable[str]) -> tuple[Part, ...]:
        """Whose word it is, outermost first, each with the words that say so."""
        found = []
        for quote in (self.quotes[id] for id in ids if id in self.quotes):
            cue = self._words(quote.cue.spans)
            source = self._source(quote, ref=True)
            found.append(replace(source, text=f"{source.text}, “{cue}”") if cue else source)
        return tuple(found) or (Part("the report's own"),)

    def _source(self, quote: Attribution, ref: bool = False) -> Part:
        """Whose word a quotation is; `ref` leads to the quotation, else to the actor."""
        name = self.names.get(quote.source.actor or "") or self._words(quote.source.spans) or "unnamed"
        return Part(name, ref=quote.id if ref else quote.source.actor)

    def _times(self, id: str | None) -> tuple[Part, ...]:
        return tuple(
            Part(self.report.text[one.start : one.end], ref=one.id)
            for one in self.report.times
            if one.id == id
        )

    def _events(self, actor: str, role: str) -> tuple[Part, ...]:
        return tuple(
            Part(act(event.type, event.mode), ref=event.id)
            for its_role, event in self.deeds.get(actor, ())
            if its_role == role
        )

    def _tolls(self, event: Event) -> Iterable[tuple[str, tuple[Part, ...]]]:
        counted: tuple[tuple[str, Toll | None], ...] = (
            ("Killed", event.killed), ("Injured", event.injured), ("Took part", event.crowd)
        )  # fmt: skip
        for name, value in counted:
            if value is not None:
                yield name, (Part(str(value)),)

    def _words(self, spans: Spans) -> str:
        return " … ".join(words(self.report.text, spans))


def country(code: str) -> str:
    """The name of a country, or what PLOVER writes for none in particular."""
    return INTERNATIONAL.get(code) or state_name(code)


def sector(code: str) -> str:
    """PLOVER's words for a sector, as far as they are needed to know it."""
    return (SECTORS | INTERNATIONAL).get(code, code).rstrip(".").partition(":")[0]


def feature(code: str | None) -> str:
    """A GeoNames feature code in words."""
    return next((name for prefix, name in _FEATURES if (code or "").startswith(prefix)), code or "place")


def as_json(card: Card) -> dict[str, Any]:
    """As the page's script takes it."""
    return {
        "id": card.id, "layer": card.layer, "title": card.title, "note": card.note, "css": card.css,
        "status": card.status, "words": card.words, "chain": card.chain,
        "facts": [[name, [[part.text, part.ref, part.href] for part in parts]] for name, parts in card.facts],
        "links": [[part.text, part.href] for part in card.links],
    }  # fmt: skip


def _told(facts: Iterable[tuple[str, tuple[Part, ...]]]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    return tuple((name, parts) for name, parts in facts if parts)


def _first(spans: Spans) -> Span:
    return min(spans, default=(0, 0))


def _known(identity: Identity) -> str:
    who = f"{identity.name}, {identity.office}" if identity.office else identity.name
    return f"called by {who}" if identity.of_another else who


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
