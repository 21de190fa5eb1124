"""Train the attribution tagger on PolNeAR (Newell et al. 2018).

    python -m training.attribution --data FOLDER     # writes src/sitrep/models/attribution.npz
    python -m training.attribution --data FOLDER --keep-tags     # its cues alone: a minute

FOLDER holds polnear_train.jsonl: one article a line with id, text and attributions (spans of source, cue and
content). Needs scikit-learn and python-crfsuite, and 3 GB of memory; about ten minutes on one core. The same
data give the same weights. To measure them: python -m benchmarks.predict attribution polnear_dev.jsonl
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern  # the same feature a million times is one string
from typing import Any

import numpy as np
import pycrfsuite
import spacy
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin

from sitrep.coding.attribution.cues import CueLexicon, default_cues
from sitrep.coding.attribution.features import (
    CONTENT,
    CUE,
    LABELS,
    SOURCE,
    Parse,
    cue_features,
    is_candidate,
    is_sure,
    read_parse,
    word_names,
)
from sitrep.coding.attribution.findings import Reading, read
from sitrep.coding.attribution.rules import find_at
from sitrep.coding.attribution.speakers import assign_quotations
from sitrep.coding.attribution.tagger import around_cue, read_tagger
from sitrep.coding.pipeline import default_model

WEIGHTS = Path(__file__).parent.parent / "src/sitrep/models/attribution.npz"
FOLDS = 5

# Set by hand, not searched: a search would take hours and the development articles would wear out.
CUE_STRENGTH = 0.3  # C of the logistic regression
CUE_RAREST = 3  # a feature seen in fewer words is left out
TAG_RAREST = 4
TAG_L1, TAG_L2, TAG_ROUNDS = 0.3, 0.05, 90
# Log-odds above which a word is a cue. Chosen on the development articles among -1.2 to 0.2, where strict F1
# moves by less than 0.01: the middle, for cues and sources at the least cost in precision.
THRESHOLD = -0.5
OFTEN = 8  # times a word is seen without heading a cue before it is left out of the search
HARD_NEGATIVE = -2.0  # log-odds above which a word that is no cue is shown to the tagger as such


@dataclass(frozen=True, slots=True)
class Article:
    reading: Reading
    parse: Parse
    gold: dict[int, dict[int, int]]  # by head of the cue: label by token


def load(path: Path, cues: CueLexicon, parsed: Path | None) -> list[Article]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    nlp = spacy.load(default_model())
    if parsed is not None and parsed.is_file():
        docs: Iterable[Doc] = DocBin().from_disk(parsed).get_docs(nlp.vocab)
    else:
        nlp.add_pipe("sitrep_paragraphs", before="parser")
        docs = nlp.pipe((record["text"] for record in records), batch_size=16)
        if parsed is not None:
            docs = list(docs)
            DocBin(docs=docs).to_disk(parsed)
    articles = []
    for record, doc in zip(records, docs, strict=True):
        reading = read(doc, cues)
        parse = read_parse(doc, reading.quoted_in)
        articles.append(Article(reading, parse, gold_by_cue(doc, parse, record["attributions"])))
    return articles


def gold_by_cue(doc: Doc, parse: Parse, attributions: Sequence[dict[str, Any]]) -> dict[int, dict[int, int]]:
    """The annotated attributions that have a cue and a content, by the word that heads their cue."""
    found: dict[int, dict[int, int]] = {}
    for attribution in attributions:
        labels: dict[int, int] = {}
        for role, label in (("content", CONTENT), ("source", SOURCE), ("cue", CUE)):
            for start, end in attribution[role]:
                tokens = doc.char_span(start, end, alignment_mode="expand")
                labels |= {t.i: label for t in tokens or () if not t.is_space}
        cue = [i for i, label in labels.items() if label == CUE]
        if not cue or CONTENT not in labels.values():
            continue
        head = head_of(parse, cue)
        # One word that heads two attributions ("said" of two speakers): the longer one is learned.
        if head not in found or len(found[head]) < len(labels):
            found[head] = labels
    return found


def head_of(parse: Parse, cue: Sequence[int]) -> int:
    """The word of a cue that the rules start from: a candidate, nearest the root, verbs and nouns first."""
    inside = set(cue)
    order = {"VERB": 0, "NOUN": 1, "ADJ": 2, "AUX": 3}

    def rank(i: int) -> tuple[bool, bool, int, int]:
        return not is_candidate(parse, i), parse.heads[i] in inside, order.get(parse.pos[i], 4), i

    return min(cue, key=rank)


def never_cues(articles: Sequence[Article]) -> list[str]:
    """Words (lemma and part of speech) that are seen often and head no cue: they need no second thought."""
    seen: Counter[str] = Counter()
    heads: set[str] = set()
    for article in articles:
        names = word_names(article.parse)
        seen.update(names)
        heads.update(names[i] for i in article.gold)
    return sorted(name for name, times in seen.items() if times >= OFTEN and name not in heads)


class Names:
    """Numbers for features that are seen often enough."""

    def __init__(self, rows: Iterable[Sequence[str]], rarest: int) -> None:
        counts = Counter(name for row in rows for name in row)
        self.rows = {name: n for n, name in enumerate(sorted(k for k, c in counts.items() if c >= rarest))}

    def matrix(self, rows: Sequence[Sequence[str]]) -> csr_matrix:
        indices = [[self.rows[name] for name in row if name in self.rows] for row in rows]
        starts = np.cumsum([0, *map(len, indices)])
        flat = np.fromiter((i for row in indices for i in row), dtype=np.int32)
        return csr_matrix((np.ones(len(flat), np.float32), flat, starts), shape=(len(rows), len(self.rows)))


def cue_rows(
    articles: Sequence[Article], cues: CueLexicon
) -> tuple[list[list[str]], list[bool], list[tuple[int, int]]]:
    """Every word that may head a cue: its features, whether it does, and where it is (article, token)."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    where: list[tuple[int, int]] = []
    for n, article in enumerate(articles):
        for i in range(len(article.parse.words)):
            if is_candidate(article.parse, i):
                rows.append([intern(name) for name in cue_features(article.parse, cues, i)])
                labels.append(i in article.gold)
                where.append((n, i))
    return rows, labels, where


