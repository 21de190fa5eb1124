"""Lists of actors that a user adds: names with their state and sectors, each perhaps for a time only.

A list goes into the component as an argument, so that a report follows from its text, its day and the list
whose digest it names. Nothing here reads files: formats are in `list_formats.py`, files in `list_store.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from sitrep.coding.actors.countries import country_names
from sitrep.coding.actors.lexicon import Found, Organisation
from sitrep.coding.tables import PhraseTable, Word, words_of
from sitrep.records import ActorDescription, ActorKind, from_json, to_json

# A word in capitals up to this length is an acronym and matched as such; a longer one is a shouted name.
_ACRONYM: Final = 5


@dataclass(frozen=True, slots=True)
class ListedRole:
    """What an actor was or is. Both days are inclusive; None leaves that end open."""

    country: str | None = None
    sectors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    office: str | None = None

    @property
    def dated(self) -> bool:
        """Does it hold for a time only?"""
        return self.since is not None or self.until is not None

    def holds_on(self, day: date | None) -> bool:
        """Does it hold on a day? What is dated is not known to hold where the day is not known."""
        if day is None:
            return not self.dated
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class ListedActor:
    """One actor of a list: its names, the usual one first, and its roles in the order of the list.

    Without a `kind`, whoever has a role for a time or has left one is a person; the others are organisations.
    """

    names: tuple[str, ...]
    roles: tuple[ListedRole, ...]
    kind: ActorKind | None = None

    @property
    def likely_kind(self) -> ActorKind:
        """Its kind, as stated or as its roles tell."""
        person = any(role.dated or "ELI" in role.sectors for role in self.roles)
        return self.kind or ("person" if person else "organisation")

    def on(self, day: date | None) -> ListedRole | None:
        """The role on a day: the first dated one that holds, else the first that always does."""
        holding = [role for role in self.roles if role.holds_on(day)]
        return next((role for role in holding if role.dated), holding[0] if holding else None)


@dataclass(frozen=True)
class ActorList:
    """The actors of one list, or of several in a row; where two give one name, the first has it."""

    actors: tuple[ListedActor, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The digest of all that the list says: "sha256:…"."""
        lines = (json.dumps(to_json(actor), ensure_ascii=False, sort_keys=True) for actor in self.actors)
        return "sha256:" + hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()

    @cached_property
    def _names(self) -> PhraseTable[ListedActor]:
        table: PhraseTable[ListedActor] = PhraseTable()
        for actor in self.actors:
            for name in actor.names:
                if words_of(name):
                    table.add(_cased(name), actor)
        return table

    def starting_at(self, words: Sequence[Word], at: int) -> tuple[int, ListedActor] | None:
        """How many words from `at` on name an actor of the list, and which."""
        return self._names.match(words, at) if self.actors else None

    def describe(self, name: str, day: date | None) -> ActorDescription | None:
        """State and sectors of whom `name` names on a day; None where the list has nothing."""
        words = words_of(name)
        found = self.starting_at(words, 0) if words else None
        role = found[1].on(day) if found and found[0] == len(words) else None
        return ActorDescription(role.country, role.sectors) if role else None

    def __getstate__(self) -> dict[str, object]:
        # The table is made anew where the list arrives: it is larger than what it is made of.
        return {"actors": self.actors}


NO_LIST: Final = ActorList()


def listed_entries(words: Sequence[Word], listed: ActorList, day: date | None) -> Iterator[Found]:
    """The names of a list in a phrase, as organisations. Names of states are left to the tables of states."""
    at = 0
    while listed.actors and at < len(words):
        match = listed.starting_at(words, at)
        role = match[1].on(day) if match else None
        state = country_names().match(words, at) if match else None
        if match and role and role.sectors and not (state and state[0] >= match[0]):
            named = Organisation(match[1].names[0], role.country, role.sectors, match[1].likely_kind)
            yield Found(at, at + match[0], named)
        at += match[0] if match else 1


def with_listed(found: Sequence[Found], listed: Sequence[Found]) -> list[Found]:
    """The entries of a phrase with those of a list, which go before what they share a word with."""
    taken = {i for entry in listed for i in range(entry.start, entry.end)}
    rest = [entry for entry in found if taken.isdisjoint(range(entry.start, entry.end))]
    return sorted([*rest, *listed], key=lambda entry: entry.start)


def joined(lists: Iterable[ActorList]) -> ActorList:
    """Several lists as one, in their order."""
    return ActorList(tuple(actor for one in lists for actor in one.actors))


def to_lines(actors: ActorList) -> str:
    """The list as JSON Lines, one actor a line, as the user's folder keeps it."""
    return "".join(json.dumps(to_json(actor), ensure_ascii=False) + "\n" for actor in actors.actors)


def from_lines(text: str) -> ActorList:
    """The list that `to_lines` wrote. Raises `ValueError` for anything else."""
    return ActorList(tuple(from_json(ListedActor, json.loads(line)) for line in text.splitlines() if line))


def _cased(name: str) -> str:
    # "KOFI MENSAH" of a dictionary in capitals is looked for as "Kofi Mensah".
    if name != name.upper() or (" " not in name and len(name) <= _ACRONYM):
        return name
    return name.title()
