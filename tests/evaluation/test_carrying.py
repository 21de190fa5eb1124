"""Spans carried from a report's text to the annotated one."""

from __future__ import annotations

from sitrep.evaluation.carrying import SpanCarrier
from sitrep.records import words

SOURCE = "Rebels took Kelm . The army left it ."
TARGET = "ADVERTISEMENT\n\nRebels took Kelm.\n\nThe army left it."


def carried(*texts: str) -> list[str]:
    spans = tuple((SOURCE.index(text), SOURCE.index(text) + len(text)) for text in texts)
    return words(TARGET, SpanCarrier(SOURCE, TARGET)(spans))


def test_a_span_is_carried_to_the_same_words():
    assert carried("took", "The army") == ["took", "The army"]


def test_a_span_over_other_white_space_is_carried_whole():
    assert carried("Kelm . The army") == ["Kelm.\n\nThe army"]


def test_in_the_same_text_spans_stay():
    assert SpanCarrier(SOURCE, SOURCE)(((0, 6), (7, 11))) == ((0, 6), (7, 11))


def test_a_span_whose_words_are_not_there_is_left_out():
    assert SpanCarrier("Share this . Rebels came .", "Rebels came.")(((0, 5), (13, 19))) == ((0, 6),)
