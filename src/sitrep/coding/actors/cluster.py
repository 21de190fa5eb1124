"""The mentions that speak of one actor."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitrep.coding.actors.mention import Mention


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
        return next((m.sort for m in self.mentions if m.name), self.mentions[0].sort)