def train_cues(
    rows: Sequence[list[str]], labels: Sequence[bool]
) -> tuple[dict[str, int], NDArray[np.float32]]:
    names = Names(rows, CUE_RAREST)
    regression = LogisticRegression(
        C=CUE_STRENGTH, solver="liblinear", fit_intercept=False, tol=1e-3, random_state=0
    )
    regression.fit(names.matrix(rows), np.array(labels))
    return names.rows, regression.coef_[0].astype(np.float32)


def scores_out_of_fold(
    rows: Sequence[list[str]], labels: Sequence[bool], where: Sequence[tuple[int, int]]
) -> list[dict[int, float]]:
    """For each article, the log-odds of its candidates from weights that have not seen it."""
    found: list[dict[int, float]] = [{} for _ in range(1 + max(n for n, _ in where))]
    for fold in range(FOLDS):
        inside = [k for k, (n, _) in enumerate(where) if n % FOLDS != fold]
        names, weights = train_cues([rows[k] for k in inside], [labels[k] for k in inside])
        for k, (n, i) in enumerate(where):
            if n % FOLDS == fold:
                found[n][i] = float(sum(weights[names[name]] for name in rows[k] if name in names))
    return found


def train_tags(
    articles: Sequence[Article], cues: CueLexicon, scores: Sequence[dict[int, float]]
) -> tuple[dict[str, int], NDArray[np.float32], NDArray[np.float32]]:
    """Weights by feature and label, and transitions, of the conditional random field."""
    trainer = pycrfsuite.Trainer(verbose=False)
    sequences: list[tuple[list[list[str]], list[str]]] = []
    counts: Counter[str] = Counter()
    for article, score in zip(articles, scores, strict=True):
        shown = {i for i, s in score.items() if s > HARD_NEGATIVE or is_sure(article.parse, cues, i)}
        heads = {i: score.get(i, THRESHOLD) for i in {*article.gold, *shown}}
        findings = assign_quotations(article.reading, [find_at(article.reading, i) for i in sorted(heads)])
        for finding in findings:
            if finding.head is None:
                continue
            region, features = around_cue(article.parse, cues, finding, heads[finding.head])
            features = [[intern(name) for name in row] for row in features]
            gold = article.gold.get(finding.head, {})
            sequences.append((features, [LABELS[gold.get(i, 0)] for i in region]))
            counts.update(name for row in features for name in row)
    for features, labels in sequences:
        trainer.append([[name for name in row if counts[name] >= TAG_RAREST] for row in features], labels)
    print(f"{len(sequences)} cues to tag, {len(counts)} features", file=sys.stderr)
    sequences.clear()
    trainer.select("lbfgs")
    trainer.set_params({"c1": TAG_L1, "c2": TAG_L2, "max_iterations": TAG_ROUNDS})
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "tags.crfsuite")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        dump = tagger.info()
        tagger.close()
    names = {name: n for n, name in enumerate(sorted({name for name, _ in dump.state_features}))}
    weights = np.zeros((len(names), len(LABELS)), np.float32)
    for (name, label), weight in dump.state_features.items():
        weights[names[name], LABELS.index(label)] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (one, two), weight in dump.transitions.items():
        transitions[LABELS.index(one), LABELS.index(two)] = weight
    return names, weights, transitions


