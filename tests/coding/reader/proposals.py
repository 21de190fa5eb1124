"""Proposals as the heads would make them, with everything unlikely that a test does not ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sitrep.coding.reader.heads import Floats
from sitrep.coding.reader.labels import MARKS, STATUSES, TOLLS
from sitrep.coding.reader.scoring import Proposal, Word
from sitrep.records import Status

NOBODY = (0.0, 0.0)


def floats(values: Sequence[float] | Sequence[Sequence[float]]) -> Floats:
    return np.array(values, dtype=np.float32)


def proposal(
    *tokens: int,
    type: str = "ASSAULT",
    probability: float = 0.9,
    fullest: int | None = None,
    mode: str | None = None,
    mode_probability: float = 1.0,
    status: Status = "happened",
    marks: Mapping[str, float] | None = None,
    parties: Sequence[tuple[float, float]] = (),
    sources: Sequence[float] = (),
    place: Sequence[float] = (1.0,),
    time: Sequence[float] = (1.0,),
    tolls: Mapping[str, Sequence[float]] | None = None,
    counts: int = 0,
) -> Proposal:
    """An event that `tokens` tell. `counts` is how many counts the text has, for tolls that are not given."""
    nothing = [*[0.0] * counts, 0.0, 1.0]
    return Proposal(
        words=tuple(Word(token, type, probability, row) for row, token in enumerate(tokens)),
        fullest=tokens[0] if fullest is None else fullest,
        type=type,
        mode=mode,
        mode_probability=mode_probability,
        status=floats([float(one == status) for one in STATUSES]),
        marks=floats([(marks or {}).get(mark, 0.0) for mark in MARKS]),
        probability=probability,
        parties=floats(parties).reshape(len(parties), 2),
        sources=floats(list(sources)),
        place=floats(list(place)),
        time=floats(list(time)),
        tolls={kind: floats((tolls or {}).get(kind, nothing)) for kind in TOLLS},
    )
