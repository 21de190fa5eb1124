"""Which words are considered, which of them tell one event, and what candidates score for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.tokens import Doc

from sitrep.coding.reader.candidates import Candidate, Candidates
from sitrep.coding.reader.features import Features, Vocabulary
from sitrep.coding.reader.heads import EMPTY, Floats, Heads, WordScores
from sitrep.coding.reader.labels import MARKS, MODES, STATUSES, TOLLS, TYPES
from sitrep.coding.reader.scoring import REACH, Proposal, Scorer
from tests.parsed import VOCAB

VOCABULARY = Vocabulary.of([], [], [])
FAR_APART = 50.0  # a logit that leaves nothing to the others


class Told(Heads):
    """Heads whose every answer a test has written down; a vector is the number of its token.

    `types` has the probability of an event for each token, `links` and `roles` the score of a word with a mention.
    """

    def __init__(
        self,
        types: Mapping[int, tuple[str, float]],
        links: Mapping[tuple[int, int], float] | None = None,
        roles: Mapping[tuple[int, int], float] | None = None,
        fullest: Mapping[int, float] | None = None,
        statuses: Mapping[int, str] | None = None,
        modes: Mapping[int, Mapping[str, float]] | None = None,
    ) -> None:
        super().__init__({}, VOCABULARY)
        self.types, self.links, self.roles = types, links or {}, roles or {}
        self.fullest, self.statuses, self.modes = fullest or {}, statuses or {}, modes or {}

    def words(self, vectors: Floats, features: NDArray[np.int32]) -> WordScores:
        sizes = (len(TYPES), len(MODES), len(STATUSES), len(MARKS))
        type, mode, status, marks = (np.zeros((len(vectors), size), dtype=np.float32) for size in sizes)
        for row, token in enumerate(vectors[:, 0].astype(int)):
            kind, probability = self.types.get(token, ("ASSAULT", 0.0))
            type[row] = -FAR_APART
            type[row, [0, TYPES.index(kind)]] = np.log([1 - probability + 1e-9, probability + 1e-9])
            for name, score in self.modes.get(token, {}).items():
                mode[row, MODES.index(name)] = score
            status[row, STATUSES.index(self.statuses.get(token, "happened"))] = 5
            marks[row, -1] = self.fullest.get(token, 0.0)
        return WordScores(type, mode, status, marks)

    def words_below(self, kind: str, vectors: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        return vectors, vectors, vectors, vectors

    def pairs(
        self,
        kind: str,
        below: tuple[Floats, Floats, Floats, Floats],
        words: NDArray[Any],
        mentions: NDArray[Any],
        kinds: Floats,
        features: NDArray[np.int32],
    ) -> Floats:
        known, width = (
            (self.links, 1) if kind == "link" else (self.roles, {"party": 2, "toll": 3}.get(kind, 1))
        )
        told = zip(words.tolist(), mentions.tolist(), strict=True)
        found = np.array([known.get(pair, -9.0) for pair in told], dtype=np.float32)
        return np.repeat(found[:, None], width, axis=1)

    def again(self, first: Floats, parties: Floats, words: Floats, kinds: Floats) -> Floats:
        return first

    def specials(self, kind: str, vectors: Floats, kinds: Floats) -> Floats:
        return np.zeros((len(vectors), 6 if kind == "toll" else 1), dtype=np.float32)


def text(*sentences: Sequence[str]) -> Doc:
    words = [word for sentence in sentences for word in sentence]
    starts: list[bool | int | None] = [at == 0 for sentence in sentences for at in range(len(sentence))]
    return Doc(VOCAB, words=words, sent_starts=starts)


def asked(heads: Told, doc: Doc) -> Scorer:
    vectors = np.arange(len(doc), dtype=np.float32)[:, None]
    return Scorer(heads, Features(doc, VOCABULARY), vectors, range(len(doc)))


SHORT = text(["Gunmen", "attacked", "Kelm", "and", "12", "died", "."])


def test_words_that_hardly_tell_an_event_are_not_considered() -> None:
    scorer = asked(Told({1: ("ASSAULT", 0.9), 2: ("AID", 0.14), 5: ("AID", 0.16)}), SHORT)
    assert [(word.token, word.type, round(word.probability, 2)) for word in scorer.words()] == [
        (1, "ASSAULT", 0.9),
        (5, "AID", 0.16),
    ]


def test_a_number_or_a_full_stop_tells_no_event() -> None:
    scorer = asked(Told({4: ("ASSAULT", 0.9), 5: ("ASSAULT", 0.9), 6: ("ASSAULT", 0.9)}), SHORT)
    assert [word.token for word in scorer.words()] == [5]


def grouped(types: dict[int, str], links: dict[tuple[int, int], float]) -> list[list[int]]:
    scorer = asked(Told({token: (kind, 0.9) for token, kind in types.items()}, links), SHORT)
    return [[word.token for word in group] for group in scorer.groups(scorer.words())]


ASSAULTS = {1: "ASSAULT", 3: "ASSAULT", 5: "ASSAULT"}


def test_a_word_joins_the_one_it_points_at() -> None:
    assert grouped(ASSAULTS, {(5, 1): 2.0, (5, 3): 1.0}) == [[1, 5], [3]]
    assert grouped(ASSAULTS, {(5, 1): 1.0, (5, 3): 2.0}) == [[1], [3, 5]]


def test_a_word_that_points_at_none_tells_an_event_of_its_own() -> None:
    assert grouped(ASSAULTS, {(5, 1): -0.1, (3, 1): -0.1}) == [[1], [3], [5]]


def test_words_are_joined_over_others() -> None:
    assert grouped(ASSAULTS, {(3, 1): 1.0, (5, 3): 1.0}) == [[1, 3, 5]]


def test_a_word_joins_none_of_another_type() -> None:
    assert grouped({**ASSAULTS, 3: "AID"}, {(5, 1): 1.0, (5, 3): 2.0}) == [[1, 5], [3]]


def proposed(heads: Told, doc: Doc = SHORT, **kinds: tuple[Candidate, ...]) -> list[Proposal]:
    scorer = asked(heads, doc)
    none: dict[str, tuple[Candidate, ...]] = dict.fromkeys(
        ("parties", "places", "sources", "times", "counts"), ()
    )
    return scorer.propose(scorer.groups(scorer.words()), Candidates(**{**none, **kinds}))


def phrase(*heads: int) -> Candidate:
    return Candidate("phrase", None, heads, tuple((head, head + 1) for head in heads))


def party(heads: Told, *candidates: Candidate, doc: Doc = SHORT) -> list[float]:
    """The probabilities that the candidates act in the only event."""
    [found] = proposed(heads, doc, parties=candidates)
    return [round(float(one), 2) for one in found.parties[:, 0]]


ATTACK = {1: ("ASSAULT", 0.9)}


def test_mentions_of_a_candidate_add_up() -> None:
    heads = Told(ATTACK, roles={(1, 0): 0.0, (1, 2): 0.0})
    assert party(heads, phrase(0), phrase(0, 2), phrase(3)) == [0.5, 0.67, 0.0]


def test_words_of_an_event_are_averaged() -> None:
    two = Told(
        {1: ("ASSAULT", 0.9), 5: ("ASSAULT", 0.9)}, {(5, 1): 1.0}, {(1, 0): 0.0, (5, 0): 0.0, (1, 2): 0.0}
    )
    assert party(two, phrase(0), phrase(2)) == [0.5, 0.33]


def test_a_candidate_out_of_reach_is_none() -> None:
    doc = text(["Gunmen", "attacked"], *([["Snow", "fell"]] * (REACH + 2)))
    near, far = 2 * REACH, 2 * (REACH + 1)
    heads = Told(ATTACK, roles={(1, near): 3.0, (1, far): 3.0})
    assert party(heads, phrase(near), phrase(far), doc=doc) == [0.95, 0.0]
    assert party(heads, phrase(far), doc=doc) == [0.0]


def test_where_and_when_one_candidate_or_none_is_right() -> None:
    place = Candidate("phrase", None, (2,), ((14, 18),))
    [found] = proposed(Told(ATTACK, roles={(1, 2): 0.0}), places=(place,))
    assert found.place.tolist() == [0.5, 0.5]
    assert found.time.tolist() == [1.0]
    assert {kind: scores.tolist() for kind, scores in found.tolls.items()} == {
        kind: [0.5, 0.5] for kind in TOLLS
    }


def test_each_count_is_asked_for_each_toll() -> None:
    dozen = Candidate("count", None, (4,), ((23, 25),), (12, 12))
    [found] = proposed(Told(ATTACK, roles={(1, 4): FAR_APART}), counts=(dozen,))
    assert [scores.round(2).tolist() for scores in found.tolls.values()] == [[1, 0, 0]] * 3


def test_the_fullest_word_has_the_say() -> None:
    heads = Told(
        {1: ("ASSAULT", 0.5), 5: ("ASSAULT", 0.8)},
        {(5, 1): 1.0},
        fullest={1: 5.0, 5: -5.0},
        statuses={1: "planned", 5: "denied"},
        modes={1: {"ASSAULT beat": 5.0}, 5: {"ASSAULT firearms": 5.0}},
    )
    [found] = proposed(heads)
    assert (found.fullest, STATUSES[int(found.status.argmax())], found.mode) == (1, "planned", "beat")
    assert found.probability == pytest.approx(0.8)


def test_a_mode_is_one_of_the_events_type() -> None:
    modes = {"PROTEST riot": 9.0, "ASSAULT beat": 3.0}
    [found] = proposed(Told(ATTACK, modes={1: modes}))
    assert found.mode == "beat"
    [found] = proposed(Told(ATTACK, modes={1: {**modes, "none": 5.0}}))
    assert found.mode is None


def test_nothing_considered_proposes_nothing() -> None:
    assert proposed(Told({}), parties=(phrase(0),)) == []


def test_without_words_nothing_is_considered() -> None:
    scorer = asked(Told({}), Doc(VOCAB, words=[]))
    assert scorer.words() == []


def test_a_candidate_without_mentions_is_empty() -> None:
    scorer = asked(Told(ATTACK), SHORT)
    [scores] = scorer._roles("party", [phrase()], scorer.groups(scorer.words()))
    assert scores.tolist() == [[EMPTY, EMPTY]]
