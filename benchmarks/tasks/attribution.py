"""Attribution: gold records with an id and a text (PolNeAR's form), predictions for its scorer.

Runs the language pipeline with the attribution component alone: nothing else of sitrep has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sitrep
from sitrep.coding.pipeline import STAGES
from sitrep.records import Attribution


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    """`{"id", "attributions": [{"source", "cue", "content"}]}` for each record, in order."""
    nlp = sitrep.load()
    nlp.select_pipes(disable=[stage for stage in STAGES if stage != "sitrep_attribution"])
    pairs = ((record["text"], record["id"]) for record in records)
    for doc, key in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield {"id": key, "attributions": [_spans(attribution) for attribution in doc._.attributions]}


def _spans(attribution: Attribution) -> dict[str, list[list[int]]]:
    return {
        "source": [list(span) for span in attribution.source.spans],
        "cue": [list(span) for span in attribution.cue.spans],
        "content": [list(span) for span in attribution.content.spans],
    }
