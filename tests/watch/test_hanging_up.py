"""A server that draws its answer out is hung up on."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sitrep.watch.connecting import open_client
from sitrep.watch.fetch import Answer, Fetcher, Problem
from sitrep.watch.hosts import Hosts
from sitrep.watch.settings import WatchSettings
from sitrep.watch.store import Store
from tests.watch.fake import START, FakeClock

NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nAlba."
PAGE = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextmanager
def server(begins: bytes, goes_on: bytes) -> Iterator[str]:
    """Answers every page with `begins`, then a byte of `goes_on` after the other, for ever."""
    over = threading.Event()

    def answer(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            while asked := line.recv(65_536):
                if b" /robots.txt " in asked:
                    line.sendall(NO_RULES)
                    continue
                line.sendall(begins)
                for letter in itertools.cycle(goes_on):
                    if over.wait(0.01):
                        return
                    line.sendall(bytes([letter]))

    listening = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/alba"
    finally:
        over.set()
        listening.close()


def get(url: str, store: Store) -> Answer | Problem:
    settings = WatchSettings(longest_s=0.5)
    with open_client(settings) as client:
        fetcher = Fetcher(client, Hosts(store), FakeClock(), settings)
        return fetcher.get(url, until=START + 900, most_bytes=1_000_000, private_allowed=True)


@pytest.mark.parametrize(
    ("begins", "goes_on"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Endless: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (PAGE, b"1\r\na\r\n"),
        (PAGE + b"1;x=", b"a"),
    ],
    ids=["headers", "interim answers", "body", "within a chunk's head"],
)
def test_an_answer_that_never_ends(store: Store, begins: bytes, goes_on: bytes):
    with server(begins, goes_on) as url:
        problem = get(url, store)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.reason) == ("down", "took longer than 0.5 seconds")


def test_an_answer_that_ends_is_an_answer(store: Store):
    with server(WHOLE, b"a") as url:
        answer = get(url, store)
    assert isinstance(answer, Answer) and answer.content == b"Alba."
