"""Any source gives a document or one clear reason, and none stops the next."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.read import ReadSettings, read
from sitrep.read.reader import KIND_OF_SUFFIX, Kind, OneKind, kind_of, read_content
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def message_of(tmp_path: Path, name: str, content: bytes) -> str:
    (tmp_path / name).write_bytes(content)
    [result] = read([tmp_path / name])
    assert isinstance(result, Skipped)
    return str(result).replace(str(tmp_path) + "/", "")


def test_each_kind_of_file_gives_its_document(tmp_path: Path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.html").write_text(f"<html><body><p>{STORY}</p></body></html>")
    (tmp_path / "c.md").write_text(f"# Alba taken\n\n{STORY}")
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": STORY}) + "\n")
    (tmp_path / "e.html.gz").write_bytes(gzip.compress(f"<html><body><p>{STORY}</p></body></html>".encode()))
    documents = list(read([tmp_path]))
    assert [d.text for d in documents if isinstance(d, Document)] == [STORY] * 5


@pytest.mark.parametrize(
    ("suffix", "beginning", "kind"),
    [
        (".html", b"Rebels took", "html"),
        ("", b"\n<!DOCTYPE html><html>", "html"),
        (".txt", b"<html><body>", "html"),
        ("", b'{"text": "Rebels"}\n{"text"', "jsonl"),
        ("", b'{"text": "Rebels took the to', "jsonl"),
        ("", b"{Note: no JSON}\n", "text"),
        ("", b"Rebels took <Alba>", "text"),
        (".md", b"# Alba", "markdown"),
        ("", b"", "text"),
        (".json", b"[", "json"),
        (".csv", b"text,url", "csv"),
        (".tsv", b"text\turl", "csv"),
        (".txt", b"%PDF-1.7", "pdf"),
        (".pdf", b"<html>", "pdf"),
        ("", b"PK\x03\x04", "zip"),
        (".docx", b"PK\x03\x04", "text"),
        ("", b"PAR1", "parquet"),
        ("", b"WARC/1.0\r\n", "warc"),
        (".txt", b"WARC/1 was the first format.", "text"),
        ("", b'<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?><rss version="2.0">', "feed"),
        (".xml", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (".xml", b"<feedback>", "text"),
        (".eml", b"From: Ana", "eml"),
    ],
)
def test_kind_of_source(suffix: str, beginning: bytes, kind: Kind):
    assert kind_of(suffix, beginning) == kind


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    [document] = read(["-"])
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("stdin", STORY)


def test_id_is_the_digest_of_the_sources_bytes(tmp_path: Path):
    (tmp_path / "a.txt").write_text(STORY)
    [document] = read([tmp_path / "a.txt"])
    assert isinstance(document, Document)
    assert document.id == "sha256:" + hashlib.sha256(STORY.encode()).hexdigest()


def test_empty_file(tmp_path: Path):
    assert message_of(tmp_path, "a.txt", b" \n") == "a.txt: is empty. Give a file with the text of a report."


def test_binary_file(tmp_path: Path):
    assert message_of(tmp_path, "a.txt", b"\x89PNG\r\n") == (
        "a.txt: is an image, not text. Save its text as .txt or .html first."
    )


def test_office_document(tmp_path: Path):
    assert message_of(tmp_path, "a.docx", b"PK\x03\x04\x14\x00") == (
        "a.docx: is a ZIP file or an office document, not text. Save its text as .txt or .html first."
    )


def test_another_language_in_an_encoding_of_its_own(tmp_path: Path):
    text = (
        "Делегации двух сторон встретились в понедельник и договорились об обмене пленными до конца месяца."
    )
    assert message_of(tmp_path, "a.txt", text.encode("cp1251")) == (
        'a.txt: is in the language "ru", not "en". Translate it first; Sitrep codes English.'
    )


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    (tmp_path / "a.txt").touch()
    [result] = read([tmp_path / "a.txt"])
    assert str(result).endswith(
        "a.txt: cannot be read (Permission denied). Check that it is a readable file."
    )


def test_page_without_a_story(tmp_path: Path):
    assert message_of(tmp_path, "a.txt", b"Home\nWorld\nSport\nContact us\nLog in\n").startswith(
        "a.txt: has no story in it. "
    )


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.jsonl"])
def test_fifty_megabytes_of_one_line_cost_no_time(tmp_path: Path, name: str):
    started = time.monotonic()
    message = message_of(tmp_path, name, b"word and " * 5_600_000)
    assert "is too long for one report (more than 16,000,000 bytes)." in message
    assert time.monotonic() - started < 5


def test_text_of_too_many_characters(tmp_path: Path):
    assert "a.txt: is too long for one report (450,000 characters)." in message_of(
        tmp_path, "a.txt", b"word and " * 50_000
    )


def test_broken_gzip(tmp_path: Path):
    assert message_of(tmp_path, "a.gz", b"\x1f\x8bno gzip at all").startswith("a.gz: cannot be read (")


def test_bad_sources_do_not_stop_the_rest(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(STORY)
    results = list(read([tmp_path / "no.txt", tmp_path / "a.txt", tmp_path / "b.txt"]))
    assert [type(result).__name__ for result in results] == ["Skipped", "Skipped", "Document"]


def test_documents_come_as_they_are_read(tmp_path: Path):
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": STORY}) + "\n") * 3)
    documents = read([path])
    assert next(documents).source.endswith("many.jsonl, line 1")


ANYTHING = ReadSettings(language=None)
PIECES = st.sampled_from(
    [
        b"<p>", b"</div>", b"<html>", b'<script type="application/ld+json">{"@graph": [', b"&#xD800;", b"&#0;", b"<![CDATA[",
        b"\xff\xfe", b"\x00", b"\r", b"\n\n", b"# ", b"- ", b"---\ntitle: ", b"{", b'{"text": "', b"\xe2\x80", b"\xe2\x80\xae",
        STORY.encode(), b"By Jo Hall", b"Published 4 March 2021", b"Share", b"\xc2\xa9",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.lists(PIECES).map(b"".join),
    ),
    st.sampled_from(["text", "html", "markdown", "eml", "pdf"]),
)
def test_any_bytes_give_a_clean_document_or_a_reason(content: bytes, kind: OneKind):
    result = read_content(content, "source", kind, ANYTHING)
    assert isinstance(result, (Document, Skipped))
    if isinstance(result, Document):
        assert result.text.strip()
        assert not [c for c in result.text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]


BEGINNINGS = st.sampled_from(
    [
        b"", b"%PDF-1.7\n1 0 obj\n<<", b"PK\x03\x04", b"PAR1", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90\r\n\r\n",
        b"\x1f\x8b\x08\x00", b"<rss><channel><item><description>", b"text,title\n", b'[{"text": "', b"\xef\xbb\xbf",
        b'Subject: =?utf-8?q?\nContent-Type: multipart/mixed; boundary="a"\n\n--a\n',
        gzip.compress(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\n<p>\xff")[:60],
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    BEGINNINGS, st.one_of(st.binary(), st.lists(PIECES).map(b"".join)), st.sampled_from(["", *KIND_OF_SUFFIX])
)
def test_any_bytes_under_any_name_give_documents_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, beginning: bytes, rest: bytes, suffix: str
):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(beginning + rest)
    found = list(read([path], ANYTHING))
    assert found
    assert all(isinstance(one, Document | Skipped) for one in found)


def test_every_kind_of_file_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [suffix for suffix in KIND_OF_SUFFIX if f"`{suffix}`" not in page] == []
