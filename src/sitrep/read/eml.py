"""A message as mail programs save it in; a document out. Attachments are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import Final

from sitrep.read.dates import parse_day
from sitrep.read.decode import NotText, clean, decode_as
from sitrep.read.html import read_html
from sitrep.read.page_facts import PageFacts
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_text
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

FORWARDED: Final = re.compile(r"^(?:\s*(?:re|fwd?)\s*:)+\s*", re.IGNORECASE)


def read_eml(content: bytes, source: str, id: str, settings: ReadSettings) -> Document | Skipped:
    """The story of a message: its text, or its HTML where the text gives none. The subject is the title and
    the day it was sent the day of publication, in the sender's own time zone."""
    try:
        message = message_from_bytes(content)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        # Python's own parser lets these through where headers are malformed or parts nested by the thousand.
        return Skipped(source, "is a broken message.", "Save it anew, or its text as .txt.")
    facts = PageFacts(
        title=FORWARDED.sub("", _header(message, "Subject")) or None,
        published=parse_day(_header(message, "Date")),
    )
    first: Document | Skipped | None = None
    for reader, kind in ((read_text, "text/plain"), (read_html, "text/html")):
        text = "\n\n".join(text for stated, text in parts if stated == kind)
        if text.strip():
            read = reader(text, source=source, id=id, facts=facts, settings=settings)
            if isinstance(read, Document):
                return read
            first = first or read
    return first or not_text(source, "a message without a text")


def _parts(message: Message) -> Iterator[tuple[str, str]]:
    """Kind and text of every part that is shown; attached files are none of them."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            charset = part.get_content_charset()
            text = decode_as(payload, charset)
            if not isinstance(text, NotText):
                yield kind, text


def _header(message: Message, name: str) -> str:
    """A header's text, with encoded words decoded; "" where there is none or it is broken."""
    try:
        pieces = [
            piece if isinstance(piece, str) else str(decode_as(piece, charset))
            for piece, charset in decode_header(message.get(name, ""))
        ]
    except (HeaderParseError, ValueError, LookupError):
        return ""
    return " ".join(clean("".join(pieces)).split())
