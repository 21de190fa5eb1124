"""Who is who across reports: names, what each publisher calls them, and the actors they belong to."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sitrep.case.decisions import Decision
from sitrep.case.rows import from_text, to_text
from sitrep.records import Actor, Party, Report, words
from sitrep.situation.names import bucket, name_key
from sitrep.situation.names import settle as settle_names

_PRONOUNS: Final = """
    he him his himself she her hers herself it its itself they them their theirs themselves who whom whose
    which that this these those one ones both each i me my we us our ours you your
"""
PRONOUNS: Final = frozenset(_PRONOUNS.split())
# The traits of a name, and the columns of `name` that hold the commonest of each.
COMMONEST: Final = {"name": "spelling", "kind": "kind", "country": "country", "sectors": "sectors"}


@dataclass(frozen=True, slots=True)
class Named:
    """Keys of the names that a report touched.

    `changed` are those that are new, gone, or commonly spelt or described otherwise now: only in their
    buckets can a name come to belong to another actor.
    """

    keys: frozenset[str]
    changed: frozenset[str]


def add(connection: sqlite3.Connection, number: int, report: Report) -> Named:
    """Note the names of a report's actors."""
    named = [(actor, key) for actor in report.actors if (key := name_key(actor)) is not None]
    connection.executemany(
        "INSERT INTO name_mention VALUES (?, ?, ?)", [(number, actor.id, key) for actor, key in named]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO wording VALUES (?, ?, ?)",
        [(number, key, wording) for actor, key in named for wording in _wordings(actor, report.text)],
    )
    connection.executemany(
        "INSERT INTO name (key, bucket, reports) VALUES (?, ?, 1)"
        " ON CONFLICT (key) DO UPDATE SET reports = reports + 1",
        [(key, bucket(key)) for key in sorted({key for _, key in named})],
    )
    traits = sorted(_traits(named))
    connection.executemany(
        "INSERT INTO name_trait VALUES (?, ?, ?, 1)"
        " ON CONFLICT (key, trait, value) DO UPDATE SET reports = reports + 1",
        traits,
    )
    keys = frozenset(key for _, key in named)
    return Named(keys, frozenset(key for key in keys if _spell(connection, key, traits)))


def remove(connection: sqlite3.Connection, number: int, report: Report) -> Named:
    """Forget the names of a report's actors."""
    known = dict(connection.execute("SELECT actor, key FROM name_mention WHERE report = ?", (number,)))
    named = [(actor, known[actor.id]) for actor in report.actors if actor.id in known]
    traits = sorted(_traits(named))
    connection.executemany(
        "UPDATE name_trait SET reports = reports - 1 WHERE key = ? AND trait = ? AND value = ?", traits
    )
    connection.executemany(
        "DELETE FROM name_trait WHERE key = ? AND trait = ? AND value = ? AND reports = 0", traits
    )
    connection.execute("DELETE FROM name_mention WHERE report = ?", (number,))
    connection.execute("DELETE FROM wording WHERE report = ?", (number,))
    keys = [(key,) for key in sorted({key for _, key in named})]
    connection.executemany("UPDATE name SET reports = reports - 1 WHERE key = ?", keys)
    # An actor that loses a name is written anew, from the names that it has left.
    losing = {
        row[0]
        for key in keys
        for row in connection.execute("SELECT actor FROM name WHERE key = ? AND reports = 0", key)
    }
    connection.executemany("DELETE FROM name WHERE key = ? AND reports = 0", keys)
    connection.executemany("DELETE FROM case_actor WHERE id = ?", [(actor,) for actor in losing])
    left = {
        row[0]
        for actor in losing
        for row in connection.execute("SELECT key FROM name WHERE actor = ?", (actor,))
    }
    gone = frozenset(key for _, key in named)
    return Named(gone | left, frozenset(key for key in gone if _spell(connection, key, None)))


