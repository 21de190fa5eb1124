"""A web archive gives a document a page, and counts the rest."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from sitrep.read import ReadSettings, read
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."
PAGE = f"<html><head><title>Alba taken</title></head><body><article><p>{STORY}</p></article></body></html>"


def record(
    block: bytes, address: str = "https://news.example/alba", type: str = "response", kind: str = ""
) -> bytes:
    kind = kind or "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:6f4ec2c1-0000-4000-8000-000000000001>\r\n"
        f"WARC-Date: 2021-03-05T10:00:00Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *headers: str
) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read_records(
    folder: Path, *records: bytes, settings: ReadSettings | None = None
) -> list[Document | Skipped]:
    (folder / "crawl.warc").write_bytes(b"".join(records))
    return list(read([folder / "crawl.warc"], settings or ReadSettings()))


def texts(results: Sequence[Document | Skipped]) -> list[str]:
    return [result.text for result in results if isinstance(result, Document)]


def test_page_has_its_records_address_and_no_day_of_the_crawl(tmp_path: Path):
    [document] = read_records(tmp_path, record(answer(PAGE.encode())))
    assert isinstance(document, Document)
    assert (document.text, document.url, document.published) == (STORY, "https://news.example/alba", None)
    assert document.source.endswith("crawl.warc, record 1")


def test_packed_archive_is_read_record_by_record(tmp_path: Path):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(record(answer(PAGE.encode()))) for _ in range(3)))
    assert texts(list(read([path]))) == [STORY] * 3


@pytest.mark.parametrize(
    "response",
    [
        answer(gzip.compress(PAGE.encode()), "text/html", "200 OK", "Content-Encoding: gzip"),
        answer(
            f"{len(PAGE):x}\r\n{PAGE}\r\n0\r\n\r\n".encode(),
            "text/html",
            "200 OK",
            "Transfer-Encoding: chunked",
        ),
        answer(PAGE.encode(), "text/html", "200 OK", "Transfer-Encoding: chunked"),  # stored in one piece
        answer(PAGE.encode("utf-16-le"), "text/html; charset=utf-16le"),
    ],
)
def test_encoded_page_is_decoded(tmp_path: Path, response: bytes):
    assert texts(read_records(tmp_path, record(response))) == [STORY]


def test_charset_of_the_answer_is_used_where_the_page_says_none(tmp_path: Path):
    page = PAGE.replace("Alba", "Čačak").encode("iso8859-2")
    [document] = read_records(tmp_path, record(answer(page, "text/html; charset=ISO-8859-2")))
    assert isinstance(document, Document)
    assert document.title == "Čačak taken"


def test_text_of_a_wet_file_is_read(tmp_path: Path):
    assert texts(read_records(tmp_path, record(STORY.encode(), type="conversion", kind="text/plain"))) == [
        STORY
    ]


def test_day_after_the_crawl_is_none_of_publication(tmp_path: Path):
    stamped = PAGE.replace("<head>", '<head><meta property="article:published_time" content="{}">')
    results = read_records(
        tmp_path,
        *(record(answer(stamped.format(day).encode())) for day in ("2021-03-04", "2021-03-06", "2022-01-01")),
    )
    days = [result.published for result in results if isinstance(result, Document)]
    assert days == [date(2021, 3, 4), date(2021, 3, 6), None]


def test_users_day_stands(tmp_path: Path):
    settings = ReadSettings(published=date(2022, 1, 1))
    [document] = read_records(tmp_path, record(answer(PAGE.encode())), settings=settings)
    assert isinstance(document, Document)
    assert document.published == date(2022, 1, 1)


def test_requests_and_notes_of_the_crawler_are_passed_over(tmp_path: Path):
    results = read_records(
        tmp_path,
        record(b"software: a crawler\r\n", type="warcinfo", kind="application/warc-fields"),
        record(b"GET /alba HTTP/1.1\r\n\r\n", type="request", kind="application/http; msgtype=request"),
        record(answer(PAGE.encode())),
    )
    assert [(type(r).__name__, r.source[-8:]) for r in results] == [("Document", "record 3")]


def test_responses_that_are_no_pages_are_counted_once(tmp_path: Path):
    results = read_records(
        tmp_path,
        record(answer(b"\x89PNG", "image/png")),
        record(answer(b"\x89PNG", "image/png")),
        record(answer(b"<p>Not found</p>", "text/html", "404 Not Found")),
        record(answer(PAGE.encode())),
    )
    assert texts(results) == [STORY]
    assert str(results[-1]).endswith(
        "crawl.warc: holds 3 responses that are no pages (image/png: 2, HTTP 404: 1). "
        "Only pages of HTML and plain text that the server gave are read."
    )


def test_page_too_large_or_broken_costs_itself_only(tmp_path: Path):
    results = read_records(
        tmp_path,
        record(answer(b"<p>" + b"word " * 1000)),
        record(answer(b"no gzip", "text/html", "200 OK", "Content-Encoding: gzip")),
        record(answer(PAGE.encode())),
        settings=ReadSettings(max_bytes=2000),
    )
    assert [type(result).__name__ for result in results] == ["Skipped", "Skipped", "Document"]
    assert "record 1: is too long for one report (more than 2,000 bytes)." in str(results[0])
    assert "record 2: is a broken response (" in str(results[1])


def test_what_comes_before_a_break_is_kept(tmp_path: Path):
    results = read_records(tmp_path, record(answer(PAGE.encode())), b"no record\r\n\r\n")
    assert [type(result).__name__ for result in results] == ["Document", "Skipped"]
    assert "crawl.warc: cannot be read (after 1 records: " in str(results[1])


def test_truncated_packed_archive_keeps_its_whole_records(tmp_path: Path):
    path = tmp_path / "crawl.warc.gz"
    one = gzip.compress(record(answer(PAGE.encode())))
    path.write_bytes(one + one + one[: len(one) // 2])
    results = list(read([path]))
    assert texts(results)[:2] == [STORY] * 2
    assert isinstance(results[-1], Skipped)
