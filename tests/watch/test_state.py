"""What is remembered of sources and entries."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitrep.records import Document
from sitrep.watch.entries import Child, Contents, Entry
from sitrep.watch.fetch import Answer, Problem
from sitrep.watch.lists import Listed
from sitrep.watch.state import State
from sitrep.watch.store import Store, StoreError
from tests.watch.fake import START

FEED, MAP = "https://news.example/feed.xml", "https://news.example/sitemap.xml"
SINCE = date(2027, 1, 8)


def answer(url: str, **headers: str) -> Answer:
    return Answer(url, 200, "OK", headers, (), b"", b"", datetime.fromtimestamp(START, UTC))


def watched(store: Store, *urls: str) -> State:
    state = State(store)
    state.watch([Listed(url) for url in urls or (FEED,)], SINCE, is_stated=False)
    return state


def entry(path: str, day: date | None = None, language: str | None = None) -> Entry:
    return Entry(f"news.example/{path}", f"https://news.example/{path}", day=day, language=language)


def document(id: str = "1", text: str = "Alba was taken.") -> Document:
    return Document(id=f"sha256:{id}", source="here", text=text)


def due(state: State) -> list[str]:
    return [one.key for one in state.due(START + 1)]


def test_an_entry_is_new_once_whoever_lists_it(store: Store):
    state = watched(store, FEED, MAP)
    listed = Contents("feed", "News", (entry("a"), entry("b"), entry("a")))
    assert state.note(FEED, answer(FEED), listed, "1", START)["waiting"] == 2
    assert state.note(FEED, answer(FEED), listed, "2", START)["waiting"] == 0
    more = Contents("sitemap", None, (entry("b", SINCE), entry("c", SINCE)))
    assert state.note(MAP, answer(MAP), more, "3", START)["waiting"] == 1
    assert sorted(due(state)) == ["news.example/a", "news.example/b", "news.example/c"]


def test_entries_of_days_before_the_watch_are_left_alone(store: Store):
    state = watched(store)
    contents = Contents("feed", None, (entry("old", date(2027, 1, 7)), entry("new", SINCE), entry("undated")))
    state.note(FEED, answer(FEED), contents, "1", START)
    assert due(state) == ["news.example/undated", "news.example/new"]


def test_a_day_that_a_user_states_later_makes_a_source_be_read_whole_again(store: Store):
    state = watched(store)
    contents = Contents("feed", None, (entry("old", date(2027, 1, 7)),))
    state.note(FEED, answer(FEED, etag='"7"'), contents, "1", START)
    assert state.source(FEED).conditions == {"If-None-Match": '"7"'}
    state.watch([Listed(FEED)], date(2027, 1, 1), is_stated=True)
    assert state.source(FEED).conditions == {} and state.source(FEED).digest is None
    assert state.note(FEED, answer(FEED), contents, "1", START)["waiting"] == 1


def test_what_a_sitemap_lists_without_a_day_is_new_only_after_the_first_look(store: Store):
    state = watched(store, MAP)
    assert state.note(MAP, answer(MAP), Contents("sitemap", None, (entry("a"),)), "1", START)["old"] == 1
    counts = state.note(MAP, answer(MAP), Contents("sitemap", None, (entry("a"), entry("b"))), "2", START)
    assert counts["waiting"] == 1 and due(state) == ["news.example/b"]


def test_a_page_that_its_sitemap_says_is_in_another_language_is_not_fetched(store: Store):
    state = watched(store, MAP)
    contents = Contents("sitemap", None, (entry("a", SINCE, "fr"), entry("b", SINCE, "en")))
    assert state.note(MAP, answer(MAP), contents, "1", START)["skipped"] == 1
    assert due(state) == ["news.example/b"]


def noted(store: Store, *paths: str) -> State:
    state = watched(store)
    state.note(FEED, answer(FEED), Contents("feed", None, tuple(entry(path) for path in paths)), "1", START)
    return state


def test_what_was_read_is_delivered_once_also_after_a_kill(store: Store):
    state = noted(store, "a")
    [waiting] = state.due(START)
    assert state.read(waiting, document(), ["bytes:1"], None, START) is None
    assert due(state) == []
    assert state.to_deliver() == [(waiting, document())]
    state.done(waiting.key, "delivered")
    assert state.to_deliver() == [] and state.counts()[FEED] == {"delivered": 1}


def test_a_page_with_a_mark_of_another_is_the_same(store: Store):
    state = noted(store, "a", "b", "c")
    first, second, third = state.due(START)
    state.read(first, document(), ["bytes:1", "story:x"], None, START)
    assert state.read(second, document(), ["bytes:2", "story:x"], None, START) == "https://news.example/a"
    assert state.read(third, document(), ["bytes:3"], None, START) is None
    assert state.counts()[FEED] == {"read": 2, "duplicate": 1}


def test_an_address_that_redirects_led_to_is_no_new_entry(store: Store):
    state = noted(store, "a")
    [waiting] = state.due(START)
    state.read(waiting, document(), ["url:news.example/moved"], "https://news.example/moved", START)
    counts = state.note(FEED, answer(FEED), Contents("feed", None, (entry("moved"),)), "2", START)
    assert counts["waiting"] == 0


def test_failures_are_counted_until_an_answer_and_gone_is_gone(store: Store):
    state = watched(store)
    for failures in (1, 2):
        state.failed(FEED, Problem("failing", "HTTP 500"), START + failures, START + 600)
    source = state.source(FEED)
    assert (source.failures, source.failing_since, source.problem) == (2, START + 1, "HTTP 500")
    state.failed(FEED, Problem("late", "later"), START + 3, START + 700)
    assert (state.source(FEED).failures, state.source(FEED).next_try) == (2, START + 700)
    state.unchanged(FEED, START + 4)
    assert (state.source(FEED).failures, state.source(FEED).problem, state.source(FEED).next_try) == (
        0,
        None,
        None,
    )
    assert state.source(FEED).gone_since is None
    state.failed(FEED, Problem("gone", "HTTP 410"), START + 5, START + 600)
    assert state.source(FEED).gone_since == START + 5


def test_sitemaps_of_an_index_are_kept_below_it_the_last_changed_first(store: Store):
    state = watched(store, MAP)
    children = (
        Child("https://a.example/1"),
        Child("https://a.example/2", SINCE),
        Child("https://a.example/3", date(2027, 1, 9)),
    )
    state.note(MAP, answer(MAP), Contents("index", children=children), "1", START)
    assert [child.url[-1] for child in state.children(MAP)] == ["3", "2", "1"]
    assert {child.since for child in state.children(MAP)} == {SINCE}


def test_two_watches_cannot_share_a_memory_but_others_may_look(tmp_path: Path):
    path = tmp_path / "case.sitrep.watch"
    with Store(path) as store:
        watched(store)
        with pytest.raises(StoreError, match=r"is at work in another `sitrep watch`"):
            Store(path)
        with Store(path, read_only=True) as other:
            assert [source.url for source in State(other).sources()] == [FEED]
    Store(path).close()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "theirs.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE song (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match=r"is a database of another program"):
        Store(path)
    (tmp_path / "text.watch").write_text("no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match=r"cannot be opened"):
        Store(tmp_path / "text.watch")
