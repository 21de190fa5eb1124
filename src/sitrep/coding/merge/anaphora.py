"""Nouns that take up an event told elsewhere: "the meeting", "the attack", "this ceasefire"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.status.operators import Operators
from sitrep.coding.status.reading import read_status
from sitrep.records import Event, Span, Time

# Nouns by the type of the events that they can take up.
_NOUNS: Final[dict[str, frozenset[str]]] = {
    "CONSULT": frozenset(
        {
            "meeting", "talk", "talks", "summit", "discussion", "conversation", "negotiation", "consultation",
            "session",
        }
    ),
    "AGREE": frozenset({"agreement", "deal", "accord", "pledge", "promise"}),
    "SUPPORT": frozenset({"agreement", "treaty", "accord"}),
    "ASSAULT": frozenset(
        {
            "attack", "assault", "raid", "strike", "airstrike", "bombing", "shelling", "ambush", "shooting",
            "explosion", "blast", "clash", "fighting", "massacre", "killing", "incident", "offensive",
            "bombardment", "violence", "abduction", "kidnapping", "assassination", "battle",
        }
    ),
    "COERCE": frozenset(
        {"arrest", "detention", "capture", "takeover", "seizure", "raid", "liberation", "crackdown"}
    ),
    "PROTEST": frozenset(
        {"protest", "demonstration", "rally", "march", "strike", "riot", "unrest", "sit-in"}
    ),
    "RETREAT": frozenset(
        {"withdrawal", "ceasefire", "truce", "release", "resignation", "retreat", "pullout"}
    ),
    "MOBILIZE": frozenset({"deployment", "mobilisation", "mobilization", "exercise", "drill"}),
    "SANCTION": frozenset({"sanction", "expulsion", "embargo"}),
    "AID": frozenset({"aid", "donation", "rescue", "operation"}),
    "REQUEST": frozenset({"demand", "request", "appeal", "call"}),
    "THREATEN": frozenset({"threat", "warning"}),
    "ACCUSE": frozenset({"accusation", "allegation", "investigation", "criticism"}),
    "REJECT": frozenset({"refusal", "rejection"}),
    "CONCEDE": frozenset({"apology", "announcement"}),
    "COOPERATE": frozenset({"exercise", "cooperation"}),
}  # fmt: skip
# What is signed, by names that may take up a deal told before.
_TEXTS: Final = frozenset(
    {"document", "deal", "agreement", "accord", "pact", "treaty", "memorandum", "text", "declaration"}
)
# "The agreement" takes up what was agreed, not what was promised, and the other way round.
_ACCORDS: Final = frozenset({"agreement", "deal", "accord", "treaty"})
_WORDS_OF_ACCORD: Final = (
    frozenset({"agree", "sign", "reach", "strike", "conclude", "broker", "negotiate", "seal", "hammer"})
    | _ACCORDS
)
_VISITS: Final = frozenset({"visit", "trip", "tour"})
_POINTING: Final = frozenset({"the", "this", "that", "these", "those"})
# Verbs whose subject takes place, so that their own words say when and where it did.
_TAKES_PLACE: Final = frozenset(
    {"take", "occur", "happen", "hold", "come", "begin", "start", "be", "last", "conclude"}
)
_REACH: Final = 4  # sentences: further back "the meeting" is as often another one
_FAR: Final = 10  # sentences: further back also where the report tells of only one
_WHERE: Final = frozenset({"in", "at", "near", "outside", "inside", "on"})


def is_anaphor(token: Token, kind: str, mode: str | None = None) -> bool:
    """Whether a word can take up an event of type `kind`: it is a definite noun of that type."""
    nouns = _VISITS if (kind, mode) == ("CONSULT", "visit") else _NOUNS.get(kind, frozenset())
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token.lemma_.lower() in nouns
        and any(child.dep_ in ("det", "poss") and _points(child) for child in token.children)
    )


def is_signing(token: Token, kind: str) -> bool:
    """Whether a word tells that a text named before was signed: "signed the document"."""
    return (
        kind in ("SUPPORT", "AGREE")
        and token.lemma_.lower() in ("sign", "initial", "ink")
        and any(
            child.dep_ == "dobj"
            and child.lemma_.lower() in _TEXTS
            and any(part.dep_ == "det" and part.lower_ in _POINTING for part in child.children)
            for child in token.children
        )
    )


def happening_at(verb: Token) -> Token | None:
    """The noun by which a verb takes up violence told before: "died in the attack", "the blast left"."""
    below = (
        part
        for child in verb.children
        if child.dep_ in ("prep", "agent")
        for part in child.children
        if part.dep_ == "pobj"
    )
    subjects = (child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))
    return next((noun for noun in (*subjects, *below) if is_anaphor(noun, "ASSAULT")), None)


def _points(child: Token) -> bool:
    return child.dep_ == "poss" or child.lower_ in _POINTING


def find_anaphors(doc: Doc, events: Sequence[Event], operators: Operators) -> Iterator[Event]:
    """`events` with the sentences that take them up without naming their parties again.

    Only a noun that is the subject of its clause and told as done counts, and it takes up the nearest event
    of its type that took place in one of the few sentences before it. Where the clause says when or where
    that was and the event did not, the event learns it.
    """
    if not doc.has_annotation("DEP"):
        yield from events
        return
    found = list(events)
    used = {token.i for event in events for span in event.trigger for token in tokens_at(doc, span)}
    for token in doc:
        if token.i in used or token.dep_ not in ("nsubj", "nsubjpass") or _has_parties(token, doc):
            continue
        index = taken_up(token, found)
        if index is not None and read_status(doc, [token.i], operators) == "happened":
            found[index] = _told_on(doc, found[index], token)
    yield from found


def _has_parties(noun: Token, doc: Doc) -> bool:
    """Whether a noun has parties, a place or a time of its own, and so tells of an event itself."""
    return any(
        child.dep_ in ("poss", "prep", "acl", "relcl", "nummod", "amod", "compound", "appos")
        for child in noun.children
    )


def taken_up(noun: Token, events: Sequence[Event | None]) -> int | None:
    """Index of the event that a noun takes up: the nearest before it; the only one also from further back.

    None among `events` stands for one that is not to be considered.
    """
    start = noun.sent.start_char
    kinds = {(event.type, event.mode) for event in events if event is not None}
    meant = {kind for kind in kinds if is_anaphor(noun, *kind)}
    fit = {
        index: [end for _, end in event.trigger if end <= start]
        for index, event in enumerate(events)
        if event is not None
        and event.status == "happened"
        and (event.type, event.mode) in meant
        and _is_of_its_words(noun, event)
    }
    reach = _sentences_before(noun, _FAR if len(fit) == 1 else _REACH)
    before = {index: max((end for end in ends if end >= reach), default=-1) for index, ends in fit.items()}
    nearest = max(fit, key=lambda index: (before[index], -index), default=None)
    if nearest is None or before[nearest] < 0 or _is_introduced(noun, before[nearest], events[nearest]):
        return None
    return nearest


def _is_of_its_words(noun: Token, event: Event) -> bool:
    """Whether a noun for what was agreed or promised goes with the words that told of it."""
    if event.type != "AGREE":
        return True
    words = {token.lemma_.lower() for span in event.trigger for token in tokens_at(noun.doc, span)}
    return (noun.lemma_.lower() in _ACCORDS) == bool(words & _WORDS_OF_ACCORD)


def _is_introduced(noun: Token, since: int, event: Event | None) -> bool:
    """Whether another happening of the kind was introduced in between: "a session", "another attack"."""
    if event is None:
        return False
    nouns = _NOUNS.get(event.type, frozenset())
    between = takewhile(lambda token: token.idx >= since, reversed(noun.doc[: noun.i]))
    return any(
        token.lemma_.lower() in nouns
        and not any(start <= token.head.idx < end for start, end in event.trigger)  # "signed a treaty"
        and any(child.dep_ == "det" and child.lower_ in ("a", "an", "another") for child in token.children)
        for token in between
    )


def _sentences_before(noun: Token, count: int) -> int:
    """Where the sentence starts that stands `count` sentences before a word's own, in characters."""
    start = noun.sent.start
    for _ in range(count):
        while start > 0 and noun.doc[start - 1].is_space:
            start -= 1
        if start == 0:
            break
        start = noun.doc[start - 1].sent.start
    return int(noun.doc[start].idx)


