"""Find the thresholds of `coding/reader/ledger.py`: `python -m training.reader.thresholds GOLD.jsonl …`.

Reads the gold stories once and then tries other thresholds on what the heads say, one after the other, for
as long as any step is worth it. Prints each step, and the best ones last; nothing is written. Give it the
development sets only, never a set that a figure is to be stated of.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from sitrep.coding.pipeline import STAGES, coder_of, doc_of, load, report_of
from sitrep.coding.reader.component import Proposed, choose_events, propose_events
from sitrep.coding.reader.encoder import Encoder
from sitrep.coding.reader.ledger import DEFAULT, Thresholds
from sitrep.evaluation.gold import GoldDocument, document_of, read_gold
from sitrep.evaluation.scorer import Scores, score
from sitrep.records import Report

STEPS: Final = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
LEAST_PRECISION: Final = 0.65
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Story:
    """One gold story, all of its report that no threshold changes, and what the heads say of it."""

    gold: GoldDocument
    report: Report
    proposed: Proposed


def read_stories(gold: Sequence[GoldDocument], encoder: Encoder) -> list[Story]:
    nlp = load(stages=STAGES[: STAGES.index("sitrep_reader")])
    found = []
    for story in gold:
        page = document_of(story)
        doc = nlp(doc_of(page, nlp))
        found.append(Story(story, report_of(doc, page, coder_of(nlp)), propose_events(doc, encoder)))
    return found


def scores_of(stories: Sequence[Story], encoder: Encoder, thresholds: Thresholds) -> Scores:
    reports = {}
    for story in stories:
        reading = choose_events(story.proposed, encoder.confidence, thresholds)
        reports[story.gold.id] = replace(story.report, actors=reading.actors, events=reading.events)
    return score([story.gold for story in stories], reports)


def worth(scores: Scores) -> float:
    """What the thresholds are chosen by: events found, whole records, little that is false."""
    precision = scores.detection.precision or 0.0
    return (
        scores.detection.f1
        + 1.5 * scores.record.f1
        + 0.3 * (scores.record.sound_precision or 0.0)
        + 0.1 * (scores.detection.main or 0.0)
        - 2.0 * max(0.0, LEAST_PRECISION - precision)
    )


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("gold", nargs="+", type=Path)
    encoder = Encoder()
    stories = read_stories([one for path in parser.parse_args().gold for one in read_gold(path)], encoder)
    best, best_worth = DEFAULT, worth(scores_of(stories, encoder, DEFAULT))
    print(f"{best_worth:.4f} as they are")
    for _ in range(ROUNDS):
        before = best_worth
        for field in fields(Thresholds):
            if field.name == "confidence":
                continue
            start = getattr(best, field.name)
            for step in STEPS:
                tried = replace(best, **{field.name: round(min(0.98, max(0.02, start + step)), 3)})
                found = worth(scores_of(stories, encoder, tried))
                if found > best_worth:
                    best, best_worth = tried, found
                    print(f"{found:.4f} {field.name} {getattr(best, field.name)}", flush=True)
        if best_worth == before:
            break
    scores = scores_of(stories, encoder, best)
    print(best)
    print(
        f"F1 {scores.detection.f1}, precision {scores.detection.precision}, main {scores.detection.main}, "
        f"record F1 {scores.record.f1}, sound {scores.record.sound_precision}"
    )


if __name__ == "__main__":
    main()
