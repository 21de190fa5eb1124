"""FollowTheMoney entities for Aleph and OpenSanctions' tools, one JSON object a line.

An actor is a Person, an Organization or a PublicBody; a report an Article; an event an Event that involves
its actors and recipients and is proved by its Article. Who is only described ("gunmen") is no entity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from sitrep.export.told import iso2, told_in
from sitrep.records import Actor, Report

Entity = dict[str, Any]


class FtmWriter:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def write(self, report: Report) -> None:
        for entity in entities(report):
            self._file.write(json.dumps(entity, ensure_ascii=False) + "\n")
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def entities(report: Report) -> Iterator[Entity]:
    """The entities of one report: its Article, its named actors, its events."""
    article = _id("article", report.id)
    yield _entity(
        article,
        "Article",
        title=report.title or report.source,
        author=report.authors,
        publisher=report.publisher,
        publishedAt=report.published,
        sourceUrl=report.url,
        language=report.language and {"en": "eng"}.get(report.language),
        bodyText=report.text,
    )
    named = {actor.id: _id("actor", report.id, actor.id) for actor in report.actors if _schema(actor)}
    for actor in report.actors:
        if actor.id in named:
            yield _entity(
                named[actor.id],
                _schema(actor) or "",
                name=actor.name,
                alias=actor.aliases,
                country=_country(actor.country),
                position=actor.description if actor.kind == "person" else None,
                description=actor.description if actor.kind != "person" else None,
                proof=article,
            )
    for told in told_in(report):
        event = told.event
        parties = [named[party.id] for party in (*told.actors, *told.recipients) if party.id in named]
        what = "/".join(part for part in (event.type, event.mode) if part)
        yield _entity(
            _id("event", report.id, event.id),
            "Event",
            name=f"{what} ({event.status.replace('_', ' ')})",
            startDate=event.earliest,
            endDate=event.latest,
            summary=told.evidence,
            description=f"According to {', '.join(told.speakers)}" if told.speakers else None,
            location=told.place.name if told.place else None,
            country=_country(told.place.country) if told.place else None,
            involved=parties,
            proof=article,
            sourceUrl=report.url,
            publisher=report.publisher,
        )


def _schema(actor: Actor) -> str | None:
    if not actor.name[:1].isupper() or actor.kind in {"people", "group"}:
        return None
    if actor.kind == "person":
        return "Person"
    if actor.kind == "state" or set(actor.sectors) & {"GOV", "MIL", "COP", "JUD", "LEG", "SPY"}:
        return "PublicBody"
    return "Organization"


def _country(iso3: str | None) -> str | None:
    code = iso2(iso3)
    return code.lower() if code else None


def _id(*parts: str) -> str:
    return "sitrep-" + hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()


def _entity(id: str, schema: str, **properties: object) -> Entity:
    listed = {
        name: [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]
        for name, value in properties.items()
        if value
    }
    return {"id": id, "schema": schema, "properties": listed}
