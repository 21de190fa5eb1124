"""Whole records: how many events of a story are found, and how many are right in every field.

    python -m benchmarks.records [GOLD.jsonl …] [--note TEXT]

Without GOLD our own reports in benchmarks/gold are coded: nothing from outside is needed. GOLD is compiled
gold with its texts (docs/annotating.md). Each set's figures are one line; with --note they are added to
benchmarks/history.tsv under the current commit.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from spacy.language import Language

from sitrep.coding.pipeline import code_documents, load
from sitrep.evaluation.annotation import read_annotation
from sitrep.evaluation.gold import GoldDocument, document_of, read_gold
from sitrep.evaluation.scorer import Scores, score
from sitrep.evaluation.stories import read_stories

HERE: Final = Path(__file__).parent
HISTORY: Final = HERE / "history.tsv"


def own_reports() -> list[GoldDocument]:
    """Our own annotated reports in benchmarks/gold. Raises `ValueError` where an annotation has faults."""
    documents: list[GoldDocument] = []
    for file in sorted((HERE / "gold").glob("reports*.jsonl")):
        notes = file.with_suffix(".ann.txt")
        with notes.open(encoding="utf-8") as lines:
            read = read_annotation(lines, read_stories(file), str(notes))
        if read.faults:
            raise ValueError("\n".join(map(str, read.faults)))
        documents += read.documents
    return documents


def coded_scores(gold: Sequence[GoldDocument], nlp: Language) -> tuple[Scores, float]:
    """The scores of the coder on gold, and the seconds that coding took."""
    began = time.perf_counter()
    documents = (document_of(story) for story in gold)
    reports = {story.id: report for story, report in zip(gold, code_documents(documents, nlp), strict=True)}
    seconds = time.perf_counter() - began
    return score(gold, reports), seconds


def line_of(name: str, scores: Scores, seconds: float) -> str:
    found, record = scores.detection, scores.record
    fields = " ".join(f"{name} {one.share or 0:.2f}" for name, one in scores.fields.items())
    return (
        f"{name}: {scores.documents} stories; "
        f"detection recall {found.recall} precision {found.precision} F1 {found.f1}, main {found.main}; "
        f"record F1 {record.f1} precision {record.precision}, sound {record.sound_precision}; "
        f"{fields}; {seconds:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--note", help="add a line for each set to benchmarks/history.tsv")
    arguments = parser.parse_args()
    sets = {path.name.split(".")[0]: read_gold(path) for path in arguments.gold} or {"reports": own_reports()}
    nlp = load()
    for name, gold in sets.items():
        scores, seconds = coded_scores(gold, nlp)
        print(line_of(name, scores, seconds), flush=True)
        if arguments.note:
            _remember(name, scores, seconds, arguments.note)


def _remember(name: str, scores: Scores, seconds: float, note: str) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    row = [
        commit,
        name,
        scores.detection.f1,
        scores.record.f1,
        scores.record.sound_precision,
        round(seconds, 1),
        note,
    ]
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write("\t".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
