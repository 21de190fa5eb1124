"""The status of a clause by its verb group and the verb that governs it."""

from __future__ import annotations

import pytest

from sitrep.coding.grammar.modality import modality
from sitrep.records import Status
from tests.parsed import parsed


@pytest.mark.parametrize(
    ("helper", "status"),
    [
        ("have", "happened"),
        ("will", "planned"),
        ("’ll", "planned"),
        ("may", "possible"),
        ("could", "possible"),
        ("should", "called_for"),
        ("must", "called_for"),
    ],
)
def test_the_auxiliary_decides(helper: str, status: Status) -> None:
    doc = parsed(
        f"Rebels {helper} hold Kelm",
        deps="nsubj aux ROOT dobj",
        heads=[2, 2, 2, 2],
        pos="NOUN AUX VERB PROPN",
    )
    assert modality(doc[2]) == status


def test_a_word_of_the_clause_has_the_status_of_its_verb() -> None:
    doc = parsed(
        "Rebels will hold Kelm", deps="nsubj aux ROOT dobj", heads=[2, 2, 2, 2], pos="NOUN AUX VERB PROPN"
    )
    assert modality(doc[3]) == "planned"


def test_a_denial_goes_before_the_auxiliary() -> None:
    doc = parsed(
        "Rebels will not hold Kelm",
        deps="nsubj aux neg ROOT dobj",
        heads=[3, 3, 3, 3, 3],
        pos="NOUN AUX PART VERB PROPN",
    )
    assert modality(doc[3]) == "denied"


@pytest.mark.parametrize(
    ("mark", "status"), [("if", "possible"), ("unless", "possible"), ("because", "happened")]
)
def test_a_condition_is_possible(mark: str, status: Status) -> None:
    doc = parsed(
        f"{mark} rebels hold Kelm",
        deps="mark nsubj ROOT dobj",
        heads=[2, 2, 2, 2],
        pos="SCONJ NOUN VERB PROPN",
    )
    assert modality(doc[2]) == status


@pytest.mark.parametrize(
    ("above", "status"),
    [
        ("vowed/vow", "planned"),
        ("tried/try", "planned"),
        ("urged/urge", "called_for"),
        ("managed/manage", "happened"),
    ],
)
def test_an_infinitive_has_the_status_that_its_verb_gives(above: str, status: Status) -> None:
    word, lemma = above.split("/")
    doc = parsed(
        f"Rebels {word} to hold Kelm",
        deps="nsubj ROOT aux xcomp dobj",
        heads=[1, 1, 3, 1, 3],
        pos="NOUN VERB PART VERB PROPN",
        lemmas=f"rebel {lemma} to hold Kelm",
    )
    assert modality(doc[3]) == status
    assert modality(doc[1]) == "happened"


def test_a_heading_without_a_verb_happened() -> None:
    doc = parsed("Rebels in Kelm", deps="ROOT prep pobj", heads=[0, 0, 1], pos="NOUN ADP PROPN")
    assert modality(doc[2]) == "happened"
