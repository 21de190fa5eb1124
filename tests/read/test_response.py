"""What a server gave for an address is a document, fresh or from an archive."""

from __future__ import annotations

from datetime import date

from sitrep.read import ReadSettings
from sitrep.read.response import read_response
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."
URL = "https://news.example/alba"


def page(head: str = "") -> bytes:
    return f"<html><head><title>Alba taken</title>{head}</head><body><article><p>{STORY}</p></article></body></html>".encode()


def read(content: bytes, kind: str = "text/html", charset: str | None = None) -> Document | Skipped:
    return read_response(content, kind, charset, URL, date(2021, 3, 5), "here", ReadSettings())


def published(head: str) -> date | None:
    document = read(page(head))
    assert isinstance(document, Document)
    return document.published


def test_its_address_goes_before_what_the_page_says():
    document = read(page('<link rel="canonical" href="https://elsewhere.example/x">'))
    assert isinstance(document, Document)
    assert (document.url, document.text, document.source) == (URL, STORY, "here")


def test_the_stated_charset_is_that_of_the_text():
    document = read(
        "Rebels took the town of Curaçao on Monday, a spokesman said.".encode("cp1252"),
        "text/plain",
        "cp1252",
    )
    assert isinstance(document, Document) and "Curaçao" in document.text


def test_no_page_was_published_after_it_was_fetched_but_the_newsroom_may_be_a_day_ahead():
    assert published('<meta name="date" content="2021-03-06">') == date(2021, 3, 6)
    assert published('<meta name="date" content="2021-03-09">') is None


def test_an_empty_answer_is_said():
    assert isinstance(read(b" \n"), Skipped)
