"""Whether a clause states a fact, as its own verb group says."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from sitrep.coding.grammar.negation import is_negated
from sitrep.records import Status

_WILL: Final = frozenset({"will", "'ll", "’ll", "shall", "going"})
_MAY: Final = frozenset({"may", "might", "could", "can"})
_MUST: Final = frozenset({"should", "must", "ought"})
_IF: Final = frozenset({"if", "unless", "whether"})
# Verbs above an infinitive that make it a plan or a wish.
_MEANS: Final = frozenset(
    {"want", "plan", "intend", "aim", "seek", "hope", "vow", "prepare", "try", "threaten"}
)
_DENIES: Final = frozenset({"deny", "refute", "dispute"})
_ASKS: Final = frozenset({"ask", "urge", "call", "demand", "order", "tell", "request"})


def modality(token: Token) -> Status:
    """The status of what the clause of `token` says, by its verb group and the verb that governs it."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if is_negated(verb):
        return "denied"
    if verb.dep_ in ("ccomp", "xcomp", "pcomp") and verb.head.lemma_.lower() in _DENIES:
        return "denied"
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if helpers & _MUST:
        return "called_for"
    if helpers & _MAY or marks & _IF:
        return "possible"
    if helpers & _WILL:
        return "planned"
    if "to" in helpers and verb.dep_ in ("xcomp", "advcl", "ccomp"):
        above = verb.head.lemma_.lower()
        return "called_for" if above in _ASKS else "planned" if above in _MEANS else "happened"
    return "happened"
