"""Asking a case: filters in; rows and records out, in an order that does not depend on that of adding."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sitrep.case.filters import Condition, Filter, like, on_tellings, places_named, where
from sitrep.case.filters import country_code as country_code
from sitrep.case.rows import from_text, record, to_day
from sitrep.records import Account, Claim, Holding, Incident, Party, Place, Telling

LISTS: Final = ("contexts", "corrected")  # columns of event_table that hold JSON lists


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase that a publisher calls an actor by, and in how many of its reports."""

    publisher: str | None
    wording: str
    reports: int


@dataclass(frozen=True, slots=True)
class CaseActor:
    """One actor of the case: its names everywhere, and who calls it what."""

    id: str
    name: str
    kind: str | None
    country: str | None
    sectors: tuple[str, ...]
    names: tuple[str, ...]  # keys (situation/names.py)
    reports: int
    decision: str | None
    wordings: tuple[Wording, ...] = ()


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
class Held:
    """A holding with the place it is of."""

    holding: Holding
    place: Place


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found. In `snippet`, what matched is between ‹ and ›."""

    report: str
    title: str | None
    publisher: str | None
    published: date | None
    snippet: str
    events: tuple[str, ...]  # keys of its events whose own sentences match


def events(
    connection: sqlite3.Connection, asked: Filter, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Rows of `event_table` in the order of days; lists are lists."""
    clause, values = where(on_tellings(connection, asked))
    # Which rows, then what they hold: the view gathers the parties of each row, wanted or not.
    rows = connection.execute(
        "SELECT v.* FROM (SELECT t.event, coalesce(t.earliest, t.latest, r.published) AS day, r.id"
        f" FROM telling t JOIN report r ON r.number = t.report{clause}"
        " ORDER BY day, r.id, t.event LIMIT ?) wanted"
        " JOIN event_table v ON v.number = wanted.event ORDER BY wanted.day, wanted.id, wanted.event",
        (*values, -1 if limit is None else limit),
    )
    columns = [column[0] for column in rows.description]
    for row in rows:
        found = dict(zip(columns, row, strict=True))
        del found["number"]
        yield found | {name: from_text(found[name]) for name in LISTS}


def tellings(connection: sqlite3.Connection, asked: Filter) -> Iterator[Telling]:
    """The events asked for as tellings, in the order of keys."""
    clause, values = where(on_tellings(connection, asked))
    rows = connection.execute(
        f"SELECT t.record FROM telling t JOIN report r ON r.number = t.report{clause} ORDER BY r.id, t.event",
        values,
    )
    for (text,) in rows:
        yield record(Telling, text)


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


def actors(
    connection: sqlite3.Connection,
    name: str | None = None,
    country: str | None = None,
    least_reports: int = 1,
    limit: int | None = None,
) -> Iterator[CaseActor]:
    """Actors of the case, most reported first; `name` is an id or words of any of its names."""
    conditions = [Condition("a.reports >= ?", (least_reports,))]
    if country is not None:
        conditions.append(Condition("a.country = ?", (country_code(country),)))
    if name is not None and name.startswith("actor:"):
        conditions.append(Condition("a.id = ?", (name,)))
    elif name is not None:
        conditions.append(
            Condition(
                "a.id IN (SELECT n.actor FROM name_trait f JOIN name n ON n.key = f.key"
                " WHERE f.trait = 'name' AND f.value LIKE ? ESCAPE '!' UNION SELECT n.actor FROM wording w"
                " JOIN name n ON n.key = w.key WHERE w.wording LIKE ? ESCAPE '!')",
                (like(name), like(name)),
            )
        )
    clause, values = where(conditions)
    rows = connection.execute(
        f"SELECT a.* FROM case_actor a{clause} ORDER BY a.reports DESC, a.name, a.id LIMIT ?",
        (*values, -1 if limit is None else limit),
    ).fetchall()
    for id, called, kind, its_country, sectors, names, reports, decision in rows:
        yield CaseActor(
            id, called, kind, its_country, tuple(from_text(sectors)), tuple(from_text(names)), reports,
            decision, _wordings(connection, id),
        )  # fmt: skip


def _wordings(connection: sqlite3.Connection, actor: str) -> tuple[Wording, ...]:
    rows = connection.execute(
        "SELECT r.publisher, w.wording, count(DISTINCT w.report) AS reports FROM name n"
        " JOIN wording w ON w.key = n.key JOIN report r ON r.number = w.report WHERE n.actor = ?"
        " GROUP BY r.publisher, w.wording ORDER BY r.publisher, reports DESC, w.wording",
        (actor,),
    )
    return tuple(Wording(*row) for row in rows)


