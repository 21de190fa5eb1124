"""Lines become story or furniture, given what the model thinks of each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.models import Model
from sitrep.read.furniture import classify, is_sentence, kept, split_lines
from sitrep.read.line_features import Line

SENTENCE = (
    "Delegates of both sides met in Alba on Monday for the first time since the winter, officials said."
)
LABEL = "Example label"


def kept_rows(*rows: tuple[str, float]) -> str:
    """The story as a string of + and -, from each line's text and its probability of being story."""
    lines = [Line(text, 0, 0) for text, _ in rows]
    probabilities = np.array([[1 - p, p, 0.0] for _, p in rows], np.float32)
    return "".join("+" if keep else "-" for keep in kept(lines, probabilities))


def test_likely_lines_are_kept_and_unlikely_ones_cut():
    assert kept_rows((LABEL, 0.01), (SENTENCE, 0.9), (SENTENCE, 0.9), (LABEL, 0.01)) == "-++-"


def test_doubtful_line_within_the_story_is_kept():
    assert kept_rows((SENTENCE, 0.9), ("A short aside.", 0.2), (SENTENCE, 0.9)) == "+++"


def test_sure_furniture_within_the_story_is_cut():
    assert kept_rows((SENTENCE, 0.9), (LABEL, 0.02), (SENTENCE, 0.9)) == "+-+"


def test_doubtful_sentence_before_the_story_opens_it():
    assert kept_rows((LABEL, 0.02), (SENTENCE, 0.2), (SENTENCE, 0.9)) == "-++"


def test_doubtful_label_before_the_story_does_not_open_it():
    assert kept_rows((LABEL, 0.2), (SENTENCE, 0.9)) == "-+"


def test_doubtful_prose_behind_the_story_closes_it():
    assert kept_rows((SENTENCE, 0.9), (SENTENCE, 0.05), (LABEL, 0.01)) == "++-"


def test_sure_furniture_behind_the_story_is_cut():
    assert kept_rows((SENTENCE, 0.9), (SENTENCE, 0.01), (LABEL, 0.01)) == "+--"


def test_unlikely_prose_that_speaks_to_its_reader_is_cut():
    appeal = "If you like what you read here, please give what you can to keep the reporters of Alba at work."
    assert kept_rows((appeal, 0.05), (SENTENCE, 0.9), (appeal, 0.05)) == "-+-"


def test_unlikely_prose_that_quotes_a_speaker_is_kept():
    said = "“You will see us again,” a delegate told reporters in Alba before the talks ended late on Monday."
    assert kept_rows((SENTENCE, 0.9), (said, 0.05)) == "++"


def test_unlikely_prose_within_the_story_is_kept():
    assert kept_rows((SENTENCE, 0.9), (SENTENCE, 0.05), (SENTENCE, 0.9)) == "+++"


def test_label_is_cut_however_likely():
    assert kept_rows((SENTENCE, 0.9), ("3 min read", 0.9), (SENTENCE, 0.9)) == "+-+"


def test_links_under_their_heading_are_cut_however_likely():
    rows = [(SENTENCE, 0.9), ("Related stories", 0.1), ("Who is Mariam Sayed?", 0.9), (SENTENCE, 0.9)]
    assert kept_rows(*rows) == "+--+"


def test_small_passage_far_behind_the_story_is_cut():
    story = [(SENTENCE, 0.9)] * 6
    assert kept_rows(*story, *[(LABEL, 0.01)] * 8, (SENTENCE, 0.8)) == "++++++" + "-" * 9


def test_small_passage_close_behind_the_story_is_kept():
    assert kept_rows(*[(SENTENCE, 0.9)] * 6, *[(LABEL, 0.01)] * 2, (SENTENCE, 0.8)) == "++++++--+"


def test_long_passage_far_behind_the_story_is_kept():
    half = [(SENTENCE, 0.9)] * 3
    assert kept_rows(*half, *[(LABEL, 0.01)] * 8, *half) == "+++" + "-" * 8 + "+++"


def test_no_lines_have_no_story():
    assert kept([], np.zeros((0, 3), np.float32)) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SENTENCE, True),
        ("“We will meet again soon,” she said.", True),
        (LABEL, False),
        ("Talks resume in Alba today", False),
    ],
)
def test_sentence(text: str, sentence: bool):
    assert is_sentence(text) is sentence


def test_lines_know_their_indentation_and_the_blank_lines_above():
    assert split_lines("\n\nMenu\n  • Home\n\nText ") == [
        Line("Menu", 0, 2),
        Line("• Home", 2, 0),
        Line("Text", 0, 1),
    ]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_gives_three_probabilities_a_line(text: str):
    lines = split_lines(text)
    probabilities = classify(lines, MODEL)
    assert probabilities.shape == (len(lines), 3)
    assert np.allclose(probabilities.sum(axis=1), 1, atol=0.001)


MODEL = Model("furniture")
