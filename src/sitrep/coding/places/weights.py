"""The two sets of weights that judge names: which words are a place's, and which place is meant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sitrep.models import Model


class PlaceModels:
    """The two sets of weights: which words are a place's name, which place is meant. Both give log-odds."""

    def __init__(self) -> None:
        self.naming = Model("places_naming")
        self.ranking = Model("places_ranking")

    def name_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _probabilities(self.naming, features)

    def rank_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _probabilities(self.ranking, features)

    @property
    def digests(self) -> dict[str, str]:
        return {model.name: model.digest for model in (self.naming, self.ranking)}


def _probabilities(model: Model, features: NDArray[np.float32]) -> NDArray[np.float64]:
    if not len(features):
        return np.zeros(0)
    odds = model.run(features=features)["odds"][:, 0].astype(np.float64)
    result: NDArray[np.float64] = np.round(1.0 / (1.0 + np.exp(-odds)), 4)
    return result
