"""Fetching a page from an address that somebody typed, without being led anywhere that it should not be.

Only http and https, only public addresses. Names are resolved here, and the connection goes to the very
address that was checked, so a name that means another address a moment later ("DNS rebinding") leads nowhere;
each redirect is checked as the first address was.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sitrep import __version__
from sitrep.internet import is_public

MOST_REDIRECTS: Final = 5
_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_READ: Final = 65_536
_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


class FetchError(Exception):
    """A page that was not fetched: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes as they came, and where they came from in the end."""

    url: str
    content: bytes
    media_type: str


def fetch(
    url: str,
    *,
    max_bytes: int,
    timeout_s: float,
    resolve: Resolve | None = None,
    connect: Connect | None = None,
) -> Page:
    """The page at `url`. Raises `FetchError`.

    `timeout_s` bounds the whole of it. `resolve` gives the addresses of a host, `connect` a socket to one of
    them; tests give their own.
    """
    until = time.monotonic() + timeout_s
    for _ in range(MOST_REDIRECTS + 1):
        parts = _checked(url)
        answer = _ask(parts, until, resolve or _resolve, connect or _connect)
        try:
            location = answer.response.getheader("location")
            if answer.response.status in _REDIRECTS and location:
                url = urljoin(url, location)
                continue
            return _page(url, answer.response, max_bytes, until, answer.socket)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise FetchError(f"{parts.hostname} broke off: {error}. Try again, or paste the text.") from error
        finally:
            answer.close()
    raise FetchError(
        f"The address leads on and on, more than {MOST_REDIRECTS} times. Paste the text instead."
    )


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError(f'"{url}" is no address of a page ({error}). Copy it from the browser.') from error
    if parts.scheme not in _PORTS:
        raise FetchError(f'"{url}" is no address of a page. It must begin with http:// or https://')
    if not parts.hostname or parts.username is not None or any(letter in url for letter in "\r\n\0"):
        raise FetchError(f'"{url}" is no address of a page. Copy it from the browser.')
    if port not in (None, 80, 443):
        raise FetchError(f"Pages are fetched from ports 80 and 443 only, not {port}. Paste the text instead.")
    return parts


@dataclass(frozen=True, slots=True)
class _Answer:
    response: http.client.HTTPResponse
    connection: http.client.HTTPConnection
    socket: socket.socket
    alarm: threading.Timer

    def close(self) -> None:
        self.alarm.cancel()
        self.connection.close()
        self.socket.close()


def _ask(parts: SplitResult, until: float, resolve: Resolve, connect: Connect) -> _Answer:
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} cannot be found. Check the address, and that you are online.") from error
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchError(
            f"{host} is on this machine or its own network, and such pages are not fetched. Paste the text."
        )
    line: socket.socket | None = None
    alarm: threading.Timer | None = None
    try:
        line = connect(addresses[0], port, _left(until))
        peer = str(line.getpeername()[0])
        if not is_public(peer):
            raise FetchError(f"{host} led to {peer}, which is no public address. Paste the text instead.")
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(
                line, server_hostname=host, do_handshake_on_connect=False
            )
        # A socket's own timeout begins anew with every byte: one that sends a byte a second would hold us.
        alarm = threading.Timer(_left(until), _hang_up, (line,))
        alarm.daemon = True
        alarm.start()
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection = http.client.HTTPConnection(host, port, timeout=_left(until))
        connection.sock = line
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", quote(path, safe="%/:=&?~#+!$,;'@()*[]"), headers=_headers())
        return _Answer(connection.getresponse(), connection, line, alarm)
    except (FetchError, OSError, http.client.HTTPException, UnicodeError) as error:
        if alarm is not None:
            alarm.cancel()
        if line is not None:
            line.close()
        if isinstance(error, FetchError):
            raise
        raise FetchError(f"{host} does not answer ({error}). Try again later, or paste the text.") from error


def _hang_up(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be closed already
        line.shutdown(socket.SHUT_RDWR)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"sitrep/{__version__} (a reader's request for one page)",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
        "Accept-Encoding": "gzip, identity",
        "Connection": "close",
    }


def _resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def _connect(address: str, port: int, timeout_s: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=timeout_s)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise FetchError("The page took too long. Try again later, or paste the text.")
    return left


def _page(
    url: str, response: http.client.HTTPResponse, max_bytes: int, until: float, connection: socket.socket
) -> Page:
    if response.status != 200:
        raise FetchError(f"The server answered {response.status} {response.reason}. Paste the text instead.")
    media_type = (response.getheader("content-type") or "text/html").partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise FetchError(
            f"The address gives {media_type}, not a page of text. Save it and upload it instead."
        )
    zipped = (response.getheader("content-encoding") or "identity").lower()
    if zipped not in ("gzip", "identity"):
        raise FetchError(
            f"The page came packed as {zipped}, which was not asked for. Paste the text instead."
        )
    unpack = zlib.decompressobj(31) if zipped == "gzip" else None
    content = bytearray()
    while True:
        connection.settimeout(_left(until))
        piece = response.read1(_READ)
        if not piece:
            _left(until)  # hung up by us, perhaps
            break
        # A small packed page can unpack to more than memory holds: only as much as may come is unpacked.
        content += unpack.decompress(piece, max_bytes + 1 - len(content)) if unpack else piece
        if len(content) > max_bytes:
            raise FetchError(f"The page is larger than {max_bytes / 1e6:.0f} MB. Paste the text instead.")
    return Page(url, bytes(content), media_type)
