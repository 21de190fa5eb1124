"""Seconds a report, against the bare spaCy model on the same texts in the same run.

    python -m benchmarks.speed [SOURCE…]

SOURCE is what `sitrep read` takes, or a .jsonl with a "text" a line; the examples by default. Both
pipelines code every text `ROUNDS` times, taking turns, so that a busy machine slows both; the ratio
of their medians is the figure to state.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sitrep.coding.pipeline import code_documents, default_model, load
from sitrep.read import read
from sitrep.records import Document

ROUNDS: Final = 3
EXAMPLES: Final = Path(__file__).parent.parent / "examples"


def main() -> None:
    import spacy

    documents = [item for item in read(sys.argv[1:] or [str(EXAMPLES)]) if isinstance(item, Document)]
    bare, coder = spacy.load(default_model()), load()
    runs: dict[str, Callable[[], object]] = {
        "bare nlp.pipe": lambda: list(bare.pipe([document.text for document in documents])),
        "sitrep": lambda: list(code_documents(documents, coder)),
    }
    for run in runs.values():  # warm: models, gazetteer, caches
        run()
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begun = time.perf_counter()
            run()
            seconds[name].append((time.perf_counter() - begun) / len(documents))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} reports, {words:,} words, {ROUNDS} rounds, {os.cpu_count()} cores")
    for name, median in medians.items():
        print(f"{name:14} {median:.4f} s a report")
    print(f"ratio          {medians['sitrep'] / medians['bare nlp.pipe']:.2f}")


if __name__ == "__main__":
    main()
