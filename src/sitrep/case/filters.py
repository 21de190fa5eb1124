"""What of a case is asked for, and that as conditions on its tables."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final, get_args

from sitrep.case.file import CaseError
from sitrep.coding.actors.countries import country_names, state_name
from sitrep.coding.tables import words_of
from sitrep.gazetteer.names import name_key, skeleton, without_article
from sitrep.ontology import EVENT_TYPES
from sitrep.records import Place, Status
from sitrep.situation.places import contains, distance_km, is_wide

# Of the letters of two spellings with the same consonants: "Jafra" and "Al Jufrah" have 0.73, "Zuwara" and
# "Syria" 0.36.
LEAST_ALIKE: Final = 0.7


class FilterError(CaseError):
    """A filter that can match nothing: what was asked, and what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which events, incidents or claims are asked for; all of what is given must hold."""

    actor: str | None = None  # id of an actor of the case, or words of a name; who did it or to whom
    source: str | None = None  # words of the name of one whose word it is
    type: str | None = None  # "ASSAULT", or with its mode "COERCE/seize"
    place: str | None = None  # a name or key; a country or province stands for all in it
    near: tuple[float, float, float] | None = None  # latitude, longitude, kilometres
    country: str | None = None  # where it was: ISO 3166-1 alpha-3 or a name
    since: date | None = None
    until: date | None = None
    status: str | None = None
    publisher: str | None = None
    decision: str | None = None  # "accepted", "rejected", "corrected" or "none"
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a WHERE clause, with its values."""

    sql: str
    values: tuple[Any, ...] = ()


def on_tellings(connection: sqlite3.Connection, asked: Filter) -> list[Condition]:
    """Conditions on `telling t` and `report r`. Raises `FilterError` where one can match nothing."""
    return [
        *_actor(asked.actor, ("actor", "recipient")),
        *_actor(asked.source, ("source",)),
        *_type(asked.type),
        *_place(connection, asked),
        *_days(asked),
        *_status(asked.status),
        *_publisher(connection, asked.publisher),
        *_decision(asked.decision),
        *([Condition("t.incident = ?", (asked.incident,))] if asked.incident else []),
    ]


def where(conditions: Sequence[Condition]) -> tuple[str, tuple[Any, ...]]:
    """The conditions as one WHERE clause (empty for none) and its values."""
    if not conditions:
        return "", ()
    clause = " AND ".join(f"({condition.sql})" for condition in conditions)
    return f" WHERE {clause}", tuple(value for condition in conditions for value in condition.values)


def like(text: str) -> str:
    """A LIKE pattern for what holds `text` as it stands; to be used with ESCAPE '!'."""
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _actor(name: str | None, roles: tuple[str, ...]) -> Iterator[Condition]:
    if name is None:
        return
    marks = ", ".join("?" * len(roles))
    if name.startswith("actor:"):
        yield Condition(
            "t.event IN (SELECT p.event FROM name n JOIN telling_party p ON p.key = n.key"
            f" WHERE n.actor = ? AND p.role IN ({marks}))",
            (name, *roles),
        )
        return
    # By any name of the actor: one finds what is told of him under his other names, too.
    yield Condition(
        "t.event IN (SELECT event FROM telling_party WHERE name LIKE ? ESCAPE '!'"
        f" AND role IN ({marks}) UNION SELECT p.event FROM name_trait f JOIN name n ON n.key = f.key"
        " JOIN name all_of ON all_of.actor = n.actor JOIN telling_party p ON p.key = all_of.key"
        f" WHERE f.trait = 'name' AND f.value LIKE ? ESCAPE '!' AND p.role IN ({marks}))",
        (like(name), *roles, like(name), *roles),
    )


def _type(asked: str | None) -> Iterator[Condition]:
    if asked is None:
        return
    name, _, mode = asked.partition("/")
    if name.upper() not in EVENT_TYPES:
        raise FilterError(f'"{asked}" is no event type. {_nearest(name.upper(), list(EVENT_TYPES))}')
    kind = EVENT_TYPES[name.upper()]
    yield Condition("t.type = ?", (kind.name,))
    if mode:
        if mode not in kind.modes:
            raise FilterError(f'{kind.name} has no mode "{mode}". {_nearest(mode, list(kind.modes))}')
        yield Condition("t.mode = ?", (mode,))


def _status(asked: str | None) -> Iterator[Condition]:
    if asked is None:
        return
    known = list(get_args(Status))
    if asked not in known:
        raise FilterError(f'"{asked}" is no status. {_nearest(asked, known)}')
    yield Condition("t.status = ?", (asked,))


def _decision(asked: str | None) -> Iterator[Condition]:
    if asked is None:
        return
    known = ["accepted", "rejected", "corrected", "none"]
    if asked not in known:
        raise FilterError(f'"{asked}" is no decision on an event. {_nearest(asked, known)}')
    if asked == "none":
        yield Condition("t.decision IS NULL")
    else:
        yield Condition("t.decision = ?", (asked,))


def _days(asked: Filter) -> Iterator[Condition]:
    """Events that may have been within the days; without any of their own, those of publication count."""
    if asked.since:
        yield Condition("coalesce(t.latest, t.earliest, r.published) >= ?", (asked.since.isoformat(),))
    if asked.until:
        yield Condition("coalesce(t.earliest, t.latest, r.published) <= ?", (asked.until.isoformat(),))


