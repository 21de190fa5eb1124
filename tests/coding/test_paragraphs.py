"""Where sentences end by the look of the page."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from sitrep.coding.pipeline import default_model


@pytest.fixture(scope="module")
def pipe() -> Language:
    nlp = spacy.load(default_model(), exclude=["ner"])
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    return nlp


def sentences(pipe: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipe(text).sents]


@pytest.mark.parametrize("mark", ["-", "–", "*", "•", "▪", "1.", "12)"])
def test_mark_of_an_item_is_no_part_of_its_sentence(pipe: Language, mark: str):
    assert sentences(pipe, f"{mark} Rebels took the port of Lira.") == [mark, "Rebels took the port of Lira."]


def test_dash_or_number_within_a_line_ends_nothing(pipe: Language):
    for text in ("Rebels took the port - the last one - of Lira.", "Rebels took 12 ports of Lira."):
        assert sentences(pipe, text) == [text]


def test_number_that_opens_a_sentence_stays_in_it(pipe: Language):
    assert sentences(pipe, "12 rebels took the port.") == ["12 rebels took the port."]


def test_paragraph_without_a_full_stop_ends_a_sentence(pipe: Language):
    assert sentences(pipe, "Rebels in Lira\n\nThe port was taken.") == [
        "Rebels in Lira",
        "The port was taken.",
    ]


def test_dateline_is_no_part_of_the_first_sentence(pipe: Language):
    text = "LIRA, May 3 (Harbour Wire) - Rebels took the port."
    assert sentences(pipe, text) == ["LIRA, May 3 (Harbour Wire) -", "Rebels took the port."]
