"""Gold that is kept without its texts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sitrep.evaluation.gold import GoldError
from sitrep.evaluation.offsets import read_textless, textless_line, with_text, without_text
from tests.evaluation.build import CONDEMNED, KILLED, MET, TEXT, URGED, gold

DOCUMENT = gold(KILLED, CONDEMNED, MET, URGED)
URL = "https://example.org/gao"


def test_text_and_words_come_back_to_the_letter(tmp_path):
    (tmp_path / "a.jsonl").write_text(textless_line(without_text(DOCUMENT, url=URL)), encoding="utf-8")
    [gold] = read_textless(tmp_path / "a.jsonl")
    assert gold == without_text(DOCUMENT, url=URL)
    assert with_text(gold, {"gao": TEXT}) == DOCUMENT


def test_no_words_of_the_text_are_left():
    line = textless_line(without_text(DOCUMENT, url=URL))
    row = json.loads(line)
    assert '"text"' not in line and "Gunmen" not in line and "Algeria" not in line
    assert (row["length"], row["url"], row["source"], len(row["sha256"])) == (len(TEXT), URL, None, 64)


def test_a_place_that_a_line_end_parts_comes_back_as_annotated():
    parted = replace(DOCUMENT, text=TEXT.replace("in Gao", "in\nGao"))
    assert with_text(without_text(parted, source="our files"), {"gao": parted.text}) == parted


def test_another_text_is_refused():
    with pytest.raises(GoldError) as error:
        with_text(without_text(DOCUMENT, url=URL), {"gao": TEXT + " "})
    assert str(error.value).startswith(
        f"gao: the text given ({len(TEXT) + 1} characters for {len(TEXT)}) is not the one that was annotated"
    )
    assert str(error.value).endswith(f"Take the text from {URL} as it is, with its white space.")


def test_a_text_that_is_not_given_is_asked_for():
    with pytest.raises(GoldError, match=f"^gao: its text is not given. It is found at {URL}.$"):
        with_text(without_text(DOCUMENT, url=URL), {})


def test_gold_without_its_text_says_where_that_is_found():
    with pytest.raises(GoldError, match="gao: nothing says where its text is found"):
        without_text(DOCUMENT)


def test_what_is_no_such_gold_is_refused_by_its_line(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "gao", "sha256": "0", "events": [{}]}', encoding="utf-8")
    with pytest.raises(GoldError, match="line 1: is no gold without its text"):
        read_textless(tmp_path / "a.jsonl")
