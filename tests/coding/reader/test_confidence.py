"""How likely a record is without fault, from how sure each of its answers is."""

from __future__ import annotations

import math

import pytest

from sitrep.coding.reader.confidence import FEATURES, confidence, features_of
from tests.coding.reader.proposals import proposal

SURE = [(0.0, 1.0), (1.0, 0.0)]


def weights(**of: float) -> list[float]:
    return [of.get(name, 0.0) for name in FEATURES]


def test_without_weights_it_is_the_probability_of_the_event() -> None:
    assert confidence(features_of(proposal(1, probability=0.8)), ()) == 0.8
    assert confidence(features_of(proposal(1, probability=0.3)), ()) == 0.3


@pytest.mark.parametrize(("probability", "found"), [(1.0, 0.99), (0.0, 0.01)])
def test_nothing_is_certain(probability: float, found: float) -> None:
    assert confidence(features_of(proposal(1, probability=probability)), ()) == found


def test_sure_answers_leave_no_doubt_whether_yes_or_no() -> None:
    found = features_of(
        proposal(1, probability=0.5, parties=SURE, sources=[0.0, 1.0], place=[0, 1], time=[1, 0])
    )
    assert found == dict.fromkeys(FEATURES, 0.0) | {"constant": 1.0}


def test_doubts_about_parties_add_up() -> None:
    found = features_of(proposal(1, parties=[(0.5, 1.0), (0.5, 1.0)], place=[0.25, 0.75]))
    assert found["actors"] == pytest.approx(2 * math.log(0.5))
    assert found["recipients"] == 0
    assert found["place"] == pytest.approx(math.log(0.75))


def test_what_is_set_aside_is_doubtful_but_the_fullest_word_is_not() -> None:
    assert features_of(proposal(1, marks={"sum": 0.5}))["aside"] == pytest.approx(math.log(0.5))
    assert features_of(proposal(1, marks={"fullest": 0.5}))["aside"] == 0


def test_each_weight_goes_with_its_feature() -> None:
    twice = features_of(proposal(1, 5, place=[0.5, 0.5]))
    assert confidence(twice, weights(tellings=1)) == pytest.approx(2 / 3, abs=0.005)
    assert confidence(twice, weights(place=1)) == pytest.approx(1 / 3, abs=0.005)


def test_doubts_of_a_long_text_do_not_overflow() -> None:
    found = features_of(proposal(1, parties=[(0.5, 0.5)] * 2000))
    assert confidence(found, weights(actors=1)) == 0.01


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        confidence(features_of(proposal(1)), [1.0])
