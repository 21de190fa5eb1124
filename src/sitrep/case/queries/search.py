"""Full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sitrep.case.filters import Filter, on_tellings, where
from sitrep.case.rows import to_day


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found. In `snippet`, what matched is between ‹ and ›."""

    report: str
    title: str | None
    publisher: str | None
    published: date | None
    snippet: str
    events: tuple[str, ...]  # keys of its events whose own sentences match


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
            to_day(published),
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
