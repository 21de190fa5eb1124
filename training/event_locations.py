"""How the weights of `coding/events/locations.py` are made, and how good they are.

    python -m training.event_locations --data FOLDER                     writes models/event_locations.onnx
    python -m training.event_locations --data FOLDER --cross-validate    prints 5-fold figures

FOLDER holds `event_location/train.jsonl` (Halterman 2019): sentences with one verb marked, and the names of
the places where its act took place. Folds are by sentence.

The set's labels need choosing, as a comparison of the rows that share an id and a verb shows. Of news wires
(ids APW, AFP, XIN) the rows marked gold mostly lack the location, or mark a fragment of a word, where the
other row of the same sentence has it; of the other sources (masdar, liberate) the gold rows are complete and
the others mostly empty. So the weights learn from rows that are not marked gold, less those of the second
kind that mark no place and those that mark a fragment; where two rows of one verb differ, from the one that
marks a place. A sentence that any gold row has is never learned from. Needs the `training` extra.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import spacy
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from spacy.tokens import Doc

from benchmarks.tasks.event_location import Reading, read_text
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.events.location_features import (
    LOCATION_FEATURES,
    Candidate,
    location_candidates,
    location_features,
)
from sitrep.coding.events.locations import LocationModel, locate_act
from sitrep.coding.pipeline import default_model
from sitrep.records import Span
from training.places import write_onnx

FOLDS: Final = 5
SEED: Final = 20261123
# Chosen by 5-fold F1 among a handful.
TREES: Final = {
    "max_leaf_nodes": 31, "min_samples_leaf": 20, "l2_regularization": 1.0, "learning_rate": 0.06,
    "max_iter": 120,
    "early_stopping": False,
}  # fmt: skip
WEIGHTS: Final = Path(__file__).parent.parent / "src" / "sitrep" / "models" / "event_locations.onnx"
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_WIRES: Final = ("APW", "AFP", "XIN")
_SPARSE: Final = ("masdar", "liberate")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the set, read; `labels` has 1 for each candidate that the set marks."""

    record: dict[str, Any]
    fold: int
    reading: Reading
    doc: Doc
    candidates: tuple[Candidate, ...]
    features: NDArray[np.float32]
    labels: tuple[int, ...]

    @property
    def source(self) -> str:
        return str(self.record["id"])

    @property
    def has_fragment(self) -> bool:
        """Whether a marked location cuts a word, or is blank."""
        text = self.record["text"]
        return any(
            not text[start:end].strip()
            or (start > 0 and text[start - 1 : start + 1].isalnum())
            or (end < len(text) and text[end - 1 : end + 1].isalnum())
            for start, end in self.record["locations"]
        )


