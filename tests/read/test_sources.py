"""Paths, folders, patterns and standard input become sources."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.read.sources import Source, UnreadableSource, expand, opened, suffix_of


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


@pytest.mark.parametrize("name", ["page.html.gz", "page.html"])
def test_gzipped_file_is_unpacked_whatever_its_name(folder: Path, name: str):
    (folder / name).write_bytes(gzip.compress(b"<p>one</p>") + gzip.compress(b"<p>two</p>"))
    with opened(Source(name, folder / name)) as stream:
        assert b"".join(stream) == b"<p>one</p><p>two</p>"


@pytest.mark.parametrize(
    ("name", "suffix"), [("a/Page.HTML.gz", ".html"), ("b.Txt", ".txt"), ("c", ""), (".gz", "")]
)
def test_kind_by_name(name: str, suffix: str):
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    "broken", [b"\x1f\x8bno gzip", gzip.compress(bytes(range(256)) * 1000, mtime=0)[:30]]
)
def test_broken_gzip_is_unreadable(folder: Path, broken: bytes):
    (folder / "broken.gz").write_bytes(broken)
    with pytest.raises(UnreadableSource), opened(Source("broken.gz", folder / "broken.gz")) as stream:
        list(stream)


def test_a_look_at_the_beginning_takes_nothing_away(folder: Path):
    content = bytes(range(256)) * 1000
    (folder / "long").write_bytes(content)
    with opened(Source("long", folder / "long")) as stream:
        assert content.startswith(stream.beginning)
        assert (stream.read(3), stream.tell(), stream.read()) == (content[:3], 3, content[3:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_packed_bytes_can_be_read_back_and_forth_too(folder: Path, pack: Callable[[bytes], bytes]):
    (folder / "file").write_bytes(pack(b"0123456789"))
    with opened(Source("file", folder / "file")) as stream, stream.seekable() as file:
        file.seek(5)
        assert (file.read(2), file.seek(0), file.read(2)) == (b"56", 0, b"01")