def _told_on(doc: Doc, event: Event, noun: Token) -> Event:
    words = [token for token in noun.sent if not token.is_space]
    sentence: Span = (words[0].idx, span_of(words[-1])[1])
    trigger = tuple(sorted({*event.trigger, span_of(noun)}))
    evidence = tuple(sorted({*event.evidence, sentence}))
    event = replace(event, trigger=trigger, evidence=evidence)
    verb = noun.head
    if verb.lemma_.lower() not in _TAKES_PLACE:
        return event
    if event.place is None:
        event = replace(event, place=_place_at(doc, verb))
    if event.earliest is None and event.latest is None:
        earliest, latest = _days_at(doc, verb)
        event = replace(event, earliest=earliest, latest=latest)
    return event


def _place_at(doc: Doc, verb: Token) -> str | None:
    """Id of the place that a verb's own prepositions name."""
    named = {
        token.i: place.id
        for place in doc._.places
        for span in place.mentions
        for token in tokens_at(doc, span)
    }
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in _WHERE:
            for token in child.subtree:
                if token.i in named:
                    place: str = named[token.i]
                    return place
    return None


def _days_at(doc: Doc, verb: Token) -> tuple[date | None, date | None]:
    """The days of the time expression that hangs on a verb."""
    parts = {verb.i}
    for child in verb.children:
        if child.dep_ in ("prep", "npadvmod", "advmod"):
            parts.update(token.i for token in child.subtree)
    times: tuple[Time, ...] = doc._.times
    for time in times:
        tokens = tokens_at(doc, (time.start, time.end))
        if time.type in ("DATE", "TIME") and len(tokens) and all(token.i in parts for token in tokens):
            return time.earliest, time.latest
    return None, None
