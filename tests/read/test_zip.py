"""An archive gives what its files give, and never more than archives of texts do."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from sitrep.read import read
from sitrep.read import zip as zip_reader
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def packed(**files: str | bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


def results(folder: Path, content: bytes) -> list[Document | Skipped]:
    (folder / "news.zip").write_bytes(content)
    return list(read([folder / "news.zip"]))


def said(folder: Path, found: list[Document | Skipped]) -> list[str]:
    return [str(one).replace(f"{folder}/", "") for one in found if isinstance(one, Skipped)]


def test_each_file_is_read_by_its_own_kind(tmp_path: Path):
    content = packed(
        a_txt=STORY,
        deep__b_html=f"<html><body><p>{STORY}</p></body></html>",
        c_jsonl=(json.dumps({"text": STORY}) + "\n") * 2,
    )
    found = results(tmp_path, content)
    assert [document.text for document in found if isinstance(document, Document)] == [STORY] * 4
    assert [one.source.replace(f"{tmp_path}/", "") for one in found] == [
        "news.zip, a.txt",
        "news.zip, deep/b.html",
        "news.zip, c.jsonl, line 1",
        "news.zip, c.jsonl, line 2",
    ]


def test_archive_in_an_archive_is_read_and_one_in_that_is_not(tmp_path: Path):
    inner = packed(a_txt=STORY)
    found = results(tmp_path, packed(inner_zip=inner, deeper_zip=packed(inner_zip=inner)))
    assert [document.text for document in found if isinstance(document, Document)] == [STORY]
    assert said(tmp_path, found) == [
        "news.zip, deeper.zip, inner.zip: is an archive in an archive in an archive. Unpack the outer ones first."
    ]


def test_archive_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed(a_txt=STORY))))
    [document] = read(["-"])
    assert isinstance(document, Document)
    assert document.source == "stdin, a.txt"


def test_hidden_files_and_what_macos_adds_are_passed_over(tmp_path: Path):
    content = packed(a_txt=STORY)
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a") as archive:
        for name in (".hidden.txt", "__MACOSX/a.txt", "deep/.cache/b.txt", "empty/"):
            archive.writestr(name, STORY if not name.endswith("/") else "")
    assert len(results(tmp_path, held.getvalue())) == 1


def test_bad_file_does_not_stop_the_rest(tmp_path: Path):
    found = results(tmp_path, packed(a_txt="", b_txt=STORY))
    assert [type(one).__name__ for one in found] == ["Skipped", "Document"]
    assert said(tmp_path, found) == ["news.zip, a.txt: is empty. Give a file with the text of a report."]


def test_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zip_reader, "ALWAYS_ALLOWED", 1_000_000)
    zeros = bytes(3_000_000)
    found = results(tmp_path, packed(a_txt=STORY, b_txt=zeros, c_txt=zeros, d_txt=STORY))
    assert [type(one).__name__ for one in found] == ["Document", "Skipped", "Skipped"]
    assert said(tmp_path, found)[-1] == (
        "news.zip: unpacks to far more than archives of texts do. "
        "Unpack it yourself, and give the files you trust."
    )


def test_bomb_in_an_archive_counts_against_the_outer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zip_reader, "ALWAYS_ALLOWED", 1_000_000)
    bomb = packed(a_txt=bytes(900_000))
    found = results(tmp_path, packed(a_zip=bomb, b_zip=bomb, c_zip=bomb, d_txt=STORY))
    assert not [one for one in found if isinstance(one, Document)]
    assert "unpacks to far more than archives of texts do." in said(tmp_path, found)[-1]


def test_broken_archive(tmp_path: Path):
    [message] = said(tmp_path, results(tmp_path, packed(a_txt=STORY)[:-30]))
    assert message.startswith("news.zip: is a broken ZIP file (")


def test_damaged_file_in_an_archive(tmp_path: Path):
    whole = packed(a_txt=STORY * 50, b_txt=STORY)
    at = whole.index(b"a.txt") + 40
    found = results(tmp_path, whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
    assert said(tmp_path, found)[0].startswith("news.zip, a.txt: cannot be read (")
    assert isinstance(found[1], Document)


def test_empty_archive(tmp_path: Path):
    assert said(tmp_path, results(tmp_path, packed())) == [
        "news.zip: holds no files. Give an archive of texts, pages or JSONL files."
    ]
