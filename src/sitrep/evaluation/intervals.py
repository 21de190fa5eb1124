"""How far a figure would move with other stories of the kind: 95 % bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

RESAMPLES: Final = 2_000
SEED: Final = 20_200_623  # any will do; fixed, so that the same files give the same interval

Interval = tuple[float, float]


def f1_interval(right: Sequence[int], coded: Sequence[int], gold: Sequence[int]) -> Interval | None:
    """The 2.5th and 97.5th percentile of F1 over documents drawn with replacement (Efron 1979).

    The three are counts a document, in one order. None for fewer than two documents: nothing can be drawn
    that is not the same again. Documents are drawn, not events, because those of one story are not
    independent.
    """
    if len(right) < 2:
        return None
    counts = np.array([right, coded, gold], dtype=np.int64)  # [3, n_documents]
    draw = np.random.default_rng(SEED)
    scores = np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        hits, ours, theirs = counts[:, draw.integers(0, counts.shape[1], counts.shape[1])].sum(axis=1)
        scores[number] = 2 * hits / (ours + theirs) if ours + theirs else 0.0
    low, high = np.percentile(scores, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
