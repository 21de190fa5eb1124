"""Who has had to do with whom: an actor's part in incidents, and its ties to others."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sitrep.ontology import QUADS


@dataclass(frozen=True, slots=True)
class Tie:
    """How often one did something of a quad category to another: incidents told as having happened.

    `source` and `target` are ids of actors or, of those who have none, the words that stand for them.
    """

    source: str
    target: str
    quad: str
    incidents: int


def roles(connection: sqlite3.Connection, actor: str) -> dict[str, frozenset[str]]:
    """The incidents that an actor (id) has a part in, each with its roles: "actor", "recipient" or both."""
    found: dict[str, set[str]] = defaultdict(set)
    for incident, role in connection.execute(
        "SELECT DISTINCT t.incident, p.role FROM name n JOIN telling_party p ON p.key = n.key"
        " JOIN telling t ON t.event = p.event"
        " WHERE n.actor = ? AND p.role IN ('actor', 'recipient') AND t.incident NOT NULL",
        (actor,),
    ):
        found[incident].add(role)
    return {incident: frozenset(its) for incident, its in found.items()}


# From one actor to another: who did it to whom, and of meetings and agreements also who took part together.
_TIES: Final = """
SELECT DISTINCT t.incident, t.quad, n1.actor, n2.actor FROM name n1
JOIN telling_party p1 ON p1.key = n1.key AND p1.role = 'actor'
JOIN telling t ON t.event = p1.event AND t.status = 'happened' AND t.incident NOT NULL
JOIN telling_party p2 ON p2.event = p1.event
    AND (p2.role = 'recipient' OR (p2.role = 'actor' AND t.type IN ('AGREE', 'CONSULT') AND p2.key > p1.key))
JOIN name n2 ON n2.key = p2.key
WHERE n1.actor <> n2.actor AND """
# With those whom words alone stand for, none of them a name.
_WORDED: Final = """
SELECT DISTINCT t.incident, t.quad, own.role, other.name FROM name n
JOIN telling_party own ON own.key = n.key AND own.role IN ('actor', 'recipient')
JOIN telling t ON t.event = own.event AND t.status = 'happened' AND t.incident NOT NULL
JOIN telling_party other ON other.event = own.event
    AND other.role IN ('actor', 'recipient') AND other.role <> own.role
LEFT JOIN name other_name ON other_name.key = other.key
WHERE n.actor = ? AND other_name.actor IS NULL"""

_Row = tuple[str, str, str, str]  # incident, quad category, source, target


def ties(connection: sqlite3.Connection, actor: str) -> list[Tie]:
    """From and to one actor (id), named and unnamed others alike."""
    worded: list[_Row] = [
        (incident, quad, actor, words) if role == "actor" else (incident, quad, words, actor)
        for incident, quad, role, words in connection.execute(_WORDED, (actor,))
    ]
    return _counted(
        [
            *connection.execute(f"{_TIES} n1.actor = ?", (actor,)),
            *connection.execute(f"{_TIES} n2.actor = ?", (actor,)),
            *worded,
        ]
    )


def ties_among(connection: sqlite3.Connection, actors: Collection[str]) -> list[Tie]:
    """Between any two of these actors (ids)."""
    marks = ", ".join("?" * len(actors))
    return _counted(
        connection.execute(
            f"{_TIES} n1.actor IN ({marks}) AND n2.actor IN ({marks})", (*actors, *actors)
        ).fetchall()
    )


def _counted(rows: Iterable[_Row]) -> list[Tie]:
    counts = Counter((source, target, QUADS.index(quad)) for _, quad, source, target in rows if quad in QUADS)
    return [
        Tie(source, target, QUADS[quad], counts[source, target, quad])
        for source, target, quad in sorted(counts)
    ]
