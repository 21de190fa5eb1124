"""Addresses of stores: what lies there is read as what lies on the disk is."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.read import read
from sitrep.records import Document, Skipped

fsspec = pytest.importorskip("fsspec", reason="fsspec comes with the extra `ray`")

STORY = (
    "The farmers of the valley met on Monday. They spoke of the water, and of what the ministry had promised."
)


@pytest.fixture
def store() -> Iterator[fsspec.AbstractFileSystem]:
    """A store in memory, which is none on a disk: no paths, no names of the system."""
    memory = fsspec.filesystem("memory")
    yield memory
    memory.rm("/", recursive=True)


def sources(*names: str) -> list[str]:
    return [one.source for one in read(names) if isinstance(one, Document)]


def skips(*names: str) -> list[str]:
    return [str(one) for one in read(names) if isinstance(one, Skipped)]


def test_folder_is_read_with_all_below_it_but_what_stores_mark_as_no_content(store):
    for name in ("b.txt", "a.txt", "below/c.txt", "_SUCCESS", ".hidden.txt", "_run/d.txt"):
        store.pipe_file(f"/news/{name}", STORY.encode())
    assert sources("memory://news") == [
        "memory:///news/a.txt",
        "memory:///news/b.txt",
        "memory:///news/below/c.txt",
    ]


def test_one_file_bears_the_name_that_it_was_given(store):
    store.pipe_file("/news/_draft.txt", STORY.encode())
    [document] = read(["memory://news/_draft.txt"])
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("memory://news/_draft.txt", STORY)


def test_pattern_is_expanded_in_the_store(store):
    for name in ("2020/a.txt", "2020/b.md", "2021/c.txt"):
        store.pipe_file(f"/news/{name}", STORY.encode())
    assert sources("memory://news/*/*.txt") == ["memory:///news/2020/a.txt", "memory:///news/2021/c.txt"]
    assert skips("memory://news/*.pdf") == [
        "memory://news/*.pdf: matches no file. Check the pattern; ** reaches into folders."
    ]


def test_archives_that_are_read_back_and_forth_are_read_there_too(store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", STORY)
    store.pipe_file("/news/all.zip", packed.getvalue())
    store.pipe_file("/news/lines.jsonl.gz", gzip.compress(json.dumps({"text": STORY}).encode()))
    texts = [one.text for one in read(["memory://news"]) if isinstance(one, Document)]
    assert texts == [STORY, STORY]


def test_file_on_the_disk_gives_the_document_that_its_path_gives(tmp_path: Path):
    (tmp_path / "a.txt").write_text(STORY)
    [by_path] = read([tmp_path / "a.txt"])
    [by_address] = read([f"file://{tmp_path}/a.txt"])
    assert isinstance(by_path, Document) and isinstance(by_address, Document)
    assert (by_address.id, by_address.text) == (by_path.id, by_path.text)


def test_nothing_at_an_address_is_said(store):
    assert skips("memory://nowhere") == [
        "memory://nowhere: there is nothing at this address. Check it and the credentials."
    ]


def test_unknown_store_is_said_with_what_there_is():
    [said] = skips("nostore://x/y")
    assert said.startswith("nostore://x/y: cannot be read. Protocol not known: nostore.")
    assert said.endswith("Name a store that fsspec knows: s3://, gs://, abfs://, file://.")


def test_store_without_its_package_names_it():
    fsspec.register_implementation("their", "theirfs.Store", clobber=True, errtxt="Install theirfs")
    [said] = skips("their://x/y")
    assert said == (
        "their://x/y: cannot be read. Install theirfs: pip install it, on every machine that reads or writes there."
    )


def test_page_is_no_store():
    assert skips("https://example.org/page") == [
        "https://example.org/page: there is no such file or folder. Check the path."
    ]


def test_store_that_breaks_off_costs_that_file_only(store, monkeypatch: pytest.MonkeyPatch):
    store.pipe_file("/news/a.txt", STORY.encode())
    store.pipe_file("/news/b.txt", STORY.encode())
    opened = type(store).open

    def opening(self, path: str, *arguments, **options):
        if path.endswith("a.txt"):
            raise RuntimeError("the store is closed")  # each store has errors of its own
        return opened(self, path, *arguments, **options)

    monkeypatch.setattr(type(store), "open", opening)
    assert sources("memory://news") == ["memory:///news/b.txt"]
    assert skips("memory://news") == [
        "memory:///news/a.txt: cannot be read (the store is closed). Check that it is a readable file."
    ]
