"""Whether a noun that may be a place or a thing is a party here: it does something, or is dealt with."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.tables import actor_words

# After these a state is somebody: "the attack on Kuwait" is on a place, "sanctions against Iran" on a state.
_ACTOR_PREPOSITIONS: Final = frozenset(
    {"by", "with", "against", "between", "among", "for", "and", "like", "versus"}
)
# What is done to a state under "of" or "on" makes it a party.
_DEEDS: Final = actor_words()["deeds"]
_DEEDS_OF_STATE: Final = actor_words()["deeds of state"]
# What is given or imposed: whoever stands after its "to" or "on" is a party, "sent aid to Laos".
_GOODS: Final = actor_words()["goods"]
_GIVING: Final = actor_words()["giving"]
# What a capital does as a town and not for its state.
_LIVED_BY_CITIES: Final = actor_words()["lived by cities"]
# What is done to a government, and not to the town it sits in.
_DONE_TO_STATES: Final = actor_words()["done to states"]


def is_party(doc: Doc, at: int, end: int) -> bool:
    """Does the noun at token `at` do something, or is it dealt with, so that it is no site or thing?"""
    if end < len(doc) and doc[end].tag_ == "POS":
        return True
    top = first_of_list(doc[at])
    if top.dep_ == "nsubj":
        return top.head.pos_ == "VERB"
    return top.dep_ == "agent" or (
        top.dep_ == "pobj" and top.head.lower_ in _ACTOR_PREPOSITIONS - {"for", "among"}
    )


def acts(doc: Doc, at: int, end: int) -> bool:
    """Is the state at token `at` a party here, and not just where something is?"""
    token = doc[at]
    if end < len(doc) and doc[end].tag_ == "POS":
        return True
    top = first_of_list(token)
    if top.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "iobj"):
        return True
    if top.dep_ == "agent" or (top.dep_ == "pobj" and top.head.lower_ in _ACTOR_PREPOSITIONS):
        return True
    return top.dep_ == "pobj" and is_dealt_with(top.head)


def capital_acts(token: Token) -> bool:
    """Does the capital at a token do, or is it done to it, what is a government's?"""
    top = first_of_list(token)
    verb = top.head
    return (
        (top.dep_ == "nsubj" and does_as_state(verb))
        or (top.dep_ == "pobj" and verb.head.pos_ == "VERB" and is_dealt_with(verb))
        or (top.dep_ in ("dobj", "dative") and verb.lemma_.lower() in _DONE_TO_STATES)
        or (top.dep_ == "pobj" and verb.lower_ == "between" and verb.head.pos_ != "AUX")
        or top.dep_ == "agent"
    )


def does_as_state(verb: Token) -> bool:
    """Is it the government that does this: a deed of state, or anything done to something else?"""
    lemma = verb.lemma_.lower()
    if lemma in _DEEDS_OF_STATE:
        return True
    deeds = any(child.dep_ in ("dobj", "ccomp") for child in verb.children)
    return deeds and verb.pos_ == "VERB" and lemma not in _LIVED_BY_CITIES


def is_dealt_with(preposition: Token) -> bool:
    """Is what stands after a preposition given, sent or done something: "aid to Laos", "ban on Iran"?"""
    if preposition.lower_ not in ("of", "on", "to", "from", "upon"):
        return False
    governor = preposition.head
    if governor.lemma_.lower() in _DEEDS:
        return True
    if preposition.lower_ == "of":
        return False
    if governor.lemma_.lower() in _GOODS:
        return True
    if governor.pos_ != "VERB":
        return False
    objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
    # "two tonnes of aid"
    objects += [inner for o in objects for of in o.children if of.lower_ == "of" for inner in of.children]
    if any(child.lemma_.lower() in _GOODS for child in objects):
        return True
    return governor.lemma_.lower() in _GIVING and preposition.lower_ != "from"


def first_of_list(token: Token) -> Token:
    """The token that carries the role of a list: "Chile" in "between Chile, Peru and Bolivia"."""
    for _ in range(8):
        if token.dep_ not in ("conj", "appos", "compound", "nmod"):
            break
        token = token.head
    return token
