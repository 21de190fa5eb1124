"""A text cut into passages that the encoder reads one by one, each with some of what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc
from tokenizers import Tokenizer

CLS: Final = 101
SEP: Final = 102

# Word pieces of a passage's own sentences, of the sentences before it, and of the title before those.
# Together with three marks they stay below the 512 positions of the encoder, also where a sentence is cut.
OWN_PIECES: Final = 288
CONTEXT_PIECES: Final = 56
TITLE_PIECES: Final = 24


@dataclass(frozen=True, slots=True)
class Passage:
    """What the encoder reads at once: word pieces, and where the first piece of each token of its own is."""

    pieces: tuple[int, ...]
    tokens: tuple[int, ...]  # indexes into the `Doc`, increasing
    positions: tuple[int, ...]  # of the first piece of each of `tokens`


def cut_passages(doc: Doc, tokenizer: Tokenizer, title: str | None = None) -> list[Passage]:
    """The passages of `doc`: every token that has a word piece belongs to exactly one of them.

    Sentences stay whole but where one alone is longer than a passage. Passages are made about equally long.
    """
    sentences = _sentences(doc, tokenizer)
    left = sum(len(pieces) for sentence in sentences for _, pieces in sentence)
    opening = tokenizer.encode(title, add_special_tokens=False).ids[:TITLE_PIECES] if title else []
    found: list[Passage] = []
    before: list[int] = []
    group: list[tuple[int, Sequence[int]]] = []
    size = 0
    for sentence in sentences:
        length = sum(len(pieces) for _, pieces in sentence)
        goal = left / max(1, -(-left // OWN_PIECES))  # of this passage, where all that are left are alike
        if group and (size + length > OWN_PIECES or size + length / 2 > goal):
            found.append(_passage(opening, before, group))
            before = [piece for _, pieces in group for piece in pieces][-CONTEXT_PIECES:]
            left -= size
            group, size = [], 0
        group.extend(sentence)
        size += length
    if group:
        found.append(_passage(opening, before, group))
    return found


def _sentences(doc: Doc, tokenizer: Tokenizer) -> list[list[tuple[int, Sequence[int]]]]:
    """The tokens of each sentence with their pieces; of one longer than a passage, of each part of it."""
    encoded = tokenizer.encode_batch([token.text for token in doc], add_special_tokens=False)
    parts: list[list[tuple[int, Sequence[int]]]] = [[]]
    size = 0
    for token, found in zip(doc, encoded, strict=True):
        pieces = found.ids[:OWN_PIECES]
        if token.is_sent_start or size + len(pieces) > OWN_PIECES:
            parts.append([])
            size = 0
        if pieces:
            parts[-1].append((token.i, pieces))
            size += len(pieces)
    return [part for part in parts if part]


def _passage(
    title: Sequence[int], before: Sequence[int], group: Sequence[tuple[int, Sequence[int]]]
) -> Passage:
    pieces = [CLS, *title, SEP] if title else [CLS]
    pieces.extend(before)
    tokens, positions = [], []
    for token, own in group:
        tokens.append(token)
        positions.append(len(pieces))
        pieces.extend(own)
    return Passage((*pieces, SEP), tuple(tokens), tuple(positions))
