"""Floors under what the coder finds in our own reports. Lowering one is a decision: say why in the commit."""

from __future__ import annotations

import pytest
from spacy.language import Language

from benchmarks.records import coded_scores, own_reports
from sitrep.evaluation.scorer import Scores

# What `python -m benchmarks.records` printed, less two points for what may vary between machines.
FLOORS = {"recall": 0.6, "precision": 0.72, "main": 0.62, "record_f1": 0.24, "sound": 0.46}


@pytest.fixture(scope="module")
def scores(nlp: Language) -> Scores:
    return coded_scores(own_reports(), nlp)[0]


def test_no_figure_falls_below_its_floor(scores: Scores):
    found = {
        "recall": scores.detection.recall,
        "precision": scores.detection.precision,
        "main": scores.detection.main,
        "record_f1": scores.record.f1,
        "sound": scores.record.sound_precision,
    }
    assert {name: value for name, value in found.items() if value is None or value < FLOORS[name]} == {}


def test_our_reports_tell_of_every_type_and_are_sixty_at_least():
    reports = own_reports()
    assert len(reports) >= 60
    assert len({event.type for report in reports for event in report.events}) == 16
