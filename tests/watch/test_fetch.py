"""How an address is asked: by its host's rules, in its turn, through redirects, to a limit."""

from __future__ import annotations

import gzip
from itertools import pairwise

import httpx
import pytest

from sitrep.watch.fetch import Answer, Problem
from sitrep.watch.settings import WatchSettings
from sitrep.watch.store import Store
from tests.watch.fake import START, Web

ALBA = "https://news.example/alba"
LATER = START + 900


def get(
    web: Web, store: Store, url: str = ALBA, *, most_bytes: int = 1_000_000, **settings: object
) -> Answer | Problem:
    return web.fetcher(store, WatchSettings(**settings)).get(url, until=LATER, most_bytes=most_bytes)  # type: ignore[arg-type]


def given(answer: Answer | Problem) -> Answer:
    assert isinstance(answer, Answer), answer
    return answer


def trouble(answer: Answer | Problem) -> Problem:
    assert isinstance(answer, Problem)
    return answer


def test_the_host_is_asked_for_its_rules_first_and_told_who_asks(web: Web, store: Store):
    web.page(ALBA, "Alba was taken.")
    answer = given(get(web, store, contact="desk@paper.example"))
    assert answer.content == b"Alba was taken." and answer.url == ALBA
    assert [one.url for one in web.asked] == ["https://news.example/robots.txt", ALBA]
    for one in web.asked:
        assert one.headers["user-agent"].startswith("sitrep/")
        assert "(+desk@paper.example)" in one.headers["user-agent"]


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (None, "(reads news feeds)"),
        ("me@x.example\r\nCookie: é", "(+me@x.exampleCookie: )"),
        (" ", "(reads news feeds)"),
    ],
)
def test_a_contact_cannot_say_more_than_itself(contact: str | None, said: str):
    assert WatchSettings(contact=contact).user_agent.endswith(said.replace(" )", ")"))


def test_what_the_rules_forbid_is_not_asked_for(web: Web, store: Store):
    web.page("https://news.example/robots.txt", "User-agent: *\nDisallow: /alba", "text/plain")
    web.page(ALBA, "Alba was taken.")
    problem = trouble(get(web, store))
    assert (problem.kind, problem.reason) == ("refused", "robots.txt of news.example forbids it")
    assert web.paths() == []


def test_the_rules_are_kept_for_a_day_and_then_asked_for_again(web: Web, store: Store):
    web.page(ALBA)
    for wait in (0, 3_600, 86_400):
        web.clock.time += wait
        web.fetcher(store).get(ALBA, until=web.clock.now() + 900, most_bytes=10)
    assert [one.url for one in web.asked].count("https://news.example/robots.txt") == 2


def test_a_crawl_delay_is_kept_to(web: Web, store: Store):
    web.page("https://news.example/robots.txt", "User-agent: *\nCrawl-delay: 20", "text/plain")
    web.page(ALBA)
    fetcher = web.fetcher(store)
    for _ in range(3):
        given(fetcher.get(ALBA, until=LATER, most_bytes=10))
    times = [one.at for one in web.asked if one.url == ALBA]
    assert [later - earlier for earlier, later in pairwise(times)] == [20, 20]


def test_rules_that_cannot_be_had_keep_us_from_everything_for_a_while(web: Web, store: Store):
    web.page("https://news.example/robots.txt", status=500)
    web.page(ALBA)
    problem = trouble(get(web, store))
    assert (problem.kind, problem.reason) == ("down", "robots.txt cannot be had: HTTP 500")
    assert problem.retry_at is not None and problem.retry_at >= START + 225 and web.paths() == []
    web.page("https://news.example/robots.txt", status=404)
    assert trouble(get(web, store)).kind == "late"
    web.clock.time = problem.retry_at
    given(get(web, store))


def test_only_what_has_changed_is_asked_for(web: Web, store: Store):
    web.pages[ALBA] = lambda request: httpx.Response(
        304 if request.headers.get("if-none-match") == '"7"' else 200
    )
    answer = web.fetcher(store).get(ALBA, until=LATER, most_bytes=10, conditions={"If-None-Match": '"7"'})
    assert given(answer).is_unchanged


