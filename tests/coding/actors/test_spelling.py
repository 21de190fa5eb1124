"""Spellings of one name, and names that only look alike."""

from __future__ import annotations

import pytest

from sitrep.coding.actors.spelling import same_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pashaga", "bashagha"), ("sarraj", "serraj"), ("gaddafi", "gadhafi"), ("gaddafi", "qaddafi"),
        ("zelensky", "zelenskyy"), ("haftar", "hifter"), ("yanukovych", "yanukovich"), ("dbeiba", "dbeibah"),
        ("rashid", "rachid"), ("mohammed", "muhammad"),
    ],
)  # fmt: skip
def test_transliterations_are_one_name(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("salas", "solis"), ("hassan", "hussein"), ("ali", "eli")])
def test_names_that_look_alike_are_two(one: str, other: str) -> None:
    assert not same_word(one, other)
