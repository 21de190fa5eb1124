"""The words in which a text says that somebody holds a place, read off the parse.

Three shapes, each with its holder and its places: a verb ("the army holds Sirte", "Sirte, which is controlled
by the army", "rebel-held Idlib"); a phrase ("under the control of", "in the hands of"); a noun ("Sirte, the
general's stronghold"). Part of a place is not the place: "most of the city" states nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

_HOLD: Final = frozenset({"hold", "control", "occupy", "rule", "govern", "administer"})
_HAVE: Final = frozenset({"have", "maintain", "keep", "retain", "exercise", "exert", "consolidate"})
_BE: Final = frozenset({"be", "remain", "stay", "become", "come", "lie", "stand"})
_CONTROL: Final = frozenset({"control", "rule", "occupation", "command"})
_HANDS: Final = frozenset({"hand", "grip"})
_BASTION: Final = frozenset({"stronghold", "bastion", "bulwark", "redoubt", "fiefdom"})
_WHOLE: Final = frozenset(
    {"all", "whole", "entirety", "city", "town", "village", "port", "district", "base", "area"}
)
_PART: Final = frozenset(
    {"most", "much", "part", "half", "third", "quarter", "swathe", "swath", "some", "percent", "%",
     "majority", "bulk", "stretch", "pocket", "few", "side", "rest"}
)  # fmt: skip
_COMPASS: Final = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "parts"}
)
_OBJECTS: Final = frozenset({"dobj", "obj"})
_SUBJECTS: Final = frozenset({"nsubj"})
_PASSIVE: Final = frozenset({"nsubjpass", "nsubj:pass"})


@dataclass(frozen=True, slots=True)
class Statement:
    """Tokens by index: who holds, what is held, and the words that say so."""

    holder: int
    held: tuple[int, ...]
    trigger: tuple[int, ...]


def find_statements(doc: Doc) -> tuple[Statement, ...]:
    """Every statement of control in `doc`, in the order of the text; none without a parse."""
    if not doc.has_annotation("DEP"):
        return ()
    found = [statement for token in doc for statement in _at(token) if statement.held]
    return tuple(sorted(found, key=lambda statement: statement.trigger))


def _at(token: Token) -> Iterator[Statement]:
    lemma = token.lemma_.lower()
    if lemma in _HOLD and token.pos_ in {"VERB", "ADJ"}:
        yield from _by_verb(token)
    elif lemma in _CONTROL | _HANDS and token.pos_ == "NOUN":
        yield from _by_phrase(token)
    elif lemma in _BASTION:
        yield from _by_bastion(token)


def _by_verb(verb: Token) -> Iterator[Statement]:
    if verb.dep_ in {"amod", "compound"} and verb.i > 1 and verb.nbor(-1).text == "-":
        # "the rebel-held town of Idlib"
        yield Statement(verb.i - 2, _held(verb.head), (verb.i,))
        return
    agent = next(
        (word for by in verb.children if by.dep_ == "agent" for word in by.children if word.dep_ == "pobj"),
        None,
    )
    if agent is not None:
        passive = [child for child in verb.children if child.dep_ in _PASSIVE]
        if verb.dep_ in {"acl", "amod", "appos"} and not passive:
            passive = [verb.head]
        for word in passive:
            yield Statement(agent.i, _held(_antecedent(word)), (verb.i,))
        return
    holder = _subject(verb)
    if holder is None or verb.tag_ == "VBG":
        return
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield Statement(holder.i, _held(_antecedent(child)), (verb.i,))


def _by_phrase(noun: Token) -> Iterator[Statement]:
    lemma = noun.lemma_.lower()
    preposition = noun.head if noun.dep_ == "pobj" else None
    of = next(
        (word for p in noun.children if p.lower_ == "of" for word in p.children if word.dep_ == "pobj"), None
    )
    owner = next((child for child in noun.children if child.dep_ in {"poss", "compound", "nmod"}), None)
    if preposition is not None and preposition.lower_ in ({"under"} if lemma in _CONTROL else {"in"}):
        above = preposition.head
        if preposition.lower_ == "in" and lemma in _CONTROL:
            return
        holder = owner if owner is not None else of
        if holder is None:
            return
        held = _subject(above) if above.lemma_.lower() in _BE else above
        if held is not None and held.pos_ in {"NOUN", "PROPN", "PRON"}:
            yield Statement(holder.i, _held(_antecedent(held)), (preposition.i, noun.i))
        return
    if lemma not in _CONTROL or of is None:
        return
    if noun.dep_ in _OBJECTS and noun.head.lemma_.lower() in _HAVE:
        holder = _subject(noun.head)
        trigger = (noun.head.i, noun.i)
    elif preposition is not None and preposition.lower_ == "in" and preposition.head.lemma_.lower() in _BE:
        holder = _subject(preposition.head)
        trigger = (preposition.i, noun.i)
    else:
        return
    if holder is not None:
        yield Statement(holder.i, _held(of), trigger)


def _by_bastion(noun: Token) -> Iterator[Statement]:
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        owner = next(
            (word for p in noun.children if p.lower_ == "of" for word in p.children if word.dep_ == "pobj"),
            None,
        )
    if owner is None:
        return
    held: Token | None = None
    if noun.dep_ == "attr" and noun.head.lemma_.lower() in _BE:
        held = _subject(noun.head)
    elif noun.dep_ == "appos":
        held = noun.head
    else:
        held = next((child for child in noun.children if child.dep_ == "appos"), None)
    if held is not None:
        yield Statement(owner.i, _held(_antecedent(held)), (noun.i,))


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it is coordinated with or hangs on as an infinitive."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in _SUBJECTS | _PASSIVE:
                return _antecedent(child)
        if verb.dep_ == "relcl":
            return None
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.pos_ not in {"VERB", "AUX"}:
            return None
        verb = verb.head
    return None


def _antecedent(word: Token) -> Token:
    """What a relative pronoun stands for: "Sirte, which he holds"."""
    if word.tag_ in {"WDT", "WP"} or (word.lower_ == "that" and word.pos_ in {"PRON", "SCONJ"}):
        clause = word.head
        while (
            clause.dep_ in {"aux", "auxpass", "conj", "xcomp", "prep", "pobj"} and clause.head is not clause
        ):
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return word


def _held(word: Token) -> tuple[int, ...]:
    """The tokens that name what is held: "all of Tripoli", "the towns of Sirte and Jufra"."""
    if word.lemma_.lower() in _PART or any(
        child.lemma_.lower() in _PART | _COMPASS
        and child.dep_ in {"amod", "det", "nmod", "compound", "nummod"}
        for child in word.children
    ):
        return ()
    found: list[int] = []
    inner = [
        w
        for p in word.children
        if p.lower_ == "of" and p.dep_ == "prep"
        for w in p.children
        if w.dep_ == "pobj"
    ]
    named = [
        child
        for child in word.children
        if child.dep_ in {"appos", "compound", "nmod"} and child.pos_ == "PROPN"
    ]
    if (
        word.pos_ != "PROPN"
        and inner
        and word.lemma_.lower() in _WHOLE | {"city", "oilfield", "airport", "region"}
    ):
        for one in inner:
            found.extend(_held(one))
    elif word.pos_ != "PROPN" and named and not inner:
        found.extend(one.i for one in named)
    else:
        found.append(word.i)
    for child in word.children:
        if child.dep_ == "conj":
            found.extend(_held(child))
    return tuple(dict.fromkeys(found))
