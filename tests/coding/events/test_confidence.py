"""What confidence rests on: the table fits the code, and what makes a record doubtful lowers it."""

from __future__ import annotations

import pytest

from sitrep.coding.events.confidence import likelihood, read_weights

PLAIN = {
    "agrees": 0.9, "sure": 0.9, "density": -1.0, "political-report": 0.6, "country": 1.0, "unknown-body": 0.0,
    "pronoun": 0.0, "words": 0.0, "dealings": 0.0, "length": 0.8,
}  # fmt: skip


def test_the_table_fits_the_code(nlp):
    doc = nlp("The president of Kenya met the president of Chad in Nairobi.")
    explained = nlp.get_pipe("sitrep_events").explain(doc)
    assert [set(features) | {"intercept"} for _, features in explained] == [set(read_weights())]


def test_confidence_is_what_the_features_weigh(nlp):
    doc = nlp("The president of Kenya met the president of Chad in Nairobi.")
    [(event, features)] = nlp.get_pipe("sitrep_events").explain(doc)
    assert event.confidence == likelihood(features, read_weights())


@pytest.mark.parametrize(
    "change", [{"sure": 0.4}, {"political-report": 0.1}, {"unknown-body": 1.0}, {"pronoun": 1.0}]
)
def test_what_makes_a_record_doubtful_lowers_its_confidence(change):
    weights = read_weights()
    assert likelihood({**PLAIN, **change}, weights) < likelihood(PLAIN, weights)


def test_confidence_is_never_certainty():
    assert likelihood(dict.fromkeys(PLAIN, 100.0), dict.fromkeys((*PLAIN, "intercept"), 1.0)) == 0.97


def test_a_table_for_other_features_is_refused():
    with pytest.raises(ValueError, match="height"):
        likelihood(PLAIN, {**read_weights(), "height": 1.0})


def test_a_weight_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="Write a number"):
        read_weights([["sure", "much", "-"]])
