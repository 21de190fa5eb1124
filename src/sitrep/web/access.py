"""Who may reach the case: every request and every socket passes here before anything else sees it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitrep.web.settings import WebSettings

COOKIE: Final = "sitrep_session"
SESSION_S: Final = 12 * 3600  # a working day; then one signs in again
OPEN: Final = ("/login", "/static/")  # what signing in itself needs
TILE_HOST: Final = "https://tile.openstreetmap.org"
_LOCAL_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_TRIES: Final = 10  # wrong passwords a minute, from everywhere together, before it stops to listen


class Sessions:
    """Signed sign-ins. The key is made anew at each start, so that none outlives the server."""

    def __init__(self, password: str | None) -> None:
        self._password = password
        self._key = secrets.token_bytes(32)
        self._failed: list[float] = []

    def is_password(self, given: str) -> bool:
        """Whether this is the password; False for anything after too many wrong ones in a minute."""
        now = time.monotonic()
        self._failed = [at for at in self._failed if now - at < 60]
        if self._password is None or len(self._failed) >= _TRIES:
            return False
        if hmac.compare_digest(given.encode(), self._password.encode()):
            return True
        self._failed.append(now)
        return False

    def token(self, who: str) -> str:
        content = urlsafe_b64encode(f"{int(time.time()) + SESSION_S}|{who}".encode()).decode()
        return f"{content}.{self._signed(content)}"

    def who(self, token: str) -> str | None:
        """Whose token it is; None if it is not ours or has run out."""
        content, _, signature = token.partition(".")
        if not hmac.compare_digest(self._signed(content).encode(), signature.encode()):
            return None
        until, _, who = urlsafe_b64decode(content).decode().partition("|")
        return who if int(until) > time.time() else None

    def _signed(self, content: str) -> str:
        return hmac.new(self._key, content.encode(), hashlib.sha256).hexdigest()


class Access:
    """Lets through whom the settings let through, and marks every answer with what browsers must not do.

    In the request's state it leaves `who` (who asks, for decisions) and `nonce` (what our own scripts carry).
    """

    def __init__(self, app: ASGIApp, settings: WebSettings, sessions: Sessions) -> None:
        self._app, self._settings, self._sessions = app, settings, sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        refused = self._refusal(scope)
        if refused is not None:
            await _refuse(scope, receive, send, *refused, security_headers(nonce, self._settings))
            return
        scope["state"] = {**scope.get("state", {}), "nonce": nonce, "who": self._who(scope)}
        limited = _limited(receive, self._settings.max_upload_bytes, self._too_large())

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in security_headers(nonce, self._settings)
                        if name.lower().encode() not in present
                    ),
                ]
            await send(message)

        await self._app(scope, limited if scope["type"] == "http" else receive, marked)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not let through, with its status; None where it is."""
        host = _header(scope, b"host") or ""
        if not self._is_ours(host):
            return 400, (
                f'This server is not called "{host}". If it should be, start it with --name {_name_of(host)}.'
            )
        if not _is_same_origin(scope, host):
            return 403, "This request came from a page of another site, which may not speak for you."
        length = _header(scope, b"content-length")
        if length and length.isdecimal() and int(length) > self._settings.max_upload_bytes:
            return 413, self._too_large()
        if self._who(scope) is None and not scope["path"].startswith(OPEN):
            return 401, "Sign in first, at /login; or give the password by HTTP Basic authentication."
        return None

    def _too_large(self) -> str:
        return f"At most {self._settings.max_upload_bytes / 1e6:.0f} MB at once. Add the sources in parts."

    def _is_ours(self, host: str) -> bool:
        """Whether a page that names this host is ours.

        Another site can let its own name lead to this machine ("DNS rebinding") and would then share our
        origin. A password or a proxy stops it by itself: no cookie of ours goes to that name.
        """
        settings = self._settings
        if settings.password or settings.proxy_header:
            return True
        return _name_of(host) in (*_LOCAL_NAMES, settings.host, *settings.names)

    def _who(self, scope: Scope) -> str | None:
        """Who asks; None is nobody we know."""
        settings = self._settings
        if settings.proxy_header:
            peer = (scope.get("client") or ("", 0))[0]
            named = _header(scope, settings.proxy_header.lower().encode())
            if named and peer in settings.proxies:
                return named.strip()
        if settings.password:
            cookie = _cookie(scope, COOKIE)
            return (self._sessions.who(cookie) if cookie else None) or self._basic(scope)
        return None if settings.proxy_header else settings.who

    def _basic(self, scope: Scope) -> str | None:
        """The user of HTTP Basic authentication, for programs; its name is theirs to choose."""
        kind, _, encoded = (_header(scope, b"authorization") or "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, _, password = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return None
        return (name.strip() or self._settings.who) if self._sessions.is_password(password) else None


def _limited(receive: Receive, most: int, why: str) -> Receive:
    """What a request sends, up to a limit: a length that it states may be wrong or absent."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413, why)
        return message

    return limited


def security_headers(nonce: str, settings: WebSettings) -> list[tuple[str, str]]:
    """What tells a browser to run our scripts only and to send nothing elsewhere.

    NiceGUI compiles its templates in the browser, hence 'unsafe-eval', and writes `style` elements; scripts
    within a page run only with this answer's nonce.
    """
    images = f"'self' data: blob: {TILE_HOST}" if settings.tiles else "'self' data: blob:"
    policy = (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        f"img-src {images}",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return [
        ("content-security-policy", "; ".join(policy)),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        # OpenStreetMap's tiles are served only to those who say where they are shown.
        ("referrer-policy", "strict-origin-when-cross-origin" if settings.tiles else "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ]


def _is_same_origin(scope: Scope, host: str) -> bool:
    """Whether no other site's page is behind a request. Browsers say it of all that could change something.

    A link from elsewhere may be followed, and a program that is no browser says neither.
    """
    is_socket = scope["type"] == "websocket"
    fetched_from = _header(scope, b"sec-fetch-site")
    if fetched_from not in (None, "same-origin", "none") and (
        is_socket or scope["method"] not in _SAFE or _header(scope, b"sec-fetch-mode") != "navigate"
    ):
        return False
    origin = _header(scope, b"origin")
    if origin is None or (not is_socket and scope["method"] in _SAFE):
        return True
    # Behind a proxy only the host can be compared: the proxy speaks https, we http.
    return urlsplit(origin).netloc.casefold() == host.casefold()


def _name_of(host: str) -> str:
    """A Host header without its port, in small letters."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return None


def _cookie(scope: Scope, name: str) -> str | None:
    try:
        found = SimpleCookie(_header(scope, b"cookie") or "").get(name)
    except CookieError:
        return None
    return found.value if found else None


async def _refuse(
    scope: Scope, receive: Receive, send: Send, status: int, why: str, headers: Iterable[tuple[str, str]]
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why[:120]})
        return
    sent = [(name.encode(), value.encode()) for name, value in headers]
    if status == 401 and "text/html" in (_header(scope, b"accept") or ""):
        wanted = scope["path"] + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
        location = f"/login?to={quote(wanted, safe='')}"
        await _answer(send, 303, b"", [*sent, (b"location", location.encode())])
        return
    await _answer(send, status, f"{why}\n".encode(), [*sent, (b"content-type", b"text/plain; charset=utf-8")])


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    await send({
        "type": "http.response.start",
        "status": status,
        "headers": [*headers, (b"content-length", str(len(body)).encode())],
    })  # fmt: skip
    await send({"type": "http.response.body", "body": body})
