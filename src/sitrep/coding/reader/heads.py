"""The heads that read the encoder's vectors: small sums, computed with numpy from the weights of `models/`.

`training/reader/network.py` trains the same computation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sitrep.coding.reader.features import LINK_FEATURES, PAIR_FEATURES, WORD_FEATURES, Vocabulary

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

LITTLE: Final = 0.1  # of a probability: what a side weighs on which nobody is likely
EMPTY: Final = -1e4  # the score of a candidate without a mention in reach


@dataclass(frozen=True, slots=True)
class WordScores:
    """Logits float32 [words, answers] of each word's type, mode, status and marks."""

    type: Floats
    mode: Floats
    status: Floats
    marks: Floats


class Heads:
    """The weights by name, as they are trained, and the tables of the parse's names that go with them."""

    def __init__(self, weights: Mapping[str, Floats], vocabulary: Vocabulary) -> None:
        self._weights = weights
        self.vocabulary = vocabulary
        self._starts = {
            "word_tables": _starts(WORD_FEATURES, vocabulary.word_sizes()),
            "pairs": _starts(PAIR_FEATURES, vocabulary.pair_sizes()),
            "link": _starts(LINK_FEATURES, vocabulary.link_sizes()),
        }

    def words(self, vectors: Floats, features: Rows) -> WordScores:
        """The scores of words: `vectors` [words, hidden], `features` [words, len(WORD_FEATURES)]."""
        told = self._rows("word_tables", "word_tables", features)
        x = gelu(self._linear("word", vectors) + told)
        return WordScores(*(self._linear(name, x) for name in ("types", "modes", "statuses", "flags")))

    def words_below(self, kind: str, vectors: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """What a pair head makes of every token alone, computed once a text: see `pairs`."""
        name = "link" if kind == "link" else f"pairs.{kind}"
        return (
            self._linear(f"{name}.word", vectors),
            self._linear(f"{name}.mention", vectors),
            self._linear(f"{name}.word_cross", vectors),
            self._linear(f"{name}.mention_cross", vectors),
        )

    def pairs(
        self,
        kind: str,
        below: tuple[Floats, Floats, Floats, Floats],
        words: NDArray[Any],
        mentions: NDArray[Any],
        kinds: Floats,
        features: Rows,
    ) -> Floats:
        """Scores of each word with a mention, float32 [pairs, outputs].

        `kinds` float32 [pairs, types] says of which type the event is, `features` [pairs, features].
        """
        name = "link" if kind == "link" else f"pairs.{kind}"
        word, mention, word_cross, mention_cross = below
        x = word[words] + mention[mentions]
        x = x + self._linear(f"{name}.cross", word_cross[words] * mention_cross[mentions])
        x = x + self._linear(f"{name}.kind", kinds)
        x = gelu(x + self._rows(f"{name}.tables", "link" if kind == "link" else "pairs", features))
        x = gelu(self._linear(f"{name}.hidden", x))
        return self._linear(f"{name}.out", x)

    def again(self, first: Floats, parties: Floats, words: Floats, kinds: Floats) -> Floats:
        """The scores of parties once more, each with the first scores of the others before it.

        float32 [events, parties, 2] from `first` of that shape; `parties` [parties, hidden] and `words`
        [events, hidden] are the means of a party's mentions and of an event's words.
        """
        likely = sigmoid(first)
        shares = likely / (likely.sum(axis=1, keepdims=True) + LITTLE)
        others = np.einsum("eps,ph->esh", shares, parties).reshape(len(first), -1)
        event = self._linear("again.word", words) + self._linear("again.kind", kinds)
        event = event + self._linear("again.others", others)
        x = self._linear("again.party", parties)[None] + event[:, None]
        crossed = self._linear("again.party_cross", parties)[None]
        crossed = crossed * self._linear("again.others_cross", others)[:, None]
        x = x + self._linear("again.cross", crossed) + self._linear("again.scores", _compared(first))
        found: Floats = first + self._linear("again.out", gelu(x))
        return found

    def specials(self, kind: str, vectors: Floats, kinds: Floats) -> Floats:
        """Scores of the answers that are no candidate, float32 [words, outputs]."""
        name = "unlinked" if kind == "link" else f"specials.{kind}"
        x = gelu(self._linear(f"{name}.word", vectors) + self._linear(f"{name}.kind", kinds))
        return self._linear(f"{name}.out", x)

    def _linear(self, name: str, x: Floats) -> Floats:
        found = x @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return found if bias is None else found + bias

    def _rows(self, name: str, starts: str, features: Rows) -> Floats:
        table = self._weights[f"{name}.rows.weight"]
        found: Floats = table[features + self._starts[starts]].sum(axis=-2)
        return found


def _starts(names: Sequence[str], sizes: Mapping[str, int]) -> NDArray[np.int32]:
    return np.cumsum([0, *(sizes[name] for name in names[:-1])]).astype(np.int32)


def _compared(first: Floats) -> Floats:
    """Each first score, the best of the other parties, and both sides' difference: [events, parties, 6]."""
    padded = np.concatenate([first, np.full_like(first[:, :1], -10.0)], axis=1)
    best = -np.partition(-padded, 1, axis=1)[:, :2]
    rival = np.where(first >= best[:, :1], best[:, 1:2], best[:, :1])
    found: Floats = np.concatenate([first, rival, first - first[..., ::-1]], axis=-1)
    return np.clip(found, -10, 10) / np.float32(5)


def gelu(x: Floats) -> Floats:
    """x times the share of a normal distribution below it (Hendrycks and Gimpel 2016), exactly."""
    return (0.5 * x * (1.0 + _erf(x * np.float32(0.7071067811865476)))).astype(np.float32)


def _erf(x: Floats) -> Floats:
    """The error function within 1.5e-7 (Abramowitz and Stegun 7.1.26)."""
    sign, x = np.sign(x), np.abs(x)
    t = 1.0 / (1.0 + 0.3275911 * x)
    series = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    found: Floats = sign * (1.0 - series * t * np.exp(-x * x))
    return found


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return found


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of yes."""
    return (1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)


def log_sum(scores: Floats, groups: NDArray[Any], size: int) -> Floats:
    """The log of the summed powers of `scores` [rows, outputs] in each group: float32 [size, outputs].

    EMPTY where a group has no row.
    """
    top = np.full((size, scores.shape[1]), EMPTY, dtype=np.float32)
    np.maximum.at(top, groups, scores)
    total = np.zeros((size, scores.shape[1]), dtype=np.float64)
    np.add.at(total, groups, np.exp(scores - top[groups]))
    found = np.where(total > 0, np.log(np.maximum(total, 1e-30)) + top, EMPTY)
    return found.astype(np.float32)
