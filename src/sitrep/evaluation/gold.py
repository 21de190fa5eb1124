"""Gold: what a person recorded of a story, with offsets into its text; `.gold.jsonl` files in and out.

One document a line, as the annotation guide's compiler writes it. Spans are code-point offsets into the
document's own `text`, end exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args

from sitrep.records import Document, Span, Spans, Status, from_json, to_json

Flag = Literal["main", "crime", "sum", "inner", "doubtful"]
FLAGS: Final[tuple[str, ...]] = get_args(Flag)
# An event with one of these is neither asked of a coder nor held against it.
NEUTRAL: Final = frozenset(("crime", "sum", "inner", "doubtful"))

TollRange = tuple[int, int | None]  # lowest and highest; "at least 5" has no highest


class GoldError(ValueError):
    """Gold that cannot be used. The message says where, what was found and what to do, a line a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldParty:
    """An actor, a recipient, or somebody whose word an event is.

    `local` are the words in the sentence of the event; None where only another sentence names the party.
    `name` are the words of the fullest name in the story. `optional`: a careful coder might leave it out.
    `text` is None only in gold that is kept without its story (`evaluation.offsets`).
    """

    local: Span | None
    name: Span
    text: str | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """The most exact place of an event that the story gives, and coarser ones that are true as well."""

    span: Span
    text: str | None
    coarser: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One telling of an event: the words that tell it, and the sentence they stand in."""

    trigger: Spans
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One event as a person recorded it. The first mention is the fullest; `according_to` outermost first."""

    id: str
    type: str
    mode: str | None
    status: Status
    mentions: tuple[Mention, ...]
    actors: tuple[GoldParty, ...]
    recipients: tuple[GoldParty, ...]
    place: GoldPlace | None
    earliest: date | None
    latest: date | None
    according_to: tuple[GoldParty, ...]
    killed: TollRange | None
    injured: TollRange | None
    crowd: TollRange | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One story with all its events. `published` is kept as the story's file states it."""

    id: str
    title: str | None
    published: str | None
    text: str
    events: tuple[GoldEvent, ...]


def gold_line(document: GoldDocument) -> str:
    """One line of a `.gold.jsonl` file, with its end."""
    return json.dumps(to_json(document), ensure_ascii=False) + "\n"


def write_gold(path: Path, documents: Iterable[GoldDocument]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(gold_line(document) for document in documents)


def read_gold(path: Path) -> list[GoldDocument]:
    """The documents of a compiled file. Raises `GoldError`, naming the line, for what is none."""
    return [gold_of(GoldDocument, where, row) for where, row in json_rows(path)]


def document_of(gold: GoldDocument) -> Document:
    """The story of a gold document, as the coder takes one."""
    published = date.fromisoformat(gold.published) if gold.published else None
    return Document(gold.id, gold.id, gold.text, title=gold.title, published=published)


def json_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with where it stands: "a.jsonl, line 3"."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise GoldError(f"{where}: is not JSON ({error}). Write one JSON object a line.") from None
            if not isinstance(row, dict):
                raise GoldError(f"{where}: is JSON, but not an object. Write one JSON object a line.")
            yield where, row


T = TypeVar("T")


def gold_of(kind: type[T], where: str, row: Mapping[str, Any]) -> T:
    """The gold record that a JSON object holds. Raises `GoldError` where a field is missing or unknown."""
    try:
        return from_json(kind, row)
    except (ValueError, TypeError, AttributeError) as error:
        raise GoldError(
            f"{where}: is no compiled annotation ({error}). Compile one with: "
            "sitrep annotate STORIES.jsonl --compile ANNOTATION.txt"
        ) from None
