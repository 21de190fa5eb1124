"""Make the line classifier of sitrep.read.furniture, or measure it.

    python -m training.furniture --data FOLDER                   write src/sitrep/models/furniture.onnx
    python -m training.furniture --data FOLDER --cross-validate  print the article score of five folds by page

FOLDER holds pages/flat.jsonl and pages/pages.jsonl, and may hold places/lgl.jsonl, places/geovirus.jsonl
and attribution/polnear_train.jsonl, whose stories are put between the furniture of other pages. The card
src/sitrep/models/furniture.md says what they are. Needs torch and onnx.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import lxml.html
import numpy as np
import torch
from torch import nn

from sitrep.read.decode import clean
from sitrep.read.furniture import HEADLINE, STORY, kept, split_lines
from sitrep.read.html import visible_lines
from sitrep.read.line_features import BUCKETS, WORDS_A_LINE, Line, features
from sitrep.read.masthead import headline_index
from sitrep.read.page_facts import page_facts
from sitrep.read.reasons import near_copy

SEED = 20200623
FOLDS = 5
MEMBERS = 3  # nets whose probabilities are averaged
EPOCHS = 12
PAGES_A_BATCH = 16
VARIANTS = 3  # altered copies of each page in each of its two forms, made anew for each member
PAGES_A_BUCKET = 4  # a word seen on fewer training pages is unknown: sites' names must not be learned
HIDDEN, EMBEDDED = 48, 16
WEIGHTS = Path(__file__).parent.parent / "src" / "sitrep" / "models" / "furniture.onnx"
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """One page's lines with the class of each; `body` is the gold story, for scoring."""

    id: str
    lines: tuple[Line, ...]
    classes: tuple[int, ...]
    body: str


def load_pages(folder: Path) -> tuple[list[Page], list[Page]]:
    """The benchmark's pages as flattened text, each line labelled from the gold story.

    Second the same pages, in the same order, as another flattener writes them: without bullets, indentation
    and blank lines, and with other line breaks. They are for training only.
    """
    trees = {}
    with (folder / "pages" / "pages.jsonl").open(encoding="utf-8") as records:
        for record in map(json.loads, records):
            source = gzip.decompress((folder / "pages" / record["html"]).read_bytes())
            trees[record["id"]] = lxml.html.document_fromstring(source)
    pages = []
    with (folder / "pages" / "flat.jsonl").open(encoding="utf-8") as records:
        for record in map(json.loads, records):
            tree, body = trees[record["id"]], clean(record["body"])
            title = page_facts(tree).title
            for flattened in (clean(record["flat"]), clean("\n".join(visible_lines(tree)))):
                lines = split_lines(flattened)
                pages.append(
                    Page(record["id"], tuple(lines), tuple(label(lines, body, title)), record["body"])
                )
    return pages[::2], pages[1::2]


def label(lines: Sequence[Line], body: str, title: str | None) -> list[int]:
    """The class of each line: story where most of its words align with the gold story's."""
    tokens = [(word, i) for i, line in enumerate(lines) for word in TOKEN.findall(line.text)]
    matcher = difflib.SequenceMatcher(None, [word for word, _ in tokens], TOKEN.findall(body), autojunk=False)
    size, hits = Counter(i for _, i in tokens), Counter[int]()
    for block in matcher.get_matching_blocks():
        for k in range(block.a, block.a + block.size):
            hits[tokens[k][1]] += 1
    classes = [STORY if size[i] and hits[i] / size[i] >= 0.6 else 0 for i in range(len(lines))]
    # A line of signs alone ("***") goes with what is around it.
    for i in range(1, len(lines) - 1):
        if not size[i] and classes[i - 1] == classes[i + 1] == STORY:
            classes[i] = STORY
    if title:
        same = [i for i, line in enumerate(lines) if not classes[i] and near_copy(line.text, title)]
        first = classes.index(STORY) if STORY in classes else len(lines)
        if before := [i for i in same if i < first]:
            classes[before[-1]] = HEADLINE
    return classes


