"""What sources have said: whole claims, or a line for each of some events."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sitrep.case.filters import Condition, Filter, on_tellings, where
from sitrep.case.rows import from_text, record, to_day
from sitrep.records import Claim, Party, Status


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with what its source said: the sentence, where it stands, and when."""

    claim: Claim
    publisher: str | None
    report: str
    sentence: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What an event is told by, in short: whose word it is, the sentence, and what it is read as."""

    key: str  # of the event
    source: str
    said: date | None
    publisher: str | None
    sentence: str
    type: str
    mode: str | None
    quad: str | None
    status: Status


def said(
    connection: sqlite3.Connection,
    asked: Filter,
    contradicted: bool = False,
    limit: int | None = None,
) -> Iterator[Said]:
    """What sources said of the events asked for, a source at a time; or only what is `contradicted`."""
    conditions = on_tellings(connection, asked)
    if contradicted:
        conditions.append(Condition("c.contradicts <> '[]'"))
    clause, values = where(conditions)
    rows = connection.execute(
        "SELECT c.party, c.incident, r.id || '/' || e.id, c.stance, c.said, c.contradicts, r.publisher, r.id,"
        " e.sentence, t.type, t.status FROM claim c"
        " JOIN telling t ON t.event = c.event JOIN event e ON e.number = t.event"
        f" JOIN report r ON r.number = t.report{clause}"
        " ORDER BY c.source COLLATE NOCASE, c.said, c.incident, c.position LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    for party, incident, telling, stance, when, contradicts, *told in rows:
        claim = Claim(
            source=record(Party, party),
            incident=incident,
            telling=telling,
            stance=stance,
            said=to_day(when),
            contradicts=tuple(from_text(contradicts)),
        )
        yield Said(claim, *told)


def lines(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[ClaimLine]:
    """The claims on the events of these keys, in their order; none for one that was rejected."""
    for key in keys:
        report, _, event = key.rpartition("/")
        rows = connection.execute(
            "SELECT c.source, c.said, r.publisher, e.sentence, t.type, t.mode, t.quad, t.status"
            " FROM report r JOIN event e ON e.report = r.number JOIN telling t ON t.event = e.number"
            " JOIN claim c ON c.event = e.number WHERE r.id = ? AND e.id = ?",
            (report, event),
        ).fetchall()
        for source, when, *told in rows:
            yield ClaimLine(key, source, to_day(when), *told)
