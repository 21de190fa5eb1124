"""What is to be reviewed: events that nobody has judged, the least certain first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sitrep.case.rows import from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One event as a person judges it: what the coder made of it, and the words it was read from.

    `spans` and `trigger` are offsets into the text of its report.
    """

    key: str
    report: str
    title: str | None
    publisher: str | None
    published: str | None
    type: str
    mode: str | None
    quad: str | None
    status: str
    who: str | None
    whom: str | None
    place: str | None
    earliest: str | None
    latest: str | None
    according_to: str | None
    confidence: float
    decision: str | None
    incident: str | None
    spans: tuple[tuple[int, int], ...]
    trigger: tuple[tuple[int, int], ...]


_QUERY = """
SELECT v.event, v.report, v.title, v.publisher, v.published, v.type, v.mode, v.quad, v.status,
       v.who, v.whom, v.place, v.earliest, v.latest, v.according_to, v.confidence, v.decision, v.incident,
       e.evidence, e."trigger"
FROM telling t JOIN event_table v ON v.number = t.event JOIN event e ON e.number = t.event
"""
_COLUMNS = (
    "key", "report", "title", "publisher", "published", "type", "mode", "quad", "status",
    "who", "whom", "place", "earliest", "latest", "according_to", "confidence", "decision", "incident",
    "spans", "trigger",
)  # fmt: skip


def waiting(connection: sqlite3.Connection, limit: int, offset: int = 0) -> list[Waiting]:
    """Events nobody has judged. Ties are in an order that does not depend on that of adding."""
    # The keys come first: the columns of `event_table` cost a query each.
    numbers = [
        row[0]
        for row in connection.execute(
            "SELECT t.event FROM telling t JOIN report r ON r.number = t.report WHERE t.decision IS NULL"
            " ORDER BY t.confidence, r.id, t.event LIMIT ? OFFSET ?",
            (limit, offset),
        )
    ]
    found = {number: one for number in numbers if (one := _one(connection, number)) is not None}
    return [found[number] for number in numbers if number in found]


def event(connection: sqlite3.Connection, key: str) -> Waiting | None:
    """One event by its key, judged or not."""
    report, _, id = key.rpartition("/")
    row = connection.execute(
        "SELECT e.number FROM event e JOIN report r ON r.number = e.report WHERE r.id = ? AND e.id = ?",
        (report, id),
    ).fetchone()
    return _one(connection, row[0]) if row else None


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many events are judged, and how many there are."""
    judged, total = connection.execute("SELECT count(decision), count(*) FROM telling").fetchone()
    return int(judged), int(total)


def _one(connection: sqlite3.Connection, number: int) -> Waiting | None:
    row = connection.execute(f"{_QUERY} WHERE t.event = ?", (number,)).fetchone()
    if row is None:
        return None
    named = dict(zip(_COLUMNS, row, strict=True))
    for name in ("spans", "trigger"):
        named[name] = tuple((start, end) for start, end in from_text(named[name]))
    return Waiting(**named)
