"""What the heads answer with, in the order of their outputs. It belongs to the weights."""

from __future__ import annotations

from typing import Final, get_args

from sitrep import ontology
from sitrep.records import Status

NONE: Final = "none"
TYPES: Final[tuple[str, ...]] = (NONE, *ontology.EVENT_TYPES)
MODES: Final[tuple[str, ...]] = (
    NONE, *(f"{kind} {mode}" for kind, event in ontology.EVENT_TYPES.items() for mode in event.modes)
)  # fmt: skip
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
# What a reader leaves aside: private crimes, sums over many events, acts inside another act, doubtful ones;
# and whether a word is the fullest of those that tell its event.
MARKS: Final = ("crime", "sum", "inner", "doubtful", "fullest")
PARTIES: Final = ("actors", "recipients")
TOLLS: Final = ("killed", "injured", "crowd")
