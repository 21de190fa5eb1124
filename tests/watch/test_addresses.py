"""When two addresses are one page's."""

from __future__ import annotations

import pytest

from sitrep.watch.addresses import absolute, host_of, key_of, origin_of, site_of


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/alba",
        "HTTPS://News.Example:443/alba",
        "https://news.example/alba/",
        "https://news.example//alba",
        "https://news.example/%61lba",
        "https://news.example/alba#comments",
        "https://news.example/alba?utm_source=feed&utm_medium=rss",
        "https://news.example/alba?fbclid=AbC",
        "https://news.example./alba",
        "https://news.example/alb%61",
    ],
)
def test_one_page_has_many_addresses(other: str):
    assert key_of(other) == key_of("https://news.example/alba")


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/Alba",
        "https://news.example/alba?id=2",
        "https://news.example/alba?2",
        "https://news.example/alba?source=2",
        "https://news.example:8443/alba",
        "https://other.example/alba",
        "https://news.example/alba/2",
        "https://news.example/alb%C3%A1",
    ],
)
def test_other_pages_have_others(other: str):
    assert key_of(other) != key_of("https://news.example/alba")


def test_letters_of_other_alphabets_may_be_escaped():
    assert (
        key_of("https://news.example/té")
        == key_of("https://news.example/t%c3%a9")
        != key_of("https://news.example/te")
    )


def test_the_order_of_a_query_says_nothing_and_its_parts_do():
    assert key_of("https://a.example/s?id=1&page=2") == key_of("https://a.example/s?page=2&id=1")
    assert key_of("https://a.example/s?id=1&id=2") != key_of("https://a.example/s?id=2")


def test_addresses_are_made_whole_and_lose_their_fragment():
    assert absolute("/alba#top", "https://news.example/feed.xml") == "https://news.example/alba"
    assert absolute(" /alba b ", "https://news.example/") == "https://news.example/alba%20b"
    assert absolute("alba?x=1", "https://news.example/world/") == "https://news.example/world/alba?x=1"


@pytest.mark.parametrize(
    "link",
    [None, "", "file:///etc/passwd", "ftp://news.example/a", "javascript:alert(1)", "http://me:secret@news.example/",
     "http://", "https://news.example:99999/", "http://[::1", "https://news.example/a\x00b", "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_page_has_no_address(link: str | None):
    assert absolute(link, "https://news.example/feed.xml") is None


def test_hosts_origins_and_sites():
    assert host_of("https://News.example:443/a") == "news.example"
    assert host_of("http://127.0.0.1:8000/a") == "127.0.0.1:8000"
    assert origin_of("http://127.0.0.1:8000/a?b") == "http://127.0.0.1:8000"
    assert site_of("https://www.news.example/a") == site_of("http://m.news.example/b") == "news.example"
