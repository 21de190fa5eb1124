"""The sums that the heads are, on weights small enough to do by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sitrep.coding.reader.features import LINK_FEATURES, PAIR_FEATURES, Vocabulary
from sitrep.coding.reader.heads import EMPTY, Floats, Heads, gelu, log_sum, sigmoid, softmax
from sitrep.coding.reader.labels import TYPES

VOCABULARY = Vocabulary.of(paths=["nsubj ^"], forms=["VBD", "NNS"], roles=["ROOT"])


def floats(*rows: object) -> Floats:
    return np.array(rows, dtype=np.float32)


def test_gelu_is_exact_to_a_millionth() -> None:
    x = np.linspace(-12, 12, 4801, dtype=np.float32)
    exact = np.array([0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()])
    assert gelu(x).dtype == np.float32
    assert np.abs(gelu(x) - exact).max() < 1e-6


def test_gelu_of_nought_is_nought_and_of_far_values_the_value_or_nought() -> None:
    assert gelu(floats(0, 20, -20)).tolist() == [0, 20, 0]


def test_softmax_sums_to_one_however_large_the_logits() -> None:
    assert softmax(floats([0, 0], [1e4, 1e4 - 1000])).tolist() == [[0.5, 0.5], [1, 0]]
    found = softmax(floats(1, 2, 3))
    assert found == pytest.approx([math.exp(v) / sum(map(math.exp, (1, 2, 3))) for v in (1, 2, 3)], abs=1e-6)


def test_sigmoid_of_far_values_neither_overflows_nor_leaves_nought_to_one() -> None:
    with np.errstate(over="raise"):
        found = sigmoid(floats(EMPTY, -1, 0, 1, -EMPTY))
    assert found == pytest.approx([0, 1 / (1 + math.e), 0.5, math.e / (1 + math.e), 1], abs=1e-6)
    assert found.dtype == np.float32


def test_log_sum_adds_powers_by_group() -> None:
    scores = floats([0, 5], [0, -5], [3, 1])
    found = log_sum(scores, np.array([0, 0, 2]), 3)
    assert found[0] == pytest.approx([math.log(2), math.log(math.exp(5) + math.exp(-5))], abs=1e-6)
    assert found[2].tolist() == [3, 1]


def test_a_group_without_a_row_is_empty() -> None:
    assert log_sum(floats([3, 1]), np.array([1]), 3).tolist() == [[EMPTY, EMPTY], [3, 1], [EMPTY, EMPTY]]
    assert log_sum(np.zeros((0, 2), np.float32), np.zeros(0, np.int64), 1).tolist() == [[EMPTY, EMPTY]]
    assert log_sum(np.zeros((0, 2), np.float32), np.zeros(0, np.int64), 0).shape == (0, 2)


def test_log_sum_of_large_scores_does_not_overflow() -> None:
    found = log_sum(floats([1000], [1000]), np.array([0, 0]), 1)
    assert found[0, 0] == pytest.approx(1000 + math.log(2))


def of_type(kind: str) -> Floats:
    found = np.zeros((1, len(TYPES)), dtype=np.float32)
    found[0, TYPES.index(kind)] = 1
    return found


def pair_weights(name: str, sizes: dict[str, int], features: tuple[str, ...]) -> dict[str, Floats]:
    """One inner unit: the word's first value, the mention's second, a tenth of their product, the type, the tables.

    The path of number 1 counts 5, two sentences on count 7, and assaults 3.
    """
    table = np.zeros((sum(sizes[feature] for feature in features), 1), dtype=np.float32)
    table[1] = 5
    table[sizes["path"] + 2] = 7
    return {
        f"{name}.word.weight": floats([1, 0]),
        f"{name}.mention.weight": floats([0, 1]),
        f"{name}.word_cross.weight": floats([1, 0]),
        f"{name}.mention_cross.weight": floats([0, 1]),
        f"{name}.cross.weight": floats([0.1]),
        f"{name}.kind.weight": 3 * of_type("ASSAULT"),
        f"{name}.tables.rows.weight": table,
        f"{name}.hidden.weight": floats([1]),
        f"{name}.out.weight": floats([1], [-1]),
        f"{name}.out.bias": floats(0, 1),
    }


VECTORS = floats([10, 0], [0, 20])


@pytest.mark.parametrize("kind", ["party", "link"])
def test_a_pair_is_scored_by_both_words_the_type_and_the_features(kind: str) -> None:
    is_link = kind == "link"
    names = LINK_FEATURES if is_link else PAIR_FEATURES
    sizes = VOCABULARY.link_sizes() if is_link else VOCABULARY.pair_sizes()
    heads = Heads(pair_weights("link" if is_link else "pairs.party", sizes, names), VOCABULARY)
    below = heads.words_below(kind, VECTORS)

    def scores(word: int, mention: int, event: str = "ASSAULT", **features: int) -> list[float]:
        row = np.array([[features.get(name, 0) for name in names]], dtype=np.int32)
        found = heads.pairs(kind, below, np.array([word]), np.array([mention]), of_type(event), row)
        return [float(one) for one in found[0]]

    assert scores(0, 1, path=1, sentences=2) == pytest.approx([10 + 20 + 20 + 3 + 5 + 7, -64])
    assert scores(0, 1) == pytest.approx([53, -52])  # another path and distance
    assert scores(0, 1, "PROTEST") == pytest.approx([50, -49])
    assert scores(0, 0, path=1) == pytest.approx([10 + 3 + 5, -17])  # the other mention
    assert scores(1, 1) == pytest.approx([20 + 3, -22])  # the other word


def test_pairs_are_scored_one_by_one() -> None:
    heads = Heads(pair_weights("pairs.party", VOCABULARY.pair_sizes(), PAIR_FEATURES), VOCABULARY)
    below = heads.words_below("party", VECTORS)
    rows = np.zeros((3, len(PAIR_FEATURES)), dtype=np.int32)
    kinds = np.repeat(of_type("ASSAULT"), 3, axis=0)
    found = heads.pairs("party", below, np.array([0, 1, 0]), np.array([1, 1, 0]), kinds, rows)
    assert found[:, 0] == pytest.approx([53, 23, 13])
    none = heads.pairs("party", below, np.zeros(0, int), np.zeros(0, int), kinds[:0], rows[:0])
    assert none.shape == (0, 2)


def again(first: Floats, **weights: Floats) -> Floats:
    """A second look of one inner unit at two or more parties of one event; what is not given is nought."""
    shapes = {
        "party": (1, 2), "word": (1, 2), "kind": (1, len(TYPES)), "others": (1, 4), "party_cross": (1, 2),
        "others_cross": (1, 4), "cross": (1, 1), "scores": (1, 6), "out": (2, 1),
    }  # fmt: skip
    found = {f"again.{name}.weight": np.zeros(shape, dtype=np.float32) for name, shape in shapes.items()}
    found["again.out.weight"][0, 0] = 1
    found |= {f"again.{name}.weight": value for name, value in weights.items()}
    vectors = np.eye(first.shape[1], 2, dtype=np.float32)
    return Heads(found, VOCABULARY).again(first, vectors, floats([1, 0]), of_type("ASSAULT"))


def test_a_second_look_that_learned_nothing_changes_nothing() -> None:
    first = floats([[4, -4], [-3, 2]])
    assert again(first).tolist() == first.tolist()


def test_a_party_is_seen_beside_the_likeliest_of_the_others() -> None:
    rival = floats([0, 0, 5, 0, 0, 0])  # the actor score of the best other party
    first = floats([[4, -4], [3, -4], [-9, -4]])
    assert (again(first, scores=rival) - first)[0, :, 0] == pytest.approx([3, 4, 4], abs=0.01)
    assert again(floats([[4, -4]]), scores=rival).tolist() == [[[4, -4]]]  # alone it has no rival


def test_a_party_is_seen_with_the_vectors_of_those_who_are_likely() -> None:
    first = floats([[9, -9], [-9, -9]])
    actors, victims = floats([10, 0, 0, 0]), floats([0, 0, 10, 0])
    assert (again(first, others=actors) - first)[0, 0, 0] == pytest.approx(10 / 1.1, abs=0.01)
    assert (again(first, others=victims) - first)[0, 0, 0] == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(("kind", "name"), [("place", "specials.place"), ("link", "unlinked")])
def test_none_of_the_candidates_is_scored_by_the_word_and_the_type(kind: str, name: str) -> None:
    weights = {
        f"{name}.word.weight": floats([1, 1]),
        f"{name}.kind.weight": 5 * of_type("ASSAULT"),
        f"{name}.out.weight": floats([2]),
    }
    heads = Heads(weights, VOCABULARY)
    assert heads.specials(kind, VECTORS[:1], of_type("ASSAULT")).tolist() == [[30]]
    assert heads.specials(kind, VECTORS[:1], of_type("PROTEST")).tolist() == [[20]]


def test_a_word_is_scored_by_its_vector_and_its_features() -> None:
    sizes = VOCABULARY.word_sizes()
    table = np.zeros((sum(sizes.values()), 1), dtype=np.float32)
    table[sizes["form"] + 1] = 5  # the role of number 1
    answers = {
        f"{name}.weight": floats([one]) for one, name in enumerate(("types", "modes", "statuses", "flags"), 1)
    }
    heads = Heads({"word.weight": floats([1, 0]), "word_tables.rows.weight": table, **answers}, VOCABULARY)
    found = heads.words(VECTORS[[0, 0]], np.array([[0, 1, 0, 0], [0, 0, 0, 0]], dtype=np.int32))
    assert found.type.tolist() == [[15], [10]]
    assert (found.mode[0, 0], found.status[0, 0], found.marks[0, 0]) == (30, 45, 60)
