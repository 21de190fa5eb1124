"""Gold records as what the heads should answer: indexes into the words and candidates of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spacy.tokens import Doc

from sitrep.coding.reader.candidates import Candidate, Candidates
from sitrep.coding.reader.labels import MARKS, MODES, NONE, STATUSES, TOLLS, TYPES
from sitrep.evaluation.parties import same_party, words_of

UNJUDGED = -100
CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "AUX"})


@dataclass
class Target:
    """One gold event: the words that tell it and, for each role, which candidates fill it.

    `actors` and `recipients` hold 1, 0 or UNJUDGED for each party, `sources` for each source. `place`, `time`
    and each toll are the rows that are right, of the candidates and "none" after them; empty where the answer
    is not among them.
    """

    words: list[int]
    first: list[int]  # those of the fullest telling
    type: int
    mode: int
    status: int
    marks: list[int]
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    tolls: dict[str, list[int]] = field(default_factory=dict)


def targets_of(doc: Doc, gold: dict[str, Any], candidates: Candidates) -> list[Target]:
    """The events of a gold document against the candidates of its text."""
    return [target for event in gold["events"] if (target := _target(doc, event, candidates)) is not None]


def _target(doc: Doc, event: dict[str, Any], candidates: Candidates) -> Target | None:
    tellings = [_words(doc, mention["trigger"]) for mention in event["mentions"]]
    words = sorted({word for telling in tellings for word in telling})
    if not words:
        return None
    mode = f"{event['type']} {event['mode']}" if event["mode"] else NONE
    flags = set(event["flags"])
    return Target(
        words=words,
        first=tellings[0],
        type=TYPES.index(event["type"]),
        mode=MODES.index(mode),
        status=STATUSES.index(event["status"]),
        marks=[int(mark in flags) for mark in MARKS[:-1]],
        actors=_parties(doc, event["actors"], candidates.parties),
        recipients=_parties(doc, event["recipients"], candidates.parties),
        sources=_parties(doc, event["according_to"], candidates.sources),
        place=_place(doc, event["place"], candidates.places),
        time=_time(doc, event, candidates.times),
        tolls={kind: _toll(event, kind, candidates.counts) for kind in TOLLS},
    )


def _words(doc: Doc, spans: Iterable[Sequence[int]]) -> list[int]:
    """The words of a trigger that carry its meaning: all that are nouns, verbs or adjectives, or its head."""
    tokens = [
        token for start, end in spans for token in doc.char_span(start, end, alignment_mode="expand") or ()
    ]
    content = [token.i for token in tokens if token.pos_ in CONTENT and not token.is_space]
    if content:
        return content
    return [token.i for token in tokens if token.text.strip()][:1]


def _touch(span: Sequence[int], others: Iterable[Sequence[int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _parties(doc: Doc, gold: Sequence[dict[str, Any]], candidates: Sequence[Candidate]) -> list[int]:
    """1 for candidates that are a gold party, UNJUDGED for optional ones and those that share its words."""
    found = [0] * len(candidates)
    text = doc.text
    for party in gold:
        spans = [span for span in (party["local"], party["name"]) if span]
        near = [
            number
            for number, candidate in enumerate(candidates)
            if any(_touch(span, candidate.spans) for span in spans)
        ]
        by_name = [
            number
            for number, candidate in enumerate(candidates)
            if any(same_party(text[start:end], party["text"]) for start, end in candidate.spans)
        ]
        heads = {h for span in spans if (h := _head(doc, span)) is not None}
        exact = [n for n in {*near, *by_name} if heads & set(candidates[n].heads)]
        right = exact or by_name or near[:1]
        for number in {*near, *by_name}:
            if number not in right and found[number] == 0:
                found[number] = UNJUDGED
        for number in right:
            found[number] = UNJUDGED if party["optional"] else 1
    return found


def _head(doc: Doc, span: Sequence[int]) -> int | None:
    tokens = doc.char_span(span[0], span[1], alignment_mode="expand")
    return tokens.root.i if tokens is not None and len(tokens) else None


def _place(doc: Doc, gold: dict[str, Any] | None, candidates: Sequence[Candidate]) -> list[int]:
    if gold is None:
        return [len(candidates)]
    text = doc.text
    right = []
    for number, candidate in enumerate(candidates):
        named = any(words_of(text[s:e]) == words_of(gold["text"]) for s, e in candidate.spans)
        if named or _touch(gold["span"], candidate.spans):
            right.append(number)
    return right


def _time(doc: Doc, event: dict[str, Any], candidates: Sequence[Candidate]) -> list[int]:
    """Times with just the gold days; "none" where gold only bounds the event by the day of publication."""
    published: date | None = doc._.published
    first, last = event["earliest"], event["latest"]
    if first is None and last is None:
        # nothing is held against a day here: what an undated story's times come to is mostly unknown
        return [len(candidates)] if published is not None else []
    times = {time.id: time for time in doc._.times}
    right = []
    for number, candidate in enumerate(candidates):
        time = times[candidate.id]
        days = tuple(day and day.isoformat() for day in (time.earliest, time.latest))
        if days == (first, last):
            right.append(number)
        elif first is None and days[1] == last and days[0] is not None:
            right.append(number)  # "by Monday": the day bounds it
        elif last is None and days[0] == first:
            right.append(number)
    bound = published.isoformat() if published else None
    if (first is None and last == bound) or (last is None and first == bound):
        right.append(len(candidates))
    if not right and bound is not None and last is not None and last <= bound:
        right.append(len(candidates))  # no time of the text says it: by the day of publication is still true
    return right


def _toll(event: dict[str, Any], kind: str, candidates: Sequence[Candidate]) -> list[int]:
    """Rows: the counts, then "one, not counted in words", then "none"."""
    gold = event[kind]
    if gold is None:
        return [len(candidates) + 1]
    right = [n for n, candidate in enumerate(candidates) if candidate.count and candidate.count[0] == gold[0]]
    near = [
        n for n, candidate in enumerate(candidates) if candidate.count and candidate.count[0] - 1 == gold[0]
    ]
    if gold[0] == 1:
        right.append(len(candidates))
    return right or near
