"""A saved feed gives a document for each entry with its whole text."""

from __future__ import annotations

from datetime import date

from sitrep.read import ReadSettings
from sitrep.read.feed import read_feed
from sitrep.records import Document, Skipped

STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example News</title>'
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


def entries(feed: str) -> list[Document | Skipped]:
    return list(read_feed(feed.encode(), "news.rss", ReadSettings()))


def test_entry_with_its_whole_text():
    item = (
        "<title>Alba taken</title><link>https://news.example/alba</link><dc:creator>Jo Hall</dc:creator>"
        "<pubDate>Thu, 04 Mar 2021 23:30:00 -0500</pubDate><description>Rebels took Alba.</description>"
        f"<content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded>"
    )
    [document] = entries(rss(item))
    assert isinstance(document, Document)
    assert (document.text, document.title, document.url) == (STORY, "Alba taken", "https://news.example/alba")
    assert (document.publisher, document.published) == ("Example News", date(2021, 3, 4))
    assert (document.authors, document.source) == (("Jo Hall",), "news.rss, entry 1")


def test_entry_with_a_summary_only_is_skipped_and_its_page_named():
    [skipped] = entries(
        rss("<link>https://news.example/alba</link><description>Rebels took Alba.</description>")
    )
    assert str(skipped) == (
        "news.rss, entry 1: carries a summary only, not the text. "
        "Give the page itself: https://news.example/alba"
    )


def test_summary_as_long_as_a_report_is_its_text():
    [document] = entries(
        rss(f"<description>&lt;p&gt;{'&lt;/p&gt;&lt;p&gt;'.join([STORY] * 8)}&lt;/p&gt;</description>")
    )
    assert isinstance(document, Document)


def test_atom():
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title><entry><title>Alba taken</title>'
        '<link href="https://news.example/alba"/><updated>2021-03-04T23:30:00-05:00</updated>'
        f'<content type="text">{STORY}</content></entry></feed>'
    )
    [document] = entries(feed)
    assert isinstance(document, Document)
    assert (document.text, document.published, document.title) == (STORY, date(2021, 3, 4), "Alba taken")


def test_feed_without_entries():
    assert [str(skipped) for skipped in entries(rss())] == [
        "news.rss: is a feed without entries. Save it again, or give the pages themselves."
    ]


def test_bytes_that_are_an_address_or_a_path_are_not_opened(tmp_path):
    (tmp_path / "other.rss").write_text(rss(f"<description>{STORY * 10}</description>"))
    for content in (str(tmp_path / "other.rss"), "https://127.0.0.1:9/feed"):
        assert "is a feed without entries." in str(entries(content)[0])


def test_entities_that_grow_without_end_cost_nothing():
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "word " * 10}">' for n in range(12))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [{grown}]>' + rss("<description>&e11;</description>")[21:]
    assert all(isinstance(one, Skipped) for one in entries(feed))


def test_characters_that_unicode_does_not_have_cost_no_entry():
    item = f"<title>Alba &#1114112; ta&#233;en &#55296;</title><content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded>"
    first, second = entries(rss(item, item.replace("&#1114112;", "")))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert first.title is not None and "taéen" in first.title
