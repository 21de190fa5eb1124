"""Who held a place when: its timeline, from the events and statements that bear on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sitrep.case.deriving.tellings import telling_of
from sitrep.case.rows import day, record, record_text, to_text
from sitrep.records import Stated
from sitrep.situation.control import holdings


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