def read_rows(folder: Path) -> list[Row]:
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    nlp.add_pipe("sitrep_places")
    with (folder / "event_location" / "train.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    readings = [read_text(record["text"]) for record in records]
    docs = nlp.pipe(reading.text for reading in readings)
    return [_row(*found) for found in zip(records, readings, docs, strict=True)]


def _row(record: dict[str, Any], reading: Reading, doc: Doc) -> Row:
    words = tokens_at(doc, reading.inside(record["verb"]))
    candidates = location_candidates(doc, words[0]) if len(words) else ()
    features = (
        location_features(doc, words[0], candidates)
        if len(words)
        else np.zeros((0, len(LOCATION_FEATURES)), np.float32)
    )
    gold = [reading.inside(span) for span in record["locations"]]
    labels = tuple(
        int(any(start < span_of(doc[c.end - 1])[1] and doc[c.start].idx < end for start, end in gold))
        for c in candidates
    )
    fold = int(hashlib.sha256(record["text"].encode()).hexdigest(), 16) % FOLDS
    return Row(record, fold, reading, doc, candidates, features, labels)


def learnable(rows: Sequence[Row]) -> list[Row]:
    """The rows to learn from, one for each verb of a sentence."""
    tested = {row.record["text"] for row in rows if row.record["gold"]}
    chosen: dict[tuple[str, int], Row] = {}
    for row in rows:
        empty = not row.record["locations"]
        if row.record["text"] in tested or row.has_fragment or (empty and row.source.startswith(_SPARSE)):
            continue
        key = (row.record["text"], row.record["verb"][0])
        if key not in chosen or (any(row.labels) and not any(chosen[key].labels)):
            chosen[key] = row
    return list(chosen.values())


def mended(rows: Sequence[Row]) -> dict[int, Row]:
    """The gold rows, by the identity of each, with the label of those of news wires from their other row."""
    others: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        if not row.record["gold"] and not row.has_fragment:
            key = (row.record["text"], row.record["verb"][0])
            others[key] = others.get(key) or row.record["locations"]
    gold: dict[int, Row] = {}
    for row in rows:
        key = (row.record["text"], row.record["verb"][0])
        if row.record["gold"] and row.source.startswith(_WIRES) and key in others:
            gold[id(row)] = replace(row, record=row.record | {"locations": others[key]})
        elif row.record["gold"]:
            gold[id(row)] = row
    return gold


def train(rows: Sequence[Row]) -> HistGradientBoostingClassifier:
    features = np.concatenate([row.features for row in rows])
    labels = np.array([label for row in rows for label in row.labels])
    return HistGradientBoostingClassifier(random_state=SEED, **TREES).fit(features, labels)


class Trained(LocationModel):
    """A freshly trained model in the place of the packaged one."""

    def __init__(self, model: HistGradientBoostingClassifier) -> None:
        self._trained = model

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        result: NDArray[np.float64] = np.round(self._trained.predict_proba(features)[:, 1], 4)
        return result


def predict(row: Row, model: LocationModel) -> list[Span]:
    words = tokens_at(row.doc, row.reading.inside(row.record["verb"]))
    if not len(words):
        return []
    return [row.reading.outside(span_of(found.name)) for found in locate_act(row.doc, words[0], model)]


def score(rows: Iterable[tuple[Row, Sequence[Span]]]) -> dict[str, float]:
    """Precision, recall and F1 over tokens, and how many rows."""
    count: Counter[str] = Counter()
    for row, predicted in rows:
        wanted = _touched(row.record["text"], row.record["locations"])
        found = _touched(row.record["text"], predicted)
        count["rows"] += 1
        count["both"] += len(wanted & found)
        count["wanted"] += len(wanted)
        count["found"] += len(found)
    return {
        "precision": round(count["both"] / max(1, count["found"]), 4),
        "recall": round(count["both"] / max(1, count["wanted"]), 4),
        "f1": round(2 * count["both"] / max(1, count["wanted"] + count["found"]), 4),
        "rows": count["rows"],
    }


def _touched(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    marked = [(span[0], span[1]) for span in spans]
    return {
        number
        for number, match in enumerate(_TOKEN.finditer(text))
        if any(match.start() < end and start < match.end() for start, end in marked)
    }


def cross_validate(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    predicted: list[tuple[Row, list[Span]]] = []
    usable = learnable(rows)
    for fold in range(FOLDS):
        model = Trained(train([row for row in usable if row.fold != fold]))
        predicted.extend((row, predict(row, model)) for row in rows if row.fold == fold)
    learned, gold = {id(row) for row in usable}, mended(rows)
    is_gold = [pair for pair in predicted if pair[0].record["gold"]]
    better = [(gold[id(row)], spans) for row, spans in is_gold]
    sets = {
        "not gold": [pair for pair in predicted if not pair[0].record["gold"]],
        "not gold, of those learned from": [pair for pair in predicted if id(pair[0]) in learned],
        "gold": is_gold,
        "gold, not of news wires": [pair for pair in is_gold if not pair[0].source.startswith(_WIRES)],
        "gold, of news wires": [pair for pair in is_gold if pair[0].source.startswith(_WIRES)],
        "gold, of news wires, mended": [pair for pair in better if pair[0].source.startswith(_WIRES)],
        "gold, mended": better,
    }
    return {name: score(pairs) for name, pairs in sets.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    rows = read_rows(arguments.data)
    if arguments.cross_validate:
        print(json.dumps(cross_validate(rows), indent=1))
        return
    write_onnx(train(learnable(rows)), LOCATION_FEATURES, WEIGHTS)


if __name__ == "__main__":
    main()
