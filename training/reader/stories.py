"""The annotated stories that the reader learns from, and their texts as the coder reads them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.grammar.paths import OTHER_SENTENCE, form, path, role
from sitrep.coding.pipeline import STAGES, doc_of, load
from sitrep.coding.reader.candidates import find_candidates
from sitrep.coding.reader.features import Vocabulary
from sitrep.evaluation.annotation import read_annotation
from sitrep.evaluation.offsets import read_textless, with_text
from sitrep.evaluation.stories import read_stories as read_stories_of
from sitrep.records import Document, to_json
from training.reader.labels import targets_of

HERE: Final = Path(__file__).parent.parent
# What is rarer in the stories is UNKNOWN to the heads.
RARE_PATH: Final = 15
RARE_NAME: Final = 20


@dataclass(frozen=True)
class Story:
    """A compiled gold document and the set that it belongs to."""

    set: str
    gold: dict[str, Any]


def read_stories(data: Path) -> list[Story]:
    """Every annotated story for training: of FOLDER, of our offsets with FOLDER's texts, and our own."""
    found = [
        Story(file.name.split(".")[0], gold)
        for file in sorted((data / "records").glob("train_*.gold.jsonl"))
        for gold in _rows(file)
    ]
    found += [Story("own", gold) for gold in own_stories()]
    found += [Story("press", gold) for gold in press_stories(data / "records" / "press_unlabelled.jsonl")]
    return found


def own_stories() -> Iterator[dict[str, Any]]:
    """The stories under `training/stories/` with their annotation."""
    for file in sorted((HERE / "stories").glob("*.jsonl")):
        stories = read_stories_of(file)
        notes = file.with_suffix(".ann.txt")
        with notes.open(encoding="utf-8") as lines:
            read = read_annotation(lines, stories, str(notes))
        for fault in read.faults:
            print(fault, file=sys.stderr)
        yield from (to_json(document) for document in read.documents)


def press_stories(texts: Path) -> Iterator[dict[str, Any]]:
    """The records under `training/offsets/` with the texts that they belong to."""
    if not texts.exists():
        print(f"{texts} is missing: the stories of training/offsets/ are left out.", file=sys.stderr)
        return
    rows = list(_rows(texts))
    known = {row["id"]: row["text"] for row in rows}
    titles = {row["id"]: row["title"] for row in rows}
    for file in sorted((HERE / "offsets").glob("*.jsonl")):
        for gold in read_textless(file):
            yield {**to_json(with_text(gold, known)), "title": titles[gold.id]}


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    # no splitlines(): a text may hold a line separator of Unicode
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def parsed(stories: Sequence[Story]) -> Iterator[tuple[Doc, Story]]:
    """The texts with everything that the reader's candidates and features are taken from."""
    nlp = load(stages=STAGES[: STAGES.index("sitrep_reader")])
    docs = ((_doc(nlp, story.gold), story) for story in stories)
    yield from nlp.pipe(docs, as_tuples=True, batch_size=32)


def _doc(nlp: Language, gold: dict[str, Any]) -> Doc:
    published = date.fromisoformat(gold["published"]) if gold.get("published") else None
    page = Document(gold["id"], gold["id"], gold["text"], title=gold.get("title"), published=published)
    return doc_of(page, nlp)


def vocabulary_of(docs: Iterable[tuple[Doc, Story]]) -> Vocabulary:
    """The names of the parse that are frequent where roles are asked for."""
    paths: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for doc, story in docs:
        candidates = find_candidates(doc)
        forms.update(form(token) for token in doc)
        roles.update(role(token) for token in doc)
        sentences = [token.sent.start for token in doc]
        heads = [
            head
            for among in (
                candidates.parties,
                candidates.places,
                candidates.times,
                candidates.sources,
                candidates.counts,
            )
            for candidate in among
            for head in candidate.heads
        ]
        for target in targets_of(doc, story.gold, candidates):
            for word in target.words:
                paths.update(path(doc, head, word) for head in heads if sentences[head] == sentences[word])
    return Vocabulary.of(
        [OTHER_SENTENCE, *(name for name, count in paths.most_common() if count >= RARE_PATH)],
        [name for name, count in forms.most_common() if count >= RARE_NAME],
        [name for name, count in roles.most_common() if count >= RARE_NAME],
    )
