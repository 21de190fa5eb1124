"""What a user can set about serving a case: each with a default and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How a case is served."""

    host: str = "127.0.0.1"
    """The address to listen at. Any but this machine's own needs a password or a proxy."""

    port: int = 8420
    """The port to listen at."""

    password: str | None = None
    """What everybody who opens the case must know; without it, whoever reaches the address may."""

    proxy_header: str | None = None
    """The request header in which a reverse proxy names the user it has let in."""

    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """The addresses that the proxy speaks from; from any other, its header counts for nothing."""

    names: tuple[str, ...] = ()
    """Names of this host that browsers may call it by, beside those of this machine."""

    who: str = "analyst"
    """Who decides, where neither a proxy nor the sign-in says it."""

    tiles: bool = False
    """Whether browsers may fetch map tiles from OpenStreetMap, which tells it what is looked at."""

    max_upload_bytes: int = 20_000_000
    """The largest request that is read: one upload, or one pasted text."""

    max_fetch_bytes: int = 8_000_000
    """The largest page that is fetched from an address."""

    fetch_timeout_s: float = 20.0
    """How long fetching one page may take, redirects included."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host == "localhost" or _is_loopback(self.host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class RefusedToServe(Exception):
    """Settings under which a case must not be served: why, and what to do."""


def check(settings: WebSettings) -> None:
    """Raises `RefusedToServe` where strangers could open the case."""
    if settings.is_local or settings.password or settings.proxy_header:
        return
    raise RefusedToServe(
        f"{settings.host} can be reached from other machines, and nothing would ask who they are. Give a "
        "password (SITREP_PASSWORD or --password), or name the header in which your reverse proxy puts the "
        "user it let in (--proxy-header X-Forwarded-User); or serve on this machine only, without --host."
    )
