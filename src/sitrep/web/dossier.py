"""What a case holds of one actor: what it did and what was done to it, with whom, and what it claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from sitrep.case import Case, Filter
from sitrep.case.queries.actors import CaseActor
from sitrep.case.queries.claims import ClaimLine, Said
from sitrep.case.queries.network import Tie
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
class Claimed:
    """A claim of the actor, what contradicts it, and what the case makes of its incident."""

    said: Said
    mode: str | None
    entry: Entry | None
    answers: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    actor: CaseActor
    deeds: tuple[Deed, ...]
    others: tuple[Other, ...]
    ties: tuple[Tie, ...]
    claims: tuple[Claimed, ...]


def dossier(case: Case, index: Index, id: str) -> Dossier:
    """Raises `KeyError` where the case has no such actor."""
    found = case.actors(id) if id.startswith("actor:") else []
    if not found:
        raise KeyError(id)
    actor = found[0]
    others, ties = _network(case, actor)
    return Dossier(actor, _deeds(case, index, id), others, ties, _claims(case, index, actor))


def _deeds(case: Case, index: Index, id: str) -> tuple[Deed, ...]:
    roles = case.overview.roles(id)
    return tuple(
        Deed(entry, "actor" in roles[entry.id], "recipient" in roles[entry.id])
        for entry in index.entries
        if entry.id in roles
    )


def _network(case: Case, actor: CaseActor) -> tuple[tuple[Other, ...], tuple[Tie, ...]]:
    own = case.overview.ties(actor.id)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for tie in own:
        counts[tie.target if tie.source == actor.id else tie.source][tie.quad] += tie.incidents
    names = case.overview.actor_names(counts)
    others = sorted(
        (
            Other(id, names.get(id, id), id in names, tuple(its[quad] for quad in QUADS))
            for id, its in counts.items()
        ),
        key=lambda other: (-other.total, not other.is_named, other.name, other.id),
    )
    shown = others[:MOST_OTHERS]
    among = case.overview.ties_among([other.id for other in shown if other.is_named])
    kept = {actor.id, *(other.id for other in shown)}
    return tuple(others), tuple(tie for tie in (*own, *among) if tie.source in kept and tie.target in kept)


def _claims(case: Case, index: Index, actor: CaseActor) -> tuple[Claimed, ...]:
    names = set(actor.names)
    entries = {entry.id: entry for entry in index.entries}
    said = [one for one in case.claims(Filter(source=actor.id)) if one.claim.source.key in names]
    keys = {one.claim.telling for one in said} | {key for one in said for key in one.claim.contradicts}
    lines = {line.key: line for line in case.overview.claims(sorted(keys))}
    return tuple(
        Claimed(
            one,
            lines[one.claim.telling].mode,
            entries.get(one.claim.incident),
            tuple(lines[key] for key in one.claim.contradicts if key in lines),
        )
        for one in sorted(said, key=lambda one: (str(one.claim.said), one.claim.telling), reverse=True)
    )
