"""Whole rounds: what is asked for, what is delivered, and what is said of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from sitrep.records import Document, Skipped
from sitrep.watch.delivery import ToLines
from sitrep.watch.health import health
from sitrep.watch.lists import Listed
from sitrep.watch.rounds import Watch
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import State
from sitrep.watch.store import Store
from sitrep.watch.tallies import Round
from tests.watch.fake import START, Web
from tests.watch.site import html, story

FEED, OTHER, MAP = (
    "https://news.example/feed.xml",
    "https://other.example/feed.xml",
    "https://news.example/map.xml",
)
TODAY = datetime.fromtimestamp(START, UTC)


class Kept:
    """A place that keeps what it is given, refuses the texts it is told to, and fails when it is told to."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.refused: set[str] = set()
        self.fails = False

    def deliver(self, key: str, document: Document) -> str | None:
        if self.fails:
            raise OSError("the disk is full")
        if document.text in self.refused:
            return "could not be coded"
        self.documents.append(document)
        return None

    def urls(self) -> list[str | None]:
        return sorted(one.url or "" for one in self.documents)


class Newsroom:
    """A watch of feeds on an internet of a few pages."""

    def __init__(self, store: Store, web: Web, *feeds: str, **settings: object) -> None:
        self.web, self.store, self.state, self.kept = web, store, State(store), Kept()
        self.feeds = [Listed(feed) for feed in feeds or (FEED,)]
        self.settings = WatchSettings(hosts_at_once=1, **settings)  # type: ignore[arg-type]
        self.skipped: list[Skipped] = []

    def round(self, after_s: float = 900) -> Round:
        """A round of a run of its own: nothing but the state is handed on."""
        watch = Watch(
            self.state, self.web.fetcher(self.store, self.settings), self.kept, self.web.clock, self.settings,
            tell=self.skipped.append, chance=lambda: 0.5,
        )  # fmt: skip
        self.web.clock.time += after_s
        return watch.round(self.feeds)

    def feed(self, *links: str, url: str = FEED, items: str = "", **headers: str) -> None:
        listed = "".join(
            f"<item><title>Story</title><link>{link}</link><pubDate>{format_datetime(TODAY)}</pubDate></item>"
            for link in links
        )
        self.web.page(
            url,
            f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Example</title>{listed}{items}</channel></rss>",
            "application/rss+xml",
            **headers,
        )

    def story(self, url: str, number: int) -> None:
        self.web.page(url, html(story(number), f"Story {number}"))


@pytest.fixture
def room(store: Store, web: Web) -> Newsroom:
    return Newsroom(store, web)


A, B, C = (f"https://news.example/{name}" for name in "abc")


def test_what_is_new_is_delivered_once(room: Newsroom):
    room.feed(A, B)
    room.story(A, 1)
    room.story(B, 2)
    first = room.round()
    assert (first.new, first.counts) == (2, {"delivered": 2}) and room.kept.urls() == [A, B]
    again = room.round()
    assert (again.new, again.counts) == (0, {}) and room.kept.urls() == [A, B]
    room.feed(C, A, B)
    room.story(C, 3)
    assert room.round().new == 1 and room.kept.urls() == [A, B, C]
    assert sorted(room.web.paths()) == sorted([FEED, A, B, FEED, FEED, C])


def test_an_unchanged_feed_is_asked_by_its_tag(room: Newsroom):
    room.feed(etag='"7"', last_modified="Fri, 15 Jan 2027 07:00:00 GMT")
    room.round()
    room.round()
    assert "if-none-match" not in room.web.asked[1].headers
    assert room.web.asked[-1].headers["if-none-match"] == '"7"'
    assert room.web.asked[-1].headers["if-modified-since"] == "Fri, 15 Jan 2027 07:00:00 GMT"


