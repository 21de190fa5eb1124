"""The HTTP client: it keeps no cookies, follows nothing by itself, and goes to public addresses only.

Names are resolved here, and the connection goes to the very address that was checked, so that a name that
means another one a moment later ("DNS rebinding") leads nowhere.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.request import getproxies

import httpx

from sitrep.internet import is_public
from sitrep.watch.addresses import PORTS
from sitrep.watch.settings import WatchSettings

PROXIES: Final = frozenset(("http", "https", "all"))
PRIVATE_ALLOWED: Final = "sitrep_private_allowed"  # the extension of a request that may go to any address
FROM_PRIVATE: Final = "sitrep_from_private"  # and of a response that came from such a one

Resolve = Callable[[str, int], Sequence[str]]


class PrivateAddress(httpx.RequestError):
    """A host that is on this machine or its own network."""


class Checked(httpx.BaseTransport):
    """Sends each request to an address of its host that was checked before."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve) -> None:
        self._inner, self._resolve = inner, resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or PORTS[request.url.scheme]
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} cannot be found ({error})", request=request) from error
        is_private = not all(map(is_public, addresses))
        if is_private and not request.extensions.get(PRIVATE_ALLOWED):
            raise PrivateAddress(f"{host} is on this machine or its own network", request=request)
        failed: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for address in addresses:  # one of them may be of a kind (IPv6) that this machine cannot reach
            try:
                response = self._inner.handle_request(_sent_to(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
            else:
                response.extensions[FROM_PRIVATE] = is_private
                return response
        raise failed or httpx.ConnectError(f"{host} has no address", request=request)

    def close(self) -> None:
        self._inner.close()


def _sent_to(address: str, request: httpx.Request) -> httpx.Request:
    """The request with the address in place of the name; the certificate must still be the name's."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )


def open_client(settings: WatchSettings, resolve: Resolve | None = None) -> httpx.Client:
    """A client for one run; close it. Through a proxy, what is public is the proxy's to say."""
    limits = httpx.Limits(max_connections=settings.hosts_at_once, keepalive_expiry=settings.spacing_s + 10)
    transport = (
        None
        if PROXIES & set(getproxies())
        else Checked(httpx.HTTPTransport(limits=limits), resolve or _resolve)
    )
    return httpx.Client(
        transport=transport,
        limits=limits,
        timeout=settings.timeout_s,
        follow_redirects=False,
        cookies=keep_no_cookies(),
        # Packed as zlib packs, which can be unpacked to a limit; httpx would ask for more than that.
        headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip"},
    )


def keep_no_cookies() -> CookieJar:
    """A jar that nothing gets into."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


def _resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))
