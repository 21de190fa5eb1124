"""One event told in several sentences is one record, with every sentence that tells it as evidence.

Two tellings are one event where nothing keeps them apart and something binds them. Apart keep them: another
type or mode, another status, other parties, a place beside the other's and not in it, days that do not meet,
and, for what is only said, another source. What binds them is stricter the less they share: see `_bound`.

A telling in the report's own voice and one on somebody's word are one record in the report's own voice. A
denial never joins what it denies, nor a plan what came of it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

from sitrep import ontology
from sitrep.coding.annotations import tokens_at
from sitrep.coding.attribution.linking import time_of
from sitrep.coding.lemmas import lemma_of
from sitrep.coding.merge.anaphora import find_anaphors, happening_at, is_anaphor, is_signing
from sitrep.coding.merge.contexts import ContextLexicon, read_contexts, set_contexts
from sitrep.coding.merge.quantities import read_range
from sitrep.coding.merge.tolls import in_two_accounts, set_tolls
from sitrep.coding.status.component import SPOKEN
from sitrep.coding.status.operators import Operators, read_operators
from sitrep.coding.status.voices import source_of
from sitrep.gazetteer.parts import lies_in_part
from sitrep.records import Actor, Event, Place, Span, Spans, Toll

# Types in which who is actor and who recipient is a matter of telling: "A met B" is "B met A".
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# What an attack does is the attack, told on: "attacked a village, killing five".
_OUTCOMES: Final = frozenset(
    {"kill", "wound", "injure", "hurt", "slay", "behead", "destroy", "damage", "burn", "leave", "die"}
)
_MEANT: Final = frozenset({"hope", "want", "plan", "intend", "aim", "wish", "prepare"})
_COUNTRIES: Final = frozenset({"PCLI", "PCLD", "PCLF", "PCLS", "PCL", "PCLIX", "TERR"})
# With how many records of its type on either side a telling is compared: a bound on the work. No report tells
# of an event, and then of as many others, before it tells of it again.
_COMPARED: Final = 50


def merge_events(doc: Doc, operators: Operators) -> tuple[Event, ...]:
    """The events of `doc`, each once, by their first triggers, dated by the dateline where no day is told."""
    tellings = [_Telling.of(doc, event) for event in doc._.events]
    world = _World.of(doc)
    records: list[_Telling] = []
    by_type: dict[str, list[tuple[int, int]]] = {}  # where each record of a type starts, and its index
    # Full tellings first: "the meeting" may stand before the sentence that says who met.
    for telling in sorted(tellings, key=lambda telling: (telling.anaphoric, telling.event.trigger)):
        near = _near(telling, by_type.get(telling.event.type, []))
        target = _target(telling, [(index, records[index]) for index in near], world)
        if target is None:
            insort(by_type.setdefault(telling.event.type, []), (telling.event.trigger[0][0], len(records)))
            records.append(telling)
        else:
            records[target] = _joined(records[target], telling, world)
    events = [record.event for record in records]
    events = list(find_anaphors(doc, events, operators))
    said = _SayingDays(doc)
    dated = [
        event if _is_past_purpose(doc, event) else with_dateline(said.bound(event), doc._.published)
        for event in events
    ]
    ordered = sorted(dated, key=lambda event: event.trigger)
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(ordered, start=1))


class _SayingDays:
    """The days on which the words of a text were said: what they tell of as done was done by then."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._ends: dict[str, date | None] = {}
        self._words = {found.id: found for found in doc._.attributions}
        self._times = {time.id: time for time in doc._.times}

    def bound(self, event: Event) -> Event:
        """An event that is done and has no day, by the day on which the first to tell of it did."""
        if event.status != "happened" or event.earliest is not None or event.latest is not None:
            return event
        ends = [end for name in event.according_to if (end := self._end(name)) is not None]
        return replace(event, latest=min(ends), inferred=True) if ends else event

    def _end(self, name: str) -> date | None:
        """The last day on which the words of an attribution may have been said, if the text tells one."""
        if name not in self._ends:
            said = self._words.get(name)
            time = time_of(said, self.doc._.times, self.doc) if said is not None else None
            self._ends[name] = self._times[time].latest if time is not None else None
        return self._ends[name]