def test_one_page_under_two_addresses_in_a_feed_and_a_sitemap_is_one(room: Newsroom):
    room.feeds.append(Listed(MAP))
    room.feed(f"{A}?utm_source=rss")
    room.web.page(
        MAP, f"<urlset><url><loc>{A}/</loc><lastmod>2027-01-15</lastmod></url></urlset>", "text/xml"
    )
    room.story(f"{A}?utm_source=rss", 1)
    assert room.round().counts == {"delivered": 1}


def test_a_page_that_redirects_to_a_known_one_is_the_same(room: Newsroom):
    room.feed(A, B)
    room.story(A, 1)
    room.web.moved(B, A)
    assert room.round().counts == {"delivered": 1, "duplicate": 1}


def test_what_could_not_be_read_or_coded_is_said_and_not_tried_again(room: Newsroom):
    room.feed(A, B)
    room.web.page(A, "<html><body><p>Menu</p></body></html>")
    room.story(B, 2)
    room.kept.refused.add(story(2))
    assert room.round().counts == {"skipped": 2}
    [skipped] = room.skipped
    assert (
        str(skipped).startswith(f"{A}, fetched 2027-01-15T08:15:") and "has no story in it" in skipped.found
    )
    assert room.round().counts == {}


def test_a_page_that_fails_is_tried_again_later_and_given_up_in_the_end(room: Newsroom):
    room.feed(A)
    room.web.page(A, status=500)
    counts = [room.round(after_s=86_400).counts for _ in range(6)]
    assert counts == [{"waiting": 1}] * 4 + [{"failed": 1}, {}]
    assert room.web.paths().count(A) == 5


def test_a_page_that_fails_once_is_delivered_the_next_time(room: Newsroom):
    room.feed(A)
    room.web.page(A, status=404)
    assert room.round().counts == {"waiting": 1}
    room.story(A, 1)
    assert room.round().counts == {"delivered": 1}


def test_a_page_whose_host_is_down_for_a_day_is_not_lost(room: Newsroom):
    room.feed("https://pages.example/a")
    room.web.pages["https://pages.example/robots.txt"] = httpx.ConnectError("no route")
    for _ in range(30):
        assert set(room.round(after_s=3_000).counts) <= {"waiting"}
    del room.web.pages["https://pages.example/robots.txt"]
    room.story("https://pages.example/a", 1)
    assert room.round(after_s=90_000).counts == {"delivered": 1}


def test_a_host_that_is_down_is_not_asked_for_each_of_its_pages(room: Newsroom):
    room.feed(*(f"https://pages.example/{number}" for number in range(20)))
    for number in range(20):
        room.web.page(f"https://pages.example/{number}", status=503)
    assert room.round().counts == {"waiting": 20}
    assert len([url for url in room.web.paths() if "pages.example" in url]) == 1


def test_a_feed_that_fails_is_asked_again_later_each_time_and_its_trouble_is_told(room: Newsroom):
    room.web.page(FEED, status=500)
    [source] = room.round().sources
    assert (source.problem, source.failing_since) == (
        "HTTP 500",
        room.web.clock.now() - 0,
    ) and source.asked is False
    for _ in range(9):
        went = room.round(after_s=60)
    assert room.web.paths().count(FEED) == 2 and went.has_failed
    room.feed()
    went = room.round(after_s=3_600)
    assert not went.has_failed and went.sources[0].failing_since is None


def test_a_feed_that_is_gone_is_dropped_and_said(room: Newsroom):
    room.web.page(FEED, status=410)
    assert room.round().sources[0].gone
    room.feed(A)
    went = room.round(after_s=864_000)
    assert went.sources[0].gone and room.web.paths() == [FEED]


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_address(room: Newsroom):
    room.web.moved(FEED, "https://news.example/new.xml", 301)
    room.feed(url="https://news.example/new.xml")
    room.round()
    room.round()
    assert room.web.paths() == [FEED, "https://news.example/new.xml", "https://news.example/new.xml"]
    room.web.page("https://news.example/new.xml", status=404)
    room.round()
    room.round()
    assert room.web.paths()[-2:] == [FEED, "https://news.example/new.xml"]


