"""Phrases that name several actors at once."""

from __future__ import annotations

from spacy.language import Language

import sitrep


def called(text: str, nlp: Language) -> dict[str, list[str]]:
    return {
        actor.name: [text[start:end] for start, end in actor.mentions]
        for actor in sitrep.code(text, nlp=nlp).actors
    }


def test_a_phrase_for_several_that_met_before_is_no_participant_of_the_next_meeting(nlp: Language):
    text = (
        "President Ana Rojas met President Karim Salas in Lira. The two presidents and Peter Hale met again. "
        "Both leaders left the town."
    )
    found = called(text, nlp)
    assert "The two presidents" in found["Ana Rojas"] and "The two presidents" in found["Karim Salas"]
    # Three have met by then, of whom one is not named with the others: whom "both" means, nothing says.
    assert found["Peter Hale"] == ["Peter Hale"] and found["leaders"] == ["Both leaders"]


def test_a_phrase_for_several_stands_for_the_row_of_actors_named_before(nlp: Language):
    found = called("Mali and Niger closed the border. Both countries sent troops.", nlp)
    assert found["Mali"] == ["Mali", "Both countries"] and found["Niger"] == ["Niger", "Both countries"]
