"""A table in CSV gives a document a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitrep.read import JsonlFields, ReadSettings, read
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def rows(
    folder: Path, content: str | bytes, name: str = "news.csv", **settings: object
) -> list[Document | Skipped]:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([folder / name], ReadSettings(**settings)))  # type: ignore[arg-type]


def texts(found: list[Document | Skipped]) -> list[str]:
    return [one.text for one in found if isinstance(one, Document)]


def test_columns_are_named_by_the_first_row(tmp_path: Path):
    table = f'title,text,url,published\nAlba taken,"{STORY}",https://news.example/alba,2021-03-04\n'
    [document] = rows(tmp_path, table)
    assert isinstance(document, Document)
    assert (document.title, document.text, document.url, document.published) == (
        "Alba taken",
        STORY,
        "https://news.example/alba",
        date(2021, 3, 4),
    )
    assert document.source.endswith("news.csv, line 2")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(tmp_path: Path, end: str):
    table = end.join(("title,text", f'Alba taken,"{STORY}"', f"Alba lost,{STORY.replace(',', ';')}", ""))
    assert [one.title for one in rows(tmp_path, table) if isinstance(one, Document)] == [
        "Alba taken",
        "Alba lost",
    ]


def test_first_line_without_a_word_is_named(tmp_path: Path):
    assert all(isinstance(one, Skipped) for one in rows(tmp_path, b"\r\x01"))


def test_columns_may_have_other_names(tmp_path: Path):
    settings = {"fields": JsonlFields(text="what", title="head")}
    [document] = rows(tmp_path, f'head,what\nAlba taken,"{STORY}"\n', **settings)
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Alba taken", STORY)


@pytest.mark.parametrize("divider", [";", "\t", "|"])
def test_other_dividers_are_told_by_the_first_row(tmp_path: Path, divider: str):
    assert texts(rows(tmp_path, f"title{divider}text\nAlba taken{divider}{STORY}\n")) == [STORY]


def test_paragraphs_in_a_cell_are_kept_and_lines_counted(tmp_path: Path):
    found = rows(tmp_path, f'text\n"{STORY}\n\n{STORY}"\n"{STORY}"\n')
    assert texts(found) == [f"{STORY}\n\n{STORY}", STORY]
    assert [one.source[-6:] for one in found] == ["line 2", "line 5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str):
    text = STORY.replace("Alba", "Åland")
    assert texts(rows(tmp_path, f'text\r\n"{text}"\r\n'.encode(encoding))) == [text]


def test_article_longer_than_pythons_own_limit_of_a_cell(tmp_path: Path):
    article = "\n\n".join([STORY] * 1500)
    assert len(article) > 131_072
    assert texts(rows(tmp_path, f'text\n"{article}"\n')) == [article]


def test_row_too_long_costs_itself_only(tmp_path: Path):
    table = "text\n" + "word " * 2000 + f'\n"{STORY}"\n'
    found = rows(tmp_path, table, max_bytes=5000)
    assert [type(one).__name__ for one in found] == ["Skipped", "Document"]
    assert "line 2: is too long for one report (more than 5,000 bytes)." in str(found[0])


def test_table_without_a_text_says_which_columns_it_has(tmp_path: Path):
    [skipped] = rows(tmp_path, "titel,datum\na,b\n")
    assert str(skipped).endswith(
        'news.csv, line 2: has no field "text" (it has datum, titel). '
        "Say which field holds the text: --field text=NAME."
    )


def test_row_with_more_cells_than_columns_is_not_cut_short(tmp_path: Path):
    [skipped] = rows(tmp_path, f"text\n{STORY}\n")
    assert "line 2: has 2 cells, and the first row 1. Put cells with a divider in them in" in str(skipped)


def test_rows_of_a_day_that_is_none_and_without_text(tmp_path: Path):
    found = rows(tmp_path, f'text,published\n"{STORY}",soon\n"{STORY}",NaN\n,2021-03-04\n')
    assert [type(one).__name__ for one in found] == ["Skipped", "Document", "Skipped"]
    assert 'line 2: "published" is "soon", which is not a calendar date.' in str(found[0])
    assert 'line 4: "text" is empty.' in str(found[2])


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "is empty."), ("text\n", "holds no row but the first."), (b"\x89PNG", "is an image, not text.")],
)
def test_no_table(tmp_path: Path, content: str | bytes, message: str):
    [skipped] = rows(tmp_path, content)
    assert message in str(skipped)


def test_same_row_has_the_same_id_in_another_file(tmp_path: Path):
    [one], [other] = (
        rows(tmp_path, f'text\n"{STORY}"\n'),
        rows(tmp_path, f'text;n\n"{STORY}";1\n', "other.csv"),
    )
    assert isinstance(one, Document) and isinstance(other, Document)
    assert one.id == other.id