def with_dateline(event: Event, published: date | None) -> Event:
    """An event with days that the report's own allows: done by then, or planned from then on.

    What is planned for a day before the report's has no day: the report does not tell what came of it.
    """
    if published is None:
        return event
    if event.earliest is not None or event.latest is not None:
        return _within_bounds(event, published)
    if event.status == "happened":
        return replace(event, latest=published, inferred=True)
    if event.status == "planned":
        return replace(event, earliest=published, inferred=True)
    return event


def _is_past_purpose(doc: Doc, event: Event) -> bool:
    """Whether an act without a day is what another that is done was for: "flew to Accra to meet them".

    Also what was hoped or planned for once: "hoped to take the town". It may have come about long before the
    report, or never.
    """
    if event.status != "planned" or event.earliest is not None or event.latest is not None:
        return False
    return any(
        any(child.tag_ == "TO" for child in token.children)
        and (
            (token.dep_ == "advcl" and _is_past(token.head))
            or (token.dep_ == "xcomp" and _was_meant(token.head))
        )
        for span in event.trigger
        for token in tokens_at(doc, span)
    )


def _was_meant(verb: Token) -> bool:
    """Whether a verb tells of an intention that is past: not "said it planned to", where it still is one."""
    return lemma_of(verb) in _MEANT and verb.tag_ == "VBD" and verb.dep_ not in ("ccomp", "parataxis")


def _is_past(verb: Token) -> bool:
    """Whether a verb tells what was done: in the past, or a gerund that is no present tense."""
    if verb.tag_ == "VBG":
        return not any(child.dep_ == "aux" for child in verb.children)
    return verb.tag_ in ("VBD", "VBN")


def _within_bounds(event: Event, published: date) -> Event:
    begun = event.earliest is None or event.earliest <= published
    if event.status == "happened" and begun and (event.latest is None or event.latest > published):
        return replace(event, latest=published)  # "since Monday", "this week" in a report of Thursday
    if event.status == "planned":
        if event.latest is not None and event.latest < published:
            return replace(event, earliest=None, latest=None)
        if event.latest is not None and (event.earliest is None or event.earliest < published):
            return replace(event, earliest=published)  # "by September"
        if event.earliest is not None and event.earliest < published:
            return replace(event, earliest=published)
    return event


# ----------------------------------------------------------------------------------- what is compared


@dataclass(frozen=True, slots=True)
class _World:
    """The actors, places and attributions of one report by id, and whose word each attribution is."""

    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, doc: Doc) -> _World:
        text = doc.text  # put together anew at each call
        return cls(
            {actor.id: actor for actor in doc._.actors},
            {place.id: place for place in doc._.places},
            {found.id: source_of(found, doc._.actors, text) for found in doc._.attributions},
        )

    def stands_for(self, one: str, other: str) -> bool:
        """Whether one party is told as the other: "the Libyan government" for its prime minister."""
        if one == other:
            return True
        if one not in self.actors or other not in self.actors:
            return False
        a, b = self.actors[one], self.actors[other]
        if (a.kind == "person") == (b.kind == "person") or a.country is None or a.country != b.country:
            return False
        body = b if a.kind == "person" else a
        return body.kind in ("organisation", "state", "group") and bool(
            set(a.sectors) & set(b.sectors) or body.kind == "state"
        )

    def is_counted(self, party: str) -> bool:
        """Whether a party is so many unnamed people: "eleven people", told again as "the eleven"."""
        return party in self.actors and read_range(self.actors[party].name) is not None

    def contains(self, outer: str, inner: str) -> bool:
        """Whether a place lies in another: a town in its country, or in its first-level division."""
        if outer not in self.places or inner not in self.places:
            return False
        a, b = self.places[outer], self.places[inner]
        if a.country is None or a.country != b.country:
            return False
        if a.feature in _COUNTRIES:
            return True
        return lies_in_part(b, a) or (a.feature == "ADM1" and a.admin1 is not None and a.admin1 == b.admin1)


