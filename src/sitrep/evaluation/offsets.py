"""Gold on a text that is not ours to hand on: its offsets, and the digest and address of the text.

`without_text` leaves out the story's text and all words cut from it; `with_text` puts them back, to the
letter, for whoever has the text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sitrep.evaluation.gold import (
    GoldDocument,
    GoldError,
    GoldEvent,
    GoldParty,
    GoldPlace,
    gold_of,
    json_rows,
)
from sitrep.records import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class TextlessGold:
    """A gold document without its text: parties and places have offsets and no words.

    `sha256` is the digest of the text in UTF-8, `length` its length in code points. The text is found at
    `url`, or as `source` says ("Reuters-21578, reut2-003.sgm, 3114"); one of them is given.
    """

    id: str
    title: str | None
    published: str | None
    url: str | None
    source: str | None
    sha256: str
    length: int
    events: tuple[GoldEvent, ...]


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def without_text(
    document: GoldDocument, *, url: str | None = None, source: str | None = None
) -> TextlessGold:
    """The document without its text. Raises `GoldError` where nothing says how the text is found again."""
    if not url and not source:
        raise GoldError(f"{document.id}: nothing says where its text is found. Give a url or a source.")
    return TextlessGold(
        id=document.id,
        title=document.title,
        published=document.published,
        url=url,
        source=source,
        sha256=digest_of(document.text),
        length=len(document.text),
        events=_reworded(document.events, lambda party: None, lambda place: None),
    )


def with_text(gold: TextlessGold, texts: Mapping[str, str]) -> GoldDocument:
    """The document with its text, out of texts by id. Raises `GoldError` where it is missing or another."""
    found_at = " or ".join(filter(None, (gold.url, gold.source)))
    if gold.id not in texts:
        raise GoldError(f"{gold.id}: its text is not given. It is found at {found_at}.")
    text = texts[gold.id]
    if digest_of(text) != gold.sha256:
        length = f"{len(text):,} characters" + (f" for {gold.length:,}" if len(text) != gold.length else "")
        raise GoldError(
            f"{gold.id}: the text given ({length}) is not the one that was annotated: its SHA-256 is "
            f"{digest_of(text)}, not {gold.sha256}. "
            f"Take the text from {found_at} as it is, with its white space."
        )

    def name(party: GoldParty) -> str:
        start, end = party.name
        return text[start:end]

    def place_name(place: GoldPlace) -> str:
        start, end = place.span
        return " ".join(text[start:end].split())  # an annotator writes one blank for a line end

    return GoldDocument(
        id=gold.id,
        title=gold.title,
        published=gold.published,
        text=text,
        events=_reworded(gold.events, name, place_name),
    )


def _reworded(
    events: Iterable[GoldEvent],
    name: Callable[[GoldParty], str | None],
    place_name: Callable[[GoldPlace], str | None],
) -> tuple[GoldEvent, ...]:
    def named(parties: tuple[GoldParty, ...]) -> tuple[GoldParty, ...]:
        return tuple(replace(party, text=name(party)) for party in parties)

    return tuple(
        replace(
            event,
            actors=named(event.actors),
            recipients=named(event.recipients),
            according_to=named(event.according_to),
            place=event.place and replace(event.place, text=place_name(event.place)),
        )
        for event in events
    )


def textless_line(gold: TextlessGold) -> str:
    """One line of a file of gold without texts, with its end; no party or place has a field `text`."""
    row = to_json(gold)
    for event in row["events"]:
        for holder in (*event["actors"], *event["recipients"], *event["according_to"], event["place"] or {}):
            holder.pop("text", None)
    return json.dumps(row, ensure_ascii=False) + "\n"


def is_textless(row: Mapping[str, Any]) -> bool:
    return "sha256" in row and "text" not in row


def textless_of(where: str, row: Mapping[str, Any]) -> TextlessGold:
    """The gold that a line of such a file holds. Raises `GoldError`, naming `where`, for what is none."""

    def blank(parties: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**party, "text": None} for party in parties]

    try:
        events = [
            {
                **event,
                "actors": blank(event["actors"]),
                "recipients": blank(event["recipients"]),
                "according_to": blank(event["according_to"]),
                "place": event["place"] and {**event["place"], "text": None},
            }
            for event in row["events"]
        ]
    except (KeyError, TypeError) as error:
        raise GoldError(
            f"{where}: is no gold without its text ({error}). Write it with textless_line."
        ) from None
    return gold_of(TextlessGold, where, {**row, "events": events})


def read_textless(path: Path) -> list[TextlessGold]:
    """The documents of a file of gold without texts. Raises `GoldError` for a line that is none."""
    return [textless_of(where, row) for where, row in json_rows(path)]
