"""One record of somebody's news data in, by the names of its fields; a document out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from sitrep.read.dates import stated_day
from sitrep.read.html import read_html
from sitrep.read.page_facts import PageFacts, split_names, text_of
from sitrep.read.settings import JsonlFields, ReadSettings
from sitrep.read.skips import no_date
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

# Names that news data goes by, ours first: news-please (maintext, date_publish, source_domain), sets made
# from Common Crawl's news (plain_text, published_date, responded_url; domain, date), GDELT's article list
# (outletName), trafilatura (sitename, hostname), Newspaper (publish_date), Fundus (plaintext,
# publishing_date), Media Cloud (media_name), schema.org (articleBody, datePublished). Days of download, of
# crawling and of changes are none of publication.
KNOWN: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "maintext", "plain_text", "plaintext", "text_content", "article_text", "full_text",
             "fulltext", "articleBody", "content", "body", "html"),
    "title": ("title", "headline", "article_title", "title_page", "title_rss"),
    "url": ("url", "responded_url", "requested_url", "source_url", "link"),
    "published": ("published", "date_publish", "date_published", "published_date", "publish_date",
                  "publishing_date", "publication_date", "published_at", "publishedAt", "datePublished",
                  "pubDate", "pub_date", "date"),
    "authors": ("authors", "author", "byline", "creator"),
    "publisher": ("publisher", "sitename", "site_name", "outletName", "outlet", "media_name", "source_name",
                  "source_domain", "domain", "hostname"),
    "section": ("section",),
}  # fmt: skip
HTML: Final = re.compile(
    r"<(?:!doctype html|html|body|article|div|section|p|br|h[1-6]|span|a|ul|ol|table)\b[^>]*>", re.IGNORECASE
)
ABSENT: Final = frozenset(("", "nan", "nat", "none", "null", "n/a"))  # how tables write that there is nothing
LISTED: Final = re.compile(r"""'([^']+)'|"([^"]+)\"""")
SHOWN_FIELDS: Final = 8


def names_of(field: str, settings: ReadSettings) -> tuple[str, ...]:
    """What a field of ours may be called: what the user says, else all known names, in order."""
    name: str = getattr(settings.fields, field)
    return (name,) if name != getattr(JsonlFields(), field) else KNOWN[field]


def document_of(
    record: Mapping[str, Any], where: str, settings: ReadSettings, id: str | None = None
) -> Document | Skipped:
    """The document that a record holds. Without an `id` it is the digest of what is taken from the record."""
    found = {field: list(_values(record, names_of(field, settings))) for field in KNOWN}
    text = _text(found["text"])
    if text is None:
        return _without_text(record, where, settings)
    stated = [(name, str(value)) for name, value in found["published"]]
    day = next((day for _, value in stated if (day := stated_day(value))), None)
    if stated and day is None and settings.published is None:
        return no_date(where, *stated[0])
    publisher = _shown(found["publisher"])
    facts = PageFacts(
        title=_shown(found["title"]),
        authors=next((names for _, value in found["authors"] if (names := tuple(_authors(value)))), ()),
        publisher=publisher.removeprefix("www.") if publisher else None,
        section=_shown(found["section"]),
        published=day,
        url=_shown(found["url"]),
    )
    reader = read_html if HTML.search(text) else read_text
    return reader(text, source=where, id=id or _digest(text, facts), facts=facts, settings=settings)


def _values(record: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The fields of these names that hold something."""
    for name in names:
        value = record.get(name)
        if value is not None and not (isinstance(value, str) and value.strip().lower() in ABSENT):
            yield name, value


def _text(found: list[tuple[str, Any]]) -> str | None:
    return next((value for _, value in found if isinstance(value, str)), None)


def _shown(found: list[tuple[str, Any]]) -> str | None:
    return next((shown for _, value in found if (shown := text_of(value))), None)


def _without_text(record: Mapping[str, Any], where: str, settings: ReadSettings) -> Skipped:
    ours = settings.fields.text
    for name in names_of("text", settings):
        value = record.get(name)
        if isinstance(value, str):
            return Skipped(where, f'"{name}" is empty.', "Leave out records without a text.")
        if value is not None:
            found = f'"{name}" is a JSON {json_kind(value)}, not a string.'
            return Skipped(where, found, "Say which field holds the text: --field text=NAME.")
    shown = ", ".join(sorted(map(str, record))[:SHOWN_FIELDS]) or "nothing"
    found = f'has no field "{ours}" (it has {shown[:120]}).'
    return Skipped(where, found, "Say which field holds the text: --field text=NAME.")


def _authors(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):  # a list, as tables hold it
        value = [one or other for one, other in LISTED.findall(value)]
    for item in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(item, str):
            yield from split_names(item)
        elif isinstance(item, dict) and (name := text_of(item.get("name"))):
            yield name


def _digest(text: str, facts: PageFacts) -> str:
    taken = {field.name: getattr(facts, field.name) for field in fields(facts)} | {"text": text}
    plain = json.dumps(taken, sort_keys=True, default=_plain).encode("utf-8")
    return "sha256:" + hashlib.sha256(plain).hexdigest()


def _plain(value: date) -> str:
    return value.isoformat()


def json_kind(value: Any) -> str:
    """What JSON calls a value's type."""
    names = {list: "array", dict: "object", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
