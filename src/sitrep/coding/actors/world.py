"""The list of the world's public actors: who held which office when, and by what names.

Rows are facts written down for this project (`training/actors/README.md`), of which
`python -m training.actors.compile` makes the file that is read here. The list says what somebody is who is
known to be meant. Who is meant, and whether anybody of the list is, is decided in `identify.py`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

from sitrep.coding.actors.lists import ListedRole
from sitrep.coding.tables import actor_words, words_of
from sitrep.records import ActorKind

_PARTICLES: Final = actor_words()["particles"]
# Names that open with the family's: "Xi Jinping".
_FAMILY_FIRST: Final = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM"})
# A word in capitals up to this length is an acronym, and only found in capitals: "AU", but not "au".
_ACRONYM: Final = 6
_CAPITALS: Final = "^"


@dataclass(frozen=True, slots=True)
class PublicActor:
    """One actor of the list; `roles` in the order of their first days. `name` is the usual English one."""

    id: str
    kind: ActorKind
    name: str
    roles: tuple[ListedRole, ...]

    def on(self, day: date | None) -> ListedRole | None:
        """What the actor is on a day. None where no role holds then, or the day is not known and matters.

        Of several roles the shortest says most: a minister is no longer the leader of the opposition.
        """
        holding = [role for role in self.roles if role.holds_on(day)]
        if not holding and day is None and len({(role.country, role.sectors) for role in self.roles}) == 1:
            return self.roles[0]
        return min(holding, key=_length, default=None)

    @property
    def countries(self) -> frozenset[str]:
        """The states of all roles."""
        return frozenset(role.country for role in self.roles if role.country)


def _length(role: ListedRole) -> int:
    return ((role.until or date.max) - (role.since or date.min)).days


def key_of(name: str, person: bool) -> str:
    """What a name is found by: small letters without accents, of persons without particles ("al", "von").

    Acronyms keep a sign that they stand in capitals. Empty for a name that holds no word.
    """
    words = words_of(name)
    keys = [word.key for word in words]
    if person:
        keys = [key for key in keys if key not in _PARTICLES] or keys
    elif keys[:1] == ["the"] and len(keys) > 1:
        keys = keys[1:]
    if len(words) == 1 and name.isupper() and len(name) <= _ACRONYM:
        return _CAPITALS + keys[0]
    return " ".join(keys)


@dataclass(frozen=True)
class World:
    """All public actors. `made` is the day that the list is true of, `digest` that of its file."""

    made: date
    digest: str
    rows: Sequence[Sequence[Any]]

    def called(self, name: str, person: bool) -> tuple[PublicActor, ...]:
        """Everybody whose full name, or one of whose names, this is."""
        return self._actors(self._by_key.get(key_of(name, person), ()), person)

    def bearing(self, surname: str) -> tuple[PublicActor, ...]:
        """Every person whose name ends with these words, or begins with the family's where that is usual."""
        return self._actors(self._by_surname.get(key_of(surname, True).removeprefix(_CAPITALS), ()), True)

    def _actors(self, numbers: Sequence[int], person: bool) -> tuple[PublicActor, ...]:
        found = (self._actor(number) for number in numbers)
        return tuple(actor for actor in found if (actor.kind == "person") == person)

    def _actor(self, number: int) -> PublicActor:
        id, kind, name, _, roles = self.rows[number]
        return PublicActor(id, kind, name, tuple(_role(*role) for role in roles))

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            for key in row[3]:
                found.setdefault(key, []).append(number)
        return found

    @cached_property
    def _by_surname(self) -> dict[str, list[int]]:
        found: dict[str, dict[int, None]] = {}
        for number, (_, kind, _, keys, roles) in enumerate(self.rows):
            if kind != "person":
                continue
            family_first = roles[0][0] in _FAMILY_FIRST
            for key in keys:
                for surname in _surnames(key.split(), family_first):
                    found.setdefault(surname, {})[number] = None
        return {surname: list(numbers) for surname, numbers in found.items()}


def _surnames(words: Sequence[str], family_first: bool) -> Iterator[str]:
    if len(words) < 2:
        return
    yield words[0] if family_first else words[-1]
    if len(words) > 2 and not family_first:
        yield " ".join(words[-2:])


def _role(
    country: str | None, sectors: Sequence[str], since: str | None, until: str | None, office: str | None
) -> ListedRole:
    return ListedRole(
        country,
        tuple(sectors),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        office,
    )


@cache
def world() -> World:
    """The list that comes with Sitrep."""
    packed = (files("sitrep.data") / "world.jsonl.gz").read_bytes()
    head, *rows = gzip.decompress(packed).decode("utf-8").splitlines()
    digest = "sha256:" + hashlib.sha256(packed).hexdigest()
    return World(date.fromisoformat(json.loads(head)["date"]), digest, json.loads(f"[{','.join(rows)}]"))
