"""What was considered, sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import sitrep.coding.annotations  # noqa: F401  (registers what the component writes)
from sitrep.coding.explaining import ConsideredEvent, explain
from sitrep.coding.reader.decoding import runs
from sitrep.coding.reader.ledger import Considered
from sitrep.records import Document, to_json

SHELLING = ("ASSAULT", None, 0.9, "kept", "0.90 reaches the 0.50 needed here")
TALKS = ("CONSULT", "visit", 0.2, "unlikely", "0.20 is below the 0.50 needed here")


@Language.component("reader_of_test_words")
def _reader(doc: Doc) -> Doc:
    """An assault told by every word "shelled" and "shelling" together, talks by each "met"."""

    def told(*words: str) -> list[int]:
        return [token.i for token in doc if token.text in words]

    shelled = told("shelled", "shelling")
    found = [Considered(*SHELLING, runs(doc, shelled), {})] if shelled else []  # type: ignore[arg-type]
    found += [Considered(*TALKS, runs(doc, [met]), {}) for met in told("met")]  # type: ignore[arg-type]
    doc._.considered = tuple(found)
    return doc


@pytest.fixture(scope="module")
def small_nlp() -> Language:
    found = spacy.blank("en")
    found.add_pipe("sentencizer")
    found.add_pipe("reader_of_test_words")
    return found


def explained(nlp: Language, text: str) -> list[tuple[str, list[str]]]:
    """Each sentence with the words of what was considered in it."""
    found = explain(Document("sha256:0", "story.txt", text), nlp)
    return [(sentence.text, [one.words for one in sentence.considered]) for sentence in found.sentences]


def test_a_sentence_in_which_nothing_was_considered_is_listed(small_nlp: Language) -> None:
    assert explained(small_nlp, "Rebels shelled Kelm. Snow fell.") == [
        ("Rebels shelled Kelm.", ["shelled"]),
        ("Snow fell.", []),
    ]


def test_an_event_told_in_two_sentences_stands_in_both_with_the_words_of_each(small_nlp: Language) -> None:
    assert explained(small_nlp, "Rebels shelled Kelm. Envoys met. The shelling, which shelled, ended.") == [
        ("Rebels shelled Kelm.", ["shelled"]),
        ("Envoys met.", ["met"]),
        ("The shelling, which shelled, ended.", ["shelling … shelled"]),
    ]


def test_what_is_said_of_it_is_what_the_reader_says(small_nlp: Language) -> None:
    found = explain(Document("sha256:0", "story.txt", "Envoys met.", title="Talks"), small_nlp)
    assert (found.source, found.title) == ("story.txt", "Talks")
    [sentence] = found.sentences
    type, mode, *rest = TALKS
    assert sentence.considered == (ConsideredEvent(type, mode, "met", *rest),)  # type: ignore[arg-type]
    assert json.loads(json.dumps(to_json(found)))["sentences"][0]["considered"][0]["words"] == "met"


def test_spans_are_of_the_text_and_its_lines_are_joined_for_reading(small_nlp: Language) -> None:
    text = "Snow fell. Rebels shelled\n  Kelm."
    found = explain(Document("sha256:0", "story.txt", text), small_nlp)
    sentence = found.sentences[1]
    assert text[slice(*sentence.span)] == "Rebels shelled\n  Kelm."
    assert sentence.text == "Rebels shelled Kelm."


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_text_without_words_has_no_sentences(small_nlp: Language, text: str) -> None:
    empty: Sequence[tuple[str, list[str]]] = []
    assert explained(small_nlp, text) == empty
