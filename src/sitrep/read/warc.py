"""A web archive in (WARC, as Common Crawl's news and most crawlers write it); a document a page out.

Pages are the responses, and the texts of a WET file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, cast

from sitrep.read.response import KINDS, read_response
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long
from sitrep.read.sources import Stream, UnreadableSource
from sitrep.records import Document, Skipped

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

SHOWN_KINDS: Final = 5


def read_warc(stream: Stream, source: str, settings: ReadSettings) -> Iterator[Document | Skipped]:
    """A document or a `Skipped` for each page, and one `Skipped` at the end that counts all other responses.

    Only one record is held at a time. Raises `UnreadableSource`.
    """
    # Imported here: whoever reads no archive need not wait for it.
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number, others = 0, Counter[str]()
    try:
        for record in ArchiveIterator(cast(BinaryIO, stream), parse_http=False):
            number += 1
            if record.record_type & wanted:
                page = _page(record, f"{source}, record {number}", settings)
                if isinstance(page, str):
                    others[page] += 1
                else:
                    yield page
    except OSError as error:  # what the archive's own bytes break; `UnreadableSource` passes
        raise UnreadableSource(f"after {number:,} records: {error}") from error
    if others:
        kinds = ", ".join(f"{kind}: {n:,}" for kind, n in others.most_common(SHOWN_KINDS))
        kinds += ", …" if len(others) > SHOWN_KINDS else ""
        yield Skipped(
            source,
            f"holds {others.total():,} responses that are no pages ({kinds}).",
            "Only pages of HTML and plain text that the server gave are read.",
        )
    elif not number:
        yield Skipped(source, "is empty.", "Give a WARC file with responses.")


def _page(record: WarcRecord, where: str, settings: ReadSettings) -> Document | Skipped | str:
    """What a record gives; of one that is no page only what it is."""
    block = record.reader.read(settings.max_bytes + 1)
    if len(block) > settings.max_bytes:
        return too_long(where, f"more than {settings.max_bytes:,} bytes")
    if len(block) < record.content_length:
        return Skipped(where, "is cut off: the archive ends in it.", "Download the archive again.")
    if not record.is_http:
        kind = _media_type(record.headers.get("Content-Type"))
        return (
            read_response(block, kind, None, _address(record), _fetched(record), where, settings)
            if kind in KINDS
            else kind
        )
    # The answer is taken apart on its own: a broken one would else end the whole archive.
    try:
        answer, content = _answer(record, block, settings)
        status, kind = answer.http_headers.status_code, _media_type(answer.http_content_type)
        if status is None or status >= 300:
            return f"HTTP {status}" if status else "no HTTP"
        if kind not in KINDS:
            return kind
    except OSError as error:
        return Skipped(where, f"is a broken response ({error}).", "Fetch it again.")
    if len(content) > settings.max_bytes:
        return too_long(where, f"more than {settings.max_bytes:,} bytes")
    charset, address = answer.http_charset, _address(record)
    return read_response(content, kind, charset, address, _fetched(record), where, settings)


def _answer(record: WarcRecord, block: bytes, settings: ReadSettings) -> tuple[WarcRecord, bytes]:
    """The headers of a response and its unpacked body. Raises `OSError`.

    Some crawlers store a body in one piece and leave the header that says it comes in chunks.
    """
    try:
        return _parsed(record, block, "all", settings)
    except OSError:
        return _parsed(record, block, "content", settings)


def _parsed(
    record: WarcRecord, block: bytes, decoded: Literal["all", "content"], settings: ReadSettings
) -> tuple[WarcRecord, bytes]:
    answer = type(record)()
    answer.set_bytes_content(block)
    answer.is_http = True
    answer.parse_http(auto_decode=decoded)
    return answer, answer.reader.read(settings.max_bytes + 1)


def _media_type(stated: str | None) -> str:
    return (stated or "").split(";")[0].strip().lower() or "no stated kind"


def _address(record: WarcRecord) -> str | None:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None


def _fetched(record: WarcRecord) -> date | None:
    try:
        return date.fromisoformat((record.headers.get("WARC-Date") or "")[:10])
    except ValueError:
        return None
