"""A Parquet table gives a document a row."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from sitrep.read import JsonlFields, ReadSettings, read
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def rows(
    folder: Path, columns: dict[str, list[Any]], settings: ReadSettings | None = None
) -> list[Document | Skipped]:
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "news.parquet")
    return list(read([folder / "news.parquet"], settings or ReadSettings()))


def test_a_row_is_a_document(tmp_path: Path):
    columns = {
        "text": [STORY],
        "date_publish": [datetime(2021, 3, 4, 12)],
        "authors": [["Jo Hall", "Li Wei"]],
        "embedding": [[0.5, 0.25]],
    }
    [document] = rows(tmp_path, columns)
    assert isinstance(document, Document)
    assert (document.text, document.published, document.authors) == (
        STORY,
        date(2021, 3, 4),
        ("Jo Hall", "Li Wei"),
    )
    assert document.source.endswith("news.parquet, row 1")


def test_columns_may_have_other_names(tmp_path: Path):
    [document] = rows(tmp_path, {"what": [STORY]}, ReadSettings(fields=JsonlFields(text="what")))
    assert isinstance(document, Document)
    assert document.text == STORY


def test_many_rows_keep_their_order_and_a_bad_one_costs_itself_only(tmp_path: Path):
    found = rows(tmp_path, {"text": [STORY, None, *[STORY] * 200]})
    assert [type(one).__name__ for one in found[:3]] == ["Document", "Skipped", "Document"]
    assert [one.source.rpartition(" ")[2] for one in found] == [str(n) for n in range(1, 203)]


def test_table_without_a_text_says_which_columns_it_has(tmp_path: Path):
    [skipped] = rows(tmp_path, {"titel": ["a"], "datum": ["b"]})
    assert 'news.parquet: has no field "text" (it has datum, titel).' in str(skipped)


def test_table_without_rows(tmp_path: Path):
    [skipped] = rows(tmp_path, {"text": []})
    assert "news.parquet: holds no rows." in str(skipped)


def test_broken_table(tmp_path: Path):
    (tmp_path / "news.parquet").write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    [skipped] = read([tmp_path / "news.parquet"])
    assert "news.parquet: is a broken Parquet file (" in str(skipped)
