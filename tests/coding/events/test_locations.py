"""Where an act took place: the names of a sentence, what makes a list of them, and what the model answers."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sitrep.coding.events.location_features import (
    LOCATION_FEATURES,
    Candidate,
    are_listed,
    location_candidates,
    location_features,
)
from sitrep.coding.events.locations import LocationModel, locate_act
from tests.parsed import parsed


@pytest.fixture(scope="module")
def model() -> LocationModel:
    return LocationModel()


def located(nlp, model, text: str, verb: str) -> list[str]:
    doc = nlp(text)
    trigger = next(token for token in doc if token.text == verb)
    return [location.name.text for location in locate_act(doc, trigger, model)]


# ------------------------------------------------------------------------------------ what the model answers


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Gunmen shot two farmers dead near Zinder on Monday.", "shot", ["Zinder"]),
        ("In Zinder, gunmen shot two farmers dead on Monday.", "shot", ["Zinder"]),
        ("The army captured the town of Labbezanga after a short fight.", "captured", ["Labbezanga"]),
        ("Students protested in Jos, Kano and Lagos on Friday.", "protested", ["Jos", "Kano", "Lagos"]),
        ("A bomb killed three people in the Nigerian city of Maiduguri.", "killed", ["Maiduguri"]),
    ],
)
def test_place_of_an_act_is_named_in_its_sentence(nlp, model, text, verb, expected):
    assert located(nlp, model, text, verb) == expected


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Gunmen shot two farmers dead on Monday.", "shot"),
        ("The president of Ghana said that gunmen shot two farmers dead.", "shot"),
        ("French soldiers killed a rebel leader, France said.", "killed"),
    ],
)
def test_place_that_says_who_or_according_to_whom_is_not_where(nlp, model, text, verb):
    assert located(nlp, model, text, verb) == []


def test_sentence_before_does_not_say_where(nlp, model):
    assert located(nlp, model, "The mayor lives in Jos. Gunmen shot two farmers dead.", "shot") == []


def test_answer_does_not_depend_on_other_sentences(nlp, model):
    alone = located(nlp, model, "Gunmen shot two farmers dead near Zinder.", "shot")
    assert alone == located(
        nlp, model, "Rain fell in the hills. Gunmen shot two farmers dead near Zinder.", "shot"
    )


def test_higher_bar_gives_no_more_places(nlp, model):
    doc = nlp("Gunmen shot two farmers dead near Zinder on Monday.")
    [location] = locate_act(doc, doc[1], model)
    assert locate_act(doc, doc[1], model, least=location.probability) == (location,)
    assert locate_act(doc, doc[1], model, least=location.probability + 0.001) == ()


def test_event_takes_the_place_that_the_grammar_misses(nlp):
    doc = nlp(
        "General Issa Barka, who leads the junta, met a delegation of clerics from Chad in Agadez on Sunday."
    )
    names = {place.id: place.name for place in doc._.places}
    assert [names.get(event.place) for event in doc._.events] == ["Agadez"]


def test_country_of_the_one_spoken_to_is_not_where(nlp):
    doc = nlp("The president also spoke to Niger President Ali Moussa on Monday.")
    assert [event.place for event in doc._.events] == [None]


def test_place_under_no_preposition_of_place_is_left_to_the_grammar(nlp):
    doc = nlp("General Issa Barka, who leads the junta, met a delegation of clerics on Sunday, Niger said.")
    assert [event.place for event in doc._.events] == [None]


# ---------------------------------------------------------------------------------------- names and lists


def test_names_are_whole_and_leave_out_peoples_and_days():
    doc = parsed(
        "Nigerian troops entered Bani Walid Monday .",
        deps="amod nsubj ROOT compound dobj npadvmod punct",
        heads=[1, 2, 2, 4, 2, 2, 2],
        pos="ADJ NOUN VERB PROPN PROPN PROPN PUNCT",
        ents=["B-NORP", "O", "O", "B-GPE", "I-GPE", "B-DATE", "O"],
    )
    [candidate] = location_candidates(doc, doc[2])
    assert doc[candidate.start : candidate.end].text == "Bani Walid"


def test_text_without_names_has_no_candidates_and_no_rows():
    doc = parsed("Troops left .", deps="nsubj ROOT punct", heads=[1, 1, 1], pos="NOUN VERB PUNCT")
    assert location_candidates(doc, doc[1]) == ()
    assert location_features(doc, doc[1], ()).shape == (0, len(LOCATION_FEATURES))


def list_of(words: str, pos: str):
    """The names, the PROPN, of a phrase and whether each is listed with the one before."""
    count = len(words.split())
    doc = parsed(words, deps=" ".join(["dep"] * count), heads=[0] * count, pos=pos)
    names = [Candidate(token.i, token.i + 1, token.i, None) for token in doc if token.pos_ == "PROPN"]
    return [are_listed(doc, one, later) for one, later in pairwise(names)]


def test_names_joined_by_and_are_listed():
    assert list_of("Jos and Kano", "PROPN CCONJ PROPN") == [True]


def test_names_before_an_and_are_listed_by_commas():
    assert list_of("Jos , Kano and Lagos", "PROPN PUNCT PROPN CCONJ PROPN") == [True, True]


def test_name_and_the_country_it_lies_in_are_no_list():
    assert list_of("Jos , Nigeria .", "PROPN PUNCT PROPN PUNCT") == [False]


def test_brackets_do_not_break_a_list():
    assert list_of("Jos ( twice ) and Kano", "PROPN PUNCT ADV PUNCT CCONJ PROPN") == [True]


def test_verb_between_two_names_makes_two_phrases_of_them():
    assert list_of("Jos and took Kano", "PROPN CCONJ VERB PROPN") == [False]
