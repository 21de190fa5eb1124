"""Every incident of a case in memory, so that a page's filter is answered at once."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from sitrep.case.rows import from_text
from sitrep.ontology import QUADS, quad
from sitrep.records import Status

STATUSES: Final = get_args(Status)
Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the case. Without coordinates it is in tables and not on maps."""

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    is_wide: bool  # a country, province or sea: its coordinates are only its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One incident, as short as a map, a timeline and a table need it.

    `day` is the last day that it may have been or, of what has none, that on which it was first told.
    """

    id: str
    day: str | None
    dated: bool
    earliest: str | None
    latest: str | None
    type: str
    mode: str | None
    quad: str
    status: str
    site: Site | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    by: tuple[str, ...]
    publishers: tuple[str, ...]
    sources: int
    credibility: int
    confidence: float
    differs: bool
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    events: int
    judged: bool
    number: int  # its place in the index


@dataclass(frozen=True, slots=True)
class Columns:
    """What is counted for pictures, an array a column with a row an entry (int64 [n_entries])."""

    site: Numbers  # index into the sites; -1 where it cannot be drawn
    quad: Numbers  # index into QUADS
    status: Numbers  # index into STATUSES
    day: Numbers  # proleptic ordinal; -1 where there is none
    sources: Numbers


@dataclass(frozen=True, slots=True)
class Index:
    """All incidents in the order of days, the last first; what there is to filter by, commonest first."""

    version: int
    entries: tuple[Entry, ...]
    sites: tuple[Site, ...]  # those with coordinates
    columns: Columns
    reports: int
    publishers: tuple[str, ...]
    types: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]  # id and name of the most reported
    first: str | None
    last: str | None


_WIDE: Final = ("ADM", "PCL", "RGN", "SEA", "CONT", "DSRT", "MTS", "TERR")  # GeoNames' features
ACTORS_OFFERED: Final = 400  # the most reported; any other is found by typing a part of its name


def read_index(connection: sqlite3.Connection, version: int) -> Index:
    sites = {
        key: Site(key, name, latitude, longitude, country, (feature or "").startswith(_WIDE))
        for key, name, latitude, longitude, country, feature in connection.execute(
            "SELECT key, name, latitude, longitude, country, feature FROM site"
        )
    }
    told = _told(connection)
    words = _by_whose_word(connection)
    columns = (
        "id, type, mode, status, earliest, latest, place, actors, recipients, publishers, sources,"
        " credibility, confidence, differs, killed_low, killed_high, injured_low, injured_high"
    )
    entries = [
        _entry(dict(zip(columns.replace(" ", "").split(","), row, strict=True)), sites, told, words)
        for row in connection.execute(f"SELECT {columns} FROM incident")
    ]
    entries.sort(key=lambda entry: (entry.day or "", entry.id), reverse=True)
    entries = [replace(entry, number=number) for number, entry in enumerate(entries)]
    drawn = {key: site for key, site in sorted(sites.items()) if site.latitude is not None}
    days = [entry.day for entry in entries if entry.day]
    types: dict[str, int] = defaultdict(int)
    for entry in entries:
        types[entry.type] += 1
    return Index(
        version=version,
        entries=tuple(entries),
        sites=tuple(drawn.values()),
        columns=_columns(entries, {key: number for number, key in enumerate(drawn)}),
        reports=connection.execute("SELECT count(*) FROM report").fetchone()[0],
        publishers=tuple(
            row[0]
            for row in connection.execute(
                "SELECT publisher FROM report WHERE publisher NOT NULL GROUP BY publisher"
                " ORDER BY count(*) DESC, publisher"
            )
        ),
        types=tuple(sorted(types, key=lambda type: (-types[type], type))),
        actors=tuple(
            connection.execute(
                "SELECT id, name FROM case_actor ORDER BY reports DESC, name LIMIT ?", (ACTORS_OFFERED,)
            )
        ),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _columns(entries: Sequence[Entry], sites: Mapping[str, int]) -> Columns:
    def column(values: Iterable[int]) -> Numbers:
        return np.fromiter(values, dtype=np.int64, count=len(entries))

    return Columns(
        site=column(sites.get(entry.site.key, -1) if entry.site else -1 for entry in entries),
        quad=column(QUADS.index(entry.quad) for entry in entries),
        status=column(STATUSES.index(entry.status) for entry in entries),
        day=column(date.fromisoformat(entry.day).toordinal() if entry.day else -1 for entry in entries),
        sources=column(entry.sources for entry in entries),
    )


def _told(connection: sqlite3.Connection) -> dict[str, tuple[str | None, int, bool]]:
    """Of each incident: when it was first told, by how many events, and whether a person judged any."""
    return {
        incident: (first, events, bool(judged))
        for incident, first, events, judged in connection.execute(
            "SELECT t.incident, min(r.published), count(*), max(t.decision NOT NULL) FROM telling t"
            " JOIN report r ON r.number = t.report WHERE t.incident NOT NULL GROUP BY t.incident"
        )
    }


def _by_whose_word(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Of each incident: those whose word it is, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for incident, name in connection.execute(
        "SELECT DISTINCT t.incident, p.name FROM telling t JOIN telling_party p ON p.event = t.event"
        " WHERE p.role = 'source' AND t.incident NOT NULL ORDER BY t.incident, p.position, p.name"
    ):
        found[incident].append(name)
    return found


def _entry(
    row: dict[str, Any],
    sites: Mapping[str, Site],
    told: Mapping[str, tuple[str | None, int, bool]],
    words: Mapping[str, list[str]],
) -> Entry:
    first, events, judged = told.get(row["id"], (None, 0, False))
    when = (row["latest"] or row["earliest"]) if row["status"] == "happened" else None
    return Entry(
        id=row["id"],
        day=when or first or row["latest"] or row["earliest"],
        dated=when is not None,
        earliest=row["earliest"],
        latest=row["latest"],
        type=row["type"],
        mode=row["mode"],
        quad=quad(row["type"]),
        status=row["status"],
        site=sites.get(row["place"]),
        actors=tuple(from_text(row["actors"])),
        recipients=tuple(from_text(row["recipients"])),
        by=tuple(words.get(row["id"], ())),
        publishers=tuple(from_text(row["publishers"])),
        sources=row["sources"],
        credibility=row["credibility"],
        confidence=row["confidence"],
        differs=row["differs"] != "[]",
        killed=_range(row["killed_low"], row["killed_high"]),
        injured=_range(row["injured_low"], row["injured_high"]),
        events=events,
        judged=judged,
        number=0,
    )


def _range(low: int | None, high: int | None) -> tuple[int, int | None] | None:
    return None if low is None else (low, high)
