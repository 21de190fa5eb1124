"""What a case holds of one actor: what it did and what was done to it, with whom, and what it claims."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sitrep.case import Case, Filter
from sitrep.case.queries import CaseActor, Said
from sitrep.ontology import QUADS
from sitrep.web.index import Entry, Index

MOST_OTHERS: Final = 24  # in the graph: more names than that lie on each other


@dataclass(frozen=True, slots=True)
class Deed:
    """One incident, and whether the actor did it or it was done to him."""

    entry: Entry
    did: bool
    suffered: bool


@dataclass(frozen=True, slots=True)
class Other:
    """One with whom the actor has had to do: in how many incidents of each quad category, either way.

    Who is told of in words that name nobody ("gunmen") has no page: `is_named` is False, `id` the words.
    """

    id: str
    name: str
    is_named: bool
    counts: tuple[int, ...]  # as QUADS

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Tie:
    """How often one did something of a quad category to another: incidents told as having happened."""

    source: str
    target: str
    quad: int  # index into QUADS
    incidents: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What another has said that contradicts a claim."""

    key: str
    source: str
    sentence: str
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of the actor, what contradicts it, and what the case makes of its incident."""

    said: Said
    mode: str | None
    entry: Entry | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    actor: CaseActor
    deeds: tuple[Deed, ...]
    others: tuple[Other, ...]
    ties: tuple[Tie, ...]
    claims: tuple[Claimed, ...]


def dossier(case: Case, connection: sqlite3.Connection, index: Index, id: str) -> Dossier:
    """Raises `KeyError` where the case has no such actor."""
    found = case.actors(id) if id.startswith("actor:") else []
    if not found:
        raise KeyError(id)
    actor = found[0]
    entries = {entry.id: entry for entry in index.entries}
    others, ties = _network(connection, actor)
    return Dossier(
        actor, _deeds(connection, index, id), others, ties, _claims(case, connection, entries, actor)
    )


def _deeds(connection: sqlite3.Connection, index: Index, id: str) -> tuple[Deed, ...]:
    roles: dict[str, set[str]] = defaultdict(set)
    for incident, role in connection.execute(
        "SELECT DISTINCT t.incident, p.role FROM name n JOIN telling_party p ON p.key = n.key"
        " JOIN telling t ON t.event = p.event"
        " WHERE n.actor = ? AND p.role IN ('actor', 'recipient') AND t.incident NOT NULL",
        (id,),
    ):
        roles[incident].add(role)
    return tuple(
        Deed(entry, "actor" in roles[entry.id], "recipient" in roles[entry.id])
        for entry in index.entries
        if entry.id in roles
    )


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


def _network(connection: sqlite3.Connection, actor: CaseActor) -> tuple[tuple[Other, ...], tuple[Tie, ...]]:
    own = _ties(
        [
            *connection.execute(f"{_TIES} n1.actor = ?", (actor.id,)),
            *connection.execute(f"{_TIES} n2.actor = ?", (actor.id,)),
            *(
                (incident, quad, actor.id, words) if role == "actor" else (incident, quad, words, actor.id)
                for incident, quad, role, words in connection.execute(_WORDED, (actor.id,))
            ),
        ]
    )
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for tie in own:
        counts[tie.target if tie.source == actor.id else tie.source][tie.quad] += tie.incidents
    names = _names(connection, counts)
    others = sorted(
        (
            Other(id, names.get(id, id), id in names, tuple(its[number] for number in range(len(QUADS))))
            for id, its in counts.items()
        ),
        key=lambda other: (-other.total, not other.is_named, other.name, other.id),
    )
    shown = [other.id for other in others[:MOST_OTHERS]]
    named = [other.id for other in others[:MOST_OTHERS] if other.is_named]
    marks = ", ".join("?" * len(named))
    among = _ties(
        connection.execute(
            f"{_TIES} n1.actor IN ({marks}) AND n2.actor IN ({marks})", (*named, *named)
        ).fetchall()
    )
    kept = {actor.id, *shown}
    return tuple(others), tuple(tie for tie in (*own, *among) if tie.source in kept and tie.target in kept)


def _ties(rows: Iterable[tuple[str, str, str, str]]) -> list[Tie]:
    counted = Counter(
        (source, target, QUADS.index(quad)) for _, quad, source, target in rows if quad in QUADS
    )
    return [Tie(*key, counted[key]) for key in sorted(counted)]


def _names(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(ids)
    rows = connection.execute(
        f"SELECT id, name FROM case_actor WHERE id IN ({', '.join('?' * len(wanted))})", wanted
    )
    return dict(rows.fetchall())


def _claims(
    case: Case, connection: sqlite3.Connection, entries: dict[str, Entry], actor: CaseActor
) -> tuple[Claimed, ...]:
    names = set(actor.names)
    said = [one for one in case.claims(Filter(source=actor.id)) if one.claim.source.key in names]
    answers = {key: _answer(connection, key) for one in said for key in one.claim.contradicts}
    modes = {one.claim.telling: _mode(connection, one.claim.telling) for one in said}
    return tuple(
        Claimed(
            one,
            modes[one.claim.telling],
            entries.get(one.claim.incident),
            tuple(answer for key in one.claim.contradicts if (answer := answers[key]) is not None),
        )
        for one in sorted(said, key=lambda one: (str(one.claim.said), one.claim.telling), reverse=True)
    )


def _answer(connection: sqlite3.Connection, key: str) -> Answer | None:
    report, _, event = key.rpartition("/")
    row = connection.execute(
        "SELECT c.source, e.sentence, r.publisher FROM report r JOIN event e ON e.report = r.number"
        " JOIN claim c ON c.event = e.number WHERE r.id = ? AND e.id = ?",
        (report, event),
    ).fetchone()
    return Answer(key, *row) if row else None


def _mode(connection: sqlite3.Connection, key: str) -> str | None:
    report, _, event = key.rpartition("/")
    row: Sequence[str | None] | None = connection.execute(
        "SELECT t.mode FROM report r JOIN event e ON e.report = r.number JOIN telling t ON t.event = e.number"
        " WHERE r.id = ? AND e.id = ?",
        (report, event),
    ).fetchone()
    return row[0] if row else None
