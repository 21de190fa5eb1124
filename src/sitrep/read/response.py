"""What a server gave for an address in, from an archive or fresh; its document out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sitrep.read.decode import NotText, decode_as
from sitrep.read.html import read_html
from sitrep.read.page_facts import PageFacts
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_text
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

PAGES: Final = ("text/html", "application/xhtml+xml")
KINDS: Final = (*PAGES, "text/plain")


def read_response(
    content: bytes,
    kind: str,
    charset: str | None,
    url: str | None,
    fetched: date | None,
    where: str,
    settings: ReadSettings,
) -> Document | Skipped:
    """The document of an unpacked body, of a media type among `KINDS`, that came from `url` on a day.

    The address is the document's, whatever the page says. The day of fetching is none of publication; but
    no page was published after it was fetched.
    """
    if not content.strip():
        return Skipped(where, "is an empty response.", "Fetch it again.")
    text = decode_as(content, charset)
    if isinstance(text, NotText):
        return not_text(where, text.kind)
    reader = read_html if kind in PAGES else read_text
    document = reader(
        text,
        source=where,
        id="sha256:" + hashlib.sha256(content).hexdigest(),
        facts=PageFacts(url=url),
        settings=settings,
    )
    if isinstance(document, Skipped) or not (document.published and fetched) or settings.published:
        return document
    # The newsroom's day may be the next one where the crawler's clock is in UTC.
    is_later = document.published > fetched + timedelta(days=1)
    return replace(document, published=None) if is_later else document
