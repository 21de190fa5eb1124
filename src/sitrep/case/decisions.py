"""What people decided: the record of a decision, and those that are in force."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sitrep.case.rows import from_text

Kind = Literal[
    "accept", "reject", "correct", "merge_actors", "split_actor", "pin_place", "join", "part", "grade", "undo"
]
ON_EVENTS: Final = ("accept", "reject", "correct")
BETWEEN_EVENTS: Final = ("join", "part")
ELSEWHERE: Final = ("merge_actors", "split_actor", "pin_place", "join", "part", "grade")


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that a person decided. `target` says by evidence what it is about, `value` what was decided.

    What each kind holds is in docs/case.md. `undone` is the id of the decision that took it back.
    """

    id: str
    kind: Kind
    target: dict[str, Any]
    value: dict[str, Any]
    who: str
    at: datetime
    why: str | None = None
    undone: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of names that a merge or split is about."""
        return tuple(self.target.get("names", ()))


_COLUMNS: Final = (
    "SELECT d.id, d.kind, d.target, d.value, d.who, d.at, d.why, u.id FROM decision d LEFT JOIN decision u"
    " ON u.kind = 'undo' AND json_extract(u.target, '$.decision') = d.id"
)


def of_report(connection: sqlite3.Connection, report: str) -> tuple[Decision, ...]:
    """Decisions in force on events of the report of that id, in the order they were made."""
    return _decisions(connection, "json_extract(d.target, '$.report') = ? AND u.id IS NULL", (report,))


def elsewhere(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Decisions in force on actors, places, incidents and publishers, in the order they were made."""
    marks = ", ".join("?" * len(ELSEWHERE))
    return _decisions(connection, f"d.kind IN ({marks}) AND u.id IS NULL", ELSEWHERE)


def log(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Every decision ever made, in order."""
    return _decisions(connection, "true", ())


def of_id(connection: sqlite3.Connection, id: str) -> Decision | None:
    return next(iter(_decisions(connection, "d.id = ?", (id,))), None)


def _decisions(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> tuple[Decision, ...]:
    rows = connection.execute(f"{_COLUMNS} WHERE {where} ORDER BY d.at, d.id", values)
    return tuple(
        Decision(id, kind, from_text(target), from_text(value), who, datetime.fromisoformat(at), why, undone)
        for id, kind, target, value, who, at, why, undone in rows
    )


def grades(decisions: tuple[Decision, ...]) -> dict[str, str]:
    """Each graded publisher's letter: the last one given."""
    last = {made.target["publisher"]: made.value["grade"] for made in decisions if made.kind == "grade"}
    return {publisher: grade for publisher, grade in last.items() if grade}
