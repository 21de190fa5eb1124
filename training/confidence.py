"""Fit what `confidence` means: the weights in `coding/data/confidence.tsv`, from events judged by reading.

    python -m training.confidence                  cross-validated: is it right as often as it says?
    python -m training.confidence --write          writes the weights
    python -m training.confidence --data FOLDER    reads the features anew, after a change of the coder

`benchmarks/judged_events.tsv` holds no text: where a judged event stands (the set, the article, the offsets
of its trigger), its type, whether a careful reader would keep the record, and its features when it was last
coded. A record that the coder no longer finds has no features and no part in the fit. FOLDER holds the public
sets (docs/data.md); rows of the set "own" are of reports that are not kept: their features stay as they are.
Folds are by article, in alphabetical order.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import sitrep
from sitrep.read import read
from sitrep.records import Document, Event

TABLE = Path(__file__).parents[1] / "benchmarks" / "judged_events.tsv"
WEIGHTS = Path(sitrep.__file__).parent / "coding" / "data" / "confidence.tsv"
EXAMPLES = Path(__file__).parents[1] / "examples"
SETS = {
    "lgl": "places/lgl.jsonl",
    "geovirus": "places/geovirus.jsonl",
    "polnear_dev": "attribution/polnear_dev.jsonl",
    "polnear_train": "attribution/polnear_train.jsonl",
    "timebank": "times/timebank.jsonl",
}
FEATURES = {
    "agrees": "probability that the relation model gives the event's type, or one like it",
    "sure": "probability that it gives the type it holds likeliest",
    "density": "logarithm of the report's events a sentence",
    "political-report": "share of the report's actors that are political",
    "country": "of one of those who act the country is known",
    "unknown-body": "one of them is an organisation of which nothing is known",
    "pronoun": "a pronoun says who acts",
    "words": "it is an act of hostile words, or a demand",
    "dealings": "it is a promise, an agreement, a meeting, aid or cooperation",
    "length": "length of its sentence, in thirties of tokens",
}
CONFLICT = ("examples", "own")  # the sets of conflict pages; rules were developed on some of them
KEY = ("set", "article", "start", "end", "type", "verdict")
FOLDS = 10
RIDGE = 1.0  # on standardised features; chosen before looking, results differ little between 0.3 and 10
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)

Row = dict[str, str]
Key = tuple[str, str]  # set and article
Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of the public sets")
    parser.add_argument("--write", action="store_true", help="write the weights that all judgements give")
    settings = parser.parse_args()
    rows = read_rows()
    if settings.data is not None:
        rows = list(coded_anew(rows, settings.data))
        write_rows(rows)
    known = [row for row in rows if row["agrees"]]
    values = np.array([[float(row[name]) for name in FEATURES] for row in known])
    kept = np.array([float(row["verdict"] == "keep") for row in known])
    articles = [f"{row['set']} {row['article']}" for row in known]
    print(f"{len(known)} of {len(rows)} judged events are still coded, in {len(set(articles))} articles.")
    guesses = cross_validated(values, kept, articles)
    for line in reliability(guesses, kept, [row["set"] for row in known]):
        print(line)
    if settings.write:
        write_weights(*fitted(values, kept))


def read_rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def write_rows(rows: Iterable[Row]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*KEY, *FEATURES], delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# ----------------------------------------------------------------------------------- features


def coded_anew(rows: Sequence[Row], data: Path) -> Iterator[Row]:
    """`rows` with the features that the coder gives today; without any where it does not write the event."""
    nlp = sitrep.load()
    coder = nlp.get_pipe("sitrep_events")
    later = ("sitrep_events", "sitrep_status", "sitrep_merge")
    stages = [name for name in nlp.pipe_names if name not in later]
    articles = dict(texts(data, {(row["set"], row["article"]) for row in rows}))
    found: dict[Key, list[tuple[Event, dict[str, float]]]] = {}
    with nlp.select_pipes(enable=stages):
        for key, (text, published) in articles.items():
            doc = nlp.make_doc(text)
            doc._.published = published
            found[key] = coder.explain(nlp(doc))  # type: ignore[attr-defined]
    for row in rows:
        key = row["set"], row["article"]
        if key not in articles:
            yield row
            continue
        features = next((f for event, f in found[key] if _is_judged(event, row)), None)
        named = {name: "" if features is None else f"{features[name]:.4g}" for name in FEATURES}
        yield {**{name: row[name] for name in KEY}, **named}


def _is_judged(event: Event, row: Row) -> bool:
    start, end = int(row["start"]), int(row["end"])
    return event.type == row["type"] and any(low < end and start < high for low, high in event.trigger)


def texts(data: Path, wanted: Container[Key]) -> Iterator[tuple[Key, tuple[str, date | None]]]:
    """The wanted articles of the public sets and of our own examples, each with its day."""
    for name, path in SETS.items():
        for line in (data / path).read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            record = json.loads(line)
            if (name, record["id"]) in wanted:
                day = record.get("published")
                yield (
                    (name, record["id"]),
                    (
                        record["text"].replace("\r", ""),
                        date.fromisoformat(day) if day else None,
                    ),
                )
    for example in sorted(EXAMPLES.glob("*.txt")):
        for item in read([str(example)]):
            if isinstance(item, Document) and ("examples", example.name) in wanted:
                yield ("examples", example.name), (item.text, item.published)


# ----------------------------------------------------------------------------------- the model


def fitted(values: Floats, kept: Floats) -> tuple[float, Floats]:
    """Intercept and weights of a logistic model with a ridge, by Newton's method."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    columns = np.hstack([np.ones((len(values), 1)), (values - mean) / spread])
    ridge = np.eye(columns.shape[1]) * RIDGE
    ridge[0, 0] = 0.0
    weights = np.zeros(columns.shape[1])
    for _ in range(50):
        guesses = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (kept - guesses) - ridge @ weights
        curve = (columns * (guesses * (1 - guesses))[:, None]).T @ columns + ridge
        weights = weights + np.linalg.solve(curve, slope)
    plain = weights[1:] / spread
    return float(weights[0] - plain @ mean), plain


