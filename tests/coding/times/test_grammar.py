"""How rules are searched for, with rules of our own."""

from __future__ import annotations

from sitrep.coding.times.grammar import Grammar, Match
from sitrep.coding.times.meanings import Fixed, Wording
from sitrep.coding.times.wordings import GRAMMAR, find_wordings


def tide(match: Match) -> Wording:
    return Wording(match.start(), match.end(), Fixed(match[0].lower()))


def found(grammar: Grammar, text: str) -> list[str]:
    return [text[wording.start : wording.end] for wording in grammar.search(text)]


def tides() -> Grammar:
    grammar = Grammar()
    grammar.rule(r"\b(?:(?:low|high) )?tide\b", near=frozenset({"tide"}))(tide)
    grammar.rule(r"\bhigh\b", near=frozenset({"high"}))(tide)
    return grammar


def test_longest_of_several_counts() -> None:
    assert found(tides(), "At high tide and at low tide.") == ["high tide", "low tide"]


def test_blank_of_a_pattern_is_a_line_break_but_no_paragraph() -> None:
    assert found(tides(), "At high\ntide, high\n\ntide.") == ["high\ntide", "high", "tide"]


def test_text_without_the_word_is_not_searched() -> None:
    assert found(tides(), "At noon.") == found(tides(), "") == []


def test_matches_far_apart_are_all_found() -> None:
    assert found(tides(), "Tide. " + "They waited there. " * 40 + "High tide. " + "x" * 500 + " tide") == [
        "Tide", "High tide", "tide",
    ]  # fmt: skip


def test_every_rule_is_found_by_the_words_that_it_says_it_needs() -> None:
    text = (
        "On Monday, 5 June 2020, early last week, at 10:30 p.m., in the 1990s, in twenty eleven, during Ramadan, "
        "each day, the previous night, two years ago, in the third quarter, at year-end, recently, now, soon, "
        "overnight, on Christmas Eve, in the first half of 2020, for months, the day after tomorrow and at dawn."
    )
    whole = Grammar()
    whole.rules = [(pattern, build, frozenset(_words(text))) for pattern, build, _ in GRAMMAR.rules]
    assert list(whole.search(text)) == list(find_wordings(text))


def _words(text: str) -> list[str]:
    return ["0", *"".join(c if c.isalpha() else " " for c in text.lower()).split()]
