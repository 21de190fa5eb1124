"""Bytes become the text they hold, or the name of what they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.read.decode import NotText, clean, decode

SENTENCE = "Envoys met in Zürich, the ministry of São Tomé said. “Nothing was signed,” a delegate added."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_decoded_from_each_usual_encoding(encoding: str):
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


def test_declared_charset_is_used_where_the_bytes_are_not_utf8():
    page = '<meta charset="windows-1251"><p>Встреча в Киеве</p>'
    assert decode(page.encode("cp1251")) == page


def test_wrong_declaration_of_utf8_costs_no_letter():
    page = f'<meta charset="utf-8"><p>{SENTENCE}</p>'
    assert decode(page.encode("cp1252")) == page


def test_declaration_of_no_text_encoding_is_ignored():
    assert decode(b'<meta charset="zlib"><p>caf\xe9</p>') == '<meta charset="zlib"><p>café</p>'


def test_other_script_without_declaration_is_decoded():
    text = "Делегации двух сторон встретились в понедельник и договорились об обмене пленными. " * 4
    assert decode(text.encode("cp1251")) == text


def test_utf8_once_read_as_windows_1252_is_put_right():
    twice = SENTENCE.encode().decode("latin-1").encode()
    assert decode(twice) == SENTENCE


def test_a_stray_byte_costs_one_character():
    text = decode(SENTENCE.encode() * 5 + b"\xff")
    assert text == SENTENCE * 5 + "\ufffd"


def test_stray_bytes_among_few_letters_beyond_ascii_cost_only_themselves():
    broken = SENTENCE.encode()[:9] + b"\xff\xfe\xc3" + SENTENCE.encode()[9:]
    assert clean(str(decode(broken))) == SENTENCE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\x89PNG\r\n", "an image"),
        (b"\x1f\x8b\x08", "compressed data"),
        (bytes(range(256)) * 20, "a binary file"),
        (b"\x01\x02\x03\x04" * 100, "a binary file"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, kind: str):
    assert decode(content) == NotText(kind)


def test_clean_makes_line_ends_and_spaces_plain():
    assert clean("One\r\ntwo\rthree\u2028four\tfive\xa0six  seven") == "One\ntwo\nthree\nfour five six seven"


def test_clean_keeps_the_indentation_of_a_line():
    assert clean("Menu\n    Home") == "Menu\n    Home"


def test_clean_drops_what_is_invisible():
    assert clean("Al\u00adba\u200b \ufeffwas\x00 \u202etaken\ud800") == "Alba was taken"


def test_clean_composes_letters():
    assert clean("Ko\u0308ln") == "Köln"


@given(st.text())
def test_cleaned_text_can_be_written_and_holds_no_control_character(text: str):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]


@given(st.binary())
def test_any_bytes_are_text_or_are_named(content: bytes):
    assert isinstance(decode(content), (str, NotText))
