"""Fetched pages kept as a web archive (WARC 1.1, gzipped), so that every line can be shown to be theirs."""

from __future__ import annotations

import gzip
import hashlib
import io
import uuid
from pathlib import Path
from typing import Final, Literal

from sitrep.watch.appending import AppendedFile
from sitrep.watch.fetch import Answer
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import State

# The body is kept as it came, but for this, which the HTTP client has undone.
UNDONE: Final = b"transfer-encoding"


class Archive:
    """A file of gzipped WARC records: one a page, and at its start one that says who wrote it."""

    def __init__(self, path: Path, state: State, settings: WatchSettings) -> None:
        self._file, self._settings = AppendedFile(path, state), settings

    def keep(self, answer: Answer) -> None:
        """Append what a server gave. Raises `OSError`."""
        path = self._file.path
        is_new = not (path.exists() and path.stat().st_size)
        self._file.append((self._about(answer) if is_new else b"") + _response(answer))

    def _about(self, answer: Answer) -> bytes:
        said = f"software: {self._settings.user_agent}\r\nformat: WARC File Format 1.1\r\nrobots: obeyed\r\n"
        return _record(answer, "warcinfo", "application/warc-fields", b"", said.encode())


def _response(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".encode("latin-1", "replace")]
    lines += [name + b": " + value for name, value in answer.header_lines if name.lower() != UNDONE]
    head = b"\r\n".join([*lines, b"", b""])
    return _record(answer, "response", "application/http; msgtype=response", head, answer.body, answer.url)


def _record(
    answer: Answer,
    kind: Literal["response", "warcinfo"],
    media_type: str,
    head: bytes,
    payload: bytes,
    url: str | None = None,
) -> bytes:
    """A record in a gzip member of its own, as the standard advises, so that each can be read alone."""
    # Imported here: whoever keeps no archive need not wait for it.
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(getattr(WarcRecordType, kind), f"uuid:{uuid.uuid4()}".encode())
    record.headers["WARC-Date"] = f"{answer.fetched:%Y-%m-%dT%H:%M:%SZ}"
    record.headers["Content-Type"] = media_type
    if url is not None:
        record.headers["WARC-Target-URI"] = url
    record.set_bytes_content(head + payload)
    written = io.BytesIO()
    record.write(written, checksum_data=True, payload_digest=hashlib.sha1(payload).digest())
    return gzip.compress(written.getvalue(), mtime=0)