@dataclass(frozen=True, slots=True)
class _Telling:
    """An event with the words that name it: each of `heads` is the main word of one of its triggers."""

    event: Event
    heads: tuple[Token, ...]
    anaphoric: bool
    takes_up: bool  # violence told before, by a noun and without saying who did it: "killed in the attack"
    spans: frozenset[Spans]  # the triggers that it joins
    content: frozenset[str]  # lemmas of what it is about: the nouns and verbs below its heads

    @classmethod
    def of(cls, doc: Doc, event: Event) -> _Telling:
        tokens = [token for span in event.trigger for token in tokens_at(doc, span)]
        inside = {token.i for token in tokens}
        heads = tuple(token for token in tokens if token.head.i not in inside or token.head.i == token.i)
        anaphoric = any(
            is_anaphor(token, event.type, event.mode) or is_signing(token, event.type) for token in tokens
        )
        heads = heads or tuple(tokens[:1])
        takes_up = (
            event.type == "ASSAULT"
            and not event.actors
            and any(happening_at(head) is not None for head in heads)
        )
        return cls(event, heads, anaphoric, takes_up, frozenset({event.trigger}), _content(heads, inside))


def _content(heads: Iterable[Token], trigger: Container[int]) -> frozenset[str]:
    return frozenset(
        token.lemma_.lower()
        for head in heads
        for token in head.subtree
        if token.i not in trigger and token.pos_ in ("NOUN", "VERB") and not token.is_stop
    )


def _near(telling: _Telling, starts: Sequence[tuple[int, int]]) -> list[int]:
    """Indexes of the records that start nearest to a telling, in order."""
    here = bisect_left(starts, (telling.event.trigger[0][0], 0))
    return sorted(index for _, index in starts[max(0, here - _COMPARED) : here + _COMPARED])


def _target(telling: _Telling, records: Iterable[tuple[int, _Telling]], world: _World) -> int | None:
    """Index of the record that a telling belongs to: the best bound, then the nearest, rather before it."""
    start = telling.event.trigger[0][0]
    best: tuple[int, bool, int] | None = None
    found = None
    for index, record in records:
        strength = _bound(record, telling, world)
        if strength:
            distance = start - record.event.trigger[0][0]
            rank = (strength, distance > 0, -abs(distance))
            if best is None or rank > best:
                best, found = rank, index
    return found


# ----------------------------------------------------------------------------------- one event or two


def _bound(record: _Telling, telling: _Telling, world: _World) -> int:
    """How firmly two tellings are one event: 0 where they are two."""
    a, b = record.event, telling.event
    if record.spans & telling.spans:
        return 0  # one wording that names several places tells of several events
    # What is quickest to ask comes first: most pairs of tellings are of two events.
    if a.type != b.type or not _dates_meet(a, b) or not _places_fit(a, b, world):
        return 0
    outcome = _is_outcome(record, telling) or _is_outcome(telling, record)
    told_on = _is_told_on(record, telling) or _is_told_on(telling, record)
    # "fired tear gas to disperse them" tells of one act that was done, and of what it was for
    statuses = {a.status, b.status}
    if not (len(statuses) == 1 or (told_on and statuses == {"happened", "planned"})):
        return 0
    if not _same_voice(a, b, world):
        return 0
    if a.mode is not None and b.mode is not None and a.mode != b.mode and not outcome:
        return 0
    if not outcome and (_are_two_deeds(record, telling) or _are_two_deeds(telling, record)):
        return 0
    if outcome:
        return 4 if _covers(a.actors, b.actors, world) else 0
    if telling.takes_up:
        if a.mode == "abduct":
            return 0  # nobody is "killed in the fighting" by holding others
        return 2 if not _named(b.recipients, world) - {*a.actors, *a.recipients} else 0
    if a.type == "ASSAULT" and not (a.actors and b.actors):
        return 1 if _same_victims(a, b, world) else 0
    shared = _shared_parties(a, b, world, anaphoric=telling.anaphoric or record.anaphoric)
    if _signed_by(telling, record, world) or _signed_by(record, telling, world):
        return 3
    if not shared:
        return 0
    if telling.anaphoric or record.anaphoric:
        return 3
    if told_on:
        return 3
    same_place = a.place is not None and a.place == b.place
    same_day = a.earliest is not None and (a.earliest, a.latest) == (b.earliest, b.latest)
    if a.type in _MUTUAL:
        return 2 + same_place + same_day if shared > 1 or same_place or same_day else 0
    if a.type in SPOKEN:
        # The same act of speech towards the same party: it must also be about the same thing.
        alike = len(record.content & telling.content)
        return 2 if _same_parties(a, b) and alike >= (1 if a.recipients else 2) else 0
    # What is done in deed may be done twice: the two must also agree on whom it was done to, where, or when.
    same_recipients = bool(a.recipients) and _covers(a.recipients, b.recipients, world) and bool(b.recipients)
    return same_place + same_day + same_recipients


