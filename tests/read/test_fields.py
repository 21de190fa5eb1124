"""News data of others is taken over by the names that its makers use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitrep.read import JsonlFields, ReadSettings
from sitrep.read.fields import KNOWN, document_of
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."
ADDRESS = "https://www.news.example/alba"


def document(record: dict[str, Any], **settings: Any) -> Document:
    read = document_of(record, "a.jsonl, line 1", ReadSettings(**settings))
    assert isinstance(read, Document)
    return read


@pytest.mark.parametrize(
    "record",
    [
        {  # news-please
            "authors": ["Jo Hall"], "date_download": "2023-01-01 10:00:00", "date_modify": None, "maintext": STORY,
            "date_publish": "2021-03-04 18:00:00", "description": "Rebels took Alba.", "filename": "alba.html.json",
            "image_url": None, "language": "en", "localpath": None, "source_domain": "www.news.example",
            "title": "Alba taken", "title_page": None, "title_rss": None, "url": ADDRESS,
        },
        {  # a set made from Common Crawl's news
            "requested_url": ADDRESS, "responded_url": ADDRESS, "plain_text": STORY, "published_date": "2021-03-04",
            "title": "Alba taken", "author": "Jo Hall", "sitename": "news.example", "crawl_date": "2023-01-01",
            "warc_path": "crawl.warc.gz", "language_score": 0.9,
        },
        {  # another
            "text": STORY, "title": "Alba taken", "domain": "news.example", "date": "2021-03-04 18:00:00",
            "url": ADDRESS, "description": "Rebels took Alba.", "author": "Jo Hall",
        },
        {  # GDELT's article list with the texts beside it
            "date": "2021-03-04T18:00:00Z", "url": ADDRESS, "title": "Alba taken", "outletName": "news.example",
            "domain": "other.example", "lang": "en", "desc": "Rebels took Alba.", "author": "By Jo Hall", "content": STORY,
        },
        {  # schema.org
            "@type": "NewsArticle", "headline": "Alba taken", "articleBody": STORY, "datePublished": "2021-03-04",
            "author": [{"@type": "Person", "name": "Jo Hall"}], "url": ADDRESS, "publisher": "news.example",
        },
        {  # a list as a table holds it
            "text": STORY, "title": "Alba taken", "authors": "['Jo Hall']", "publish_date": "2021-03-04", "url": ADDRESS,
            "media_name": "news.example",
        },
    ],
)  # fmt: skip
def test_known_names(record: dict[str, Any]):
    read = document(record)
    assert (read.text, read.title, read.url) == (STORY, "Alba taken", ADDRESS)
    assert (read.published, read.authors, read.publisher) == (date(2021, 3, 4), ("Jo Hall",), "news.example")


def test_first_name_that_holds_something_is_taken():
    assert (
        document({"text": "", "maintext": STORY, "title": None, "title_page": "Alba taken"}).title
        == "Alba taken"
    )


def test_users_name_is_the_only_one():
    fields = JsonlFields(text="body")
    skipped = document_of({"text": STORY}, "a.jsonl, line 1", ReadSettings(fields=fields))
    assert str(skipped) == (
        'a.jsonl, line 1: has no field "body" (it has text). Say which field holds the text: --field text=NAME.'
    )


@pytest.mark.parametrize("name", ["date_download", "crawl_date", "date_modify", "seendate"])
def test_other_days_are_none_of_publication(name: str):
    assert document({"text": STORY, name: "2023-01-01"}).published is None


def test_day_that_is_written_in_two_fields_is_read_where_it_can_be():
    assert document({"text": STORY, "published": "yesterday", "date": "2021-03-04"}).published == date(
        2021, 3, 4
    )


@pytest.mark.parametrize("nothing", [None, "", "NaN", "null", "NaT"])
def test_how_tables_write_that_there_is_nothing(nothing: str | None):
    read = document({"text": STORY, "published": nothing, "title": nothing, "authors": nothing})
    assert (read.published, read.authors) == (None, ())


def test_record_without_text():
    assert isinstance(document_of({"text": " "}, "a.jsonl, line 1", ReadSettings()), Skipped)


def test_id_is_that_of_what_is_taken():
    one, other = document({"text": STORY, "n": 1}), document({"maintext": STORY, "n": 2})
    assert one.id == other.id != document({"text": STORY, "title": "Alba taken"}).id


def test_every_known_name_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    for field, names in KNOWN.items():
        assert f"| `{field}` | {' '.join(f'`{name}`' for name in names)} |" in page
