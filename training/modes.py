"""Why modes are read by rules: how often the rules are right, and what a classifier of words does instead.

    python -m training.modes --data FOLDER              on every tenth story of relations/synthetic.jsonl
    python -m training.modes --data FOLDER --every 1    on all of them

The rules are those of the coder: an event counts where it has the story's type, and is right where one of
that type has the story's mode. The stories are machine-written to a title and often drift from it, so the
coder is also tried on `benchmarks/mode_sentences.tsv`, sentences of our own. The classifier (words and
pairs of words, one logistic model a type) is cross-validated on the stories, in 5 folds by title, then
tried on the same sentences.
Needs the `training` extra.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline

import sitrep

SENTENCES = Path(__file__).parents[1] / "benchmarks" / "mode_sentences.tsv"
# The set's names of modes that PLOVER 2.0 names otherwise, or holds together.
NAMES = {
    "SIEZE": "seize", "PRIMATIVE": "primitive", "ASSASSINATE": "targeted", "EXECUTE": "targeted",
    "MASSACRE": "targeted", "BAN": "restrict",
}  # fmt: skip
NO_MODE = "-"
READ = 400  # characters of a story that the classifier sees: later ones drift further from its title

Case = tuple[str, str, str, str]  # type, mode, text, title


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--every", type=int, default=10, metavar="N", help="the coder reads each Nth story")
    settings = parser.parse_args()
    stories = list(read_stories(settings.data / "relations" / "synthetic.jsonl"))
    own = list(read_sentences())
    nlp = sitrep.load()
    report("rules, stories", judged_by_rules(nlp, stories[:: settings.every]))
    report("rules, own sentences", judged_by_rules(nlp, own))
    crossed, tried = judged_by_words(stories, own)
    report("words, stories", crossed)
    report("words, own sentences", tried)


def read_stories(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            record = json.loads(line)
            mode = record["mode"]
            name = NO_MODE if mode is None else NAMES.get(mode, mode.lower())
            text = re.sub(r"\n{2,}", "\n\n", record["text"])
            yield record["type"], name, text, record["title"]


def read_sentences() -> Iterator[Case]:
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, mode, sentence = line.split("\t")
            yield kind, mode, sentence, sentence


def judged_by_rules(nlp: Any, cases: Iterable[Case]) -> Iterator[tuple[str, bool]]:
    """For each case of which the coder finds the type, whether it finds the mode as well."""
    for kind, mode, text, _ in cases:
        modes = [event.mode or NO_MODE for event in nlp(text)._.events if event.type == kind]
        if modes:
            yield kind, mode in modes


def judged_by_words(
    stories: Iterable[Case], own: Iterable[Case]
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The classifier's answers for the stories of the folds that it did not see, and for our sentences."""
    by_type: dict[str, list[Case]] = defaultdict(list)
    for case in stories:
        by_type[case[0]].append(case)
    crossed: list[tuple[str, bool]] = []
    tried: list[tuple[str, bool]] = []
    for kind, cases in sorted(by_type.items()):
        modes = [mode for _, mode, _, _ in cases]
        if len(set(modes)) < 2:
            continue
        texts = [f"{re.sub(r'{.*?}', '', title)}. {text[:READ]}" for _, _, text, title in cases]
        titles = [title for *_, title in cases]
        for seen, unseen in GroupKFold(5).split(texts, modes, titles):
            model = classifier().fit([texts[i] for i in seen], [modes[i] for i in seen])
            answers = model.predict([texts[i] for i in unseen])
            crossed.extend((kind, modes[i] == answer) for i, answer in zip(unseen, answers, strict=True))
        mine = [case for case in own if case[0] == kind]
        if mine:
            answers = classifier().fit(texts, modes).predict([text for _, _, text, _ in mine])
            tried.extend((kind, case[1] == answer) for case, answer in zip(mine, answers, strict=True))
    return crossed, tried


def classifier() -> Any:
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(C=20, max_iter=400, class_weight="balanced"))


def report(name: str, answers: Iterable[tuple[str, bool]]) -> None:
    """Prints the share of right modes, in all and by type, of the types that have modes."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for kind, is_right in answers:
        if sitrep.ontology.EVENT_TYPES[kind].modes:
            asked[kind] += 1
            right[kind] += is_right
    shares = ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in sorted(asked))
    print(f"{name}: {sum(right.values())} of {sum(asked.values())} ({shares})", flush=True)


if __name__ == "__main__":
    main()