def _shared_parties(a: Event, b: Event, world: _World, *, anaphoric: bool) -> int:
    """How many parties two tellings share; 0 where one has a party that the other's leave no room for."""
    if a.type in _MUTUAL:
        ours, theirs = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
        if not (_covers(ours, theirs, world) or anaphoric):
            return 0
        return sum(any(world.stands_for(one, other) for other in theirs) for one in ours)
    if not _covers(a.actors, b.actors, world) or not _covers(a.recipients, b.recipients, world):
        return 0
    if set(a.actors) & set(b.recipients) or set(a.recipients) & set(b.actors):
        return 0
    return sum(any(world.stands_for(one, other) for other in b.actors) for one in a.actors)


def _named(parties: Iterable[str], world: _World) -> set[str]:
    return {party for party in parties if _is_person(party, world)}


def _same_victims(a: Event, b: Event, world: _World) -> bool:
    """Whether two tellings, one of them without a doer, are of one person or one number of people."""
    if not _covers(a.recipients, b.recipients, world):
        return False
    shared = set(a.recipients) & set(b.recipients)
    return any(_is_person(party, world) or world.is_counted(party) for party in shared)


def _signed_by(one: _Telling, other: _Telling, world: _World) -> bool:
    """Whether `one` says who signed for the parties of `other`: people, of the country of one of these each.

    A guest of the ceremony may be told among them, so that one may be of elsewhere.
    """
    if not any(is_signing(head, one.event.type) for head in one.heads):
        return False
    parties = [world.actors[party] for party in other.event.actors if party in world.actors]
    signed = [world.actors[party] for party in one.event.actors if party in world.actors]
    countries = {party.country for party in parties if party.country is not None}
    at_home = [signer for signer in signed if signer.kind == "person" and signer.country in countries]
    return len(parties) > 1 and len(at_home) > 1 and len(signed) - len(at_home) <= 1


def _covers(ours: Sequence[str], theirs: Sequence[str], world: _World) -> bool:
    """Whether one list of parties holds the other, bodies standing for people. Any holds an empty one."""
    few, many = sorted((ours, theirs), key=len)
    return all(any(world.stands_for(one, other) for other in many) for one in few)


def _same_parties(a: Event, b: Event) -> bool:
    return set(a.actors) == set(b.actors) and set(a.recipients) == set(b.recipients)


def _same_voice(a: Event, b: Event, world: _World) -> bool:
    """Whether two tellings can share a voice: one is the report's own, or both are the same source's."""
    if not a.according_to or not b.according_to:
        return True
    return [world.sources.get(name) for name in a.according_to] == [
        world.sources.get(name) for name in b.according_to
    ]


def _dates_meet(a: Event, b: Event) -> bool:
    starts = [event.earliest for event in (a, b) if event.earliest is not None]
    ends = [event.latest for event in (a, b) if event.latest is not None]
    return not starts or not ends or max(starts) <= min(ends)