def cross_validated(values: Floats, kept: Floats, articles: Sequence[str]) -> Floats:
    """For each event what a model says that was fitted to the other folds' articles."""
    order = sorted(set(articles))
    fold = np.array([order.index(article) % FOLDS for article in articles])
    guesses = np.empty(len(kept))
    for number in range(FOLDS):
        intercept, weights = fitted(values[fold != number], kept[fold != number])
        guesses[fold == number] = 1 / (1 + np.exp(-(intercept + values[fold == number] @ weights)))
    return guesses


def reliability(guesses: Floats, kept: Floats, sets: Sequence[str]) -> Iterator[str]:
    """How often events of each stated confidence were kept, and how well the figure tells them apart."""
    better = guesses[kept == 1][:, None] - guesses[kept == 0][None, :]
    area = float(((better > 0) + 0.5 * (better == 0)).mean())
    yield f"Brier score {np.mean((guesses - kept) ** 2):.3f}, area under the curve {area:.2f}"
    names = np.array(sets)
    of_war = np.isin(names, CONFLICT)
    yield "stated\tall\tconflict\tother"
    for low, high in pairwise(STEPS):
        inside = (guesses >= low) & (guesses < high)
        parts = (inside, inside & of_war, inside & ~of_war)
        yield "\t".join((f"{low:.1f} to {min(high, 1):.1f}", *(_share(kept, part) for part in parts)))
    for name in sorted(set(sets)):
        yield f"{name}: {_share(kept, names == name)} kept, {guesses[names == name].sum():.0f} promised"


def _share(kept: Floats, part: NDArray[np.bool_]) -> str:
    return f"{int(kept[part].sum())} of {part.sum()}"


def write_weights(intercept: float, weights: Floats) -> None:
    lines = [
        "# How much each feature of an event says for its being kept by a careful reader: the weights of a",
        "# logistic model. Written by training/confidence.py from benchmarks/judged_events.tsv.",
        "# feature\tweight\twhat it is",
        f"intercept\t{intercept:.3f}\tof an event without any of these",
        *(f"{name}\t{weight:.3f}\t{FEATURES[name]}" for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name} is written.")


if __name__ == "__main__":
    main()
