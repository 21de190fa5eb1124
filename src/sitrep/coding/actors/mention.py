"""One noun phrase that names an actor, as the stages from phrase to actor pass it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sitrep.coding.actors.countries import Name
from sitrep.coding.actors.lexicon import Organisation, Role

Sort = Literal["person", "name", "state", "people", "description"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One noun phrase that names an actor: tokens `start` to `end`, exclusive; `head` is its head's token.

    `name` are the tokens of a proper name in it, without title; `titles` the tokens of each phrase that
    says what the actor is. `entry` is the table's entry of the name or head, where a table has it.
    """

    start: int
    end: int
    head: int
    sort: Sort
    name: tuple[int, int] | None = None
    titles: tuple[tuple[int, int], ...] = ()
    entry: Organisation | Role | Name | None = None
    plural: bool = False
    definite: bool = False
    alias: tuple[int, int] | None = None  # a second name: an acronym in brackets, an apposition
    modifiers: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Chunk:
    """A base noun phrase: tokens `start` to `end`, exclusive; `possessor` before its ending."""

    start: int
    end: int  # without a possessive ending
    possessor: bool = False