def _places_fit(a: Event, b: Event, world: _World) -> bool:
    if a.place is None or b.place is None or a.place == b.place:
        return True
    return world.contains(a.place, b.place) or world.contains(b.place, a.place)


def _is_outcome(one: _Telling, other: _Telling) -> bool:
    """Whether `other` is told as what `one` did: a participle on it, the next verb of its subject, or the
    clause that `one` explains ("ten died when they opened fire")."""
    if one.event.type != "ASSAULT" or other.event.type != "ASSAULT":
        return False
    mine = {head.i for head in one.heads}
    explained: set[int] = set()
    for head in one.heads:
        if head.dep_ == "advcl" and _opens(head, ("when", "as", "after")):
            # "three were killed and nine wounded when shells hit" hangs on the second of two verbs
            explained |= {verb.i for verb in _coordinated(head.head)}
    if any(head.lemma_.lower() in _OUTCOMES and head.i in explained for head in other.heads):
        return True
    return any(
        head.head.i in mine
        and head.head.i != head.i
        and head.lemma_.lower() in _OUTCOMES
        and head.dep_ in ("advcl", "conj", "xcomp")
        for head in other.heads
    )


def _opens(verb: Token, words: Container[str]) -> bool:
    return any(
        child.dep_ in ("mark", "advmod") and child.lower_ in words and child.i < verb.i
        for child in verb.children
    )


def _coordinated(verb: Token) -> Iterator[Token]:
    """A verb, and those before it that it is coordinated with."""
    yield verb
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
        yield verb


def _is_told_on(one: _Telling, other: _Telling) -> bool:
    """Whether two verbs of one clause tell of one deed: "fired and used tear gas to disperse them"."""
    if one.event.type in SPOKEN:
        return False  # "called for talks and said that he should resign" are two demands
    mine = {head.i for head in one.heads}
    return any(
        head.head.i in mine
        and head.head.i != head.i
        and head.dep_ in ("conj", "xcomp", "advcl")
        and not any(child.dep_ in ("nsubj", "nsubjpass") for child in head.children)
        for head in other.heads
    )


def _are_two_deeds(one: _Telling, other: _Telling) -> bool:
    """Whether coordinated verbs tell of two deeds: of different kinds, each with its own object ("attacked
    a bus and abducted nurses"), or each with its own subject ("he promised aid and both agreed to meet")."""
    mine = {head.i for head in one.heads}
    modes_differ = one.event.mode != other.event.mode
    return any(
        head.dep_ == "conj"
        and head.head.i in mine
        and (
            (modes_differ and _has(head, "dobj") and _has(head.head, "dobj"))
            or (_has(head, "nsubj") and _has(head.head, "nsubj"))
        )
        for head in other.heads
    )


def _has(verb: Token, role: str) -> bool:
    return any(child.dep_ == role for child in verb.children)


# ----------------------------------------------------------------------------------- one record


def _joined(record: _Telling, telling: _Telling, world: _World) -> _Telling:
    """Both tellings as one: what each says more closely, and all their words."""
    a, b = record.event, telling.event
    doc = record.heads[0].doc
    mode = a.mode if a.mode is not None else b.mode
    # "14 people had been killed in the shelling" counts again the victims of "shelled, killing six"
    counted_again = telling.takes_up and any(world.is_counted(party) for party in a.recipients)
    new = tuple(p for p in b.recipients if not world.is_counted(p)) if counted_again else b.recipients
    actors, recipients = _roles(a, replace(b, recipients=new), world)
    earliest, latest, inferred = _closer_days(a, b)
    event = replace(
        a,
        mode=mode,
        status="happened" if "happened" in (a.status, b.status) else a.status,
        score=ontology.score(a.type, mode),
        actors=actors,
        recipients=recipients,
        place=_closer_place(a.place, b.place, world),
        earliest=earliest,
        latest=latest,
        inferred=inferred,
        according_to=a.according_to if a.according_to and b.according_to else (),
        contexts=tuple(name for name in ontology.CONTEXTS if name in {*a.contexts, *b.contexts}),
        trigger=_together(a.trigger, b.trigger),
        evidence=_together(a.evidence, b.evidence),
        killed=_of_both(doc, a.killed, b.killed),
        injured=_of_both(doc, a.injured, b.injured),
        crowd=_of_both(doc, a.crowd, b.crowd),
        confidence=max(a.confidence, b.confidence),
    )
    return _Telling(
        event,
        record.heads + telling.heads,
        record.anaphoric and telling.anaphoric,
        record.takes_up and telling.takes_up,
        record.spans | telling.spans,
        record.content | telling.content,
    )


