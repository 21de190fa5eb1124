"""Gold stories as tensors: pieces, features and targets of each, made once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from sitrep.coding.reader.candidates import Candidate, find_candidates
from sitrep.coding.reader.features import Features, Vocabulary
from sitrep.coding.reader.passages import Passage, cut_passages
from sitrep.coding.reader.scoring import LINKED
from training.reader.exchange import names_of
from training.reader.labels import Target, targets_of


@dataclass
class Pairs:
    """The words of one event with the mentions of all candidates of one kind."""

    words: NDArray[np.int32]  # [pairs]
    mentions: NDArray[np.int32]  # [pairs]
    candidate: NDArray[np.int32]  # [pairs], non-decreasing
    features: NDArray[np.int32]  # [pairs, features]
    candidates: int


@dataclass
class EventExample:
    target: Target
    pairs: dict[str, Pairs]


@dataclass
class Example:
    id: str
    passages: list[Passage]
    words: NDArray[np.int32]  # indexes of the tokens that have pieces
    word_features: NDArray[np.int32]
    events: list[EventExample]
    links: list[tuple[int, NDArray[np.int32], NDArray[np.int32]]]  # word, those before it, features
    tokens: int
    parties: list[tuple[int, ...]]  # the tokens that head the mentions of each
    names: dict[int, str]  # the tokens that may be exchanged, and the kind of each (exchange.py)


def pairs_of(features: Features, words: list[int], candidates: tuple[Candidate, ...]) -> Pairs:
    rows = [
        (word, head, number)
        for number, candidate in enumerate(candidates)
        for word in words
        for head in candidate.heads
    ]
    found_words, mentions, numbers = ([row[column] for row in rows] for column in range(3))
    told = features.of_mentions(found_words, mentions, [candidates[n] for n in numbers], numbers)
    return Pairs(
        np.array(found_words, dtype=np.int32),
        np.array(mentions, dtype=np.int32),
        np.array(numbers, dtype=np.int32),
        told,
        len(candidates),
    )


def example_of(doc: Doc, gold: dict[str, Any], tokenizer: Tokenizer, vocabulary: Vocabulary) -> Example:
    candidates = find_candidates(doc)
    features = Features(doc, vocabulary)
    passages = cut_passages(doc, tokenizer, gold.get("title"))
    words = [token for passage in passages for token in passage.tokens]
    known = set(words)
    events = []
    for target in targets_of(doc, gold, candidates):
        target.words = [w for w in target.words if w in known]
        target.first = [w for w in target.first if w in known]
        if target.words:
            pairs = {
                kind: pairs_of(features, target.words, among) for kind, among in candidates.by_head().items()
            }
            events.append(EventExample(target, pairs))
    telling = sorted({word for event in events for word in event.target.words})
    links = [
        (
            word,
            np.array(telling[max(0, at - LINKED) : at], dtype=np.int32),
            features.of_links(word, telling[max(0, at - LINKED) : at]),
        )
        for at, word in enumerate(telling)
    ]
    order = np.array(words, dtype=np.int32)
    told = features.of_words(words)
    parties = [party.heads for party in candidates.parties]
    return Example(gold["id"], passages, order, told, events, links, len(doc), parties, names_of(doc))