def load_stories(folder: Path) -> list[tuple[str | None, list[str]]]:
    """Headlines and paragraphs of other news stories, without anything of their pages."""
    stories: list[tuple[str | None, list[str]]] = []
    for name in ("places/lgl.jsonl", "places/geovirus.jsonl", "attribution/polnear_train.jsonl"):
        if not (folder / name).exists():
            continue
        with (folder / name).open(encoding="utf-8") as records:
            for record in map(json.loads, records):
                text, title = clean(record["text"]), record.get("title")
                if "\n\n" in text:
                    paragraphs = [" ".join(p.split()) for p in text.split("\n\n") if p.strip()]
                else:
                    sentences = re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])", " ".join(text.split()))
                    paragraphs = [" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]
                paragraphs = [p for p in paragraphs if p != title]
                if not title and len(paragraphs) > 2 and len(paragraphs[0].split()) <= 18:
                    title = paragraphs.pop(0).rstrip(".")
                if title and paragraphs and paragraphs[0].startswith(title):
                    paragraphs[0] = paragraphs[0][len(title) :].lstrip(" .") or title
                if sum(len(p) for p in paragraphs) > 200:
                    stories.append((clean(title) if title else None, paragraphs[:60]))
    return stories


# --- augmentation: what other sites and other crawlers make of the same furniture ---


def variants(
    pages: Sequence[Page], stories: Sequence[tuple[str | None, list[str]]], rng: random.Random
) -> Iterator[Page]:
    """Endless altered pages: furniture thinned, exchanged and reshaped, stories exchanged and shortened."""
    while True:
        for page in rng.sample(pages, len(pages)):
            if rng.random() < 0.25:
                yield _altered(_with_ending(page, rng.choice(pages)), rng)
            else:
                yield page if rng.random() < 0.3 else _altered(page, rng)
            if stories and rng.random() < 0.35:
                yield _altered(_exchanged(page, *rng.choice(stories), rng), rng)
            if rng.random() < 0.12:
                yield _bare(page, rng)


def _exchanged(page: Page, title: str | None, paragraphs: list[str], rng: random.Random) -> Page:
    """`page` with another story between its furniture."""
    inside = [i for i, c in enumerate(page.classes) if c == STORY]
    if not inside:
        return page
    if rng.random() < 0.3:
        paragraphs = paragraphs[: rng.randint(1, 5)]
    blanks, indent = page.lines[inside[0]].blanks_before, page.lines[inside[0]].indent
    if len(inside) > 1:
        blanks = page.lines[inside[1]].blanks_before
    told = [(Line(p, indent, blanks), STORY) for p in paragraphs]
    # Furniture within the old story turns up at the same share of the new one.
    between = [
        (i, line, c)
        for i, (line, c) in enumerate(zip(page.lines, page.classes, strict=True))
        if c != STORY and inside[0] < i < inside[-1]
    ]
    for i, line, c in reversed(between):
        done = sum(k < i for k in inside) / len(inside)
        told.insert(round(done * len(paragraphs)), (line, c))
    before = [
        (
            replace(line, text=title) if c == HEADLINE and title else line,
            c,
        )
        for line, c in zip(page.lines[: inside[0]], page.classes[: inside[0]], strict=True)
    ]
    after = list(zip(page.lines[inside[-1] + 1 :], page.classes[inside[-1] + 1 :], strict=True))
    return _page(page, before + told + after)


def _with_ending(page: Page, other: Page) -> Page:
    """`page` with what follows the story on another page behind its own story."""
    if STORY not in page.classes or STORY not in other.classes:
        return page
    end, start = _last_story(page) + 1, _last_story(other) + 1
    lines = page.lines[:end] + other.lines[start:]
    return replace(page, lines=lines, classes=page.classes[:end] + other.classes[start:])


def _last_story(page: Page) -> int:
    return max(i for i, c in enumerate(page.classes) if c == STORY)


def _altered(page: Page, rng: random.Random) -> Page:
    rows = list(zip(page.lines, page.classes, strict=True))
    rows = _thinned(rows, rng)
    headline = next((line.text for line, c in rows if c == HEADLINE), None)
    if headline and rng.random() < 0.15:  # a caption or a sharing box that repeats the headline
        inside = [i for i, (_, c) in enumerate(rows) if c == STORY]
        if len(inside) > 3:
            rows.insert(rng.choice(inside[1:]), (Line(headline, 0, 1), 0))
    if rng.random() < 0.35:  # every line apart, as some crawlers write
        rows = [(replace(line, blanks_before=1), c) for line, c in rows]
    elif rng.random() < 0.25:  # no blank lines at all
        rows = [(replace(line, blanks_before=0), c) for line, c in rows]
    if rng.random() < 0.4:
        rows = [(replace(line, indent=0), c) for line, c in rows]
    choice = rng.random()
    if choice < 0.3:  # no bullets
        rows = [
            (replace(line, text=re.sub(r"^[•◦▪*+o]\s+", "", line.text) or line.text), c) for line, c in rows
        ]
    elif choice < 0.45:  # other bullets
        sign = rng.choice("*-·")
        rows = [(replace(line, text=re.sub(r"^•\s+", f"{sign} ", line.text)), c) for line, c in rows]
    if rng.random() < 0.03:
        rows = [(replace(line, text=line.text.lower()), c) for line, c in rows]
    if rng.random() < 0.2:
        rows = [
            (replace(line, text=line.text.translate(str.maketrans("’‘“”", "''\"\""))), c) for line, c in rows
        ]
    return _page(page, rows)


def _thinned(rows: list[tuple[Line, int]], rng: random.Random) -> list[tuple[Line, int]]:
    """Rows with runs of furniture, and sometimes most of the story, left out."""
    keep = [True] * len(rows)
    inside = [i for i, (_, c) in enumerate(rows) if c == STORY]
    if not inside:
        return rows
    first, last = inside[0], inside[-1]
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        side = rng.choice(((0, first), (last + 1, len(rows)), (0, len(rows))))
        if side[1] - side[0] < 2:
            continue
        start = rng.randrange(*side)
        for i in range(start, min(start + rng.randint(1, 60), side[1])):
            keep[i] = keep[i] and rows[i][1] != 0
    if rng.random() < 0.15:  # short pages: a few labels left on each side
        share = rng.uniform(0.02, 0.2)
        keep = [k and (rows[i][1] != 0 or rng.random() < share) for i, k in enumerate(keep)]
    if rng.random() < 0.2:  # short reports
        left = set(inside[: rng.randint(1, 5)])
        keep = [k and (rows[i][1] != STORY or i in left) for i, k in enumerate(keep)]
    rows = [row for row, k in zip(rows, keep, strict=True) if k]
    if rng.random() < 0.3:
        rows = [row for row in rows if row[1] != 0 or rng.random() > 0.08]
    return rows


def _bare(page: Page, rng: random.Random) -> Page:
    """The story alone, as a plain text file: all of it is to be kept."""
    inside = [line for line, c in zip(page.lines, page.classes, strict=True) if c == STORY]
    title = [line for line, c in zip(page.lines, page.classes, strict=True) if c == HEADLINE]
    if rng.random() < 0.4:
        inside = inside[: rng.randint(1, 4)]
    blanks = rng.randint(0, 1)
    rows = [(Line(line.text, 0, blanks), STORY) for line in inside]
    if title and rng.random() < 0.6:
        rows.insert(0, (Line(title[0].text, 0, 0), HEADLINE))
    return _page(page, rows or list(zip(page.lines, page.classes, strict=True)))


def _page(page: Page, rows: list[tuple[Line, int]]) -> Page:
    return Page(page.id, tuple(line for line, _ in rows), tuple(c for _, c in rows), page.body)


# --- the net ---


class LineNet(nn.Module):
    """Words and shapes of each line, read in both directions over the page's lines."""

    def __init__(self, n_shapes: int, known: torch.Tensor) -> None:
        super().__init__()
        self.words = nn.Embedding(BUCKETS, EMBEDDED)
        nn.init.normal_(self.words.weight, std=0.05)
        self.register_buffer("known", known)  # float32 [BUCKETS, 1]: 1 for words seen on enough pages
        self.shapes = nn.Linear(n_shapes, HIDDEN)
        self.join = nn.Linear(HIDDEN + EMBEDDED, HIDDEN)
        self.read = nn.GRU(HIDDEN, HIDDEN, batch_first=True, bidirectional=True)
        self.judge = nn.Linear(2 * HIDDEN + HIDDEN, 3)
        self.drop = nn.Dropout(0.3)

    def forward(self, shapes: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Logits [n_pages, n_lines, 3] of shapes [n_pages, n_lines, F] and words [n_pages, n_lines, W]."""
        known = self.known[words]
        if self.training:
            known = known * (torch.rand_like(known) > 0.3)
        bag = (self.words(words) * known).sum(-2) / (known.sum(-2) + 1.0).sqrt()
        line = torch.relu(self.join(torch.cat([torch.relu(self.shapes(shapes)), bag], -1)))
        line = self.drop(line)
        context, _ = self.read(line)
        return self.judge(torch.cat([self.drop(context), line], -1))


class Ensemble(nn.Module):
    """The mean of the members' probabilities, for one page: what is exported."""

    def __init__(self, members: Sequence[LineNet]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, shapes: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """float32 [n_lines, 3] of shapes [n_lines, F] and words [n_lines, W]."""
        probabilities = [member(shapes[None], words[None])[0].softmax(-1) for member in self.members]
        return torch.stack(probabilities).mean(0)


def train(pages: Sequence[Page], stories: Sequence[tuple[str | None, list[str]]], seed: int) -> LineNet:
    """One net, trained on altered copies of `pages`."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    seen = Counter(
        b for _, b in {(page.id, b) for page in pages for b in features(page.lines)[1].ravel().tolist()}
    )
    known = torch.tensor([[float(b > 0 and seen[b] >= PAGES_A_BUCKET)] for b in range(BUCKETS)])
    stream = variants(pages, stories, rng)
    made = [next(stream) for _ in range(VARIANTS * len(pages))]
    examples = [
        (*features(page.lines), np.array(page.classes), _weights(page)) for page in made if page.lines
    ]
    net = LineNet(examples[0][0].shape[1], known)
    optimiser = torch.optim.AdamW(
        [
            {"params": net.words.parameters(), "weight_decay": 0.05},
            {"params": [p for n, p in net.named_parameters() if n != "words.weight"], "weight_decay": 0.01},
        ],
        lr=3e-3,
    )
    steps = EPOCHS * (len(examples) // PAGES_A_BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=4e-3, total_steps=steps + 1, pct_start=0.15
    )
    for _ in range(EPOCHS):
        # Pages of like length share a batch, so that little of it is padding.
        order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]) * rng.uniform(0.8, 1.25))
        batches = [order[i : i + PAGES_A_BATCH] for i in range(0, len(order), PAGES_A_BATCH)]
        rng.shuffle(batches)
        net.train()
        for batch in batches:
            shapes, words, classes, weights = _padded([examples[i] for i in batch])
            loss = nn.functional.cross_entropy(
                net(shapes, words).flatten(0, 1), classes.flatten(), reduction="none", label_smoothing=0.02
            )
            loss = (loss * weights.flatten()).sum() / weights.sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net.eval()


def _weights(page: Page) -> np.ndarray:
    """How much each line counts: by its words, and each page alike."""
    weights = np.array(
        [
            3.0 if c == HEADLINE else (1.0 + len(TOKEN.findall(line.text))) ** 0.7
            for line, c in zip(page.lines, page.classes, strict=True)
        ]
    )
    return weights / weights.sum()


def _padded(examples: list[tuple[np.ndarray, ...]]) -> tuple[torch.Tensor, ...]:
    longest = min(max(len(e[0]) for e in examples), 700)
    shapes = np.zeros((len(examples), longest, examples[0][0].shape[1]), np.float32)
    words = np.zeros((len(examples), longest, WORDS_A_LINE), np.int64)
    classes = np.zeros((len(examples), longest), np.int64)
    weights = np.zeros((len(examples), longest), np.float32)
    for row, (s, w, c, m) in enumerate(examples):
        n = min(len(s), longest)
        shapes[row, :n], words[row, :n], classes[row, :n], weights[row, :n] = s[:n], w[:n], c[:n], m[:n]
    return tuple(map(torch.from_numpy, (shapes, words, classes, weights)))


# --- measuring and writing ---


def shingle_score(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Mean precision and recall of 4-word shingles over (gold, predicted) bodies, and their F1."""

    def shingles(text: str) -> Counter[tuple[str, ...]]:
        w = TOKEN.findall(text)
        return Counter(tuple(w[i : i + 4]) for i in range(max(1, len(w) - 3))) if w else Counter()

    precisions, recalls = [], []
    for gold, predicted in pairs:
        want, got = shingles(gold), shingles(predicted)
        if got:
            precisions.append((want & got).total() / got.total())
        if want:
            recalls.append((want & got).total() / want.total())
    p, r = mean(precisions or [0.0]), mean(recalls or [0.0])
    return {
        "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0,
        "precision": round(p, 4),
        "recall": round(r, 4),
    }


def cross_validate(
    pages: list[Page], twins: list[Page], stories: list[tuple[str | None, list[str]]], members: int
) -> None:
    """Print the score of every fold and of all pages, each judged by nets that never saw it."""
    order = random.Random(SEED).sample(range(len(pages)), len(pages))
    judged: list[tuple[str, str]] = []
    headlines = Counter[str]()
    for fold in range(FOLDS):
        held_out = [pages[i] for i in order[fold::FOLDS]]
        ids = {page.id for page in held_out}
        rest = [page for page in pages + twins if page.id not in ids]
        ensemble = Ensemble([train(rest, stories, SEED + 100 * fold + m) for m in range(members)])
        pairs = []
        for page in held_out:
            probabilities = probabilities_of(ensemble, page.lines)
            story = kept(page.lines, probabilities)
            pairs.append(
                (page.body, "\n".join(line.text for line, k in zip(page.lines, story, strict=True) if k))
            )
            if HEADLINE in page.classes and any(story):
                at = headline_index(page.lines, story, probabilities[:, HEADLINE], None)
                right = page.lines[page.classes.index(HEADLINE)].text
                headlines["none" if at is None else "right" if page.lines[at].text == right else "wrong"] += 1
        judged += pairs
        print(f"fold {fold + 1}", json.dumps(shingle_score(pairs)), flush=True)
    print("all", json.dumps(shingle_score(judged) | {"pages": len(judged), "headlines": dict(headlines)}))


def probabilities_of(ensemble: Ensemble, lines: Sequence[Line]) -> np.ndarray:
    """float32 [n_lines, 3]."""
    shapes, words = features(lines)
    with torch.no_grad():
        return ensemble(torch.from_numpy(shapes), torch.from_numpy(words)).numpy()


def export(ensemble: Ensemble, path: Path) -> None:
    """Write the graph, with any number of lines, as float32 ONNX."""
    n_shapes = ensemble.members[0].shapes.in_features
    torch.onnx.export(
        ensemble.eval(),
        (torch.zeros(7, n_shapes), torch.zeros(7, WORDS_A_LINE, dtype=torch.int64)),
        str(path),
        input_names=["shapes", "words"],
        output_names=["probabilities"],
        dynamic_axes={"shapes": {0: "lines"}, "words": {0: "lines"}, "probabilities": {0: "lines"}},
        opset_version=17,
        dynamo=False,
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds pages/")
    parser.add_argument("--cross-validate", action="store_true", help="measure, and write nothing")
    parser.add_argument("--members", type=int, default=MEMBERS, help="nets to average (%(default)s)")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="where the weights go")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    (pages, twins), stories = load_pages(arguments.data), load_stories(arguments.data)
    print(f"{len(pages)} pages, {len(stories)} other stories", file=sys.stderr)
    if arguments.cross_validate:
        cross_validate(pages, twins, stories, arguments.members)
        return 0
    export(
        Ensemble([train(pages + twins, stories, SEED + m) for m in range(arguments.members)]),
        arguments.output,
    )
    print(f"wrote {arguments.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