def claims(
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
    for party, incident, telling, stance, said, contradicts, *told in rows:
        claim = Claim(
            source=record(Party, party),
            incident=incident,
            telling=telling,
            stance=stance,
            said=to_day(said),
            contradicts=tuple(from_text(contradicts)),
        )
        yield Said(claim, *told)


def control(
    connection: sqlite3.Connection,
    place: str | None = None,
    country: str | None = None,
    at: date | None = None,
    holder: str | None = None,
) -> Iterator[Held]:
    """Who held which place, a place at a time in the order of days; on one day only, if `at` is given."""
    conditions = []
    if place is not None:
        keys = places_named(connection, place)
        conditions.append(Condition(f"h.place IN ({', '.join('?' * len(keys))})", tuple(keys)))
    if country is not None:
        conditions.append(Condition("s.country = ?", (country_code(country),)))
    if at is not None:
        conditions.append(Condition("coalesce(h.since, '') <= ?", (at.isoformat(),)))
        conditions.append(Condition("coalesce(h.until, '9999') >= ?", (at.isoformat(),)))
    if holder is not None:
        conditions.append(Condition("h.holder LIKE ? ESCAPE '!'", (like(holder),)))
    clause, values = where(conditions)
    rows = connection.execute(
        "SELECT h.record, s.key, s.name, s.geonameid, s.latitude, s.longitude, s.country, s.admin1,"
        f" s.feature, s.inferred FROM holding h JOIN site s ON s.key = h.place{clause}"
        " ORDER BY s.name COLLATE NOCASE, s.key, h.position",
        values,
    )
    for text, key, name, geonameid, latitude, longitude, its_country, admin1, feature, inferred in rows:
        yield Held(
            record(Holding, text),
            Place(
                id=key, name=name, geonameid=geonameid, latitude=latitude, longitude=longitude, mentions=(),
                country=its_country, admin1=admin1, feature=feature, inferred=bool(inferred), confidence=1.0,
            ),
        )  # fmt: skip


def search(
    connection: sqlite3.Connection, words: str, asked: Filter, limit: int | None = 20
) -> Iterator[Hit]:
    """Reports that match and have an event asked for, best first (BM25, titles counting twice).

    `words` is SQLite's full-text query: several words must all be there, "a phrase", a OR b, NOT c, begin*.
    Anything that is no such query is searched for word by word.
    """
    words = _query(connection, words)
    conditions = on_tellings(connection, asked)
    clause, values = where(conditions)
    only = (
        f" AND r.number IN (SELECT t.report FROM telling t JOIN report r ON r.number = t.report{clause})"
        if conditions
        else ""
    )
    rows = connection.execute(
        "SELECT r.number, r.id, r.title, r.publisher, r.published,"
        " snippet(report_text, 1, '‹', '›', ' … ', 24)"
        " FROM report_text JOIN report r ON r.number = report_text.rowid"
        f" WHERE report_text MATCH ?{only} ORDER BY bm25(report_text, 2.0, 1.0), r.published, r.id LIMIT ?",
        (words, *(values if conditions else ()), -1 if limit is None else limit),
    ).fetchall()
    for number, report, title, publisher, published, snippet in rows:
        yield Hit(
            report,
            title,
            publisher,
            date.fromisoformat(published) if published else None,
            " ".join(snippet.split()),
            tuple(f"{report}/{id}" for id in _events_matching(connection, number, words)),
        )


def _events_matching(connection: sqlite3.Connection, report: int, words: str) -> list[str]:
    """Ids of the report's events whose sentences match; none where the query is about titles."""
    try:
        rows = connection.execute(
            "SELECT e.id FROM event e WHERE e.report = ? AND e.number IN"
            " (SELECT rowid FROM event_text WHERE event_text MATCH ?) ORDER BY e.number",
            (report, words),
        ).fetchall()
    except sqlite3.OperationalError:
        return []
    return [id for (id,) in rows]


def _query(connection: sqlite3.Connection, words: str) -> str:
    """`words` if SQLite can read them as a query, else each of them as a word to be found."""
    try:
        connection.execute("SELECT 1 FROM report_text WHERE report_text MATCH ? LIMIT 1", (words,)).fetchone()
    except sqlite3.OperationalError:
        quoted = [word.replace('"', '""') for word in words.replace("\0", " ").split()]
        return " ".join(f'"{word}"' for word in quoted) or '""'
    return words
