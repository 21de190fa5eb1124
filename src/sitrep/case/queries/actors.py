"""Actors of the case: whole, with what each publisher calls them, or a line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sitrep.case.filters import Condition, country_code, like, where
from sitrep.case.rows import from_text


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase that a publisher calls an actor by, and in how many of its reports."""

    publisher: str | None
    wording: str
    reports: int


@dataclass(frozen=True, slots=True)
class CaseActor:
    """One actor of the case: its names everywhere, and who calls it what."""

    id: str
    name: str
    kind: str | None
    country: str | None
    sectors: tuple[str, ...]
    names: tuple[str, ...]  # keys (situation/names.py)
    reports: int
    decision: str | None
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorLine:
    """One actor in a list."""

    id: str
    name: str
    kind: str | None
    country: str | None
    sectors: tuple[str, ...]
    reports: int


def actors(
    connection: sqlite3.Connection,
    name: str | None = None,
    country: str | None = None,
    least_reports: int = 1,
    limit: int | None = None,
) -> Iterator[CaseActor]:
    """Actors of the case, most reported first; `name` is an id or words of any of its names."""
    conditions = [Condition("a.reports >= ?", (least_reports,))]
    if country is not None:
        conditions.append(Condition("a.country = ?", (country_code(country),)))
    if name is not None and name.startswith("actor:"):
        conditions.append(Condition("a.id = ?", (name,)))
    elif name is not None:
        conditions.append(
            Condition(
                "a.id IN (SELECT n.actor FROM name_trait f JOIN name n ON n.key = f.key"
                " WHERE f.trait = 'name' AND f.value LIKE ? ESCAPE '!' UNION SELECT n.actor FROM wording w"
                " JOIN name n ON n.key = w.key WHERE w.wording LIKE ? ESCAPE '!')",
                (like(name), like(name)),
            )
        )
    clause, values = where(conditions)
    rows = connection.execute(
        f"SELECT a.* FROM case_actor a{clause} ORDER BY a.reports DESC, a.name, a.id LIMIT ?",
        (*values, -1 if limit is None else limit),
    ).fetchall()
    for id, called, kind, its_country, sectors, names, reports, decision in rows:
        yield CaseActor(
            id, called, kind, its_country, tuple(from_text(sectors)), tuple(from_text(names)), reports,
            decision, _wordings(connection, id),
        )  # fmt: skip


def _wordings(connection: sqlite3.Connection, actor: str) -> tuple[Wording, ...]:
    rows = connection.execute(
        "SELECT r.publisher, w.wording, count(DISTINCT w.report) AS reports FROM name n"
        " JOIN wording w ON w.key = n.key JOIN report r ON r.number = w.report WHERE n.actor = ?"
        " GROUP BY r.publisher, w.wording ORDER BY r.publisher, reports DESC, w.wording",
        (actor,),
    )
    return tuple(Wording(*row) for row in rows)


def lines(connection: sqlite3.Connection, name: str | None, limit: int | None) -> Iterator[ActorLine]:
    """As `actors`, the most reported first, without what each costs to look up. `name` is part of a name."""
    clause, values = where(_called(name))
    rows = connection.execute(
        f"SELECT a.id, a.name, a.kind, a.country, a.sectors, a.reports FROM case_actor a{clause}"
        " ORDER BY a.reports DESC, a.name, a.id LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    for id, called, kind, country, sectors, reports in rows:
        yield ActorLine(id, called, kind, country, tuple(from_text(sectors)), reports)


def count(connection: sqlite3.Connection, name: str | None) -> int:
    """How many `lines` there are in all."""
    clause, values = where(_called(name))
    [total] = connection.execute(f"SELECT count(*) FROM case_actor a{clause}", values).fetchone()
    return int(total)


def names(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The names of those of `ids` that are actors of the case."""
    wanted = sorted(ids)
    marks = ", ".join("?" * len(wanted))
    return dict(
        connection.execute(f"SELECT id, name FROM case_actor WHERE id IN ({marks})", wanted).fetchall()
    )


def of_names(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, str]:
    """Which actor (id) each of these keys of names belongs to; a key of no actor is left out."""
    wanted = sorted(keys)
    marks = ", ".join("?" * len(wanted))
    return dict(
        connection.execute(
            f"SELECT key, actor FROM name WHERE key IN ({marks}) AND actor NOT NULL", wanted
        ).fetchall()
    )


def _called(name: str | None) -> list[Condition]:
    if not name:
        return []
    return [
        Condition(
            "a.id IN (SELECT n.actor FROM name_trait f JOIN name n ON n.key = f.key"
            " WHERE f.trait = 'name' AND f.value LIKE ? ESCAPE '!')",
            (like(name),),
        )
    ]
