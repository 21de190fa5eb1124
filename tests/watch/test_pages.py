"""The document of a fetched page, and what tells it from others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sitrep.read import ReadSettings
from sitrep.records import Document, Skipped
from sitrep.watch.fetch import Answer
from sitrep.watch.pages import marks_of, read_page
from sitrep.watch.state import Waiting
from tests.watch.fake import START
from tests.watch.site import html, story

ALBA = "https://news.example/world/alba"
ENTRY = Waiting(
    key="news.example/world/alba", url=ALBA, source="https://news.example/feed.xml", seen=START,
    published=date(2027, 1, 14), title="Alba taken", publisher="The Example", carried=None, attempts=0,
)  # fmt: skip


def answer(content: bytes, url: str = ALBA, kind: str = "text/html; charset=utf-8") -> Answer:
    headers = {"content-type": kind} if kind else {}
    return Answer(url, 200, "OK", headers, (), content, content, datetime.fromtimestamp(START, UTC))


def read(*args: str | bytes, **kwargs: str) -> Document | Skipped:
    return read_page(answer(*args, **kwargs), ENTRY, ReadSettings())  # type: ignore[arg-type]


def document(*args: str | bytes, **kwargs: str) -> Document:
    found = read(*args, **kwargs)
    assert isinstance(found, Document), found
    return found


def test_a_document_says_where_and_when_its_page_was_fetched():
    found = document(html(story(1), "Rebels take Alba"))
    assert found.source == "https://news.example/world/alba, fetched 2027-01-15T08:00:00Z"
    assert (found.url, found.title) == (ALBA, "Rebels take Alba")


def test_the_page_goes_before_the_feed_which_fills_its_gaps():
    head = '<meta property="og:site_name" content="Its Own Name"><meta name="date" content="2027-01-13">'
    found = document(html(story(1), "Rebels take Alba", head))
    assert (found.publisher, found.published) == ("Its Own Name", date(2027, 1, 13))
    bare = document(story(1).encode(), kind="text/plain")
    assert (bare.publisher, bare.published) == ("The Example", date(2027, 1, 14))


def test_a_day_after_the_fetch_is_no_day_of_publication():
    head = '<meta name="date" content="2031-01-13">'
    assert document(html(story(1), "Rebels take Alba", head)).published == date(2027, 1, 14)
    entry = replace(ENTRY, published=date(2031, 1, 13))
    found = read_page(answer(html(story(1))), entry, ReadSettings())
    assert isinstance(found, Document) and found.published is None


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("image/png", 'is "image/png", not a page.'),
        ("application/json", 'is "application/json", not a page.'),
    ],
)
def test_what_is_no_page_is_said(kind: str, found: str):
    skipped = read(b"\x00", kind=kind)
    assert isinstance(skipped, Skipped) and skipped.found == found


def test_a_page_without_a_stated_kind_is_told_by_its_bytes():
    assert document(html(story(1)), kind="").text == story(1)


def test_an_address_that_leads_to_the_front_page_is_no_story():
    skipped = read(html(story(1)), url="https://news.example/")
    assert isinstance(skipped, Skipped)
    assert skipped.found == f"is the site's front page: {ALBA} leads there."


def marks(content: bytes, url: str = ALBA) -> set[str]:
    entry = replace(ENTRY, url=url)
    found = read_page(answer(content, url), entry, ReadSettings())
    assert isinstance(found, Document), found
    return set(marks_of(found, answer(content, url)))


def test_pages_with_one_canonical_address_and_title_are_the_same():
    head = f'<link rel="canonical" href="{ALBA}">'
    printed = html(story(1) + "\n\nThis is the version for printing, without pictures.", "Alba taken", head)
    whole = marks(html(story(1), "Alba taken"))
    assert whole & marks(printed, "https://news.example/world/alba/print?x=1")
    # A site that gives one canonical address to all its pages has not printed one story only,
    assert not whole & marks(html(story(2), "Beta burns", head), "https://news.example/world/beta")
    # nor has one with a column of the same title every day.
    later = '<meta name="date" content="2027-01-12">' + head
    assert not whole & marks(html(story(2), "Alba taken", later), "https://news.example/world/beta")


def test_a_canonical_address_on_another_site_says_nothing():
    head = '<link rel="canonical" href="https://elsewhere.example/x">'
    assert not marks(html(story(1), "T", head)) & marks(html(story(2), "T", head), "https://news.example/b")


def test_one_text_on_one_site_is_the_same_and_on_another_site_another_report():
    first = marks(html(story(1), "Alba taken"))
    assert first & marks(html(story(1), "Alba falls"), "https://www.news.example/world/2")
    assert not first & marks(html(story(1), "Alba falls"), "https://other.example/world/2")


def test_pages_without_anything_in_common():
    assert not marks(html(story(1), "Alba taken")) & marks(
        html(story(2), "Alba taken"), "https://news.example/2"
    )