def _spell(connection: sqlite3.Connection, key: str, added: Sequence[tuple[str, str, str]] | None) -> bool:
    """Note a name's commonest spelling, kind, country and sectors; whether it is new, gone or changed.

    Where traits were only `added`, one of these or what was commonest before is so now: a state has more
    spellings than can be gone through for each report.
    """
    columns = ", ".join(COMMONEST.values())
    before = connection.execute(f"SELECT {columns}, actor FROM name WHERE key = ?", (key,)).fetchone()
    if before is None:
        return True
    now = tuple(
        _commonest(
            connection,
            key,
            trait,
            None
            if added is None
            else {old, *(value for one, kind, value in added if (one, kind) == (key, trait))},
        )
        for trait, old in zip(COMMONEST, before, strict=False)
    )
    if before[:-1] == now:
        return before[-1] is None
    marks = ", ".join("?" * len(now))
    connection.execute(f"UPDATE name SET ({columns}) = ({marks}) WHERE key = ?", (*now, key))
    return True


def _commonest(
    connection: sqlite3.Connection, key: str, trait: str, among: set[str | None] | None
) -> str | None:
    """The value that most reports give a name, among these if any are given; of equals the longest."""
    chosen = ""
    values: list[str] = []
    if among is not None:
        values = sorted(value for value in among if value is not None)
        chosen = f" AND value IN ({', '.join('?' * len(values))})"
    row = connection.execute(
        f"SELECT value FROM name_trait WHERE key = ? AND trait = ?{chosen}"
        " ORDER BY reports DESC, length(value) DESC, value LIMIT 1",
        (key, trait, *values),
    ).fetchone()
    return row[0] if row else None


def _traits(named: Iterable[tuple[Actor, str]]) -> set[tuple[str, str, str]]:
    """(key, trait, value) of a report's actors, each once a report."""
    found = set()
    for actor, key in named:
        found |= {(key, "name", actor.name), (key, "kind", actor.kind)}
        if actor.country:
            found.add((key, "country", actor.country))
        if actor.sectors:
            found.add((key, "sectors", to_text(actor.sectors)))
    return found


def _wordings(actor: Actor, text: str) -> set[str]:
    """What the report calls an actor: its names, title and noun phrases, as printed, without articles."""
    phrases = [actor.name, *actor.aliases, *words(text, actor.mentions)]
    if actor.description:
        phrases.append(actor.description)
    found = set()
    for phrase in phrases:
        parts = phrase.split()
        if parts and parts[0].casefold() in {"the", "a", "an"}:
            parts = parts[1:]
        if parts and not (len(parts) == 1 and parts[0].casefold() in PRONOUNS):
            found.add(" ".join(parts))
    return found


def settle(connection: sqlite3.Connection, touched: Named, decisions: Sequence[Decision]) -> None:
    """Find the actors of the touched names anew: by the rules of names, then by what people decided.

    Buckets in which no name changed have the actors that they had; these are but counted anew.
    """
    merges = [decision for decision in decisions if decision.kind in {"merge_actors", "split_actor"}]
    actors: set[str] = set()
    for group in _together(connection, {bucket(key) for key in touched.changed}, merges):
        names = _names(connection, group)
        heads: dict[str, str] = {}
        for one in sorted(group):
            heads |= settle_names([name.party for name in names if bucket(name.key) == one])
        actors |= _assign(connection, names, _edges(heads, merges))
    for key in touched.keys | touched.changed:
        found = connection.execute("SELECT actor FROM name WHERE key = ?", (key,)).fetchone()
        actors |= set(found or ())
    last = _last(merges)
    for actor in sorted(actors):
        _write_actor(connection, actor, last)


def _together(
    connection: sqlite3.Connection, touched: Iterable[str], merges: Sequence[Decision]
) -> list[set[str]]:
    """The touched buckets, with those that decisions tie them to, in groups that share no actor."""
    wanted = set(touched)
    groups: list[set[str]] = []
    for tied in [
        *({one} for one in sorted(wanted)),
        *({bucket(key) for key in decision.names} for decision in merges),
    ]:
        overlapping = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied] + [tied.union(*overlapping)]
    return [group for group in groups if group & wanted]


