"""The answer for an entry's page in; its document, and what tells it from other pages' documents, out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from sitrep.read.decode import NotText, clean, decode_as
from sitrep.read.html import parse
from sitrep.read.page_facts import page_facts
from sitrep.read.pdf import read_pdf
from sitrep.read.reader import kind_of
from sitrep.read.response import KINDS, PAGES, read_response
from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Skipped
from sitrep.watch.addresses import absolute, key_of, site_of
from sitrep.watch.fetch import Answer
from sitrep.watch.state import Waiting

PDF: Final = "application/pdf"
MEDIA_TYPES: Final = {"html": "text/html", "text": "text/plain", "pdf": PDF}


def read_page(answer: Answer, entry: Waiting, settings: ReadSettings) -> Document | Skipped:
    """The document of a page; what the page does not say of itself is taken from the entry."""
    where = source_of(answer.url, answer.fetched)
    if entry.url and _leads_home(entry.url, answer.url):
        return Skipped(where, f"is the site's front page: {entry.url} leads there.", "It may be gone.")
    kind = answer.media_type or MEDIA_TYPES.get(kind_of("", answer.content[:10_000]), "")
    if kind == PDF:
        id = "sha256:" + hashlib.sha256(answer.content).hexdigest()
        read = read_pdf(answer.content, where, id, settings)
        document = replace(read, url=answer.url) if isinstance(read, Document) else read
    elif kind in KINDS:
        fetched = answer.fetched.date()
        document = read_response(answer.content, kind, answer.charset, answer.url, fetched, where, settings)
    else:
        found = f'is "{kind}", not a page.' if kind else "is no page."
        return Skipped(where, found, "Only pages of HTML, plain text and PDF are read.")
    return document if isinstance(document, Skipped) else completed(document, entry, answer.fetched.date())


def completed(document: Document, entry: Waiting, fetched: date) -> Document:
    """A document with what its page left out and the entry has."""
    is_sound = entry.published is None or entry.published <= fetched + timedelta(days=1)
    return replace(
        document,
        title=document.title or entry.title,
        publisher=document.publisher or entry.publisher,
        published=document.published or (entry.published if is_sound else None),
    )


def source_of(url: str, fetched: datetime) -> str:
    """How records call a page: where it was fetched, and when."""
    return f"{url}, fetched {fetched:%Y-%m-%dT%H:%M:%SZ}"


def marks_of(document: Document, answer: Answer | None) -> tuple[str, ...]:
    """What a second copy of the page has as well: an address, the bytes, or the text on the same site.

    The same text on another site is another report: who repeats whom is for the case to find.
    """
    marks = [f"bytes:{document.id}"]
    url = answer.url if answer else document.url
    if url:
        text = hashlib.sha256(" ".join(document.text.split()).encode("utf-8", "replace")).hexdigest()
        marks += [f"url:{key_of(url)}", f"text:{site_of(url)}:{text}"]
        if document.title:
            # Some sites give all their pages one canonical address, and some columns one title every day.
            title = f"{document.published}:{' '.join(document.title.casefold().split())}"
            addresses = {url, _canonical(answer) or url} if answer else {url}
            marks += [f"story:{key_of(one)}:{title}" for one in sorted(addresses) if _is_below(one)]
    return tuple(dict.fromkeys(marks))


def _canonical(answer: Answer) -> str | None:
    """The address that a page says is its own, if that is on the same site."""
    text = decode_as(answer.content, answer.charset) if answer.media_type in PAGES else None
    tree = None if text is None or isinstance(text, NotText) else parse(clean(text))
    stated = absolute(page_facts(tree).url, answer.url) if tree is not None else None
    return stated if stated and site_of(stated) == site_of(answer.url) else None


def _leads_home(asked: str, given: str) -> bool:
    """Whether a page's address led to the front page, as those of removed stories do."""
    return _is_below(asked) and not _is_below(given)


def _is_below(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)
