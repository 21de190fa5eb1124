"""JSON lines: a document or one clear reason for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date

import pytest

from sitrep.read.jsonl import read_json, read_lines
from sitrep.read.settings import JsonlFields, ReadSettings
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def lines(*records: object, settings: ReadSettings | None = None) -> list[Document | Skipped]:
    content = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records).encode()
    return list(read_lines([content], "reports.jsonl", settings or ReadSettings()))


def test_every_field_is_taken_over():
    record = {
        "text": STORY,
        "title": "Alba changes hands",
        "url": "https://news.example/alba",
        "published": "2021-05-04T10:00:00Z",
        "authors": ["Jo Hall", "Li Wei"],
        "publisher": "Example News",
        "section": "World",
    }
    line = json.dumps(record)
    assert lines(line) == [
        Document(
            id="sha256:" + hashlib.sha256(line.encode()).hexdigest(),
            source="reports.jsonl, line 1",
            text=STORY,
            url="https://news.example/alba",
            publisher="Example News",
            section="World",
            title="Alba changes hands",
            authors=("Jo Hall", "Li Wei"),
            published=date(2021, 5, 4),
            language="en",
        )
    ]


def test_fields_may_have_other_names():
    settings = ReadSettings(fields=JsonlFields(text="body", title="head"))
    [document] = lines({"body": STORY, "head": "Alba changes hands"}, settings=settings)
    assert isinstance(document, Document)
    assert (document.text, document.title) == (STORY, "Alba changes hands")


def test_text_may_hold_html():
    [document] = lines({"text": f"<div><p>{STORY}</p></div>"})
    assert isinstance(document, Document)
    assert document.text == STORY


def test_text_with_a_sign_of_inequality_is_not_html():
    [document] = lines({"text": STORY + " Turnout was < 40 percent, and p > 0.05, she said."})
    assert isinstance(document, Document)
    assert "turnout was < 40 percent" in document.text.lower()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "reports.jsonl, line 1: is not JSON (Expecting value). Write one JSON object a line."),
        ("[1, 2]", 'reports.jsonl, line 1: is a JSON array, not an object. Write {"text": "…"}.'),
        (
            "[" * 100_000,
            "reports.jsonl, line 1: is JSON nested too deeply. Write one flat JSON object a line.",
        ),
        (
            '{"words": "x"}',
            'reports.jsonl, line 1: has no field "text" (it has words). '
            "Say which field holds the text: --field text=NAME.",
        ),
        (
            '{"text": 3}',
            'reports.jsonl, line 1: "text" is a JSON number, not a string. '
            "Say which field holds the text: --field text=NAME.",
        ),
        (
            json.dumps({"text": STORY, "published": "31/02/2024"}),
            'reports.jsonl, line 1: "published" is "31/02/2024", which is not a calendar date. '
            "Write it as YYYY-MM-DD, or leave it out to code the report without one.",
        ),
    ],
)
def test_a_bad_line_says_where_what_and_what_to_do(line: str, message: str):
    assert [str(skipped) for skipped in lines(line)] == [message]


def test_a_bad_line_does_not_stop_the_next_and_blank_lines_count_as_lines():
    results = lines("{", "", {"text": STORY})
    assert [(type(r).__name__, r.source) for r in results] == [
        ("Skipped", "reports.jsonl, line 1"),
        ("Document", "reports.jsonl, line 3"),
    ]


def test_a_file_without_lines_is_empty():
    assert [str(s) for s in lines("", "")] == [
        "reports.jsonl: is empty. Give a file with one JSON object a line."
    ]


def test_a_line_that_is_too_long_is_never_held_whole():
    good = json.dumps({"text": STORY}).encode()
    held = 0

    def pieces() -> Iterable[bytes]:
        nonlocal held
        yield b'{"text": "'
        for _ in range(1000):
            held += 1000
            yield b"word " * 200
        yield b'"}\n' + good

    results = list(read_lines(pieces(), "big.jsonl", ReadSettings(max_bytes=2000)))
    assert held == 1_000_000
    assert [(type(r).__name__, r.source) for r in results] == [
        ("Skipped", "big.jsonl, line 1"),
        ("Document", "big.jsonl, line 2"),
    ]
    assert "is too long for one report (more than 2,000 bytes)." in str(results[0])


def test_a_known_day_goes_before_a_bad_one():
    settings = ReadSettings(published=date(2020, 6, 23))
    [document] = lines({"text": STORY, "published": "soon"}, settings=settings)
    assert isinstance(document, Document)
    assert document.published == date(2020, 6, 23)


def whole(content: str, pieces: int = 7) -> list[Document | Skipped]:
    stored = content.encode()
    return list(
        read_json([stored[i : i + pieces] for i in range(0, len(stored), pieces)], "a.json", ReadSettings())
    )


def test_file_that_is_one_object_over_many_lines():
    [document] = whole(json.dumps({"text": STORY, "title": "Alba taken"}, indent=4))
    assert isinstance(document, Document)
    assert (document.source, document.title) == ("a.json", "Alba taken")


def test_file_that_is_an_array_of_objects():
    found = whole(json.dumps([{"text": STORY}, 3, {"text": STORY}], indent=1))
    assert [(type(one).__name__, one.source) for one in found] == [
        ("Document", "a.json, item 1"),
        ("Skipped", "a.json, item 2"),
        ("Document", "a.json, item 3"),
    ]


@pytest.mark.parametrize("pieces", [7, 100_000])
def test_json_lines_in_a_file_named_json(pieces: int):
    found = whole((json.dumps({"text": STORY}) + "\n") * 3, pieces)
    assert [one.source for one in found] == [f"a.json, line {n}" for n in (1, 2, 3)]


def test_file_that_is_no_json():
    assert [str(one) for one in whole("no json")] == [
        "a.json, line 1: is not JSON (Expecting value). Write one JSON object a line."
    ]
