"""What follows from the reports, in order: copies, names, tellings, incidents, control.

An add, a removal and a decision each say what they touch; `settle` finds that anew and nothing else. A
rebuild touches everything, and ends in the same rows.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from sitrep import __version__
from sitrep.case import decisions as decided
from sitrep.case.decisions import Decision
from sitrep.case.deriving import actors, control, copies, incidents, tellings
from sitrep.case.file import run, schema, upgrade
from sitrep.case.reports import read_report
from sitrep.records import Report


@dataclass(slots=True)
class Touched:
    """What must be found anew. Reports and events are numbers, names and places keys."""

    copies: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    changed_names: set[str] = field(default_factory=set)  # of these, or decided on
    reports: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    regraded: bool = False

    def __or__(self, other: Touched) -> Touched:
        return Touched(
            self.copies | other.copies,
            self.names | other.names,
            self.changed_names | other.changed_names,
            self.reports | other.reports,
            self.events | other.events,
            self.places | other.places,
            self.regraded or other.regraded,
        )


def add(connection: sqlite3.Connection, number: int, report: Report) -> Touched:
    """Note a report that was just written."""
    named = actors.add(connection, number, report)
    return Touched(
        copies=copies.add(connection, number, report.text),
        names=set(named.keys),
        changed_names=set(named.changed),
        reports={number},
        places=control.add(connection, number, report),
    )


def remove(connection: sqlite3.Connection, number: int, report: Report) -> Touched:
    """Forget all that follows from a report that is about to be deleted."""
    changed = tellings.forget(connection, number)
    named = actors.remove(connection, number, report)
    return Touched(
        copies=copies.remove(connection, number),
        names=set(named.keys),
        changed_names=set(named.changed),
        events=changed.events,
        places=changed.places | control.remove(connection, number),
    )


def settle(
    connection: sqlite3.Connection,
    touched: Touched,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Find anew what was touched."""
    elsewhere = decided.elsewhere(connection)
    reports = touched.reports | copies.settle(connection, touched.copies)
    named = actors.Named(frozenset(touched.names), frozenset(touched.changed_names))
    actors.settle(connection, named, elsewhere)
    rewritten: set[int] = set()
    events, places = set(touched.events), set(touched.places)
    for done, number in enumerate(sorted(reports)):
        progress(done, len(reports))
        changed = tellings.write(connection, number, elsewhere)
        events |= changed.events
        rewritten |= changed.rewritten
        places |= changed.places
    joined, parted = _decided_pairs(connection, elsewhere)
    grades = decided.grades(elsewhere)
    incidents.settle(connection, events, rewritten, grades, joined, parted, touched.regraded)
    control.settle(connection, places)


def rebuild(
    connection: sqlite3.Connection,
    path: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Drop all that is derived and find it anew from the reports and the decisions."""
    drop(connection, path)
    make(connection)
    touched = Touched()
    numbers = [number for (number,) in connection.execute("SELECT number FROM report ORDER BY number")]
    for number in numbers:
        one = add(connection, number, read_report(connection, number))
        touched.copies |= one.copies
        touched.names |= one.names
        touched.changed_names |= one.changed_names
    touched.reports = set(numbers)
    settle(connection, touched, progress)


def make(connection: sqlite3.Connection) -> None:
    """The tables of derived.sql, empty, and by which rules they will be filled."""
    run(connection, schema("derived.sql"))
    connection.execute(
        "INSERT INTO setting VALUES ('rules', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (rules(),),
    )


@cache
def rules() -> str:
    """A digest of all that decides what is derived: where a case states another, it wants a rebuild."""
    digest = hashlib.sha256(__version__.encode())
    package = files("sitrep")
    for folder in (package / "situation", package / "case" / "deriving"):
        for source in sorted(folder.iterdir(), key=lambda one: one.name):
            if source.name.endswith(".py"):
                digest.update(source.read_bytes())
    digest.update(schema("derived.sql").encode())
    return "sha256:" + digest.hexdigest()


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether what is derived was found by these rules."""
    found = connection.execute("SELECT value FROM setting WHERE name = 'rules'").fetchone()
    return found is not None and found[0] == rules()


def drop(connection: sqlite3.Connection, path: Path) -> None:
    """Drop every table and view that schema.sql does not make; they may be those of an older derived.sql."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        upgrade(fresh, path)
        kept = _objects(fresh)
    finally:
        fresh.close()
    # A virtual table takes the tables it keeps its rows in with it.
    for name, sql in sorted(_objects(connection).items(), key=lambda item: "VIRTUAL" not in item[1][:16]):
        if name not in kept and name in _objects(connection):
            connection.execute(f'DROP {"VIEW" if sql.startswith("CREATE VIEW") else "TABLE"} "{name}"')


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(
        connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND sql NOT NULL"
        )
    )


def _decided_pairs(
    connection: sqlite3.Connection, decisions: Sequence[Decision]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs of events that people joined, and those they parted; of two decisions on a pair the later."""
    sides: dict[str, dict[str, list[int]]] = {}
    for decision, side, event in connection.execute(
        "SELECT decision, side, event FROM decision_anchor ORDER BY decision, side, event"
    ):
        sides.setdefault(decision, {"one": [], "other": []})[side].append(event)
    last: dict[tuple[int, int], str] = {}
    for made in decisions:
        for one in sides.get(made.id, {}).get("one", ()):
            for other in sides[made.id]["other"]:
                last[min(one, other), max(one, other)] = made.kind
    return (
        [pair for pair, kind in last.items() if kind == "join"],
        [pair for pair, kind in last.items() if kind == "part"],
    )
