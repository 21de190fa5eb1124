"""Paths, folders, patterns and standard input become sources."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sitrep.read.sources import Source, UnreadableSource, chunks, expand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "deep/c.md", ".hidden", "deep/.cache/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def names(folder: Path, *sources: str | Path) -> list[str]:
    return [
        str(found).replace(str(folder), "")
        if not isinstance(found, Source)
        else str(found.path).replace(str(folder), "")
        for found in expand(sources)
    ]


def test_folder_gives_all_files_below_it_but_hidden_ones(folder: Path):
    assert names(folder, folder) == ["/a.html", "/b.txt", "/deep/c.md"]


def test_pattern_gives_what_it_matches(folder: Path):
    assert names(folder, f"{folder}/**/*.md", f"{folder}/?.txt") == ["/deep/c.md", "/b.txt"]


def test_file_whose_name_holds_a_bracket_is_a_file(folder: Path):
    (folder / "e[1].txt").write_text("x")
    assert names(folder, folder / "e[1].txt") == ["/e[1].txt"]


def test_standard_input_is_a_source():
    assert list(expand(["-"])) == [Source("stdin", None)]


def test_what_is_not_there_is_said(folder: Path):
    (folder / "empty").mkdir()
    assert names(folder, folder / "no.txt", f"{folder}/*.pdf", folder / "empty", "a\0b") == [
        "/no.txt: there is no such file or folder. Check the path.",
        "/*.pdf: matches no file. Check the pattern; ** reaches into folders.",
        "/empty: holds no files. Name a folder with texts, pages or JSONL files.",
        "a\0b: there is no such file or folder. Check the path.",
    ]


def test_gzipped_file_is_unpacked_and_has_the_kind_of_its_content(folder: Path):
    path = folder / "page.html.gz"
    path.write_bytes(gzip.compress(b"<p>text</p>"))
    [source] = expand([path])
    assert isinstance(source, Source)
    assert (source.suffix, b"".join(chunks(source))) == (".html", b"<p>text</p>")


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"text" * 1000, mtime=0)[:30]])
def test_broken_gzip_is_unreadable(folder: Path, content: bytes):
    path = folder / "broken.gz"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource):
        list(chunks(Source("broken.gz", path)))
