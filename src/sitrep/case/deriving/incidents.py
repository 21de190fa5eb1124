"""Which tellings are one incident: the components of links, divided, each with its accounts and claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sitrep.case.deriving.tellings import delete_incidents, telling_of
from sitrep.case.rows import day, record_text, to_text
from sitrep.records import Incident, Telling, to_json
from sitrep.situation.accounts import incident_id, incident_of
from sitrep.situation.claims import claims
from sitrep.situation.grades import independent_sources
from sitrep.situation.incidents import divide
from sitrep.situation.places import place_key

Pair = tuple[int, int]


def settle(
    connection: sqlite3.Connection,
    touched: Collection[int],
    rewritten: Collection[int],
    grades: Mapping[str, str],
    joined: Sequence[Pair] = (),
    parted: Sequence[Pair] = (),
    regraded: bool = False,
) -> None:
    """Find the incidents of the touched events anew, and of all that hangs together with them.

    `joined` and `parted` are pairs of events that people decided on. An incident that has the tellings it
    had, none of them rewritten, is left alone unless publishers were `regraded`.
    """
    left = set(touched)
    while left:
        members = _component(connection, min(left), joined)
        left -= members
        tellings = {
            event: telling_of(text)
            for event, text in connection.execute(
                f"SELECT event, record FROM telling WHERE event IN ({_marks(members)})"
                " AND decision IS NOT 'rejected'",
                tuple(members),
            )
        }
        if tellings:
            _divide(connection, tellings, rewritten, grades, joined, parted, regraded)


def _component(connection: sqlite3.Connection, event: int, joined: Sequence[Pair]) -> set[int]:
    """The events that hang together with `event` by links and by what people joined."""
    members: set[int] = set()
    frontier = {event}
    while frontier:
        for one in sorted(frontier - members):
            members |= {
                row[0]
                for row in connection.execute(
                    "WITH RECURSIVE near (event) AS (VALUES (?) UNION"
                    " SELECT l.other FROM near JOIN link l ON l.event = near.event) SELECT event FROM near",
                    (one,),
                )
            }
        frontier = {
            b for pair in joined for a, b in (pair, pair[::-1]) if a in members
        } - members  # fmt: skip
    return members


def _divide(
    connection: sqlite3.Connection,
    tellings: Mapping[int, Telling],
    rewritten: Collection[int],
    grades: Mapping[str, str],
    joined: Sequence[Pair],
    parted: Sequence[Pair],
    regraded: bool,
) -> None:
    links = connection.execute(
        f"SELECT event, other FROM link WHERE event IN ({_marks(tellings)}) AND event < other",
        tuple(tellings),
    ).fetchall()
    key = {event: telling.key for event, telling in tellings.items()}

    def keys(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
        return [
            (min(key[a], key[b]), max(key[a], key[b])) for a, b in pairs if a in key and b in key and a != b
        ]

    groups = divide(list(tellings.values()), keys(links), keys(joined), keys(parted))
    event_of = {telling.key: event for event, telling in tellings.items()}
    before: dict[str, set[int]] = {}
    for incident, event in connection.execute(
        f"SELECT incident, event FROM telling WHERE event IN ({_marks(tellings)}) AND incident IS NOT NULL",
        tuple(tellings),
    ):
        before.setdefault(incident, set()).add(event)
    now = {incident_id(group): {event_of[telling.key] for telling in group} for group in groups}
    same = {
        incident
        for incident, events in now.items()
        if before.get(incident) == events and not events & set(rewritten)
    }
    if regraded:
        same = set()
    delete_incidents(connection, sorted(set(before) - same))
    for group in groups:
        if (incident := incident_id(group)) not in same:
            _write(connection, incident_of(group, grades), group, event_of)
            connection.executemany(
                "UPDATE telling SET incident = ? WHERE event = ?",
                [(incident, event) for event in now[incident]],
            )


def _write(
    connection: sqlite3.Connection,
    incident: Incident,
    tellings: Sequence[Telling],
    event_of: Mapping[str, int],
) -> None:
    place = incident.place
    tolls = [
        bound
        for toll in (incident.killed, incident.injured, incident.crowd)
        for bound in ((toll.low, toll.high) if toll else (None, None))
    ]
    connection.execute(
        f"INSERT INTO incident VALUES (?{', ?' * 23})",
        (
            incident.id, incident.type, incident.mode, incident.status, day(incident.earliest),
            day(incident.latest), place_key(place) if place else None, place.country if place else None,
            to_text([party.name for party in incident.actors]),
            to_text([party.name for party in incident.recipients]), *tolls, to_text(incident.publishers),
            _told_by(incident), to_text(incident.agreed),
            to_text(to_json(incident.differs)), incident.credibility.grade, incident.credibility.reason,
            incident.confidence, record_text(replace(incident, accounts=())),
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (incident.id, position, account.origin, account.stance, to_text(account.publishers),
             record_text(account.by), to_text(account.tellings))
            for position, account in enumerate(incident.accounts)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (incident.id, position, event_of[claim.telling], claim.source.name, claim.source.key,
             claim.stance, day(claim.said), to_text(claim.contradicts), record_text(claim.source))
            for position, claim in enumerate(claims(tellings))
        ],
    )  # fmt: skip


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _told_by(incident: Incident) -> int:
    """How many tell of it: independent sources, in reports that do not copy each other."""
    origins = {account.origin for account in incident.accounts}
    return min(len(origins), independent_sources(incident.accounts))
