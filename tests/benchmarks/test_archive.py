"""The archive that memory is measured on."""

from __future__ import annotations

import io
from pathlib import Path

from benchmarks.archive import write_archive
from sitrep.read import read
from sitrep.records import Document, Skipped


def written(*, gzipped: bool = False) -> bytes:
    file = io.BytesIO()
    write_archive(file, 1_000_000, 4, gzipped=gzipped)
    return file.getvalue()


def test_the_same_arguments_give_the_same_archive():
    assert written() == written()


def test_it_holds_as_many_bytes_as_asked_for():
    assert 1_000_000 <= len(written()) < 1_300_000


def test_its_stories_are_read_and_no_two_are_alike(tmp_path: Path):
    (tmp_path / "crawl.warc").write_bytes(written())
    found = list(read([tmp_path / "crawl.warc"]))
    stories = [one for one in found if isinstance(one, Document) and "/story/" in (one.url or "")]
    assert len({one.text for one in stories}) == 4
    [others] = [str(one) for one in found if isinstance(one, Skipped) and "no pages" in str(one)]
    assert "image/jpeg" in others and "text/javascript: 4" in others and "HTTP 404: 4" in others


def test_compressed_it_holds_the_same(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(written())
    (tmp_path / "b.warc.gz").write_bytes(written(gzipped=True))
    plain, compressed = (
        [one.text for one in read([tmp_path / name]) if isinstance(one, Document)]
        for name in ("a.warc", "b.warc.gz")
    )
    assert plain == compressed != []
