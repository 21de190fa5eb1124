"""Who held a place when: its timeline, from the events and statements that bear on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sitrep.case.deriving.tellings import telling_of
from sitrep.case.rows import day, record, record_text, to_text
from sitrep.records import Report, Stated, Telling
from sitrep.situation.control import holdings
from sitrep.situation.names import keys_of, sides
from sitrep.situation.tellings import parties_of


def add(connection: sqlite3.Connection, number: int, report: Report) -> set[str]:
    """Note whom a report puts in which body; the places whose timelines that may change."""
    pairs = [
        (person, body)
        for person, bodies in sides(parties_of(report).values()).items()
        for body in sorted(bodies)
    ]
    new = {person for person, body in pairs if not _is_known(connection, person, body)}
    connection.executemany(
        "INSERT INTO side VALUES (?, ?, ?)", [(number, person, body) for person, body in pairs]
    )
    return _held_by(connection, new)


def remove(connection: sqlite3.Connection, number: int) -> set[str]:
    """Forget whom a report puts in which body; the places whose timelines that may change."""
    pairs = connection.execute("SELECT person, body FROM side WHERE report = ?", (number,)).fetchall()
    connection.execute("DELETE FROM side WHERE report = ?", (number,))
    gone = {person for person, body in pairs if not _is_known(connection, person, body)}
    return _held_by(connection, gone)


def _is_known(connection: sqlite3.Connection, person: str, body: str) -> bool:
    query = "SELECT 1 FROM side WHERE person = ? AND body = ? LIMIT 1"
    return connection.execute(query, (person, body)).fetchone() is not None


def _held_by(connection: sqlite3.Connection, persons: Iterable[str]) -> set[str]:
    """Keys of the places that any of these persons is told to have taken, left or held."""
    found: set[str] = set()
    for person in sorted(persons):
        found.update(
            place
            for (place,) in connection.execute(
                "SELECT g.place FROM control_ground g JOIN telling_party p USING (event) WHERE p.key = ?"
                " UNION SELECT g.place FROM control_ground g JOIN stated s USING (control)"
                " WHERE s.holder_key = ?",
                (person, person),
            )
        )
    return found


def settle(connection: sqlite3.Connection, places: Iterable[str]) -> None:
    """Find the timelines of these places (keys) anew."""
    for place in sorted(places):
        tellings = [
            telling_of(text)
            for (text,) in connection.execute(
                "SELECT t.record FROM control_ground g JOIN telling t ON t.event = g.event WHERE g.place = ?",
                (place,),
            )
        ]
        stated = [
            record(Stated, text)
            for (text,) in connection.execute(
                "SELECT s.record FROM control_ground g JOIN stated s ON s.control = g.control"
                " WHERE g.place = ?",
                (place,),
            )
        ]
        found = holdings(
            place,
            sorted(tellings, key=lambda telling: telling.key),
            sorted(stated, key=lambda one: one.key),
            _sides_of(connection, tellings, stated),
        )
        connection.execute("DELETE FROM holding WHERE place = ?", (place,))
        connection.executemany(
            f"INSERT INTO holding VALUES (?{', ?' * 10})",
            [
                (place, position, holding.holder.name if holding.holder else None,
                 holding.holder.key if holding.holder else None, day(holding.since), day(holding.until),
                 holding.basis, holding.contested, to_text([party.name for party in holding.claimants]),
                 to_text(holding.tellings), record_text(holding))
                for position, holding in enumerate(found)
            ],
        )  # fmt: skip


def _sides_of(
    connection: sqlite3.Connection, tellings: Iterable[Telling], stated: Iterable[Stated]
) -> dict[str, frozenset[str]]:
    parties = [party for telling in tellings for party in (*telling.actors, *telling.recipients)]
    parties += [one.holder for one in stated]
    keys = sorted({key for party in parties for key in keys_of(party) if key.startswith("person:")})
    found = {
        key: frozenset(
            body for (body,) in connection.execute("SELECT DISTINCT body FROM side WHERE person = ?", (key,))
        )
        for key in keys
    }
    return {key: bodies for key, bodies in found.items() if bodies}
