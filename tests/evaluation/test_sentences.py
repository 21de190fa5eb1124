"""Sentences as a sheet numbers them, and words found in them."""

from __future__ import annotations

import pytest

from sitrep.evaluation.sentences import find_words, sentence_spans
from sitrep.records import words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("One came.\nTwo left", ["One came.", "Two left"]),
        ("A headline\n\nThe story.", ["A headline", "The story."]),
        ('"Go!" He went.', ['"Go!"', "He went."]),
        ("He said (on Monday.) Then he left.", ["He said (on Monday.)", "Then he left."]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
        ("It rose. but fell.", ["It rose. but fell."]),
        ('He saw "Gen." Kone.', ['He saw "Gen." Kone.']),  # an abbreviation that is closed at once
        ("He saw Gen. Kone.", ["He saw Gen.", "Kone."]),  # as existing annotations number them
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, sentences):
    assert words(text, tuple(sentence_spans(text))) == sentences


@pytest.mark.parametrize(
    ("sought", "pieces"),
    [
        ("held talks", ["held talks"]),
        ("held … again", ["held", "again"]),
        ("art", ["art"]),  # the whole word, not the one in "party"
        ("part", ["part"]),  # no whole word: part of one
        ("Held", None),
        ("again … held", None),
        ("…", None),
        ("", None),
    ],
)
def test_words_are_found_in_order(sought, pieces):
    text = "The party held talks on art again."
    found = find_words(sought, text, (0, len(text)))
    assert (words(text, found) if found else None) == pieces


def test_a_whole_word_is_preferred_to_an_earlier_part_of_one():
    assert find_words("art", "The party is art.", (0, 17)) == ((13, 16),)


def test_a_line_end_in_the_text_is_one_blank():
    assert find_words("held talks", "They held \n talks.", (0, 18)) == ((5, 17),)


def test_words_outside_the_part_are_not_found():
    assert find_words("talks", "They met. They held talks.", (0, 9)) is None