def train(articles: Sequence[Article], cues: CueLexicon, kept: bytes | None = None) -> bytes:
    """The weights file, as `AttributionTagger` reads it; its tags are those of `kept` where that is given."""
    rows, labels, where = cue_rows(articles, cues)
    print(f"{len(rows)} words, {sum(labels)} cues", file=sys.stderr)
    cue_names, cue_weights = train_cues(rows, labels)
    if kept is None:
        scores = scores_out_of_fold(rows, labels, where)
        del rows
        tag_names, tag_weights, transitions = train_tags(articles, cues, scores)
        tag_names, tag_weights = _without_small(tag_names, tag_weights, 0.02)
        tags = {
            "tag_names": np.frombuffer("\n".join(tag_names).encode(), np.uint8),
            "tag_weights": tag_weights.astype(np.float16),
            "transitions": transitions,
        }
    else:
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            tags = {name: arrays[name] for name in ("tag_names", "tag_weights", "transitions")}
    cue_names, cue_weights = _without_small(cue_names, cue_weights[:, None], 0.02)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        cue_names=np.frombuffer("\n".join(cue_names).encode(), np.uint8),
        cue_weights=cue_weights[:, 0].astype(np.float16),
        **tags,
        threshold=np.float32(THRESHOLD),
        never=np.frombuffer("\n".join(never_cues(articles)).encode(), np.uint8),
    )
    return buffer.getvalue()


def _without_small(
    names: dict[str, int], weights: NDArray[np.float32], least: float
) -> tuple[dict[str, int], NDArray[np.float32]]:
    kept = [(name, n) for name, n in names.items() if np.abs(weights[n]).max() >= least]
    return {name: n for n, (name, _) in enumerate(kept)}, weights[[n for _, n in kept]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--parsed", type=Path, metavar="FILE", help="keep the parsed articles here")
    parser.add_argument("--limit", type=int, metavar="N", help="use the first N articles only")
    parser.add_argument(
        "--keep-tags",
        action="store_true",
        help="train the cues alone; the tags stay those of the weights there",
    )
    args = parser.parse_args()
    cues = default_cues()
    articles = load(args.data / "polnear_train.jsonl", cues, args.parsed)[: args.limit]
    weights = train(articles, cues, WEIGHTS.read_bytes() if args.keep_tags else None)
    WEIGHTS.write_bytes(weights)
    print(f"{WEIGHTS}: {len(weights):,} bytes, {read_tagger(weights).digest}", file=sys.stderr)


if __name__ == "__main__":
    main()
