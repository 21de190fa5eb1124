"""What a user can set about reading: each with a default and a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class JsonlFields:
    """Which field of a JSON line, or column of a table, holds what. Only the text must be there; it may
    hold HTML. Where a name is left as it is here, the names that others use (`read.fields`) serve as well."""

    text: str = "text"
    title: str = "title"
    url: str = "url"
    published: str = "published"
    authors: str = "authors"
    publisher: str = "publisher"
    section: str = "section"
    id: str = "id"  # named in messages and as the document's source, so that a line can be found again


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How sources become documents."""

    published: date | None = None
    """The day of publication, where the user knows it; it goes before what the sources say."""

    fields: JsonlFields = field(default_factory=JsonlFields)
    """The names of the fields of JSON lines and of the columns of tables."""

    language: str | None = "en"
    """The only language to accept (ISO 639-1); None accepts every one. Sitrep codes English."""

    max_chars: int = 200_000
    """The longest text of one document. A short book has 200,000 characters; no report has."""

    max_bytes: int = 16_000_000
    """The longest source of one document, as stored: one file, one line of a JSONL file, one
    record of an archive."""
