"""Connections go to public addresses only, and to the very one that was checked."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest

from sitrep.watch.connecting import FROM_PRIVATE, PRIVATE_ALLOWED, Checked, PrivateAddress, open_client
from sitrep.watch.fetch import Fetcher, Problem
from sitrep.watch.hosts import Hosts
from sitrep.watch.settings import WatchSettings
from sitrep.watch.store import Store
from tests.watch.fake import START, FakeClock, fresh

PUBLIC, OTHER, PRIVATE = "93.184.215.14", "2606:4700:4700::1111", "10.0.0.7"


class Line:
    """Notes where requests go; addresses in `broken` cannot be reached."""

    def __init__(self, *broken: str) -> None:
        self.broken = broken
        self.sent: list[httpx.Request] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        if request.url.host in self.broken:
            raise httpx.ConnectError("no route")
        return httpx.Response(200, text="Alba was taken.")


def ask(line: Line, *addresses: str, private_allowed: bool = False) -> httpx.Response:
    def resolve(host: str, port: int) -> Sequence[str]:
        assert (host, port) == ("news.example", 443)
        return addresses

    checked = Checked(httpx.MockTransport(line.handle), resolve)
    request = httpx.Request("GET", "https://news.example/alba", extensions={PRIVATE_ALLOWED: private_allowed})
    return checked.handle_request(request)


def test_the_connection_goes_to_the_address_that_was_checked_and_the_name_stays():
    line = Line()
    ask(line, PUBLIC)
    [sent] = line.sent
    assert (sent.url.host, sent.headers["host"], sent.extensions["sni_hostname"]) == (
        PUBLIC,
        "news.example",
        "news.example",
    )


def test_an_address_that_cannot_be_reached_is_followed_by_the_next():
    line = Line(OTHER)
    assert ask(line, OTHER, PUBLIC).status_code == 200
    assert [sent.url.host for sent in line.sent] == [OTHER, PUBLIC]
    with pytest.raises(httpx.ConnectError):
        ask(Line(OTHER, PUBLIC), OTHER, PUBLIC)


@pytest.mark.parametrize(
    "addresses", [(PRIVATE,), (PUBLIC, PRIVATE), ("127.0.0.1",), ("::1",), ("169.254.169.254",)]
)
def test_private_addresses_are_not_connected_to(addresses: tuple[str, ...]):
    line = Line()
    with pytest.raises(PrivateAddress, match=r"news.example is on this machine or its own network"):
        ask(line, *addresses)
    assert line.sent == []


def test_private_addresses_that_are_allowed_are_and_the_answer_says_so():
    assert ask(Line(), PRIVATE, private_allowed=True).extensions[FROM_PRIVATE] is True
    assert ask(Line(), PUBLIC, private_allowed=True).extensions[FROM_PRIVATE] is False


def test_a_name_without_an_address_is_said():
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    with pytest.raises(
        httpx.ConnectError, match=r"news.example cannot be found \(Name or service not known\)"
    ):
        Checked(httpx.MockTransport(Line().handle), resolve).handle_request(
            httpx.Request("GET", "https://news.example/")
        )


def test_a_listed_feed_on_a_public_host_cannot_lead_to_a_private_one(store: Store):
    names = {"news.example": PUBLIC, "inside.example": PRIVATE, "too.example": "192.168.1.9"}

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return fresh(httpx.Response(404))
        if request.headers["host"] == "too.example":
            return fresh(httpx.Response(200))
        return fresh(httpx.Response(302, headers={"location": "https://too.example/"}))

    client = httpx.Client(transport=Checked(httpx.MockTransport(handle), lambda host, port: [names[host]]))
    fetcher = Fetcher(client, Hosts(store), FakeClock(), WatchSettings())

    def get(url: str) -> object:
        return fetcher.get(url, until=START + 900, most_bytes=1_000, private_allowed=True)

    led = get("https://news.example/feed.xml")
    assert isinstance(led, Problem) and led.kind == "refused" and "own network" in led.reason
    # On the user's own network feeds may lead to one another.
    assert not isinstance(get("https://inside.example/feed.xml"), Problem)


@pytest.mark.parametrize(
    ("variables", "checked"),
    [({}, True), ({"NO_PROXY": "localhost"}, True), ({"HTTPS_PROXY": "http://proxy.example:3128"}, False)],
)
def test_through_a_proxy_it_is_the_proxy_that_resolves(
    variables: dict[str, str], checked: bool, monkeypatch: pytest.MonkeyPatch
):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with open_client(WatchSettings()) as client:
        assert isinstance(client._transport, Checked) is checked
