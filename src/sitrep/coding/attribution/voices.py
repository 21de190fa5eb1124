"""On whose word an event stands: the attributions that hold it, and that tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.annotations import tokens_at
from sitrep.coding.grammar.negation import is_negated, is_verbal
from sitrep.records import Actor, Attribution, Span, Spans, Status

# Cues that tell, whosever they are; those of hearsay, which is nobody's word in particular; and those that do
# something about an act, or take it for granted, without telling of it.
_SAYS: Final = frozenset(
    {
        "say", "tell", "announce", "state", "add", "report", "claim", "declare", "explain", "note", "write",
        "tweet", "reply", "insist", "argue", "recall", "confirm", "according", "describe", "quote", "cite",
        "reveal", "disclose", "admit", "acknowledge",
    }
)  # fmt: skip
_HEARSAY: Final = _SAYS | frozenset(
    {
        "believe", "allege", "allegedly", "reportedly", "think", "understand", "accuse", "know", "rumour",
        "rumor"
    }
)  # fmt: skip
_DENIES: Final = frozenset(
    {
        "deny", "denial", "reject", "dismiss", "refute", "dispute", "disavow"
    }
)  # fmt: skip
_DEEDS: Final = frozenset(
    {
        "wonder", "plan", "prepare", "intend", "intention", "aim", "seek", "want", "wish", "decide",
        "decision", "agree", "agreement", "resolve", "commit", "commitment", "consider", "mull", "weigh",
        "contemplate", "explore", "try", "attempt", "refuse", "refusal", "decline", "fail", "failure",
        "drop", "abandon", "cancel", "postpone", "schedule", "plot", "discuss", "discussion", "negotiate",
        "debate", "approve", "authorise", "authorize", "ready", "condemn", "denounce", "criticise",
        "criticize", "welcome", "praise", "thank", "mourn", "deplore", "decry", "regret", "protest",
        "convict", "sentence", "blame", "celebrate", "mark", "investigate", "question", "doubt",
    }
)  # fmt: skip


def holds(spans: Spans, point: int) -> bool:
    """Whether a character of the text stands in one of `spans`."""
    return any(start <= point < end for start, end in spans)


def find_sources(doc: Doc, trigger: Spans, status: Status = "happened") -> tuple[str, ...]:
    """Ids of the attributions on whose word an event stands, outermost first.

    They are those whose content holds the trigger's first word and whose cue tells. A cue that is that word
    itself ("accused") is what the event is, not what holds it; one that takes the act for granted ("condemned
    the attack", and whatever a denial does not deny) or does something about it ("is preparing", "refused")
    leaves it in the voice around it, and so does one of which the text says that it was not uttered.
    """
    if not trigger:
        return ()
    start = trigger[0][0]
    known = {attribution.id: attribution for attribution in doc._.attributions}
    holding = [
        attribution
        for attribution in known.values()
        if holds(attribution.content.spans, start)
        and not holds(attribution.cue.spans, start)
        and _tells(doc, attribution, status)
    ]

    def order(attribution: Attribution) -> tuple[int, int, int]:
        depth, outer, seen = 0, attribution.within, {attribution.id}
        while outer is not None and outer in known and outer not in seen:
            seen.add(outer)
            depth, outer = depth + 1, known[outer].within
        width = sum(end - begin for begin, end in attribution.content.spans)
        return depth, -width, min(begin for begin, _ in attribution.content.spans)

    found: list[Attribution] = []
    for attribution in sorted(holding, key=order):
        if not (found and found[-1].source == attribution.source and attribution.source.spans):
            found.append(
                attribution
            )  # "rejected reports of" are two cues of one source: the outer one stands
    return tuple(attribution.id for attribution in found)


def whose_word(doc: Doc, span: Span) -> tuple[str, ...]:
    """On whose word the words of `span` stand, as the sources are worded; empty in the report's own voice."""
    known = {attribution.id: attribution for attribution in doc._.attributions}
    found = find_sources(doc, (span,), "happened")
    if not found:
        return ()
    text = doc.text  # put together anew at each call
    return tuple(source_of(known[attribution], doc._.actors, text) for attribution in found)


def source_of(attribution: Attribution, actors: Iterable[Actor], text: str) -> str:
    """Whose word an attribution is: the id of the actor that its source names, else the source's words."""
    for start, end in attribution.source.spans:
        for actor in actors:
            if any(low < end and start < high for low, high in actor.mentions):
                return actor.id
    return " ".join(text[start:end].lower() for start, end in attribution.source.spans) or attribution.id


def _tells(doc: Doc, attribution: Attribution, status: Status) -> bool:
    """Whether the content stands on the source's word: a quotation always, else by the cue's words."""
    cue = [token for span in attribution.cue.spans for token in tokens_at(doc, span)]
    words = {token.lemma_.lower() for token in cue} | {token.lower_ for token in cue}
    if not attribution.source.spans and not words & _HEARSAY:
        return False
    if attribution.kind == "direct" or words & _SAYS:
        return not any(
            is_verbal(token) and token.lemma_.lower() in _SAYS and is_negated(token) for token in cue
        )
    if status == "happened" and words & _DENIES:
        return False
    return not words & _DEEDS