@dataclass(frozen=True, slots=True)
class _Name:
    """A row of `name`."""

    key: str
    party: Party
    reports: int
    actor: str | None


def _names(connection: sqlite3.Connection, buckets: set[str]) -> list[_Name]:
    marks = ", ".join("?" * len(buckets))
    return _read(connection, f"bucket IN ({marks})", tuple(buckets))


def _read(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> list[_Name]:
    return [
        _Name(
            key,
            Party(
                name=spelling, key=key, kind=kind, country=country, sectors=tuple(from_text(sectors or "[]"))
            ),
            reports,
            actor,
        )
        for key, spelling, kind, country, sectors, reports, actor in connection.execute(
            "SELECT key, spelling, kind, country, sectors, reports, actor FROM name"
            f" WHERE {where} ORDER BY key",
            values,
        )
    ]


Edges = set[frozenset[str]]
Last = dict[str, tuple[int, str | None]]  # the last decision on a key, and which in order it was


def _edges(heads: dict[str, str], merges: Sequence[Decision]) -> Edges:
    """Which keys are one actor's, after what people decided."""
    judged = {frozenset({key, head}) for key, head in heads.items() if key != head}
    decided: Edges = set()
    cuts: list[frozenset[str]] = []
    for decision in merges:
        names = [key for key in decision.names if key in heads]
        if decision.kind == "merge_actors":
            cuts = [cut for cut in cuts if len(cut & set(names)) in {0, len(names)}]
            decided |= {frozenset({one, names[0]}) for one in names[1:]}
        else:
            cuts.append(frozenset(names))
            decided = {edge for edge in decided if len(edge & cuts[-1]) != 1}
    return {edge for edge in judged if not any(len(edge & cut) == 1 for cut in cuts)} | decided


def _last(merges: Sequence[Decision]) -> Last:
    return {key: (number, made.id) for number, made in enumerate(merges) for key in made.names}


def _assign(connection: sqlite3.Connection, names: Sequence[_Name], edges: Edges) -> set[str]:
    """Give names their actors; the actors that lost or gained one."""
    changed: set[str] = set()
    actor_of = _components([name.key for name in names], edges)
    for name in names:
        actor = actor_of[name.key]
        if name.actor == actor:
            continue
        connection.execute("UPDATE name SET actor = ? WHERE key = ?", (actor, name.key))
        changed |= {actor} | ({name.actor} if name.actor else set())
    return changed


def _write_actor(connection: sqlite3.Connection, actor: str, last: Last) -> None:
    """Write an actor from its names; remove one that has none any more."""
    names = _read(connection, "actor = ?", (actor,))
    if not names:
        connection.execute("DELETE FROM case_actor WHERE id = ?", (actor,))
        return
    # The fullest name stands for the actor, then the one most reports use.
    chosen = max(names, key=lambda name: (name.key.count(" "), name.reports, name.party.name)).party
    country = chosen.country or next((name.party.country for name in names if name.party.country), None)
    sectors = chosen.sectors or next((name.party.sectors for name in names if name.party.sectors), ())
    decided = max((last[name.key] for name in names if name.key in last), default=(0, None))[1]
    connection.execute(
        "INSERT OR REPLACE INTO case_actor VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            actor, chosen.name, chosen.kind, country, to_text(sectors), to_text([name.key for name in names]),
            sum(name.reports for name in names), decided,
        ),
    )  # fmt: skip


def _components(keys: Sequence[str], edges: Edges) -> dict[str, str]:
    """Each key to the id of its actor, which is made of the smallest key that it hangs together with."""
    smallest = {key: key for key in sorted(keys)}

    def root(key: str) -> str:
        while smallest[key] != key:
            key = smallest[key]
        return key

    for one, other in sorted(tuple(sorted(edge)) for edge in edges if len(edge) == 2):
        first, second = sorted((root(one), root(other)))
        smallest[second] = first
    return {key: actor_id(root(key)) for key in keys}


def actor_id(key: str) -> str:
    return "actor:" + hashlib.sha256(key.encode()).hexdigest()[:16]
