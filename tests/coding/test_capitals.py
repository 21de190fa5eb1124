"""Text in capitals only is read as if it had small letters; any other stays as it is."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import sitrep
from sitrep.coding.capitals import is_in_capitals, with_small_letters

STORY = (
    "GUNMEN OF THE KARELA LIBERATION FRONT (KLF) KIDNAPPED THE MAYOR OF TIMBUKTU, MOUSSA TRAORE, ON FRIDAY. "
    "MALIAN OFFICIALS SAID TRAORE WAS SEIZED AT 0600 GMT."
)


def test_text_in_capitals_is_told_by_its_letters():
    assert is_in_capitals(STORY)
    assert not is_in_capitals(STORY.capitalize())


def test_short_heading_in_capitals_is_no_text_in_capitals():
    assert not is_in_capitals("MAYOR KIDNAPPED")


def test_only_names_abbreviations_and_the_starts_of_sentences_keep_their_capitals(nlp):
    assert with_small_letters(STORY, nlp) == (
        "Gunmen of the Karela Liberation Front (KLF) kidnapped the mayor of Timbuktu, Moussa Traore, on Friday. "
        "Malian officials said Traore was seized at 0600 GMT."
    )


def test_text_with_small_letters_is_left_alone(nlp):
    text = "Gunmen of the KLF kidnapped the mayor of Timbuktu, the UN and the AU said on Friday."
    assert with_small_letters(text, nlp) == text


def test_event_of_a_text_in_capitals_is_coded_with_its_parties(nlp):
    report = sitrep.code(
        "MEANWHILE, REBELS KIDNAPPED THE MAYOR OF TIMBUKTU, MOUSSA TRAORE, ON FRIDAY.", nlp=nlp
    )
    names = {actor.id: actor.name for actor in report.actors}
    [event] = report.events
    assert [names[actor] for actor in event.recipients] == ["Moussa Traore"]


def test_record_of_a_text_in_capitals_cuts_out_its_own_words(nlp):
    report = sitrep.code(
        "MEANWHILE, REBELS KIDNAPPED THE MAYOR OF TIMBUKTU, MOUSSA TRAORE, ON FRIDAY.", nlp=nlp
    )
    [event] = report.events
    assert [report.text[start:end] for start, end in event.trigger] == ["KIDNAPPED"]


def test_answer_does_not_depend_on_what_was_read_before(nlp):
    first = with_small_letters(STORY, nlp)
    with_small_letters(STORY.replace("KARELA", "GUNMENTO"), nlp)
    assert with_small_letters(STORY, nlp) == first


def test_pipeline_without_a_tagger_leaves_the_text_alone():
    assert with_small_letters(STORY, spacy.blank("en")) == STORY


@pytest.fixture(scope="module")
def tagger() -> Language:
    return sitrep.load()


def test_letter_that_shares_its_small_form_with_another_stays_itself(tagger):
    text = "THE ARMY ATTACKED THE TOWN OF \u2126RLIK ON MONDAY. \u2126RLIK FELL."
    assert set(with_small_letters(text, tagger)) & {"\u2126", "\u03a9"} <= {"\u2126"}


@settings(deadline=None, max_examples=30)  # each runs the tagger
@given(st.text(alphabet=st.characters(categories=["Lu", "Po", "Zs", "Nd"]), min_size=40, max_size=90))
def test_every_character_keeps_its_place(tagger, text):
    small = with_small_letters(text, tagger)
    assert len(small) == len(text)
    assert all(
        new == old or new.upper() == old or new == old.lower() for new, old in zip(small, text, strict=True)
    )
