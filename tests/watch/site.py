"""A small news site on this machine, for tests that need real requests: what it answers, tests set."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime.now(UTC)


@dataclass
class Page:
    """What one path answers with."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """Pages by their paths; all that is asked is noted, with the headers it was asked with."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[], Page]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        self.origin = ""

    def page(self, path: str, text: str, title: str = "A story") -> None:
        self.pages[path] = Page(html(text, title))

    def feed(self, path: str, *paths: str, **headers: str) -> None:
        self.pages[path] = Page(
            rss(*(f"{self.origin}{one}" for one in paths)), "application/rss+xml", 200, headers
        )


def html(text: str, title: str = "A story", head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f"<html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def rss(*links: str, items: str = "") -> bytes:
    day = format_datetime(NOW)
    listed = "".join(
        f"<item><title>Story {number}</title><link>{link.replace('&', '&amp;')}</link><pubDate>{day}</pubDate></item>"
        for number, link in enumerate(links)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>The Example</title>{listed}{items}</channel></rss>"
    ).encode()


def story(number: int) -> str:
    """A page's text, of its own for each number."""
    return (
        f"Rebels attacked the town of Alba on Monday, a spokesman for group {number} said in a statement.\n\n"
        f"The army denied that it had lost {number} posts, and residents told reporters that they had fled."
    )


@contextmanager
def serving() -> Iterator[Site]:
    """The site, served at `site.origin` until the block ends."""
    site = Site()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                site.asked.append(self.path)
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
            found = site.pages.get(self.path, Page(b"not here", "text/plain", 404))
            page = found() if callable(found) else found
            etag = page.headers.get("ETag")
            status = 304 if etag and self.headers.get("If-None-Match") == etag else page.status
            body = b"" if status == 304 else page.body
            time.sleep(0.02)  # long enough for another to be seen that comes at the same time
            with lock:
                site.at_once -= 1
            self.send_response(status)
            for name, value in {
                "Content-Type": page.kind,
                "Content-Length": str(len(body)),
                **page.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever asked was killed: that is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
