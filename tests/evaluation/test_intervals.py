"""Bootstrap intervals over documents."""

from __future__ import annotations

from sitrep.evaluation.intervals import f1_interval


def test_where_every_document_is_the_same_nothing_moves():
    assert f1_interval([1] * 10, [2] * 10, [2] * 10) == (0.5, 0.5)


def test_an_interval_of_documents_all_right_or_all_wrong_is_that_of_their_share():
    # Each document has one event and is right or not: F1 is the share of right ones of 100 draws at 0.5, whose
    # 2.5th and 97.5th percentile are 0.40 and 0.60 (binomial).
    assert f1_interval([1, 0] * 50, [1] * 100, [1] * 100) == (0.4, 0.6)


def test_the_same_counts_give_the_same_interval():
    assert f1_interval([1, 0, 2], [2, 1, 2], [1, 3, 2]) == f1_interval([1, 0, 2], [2, 1, 2], [1, 3, 2])


def test_one_document_has_no_interval():
    assert f1_interval([1], [1], [1]) is None


def test_documents_without_events_are_no_error():
    assert f1_interval([0, 0], [0, 0], [0, 0]) == (0.0, 0.0)
