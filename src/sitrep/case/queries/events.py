"""Events as the case reads them, flat or as tellings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from sitrep.case.filters import Filter, on_tellings, where
from sitrep.case.rows import from_text, record
from sitrep.records import Telling

LISTS: Final = ("contexts", "corrected")  # columns of event_table that hold JSON lists


def rows(connection: sqlite3.Connection, asked: Filter, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Rows of `event_table` in the order of days; lists are lists."""
    clause, values = where(on_tellings(connection, asked))
    # Which rows, then what they hold: the view gathers the parties of each row, wanted or not.
    found = connection.execute(
        "SELECT v.* FROM (SELECT t.event, coalesce(t.earliest, t.latest, r.published) AS day, r.id"
        f" FROM telling t JOIN report r ON r.number = t.report{clause}"
        " ORDER BY day, r.id, t.event LIMIT ?) wanted"
        " JOIN event_table v ON v.number = wanted.event ORDER BY wanted.day, wanted.id, wanted.event",
        (*values, -1 if limit is None else limit),
    )
    columns = [column[0] for column in found.description]
    for values_of_row in found:
        row = dict(zip(columns, values_of_row, strict=True))
        del row["number"]
        yield row | {name: from_text(row[name]) for name in LISTS}


def tellings(connection: sqlite3.Connection, asked: Filter) -> Iterator[Telling]:
    """The events asked for as tellings, in the order of keys."""
    clause, values = where(on_tellings(connection, asked))
    found = connection.execute(
        f"SELECT t.record FROM telling t JOIN report r ON r.number = t.report{clause} ORDER BY r.id, t.event",
        values,
    )
    for (text,) in found:
        yield record(Telling, text)
