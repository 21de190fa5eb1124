"""Fetched pages are kept so that the reader of archives finds the very documents again."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from sitrep.read import ReadSettings, read
from sitrep.records import Document
from sitrep.watch.archive import Archive
from sitrep.watch.fetch import Answer
from sitrep.watch.pages import read_page
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import State
from sitrep.watch.store import Store
from tests.watch.fake import START
from tests.watch.site import html, story
from tests.watch.test_pages import ENTRY


def answer(number: int, packed: bool = False) -> Answer:
    content = html(story(number), f"Story {number}")
    body = gzip.compress(content) if packed else content
    lines = ((b"Content-Type", b"text/html; charset=utf-8"), (b"Transfer-Encoding", b"chunked"))
    lines += ((b"Content-Encoding", b"gzip"),) if packed else ()
    headers = {name.decode().lower(): value.decode() for name, value in lines}
    return Answer(
        f"https://news.example/{number}",
        200,
        "OK",
        headers,
        lines,
        body,
        content,
        datetime.fromtimestamp(START, UTC),
    )


def archived(folder: Path, store: Store, *answers: Answer) -> Path:
    path = folder / "pages.warc.gz"
    for one in answers:
        Archive(path, State(store), WatchSettings()).keep(one)
    return path


def test_an_archive_gives_the_documents_that_were_delivered(tmp_path: Path, store: Store):
    answers = [answer(1), answer(2, packed=True)]
    found = list(read([archived(tmp_path, store, *answers)]))
    fresh = [read_page(one, ENTRY, ReadSettings()) for one in answers]
    for kept, page in zip(found, fresh, strict=True):
        assert isinstance(kept, Document) and isinstance(page, Document)
        assert (kept.id, kept.url, kept.text, kept.title) == (page.id, page.url, page.text, page.title)


def test_records_say_when_and_by_whom_and_their_digests_hold(tmp_path: Path, store: Store):
    path = archived(tmp_path, store, answer(1), answer(2))
    with path.open("rb") as file:
        records = [
            (record.record_type, record.headers.get("WARC-Date"), record.verify_block_digest())
            for record in ArchiveIterator(file, parse_http=False)
        ]
    about, *pages = records
    assert about[0] == WarcRecordType.warcinfo
    assert pages == [(WarcRecordType.response, "2027-01-15T08:00:00Z", True)] * 2
    assert b"software: sitrep/" in gzip.decompress(path.read_bytes())
    assert b"transfer-encoding" not in gzip.decompress(path.read_bytes()).lower()
