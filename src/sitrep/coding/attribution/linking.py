"""What ties an attribution to other records of its doc: the actor who speaks, and the time of the saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.annotations import tokens_at
from sitrep.records import Actor, Attribution, Span, Time

POSSESSIVES: Final = ("'s", "’s", "' ", "’ ")

# Between the cue and its time: "said earlier on Monday", "told reporters in Geneva late on Monday".
_LEADING: Final = frozenset({"ADP", "ADV", "DET"})


def link(doc: Doc) -> tuple[Attribution, ...]:
    """The attributions of `doc` with the actors and times that its other components found."""
    linked = []
    text = doc.text
    for attribution in doc._.attributions:
        actor = actor_of(attribution, doc._.actors, text) or antecedent_of(attribution, doc._.actors, doc)
        time = time_of(attribution, doc._.times, doc)
        source = replace(attribution.source, actor=actor)
        linked.append(replace(attribution, source=source, time=time))
    return tuple(linked)


def actor_of(attribution: Attribution, actors: Sequence[Actor], text: str) -> str | None:
    """The id of the source's actor: the one whose mention shares most with the source's words.

    A possessor is not the source: "Osei's office" is not Osei.
    """
    shared = {
        actor.id: sum(
            max(0, min(end, mention[1]) - max(start, mention[0]))
            for start, end in attribution.source.spans
            for mention in actor.mentions
            if not (mention[1] < end and text.startswith(POSSESSIVES, mention[1]))
        )
        for actor in actors
    }
    # "Jane Doe, who heads the longer-named council" is Jane Doe: who stands first goes before the longest.
    first = min((start for start, _ in attribution.source.spans), default=-1)
    opening = {actor.id for actor in actors if any(start <= first < end for start, end in actor.mentions)}
    best = max(
        shared, key=lambda actor: (shared[actor] > 0 and actor in opening, shared[actor]), default=None
    )
    return best if best is not None and shared[best] else None


def antecedent_of(attribution: Attribution, actors: Sequence[Actor], doc: Doc) -> str | None:
    """The id of the actor that a relative pronoun stands for: "a man who said he had fought"."""
    if len(attribution.source.spans) != 1:
        return None
    source = tokens_at(doc, attribution.source.spans[0])
    if len(source) != 1 or source[0].tag_ not in ("WP", "WDT"):
        return None
    clause = source[0].head
    while clause.dep_ not in ("relcl", "ROOT"):
        clause = clause.head
    if clause.dep_ != "relcl":
        return None
    meant = clause.head.idx
    holding = [
        (end - start, actor.id)
        for actor in actors
        for start, end in actor.mentions
        if start <= meant < end and end <= attribution.source.spans[0][0]
    ]
    return min(holding)[1] if holding else None


def time_of(attribution: Attribution, times: Sequence[Time], doc: Doc) -> str | None:
    """The id of the time that says when the words were said, None where the report does not say it.

    It stands in the sentence of the cue, outside the content and the source, and hangs on the cue or on a
    phrase of it: "told the council in a letter on Monday".
    """
    if not attribution.cue.spans or not times:
        return None
    cue = {token.i for span in attribution.cue.spans for token in tokens_at(doc, span)}
    if not cue:
        return None
    sentence = doc[min(cue)].sent
    for time in times:
        if not sentence.start_char <= time.start < sentence.end_char:
            continue
        at = (time.start, time.end)
        if _overlaps(at, attribution.content.spans) or _overlaps(at, attribution.source.spans):
            continue
        if time.type in ("DATE", "TIME") and _is_of_cue(doc, tokens_at(doc, at).root, cue, attribution):
            return time.id
    return None


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _is_of_cue(doc: Doc, time: Token, cue: set[int], attribution: Attribution) -> bool:
    """Whether the time hangs on the cue, through phrases and not clauses, or follows it at once."""
    if time.i in cue:
        return True
    at = time
    while at.head.i != at.i and at.pos_ not in ("VERB", "AUX"):
        at = at.head
        if at.i in cue:
            return True
    # "said on Monday it had …": parsers hang the day on the clause that follows.
    before = time.i - 1
    while before > max(cue) and doc[before].pos_ in _LEADING:
        before -= 1
    return before in cue
