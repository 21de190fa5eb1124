"""The data model: what a report says, as plain frozen records.

Every span is a pair of Unicode code-point offsets into the `text` of the document it belongs to,
end exclusive. `None` means that the text does not say. Ids (`a1`, `p1`, `t1`, `q1`, `e1`) are unique
within one report and follow the order of first mention. Codes are PLOVER 2.0's (`sitrep.ontology`),
ISO 3166-1 alpha-3 (countries), GeoNames' (features) and TimeML's (times).
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar

Span = tuple[int, int]
Spans = tuple[Span, ...]

ActorKind = Literal["person", "group", "organisation", "state", "people", "press"]
AttributionKind = Literal["direct", "indirect", "mixed"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Status = Literal["happened", "planned", "possible", "denied", "called_for"]
# How an account stands to its incident: says it in its own voice, gives somebody's word for it, gives
# somebody's denial, or speaks of it as planned, possible or called for.
Stance = Literal["asserts", "attributes", "denies", "expects"]


@dataclass(frozen=True, slots=True)
class Removed:
    """One stretch of the source that is not the story, and why it was cut."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read: the story's text, what its page says of itself, and what was cut."""

    id: str  # "sha256:" and the digest of the source's bytes
    source: str
    text: str
    url: str | None = None
    publisher: str | None = None
    section: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None  # ISO 639-1
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source, or a part of one, that gave no document: where, what was found, what to do."""

    source: str  # "reports.jsonl, line 812"
    found: str
    advice: str

    def __str__(self) -> str:
        return f"{self.source}: {self.found} {self.advice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a list of public actors holds an actor for, and what it says of it on the day of the report.

    `id` is the list's. `why` names what was looked up and by what it is meant. `of_another` is true where the
    actor is not this one but called by it ("the Obama administration").
    """

    id: str
    name: str
    kind: ActorKind
    office: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    why: str
    confidence: float
    of_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One participant, however the report names it.

    `mentions` are whole noun phrases with their titles ("Libyan Minister of Interior Fathi Pashaga")
    and the pronouns that stand for it. `sectors` are PLOVER's, most specific first. `inferred` is true where
    the country or the sectors are not the report's but those of `identity`.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    description: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: Spans
    inferred: bool = False
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class ActorDescription:
    """What the words of a phrase say of an actor: its state (ISO 3166-1 alpha-3) and its PLOVER sectors."""

    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place. `inferred` is true where the coordinates are not the gazetteer's for this very name."""

    id: str
    name: str
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: str | None = None
    feature: str | None = None  # GeoNames feature code: PPL, ADM1, AIRB, …
    mentions: Spans
    confidence: float = 0.0
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression. `value` is TIMEX3's; None where nothing resolves it (no published date, say).

    `earliest` and `latest` are the days meant, both inclusive: those of the value, as "early", "since",
    "by" or the other end of a range bound them.
    """

    id: str
    start: int
    end: int
    type: TimeType
    value: str | None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    spans: Spans = ()
    actor: str | None = None  # id of an Actor


@dataclass(frozen=True, slots=True)
class Cue:
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Content:
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's word: who (source), by which expression (cue), what (content). After PolNeAR.

    A quotation without a source of its own that continues a speaker carries that speaker's spans.
    """

    id: str
    kind: AttributionKind
    source: Source
    cue: Cue
    content: Content
    medium: str | None = None
    time: str | None = None  # id of the Time in the report that says when it was said: "said on Monday"
    within: str | None = None  # id of the Attribution whose content holds this one


