"""What a listed address gives is told by its bytes."""

from __future__ import annotations

import gzip

import pytest

from sitrep.watch.contents import contents_of
from sitrep.watch.entries import NoList

URL = "https://news.example/list"
FEED = b"<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>"
SITEMAP = b"<urlset><url><loc>/a</loc></url></urlset>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (FEED, "feed"),
        (SITEMAP, "sitemap"),
        (b"<sitemapindex/>", "index"),
        (gzip.compress(SITEMAP, mtime=0), "sitemap"),
    ],
)
def test_kinds(content: bytes, kind: str):
    assert contents_of(content, URL, 10_000).kind == kind


def test_a_page_is_no_list_but_names_its_feeds():
    page = b'<!doctype html><head><link rel=alternate type="application/rss+xml" href="/feed.xml"></head>'
    with pytest.raises(
        NoList, match=r"is a page, not a feed; it names as its feeds: https://news.example/feed.xml"
    ):
        contents_of(page, URL, 10_000)
    with pytest.raises(NoList, match=r"is a page, not a feed or a sitemap"):
        contents_of(b"<html><p>Alba was taken.</p></html>", URL, 10_000)


def test_a_packed_bomb_is_no_list():
    with pytest.raises(NoList, match=r"cannot be unpacked: it unpacks to more than 10,000 bytes"):
        contents_of(gzip.compress(b" " * 1_000_000), URL, 10_000)
