"""Relation: gold records with a text, actor spans and recipient spans; the PLOVER type of each pair.

The gold sets hold pairs that stand in some relation, so the best type is given even where the model
finds "no relation" more likely still. CONCEDE and RETREAT, which the gold merges as YIELD, are told
apart here and merged again by the scorer; the more likely of YIELD's two halves is weighed with the
probability of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import sitrep
from sitrep.coding.relations import NONE

HALVES: Final = ("CONCEDE", "RETREAT")


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    """`{"id", "type"}` for each record, in order."""
    for record in records:
        found = sitrep.relate(record["text"], record["actor"], record["recipient"])
        yield {"id": record["id"], "type": best_type(found)}


def best_type(probabilities: dict[str, float]) -> str:
    """The most likely type, the two halves of YIELD counting together."""
    whole = sum(probabilities[half] for half in HALVES)
    weighed = {label: whole if label in HALVES else p for label, p in probabilities.items() if label != NONE}
    return max(weighed, key=lambda label: (weighed[label], probabilities[label]))
