"""How likely nothing in a record is false, from how sure the heads are of each of its answers.

A logistic model over `FEATURES`, fitted on the development sets by `training/reader/confidence.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sitrep.coding.reader.heads import Floats
from sitrep.coding.reader.scoring import Proposal

FEATURES: Final = (
    "constant", "event", "status", "actors", "recipients", "sources", "place", "time", "killed", "injured",
    "mode", "tellings", "aside",
)  # fmt: skip


def features_of(proposal: Proposal) -> dict[str, float]:
    """What the confidence of a proposal rests on: logarithms of probabilities, each at most 0 but "event"."""
    return {
        "constant": 1.0,
        "event": _logit(proposal.probability),
        "status": _log(float(proposal.status.max())),
        "actors": _sure(proposal.parties[:, 0]),
        "recipients": _sure(proposal.parties[:, 1]),
        "sources": _sure(proposal.sources),
        "place": _log(float(proposal.place.max())),
        "time": _log(float(proposal.time.max())),
        "killed": _log(float(proposal.tolls["killed"].max())),
        "injured": _log(float(proposal.tolls["injured"].max())),
        "mode": _log(proposal.mode_probability),
        "tellings": math.log(len(proposal.words)),
        "aside": _log(1.0 - float(proposal.marks[:4].max())),
    }


def confidence(features: Mapping[str, float], weights: Sequence[float]) -> float:
    """The probability, in hundredths between 0.01 and 0.99. `weights` are in the order of FEATURES.

    Without any it is the probability of the event alone.
    """
    if not weights:
        weights = [float(name == "event") for name in FEATURES]
    score = sum(weight * features[name] for name, weight in zip(FEATURES, weights, strict=True))
    # A long text has so many doubts that their power would overflow.
    return round(min(0.99, max(0.01, 1.0 / (1.0 + math.exp(-max(score, -30.0))))), 2)


def _sure(probabilities: Floats) -> float:
    """The log of the probability that every yes or no is right, as if each were independent of the others."""
    if not len(probabilities):
        return 0.0
    return float(np.log(np.maximum(np.maximum(probabilities, 1.0 - probabilities), 1e-6)).sum())


def _log(probability: float) -> float:
    return math.log(max(probability, 1e-6))


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1.0 - 1e-4)
    return math.log(bounded / (1.0 - bounded))
