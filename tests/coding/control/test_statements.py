"""Statements of control are told by verbs, phrases and nouns; part of a place is not the place."""

import pytest
from spacy.language import Language

from sitrep.coding.control.statements import find_statements


@pytest.mark.parametrize(
    "sentence, holder, held",
    [
        ("The army holds Zintan and Gharyan.", "army", ["Zintan", "Gharyan"]),
        ("Gharyan, which is held by the army, lies in the hills.", "army", ["Gharyan"]),
        ("They were arrested in Gharyan, which Khalifa Haftar controls.", "Haftar", ["Gharyan"]),
        ("The port has been controlled by the rebels since 2015.", "rebels", ["port"]),
        ("The city of Derna is under the control of the army.", "army", ["Derna"]),
        ("The town of Bani Walid remains in government hands.", "government", ["Walid"]),
        ("The rebels have full control of Goma.", "rebels", ["Goma"]),
        ("The army said that it controls all of Benghazi.", "it", ["Benghazi"]),
        ("They marched on Gharyan, the general's last stronghold.", "general", ["Gharyan"]),
        ("Gharyan was the last bastion of the general.", "general", ["Gharyan"]),
        ("Rebel-held Idlib was bombed on Monday.", "Rebel", ["Idlib"]),
    ],
)
def test_who_holds_what(nlp: Language, sentence: str, holder: str, held: list[str]):
    doc = nlp(sentence)
    [statement] = [s for s in find_statements(doc) if s.held]
    assert (doc[statement.holder].text, [doc[index].text for index in statement.held]) == (holder, held)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army captured Gharyan on Monday.",
        "Government forces occupy most of Benghazi.",
        "The militia holds parts of Derna.",
        "The general has taken the matter in hand.",
    ],
)
def test_taking_a_place_or_holding_part_of_it_states_no_control(nlp: Language, sentence: str):
    assert find_statements(nlp(sentence)) == ()
