"""The linear half of the relation model: how much each phrase speaks for each type.

A logistic regression on the phrases of sitrep.coding.relations.encode. Alone it is far worse than the
encoder (macro F1 0.76 over the folds, 0.85), but it errs elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from sitrep.coding.relations import LABELS, PHRASE_BITS, encode
from training.relation_examples import Example

# What half the sum of the squared weights costs. Over the folds 1/60 to 1/500 give 0.863 to 0.869 together
# with the encoder, which is noise; re-run the cross-validation before changing it.
PENALTY: Final = 1 / 200


def learn_phrases(examples: Sequence[Example], tokenizer: Tokenizer) -> NDArray[np.float32]:
    """float32 [2 ** PHRASE_BITS, labels]: the table whose weighted rows sum to logits.

    As in the encoder, the summed probability of all types that fit an example is learned.
    """
    phrases = _matrix(examples, tokenizer)
    fitting = np.array([[label in example.types for label in LABELS] for example in examples], dtype=float)
    weight = np.array([example.weight for example in examples])[:, None]
    rows = np.unique(phrases.indices)  # all others stay zero
    seen = phrases[:, rows]

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(len(rows), len(LABELS))
        logits = seen @ table
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = powers / powers.sum(axis=1, keepdims=True)
        right = (p * fitting).sum(axis=1, keepdims=True)
        slope = seen.T @ (weight * (p - p * fitting / right)) + PENALTY * table
        value = -(weight * np.log(right)).sum() + PENALTY / 2 * (flat**2).sum()
        return float(value), slope.ravel()

    found = minimize(cost, np.zeros(len(rows) * len(LABELS)), jac=True, method="L-BFGS-B")
    table = np.zeros((2**PHRASE_BITS, len(LABELS)), dtype=np.float32)
    table[rows] = found.x.reshape(len(rows), len(LABELS))
    return table


def _matrix(examples: Sequence[Example], tokenizer: Tokenizer) -> csr_matrix:
    """The weights of the phrases, [examples, rows of the table]."""
    found = [encode(example.pair, tokenizer).phrases for example in examples]
    number = np.repeat(np.arange(len(found)), [len(phrases) for phrases in found])
    rows = np.array([row for phrases in found for row in phrases], dtype=int)
    weights = np.array([weight for phrases in found for weight in phrases.values()])
    return csr_matrix((weights, (number, rows)), shape=(len(found), 2**PHRASE_BITS))
