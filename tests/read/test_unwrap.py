"""Line breaks that only keep lines short go; all others stay."""

from __future__ import annotations

import textwrap

import pytest

from sitrep.read.unwrap import unwrap

FIRST = (
    "Talks between the two sides resumed in Alba on Monday after a pause of three weeks, officials said, and the "
    "delegation of the north arrived late in the evening with a new list of demands."
)
SECOND = "The hosts said that nothing had been signed and that both sides would meet again in a fortnight in the same hall."


@pytest.mark.parametrize("width", [50, 72, 80, 100])
def test_wrapped_paragraphs_are_one_line_each(width: int):
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in (FIRST, SECOND))
    assert unwrap(wrapped) == f"{FIRST}\n\n{SECOND}"


def test_paragraphs_told_apart_by_indentation_alone_stay_apart():
    wrapped = "\n".join(textwrap.fill(p, 60, initial_indent="   ") for p in (FIRST, SECOND))
    assert [line.strip() for line in unwrap(wrapped).split("\n")] == [FIRST, SECOND]


def test_headline_above_wrapped_paragraphs_stays_a_line():
    wrapped = "Talks resume in Alba\n\n" + textwrap.fill(FIRST, 60)
    assert unwrap(wrapped) == f"Talks resume in Alba\n\n{FIRST}"


def test_bullets_stay_apart():
    text = (
        textwrap.fill(FIRST, 60)
        + "\n"
        + "- no shots were heard in the town on Sunday, she said\n- the road is open"
    )
    assert unwrap(text).split("\n")[-2:] == [
        "- no shots were heard in the town on Sunday, she said",
        "- the road is open",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Home\nWorld\nPolitics\nSport",
        f"{FIRST}\n{SECOND}",
        "Army says it holds the northern road after two days\nRebels deny the loss of the northern road to army\n"
        "Aid convoy turned back at the bridge for third time",
        "",
        "One line.",
    ],
)
def test_text_that_is_not_wrapped_is_unchanged(text: str):
    assert unwrap(text) == text


def test_wire_in_capitals_is_unwrapped():
    assert unwrap(textwrap.fill(FIRST.upper(), 66)) == FIRST.upper()


def test_menu_in_capitals_is_unchanged():
    menu = "ARMY SAYS IT HOLDS THE NORTHERN ROAD.\nREBELS DENY THE LOSS OF THE NORTHERN ROAD.\nAID CONVOY TURNED BACK."
    assert unwrap(menu) == menu


def test_word_cut_at_the_line_end_is_joined_but_a_compound_keeps_its_hyphen():
    wrapped = (
        "A spokesman for the interior ministry of the coast told repor-\n"
        "ters on Monday that the road over the pass to the town of Al-\n"
        "Nahr had been cleared and that traders would be let through in\n"
        "the morning."
    )
    assert unwrap(wrapped) == (
        "A spokesman for the interior ministry of the coast told reporters on Monday that the road over the pass "
        "to the town of Al-Nahr had been cleared and that traders would be let through in the morning."
    )