def _publisher(connection: sqlite3.Connection, asked: str | None) -> Iterator[Condition]:
    if asked is None:
        return
    known = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT publisher FROM report WHERE publisher NOT NULL ORDER BY publisher"
        )
    ]
    found = [name for name in known if name.casefold() == asked.casefold()]
    if not found:
        raise FilterError(f'No report of this case is by "{asked}". {_nearest(asked, known)}')
    yield Condition(f"r.publisher IN ({', '.join('?' * len(found))})", tuple(found))


def _place(connection: sqlite3.Connection, asked: Filter) -> Iterator[Condition]:
    keys: set[str] | None = None
    if asked.country is not None:
        code = country_code(asked.country)
        keys = {row[0] for row in connection.execute("SELECT key FROM site WHERE country = ?", (code,))}
    if asked.place is not None:
        named = set(places_named(connection, asked.place))
        keys = named if keys is None else keys & named
    if asked.near is not None:
        close = set(places_near(connection, *asked.near))
        keys = close if keys is None else keys & close
    if keys is not None:
        yield Condition(f"t.place IN ({', '.join('?' * len(keys))})", tuple(sorted(keys)))


def country_code(asked: str) -> str:
    """ISO 3166-1 alpha-3 of a code or a name. Raises `FilterError`."""
    if len(asked) == 3 and asked.isupper() and state_name(asked) != asked:
        return asked
    words = words_of(asked)
    match = country_names().match(words, 0) if words else None
    if match is None or match[0] != len(words):
        raise FilterError(
            f'"{asked}" is no country we know. Write its name, or its ISO code of three letters.'
        )
    return match[1].country


def sites(connection: sqlite3.Connection) -> list[tuple[str, Place]]:
    """Every place of the case with its key."""
    rows = connection.execute(
        "SELECT key, name, geonameid, latitude, longitude, country, admin1, feature FROM site ORDER BY key"
    )
    return [
        (
            key,
            Place(
                id=key, name=name, geonameid=geonameid, latitude=latitude, longitude=longitude,
                country=country, admin1=admin1, feature=feature, mentions=(),
            ),
        )
        for key, name, geonameid, latitude, longitude, country, admin1, feature in rows
    ]  # fmt: skip


def places_named(connection: sqlite3.Connection, asked: str) -> list[str]:
    """Keys of the places that `asked` names, in any transliteration, and of all that lies in them.

    Raises `FilterError` if there is none.
    """
    known = sites(connection)
    found = [place for key, place in known if asked in (key, place.name)]
    found = found or [place for _, place in known if name_key(place.name) == name_key(asked)]
    if not found:
        found = [place for _, place in known if _sounds_like(name_key(place.name), name_key(asked))]
    if not found:
        names = sorted({place.name for _, place in known})
        raise FilterError(f'No report of this case has a place called "{asked}". {_nearest(asked, names)}')
    return [
        key
        for key, place in known
        if place in found or any(is_wide(outer) and contains(outer, place) for outer in found)
    ]


def _sounds_like(one: str, other: str) -> bool:
    """Whether two names are transliterations of one, one with the other's consonants: "zuwara", "zuwarah"."""
    if skeleton(one) != skeleton(other):
        return False
    spelt = SequenceMatcher(None, without_article(one), without_article(other), autojunk=False).ratio()
    return spelt >= LEAST_ALIKE


def places_near(
    connection: sqlite3.Connection, latitude: float, longitude: float, kilometres: float
) -> list[str]:
    """Keys of the places within so many kilometres of a point, nearest first."""
    centre = Place(id="", name="", latitude=latitude, longitude=longitude, mentions=())
    north = kilometres / 111.0  # of a degree of latitude
    # A degree of longitude is shorter by the cosine of the latitude; near a pole the box takes them all.
    east = 180.0 if abs(latitude) + north >= 89.0 else _east(latitude, north)
    rows = connection.execute(
        "SELECT s.key, s.latitude, s.longitude FROM site_box b JOIN site s ON s.number = b.number"
        " WHERE b.north >= ? AND b.south <= ? AND ((b.east >= ? AND b.west <= ?)"
        " OR (b.east >= ? AND b.west <= ?) OR (b.east >= ? AND b.west <= ?))",
        (latitude - north, latitude + north,
         *(bound for turn in (0, 360, -360) for bound in (longitude - east + turn, longitude + east + turn))),
    ).fetchall()  # fmt: skip
    found = []
    for key, its_latitude, its_longitude in rows:
        away = distance_km(
            centre, Place(id="", name="", latitude=its_latitude, longitude=its_longitude, mentions=())
        )
        if away is not None and away <= kilometres:
            found.append((away, key))
    return [key for _, key in sorted(found)]


def _east(latitude: float, north: float) -> float:
    from math import cos, radians

    return min(180.0, north / cos(radians(min(89.0, abs(latitude) + north))))


def _nearest(asked: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    shown = ", ".join(known[:20])
    return f"There are {shown}{', …' if len(known) > 20 else ''}." if known else "It has none yet."
