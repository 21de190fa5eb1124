"""Fetching a page: only from public addresses, however it is led about, and only so much of it."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from sitrep.web.fetch import FetchError, Page, fetch

PUBLIC = "93.184.215.14"


class Server:
    """Answers each connection with the next of `answers`, and notes where one wanted to connect to."""

    def __init__(self, *answers: bytes, peer: str = PUBLIC, pause_s: float = 0.0) -> None:
        self.answers, self.peer, self.pause_s = list(answers), peer, pause_s
        self.asked: list[bytes] = []
        self.connected: list[tuple[str, int]] = []

    def connect(self, address: str, port: int, timeout_s: float) -> Any:
        self.connected.append((address, port))
        ours, theirs = socket.socketpair()
        theirs.settimeout(timeout_s)
        threading.Thread(target=self._answer, args=(ours, self.answers.pop(0)), daemon=True).start()
        return _Named(theirs, self.peer)

    def _answer(self, connection: socket.socket, answer: bytes) -> None:
        self.asked.append(connection.recv(65536))
        try:
            if self.pause_s:
                for letter in answer:
                    connection.sendall(bytes([letter]))
                    time.sleep(self.pause_s)
            else:
                connection.sendall(answer)
        except OSError:
            pass
        connection.close()


class _Named:
    """A socket that says it is connected to another address than it is."""

    def __init__(self, inner: socket.socket, peer: str) -> None:
        self._inner, self._peer = inner, peer

    def getpeername(self) -> tuple[str, int]:
        return self._peer, 80

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def answer(body: bytes = b"<p>Hello", status: str = "200 OK", **headers: str) -> bytes:
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def get(url: str, server: Server, names: dict[str, Sequence[str]] | None = None, **limits: Any) -> Page:
    known = names or {}
    return fetch(
        url,
        **{"max_bytes": 10_000, "timeout_s": 5.0} | limits,
        resolve=lambda host, port: known.get(host, [PUBLIC]),
        connect=server.connect,
    )


def test_a_page_is_fetched_with_its_address_and_kind() -> None:
    server = Server(answer())
    page = get("http://news.example/a?b=c", server)
    assert page == Page("http://news.example/a?b=c", b"<p>Hello", "text/html")
    assert server.asked[0].startswith(b"GET /a?b=c HTTP/1.1\r\nHost: news.example\r\n")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:alert(1)", "//news.example/a",
        "http://", "http://user:secret@news.example/", "http://[::1", "http://news.example:22/", "http://news.example:8080/",
        "http://news.example/\r\nHost: other", "news.example",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_not_fetched(url: str) -> None:
    server = Server(answer())
    with pytest.raises(FetchError):
        get(url, server)
    assert server.connected == []


def test_a_name_of_this_network_is_not_connected_to() -> None:
    server = Server(answer())
    with pytest.raises(FetchError, match="on this machine or its own network"):
        get("http://intranet.example/", server, {"intranet.example": ["10.0.0.7"]})
    assert server.connected == []


def test_a_name_with_one_private_address_among_public_ones_is_not_connected_to() -> None:
    server = Server(answer())
    with pytest.raises(FetchError):
        get("http://mixed.example/", server, {"mixed.example": [PUBLIC, "192.168.0.1"]})
    assert server.connected == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost"])
def test_however_this_machine_is_written_it_is_not_fetched_from(host: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"http://{host}/", max_bytes=1000, timeout_s=2.0)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    # The name answers differently the second time; it is only asked once.
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    server = Server(answer())
    fetch(
        "http://rebind.example/", max_bytes=1000, timeout_s=5.0, resolve=lambda host, port: next(answers),
        connect=server.connect,
    )  # fmt: skip
    assert server.connected == [(PUBLIC, 80)]


def test_a_connection_that_ends_somewhere_private_is_not_spoken_on() -> None:
    server = Server(answer(), peer="127.0.0.1")
    with pytest.raises(FetchError, match="no public address"):
        get("http://news.example/", server)


def test_a_redirect_is_followed_and_the_last_address_kept() -> None:
    server = Server(answer(b"", "301 Moved", Location="/b"), answer(b"<p>There"))
    assert get("http://news.example/a", server).url == "http://news.example/b"


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://inside.example/", "file:///etc/passwd", "http://[::1]/"]
)
def test_a_redirect_leads_nowhere_that_may_not_be_fetched(location: str) -> None:
    server = Server(answer(b"", "302 Found", Location=location), answer(b"secret"))
    names = {"inside.example": ["127.0.0.1"], "10.0.0.1": ["10.0.0.1"], "::1": ["::1"]}
    with pytest.raises(FetchError):
        get("http://news.example/a", server, names)
    assert len(server.connected) == 1


def test_redirects_end() -> None:
    server = Server(*[answer(b"", "302 Found", Location="/again")] * 10)
    with pytest.raises(FetchError, match="on and on"):
        get("http://news.example/a", server)


def test_a_page_that_is_too_large_is_not_kept() -> None:
    with pytest.raises(FetchError, match="larger than"):
        get("http://news.example/", Server(answer(b"x" * 20_000)))


def test_nor_one_that_is_so_only_unpacked() -> None:
    packed = gzip.compress(b"x" * 5_000_000)
    assert len(packed) < 10_000
    with pytest.raises(FetchError, match="larger than"):
        get("http://news.example/", Server(answer(packed, Content_Encoding="gzip")))


def test_a_packed_page_is_unpacked() -> None:
    assert (
        get("http://news.example/", Server(answer(gzip.compress(b"<p>Hi"), Content_Encoding="gzip"))).content
        == b"<p>Hi"
    )


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream"])
def test_what_is_no_text_is_not_kept(kind: str) -> None:
    with pytest.raises(FetchError, match="not a page of text"):
        get("http://news.example/", Server(answer(Content_Type=kind)))


def test_a_page_that_comes_too_slowly_is_given_up() -> None:
    began = time.monotonic()
    with pytest.raises(FetchError):
        get("http://news.example/", Server(answer(b"x" * 500), pause_s=0.05), timeout_s=0.6)
    assert time.monotonic() - began < 3


def test_an_error_of_the_server_is_said() -> None:
    with pytest.raises(FetchError, match="404 Not Found"):
        get("http://news.example/", Server(answer(b"", "404 Not Found")))
