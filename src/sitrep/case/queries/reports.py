"""Reports in lists, and what the case makes of one's records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sitrep.case.filters import Condition, where
from sitrep.case.rows import to_day


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list, without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    source: str
    events: int
    judged: int  # of its events
    copies: str | None  # id of the report that it copies
    copied_title: str | None


@dataclass(frozen=True, slots=True)
class InCase:
    """What the case makes of a report's records, by their ids: incidents and decisions of events, ids of
    actors of the case."""

    incidents: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)


def lines(
    connection: sqlite3.Connection, publisher: str | None, limit: int | None, offset: int = 0
) -> Iterator[ReportLine]:
    """Reports, the last published first; of one publisher only, if it is given."""
    clause, values = where(_by(publisher))
    rows = connection.execute(
        "SELECT r.id, r.title, r.publisher, r.published, r.url, r.source,"
        " (SELECT count(*) FROM telling t WHERE t.report = r.number),"
        " (SELECT count(decision) FROM telling t WHERE t.report = r.number), o.id, o.title"
        " FROM report r LEFT JOIN copy_group g ON g.report = r.number AND g.origin <> r.number"
        f" LEFT JOIN report o ON o.number = g.origin{clause}"
        " ORDER BY r.published DESC, r.id LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    for id, title, its_publisher, published, *rest in rows:
        yield ReportLine(id, title, its_publisher, to_day(published), *rest)


def days(connection: sqlite3.Connection) -> tuple[date | None, date | None]:
    """When the first and the last report were published; None where none says when."""
    first, last = connection.execute("SELECT min(published), max(published) FROM report").fetchone()
    return to_day(first), to_day(last)


def count(connection: sqlite3.Connection, publisher: str | None) -> int:
    """How many `lines` there are in all."""
    clause, values = where(_by(publisher))
    [total] = connection.execute(f"SELECT count(*) FROM report r{clause}", values).fetchone()
    return int(total)


def publishers(connection: sqlite3.Connection) -> list[str]:
    """Those whose reports the case has, the commonest first."""
    rows = connection.execute(
        "SELECT publisher FROM report WHERE publisher NOT NULL GROUP BY publisher"
        " ORDER BY count(*) DESC, publisher"
    )
    return [publisher for (publisher,) in rows]


def texts(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The texts of those of these reports that the case has, by id."""
    found = {}
    for id in ids:
        row = connection.execute("SELECT text FROM report WHERE id = ?", (id,)).fetchone()
        if row:
            found[id] = row[0]
    return found


def in_case(connection: sqlite3.Connection, id: str) -> InCase:
    """Empty where the case has no such report."""
    told = connection.execute(
        "SELECT e.id, t.incident, t.decision FROM report r JOIN event e ON e.report = r.number"
        " JOIN telling t ON t.event = e.number WHERE r.id = ?",
        (id,),
    ).fetchall()
    actors = connection.execute(
        "SELECT m.actor, n.actor FROM report r JOIN name_mention m ON m.report = r.number"
        " JOIN name n ON n.key = m.key WHERE r.id = ? AND n.actor NOT NULL",
        (id,),
    )
    return InCase(
        {event: incident for event, incident, _ in told if incident},
        {event: decision for event, _, decision in told if decision},
        dict(actors.fetchall()),
    )


def _by(publisher: str | None) -> list[Condition]:
    return [Condition("r.publisher = ?", (publisher,))] if publisher else []
