"""One address asked politely: its host's rules and turn, redirects, limits; an answer or a problem out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, Protocol

import httpx

from sitrep.watch.addresses import absolute, host_of, origin_of
from sitrep.watch.backoff import retry_after, wait_s
from sitrep.watch.clock import Clock, moment
from sitrep.watch.connecting import FROM_PRIVATE, PRIVATE_ALLOWED, PrivateAddress
from sitrep.watch.hanging_up import Lines, TookTooLong
from sitrep.watch.robots import FILE, KEPT_S, Rules, text_of
from sitrep.watch.settings import WatchSettings
from sitrep.watch.turns import TooLate, TurnBook, Turns
from sitrep.watch.unpack import Unpackable, unpacked

MOST_REDIRECTS: Final = 5
REDIRECTS: Final = (301, 302, 303, 307, 308)
PERMANENT: Final = (301, 308)
# What a server says of itself and not of the one page; it is then left alone for a while.
BUSY: Final = (429, 502, 503, 504)
GIVEN: Final = (200, 203, 304)
MOST_ROBOTS_BYTES: Final = 5_000_000
# What a server says where it does not want us, as opposed to what it says when something is wrong.
REFUSALS: Final = {401: "wants a password", 402: "wants payment", 403: "forbids it", 451: "may not give it"}
PACKINGS: Final = ("gzip", "x-gzip", "deflate")
ACCEPT_LIST: Final = (
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
ACCEPT_PAGE: Final = "text/html, application/xhtml+xml, text/plain;q=0.8, application/pdf;q=0.7, */*;q=0.1"

# What a problem means for the next time: a refusal stays, a failure may pass, a host that is down takes its
# pages with it, what is gone is gone, and what is late was not asked for at all: its host's turn comes after
# the round.
Kind = Literal["refused", "failing", "down", "gone", "late"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    kind: Kind
    reason: str  # "HTTP 503", "robots.txt forbids it"
    retry_at: float | None = None  # where the server or the round says when


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave. `body` is as it came, `content` the same unpacked."""

    url: str  # where it came from in the end
    status: int
    reason: str
    headers: Mapping[str, str]  # names in small letters
    header_lines: tuple[tuple[bytes, bytes], ...] = field(repr=False)
    body: bytes = field(repr=False)
    content: bytes = field(repr=False)
    fetched: datetime
    is_private: bool = False  # from this machine or its own network
    moved_to: str | None = None  # the last address that only permanent redirects led to

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        found = re.search(
            r"charset\s*=\s*[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE
        )
        return found[1] if found else None


class HostBook(TurnBook, Protocol):
    """Where what is known of hosts is kept."""

    def robots(self, origin: str, since: float) -> str | None: ...

    def keep_robots(self, origin: str, text: str, at: float) -> None: ...

    def count_busy(self, host: str) -> int:
        """How often in a row this host was put off, this time included."""

    def clear_busy(self, host: str) -> None: ...


