"""How the weights of `coding/places/component.py` are made, and how good they are.

    python -m training.places --data FOLDER                     writes src/sitrep/models/places_*.onnx
    python -m training.places --data FOLDER --cross-validate    prints 5-fold figures and the population
    baseline

FOLDER holds `places/lgl.jsonl` (Lieberman et al. 2010) and `places/geovirus.jsonl` (Gritta et al. 2018).
Folds are by article, drawn with a fixed seed. Needs the `training` extra.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import spacy
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from spacy.tokens import Doc

from sitrep.coding.pipeline import default_model
from sitrep.coding.places.component import find_places
from sitrep.coding.places.name_features import NAME_FEATURES, name_features
from sitrep.coding.places.names import Proposal, place_words, propose_names
from sitrep.coding.places.ranking import RANKING_FEATURES, Name, group_names, ranking_features
from sitrep.coding.places.recognition import is_demonym, recognise_names
from sitrep.coding.places.weights import PlaceModels
from sitrep.gazetteer import Gazetteer
from sitrep.gazetteer.distance import distance_km

SETS: Final = ("lgl", "geovirus")
FOLDS: Final = 5
SEED: Final = 20261123
NEAR_KM: Final = 161.0  # the field's "correct" (Gritta et al. 2018)
# Stumps of a few levels do not learn a newspaper's towns by heart; chosen by 5-fold F1 among a handful.
TREES: Final = {
    "max_leaf_nodes": 15, "min_samples_leaf": 20, "l2_regularization": 1.0, "learning_rate": 0.06,
    "max_iter": 200,
    "early_stopping": False,
}  # fmt: skip
# More of these never speaks against a place: without that, a set of mostly American towns teaches odd
# exceptions.
RISING: Final = {
    "within": 1, "not_within": -1, "population_share": 1, "country_share": 1, "country_named": 1,
    "country_people": 1,
    "first_division_share": 1, "first_division_named": 1, "second_division_share": 1, "within_20_km": 1,
    "within_50_km": 1, "within_150_km": 1, "within_500_km": 1, "near_likely": 1, "nearest": -1,
    "country_rank": -1,
}  # fmt: skip
MODELS: Final = Path(__file__).parent.parent / "src" / "sitrep" / "models"


@dataclass
class Article:
    """One article of a gold set with what does not depend on any weights."""

    set: str
    fold: int
    record: dict[str, Any]
    doc: Doc
    proposals: list[Proposal] = field(default_factory=list)
    features: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros((0, len(NAME_FEATURES)), np.float32)
    )


def read_articles(folder: Path, gazetteer: Gazetteer) -> list[Article]:
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    articles = []
    for name in SETS:
        with (folder / "places" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        folds = np.random.RandomState(SEED).permutation(len(records)) % FOLDS
        for record, fold, doc in zip(records, folds, nlp.pipe(r["text"] for r in records), strict=True):
            article = Article(name, int(fold), record, doc)
            article.proposals = propose_names(doc, gazetteer)
            article.features = name_features(doc, article.proposals)
            articles.append(article)
    return articles


def is_name(article: Article, proposal: Proposal) -> int | None:
    """Whether gold has these words (sharing at least 0.6 of their letters); None where it names a place
    without saying which, or a people."""
    start, end = proposal.tokens.start_char, proposal.tokens.end_char
    best, unplaced = 0.0, is_demonym(proposal)
    for gold in article.record["places"]:
        shared = min(end, gold["end"]) - max(start, gold["start"])
        share = shared / (max(end, gold["end"]) - min(start, gold["start"]))
        if shared > 0 and share > best:
            best, unplaced = share, gold["lat"] is None
    return None if unplaced else int(best >= 0.6)


def train_naming(articles: Sequence[Article]) -> HistGradientBoostingClassifier:
    rows, labels = [], []
    for article in articles:
        for row, proposal in zip(article.features, article.proposals, strict=True):
            label = is_name(article, proposal)
            if label is not None:
                rows.append(row)
                labels.append(label)
    return HistGradientBoostingClassifier(random_state=SEED, **TREES).fit(np.array(rows), np.array(labels))


def gold_of(article: Article, name: Name) -> list[dict[str, Any]]:
    return [
        gold
        for gold in article.record["places"]
        if gold["lat"] is not None
        and any(
            gold["start"] < p.tokens.end_char and p.tokens.start_char < gold["end"] for p in name.mentions
        )
    ]


def right_candidates(name: Name, gold: dict[str, Any]) -> list[int]:
    """For each candidate 1 (meant), 0 (not) or -1 (another place within 161 km, which is neither)."""
    if not name.candidates:
        return []
    distances = [distance_km(c.latitude, c.longitude, gold["lat"], gold["lon"]) for c in name.candidates]
    labels = [-1 if km <= NEAR_KM else 0 for km in distances]
    same_id = [i for i, c in enumerate(name.candidates) if gold["geonameid"] == str(c.geonameid)]
    nearest = int(np.argmin(distances))
    # The middle of a country or division is a matter of convention.
    limit = 60.0 if name.candidates[nearest].feature.startswith("PPL") else 400.0
    if same_id:
        labels[same_id[0]] = 1
    elif (town := _town_of(name, nearest, distances)) is not None:
        labels[town] = 1
    elif distances[nearest] <= limit:
        labels[nearest] = 1
    return labels


def _town_of(name: Name, nearest: int, distances: Sequence[float]) -> int | None:
    """The largest town of a division that bears its name: what is meant where gold gives only a position."""
    division = name.candidates[nearest].feature.startswith("ADM")
    if not division or name.mentions[0].tokens[-1].lower_ in place_words()["division"]:
        return None
    towns = [
        i
        for i, c in enumerate(name.candidates)
        if c.feature.startswith("PPL")
        and c.match == "name"
        and distances[i] <= 60.0
        and c.population >= 10_000
    ]
    return max(towns, key=lambda i: name.candidates[i].population, default=None)


def train_ranking(articles: Sequence[Article], scorer: Any) -> HistGradientBoostingClassifier:
    rows: list[NDArray[np.float32]] = []
    labels: list[int] = []
    weights: list[float] = []
    for article in articles:
        names = group_names(scorer(article))
        for name, table in zip(names, ranking_features(article.doc, names), strict=True):
            gold = gold_of(article, name)
            if not gold:
                continue
            for row, label in zip(table, right_candidates(name, gold[0]), strict=True):
                if label >= 0:
                    rows.append(row)
                    labels.append(label)
                    weights.append(float(np.sqrt(len(gold))))
    sense = [RISING.get(column, 0) for column in RANKING_FEATURES]
    model = HistGradientBoostingClassifier(random_state=SEED, monotonic_cst=sense, **TREES)
    return model.fit(np.array(rows), np.array(labels), sample_weight=np.array(weights))


class Trained(PlaceModels):
    """The freshly trained models in the place of the packaged ones."""

    def __init__(self, naming: Any, ranking: Any = None) -> None:
        self._models = {"naming": naming, "ranking": ranking}

    def name_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _chances(self._models["naming"], features)

    def rank_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _chances(self._models["ranking"], features)


def _chances(model: Any, features: NDArray[np.float32]) -> NDArray[np.float64]:
    if not len(features):
        return np.zeros(0)
    result: NDArray[np.float64] = np.round(model.predict_proba(features)[:, 1], 4)
    return result


def train(articles: Sequence[Article], gazetteer: Gazetteer) -> Trained:
    naming = train_naming(articles)
    named = Trained(naming)
    ranking = train_ranking(articles, lambda article: recognise_names(article.doc, gazetteer, named))
    return Trained(naming, ranking)


Mention = tuple[int, int, float, float]


def score(articles: Sequence[Article], predictions: Sequence[list[Mention]]) -> dict[str, float]:
    """Recognition F1, acc161 and end-to-end F1, as the field counts them: a mention found is one that
    overlaps."""
    found = missed = spurious = near = 0
    for article, predicted in zip(articles, predictions, strict=True):
        left = list(predicted)
        golds = article.record["places"]
        for gold in golds:
            if gold["lat"] is None:
                continue
            hit = next((m for m in left if m[0] < gold["end"] and gold["start"] < m[1]), None)
            if hit is None:
                missed += 1
                continue
            left.remove(hit)
            found += 1
            near += distance_km(gold["lat"], gold["lon"], hit[2], hit[3]) <= NEAR_KM
        unplaced = [gold for gold in golds if gold["lat"] is None]
        spurious += sum(not any(m[0] < g["end"] and g["start"] < m[1] for g in unplaced) for m in left)
    return {
        "recognition_f1": round(2 * found / max(1, 2 * found + missed + spurious), 4),
        "acc161": round(near / max(1, found), 4),
        "end_to_end_f1": round(2 * near / max(1, 2 * found + missed + spurious), 4),
    }


def predict(article: Article, gazetteer: Gazetteer, models: PlaceModels) -> list[Mention]:
    return sorted(
        (start, end, place.latitude, place.longitude)
        for place in find_places(article.doc, gazetteer, models)
        if place.latitude is not None and place.longitude is not None
        for start, end in place.mentions
    )


def most_populous(article: Article, gazetteer: Gazetteer) -> list[Mention]:
    """The baseline: the recogniser's GPE and LOC, each the most populous place of its name."""
    mentions = []
    for proposal in article.proposals:
        if proposal.label in ("GPE", "LOC") and proposal.candidates and not is_demonym(proposal):
            best = max(proposal.candidates, key=lambda c: c.population)
            mentions.append(
                (proposal.tokens.start_char, proposal.tokens.end_char, best.latitude, best.longitude)
            )
    return mentions


