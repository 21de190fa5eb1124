"""Addresses of pages: when two are one page's, and which host one belongs to."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2_000  # characters; no page of news has a longer address
# What newsletters, networks and advertisers add to count readers. Only names that are nothing else:
# "source", "ref" or "id" may be a story's own on some site.
TRACKERS: Final = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|at_(?:medium|campaign|link|custom|bbc|format|ptr|user)\w*|ns_(?:mchannel|campaign|source)"
    r"|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|cmpid|ocid|xtor|ftag"
    r"|ftcamp|smid|traffic_source|ref_src|__twitter_impression",
    re.IGNORECASE,
)


def absolute(link: str | None, base: str) -> str | None:
    """`link` as a whole address, where it is one of a page (http or https, without a password); else None."""
    try:
        url = urljoin(base, (link or "").strip()).replace(" ", "%20")
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    allowed = parts.scheme in PORTS and parts.hostname and parts.username is None and port != 0
    if not link or not allowed or len(url) > LONGEST or re.search(r"[\x00-\x20\x7f]", url):
        return None
    return urlunsplit(parts._replace(fragment=""))


def host_of(url: str) -> str:
    """The host of an address, with its port unless that is the usual one."""
    parts = urlsplit(url)
    port = parts.port
    name = (parts.hostname or "").rstrip(".")
    return name if port in (None, PORTS.get(parts.scheme)) else f"{name}:{port}"


def origin_of(url: str) -> str:
    """Where a host keeps its robots.txt: "https://news.example"."""
    return f"{urlsplit(url).scheme}://{host_of(url)}"


def site_of(url: str) -> str:
    """The host without "www." and the like, by which two addresses are told to be of one site."""
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", host_of(url))


def key_of(url: str) -> str:
    """What all ways of writing one page's address have in common.

    Not an address to ask: it leaves out the scheme, the fragment, what counts readers, the order of the
    query's parts and a slash at the end.
    """
    parts = urlsplit(url)
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKERS.fullmatch(name)
    ]
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    return host_of(url) + _same_escapes(path) + ("?" + urlencode(sorted(query)) if query else "")


def _same_escapes(path: str) -> str:
    """A path that is escaped where it must be ("é"), where it need not be ("%41") and by "%c3", one way."""
    path = quote(path, safe="/%:@!$&'()*+,;=~-._", errors="replace")
    return re.sub(
        r"%([0-9a-fA-F]{2})",
        lambda found: (
            letter
            if (letter := chr(int(found[1], 16))).isascii() and (letter.isalnum() or letter in "-._~")
            else found[0].upper()
        ),
        path,
    )
