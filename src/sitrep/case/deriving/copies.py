"""Which report copies which, and which of those that do is counted as their source."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable

from sitrep.case.rows import number_of_key
from sitrep.situation.copies import Signature, are_copies, bands, origin, signature


def add(connection: sqlite3.Connection, report: int, text: str) -> set[int]:
    """Note what `report` is like; the reports whose group may have changed, itself among them."""
    found = signature(text)
    connection.execute(
        "INSERT INTO copy_signature VALUES (?, ?, ?)",
        (report, found.runs, array("I", found.values).tobytes()),
    )
    keys = [number_of_key(band) for band in bands(found)]
    marks = ", ".join("?" * len(keys))
    alike = connection.execute(
        'SELECT s.report, s.runs, s."values" FROM copy_signature s WHERE s.report IN'
        f" (SELECT report FROM copy_band WHERE band IN ({marks})) AND s.report <> ?",
        (*keys, report),
    ).fetchall()
    connection.executemany("INSERT OR IGNORE INTO copy_band VALUES (?, ?)", [(key, report) for key in keys])
    copies = {other for other, runs, values in alike if are_copies(found, _signature(runs, values))}
    connection.executemany(
        "INSERT INTO copy_link VALUES (?, ?)",
        [pair for other in sorted(copies) for pair in ((report, other), (other, report))],
    )
    return copies | {report}


def remove(connection: sqlite3.Connection, report: int) -> set[int]:
    """Forget `report`; the reports that were linked with it."""
    linked = {row[0] for row in connection.execute("SELECT other FROM copy_link WHERE report = ?", (report,))}
    row = connection.execute(
        'SELECT runs, "values" FROM copy_signature WHERE report = ?', (report,)
    ).fetchone()
    connection.executemany(
        "DELETE FROM copy_band WHERE band = ? AND report = ?",
        [(number_of_key(band), report) for band in bands(_signature(*row))],
    )
    connection.executemany(
        "DELETE FROM copy_link WHERE report = ? AND other = ?",
        [pair for other in linked for pair in ((report, other), (other, report))],
    )
    connection.execute("DELETE FROM copy_signature WHERE report = ?", (report,))
    connection.execute("DELETE FROM copy_group WHERE report = ?", (report,))
    return linked


def settle(connection: sqlite3.Connection, touched: Iterable[int]) -> set[int]:
    """Find the groups of the touched reports anew; the reports that are counted under another source now."""
    changed: set[int] = set()
    left = set(touched)
    while left:
        members = _linked(connection, min(left))
        left -= members
        marks = ", ".join("?" * len(members))
        known = {
            id: (number, published, before)
            for number, id, published, before in connection.execute(
                "SELECT r.number, r.id, r.published, g.origin FROM report r"
                f" LEFT JOIN copy_group g ON g.report = r.number WHERE r.number IN ({marks})",
                tuple(members),
            )
        }
        source = known[origin({id: published for id, (_, published, _) in known.items()})][0]
        moved = {number for number, _, before in known.values() if before != source}
        connection.executemany(
            "INSERT INTO copy_group VALUES (?, ?)"
            " ON CONFLICT (report) DO UPDATE SET origin = excluded.origin",
            [(number, source) for number in moved],
        )
        changed |= moved
    return changed


def _linked(connection: sqlite3.Connection, report: int) -> set[int]:
    """The reports that hang together with `report` by links."""
    return {
        row[0]
        for row in connection.execute(
            "WITH RECURSIVE near (report) AS (VALUES (?) UNION"
            " SELECT l.other FROM near JOIN copy_link l ON l.report = near.report) SELECT report FROM near",
            (report,),
        )
    }


def _signature(runs: int, values: bytes) -> Signature:
    found = array("I")
    found.frombytes(values)
    return Signature(tuple(found), runs)
