"""Who is who across reports: names, what each publisher calls them, and the actors they belong to."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
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


def add(connection: sqlite3.Connection, number: int, report: Report) -> set[str]:
    """Note the names of a report's actors; the buckets of names that may have changed."""
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
    connection.executemany(
        "INSERT INTO name_trait VALUES (?, ?, ?, 1)"
        " ON CONFLICT (key, trait, value) DO UPDATE SET reports = reports + 1",
        sorted(_traits(named)),
    )
    return {bucket(key) for _, key in named}


def remove(connection: sqlite3.Connection, number: int, report: Report) -> set[str]:
    """Forget the names of a report's actors; the buckets of names that may have changed."""
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
    # The other names of an actor that loses one find theirs anew when their bucket is settled.
    connection.executemany(
        "DELETE FROM case_actor WHERE id = (SELECT actor FROM name WHERE key = ? AND reports = 0)", keys
    )
    connection.executemany("DELETE FROM name WHERE key = ? AND reports = 0", keys)
    return {bucket(key) for _, key in named}


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


def settle(connection: sqlite3.Connection, touched: Iterable[str], decisions: Sequence[Decision]) -> None:
    """Find the actors of the touched buckets anew: by the rules of names, then by what people decided."""
    merges = [decision for decision in decisions if decision.kind in {"merge_actors", "split_actor"}]
    groups = [_names(connection, group) for group in _together(connection, touched, merges)]
    # All of them go before any is made: what was one actor may now be of two groups.
    connection.executemany(
        "DELETE FROM case_actor WHERE id = (SELECT actor FROM name WHERE key = ?)",
        [(name.key,) for names in groups for name in names],
    )
    for names in groups:
        heads: dict[str, str] = {}
        for one in sorted({bucket(name.key) for name in names if name.key}):
            heads |= settle_names([name for name in names if name.key and bucket(name.key) == one])
        _write(connection, names, *_decided(heads, merges))


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


def _names(connection: sqlite3.Connection, buckets: set[str]) -> list[Party]:
    """Each name of the buckets with its commonest spelling, kind, country and sectors."""
    marks = ", ".join("?" * len(buckets))
    keys = [
        row[0]
        for row in connection.execute(
            f"SELECT key FROM name WHERE bucket IN ({marks}) ORDER BY key", tuple(buckets)
        )
    ]
    return [_party(connection, key) for key in keys]


def _party(connection: sqlite3.Connection, key: str) -> Party:
    commonest: dict[str, str] = {}
    for trait, value in connection.execute(
        "SELECT trait, value FROM name_trait WHERE key = ?"
        " ORDER BY trait, reports DESC, length(value) DESC, value",
        (key,),
    ):
        commonest.setdefault(trait, value)
    return Party(
        name=commonest["name"],
        key=key,
        kind=commonest["kind"],  # type: ignore[arg-type]
        country=commonest.get("country"),
        sectors=tuple(from_text(commonest.get("sectors", "[]"))),
    )


Edges = set[frozenset[str]]
Last = dict[str, tuple[int, str | None]]  # the last decision on a key, and which in order it was


def _decided(heads: dict[str, str], merges: Sequence[Decision]) -> tuple[Edges, Last]:
    """Which keys are one actor's, after what people decided, and the last decision that bore on each key."""
    judged = {frozenset({key, head}) for key, head in heads.items() if key != head}
    decided: Edges = set()
    cuts: list[frozenset[str]] = []
    last: Last = {}
    for number, decision in enumerate(merges):
        names = [key for key in decision.names if key in heads]
        if decision.kind == "merge_actors":
            cuts = [cut for cut in cuts if len(cut & set(names)) in {0, len(names)}]
            decided |= {frozenset({one, names[0]}) for one in names[1:]}
        else:
            cuts.append(frozenset(names))
            decided = {edge for edge in decided if len(edge & cuts[-1]) != 1}
        last |= dict.fromkeys(names, (number, decision.id))
    return {edge for edge in judged if not any(len(edge & cut) == 1 for cut in cuts)} | decided, last


def _write(connection: sqlite3.Connection, names: Sequence[Party], edges: Edges, last: Last) -> None:
    actor_of = _components([name.key or "" for name in names], edges)
    known = {name.key or "": name for name in names}
    groups: dict[str, list[str]] = {}
    for key, actor in actor_of.items():
        groups.setdefault(actor, []).append(key)
    connection.executemany(
        "UPDATE name SET actor = ? WHERE key = ?", [(actor, key) for key, actor in actor_of.items()]
    )
    for actor, keys in groups.items():
        _write_actor(connection, actor, [known[key] for key in sorted(keys)], last)


def _write_actor(connection: sqlite3.Connection, actor: str, names: Sequence[Party], last: Last) -> None:
    counts = [
        connection.execute("SELECT reports FROM name WHERE key = ?", (name.key,)).fetchone()[0]
        for name in names
    ]
    # The fullest name stands for the actor, then the one most reports use.
    _, chosen = max(
        zip(counts, names, strict=True),
        key=lambda pair: (len((pair[1].key or "").split(" ")), pair[0], pair[1].name),
    )
    country = chosen.country or next((name.country for name in names if name.country), None)
    sectors = chosen.sectors or next((name.sectors for name in names if name.sectors), ())
    decided = max((last[name.key] for name in names if name.key in last), default=(0, None))[1]
    connection.execute(
        "INSERT INTO case_actor VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            actor, chosen.name, chosen.kind, country, to_text(sectors), to_text([name.key for name in names]),
            sum(counts), decided,
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
