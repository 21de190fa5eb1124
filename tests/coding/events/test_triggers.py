"""The lexicon: what its lines say, and what it answers to a line that it cannot read."""

from __future__ import annotations

import pytest

from sitrep import ontology
from sitrep.coding.events.triggers import LexiconError, read_lexicon


def row(*columns: str) -> str:
    return "\t".join(columns)


def test_line_gives_a_sense_to_each_of_its_words() -> None:
    lexicon = read_lexicon(
        row("verb", "seize, hand over", "object:place", "COERCE", "seize", "subject", "from", "object")
    )
    [sense] = lexicon.of("verb", "hand over")
    assert (sense.type, sense.mode, sense.actor, sense.recipient) == (
        "COERCE",
        "seize",
        ("subject",),
        ("from",),
    )
    assert lexicon.of("verb", "seize") == (sense,)


def test_sense_that_asks_for_more_comes_first() -> None:
    lexicon = read_lexicon(
        row("verb", "meet", "-", "CONSULT", "-", "subject", "-", "-") + "\n"
        + row("class", "@demand", "demand") + "\n"
        + row("verb", "meet", "object:@demand", "CONCEDE", "-", "subject", "-", "-")
    )  # fmt: skip
    assert [sense.type for sense in lexicon.of("verb", "meet")] == ["CONCEDE", "CONSULT"]


def test_line_with_too_few_columns_is_named() -> None:
    with pytest.raises(LexiconError, match="line 2"):
        read_lexicon("# a comment\n" + row("verb", "attack", "-"))


def test_unknown_kind_of_argument_is_named() -> None:
    with pytest.raises(LexiconError, match="'planet' is no kind"):
        read_lexicon(row("verb", "attack", "object:planet", "ASSAULT", "-", "subject", "object", "-"))


def test_unknown_class_is_named() -> None:
    with pytest.raises(LexiconError, match="@ghosts"):
        read_lexicon(row("verb", "attack", "object:@ghosts", "ASSAULT", "-", "subject", "object", "-"))


def test_every_sense_of_ours_has_a_type_and_mode_of_the_codebook() -> None:
    lexicon = read_lexicon()
    for senses in lexicon.senses.values():
        for sense in senses:
            if sense.type is not None:
                ontology.score(sense.type, sense.mode)  # raises on what the codebook does not have


def test_every_type_of_the_codebook_has_words() -> None:
    found = {sense.type for senses in read_lexicon().senses.values() for sense in senses}
    assert found - {None} == set(ontology.EVENT_TYPES)
