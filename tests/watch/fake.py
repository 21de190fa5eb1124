"""A clock that nobody waits for, and an internet of a few pages, for tests of one thread at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from sitrep.watch.clock import Stopped
from sitrep.watch.connecting import keep_no_cookies
from sitrep.watch.fetch import Fetcher
from sitrep.watch.hosts import Hosts
from sitrep.watch.settings import WatchSettings
from sitrep.watch.store import Store

START = 1_800_000_000.0  # 2027-01-15 08:00 UTC


class FakeClock:
    """Time passes only when somebody sleeps, and then at once."""

    def __init__(self, now: float = START) -> None:
        self.time = now
        self.stopped = False

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        if self.stopped:
            raise Stopped
        self.time += max(seconds, 0.0)

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Asked:
    """One request as the internet saw it."""

    url: str
    at: float
    headers: httpx.Headers


def fresh(response: httpx.Response) -> httpx.Response:
    """The response as it comes from a line, not yet read; each is read once, and a page may be asked for twice."""
    stream = response.stream
    if isinstance(stream, httpx.ByteStream):
        stream = httpx.ByteStream(b"".join(stream))
    return httpx.Response(response.status_code, headers=response.headers, stream=stream)


@dataclass
class Web:
    """Answers by their addresses, each a response or what makes one; everything else is 404."""

    clock: FakeClock = field(default_factory=FakeClock)
    pages: dict[str, httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]] = field(
        default_factory=dict
    )
    asked: list[Asked] = field(default_factory=list)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(Asked(str(request.url), self.clock.now(), request.headers))
        found = self.pages.get(str(request.url), httpx.Response(404))
        if isinstance(found, Exception):
            raise found
        return fresh(found(request) if callable(found) else found)

    def page(
        self, url: str, body: bytes | str = b"", kind: str = "text/html", status: int = 200, **headers: str
    ) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[url] = httpx.Response(status, headers={"content-type": kind, **named}, content=body)

    def moved(self, url: str, target: str, status: int = 302) -> None:
        self.pages[url] = httpx.Response(status, headers={"location": target})

    def paths(self) -> list[str]:
        """What was asked for, but the rules of hosts."""
        return [one.url for one in self.asked if not one.url.endswith("/robots.txt")]

    def fetcher(self, store: Store, settings: WatchSettings | None = None) -> Fetcher:
        settings = settings or WatchSettings()
        client = httpx.Client(
            transport=httpx.MockTransport(self.handle),
            headers={"User-Agent": settings.user_agent},
            cookies=keep_no_cookies(),
        )
        return Fetcher(client, Hosts(store), self.clock, settings, chance=lambda: 0.5)
