"""An exchange with a server that takes too long is hung up on, whatever of it the server draws out.

The HTTP client's timeouts begin anew with every byte: a byte every twenty seconds would hold us for ever.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpx

CONNECTED: Final = ("connection.connect_tcp.complete", "connection.start_tls.complete")

Trace = Callable[[str, dict[str, Any]], None]


class TookTooLong(Exception):
    """An exchange that was hung up on."""


class Lines:
    """The connections in use: one a host, as only one thread at a time has a host's turn."""

    def __init__(self) -> None:
        self._lines: dict[str, Any] = {}

    @contextmanager
    def limited(self, host: str, seconds: float) -> Iterator[Trace]:
        """Hang up on `host` if the block takes longer. Raises `TookTooLong` then.

        What is yielded is for the request's extension "trace": by it the client tells its connection.
        """
        has_rung = threading.Event()

        def trace(event: str, told: dict[str, Any]) -> None:
            if event in CONNECTED:
                self._lines[host] = told["return_value"]

        def hang_up() -> None:
            has_rung.set()
            line = self._lines.get(host)
            with contextlib.suppress(OSError):  # it may be closed already
                if line is not None and (connection := line.get_extra_info("socket")) is not None:
                    connection.shutdown(socket.SHUT_RDWR)

        alarm = threading.Timer(seconds, hang_up)
        alarm.daemon = True
        alarm.start()
        try:
            yield trace
        except httpx.HTTPError as error:
            if has_rung.is_set():
                raise TookTooLong from error
            raise
        finally:
            alarm.cancel()
