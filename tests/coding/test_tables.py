"""Reading word tables and finding their longest entry."""

from __future__ import annotations

import pytest

from sitrep.coding.tables import PhraseTable, fold, parse_table, read_table, singular, words_of

TABLES = {
    "roles.tsv": 4, "organisations.tsv": 4, "countries.tsv": 3, "territories.tsv": 4, "regions.tsv": 2,
    "metonyms.tsv": 3, "actor_words.tsv": 2,
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_package_reads_and_its_header_gives_origin_licence_and_date(name: str) -> None:
    from importlib.resources import files

    assert list(read_table(name, TABLES[name]))
    header = (files("sitrep.coding") / "data" / name).read_text(encoding="utf-8").split("\n\n")[0]
    for said in ("Origin:", "Licence:", "Date:"):
        assert said in header


def test_a_line_with_a_field_too_few_is_named_by_its_number() -> None:
    with pytest.raises(ValueError, match=r"kings\.tsv, line 3: 1 fields, not 2"):
        list(parse_table("# header\na\tb\nc\n", "kings.tsv", 2))


def test_an_empty_field_is_named_by_its_line() -> None:
    with pytest.raises(ValueError, match=r"kings\.tsv, line 1: an empty field"):
        list(parse_table("a\t \n", "kings.tsv", 2))


@pytest.mark.parametrize(
    ("plural", "one"),
    [("gunmen", "gunman"), ("parties", "party"), ("churches", "church"), ("mps", "mp"), ("police", "police"),
     ("press", "press"), ("troops", "troops"), ("children", "child")],
)  # fmt: skip
def test_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_words_leave_out_the_possessive_and_know_a_hyphen() -> None:
    assert [(w.key, w.joined) for w in words_of("the Navy’s anti-ship crew")] == [
        ("the", False), ("navy", False), ("anti", False), ("ship", True), ("crew", False),
    ]  # fmt: skip


def test_fold_drops_case_accents_and_dots() -> None:
    assert (fold("Élysée"), fold("U.S.")) == ("elysee", "us")


def test_the_longest_entry_is_found() -> None:
    table: PhraseTable[int] = PhraseTable()
    table.add("prime minister", 2)
    table.add("prime", 1)
    assert table.match(words_of("prime ministers of old"), 0) == (2, 2)
    assert table.match(words_of("prime time"), 0) == (1, 1)


def test_an_acronym_matches_capitals_only() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("WHO", "health body")
    assert table.match(words_of("WHO doctors"), 0) == (1, "health body")
    assert table.match(words_of("who came"), 0) is None


def test_a_phrase_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no word"):
        PhraseTable[int]().add("--", 1)
