"""What sitemaps, news sitemaps and indexes list."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.watch.entries import Child
from sitrep.watch.sitemaps import is_sitemap, sitemap_contents

URL = "https://news.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0"?><urlset {SPACES}>{"".join(f"<url>{url}</url>" for url in urls)}</urlset>'.encode()


def test_a_news_sitemap_says_title_day_language_and_newspaper():
    [entry] = sitemap_contents(
        urlset(
            "<loc> https://news.example/alba </loc><lastmod>2021-03-09</lastmod>"
            "<image:image><image:loc>https://news.example/a.jpg</image:loc><image:title>A picture</image:title></image:image>"
            "<news:news><news:publication><news:name>The Example</news:name><news:language>en</news:language></news:publication>"
            "<news:publication_date>2021-03-04T10:00:00Z</news:publication_date><news:title>Alba &amp; Beta</news:title></news:news>"
        ),
        URL,
    ).entries
    assert (entry.url, entry.title, entry.publisher) == (
        "https://news.example/alba",
        "Alba & Beta",
        "The Example",
    )
    assert (entry.day, entry.published, entry.language) == (date(2021, 3, 4), date(2021, 3, 4), "en")


def test_the_day_of_a_change_is_not_one_of_publication():
    [entry] = sitemap_contents(
        urlset("<loc>/alba</loc><lastmod>2021-03-09T01:00:00+00:00</lastmod>"), URL
    ).entries
    assert (entry.url, entry.day, entry.published) == ("https://news.example/alba", date(2021, 3, 9), None)


def test_what_one_address_says_is_not_said_of_the_next():
    first, second = sitemap_contents(
        urlset("<loc>/a</loc><lastmod>2021-03-09</lastmod>", "<loc>/b</loc>"), URL
    ).entries
    assert (first.day, second.day) == (date(2021, 3, 9), None)


def test_an_index_names_sitemaps():
    content = (
        f"<sitemapindex {SPACES}><sitemap><loc>/one.xml.gz</loc><lastmod>2021-03-09</lastmod></sitemap>"
        "<sitemap><loc>/two.xml</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>"
    ).encode()
    contents = sitemap_contents(content, URL)
    assert contents.kind == "index" and contents.entries == ()
    assert contents.children == (
        Child("https://news.example/one.xml.gz", date(2021, 3, 9)),
        Child("https://news.example/two.xml"),
    )


def test_a_sitemap_that_breaks_off_gives_all_before_the_break():
    whole = urlset("<loc>/a</loc>", "<loc>/b</loc>")
    assert [entry.url for entry in sitemap_contents(whole[:-25], URL).entries][:1] == [
        "https://news.example/a"
    ]


def test_a_sitemap_may_list_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sitrep.watch.sitemaps.MOST_ENTRIES", 10)
    contents = sitemap_contents(urlset(*(f"<loc>/{number}</loc>" for number in range(15))), URL)
    assert (len(contents.entries), contents.left_out) == (10, 5)


def test_entities_are_not_expanded_nor_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/")
    content = (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "https://y.example/">]>'
        f"<urlset {SPACES}><url><loc>&x;</loc></url><url><loc>&y;</loc></url><url><loc>/a</loc></url></urlset>"
    ).encode()
    assert [entry.url for entry in sitemap_contents(content, URL).entries] == ["https://news.example/a"]


def test_what_is_a_sitemap():
    assert is_sitemap(urlset()) and is_sitemap(b'\xef\xbb\xbf <!-- x --><sm:urlset xmlns:sm="x">')
    assert not is_sitemap(b"<rss><urlset/></rss>") and not is_sitemap(b"<html>urlset")