class Fetcher:
    """Asks addresses, from any number of threads."""

    def __init__(
        self,
        client: httpx.Client,
        book: HostBook,
        clock: Clock,
        settings: WatchSettings,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._client, self._book, self._clock, self._settings = client, book, clock, settings
        self._chance = chance
        self._turns = Turns(clock, book, settings.spacing_s)
        self._lines = Lines()
        self._rules: dict[str, Rules | Problem] = {}  # this round's

    def begin_round(self) -> None:
        """Forget what failed; the rules of hosts are kept in the book for a day."""
        self._rules.clear()

    def get(
        self,
        url: str,
        *,
        until: float,
        most_bytes: int,
        accept: str = ACCEPT_PAGE,
        conditions: Mapping[str, str] | None = None,
        private_allowed: bool = False,
    ) -> Answer | Problem:
        """The answer of `url`, or of where it leads. Raises `Stopped`.

        `until` is the end of the round, `conditions` are headers that ask only for what has changed. With
        `private_allowed` the address may be of this machine or its network, and lead to another such one.
        """
        headers = {"Accept": accept, **(conditions or {})}
        answer = self._follow(url, _Request(headers, until, most_bytes, private_allowed), by_rules=True)
        return answer if isinstance(answer, Problem) else self._judged(answer)

    def _follow(self, url: str, request: _Request, *, by_rules: bool) -> Answer | Problem:
        """What is at the end of the redirects, whatever its status."""
        moved_to: str | None = None
        is_permanent = True
        for _ in range(MOST_REDIRECTS + 1):
            spacing_s = 0.0
            if by_rules:
                rules = self._rules_of(url, request)
                if isinstance(rules, Problem):
                    return rules
                if not rules.allows(url):
                    return Problem("refused", f"robots.txt of {host_of(url)} forbids it")
                spacing_s = rules.spacing_s
            answer = self._ask(url, request, spacing_s)
            if isinstance(answer, Problem):
                return answer
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                return replace(answer, moved_to=moved_to)
            target = absolute(location, url)
            if target is None:
                return Problem("refused", f'leads to "{location[:100]}", which is no address of a page')
            is_permanent = is_permanent and answer.status in PERMANENT
            moved_to = target if is_permanent else moved_to
            url = target
            # From a public host there is no way to a private one.
            request = replace(request, private_allowed=request.private_allowed and answer.is_private)
        return Problem("failing", f"leads on and on, more than {MOST_REDIRECTS} times")

    def _judged(self, answer: Answer) -> Answer | Problem:
        """An answer that gives something; else what its status means."""
        if answer.status in GIVEN:
            return answer
        if answer.status == 410:
            return Problem("gone", "HTTP 410: gone for good")
        if answer.status in REFUSALS:
            return Problem("refused", f"HTTP {answer.status}: the server {REFUSALS[answer.status]}")
        if answer.status in BUSY:
            return self._down(answer.url, f"HTTP {answer.status}", answer.headers.get("retry-after"))
        at = retry_after(answer.headers.get("retry-after"), self._clock.now())
        return Problem("failing", f"HTTP {answer.status}", at)

    def _down(self, url: str, reason: str, stated: str | None = None) -> Problem:
        """A host that does not answer as it should: nothing of it is asked before it may be back."""
        host, now = host_of(url), self._clock.now()
        at = retry_after(stated, now) or now + wait_s(self._book.count_busy(host), self._chance())
        self._book.put_off(host, at)
        return Problem("down", reason, at)

    def _ask(self, url: str, request: _Request, spacing_s: float) -> Answer | Problem:
        """One request in its host's turn."""
        try:
            with self._turns.turn(host_of(url), spacing_s, request.until):
                return self._send(url, request)
        except TooLate as late:
            return Problem("late", "its host's turn comes after this round", late.at)
        except PrivateAddress as error:
            return Problem("refused", f"{error}, where only the feeds of your own list may lead")
        except TookTooLong:
            return self._down(url, f"took longer than {self._settings.longest_s:g} seconds")
        except httpx.TimeoutException:
            return self._down(url, f"no answer within {self._settings.timeout_s:g} seconds")
        except httpx.HTTPError as error:
            return self._down(url, str(error) or type(error).__name__)
        except (httpx.InvalidURL, UnicodeError) as error:
            return Problem("refused", f"is no address that can be asked ({error})")
        except Unpackable as error:
            return Problem("refused", str(error))

    def _send(self, url: str, request: _Request) -> Answer | Problem:
        begun = self._clock.now()
        body = bytearray()
        with self._lines.limited(host_of(url), self._settings.longest_s) as trace:
            told = {PRIVATE_ALLOWED: request.private_allowed, "trace": trace}
            sent = self._client.build_request("GET", url, headers=request.headers, extensions=told)
            response = self._client.send(sent, stream=True)
            try:
                for piece in response.iter_raw() if response.status_code in GIVEN else ():
                    body += piece
                    if len(body) > request.most_bytes:
                        return Problem("refused", f"is larger than {request.most_bytes:,} bytes")
            finally:
                response.close()
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        content = bytes(body)
        if packing in PACKINGS:
            content = unpacked(content, request.most_bytes)
        elif body and packing != "identity":
            return Problem("refused", f'comes packed as "{packing[:40]}", which was not asked for')
        if response.status_code in GIVEN:
            self._book.clear_busy(host_of(url))
        return Answer(
            url=url,
            status=response.status_code,
            reason=response.reason_phrase,
            headers={name.lower(): value for name, value in response.headers.items()},
            header_lines=tuple(response.headers.raw),
            body=bytes(body),
            content=content,
            fetched=moment(begun),
            is_private=bool(response.extensions.get(FROM_PRIVATE)),
        )

    def _rules_of(self, url: str, request: _Request) -> Rules | Problem:
        """The rules of an address's host: this round's, else the book's, else the host's own."""
        origin = origin_of(url)
        if found := self._rules.get(origin):
            return found
        text = self._book.robots(origin, since=self._clock.now() - KEPT_S)
        found = self._asked_rules(origin, request) if text is None else Rules(text)
        # Trouble is kept as well, for this round: not to be asked for with each of the host's pages.
        if isinstance(found, Rules) or found.kind in ("down", "failing"):
            self._rules[origin] = found
        return found

    def _asked_rules(self, origin: str, request: _Request) -> Rules | Problem:
        request = replace(request, headers={"Accept": "text/plain, */*;q=0.1"}, most_bytes=MOST_ROBOTS_BYTES)
        answer = self._follow(origin + FILE, request, by_rules=False)
        if isinstance(answer, Problem):
            if answer.kind == "late":
                return answer
            return Problem(answer.kind, f"robots.txt cannot be had: {answer.reason}", answer.retry_at)
        text = text_of(answer.status, answer.content)
        if text is None:
            reason = f"robots.txt cannot be had: HTTP {answer.status}"
            return self._down(origin, reason, answer.headers.get("retry-after"))
        self._book.keep_robots(origin, text, self._clock.now())
        return Rules(text)


@dataclass(frozen=True, slots=True)
class _Request:
    """What holds for all requests that one address leads to."""

    headers: Mapping[str, str]
    until: float
    most_bytes: int
    private_allowed: bool
