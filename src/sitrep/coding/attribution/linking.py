"""What ties an attribution to other records of its doc: the actor who speaks, and the time of the saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.spans import SpansAt
from sitrep.records import Actor, Attribution, Span, Time

POSSESSIVES: Final = ("'s", "’s", "' ", "’ ")

# Between the cue and its time: "said earlier on Monday", "told reporters in Geneva late on Monday".
_LEADING: Final = frozenset({"ADP", "ADV", "DET"})


def link(doc: Doc) -> tuple[Attribution, ...]:
    """The attributions of `doc` with the actors and times that its other components found."""
    linked = []
    text = doc.text
    actors: SpansAt[Actor] = SpansAt((span, actor) for actor in doc._.actors for span in actor.mentions)
    times = SpansAt(((time.start, time.end), time) for time in doc._.times)
    for attribution in doc._.attributions:
        actor = actor_of(attribution, actors, text) or antecedent_of(attribution, actors, doc)
        time = time_of(attribution, _in_sentence_of(attribution, times, doc), doc)
        source = replace(attribution.source, actor=actor)
        linked.append(replace(attribution, source=source, time=time))
    return tuple(linked)


def actor_of(attribution: Attribution, actors: SpansAt[Actor], text: str) -> str | None:
    """The id of the source's actor: the one whose mention shares most with the source's words.

    `actors` are their mentions, an actor's after another's.

    A possessor is not the source: "Osei's office" is not Osei.
    """
    if not attribution.source.spans:
        return None
    shared: dict[str, int] = {}
    for start, end in attribution.source.spans:
        for mention, actor in actors.touching((start, end)):
            if not (mention[1] < end and text.startswith(POSSESSIVES, mention[1])):
                length = min(end, mention[1]) - max(start, mention[0])
                shared[actor.id] = shared.get(actor.id, 0) + length
    # "Jane Doe, who heads the longer-named council" is Jane Doe: who stands first goes before the longest.
    first = min(start for start, _ in attribution.source.spans)
    opening = {actor.id for _, actor in actors.touching((first, first + 1))}
    return max(shared, key=lambda actor: (actor in opening, shared[actor]), default=None)


def antecedent_of(attribution: Attribution, actors: SpansAt[Actor], doc: Doc) -> str | None:
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
        for (start, end), actor in actors.touching((meant, meant + 1))
        if end <= attribution.source.spans[0][0]
    ]
    return min(holding)[1] if holding else None


def _in_sentence_of(attribution: Attribution, times: SpansAt[Time], doc: Doc) -> list[Time]:
    """The times in the sentence of its cue."""
    if not attribution.cue.spans:
        return []
    cue = tokens_at(doc, min(attribution.cue.spans))
    span = (cue[0].sent.start_char, cue[0].sent.end_char) if len(cue) else (0, 0)
    return [time for _, time in times.touching(span)]


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