@dataclass(frozen=True, slots=True)
class Toll:
    """A count as a range: "at least 12" is low 12, high None; "no" is 0 to 0. `str` writes it for reading."""

    low: int
    high: int | None
    spans: Spans

    def __str__(self) -> str:
        if self.high is None:
            return f"at least {self.low:,}"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One political event that one report tells, in one sentence or in several.

    `according_to` holds ids of attributions, outermost first; empty means the report's own voice.
    `inferred` is true where the days are not the event's own but bound it: those of the report, of the words
    that tell it or of another act. `confidence` is the probability that nothing in the record is false.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: str | None = None
    score: float | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    earliest: date | None = None
    latest: date | None = None
    inferred: bool = False
    status: Status = "happened"
    according_to: tuple[str, ...] = ()
    trigger: Spans
    evidence: Spans
    killed: Toll | None = None
    injured: Toll | None = None
    crowd: Toll | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A statement of who holds a place: "X, which is held by Y", "Y controls X". No event: nothing happened.

    `earliest` and `latest` are the days it is said to hold for, or that of publication (`inferred`).
    `status` and `according_to` are read as an event's are.
    """

    id: str
    place: str  # id of a Place
    holder: str  # id of an Actor
    earliest: date | None = None
    latest: date | None = None
    inferred: bool = False
    status: Status = "happened"
    according_to: tuple[str, ...] = ()
    trigger: Spans
    evidence: Spans


@dataclass(frozen=True, slots=True)
class Coder:
    """What coded a report: our version, and the digest of each set of weights that had a say."""

    sitrep: str
    models: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One coded document: the record that `sitrep code` writes."""

    id: str
    source: str
    url: str | None = None
    publisher: str | None = None
    section: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    text: str
    removed: tuple[Removed, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    control: tuple[Control, ...] = ()
    coder: Coder


# What follows from many reports together. Ids of these come from their content, never from a counter, so that
# any order of adding gives the same.


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One actor of a telling, or one whose word it is, as reports are compared by.

    `key` is what the name comes to however it is spelt or titled (`situation.names`); None where the words
    name nobody in particular ("gunmen", "sources close to the talks"). `ties` are the keys of named actors
    that its words put it under: "Khalifa Haftar's troops", "the LNA's spokesman". `kind` is None for words
    that no actor of the report stands for.
    """

    name: str
    key: str | None = None
    ties: tuple[str, ...] = ()
    kind: ActorKind | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event of one report with all that comparing it needs, after a person's corrections.

    `origin` is the report that this one copies, or else the report itself: tellings of one origin are one
    source. `sources` are those by whose word it is, outermost first; none is the report's own voice. `scene`
    is the country that the report as a whole tells most of.
    """

    report: str
    origin: str
    publisher: str | None = None
    published: date | None = None
    event: Event
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    sources: tuple[Party, ...] = ()
    scene: str | None = None
    act: tuple[str, ...] = ()  # what the spans of its trigger cut out
    words: tuple[str, ...] = ()  # what the spans of its evidence cut out

    @property
    def key(self) -> str:
        return f"{self.report}/{self.event.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One statement of control in one report, as the case compares it with others."""

    report: str
    origin: str
    publisher: str | None = None
    published: date | None = None
    control: Control
    holder: Party
    place: Place
    sources: tuple[Party, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.report}/{self.control.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one source has to say of an incident: the tellings of one origin and stance.

    A source that copies another adds its publisher here and no account of its own.
    """

    origin: str
    stance: Stance
    publishers: tuple[str, ...]
    by: tuple[Party, ...]  # whose word it is; empty is the publisher's own
    tellings: tuple[str, ...]  # keys


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which accounts contradict each other: each value with the origins that give it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Credibility:
    """The second half of the Admiralty code: 1 confirmed to 5 improbable, 6 cannot be judged."""

    grade: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happened, or is planned or denied, with everybody's account of it."""

    id: str
    type: str
    mode: str | None
    status: Status
    earliest: date | None
    latest: date | None
    place: Place | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    killed: Toll | None  # lowest and highest of any account; its spans are empty
    injured: Toll | None
    crowd: Toll | None
    accounts: tuple[Account, ...]
    publishers: tuple[str, ...]
    agreed: tuple[str, ...]  # names of the fields in which all that give them agree
    differs: tuple[Difference, ...]
    credibility: Credibility
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who held a place from when to when, both inclusive, as far as the reports say.

    `until` is None where nothing says that it ended. `basis` is how it is known: "taken", "handed over",
    "stated", or "left" where one party's going is all that is told and `holder` is None.
    `claimants` are those by whose word it is; empty is the publishers' own. It is contested while
    another holding of the same place, by another holder, is told for some of the same days.
    """

    place: str  # key of the place (`situation.places`)
    holder: Party | None
    since: date | None
    until: date | None
    basis: Literal["taken", "handed over", "left", "stated"]
    claimants: tuple[Party, ...]
    contested: bool
    tellings: tuple[str, ...]  # keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source has said of one incident, and which of its own or others' claims it contradicts."""

    source: Party
    incident: str
    telling: str
    stance: Stance
    said: date | None
    contradicts: tuple[str, ...] = ()  # keys of tellings


def words(text: str, spans: Spans) -> list[str]:
    """The words that `spans` cut out of `text`."""
    return [text[start:end] for start, end in spans]


def to_json(record: Any) -> Any:
    """A record as what `json.dumps` takes: dataclasses become objects, tuples arrays, dates ISO 8601."""
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: to_json(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, dict):
        return {key: to_json(value) for key, value in record.items()}
    if isinstance(record, (tuple, list)):
        return [to_json(item) for item in record]
    if isinstance(record, date):
        return record.isoformat()
    return record


T = TypeVar("T")


def from_json(kind: type[T], value: Any) -> T:
    """The record of type `kind` that `to_json` wrote as `value`. Raises `ValueError` on an unknown field."""
    hints = _hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise ValueError(
            f"{kind.__name__} has no field {', '.join(sorted(unknown))}; it has {', '.join(hints)}."
        )
    return kind(**{name: _restore(hints[name], item) for name, item in value.items()})


_hints: Callable[[Any], dict[str, Any]] = cache(typing.get_type_hints)  # slow, and asked for every record


def _restore(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _restore(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        kinds = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_restore(a, item) for a, item in zip(kinds, value, strict=True))
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, value)
    return value


def spans_in(record: Any) -> Iterator[Span]:
    """Every span that a record or anything in it holds."""
    if isinstance(record, Time):
        yield record.start, record.end
    elif is_dataclass(record):
        hints = _hints(type(record))
        for field in fields(record):
            value = getattr(record, field.name)
            if hints[field.name] == Spans:
                yield from value
            elif isinstance(value, tuple) or is_dataclass(value):
                yield from spans_in(value)
    elif isinstance(record, tuple):
        for item in record:
            if is_dataclass(item):
                yield from spans_in(item)
