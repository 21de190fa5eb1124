"""Which verbs of a sentence are negated."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from sitrep.coding.grammar.negation import is_negated, is_verbal
from tests.parsed import parsed


def negated(doc: Doc) -> list[str]:
    """The verbs of `doc` that are negated."""
    return [token.text for token in doc if token.pos_ == "VERB" and is_negated(token)]


def two_verbs(sentence: str, deps: str, heads: list[int], pos: str) -> list[str]:
    return negated(parsed(sentence, deps=deps, heads=heads, pos=pos, tags=pos.replace("VERB", "VBD")))


@pytest.mark.parametrize(
    ("sentence", "deps", "heads", "pos", "denied"),
    [
        ("They did not attack", "nsubj aux neg ROOT", [3, 3, 3, 3], "PRON AUX PART VERB", ["attack"]),
        ("They never attacked", "nsubj neg ROOT", [2, 2, 2], "PRON ADV VERB", ["attacked"]),
        ("They did attack", "nsubj aux ROOT", [2, 2, 2], "PRON AUX VERB", []),
        ("Nobody attacked", "nsubj ROOT", [1, 1], "PRON VERB", ["attacked"]),
        ("Somebody attacked", "nsubj ROOT", [1, 1], "PRON VERB", []),
        ("No side attacked", "det nsubj ROOT", [1, 2, 2], "DET NOUN VERB", ["attacked"]),
        ("One side attacked", "nummod nsubj ROOT", [1, 2, 2], "NUM NOUN VERB", []),
        ("Rebels killed no one", "nsubj ROOT det dobj", [1, 1, 3, 1], "NOUN VERB DET NOUN", ["killed"]),
        ("Rebels killed this one", "nsubj ROOT det dobj", [1, 1, 3, 1], "NOUN VERB DET NOUN", []),
    ],
)
def test_one_verb(sentence: str, deps: str, heads: list[int], pos: str, denied: list[str]) -> None:
    assert two_verbs(sentence, deps, heads, pos) == denied


def test_not_only_but_denies_nothing() -> None:
    deps, pos = "nsubj {} advmod ROOT cc conj dobj", "PRON PART ADV VERB CCONJ VERB PROPN"
    heads = [3, 3, 3, 3, 3, 3, 5]
    sentence = "They not only attacked but captured Kelm"
    assert two_verbs(sentence, deps.format("preconj"), heads, pos) == []
    assert two_verbs(sentence, deps.format("neg"), heads, pos) == []


def test_not_but_denies_the_first_alone() -> None:
    assert two_verbs(
        "They not attacked but captured Kelm",
        "nsubj neg ROOT cc conj dobj",
        [2, 2, 2, 2, 2, 4],
        "PRON PART VERB CCONJ VERB PROPN",
    ) == ["attacked"]


@pytest.mark.parametrize(
    ("first", "link", "denied"),
    [("neither", "nor", ["attacked", "captured"]), ("either", "or", []), ("both", "and", [])],
)
def test_neither_nor_denies_both(first: str, link: str, denied: list[str]) -> None:
    found = two_verbs(
        f"They {first} attacked {link} captured Kelm",
        "nsubj preconj ROOT cc conj dobj",
        [2, 2, 2, 2, 2, 4],
        "PRON CCONJ VERB CCONJ VERB PROPN",
    )
    assert found == denied


@pytest.mark.parametrize(("link", "denied"), [("or", ["attack", "capture"]), ("but", ["attack"])])
def test_a_not_reaches_over_an_or(link: str, denied: list[str]) -> None:
    doc = parsed(
        f"They did not attack {link} capture Kelm",
        deps="nsubj aux neg ROOT cc conj dobj",
        heads=[3, 3, 3, 3, 3, 3, 5],
        pos="PRON AUX PART VERB CCONJ VERB PROPN",
        tags="PRP VBD RB VB CC VB NNP",
    )
    assert negated(doc) == denied


def test_whether_or_not_leaves_open() -> None:
    doc = parsed(
        "whether or not they attacked",
        deps="mark cc neg nsubj ROOT",
        heads=[4, 4, 4, 4, 4],
        pos="SCONJ CCONJ PART PRON VERB",
    )
    assert negated(doc) == []


def test_a_no_on_a_phrase_that_is_read_by_itself_counts_no_second_time() -> None:
    doc = parsed("No side attacked", deps="det nsubj ROOT", heads=[1, 2, 2], pos="DET NOUN VERB")
    assert is_negated(doc[2]) and not is_negated(doc[2], read={1})


def test_a_participle_before_a_noun_is_no_verb() -> None:
    doc = parsed(
        "armed men attacked",
        deps="amod nsubj ROOT",
        heads=[1, 2, 2],
        pos="VERB NOUN VERB",
        tags="VBN NNS VBD",
    )
    assert [is_verbal(token) for token in doc] == [False, False, True]
