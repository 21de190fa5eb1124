"""Who held which place when, and the words that this rests on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sitrep.case.filters import Condition, country_code, like, places_named, where
from sitrep.case.queries.sites import COLUMNS, site
from sitrep.case.rows import record, to_day
from sitrep.records import Holding, Place


@dataclass(frozen=True, slots=True)
class Held:
    """A holding with the place it is of."""

    holding: Holding
    place: Place


@dataclass(frozen=True, slots=True)
class Ground:
    """What a holding rests on: one telling or statement, with its words."""

    key: str
    publisher: str | None
    published: date | None
    sentence: str


def held(
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
        f"SELECT h.record, {COLUMNS} FROM holding h JOIN site s ON s.key = h.place{clause}"
        " ORDER BY s.name COLLATE NOCASE, s.key, h.position",
        values,
    )
    for text, *of_site in rows:
        yield Held(record(Holding, text), site(of_site))


def grounds(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Ground]:
    """What tellings and statements of these keys say, those that the case has."""
    found: dict[str, Ground] = {}
    for key in sorted(set(keys)):
        report, _, id = key.rpartition("/")
        row = connection.execute(
            "SELECT r.publisher, r.published, e.sentence FROM report r JOIN event e ON e.report = r.number"
            " WHERE r.id = ? AND e.id = ? UNION ALL"
            " SELECT r.publisher, r.published, c.sentence FROM report r JOIN control c ON c.report = r.number"
            " WHERE r.id = ? AND c.id = ?",
            (report, id, report, id),
        ).fetchone()
        if row:
            publisher, published, sentence = row
            found[key] = Ground(key, publisher, to_day(published), sentence)
    return found
