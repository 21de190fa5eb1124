"""What the heads say of one text: which words tell events, and the same one, and who fills its roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sitrep.coding.reader.candidates import Candidate, Candidates
from sitrep.coding.reader.features import Features
from sitrep.coding.reader.heads import EMPTY, Floats, Heads, log_sum, sigmoid, softmax
from sitrep.coding.reader.labels import MODES, NONE, TOLLS, TYPES

# Words less likely than this to tell an event are not looked at further.
CONSIDERED: Final = 0.15
# How many words before a word it may tell on, and how many sentences from it a candidate may stand.
LINKED: Final = 40
REACH: Final = 30

_MODES_OF: Final = {
    kind: [0, *(row for row, mode in enumerate(MODES) if mode.startswith(f"{kind} "))] for kind in TYPES
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may tell an event: its token, the likeliest type and the probability that it tells any."""

    token: int
    type: str
    probability: float
    row: int  # among the words of the text


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that words of the text may tell, with the probability of every answer about it.

    `parties` float32 [parties, 2] is for actors and recipients; `sources` [sources]; `place` and `time` have
    "none" last, each toll "one, not counted" and "none".
    """

    words: tuple[Word, ...]
    fullest: int  # token
    type: str
    mode: str | None
    mode_probability: float
    status: Floats
    marks: Floats
    probability: float
    parties: Floats
    sources: Floats
    place: Floats
    time: Floats
    tolls: dict[str, Floats] = field(default_factory=dict)


class Scorer:
    """Asks the heads about one text. `vectors` float32 [tokens, hidden] are the encoder's."""

    def __init__(self, heads: Heads, features: Features, vectors: Floats, words: Sequence[int]) -> None:
        self.heads = heads
        self.features = features
        self.vectors = vectors
        self.tokens = list(words)
        self.scores = heads.words(vectors[self.tokens], features.of_words(self.tokens))
        self.types = softmax(self.scores.type)

    def words(self, considered: float = CONSIDERED) -> list[Word]:
        """The words that may tell an event, in the order of the text."""
        found = []
        telling = 1.0 - self.types[:, 0]
        for row in np.flatnonzero(telling >= considered):
            token = self.features.doc[self.tokens[row]]
            if any(character.isalpha() for character in token.text):
                kind = TYPES[1 + int(self.types[row, 1:].argmax())]
                found.append(Word(token.i, kind, float(telling[row]), int(row)))
        return found

    def groups(self, words: Sequence[Word]) -> list[list[Word]]:
        """The words by the event that they tell: each joins the one before it that it points at, if any."""
        if not words:
            return []
        below = self.heads.words_below("link", self.vectors)
        none = self.heads.specials(
            "link", self.vectors[[w.token for w in words]], _hot([w.type for w in words])
        )
        groups: list[list[Word]] = []
        of: dict[int, int] = {}
        for at, word in enumerate(words):
            before = words[max(0, at - LINKED) : at]
            target = None
            if before:
                scores = self.heads.pairs(
                    "link",
                    below,
                    np.full(len(before), word.token),
                    np.array([other.token for other in before]),
                    _hot([word.type] * len(before)) - _hot([other.type for other in before]),
                    self.features.of_links(word.token, [other.token for other in before]),
                )[:, 0]
                same = [n for n, other in enumerate(before) if other.type == word.type]
                best = max(same, key=lambda n: scores[n], default=None)
                if best is not None and scores[best] > none[at, 0]:
                    target = of[before[best].token]
            if target is None:
                target = len(groups)
                groups.append([])
            groups[target].append(word)
            of[word.token] = target
        return groups

    def propose(self, groups: Sequence[Sequence[Word]], candidates: Candidates) -> list[Proposal]:
        """The events that groups of words tell, with everything that is asked about them."""
        found = {kind: self._roles(kind, among, groups) for kind, among in candidates.by_head().items()}
        found["party"] = self._second_look(found["party"], candidates.parties, groups)
        proposals = []
        for number, words in enumerate(groups):
            rows = [word.row for word in words]
            kind = words[0].type
            marks = sigmoid(self.scores.marks[rows])
            weights = marks[:, -1:] / marks[:, -1:].sum()
            mode, probability = self._mode(kind, rows, weights)
            proposals.append(
                Proposal(
                    words=tuple(words),
                    fullest=words[int(marks[:, -1].argmax())].token,
                    type=kind,
                    mode=mode,
                    mode_probability=probability,
                    status=softmax((self.scores.status[rows] * weights).sum(axis=0)),
                    marks=(marks * weights).sum(axis=0),
                    probability=max(word.probability for word in words),
                    parties=sigmoid(found["party"][number]),
                    sources=sigmoid(found["source"][number])[:, 0],
                    place=self._chosen("place", found["place"][number], words),
                    time=self._chosen("time", found["time"][number], words),
                    tolls=self._tolls(found["toll"][number], words),
                )
            )
        return proposals

    def _mode(self, kind: str, rows: Sequence[int], weights: Floats) -> tuple[str | None, float]:
        allowed = _MODES_OF[kind]
        scores = softmax((self.scores.mode[rows][:, allowed] * weights).sum(axis=0))
        best = int(scores.argmax())
        name = MODES[allowed[best]]
        return (None if name == NONE else name.partition(" ")[2]), float(scores[best])

    def _roles(self, kind: str, among: Sequence[Candidate], groups: Sequence[Sequence[Word]]) -> list[Floats]:
        """Logits of every candidate for each group: float32 [candidates, outputs] each."""
        outputs = {"party": 2, "toll": 3}.get(kind, 1)
        if not among or not groups:
            return [np.zeros((0, outputs), dtype=np.float32) for _ in groups]
        below = self.heads.words_below(kind, self.vectors)
        sentences = np.asarray(self.features.sentence)
        heads = np.array([head for candidate in among for head in candidate.heads], dtype=np.int64)
        owner = np.repeat(np.arange(len(among)), [len(candidate.heads) for candidate in among])
        rows = []  # of each pair: word, mention, candidate, group
        for number, group in enumerate(groups):
            tokens = np.array([word.token for word in group], dtype=np.int64)
            near = np.abs(sentences[heads][:, None] - sentences[tokens][None, :]) <= REACH
            at, by = np.nonzero(near)
            order = np.lexsort((at, by, owner[at]))
            at, by = at[order], by[order]
            rows.append(np.stack([tokens[by], heads[at], owner[at], np.full(len(at), number)]))
        words, mentions, chosen, group_of = np.concatenate(rows, axis=1)
        if not len(words):
            return [np.full((len(among), outputs), EMPTY, dtype=np.float32) for _ in groups]
        ranks = chosen.tolist()
        features = self.features.of_mentions(
            words.tolist(), mentions.tolist(), [among[rank] for rank in ranks], ranks
        )
        kinds = _hot([group[0].type for group in groups])[group_of]
        scores = self.heads.pairs(kind, below, words, mentions, kinds, features)
        summed = log_sum(scores, group_of * len(among) + chosen, len(groups) * len(among))
        return [
            summed[number * len(among) : (number + 1) * len(among)] - np.log(np.float32(len(group)))
            for number, group in enumerate(groups)
        ]

    def _second_look(
        self, first: list[Floats], parties: Sequence[Candidate], groups: Sequence[Sequence[Word]]
    ) -> list[Floats]:
        """The logits of parties of each group, each party seen with the others."""
        if not parties or not groups:
            return first
        again = self.heads.again(
            np.stack(first),
            self._means([party.heads for party in parties]),
            self._means([[word.token for word in group] for group in groups]),
            _hot([group[0].type for group in groups]),
        )
        return list(again)

    def _means(self, groups: Sequence[Sequence[int]]) -> Floats:
        """The mean of the vectors of each group of tokens: float32 [groups, hidden]."""
        found = [self.vectors[list(group)].mean(axis=0) if group else 0 * self.vectors[0] for group in groups]
        return np.stack(found).astype(np.float32)

    def _specials(self, kind: str, words: Sequence[Word]) -> Floats:
        vectors = self.vectors[[word.token for word in words]]
        found: Floats = self.heads.specials(kind, vectors, _hot([w.type for w in words])).mean(axis=0)
        return found

    def _chosen(self, kind: str, scores: Floats, words: Sequence[Word]) -> Floats:
        return softmax(np.concatenate([scores[:, 0], self._specials(kind, words)]))

    def _tolls(self, scores: Floats, words: Sequence[Word]) -> dict[str, Floats]:
        specials = self._specials("toll", words).reshape(3, 2)
        return {
            name: softmax(np.concatenate([scores[:, column], specials[column]]))
            for column, name in enumerate(TOLLS)
        }


def _hot(types: Sequence[str]) -> Floats:
    found = np.zeros((len(types), len(TYPES)), dtype=np.float32)
    found[np.arange(len(types)), [TYPES.index(kind) for kind in types]] = 1.0
    return found