def test_a_feed_for_a_while_elsewhere_is_asked_where_it_is_listed(room: Newsroom):
    room.web.moved(FEED, "https://news.example/new.xml", 302)
    room.feed(url="https://news.example/new.xml")
    room.round()
    room.round()
    assert room.web.paths().count(FEED) == 2


def test_one_broken_feed_costs_itself(room: Newsroom):
    room.feeds.insert(0, Listed(OTHER))
    room.web.page(OTHER, "<html><p>We have moved.</p></html>")
    room.feed(A)
    room.story(A, 1)
    went = room.round()
    assert [source.problem for source in went.sources] == ["is a page, not a feed or a sitemap", None]
    assert [source.asked for source in went.sources] == [False, True]
    assert room.kept.urls() == [A]


def test_a_text_that_the_feed_carries_is_taken_where_the_page_is_refused(room: Newsroom):
    carried = f"<item><title>Alba taken</title><link>{A}</link><content:encoded><![CDATA[<p>{story(1)}</p>]]></content:encoded></item>"
    room.feed(items=carried)
    room.web.page(A, status=403)
    assert room.round().counts == {"delivered": 1}
    [document] = room.kept.documents
    assert (document.url, document.title, document.publisher) == (A, "Alba taken", "The Example")
    assert document.source.startswith(f"{FEED}, entry {A}, fetched 2027-01-15T")


def test_a_page_that_is_refused_without_another_text_is_said(room: Newsroom):
    room.feed(A)
    room.web.page("https://news.example/robots.txt", "User-agent: *\nDisallow: /a", "text/plain")
    assert room.round().counts == {"refused": 1}
    assert A not in room.web.paths()
    [skipped] = room.skipped
    assert (skipped.source, skipped.found) == (
        A,
        "could not be fetched (robots.txt of news.example forbids it).",
    )


def test_with_from_feed_pages_are_fetched_only_where_the_feed_has_no_text(store: Store, web: Web):
    room = Newsroom(store, web, from_feed=True)
    carried = f"<item><link>{A}</link><content:encoded><![CDATA[<p>{story(1)}</p>]]></content:encoded></item>"
    room.feed(B, items=carried)
    room.story(B, 2)
    assert room.round().counts == {"delivered": 2} and A not in room.web.paths() and B in room.web.paths()


def test_sitemaps_that_an_index_names_are_asked_unless_they_are_old_or_unchanged(store: Store, web: Web):
    index = "https://news.example/index.xml"
    room = Newsroom(store, web, index)
    web.page(
        index,
        "<sitemapindex><sitemap><loc>/new.xml</loc><lastmod>2027-01-15</lastmod></sitemap>"
        "<sitemap><loc>/still.xml</loc><lastmod>2027-01-14</lastmod></sitemap>"
        "<sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>",
    )
    for name, page in (("new", A), ("still", B)):
        web.page(
            f"https://news.example/{name}.xml",
            f"<urlset><url><loc>{page}</loc><lastmod>2027-01-14</lastmod></url></urlset>",
        )
    room.story(A, 1)
    room.story(B, 2)
    went = room.round()
    assert [(source.url, source.new) for source in went.sources] == [(index, 2)] and room.kept.urls() == [
        A,
        B,
    ]
    room.round()
    asked = web.paths()
    assert (
        asked.count("https://news.example/new.xml") == 2
        and asked.count("https://news.example/still.xml") == 1
    )
    assert "https://news.example/old.xml" not in asked
    [told] = health(room.state)
    assert (told.url, told.kind, told.delivered) == (index, "index", 2)