def test_redirects_lead_on_and_permanent_ones_are_remembered_up_to_the_first_that_is_not(
    web: Web, store: Store
):
    web.moved(ALBA, "/b", 301)
    web.moved("https://news.example/b", "https://other.example/c", 308)
    web.moved("https://other.example/c", "/d", 302)
    web.moved("https://other.example/d", "/e", 301)
    web.page("https://other.example/e", "Alba was taken.")
    answer = given(get(web, store))
    assert (answer.url, answer.moved_to) == ("https://other.example/e", "https://other.example/c")
    assert "https://other.example/robots.txt" in [one.url for one in web.asked]


def test_a_redirect_to_where_the_rules_of_the_other_host_forbid_it(web: Web, store: Store):
    web.moved(ALBA, "https://other.example/c")
    web.page("https://other.example/robots.txt", "User-agent: sitrep\nDisallow: /", "text/plain")
    assert trouble(get(web, store)).reason == "robots.txt of other.example forbids it"
    assert "https://other.example/c" not in web.paths()


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://news.example/a", "http://me:secret@news.example/"]
)
def test_a_redirect_to_what_is_no_page(web: Web, store: Store, target: str):
    web.moved(ALBA, target)
    problem = trouble(get(web, store))
    assert problem.kind == "refused" and "which is no address of a page" in problem.reason


def test_redirects_in_a_circle_end(web: Web, store: Store):
    web.moved(ALBA, ALBA)
    assert trouble(get(web, store)).reason == "leads on and on, more than 5 times"
    assert len(web.paths()) == 6


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, "refused"), (403, "refused"), (451, "refused"), (404, "failing"), (410, "gone"), (500, "failing"),
     (429, "down"), (503, "down"), (504, "down"), (206, "failing")],
)  # fmt: skip
def test_what_a_status_means(web: Web, store: Store, status: int, kind: str):
    web.page(ALBA, status=status)
    assert trouble(get(web, store)).kind == kind


def test_a_busy_host_is_left_alone_as_long_as_it_says(web: Web, store: Store):
    web.page(ALBA, status=429, retry_after="3600")
    assert trouble(get(web, store)).retry_at == web.clock.now() - 2 + 3_600 + 2
    web.page("https://news.example/b")
    problem = trouble(get(web, store, "https://news.example/b"))
    assert problem.kind == "late" and "https://news.example/b" not in web.paths()


def test_a_host_that_does_not_say_how_long_is_left_alone_longer_each_time(web: Web, store: Store):
    web.pages[ALBA] = httpx.ConnectError("no route")
    waits = []
    for _ in range(3):
        problem = trouble(web.fetcher(store).get(ALBA, until=web.clock.now() + 900, most_bytes=10))
        assert problem.kind == "down" and problem.reason.endswith("no route") and problem.retry_at is not None
        waits.append(problem.retry_at - web.clock.now())
        web.clock.time = problem.retry_at
    assert waits == sorted(waits) and waits[2] > 3 * waits[0]


def test_a_host_without_an_answer_in_time(web: Web, store: Store):
    web.page("https://news.example/robots.txt", status=404)
    web.pages[ALBA] = httpx.ReadTimeout("slow")
    problem = trouble(get(web, store, timeout_s=30.0))
    assert (problem.kind, problem.reason) == ("down", "no answer within 30 seconds")


def test_an_answer_larger_than_allowed(web: Web, store: Store):
    web.page(ALBA, b"a" * 2_000)
    assert trouble(get(web, store, most_bytes=1_000)).reason == "is larger than 1,000 bytes"


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(web: Web, store: Store):
    packed = gzip.compress(b"Alba was taken.")
    web.pages[ALBA] = lambda request: httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(packed)
    )
    answer = given(get(web, store))
    assert (answer.body, answer.content) == (packed, b"Alba was taken.")
    bomb = gzip.compress(b"a" * 10_000_000)
    web.pages[ALBA] = lambda request: httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(bomb)
    )
    assert trouble(get(web, store)).reason == "it unpacks to more than 1,000,000 bytes"


def test_no_cookie_is_kept(web: Web, store: Store):
    web.page(ALBA, set_cookie="id=7; Path=/")
    fetcher = web.fetcher(store)
    for _ in range(2):
        given(fetcher.get(ALBA, until=LATER, most_bytes=10))
    assert all("cookie" not in one.headers for one in web.asked)
