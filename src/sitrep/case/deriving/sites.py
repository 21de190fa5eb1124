"""Where: one row for each place of the case, as most reports have it, and the box that finds it."""

from __future__ import annotations

import sqlite3
from typing import Final

from sitrep.case.rows import from_text, to_text
from sitrep.records import Place, Report
from sitrep.situation.places import place_key

FIELDS: Final = ("name", "geonameid", "latitude", "longitude", "country", "admin1", "feature", "inferred")


def add(connection: sqlite3.Connection, number: int, report: Report) -> None:
    """Note the places of a report as the case reads it."""
    for place in report.places:
        variant = to_text([getattr(place, field) for field in FIELDS])
        site = find(connection, place_key(place)) or _new(connection, place)
        connection.execute("INSERT INTO site_mention VALUES (?, ?, ?, ?)", (number, place.id, site, variant))
        connection.execute(
            "INSERT INTO site_variant VALUES (?, ?, 1)"
            " ON CONFLICT (site, variant) DO UPDATE SET mentions = mentions + 1",
            (site, variant),
        )
        connection.execute("UPDATE site SET mentions = mentions + 1 WHERE number = ?", (site,))
        _settle(connection, site)


def remove(connection: sqlite3.Connection, number: int) -> None:
    """Forget the places of a report."""
    mentions = connection.execute(
        "SELECT site, variant FROM site_mention WHERE report = ?", (number,)
    ).fetchall()
    connection.execute("DELETE FROM site_mention WHERE report = ?", (number,))
    for site, variant in mentions:
        connection.execute(
            "UPDATE site_variant SET mentions = mentions - 1 WHERE site = ? AND variant = ?", (site, variant)
        )
        connection.execute(
            "DELETE FROM site_variant WHERE site = ? AND variant = ? AND mentions = 0", (site, variant)
        )
        connection.execute("UPDATE site SET mentions = mentions - 1 WHERE number = ?", (site,))
        _settle(connection, site)


def find(connection: sqlite3.Connection, key: str) -> int | None:
    """The number of the site of that key."""
    row = connection.execute("SELECT number FROM site WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def _new(connection: sqlite3.Connection, place: Place) -> int:
    row = connection.execute(
        "INSERT INTO site (key, name, inferred, mentions) VALUES (?, ?, 0, 0) RETURNING number",
        (place_key(place), place.name),
    ).fetchone()
    return int(row[0])


def _settle(connection: sqlite3.Connection, site: int) -> None:
    """Give a site what most of its mentions say; remove one that no report mentions any more."""
    variants = connection.execute(
        "SELECT variant FROM site_variant WHERE site = ? ORDER BY mentions DESC, variant LIMIT 1", (site,)
    ).fetchone()
    if variants is None:
        connection.execute("DELETE FROM site_box WHERE number = ?", (site,))
        connection.execute("DELETE FROM site WHERE number = ?", (site,))
        return
    values = from_text(variants[0])
    columns = ", ".join(FIELDS)
    before = connection.execute(f"SELECT {columns} FROM site WHERE number = ?", (site,)).fetchone()
    if list(before) == values:
        return
    connection.execute(
        f"UPDATE site SET ({columns}) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE number = ?", (*values, site)
    )
    _, _, latitude, longitude, *_ = values
    connection.execute("DELETE FROM site_box WHERE number = ?", (site,))
    if latitude is not None and longitude is not None:
        connection.execute(
            "INSERT INTO site_box VALUES (?, ?, ?, ?, ?)", (site, latitude, latitude, longitude, longitude)
        )