def test_sitemaps_beyond_the_limit_are_said_to_be_left_out(store: Store, web: Web):
    room = Newsroom(store, web, MAP, most_sitemaps=2)
    named = "".join(
        f"<sitemap><loc>/{number}.xml</loc><lastmod>2027-01-1{number}</lastmod></sitemap>"
        for number in range(3)
    )
    web.page(MAP, f"<sitemapindex>{named}</sitemapindex>")
    room.round()
    assert web.paths() == [MAP, "https://news.example/2.xml", "https://news.example/1.xml"]
    [skipped] = room.skipped
    assert skipped.found == "names 3 sitemaps, of which the 2 last changed are read."


def test_what_is_no_longer_listed_is_no_longer_shown(room: Newsroom):
    room.feeds.append(Listed(OTHER))
    room.feed(A)
    room.story(A, 1)
    room.round()
    assert [one.url for one in health(room.state)] == [FEED, OTHER]
    del room.feeds[0]
    room.round()
    assert [one.url for one in health(room.state)] == [OTHER]


def test_an_index_that_names_itself_ends(store: Store, web: Web):
    room = Newsroom(store, web, MAP)
    web.page(MAP, f"<sitemapindex><sitemap><loc>{MAP}</loc></sitemap></sitemapindex>")
    room.round()
    assert len(web.paths()) <= 3


def test_an_old_story_that_a_sitemap_says_has_changed_is_left_alone(store: Store, web: Web):
    room = Newsroom(store, web, MAP)
    web.page(MAP, f"<urlset><url><loc>{A}</loc><lastmod>2027-01-15</lastmod></url></urlset>")
    web.page(A, html(story(1), "Alba taken", '<meta name="date" content="2019-03-04">'))
    assert room.round().counts == {"old": 1} and room.kept.documents == []


def test_a_day_of_change_does_not_become_one_of_publication(store: Store, web: Web):
    room = Newsroom(store, web, MAP)
    web.page(MAP, f"<urlset><url><loc>{A}</loc><lastmod>2027-01-15</lastmod></url></urlset>")
    room.story(A, 1)
    room.round()
    assert [document.published for document in room.kept.documents] == [None]


def test_with_since_earlier_entries_are_taken_as_well(store: Store, web: Web):
    old = f"<item><link>{A}</link><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate></item>"
    room = Newsroom(store, web)
    room.feed(items=old)
    room.story(A, 1)
    assert room.round().new == 0
    room = Newsroom(store, web, since=date(2026, 1, 1))
    assert room.round().new == 1 and room.kept.urls() == [A]


def test_pages_of_a_host_are_spaced_and_those_beyond_the_round_wait_for_the_next(store: Store, web: Web):
    room = Newsroom(store, web, spacing_s=300.0, round_s=1_000.0)
    room.feed(A, B, C)
    for number, url in enumerate((A, B, C)):
        room.story(url, number)
    assert room.round().counts == {"delivered": 2, "waiting": 1}
    times = [one.at for one in web.asked]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 300
    assert room.round().counts == {"delivered": 1}


def test_a_feed_that_is_no_longer_listed_is_left_alone_with_its_entries(room: Newsroom):
    room.feed(A)
    room.web.page(A, status=404)
    room.round()
    room.feeds = [Listed(OTHER)]
    room.feed(url=OTHER)
    room.story(A, 1)
    assert room.round(after_s=86_400).counts == {} and room.web.paths().count(A) == 1


def test_what_was_read_and_not_delivered_is_delivered_by_the_next_run_without_asking_again(room: Newsroom):
    room.feed(A)
    room.story(A, 1)
    room.kept.fails = True
    with pytest.raises(OSError, match="the disk is full"):
        room.round()
    room.kept.fails = False
    assert room.round().counts == {"delivered": 1} and room.kept.urls() == [A]
    assert room.web.paths().count(A) == 1


def test_lines_are_documents_as_they_are_read(room: Newsroom, tmp_path: Path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"text": "without an end of line"}')
    room.kept = ToLines(path, room.state)  # type: ignore[assignment]
    room.feed(A)
    room.story(A, 1)
    assert room.round().counts == {"delivered": 1}
    _, line = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["url"] == A and json.loads(line)["text"] == story(1)
