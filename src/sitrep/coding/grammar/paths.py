"""What the parse says of a word, and of two words of one sentence, as names that a table can hold."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

# Two words that are further apart in the parse are "far": longer paths are too rare to be learned.
LONGEST_PATH: Final = 5
FAR: Final = "far"
OTHER_SENTENCE: Final = "other sentence"

_PASSIVE: Final = frozenset({"auxpass", "nsubjpass", "csubjpass"})


def path(doc: Doc, one: int, other: int) -> str:
    """The way through the parse from the token `one` up to what governs both and down to `other`.

    Each edge is its label, a preposition with its word: "pobj prep:by ^" leads from "gunmen" up to "attacked"
    in "was attacked by gunmen". FAR where it has more than LONGEST_PATH edges, OTHER_SENTENCE between two.
    """
    if one == other:
        return "same"
    ups, downs = _chain(doc[one]), _chain(doc[other])
    places = {token.i: at for at, token in enumerate(downs)}
    for up, token in enumerate(ups):
        down = places.get(token.i)
        if down is not None:
            if up + down > LONGEST_PATH:
                return FAR
            edges = [_edge(step) for step in ups[:up]] + ["^"]
            return " ".join(edges + [_edge(step) for step in reversed(downs[:down])])
    return FAR if doc[one].sent.start == doc[other].sent.start else OTHER_SENTENCE


def form(token: Token) -> str:
    """The tag of a word, and whether it is the verb of a passive clause."""
    passive = any(child.dep_ in _PASSIVE for child in token.children)
    return f"{token.tag_} passive" if passive else str(token.tag_)


def role(token: Token) -> str:
    """The label of the edge above a word; of the object of a preposition, the preposition."""
    return f"pobj {token.head.lower_}" if token.dep_ == "pobj" else str(token.dep_)


def _chain(token: Token) -> list[Token]:
    """The token and what governs it, up to LONGEST_PATH edges."""
    found = [token]
    while len(found) <= LONGEST_PATH and found[-1].head.i != found[-1].i:
        found.append(found[-1].head)
    return found


def _edge(token: Token) -> str:
    return f"prep:{token.lower_}" if token.dep_ in ("prep", "agent") else str(token.dep_)
