"""Fit what confidence means: `python -m training.reader.confidence GOLD.jsonl … [--write]`.

Codes the gold stories, judges every record, and fits the logistic model of `coding/reader/confidence.py`
to whether nothing in it is false. Prints, for five folds by story, how many records of each stated
confidence are so. With `--write` the weights fitted to all stories are stored in `models/reader.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from sitrep.coding.pipeline import coder_of, doc_of, load, report_of
from sitrep.coding.reader.confidence import FEATURES
from sitrep.evaluation.gold import GoldDocument, document_of, read_gold
from sitrep.evaluation.scorer import judged_events

WEIGHTS: Final = Path(__file__).parents[2] / "src" / "sitrep" / "models" / "reader.json"
BOUNDS: Final = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def judged(gold: Sequence[GoldDocument]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Features [records, FEATURES], whether nothing is false, and the number of the story of each record."""
    nlp = load()
    rows, sound, stories = [], [], []
    for number, document in enumerate(gold):
        page = document_of(document)
        doc = nlp(doc_of(page, nlp))
        features = {found.trigger: found.features for found in doc._.considered if found.verdict == "kept"}
        report = report_of(doc, page, coder_of(nlp))
        for index, failing in judged_events(document, report).items():
            told = features[report.events[index].trigger]
            rows.append([told[name] for name in FEATURES])
            sound.append(failing in (None, "sound"))
            stories.append(number)
    return np.array(rows), np.array(sound), np.array(stories)


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    features, sound, stories = judged([document for path in arguments.gold for document in read_gold(path)])
    model = LogisticRegression(fit_intercept=False, C=0.3, max_iter=2000)
    folds = GroupKFold(5)
    stated = cross_val_predict(model, features, sound, groups=stories, cv=folds, method="predict_proba")[:, 1]
    for low, high in pairwise(BOUNDS):
        inside = (stated >= low) & (stated < high)
        print(f"{low:.1f} to {high:.1f}: nothing false in {int(sound[inside].sum())} of {int(inside.sum())}")
    if arguments.write:
        model.fit(features, sound)
        stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        stored["confidence"] = [round(float(weight), 4) for weight in model.coef_[0]]
        WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
