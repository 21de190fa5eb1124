"""The visible text of a page in; its lines, each told as story, headline or furniture, out.

A small sequence model (models/furniture.md) judges each line by its look, its words and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sitrep.models import Model
from sitrep.read.labels import is_label, listed_under_headings
from sitrep.read.line_features import (
    ENDS_SENTENCE,
    GLUED,
    PROSE_WORDS,
    READER,
    WRITER,
    Line,
    features,
    word_count,
)

STORY, HEADLINE = 1, 2  # classes of the model; 0 is furniture
# Chosen on held-out folds; re-run `python -m training.furniture --cross-validate` after a change.
LIKELY = 0.45
DOUBTFUL = 0.15
UNLIKELY = 0.03  # of prose right beside the story
FILLED_LINES = 2
FAR_LINES = 6
SMALL_SHARE = 0.25
QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order."""
    lines, blanks = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            blanks += 1
            continue
        lines.append(Line(stripped, len(raw) - len(raw.lstrip()), blanks))
        blanks = 0
    return lines


def classify(lines: Sequence[Line], model: Model) -> NDArray[np.float32]:
    """Probabilities of furniture, story and headline: float32 [n_lines, 3]. No lines give an empty array."""
    if not lines:
        return np.zeros((0, 3), np.float32)
    shapes, words = features(lines)
    return np.round(model.run(shapes=shapes, words=words)["probabilities"], 4)


def kept(lines: Sequence[Line], probabilities: NDArray[np.float32]) -> list[bool]:
    """Which lines are the story, given `classify`'s probabilities.

    Doubtful lines are kept within the story and at its ends, where one cut sentence costs more than
    one label left; a passage far from the story and much shorter is cut, however much like prose it looks,
    and so are labels that can be nothing else, however likely the model finds them.
    """
    labels = [
        is_label(line.text) or listed
        for line, listed in zip(lines, listed_under_headings(lines), strict=True)
    ]
    likely = np.where(labels, 0.0, probabilities[:, STORY]).astype(np.float32)
    story = likely >= LIKELY
    if not story.any():
        return [False] * len(lines)
    _fill(story, likely, lines)
    _cut_far_passages(story, likely, lines)
    _open(story, likely, lines)
    _close(story, likely, lines)
    return [bool(is_story) for is_story in story]


def _fill(story: NDArray[np.bool_], likely: NDArray[np.float32], lines: Sequence[Line]) -> None:
    """Keep doubtful lines with the story close above and below them."""
    at = np.flatnonzero(story)
    for above, below in pairwise(at):
        if below - above <= FILLED_LINES + 1:
            for i in range(above + 1, below):
                story[i] = likely[i] >= DOUBTFUL or _belongs(lines[i].text, likely[i], shortest=PROSE_WORDS)


def _open(story: NDArray[np.bool_], likely: NDArray[np.float32], lines: Sequence[Line]) -> None:
    """Keep doubtful sentences right before the story: sites set its first one as a summary."""
    first = int(np.flatnonzero(story)[0])
    while first > 0 and _belongs(lines[first - 1].text, likely[first - 1], shortest=5):
        first -= 1
        story[first] = True


def _close(story: NDArray[np.bool_], likely: NDArray[np.float32], lines: Sequence[Line]) -> None:
    """Keep doubtful prose right behind the story: links and forms below it weigh on its last paragraph."""
    last = int(np.flatnonzero(story)[-1])
    while last + 1 < len(lines) and _belongs(lines[last + 1].text, likely[last + 1], shortest=PROSE_WORDS):
        last += 1
        story[last] = True


def _belongs(text: str, likely: float, shortest: int) -> bool:
    """Whether a line close to the story is of it: a doubtful sentence, or an unlikely one that reports."""
    if likely < UNLIKELY or not is_sentence(text) or word_count(text) < shortest:
        return False
    return likely >= DOUBTFUL or _is_report(text)


def _cut_far_passages(story: NDArray[np.bool_], likely: NDArray[np.float32], lines: Sequence[Line]) -> None:
    """Cut what is much less than the longest passage, with several lines of furniture between."""
    at = np.flatnonzero(story)
    passages = np.split(at, np.flatnonzero(np.diff(at) > FAR_LINES) + 1)
    sizes = [sum(len(lines[i].text) * float(likely[i]) for i in passage) for passage in passages]
    for passage, size in zip(passages, sizes, strict=True):
        if size < SMALL_SHARE * max(sizes):
            story[passage] = False


def is_sentence(text: str) -> bool:
    """Whether a line is a sentence or ends with one, of five words at least."""
    return word_count(text) >= 5 and bool(ENDS_SENTENCE.search(text))


def _is_report(text: str) -> bool:
    """Whether a line is prose that, outside quotation marks, names neither its reader nor its writer."""
    own = QUOTED.sub("", text)
    addressed = READER.search(own) or WRITER.search(own) or GLUED.search(own)
    return is_sentence(text) and word_count(text) >= PROSE_WORDS and not addressed
