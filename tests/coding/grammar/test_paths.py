"""The way between two words through the parse, and what the parse says of one."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from sitrep.coding.grammar.paths import FAR, OTHER_SENTENCE, form, path, role
from tests.parsed import parsed

#             0         1    2        3  4      5  6     7   8 9
PASSIVE = parsed(
    "Villagers were attacked by gunmen in Kelm .",
    deps="nsubjpass auxpass ROOT agent pobj prep pobj punct",
    heads=[2, 2, 2, 2, 3, 2, 5, 2],
    tags="NNS VBD VBN IN NNS IN NNP .",
)
ACTIVE = parsed(
    "Gunmen attacked villagers .",
    deps="nsubj ROOT dobj punct",
    heads=[1, 1, 1, 1],
    tags="NNS VBD NNS .",
)


@pytest.mark.parametrize(
    ("doc", "one", "other", "way"),
    [
        (PASSIVE, 4, 2, "pobj prep:by ^"),  # an agent is a "by" of its own
        (PASSIVE, 2, 4, "^ prep:by pobj"),
        (PASSIVE, 6, 2, "pobj prep:in ^"),  # the word of the preposition tells where from by whom
        (PASSIVE, 0, 2, "nsubjpass ^"),
        (PASSIVE, 0, 4, "nsubjpass ^ prep:by pobj"),
        (ACTIVE, 0, 1, "nsubj ^"),
        (ACTIVE, 0, 2, "nsubj ^ dobj"),
        (ACTIVE, 1, 1, "same"),
    ],
)
def test_path_leads_up_to_what_governs_both_and_down(doc: Doc, one: int, other: int, way: str) -> None:
    assert path(doc, one, other) == way


@pytest.mark.parametrize(("last", "way"), [(5, " ".join(["^", *["conj"] * 5])), (6, FAR)])
def test_a_path_of_more_than_five_edges_is_far(last: int, way: str) -> None:
    doc = parsed(
        "came saw ate drank slept woke left", deps="ROOT " + "conj " * 6, heads=[0, 0, 1, 2, 3, 4, 5]
    )
    assert path(doc, 0, last) == way


def test_five_edges_up_and_one_down_are_far() -> None:
    doc = parsed(
        "came saw ate drank slept woke now",
        deps="ROOT " + "conj " * 5 + "advmod",
        heads=[0, 0, 1, 2, 3, 4, 0],
    )
    assert path(doc, 5, 6) == FAR


def test_no_path_leads_into_another_sentence() -> None:
    doc = parsed("Gunmen came . Villagers fled .", deps="nsubj ROOT punct " * 2, heads=[1, 1, 1, 4, 4, 4])
    assert path(doc, 0, 4) == OTHER_SENTENCE
    assert path(doc, 0, 1) == "nsubj ^"


def test_a_form_shows_the_passive() -> None:
    assert form(PASSIVE[2]) == "VBN passive"
    assert form(ACTIVE[1]) == "VBD"
    assert form(PASSIVE[4]) == "NNS"


def test_a_role_shows_the_preposition_of_its_object() -> None:
    assert [role(PASSIVE[i]) for i in (0, 4, 6)] == ["nsubjpass", "pobj by", "pobj in"]
    assert role(ACTIVE[2]) == "dobj"
