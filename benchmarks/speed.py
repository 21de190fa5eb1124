"""Processor seconds a report, against the bare spaCy model on the same texts in the same run.

    python -m benchmarks.speed [--euro-per-core-hour PRICE] [SOURCE…]

SOURCE is what `sitrep read` takes, or a .jsonl with a "text" a line; the examples by default. Both
pipelines code every text `ROUNDS` times, taking turns, so that a busy machine slows both; the ratio
of their medians is the figure to state. From it follow the reports that two cores
code in a day and, at the price of a core for an hour (0.02 euro is what a small shared one in a data centre
is listed at), what a million reports cost.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sitrep.coding.pipeline import code_documents, default_model, load
from sitrep.read import read
from sitrep.records import Document

ROUNDS: Final = 3
EURO_PER_CORE_HOUR: Final = 0.02  # an assumption; give your own
EXAMPLES: Final = Path(__file__).parent.parent / "examples"


def main() -> None:
    import spacy

    arguments = _arguments()
    documents = [item for item in read(arguments.sources) if isinstance(item, Document)]
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
            begun = time.process_time()
            run()
            seconds[name].append((time.process_time() - begun) / len(documents))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} reports, {words:,} words, {ROUNDS} rounds, {os.cpu_count()} cores")
    for name, median in medians.items():
        print(f"{name:14} {median:.4f} s a report")
    print(f"ratio          {medians['sitrep'] / medians['bare nlp.pipe']:.2f}")
    ours, price = medians["sitrep"], arguments.euro_per_core_hour
    print(f"one core       {1 / ours:.1f} reports a second")
    print(f"two cores      {2 * 86_400 / ours:,.0f} reports a day")
    print(f"a million      {1_000_000 * ours / 3_600 * price:.2f} euro, at {price:g} euro a core an hour")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--euro-per-core-hour", type=float, default=EURO_PER_CORE_HOUR)
    parser.add_argument("sources", nargs="*", default=[str(EXAMPLES)])
    return parser.parse_args()


if __name__ == "__main__":
    main()
