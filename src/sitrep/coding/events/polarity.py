"""Whether an act is said not to be, or still to come: negations, auxiliaries and the verbs above it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from sitrep.coding.events.arguments import has_conjunction, own_subjects, shares_subject
from sitrep.coding.lemmas import lemma_of

_FUTURE_AUXILIARIES: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
# What makes the infinitive below it an act still to come: "plans to", "is set to".
_PROSPECTIVE: Final = frozenset({
    "plan", "intend", "prepare", "expect", "schedule", "set", "due", "ready", "aim", "want",
    "hope", "seek", "consider", "propose", "decide", "vow", "pledge", "promise", "agree", "offer", "threaten",
    "poise", "go", "likely", "willing", "prepared", "determined", "slate",
})  # fmt: skip
# "Failed to reach", "stopped short of endorsing": what hangs on these did not take place.
_NEGATIVE_VERBS: Final = frozenset(
    {"fail", "avoid", "avert", "forget", "neglect", "abstain", "refrain", "stop", "short", "clear", "instead"}
)
_PREVENTING: Final = frozenset({
    "prevent", "stop", "ban", "bar", "keep", "prohibit", "block", "deter", "restrain", "dissuade",
    "discourage",
})  # fmt: skip
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})


def is_negated(verb: Token) -> bool:
    if any(
        child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in {"advmod", "det", "preconj"})
        for child in verb.children
    ):
        return True
    if any(
        child.lower_ == "no" and child.dep_ == "det"
        for part in verb.children
        if part.dep_ in {"dobj", "nsubjpass", "nsubj"}
        for child in part.children
    ):
        return True
    if verb.dep_ in {"xcomp", "pcomp"} and _governor(verb).lemma_ in _NEGATIVE_VERBS:
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    if any(child.lower_ == "neither" for subject in own_subjects(verb) for child in subject.children):
        return True
    if verb.dep_ == "xcomp" and verb.tag_ == "VBN" and verb.head.lemma_ == "be":
        auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        if {"to", "have"} <= auxiliaries:
            return True  # "were to have met": they did not
    if verb.dep_ == "pcomp" and verb.head.lower_ == "from" and _governor(verb).lemma_ in _PREVENTING:
        return True
    infinitive = verb.tag_ == "VB" and verb.dep_ == "ccomp" and not has_conjunction(verb)
    if (
        verb.dep_ == "xcomp"
        or infinitive
        or (verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB")
    ):
        return is_negated(verb.head)
    return False


def _is_reported(verb: Token) -> bool:
    """Whether "would" is the "will" that somebody said, and no condition: "it said it would withdraw"."""
    if any(token.lower_ in {"if", "unless"} for token in verb.sent):
        return False
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in {"ccomp", "acl"} or any(
        child.dep_ in {"ccomp", "parataxis"} for child in verb.children
    )


def _governor(verb: Token) -> Token:
    return verb.head.head if verb.dep_ == "pcomp" else verb.head


def is_future(verb: Token) -> bool:
    """Whether the act is still to come: "will", "is going to", "plans to", "is set to"."""
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in _FUTURE_AUXILIARIES:
            return True
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in {"would", "'d", "’d"} and _is_reported(verb):
            return True
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and shares_subject(verb) and verb.tag_ == "VB":
        return is_future(verb.head)
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "acl", "ccomp", "advcl"}:
        return lemma_of(verb.head) in _PROSPECTIVE or (verb.dep_ == "xcomp" and is_future(verb.head))
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children)
        and any(child.dep_ == "nsubj" for child in verb.children)
    )  # a headline's "Minister to visit Rome"
