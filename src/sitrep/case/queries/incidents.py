"""Incidents: whole, with everybody's account of them, or a line each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sitrep.case.filters import Filter, on_tellings, where
from sitrep.case.rows import from_text, record
from sitrep.records import Account, Incident, Party, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One incident in short, without its accounts. Days are ISO 8601 text, `place` is the key of a place.

    `by` are those whose word it is, each once; `told` is when it was first told; tolls are from lowest to
    highest, None where nobody gives one or the highest is open.
    """

    id: str
    type: str
    mode: str | None
    status: Status
    earliest: str | None
    latest: str | None
    told: str | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    by: tuple[str, ...]
    publishers: tuple[str, ...]
    sources: int  # that do not copy each other
    credibility: int
    confidence: float
    differs: bool  # in any field
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    events: int
    judged: bool  # whether a person judged any of its events


def incidents(
    connection: sqlite3.Connection,
    asked: Filter,
    least_sources: int = 1,
    limit: int | None = None,
) -> Iterator[Incident]:
    """Incidents of which any telling is asked for, in the order of days."""
    conditions = on_tellings(connection, asked)
    clause, values = where(conditions)
    told = (
        " AND i.id IN (SELECT t.incident FROM telling t JOIN report r ON r.number = t.report"
        f"{clause} AND t.incident NOT NULL)"
        if conditions
        else ""
    )
    rows = connection.execute(
        f"SELECT i.record FROM incident i WHERE i.sources >= ?{told}"
        " ORDER BY coalesce(i.earliest, i.latest), i.id LIMIT ?",
        (least_sources, *values, -1 if limit is None else limit),
    )
    for (text,) in rows.fetchall():
        yield _incident(connection, text)


def incident(connection: sqlite3.Connection, id: str) -> Incident | None:
    row = connection.execute("SELECT record FROM incident WHERE id = ?", (id,)).fetchone()
    return _incident(connection, row[0]) if row else None


def _incident(connection: sqlite3.Connection, text: str) -> Incident:
    bare = record(Incident, text)
    rows = connection.execute(
        "SELECT origin, stance, publishers, by, tellings FROM account WHERE incident = ? ORDER BY position",
        (bare.id,),
    )
    accounts = tuple(
        Account(
            origin=origin,
            stance=stance,
            publishers=tuple(from_text(publishers)),
            by=record(tuple[Party, ...], by),
            tellings=tuple(from_text(tellings)),
        )
        for origin, stance, publishers, by, tellings in rows
    )
    return replace(bare, accounts=accounts)


def ids(connection: sqlite3.Connection, asked: Filter) -> set[str]:
    """Ids of the incidents of which any telling is asked for."""
    clause, values = where(on_tellings(connection, asked))
    rows = connection.execute(
        f"SELECT DISTINCT t.incident FROM telling t JOIN report r ON r.number = t.report{clause}", values
    )
    return {id for (id,) in rows if id}


def lines(connection: sqlite3.Connection) -> Iterator[IncidentLine]:
    """Every incident, in no order of days."""
    told = _told(connection)
    by = _by_whose_word(connection)
    rows = connection.execute(
        "SELECT id, type, mode, status, earliest, latest, place, actors, recipients, publishers, sources,"
        " credibility, confidence, differs, killed_low, killed_high, injured_low, injured_high"
        " FROM incident ORDER BY id"
    )
    for (
        id, type, mode, status, earliest, latest, place, actors, recipients, publishers, sources, credibility,
        confidence, differs, killed_low, killed_high, injured_low, injured_high,
    ) in rows:  # fmt: skip
        first, events, judged = told.get(id, (None, 0, False))
        yield IncidentLine(
            id=id,
            type=type,
            mode=mode,
            status=status,
            earliest=earliest,
            latest=latest,
            told=first,
            place=place,
            actors=tuple(from_text(actors)),
            recipients=tuple(from_text(recipients)),
            by=tuple(by.get(id, ())),
            publishers=tuple(from_text(publishers)),
            sources=sources,
            credibility=credibility,
            confidence=confidence,
            differs=differs != "[]",
            killed=None if killed_low is None else (killed_low, killed_high),
            injured=None if injured_low is None else (injured_low, injured_high),
            events=events,
            judged=judged,
        )


def _told(connection: sqlite3.Connection) -> dict[str, tuple[str | None, int, bool]]:
    """Of each incident: when it was first told, by how many events, and whether a person judged any."""
    return {
        incident: (first, events, bool(judged))
        for incident, first, events, judged in connection.execute(
            "SELECT t.incident, min(r.published), count(*), max(t.decision NOT NULL) FROM telling t"
            " JOIN report r ON r.number = t.report WHERE t.incident NOT NULL GROUP BY t.incident"
        )
    }


def _by_whose_word(connection: sqlite3.Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for incident, name in connection.execute(
        "SELECT DISTINCT t.incident, p.name FROM telling t JOIN telling_party p ON p.event = t.event"
        " WHERE p.role = 'source' AND t.incident NOT NULL ORDER BY t.incident, p.position, p.name"
    ):
        found[incident].append(name)
    return found
