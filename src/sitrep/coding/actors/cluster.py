"""The mentions that speak of one actor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sitrep.coding.actors.lexicon import Organisation, Role
from sitrep.coding.actors.mention import Mention

# How many mentions are looked at for what an actor is: a bound on the work. The first nearly always says it.
_LOOKED_AT: Final = 50


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one actor so far."""

    mentions: list[Mention] = field(default_factory=list)
    pronouns: list[int] = field(default_factory=list)
    shared: list[tuple[int, int]] = field(default_factory=list)  # tokens that name several: "both sides"
    owner: Cluster | None = None  # whose it is: the army of "the army's spokesman", "its spokesman"

    @property
    def sort(self) -> str:
        """What the actor is: the sort of its first named mention, else of its first."""
        return next((m.sort for m in self.mentions[:_LOOKED_AT] if m.name), self.mentions[0].sort)

    @property
    def entry(self) -> Organisation | Role | None:
        """What the tables say of it."""
        entries = (m.entry for m in self.mentions[:_LOOKED_AT])
        return next((entry for entry in entries if isinstance(entry, Organisation | Role)), None)
