"""Whatever a server sends, it costs itself only: what is made for it is raised, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitrep.read import ReadSettings
from sitrep.records import Document, Skipped
from sitrep.watch.addresses import absolute, key_of, site_of
from sitrep.watch.contents import contents_of
from sitrep.watch.entries import NoList
from sitrep.watch.fetch import Answer
from sitrep.watch.pages import marks_of, read_page
from sitrep.watch.robots import Rules
from sitrep.watch.unpack import Unpackable, unpacked
from tests.watch.fake import START
from tests.watch.site import html, story
from tests.watch.test_pages import ENTRY

URL = "https://news.example/x"
PIECES = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "<link>", "/a", "</link>", "</item>", "<urlset>", "<url>", "<loc>", "</loc>", "</url>",
     "<sitemapindex>", "<sitemap>", "</sitemap>", "<lastmod>", "2027-13-99", "&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>",
     "<?xml version='1.0' encoding='x'?>", "http://[::1", "https://a:99999/", "\x00", "é", "]]>", "<![CDATA["]
)  # fmt: skip
LISTS = st.one_of(
    st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode())
)


@settings(deadline=None, max_examples=150)
@given(LISTS)
def test_lists(content: bytes):
    try:
        contents = contents_of(content, URL, 10_000)
    except NoList:
        return
    assert all(
        entry.url is None or urlsplit(entry.url).scheme in ("http", "https") for entry in contents.entries
    )


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
@example("https://a:0/")
@example("//[")
def test_links(link: str):
    if (url := absolute(link, URL)) is not None:
        assert absolute(url, "") == url and key_of(url) == key_of(f"{url}#x") and site_of(url)


@settings(deadline=None, max_examples=100)
@given(
    st.text(max_size=200),
    st.sampled_from(["", "User-agent: *\n", "Crawl-delay: ", "Request-rate: ", "Disallow: "]),
)
def test_rules(text: str, before: str):
    rules = Rules(before + text)
    assert rules.allows(URL) in (True, False) and 0 <= rules.spacing_s <= 86_400


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=100))
def test_packed(content: bytes):
    try:
        assert len(unpacked(b"\x1f\x8b" + content, 1_000)) <= 1_000
    except Unpackable:
        return


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=80).map(
            lambda text: html(story(1), text, f'<link rel="canonical" href="https://{text}">')
        ),
    ),
    st.sampled_from(["", "text/html", "text/html; charset=nonsense", "text/plain", "application/pdf", "x"]),
)
def test_pages(content: bytes, kind: str):
    answer = Answer(
        URL, 200, "OK", {"content-type": kind}, (), content, content, datetime.fromtimestamp(START, UTC)
    )
    read = read_page(answer, ENTRY, ReadSettings())
    assert isinstance(read, Skipped) or (isinstance(read, Document) and marks_of(read, answer))
