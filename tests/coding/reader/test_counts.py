"""Which words of a text are a count, and of how many."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from sitrep.coding.reader.counts import read_counts
from sitrep.coding.reader.quantities import Range
from tests.parsed import VOCAB


def marked(sentence: str, kind: str | None = None, words: str = "", starts: tuple[int, ...] = (0,)) -> Doc:
    """`sentence` with `words` of it marked as a named entity of a kind, and the tokens that start sentences."""
    found = sentence.split(" ")
    ents = ["O"] * len(found)
    if kind is not None:
        part = words.split(" ")
        at = next(n for n in range(len(found)) if found[n : n + len(part)] == part)
        ents[at : at + len(part)] = [f"B-{kind}", *[f"I-{kind}"] * (len(part) - 1)]
    return Doc(VOCAB, words=found, ents=ents, sent_starts=[n in starts for n in range(len(found))])


def counts(doc: Doc) -> list[tuple[str, str, Range]]:
    """The word that heads each count, its words and its range."""
    return [(doc[head].text, phrase.text, value) for head, phrase, value in read_counts(doc)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The raid killed at least 12 people", [("12", "at least 12", (12, None))]),
        ("The raid killed 12 people", [("12", "12", (12, 12))]),
        ("The raid killed more than a dozen people", [("dozen", "more than a dozen", (13, None))]),
        ("Dozens fled", [("Dozens", "Dozens", (24, None))]),
        ("Hundreds of thousands fled", [("thousands", "Hundreds of thousands", (200_000, None))]),
        ("It killed 12 to 15 people", [("15", "12 to 15", (12, 15))]),
        ("It killed twenty - five people", [("five", "twenty - five", (25, 25))]),
        ("It killed 12 and hurt nearly 50", [("12", "12", (12, 12)), ("50", "nearly 50", (45, 50))]),
        ("He went to Kelm", []),
        ("No people died", []),
    ],
)
def test_counts_as_ranges(sentence: str, found: list[tuple[str, str, Range]]) -> None:
    assert counts(marked(sentence)) == found


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("It happened on March 12", "DATE", "March 12"),
        ("It happened at 12 noon", "TIME", "12 noon"),
        ("They stole about 12 million", "MONEY", "about 12 million"),
        ("Some 12 percent voted", "PERCENT", "Some 12 percent"),
        ("The second died", "ORDINAL", "second"),
    ],
)
def test_days_money_shares_and_ordinals_count_nobody(sentence: str, kind: str, words: str) -> None:
    assert counts(marked(sentence, kind, words)) == []


def test_a_number_beside_a_date_counts() -> None:
    assert counts(marked("On March 12 rebels killed 15", "DATE", "March 12")) == [("15", "15", (15, 15))]


def test_an_ordinal_that_is_not_recognised_counts_nobody_either() -> None:
    assert counts(marked("The 3rd and third died")) == []


def test_a_number_ends_with_its_sentence() -> None:
    joined = "They fled at least 12 to 15 died"
    assert counts(marked(joined)) == [("15", "at least 12 to 15", (12, 15))]
    assert counts(marked(joined, starts=(0, 4))) == [("15", "12 to 15", (12, 15))]
    assert counts(marked("They shot 12 to 15 died", starts=(0, 3)))[0] == ("12", "12", (12, 12))


def test_tens_of_thousands_are_twenty_thousand() -> None:
    assert counts(marked("Tens of thousands fled")) == [("thousands", "Tens of thousands", (20_000, None))]


def test_no_words_hold_no_count() -> None:
    assert counts(Doc(VOCAB, words=[])) == []
