"""Verbs that spaCy's lemmatizer takes for others, and those beside them that it reads right."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sitrep.coding.lemmas import lemma_of


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("The army hopes to leave.", "hopes", "hope"),
        ("They were hoping to leave.", "hoping", "hope"),
        ("The talks were slated for May.", "slated", "slate"),
        ("Rebels staged a raid.", "staged", "stage"),
        ("The army is waging war.", "waging", "wage"),
        ("Troops cordoned off the town.", "cordoned", "cordon"),
        ("Rebels hopped over the wall.", "hopped", "hop"),
        ("The army planned to leave.", "planned", "plan"),
        ("The stages were long.", "stages", "stage"),
    ],
)
def test_lemma_of_a_verb(nlp: Language, sentence: str, word: str, lemma: str) -> None:
    assert [lemma_of(token) for token in nlp(sentence) if token.text == word] == [lemma]
