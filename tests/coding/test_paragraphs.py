"""Where sentences end by the look of the page."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from sitrep.coding.paragraphs import LONGEST
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


@pytest.mark.parametrize(
    "unit",
    ["Lira, Boro, Arza, ", "( ", "the army and the rebels near ", "“they said ‘we left ", "🙂 ", "🙂 "],
)  # fmt: skip
def test_no_sentence_of_a_text_that_has_no_end_is_longer_than_a_bound(pipe: Language, unit: str):
    lengths = [len(sentence) for sentence in pipe(unit * 1500).sents]
    assert sum(lengths) >= 1500 and max(lengths) <= 9 * LONGEST


def test_a_list_without_a_full_stop_is_cut_every_so_many_tokens(pipe: Language):
    assert max(len(sentence) for sentence in pipe("Lira, Boro, Arza, " * 1500).sents) == LONGEST


def test_a_long_sentence_is_not_cut(pipe: Language):
    text = "The mayor named " + "a street and " * 90 + "a square."
    [sentence] = pipe(text).sents
    assert 250 < len(sentence) < LONGEST


def test_a_text_that_is_parsed_already_is_refused_as_spacy_refuses_it(pipe: Language):
    doc = pipe("Rebels took the port.\n\nThe army left.")
    with pytest.raises(ValueError, match="E043"):
        pipe.get_pipe("sitrep_paragraphs")(doc)