def _roles(a: Event, b: Event, world: _World) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients of both; a body gives way to its person, a meeting's roles to a visit's."""
    if a.type in _MUTUAL and bool(a.recipients) != bool(b.recipients):
        directed, other = (a, b) if a.recipients else (b, a)
        if directed.mode == "visit":
            more = [p for p in other.actors if p not in (*directed.actors, *directed.recipients)]
            more = [
                p
                for p in more
                if not any(world.stands_for(p, q) for q in (*directed.actors, *directed.recipients))
            ]
            return (*directed.actors, *more), directed.recipients
        return _union((*a.actors, *a.recipients), (*b.actors, *b.recipients), world), ()
    actors = _union(a.actors, b.actors, world)
    recipients = tuple(party for party in _union(a.recipients, b.recipients, world) if party not in actors)
    return actors, recipients


def _union(ours: Sequence[str], theirs: Sequence[str], world: _World) -> tuple[str, ...]:
    found = list(ours)
    for party in theirs:
        alike = [index for index, known in enumerate(found) if world.stands_for(party, known)]
        if not alike:
            found.append(party)
        elif party not in found and _is_person(party, world) and not _is_person(found[alike[0]], world):
            found[alike[0]] = party
    return tuple(dict.fromkeys(found))


def _is_person(party: str, world: _World) -> bool:
    return party in world.actors and world.actors[party].kind == "person"


def _closer_place(one: str | None, other: str | None, world: _World) -> str | None:
    if one is None or other is None:
        return one if other is None else other
    return other if world.contains(one, other) else one


def _closer_days(a: Event, b: Event) -> tuple[date | None, date | None, bool]:
    """The days of both tellings; those that one clause tells go before a bound that another's day gives."""
    if a.inferred != b.inferred:
        told = b if a.inferred else a
        if told.earliest is not None or told.latest is not None:
            return told.earliest, told.latest, False
    starts = [event.earliest for event in (a, b) if event.earliest is not None]
    ends = [event.latest for event in (a, b) if event.latest is not None]
    return max(starts, default=None), min(ends, default=None), a.inferred or b.inferred


def _of_both(doc: Doc, one: Toll | None, other: Toll | None) -> Toll | None:
    """Of two counts of one event the greater, which holds the other: "12 killed … two of them children".

    Two sources' counts of the same people are a range instead.
    """
    if one is None or other is None:
        return one if other is None else other
    return in_two_accounts(doc, one, other) or (other if other.low > one.low else one)


def _together(one: Spans, other: Spans) -> Spans:
    """All spans in their order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted({*one, *other}):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


# ----------------------------------------------------------------------------------- the component


@Language.factory(
    "sitrep_merge",
    assigns=["doc._.events"],
    requires=["doc._.events", "doc._.actors", "doc._.places", "doc._.attributions"],
)
def make_merge(nlp: Language, name: str) -> EventMerger:
    return EventMerger()


class EventMerger:
    """The spaCy component: contexts and tolls of each telling, then one record for each event."""

    def __init__(self) -> None:
        self.contexts: ContextLexicon = read_contexts()
        self.operators: Operators = read_operators()

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = set_contexts(doc, set_tolls(doc, doc._.events, self.operators), self.contexts)
        doc._.events = merge_events(doc, self.operators)
        return doc