def cross_validate(
    articles: Sequence[Article], gazetteer: Gazetteer
) -> dict[str, dict[str, dict[str, float]]]:
    predictions: dict[int, list[Mention]] = {}
    for fold in range(FOLDS):
        models = train([a for a in articles if a.fold != fold], gazetteer)
        for i, article in enumerate(articles):
            if article.fold == fold:
                predictions[i] = predict(article, gazetteer, models)
    figures = {}
    for name in SETS:
        chosen = [i for i, a in enumerate(articles) if a.set == name]
        those = [articles[i] for i in chosen]
        figures[name] = {
            "5-fold": score(those, [predictions[i] for i in chosen]),
            "most populous": score(those, [most_populous(a, gazetteer) for a in those]),
        }
    return figures


def write_onnx(model: Any, columns: Sequence[str], path: Path) -> None:
    """The boosted trees as one TreeEnsembleRegressor: "features" float32 [n, columns] -> "odds" float32
    [n, 1]."""
    from onnx import TensorProto, helper, save

    nodes: dict[str, list[Any]] = {
        key: []
        for key in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
    }
    leaves: dict[str, list[Any]] = {key: [] for key in ("treeids", "nodeids", "ids", "weights")}
    for tree, (predictor,) in enumerate(model._predictors):
        for number, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            nodes["treeids"].append(tree)
            nodes["nodeids"].append(number)
            nodes["featureids"].append(0 if leaf else int(node["feature_idx"]))
            nodes["values"].append(0.0 if leaf else float(node["num_threshold"]))
            nodes["modes"].append("LEAF" if leaf else "BRANCH_LEQ")
            nodes["truenodeids"].append(0 if leaf else int(node["left"]))
            nodes["falsenodeids"].append(0 if leaf else int(node["right"]))
            if leaf:
                leaves["treeids"].append(tree)
                leaves["nodeids"].append(number)
                leaves["ids"].append(0)
                leaves["weights"].append(float(node["value"]))
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["odds"], domain="ai.onnx.ml", n_targets=1,
        base_values=[float(model._baseline_prediction.ravel()[0])], post_transform="NONE",
        **{f"nodes_{key}": values for key, values in nodes.items()},
        **{f"target_{key}": values for key, values in leaves.items()},
    )  # fmt: skip
    graph = helper.make_graph(
        [ensemble], path.stem,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(columns)])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, [None, 1])],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    save(helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="sitrep"), path)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer()
    articles = read_articles(arguments.data, gazetteer)
    if arguments.cross_validate:
        print(json.dumps(cross_validate(articles, gazetteer), indent=1))
        return
    models = train(articles, gazetteer)
    write_onnx(models._models["naming"], NAME_FEATURES, MODELS / "places_naming.onnx")
    write_onnx(models._models["ranking"], RANKING_FEATURES, MODELS / "places_ranking.onnx")


if __name__ == "__main__":
    main()
