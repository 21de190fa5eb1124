"""All that a case has derived, without the numbers that depend on the order of adding: to compare cases."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from sitrep.case.rows import to_text

# What the numbers in a table stand for. A column that is missing here holds what it says.
NUMBERS: Final[Mapping[str, Mapping[str, str | None]]] = {
    "copy_signature": {"report": "report"},
    "copy_band": {"report": "report"},
    "copy_link": {"report": "report", "other": "report"},
    "copy_group": {"report": "report", "origin": "report"},
    "name": {},
    "name_trait": {},
    "name_mention": {"report": "report"},
    "wording": {"report": "report"},
    "case_actor": {},
    "site": {"number": None},
    "site_variant": {"site": "site"},
    "site_mention": {"report": "report", "site": "site"},
    "telling": {"event": "event", "report": "report"},
    "telling_party": {"event": "event"},
    "block": {"event": "event"},
    "link": {"event": "event", "other": "event"},
    "incident": {},
    "account": {},
    "claim": {"event": "event"},
    "stated": {"control": "control", "report": "report"},
    "control_ground": {"event": "event", "control": "control"},
    "side": {"report": "report"},
    "holding": {},
    "decision_event": {"event": "event"},
    "decision_anchor": {"event": "event"},
}
KEYS: Final = {
    "report": "SELECT number, id FROM report",
    "event": "SELECT e.number, r.id || '/' || e.id FROM event e JOIN report r ON r.number = e.report",
    "control": "SELECT c.number, r.id || '/' || c.id FROM control c JOIN report r ON r.number = c.report",
    "site": "SELECT number, key FROM site",
}


def contents(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The rows of every derived table as sorted text."""
    keys: dict[str | None, dict[Any, Any]] = {
        kind: dict(connection.execute(query)) for kind, query in KEYS.items()
    }
    found = {}
    for table, numbers in NUMBERS.items():
        rows = connection.execute(f"SELECT * FROM {table}")
        columns = [column[0] for column in rows.description]
        found[table] = sorted(
            to_text(
                [
                    _plain(value) if column not in numbers else keys.get(numbers[column], {}).get(value)
                    for column, value in zip(columns, row, strict=True)
                ]
            )
            for row in rows
        )
    boxes = connection.execute("SELECT number, south, north, west, east FROM site_box")
    found["site_box"] = sorted(to_text([keys["site"].get(number), *box]) for number, *box in boxes)
    return found


def digest(connection: sqlite3.Connection) -> str:
    """One digest of all that is derived."""
    return "sha256:" + hashlib.sha256(to_text(contents(connection)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
