"""What a feed lists."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.read import ReadSettings
from sitrep.records import Document
from sitrep.watch.entries import NoList
from sitrep.watch.feeds import carried_document, feed_contents

URL = "https://news.example/feed.xml"
STORY = "Rebels took the town of Alba on Monday, a spokesman said. The army denied that it had lost the town."


def rss(*items: str, head: str = "") -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>Example News</title>{listed}</channel></rss>"
    ).encode()


def test_entries_have_whole_addresses_titles_and_days():
    contents = feed_contents(
        rss(
            "<title>Alba taken</title><link>/alba?utm_source=rss</link><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate>"
        ),
        URL,
    )
    assert (contents.kind, contents.title) == ("feed", "Example News")
    [entry] = contents.entries
    assert (entry.key, entry.url) == ("news.example/alba", "https://news.example/alba?utm_source=rss")
    assert (entry.title, entry.day, entry.published) == ("Alba taken", date(2021, 3, 4), date(2021, 3, 4))
    assert (entry.publisher, entry.carried) == ("Example News", None)


def test_the_page_goes_before_the_link_that_counts_readers():
    [entry] = feed_contents(
        rss(
            "<link>https://counter.example/1</link><feedburner:origLink>https://news.example/alba</feedburner:origLink>"
        ),
        URL,
    ).entries
    assert entry.url == "https://news.example/alba"


def test_a_feed_that_gathers_others_is_not_their_publisher():
    [entry] = feed_contents(rss("<link>https://elsewhere.example/alba</link>"), URL).entries
    assert entry.publisher is None


def test_a_text_that_is_carried_whole_can_be_read_later():
    item = f"<title>Alba taken</title><link>/alba</link><content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded>"
    [entry] = feed_contents(rss(item), URL).entries
    assert entry.carried is not None
    document = carried_document(entry.carried, entry.url, "Example News", "here", ReadSettings())
    assert isinstance(document, Document)
    assert (document.text, document.title, document.url) == (STORY, "Alba taken", "https://news.example/alba")


def test_an_entry_without_an_address_needs_a_text():
    item = f"<guid isPermaLink='false'>7</guid><content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded>"
    [entry] = feed_contents(rss(item, "<title>A headline only</title>"), URL).entries
    assert entry.url is None and entry.key.startswith("news.example/feed.xml#")


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "http://me:secret@news.example/a"]
)
def test_links_to_what_is_no_page_are_left_out(link: str):
    assert feed_contents(rss(f"<link>{link}</link>"), URL).entries == ()


def test_a_feed_without_entries_is_a_feed_and_other_things_are_none():
    assert feed_contents(rss(), URL).entries == ()
    for content in (b"", b"Alba was taken on Monday.", b'{"alba": 1}', b"<note>x</note>"):
        with pytest.raises(NoList, match="no feed"):
            feed_contents(content, URL)


def test_a_feed_that_defines_endless_entities_is_not_expanded():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    try:
        contents = feed_contents(rss("<title>&i;</title><link>/alba</link>", head=f"{bomb}]>"), URL)
    except NoList:
        return
    assert all(len(entry.title or "") < 1000 for entry in contents.entries)
