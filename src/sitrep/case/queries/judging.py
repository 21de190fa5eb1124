"""What is to be judged: events that nobody has decided on, the least certain first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sitrep.case.rows import spans
from sitrep.records import Spans, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One event as a person judges it: what the coder made of it, and the words it was read from.

    Parties and days are written as in `event_table`; `spans` and `trigger` are of the text of its report.
    """

    key: str
    report: str
    title: str | None
    publisher: str | None
    published: str | None
    type: str
    mode: str | None
    quad: str | None
    status: Status
    who: str | None
    whom: str | None
    place: str | None
    earliest: str | None
    latest: str | None
    according_to: str | None
    confidence: float
    decision: str | None
    incident: str | None
    spans: Spans
    trigger: Spans


_ONE: Final = """
SELECT v.event, v.report, v.title, v.publisher, v.published, v.type, v.mode, v.quad, v.status,
       v.who, v.whom, v.place, v.earliest, v.latest, v.according_to, v.confidence, v.decision, v.incident,
       e.evidence, e."trigger"
FROM telling t JOIN event_table v ON v.number = t.event JOIN event e ON e.number = t.event
WHERE t.event = ?
"""
_COLUMNS: Final = (
    "key", "report", "title", "publisher", "published", "type", "mode", "quad", "status",
    "who", "whom", "place", "earliest", "latest", "according_to", "confidence", "decision", "incident",
)  # fmt: skip


def waiting(connection: sqlite3.Connection, limit: int | None, offset: int = 0) -> Iterator[Waiting]:
    """Events nobody has judged. Ties are in an order that does not depend on that of adding."""
    # The numbers come first: the columns of `event_table` cost a query each.
    numbers = connection.execute(
        "SELECT t.event FROM telling t JOIN report r ON r.number = t.report WHERE t.decision IS NULL"
        " ORDER BY t.confidence, r.id, t.event LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    ).fetchall()
    for number in numbers:
        *row, evidence, trigger = connection.execute(_ONE, number).fetchone()
        named = dict(zip(_COLUMNS, row, strict=True))
        yield Waiting(**named, spans=spans(evidence), trigger=spans(trigger))


def progress(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many events are judged, and how many there are."""
    judged, total = connection.execute("SELECT count(decision), count(*) FROM telling").fetchone()
    return int(judged), int(total)
