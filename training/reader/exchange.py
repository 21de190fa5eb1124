"""Exchanges the names of a text for others: what an act is must not rest on who does it.

A text whose names are other ones is annotated as it was. Each name is exchanged for one of its kind that
has as many word pieces, the same one wherever it stands in the text, so that the parse and all features
still hold.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.reader.passages import CONTEXT_PIECES, SEP, Passage

Pieces = tuple[int, ...]

_NAMED: Final = {"PERSON": "person", "GPE": "place", "LOC": "place", "NORP": "people", "ORG": "organisation"}
# Words for those who carry arms: whether they are called soldiers or rebels changes nothing in what they do.
_ARMED: Final = frozenset({
    "soldiers", "troops", "rebels", "militants", "fighters", "gunmen", "insurgents", "guerrillas",
    "militiamen", "terrorists", "jihadists", "separatists", "paramilitaries", "commandos", "mercenaries",
})  # fmt: skip


def names_of(doc: Doc) -> dict[int, str]:
    """The tokens that may be exchanged, and the kind of each."""
    return {token.i: kind for token in doc if (kind := _kind(token)) is not None}


def _kind(token: Token) -> str | None:
    if token.lower_ in _ARMED:
        return "armed"
    if token.pos_ == "PROPN" or token.ent_type_ == "NORP":
        return _NAMED.get(token.ent_type_)
    return None


class Names:
    """The names of all texts by kind and length, to draw from. `texts` gives passages and `names_of` each."""

    def __init__(self, texts: Iterable[tuple[list[Passage], dict[int, str]]]) -> None:
        pools: dict[tuple[str, int], dict[Pieces, None]] = defaultdict(dict)
        for passages, kinds in texts:
            for token, pieces in _tokens(passages):
                if token in kinds:
                    pools[kinds[token], len(pieces)][pieces] = None
        self._pools = {key: list(pool) for key, pool in pools.items()}

    def exchanged(
        self, passages: list[Passage], kinds: dict[int, str], draw: random.Random
    ) -> list[list[int]]:
        """The pieces of each passage with other names in them, also in what stands before it."""
        other: dict[Pieces, Pieces] = {}
        for token, pieces in _tokens(passages):
            if token in kinds and pieces not in other:
                other[pieces] = draw.choice(self._pools[kinds[token], len(pieces)])
        found: list[list[int]] = []
        before: list[int] = []
        for passage in passages:
            start = passage.positions[0]
            own = list(passage.pieces[start:-1])
            for token, position, end in _places(passage):
                if token in kinds:
                    own[position - start : end - start] = other[passage.pieces[position:end]]
            opening = _replaced(passage.pieces[: start - len(before)], other)
            found.append([*opening, *before, *own, SEP])
            before = own[-CONTEXT_PIECES:]
        return found


def _places(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Each token of a passage's own with where its pieces begin and end."""
    ends = (*passage.positions[1:], len(passage.pieces) - 1)
    yield from zip(passage.tokens, passage.positions, ends, strict=True)


def _tokens(passages: Iterable[Passage]) -> Iterator[tuple[int, Pieces]]:
    for passage in passages:
        for token, start, end in _places(passage):
            yield token, passage.pieces[start:end]


def _replaced(pieces: Pieces, other: dict[Pieces, Pieces]) -> list[int]:
    """`pieces` of a title with every exchanged name in them replaced, longer ones first."""
    found, at = list(pieces), 0
    lengths = sorted({len(name) for name in other}, reverse=True)
    while at < len(pieces):
        size = next((n for n in lengths if pieces[at : at + n] in other), 0)
        if size:
            found[at : at + size] = other[pieces[at : at + size]]
        at += max(1, size)
    return found
