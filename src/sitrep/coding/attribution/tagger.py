"""The learned part of attribution: which words head a cue, and what around a cue is source, cue and content.

A logistic regression over each word, then a linear-chain conditional random field over the words around each
cue that it finds. Both take the rules' reading as features (`attribution_features.py`), so they learn where
to trust it. Trained by `training/attribution.py`; what on and how well is in `models/attribution.md`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sitrep.coding.attribution.cues import CueLexicon
from sitrep.coding.attribution.features import (
    CONTENT,
    CUE,
    LABELS,
    OTHER,
    SOURCE,
    Parse,
    asks,
    cue_features,
    is_candidate,
    is_sure,
    region_of,
    tag_features,
    word_names,
)
from sitrep.coding.attribution.findings import Finding

# Log-odds above which a word is taken for a cue though the words around it, read one by one, show no
# content; less is asked of a word of the lexicon whose content the parse shows. On the development articles
# 0.5 for both gives cue, source, strict F1 of 0.643, 0.792, 0.663, these give 0.644, 0.792, 0.662 with more
# of what is wanted and threatened, and 0 for both 0.646, 0.787, 0.659 with less that is right. Re-run the
# benchmark before changing them.
LIKELY: Final = 0.5
LIKELY_SHOWN: Final = 0.0
_AT_ONCE: Final = 4000  # tokens whose features are held together: a bound on the memory
STEPS: Final = 4  # how much dearer "other" is made in search of a content; more than 4 finds next to nothing


class AttributionTagger:
    """Weights by feature, and the two decisions that they make.

    `arrays`: `cue_names` and `tag_names` (features, one a line, as bytes), `cue_weights` float16 [features],
    `tag_weights` float16 [features, labels], `transitions` float32 [labels, labels], `threshold` float32,
    `never` (words that head no cue: lemma, bar, part of speech; one a line, as bytes).
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], digest: str) -> None:
        self.digest = digest
        self._cue_rows = _rows(arrays["cue_names"])
        self._tag_rows = _rows(arrays["tag_names"])
        # The last row is for features that were not seen in training: they have no say.
        self._cue_weights = np.append(arrays["cue_weights"].astype(np.float32), np.float32(0))
        self._tag_weights = np.vstack([arrays["tag_weights"], np.zeros((1, len(LABELS)))]).astype(np.float32)
        self._transitions = arrays["transitions"].astype(np.float32)
        self._threshold = float(arrays["threshold"])
        self._never = frozenset(_rows(arrays["never"]) if "never" in arrays else ())

    def cue_scores(self, rows: Sequence[list[str]]) -> NDArray[np.float32]:
        """The log-odds of each row of features to head a cue: float32 [rows]."""
        if not rows:
            return np.zeros(0, dtype=np.float32)
        return np.add.reduceat(self._cue_weights[_indices(rows, self._cue_rows)], _starts(rows))

    def find_cues(self, parse: Parse, cues: CueLexicon) -> dict[int, float]:
        """The tokens that head a cue, in order, with their log-odds."""
        names = word_names(parse)
        candidates = [i for i, name in enumerate(names) if name not in self._never and is_candidate(parse, i)]
        scores = self.cue_scores([cue_features(parse, cues, i) for i in candidates])
        return {
            i: float(score)
            for i, score in zip(candidates, scores, strict=True)
            if score > self._threshold or _is_forced(parse, cues, i)
        }

    def bound(
        self,
        parse: Parse,
        cues: CueLexicon,
        findings: Sequence[Finding],
        heads: Mapping[int, float],
        quotations: Sequence[Sequence[int]],
    ) -> None:
        """Set source, cue and content of each finding that has a cue to what the tagger reads around it."""
        for finding, head, region, own in self._emissions(parse, cues, findings, heads):
            labels = self._decode(own)
            if CONTENT not in labels:
                if _is_forced(parse, cues, head):
                    continue
                shown = finding.content and cues.of(parse.lemmas[head], parse.pos[head])
                if heads[head] > (LIKELY_SHOWN if shown else LIKELY):
                    labels = self._decode_with_content(own)
            by_label: list[list[int]] = [[] for _ in LABELS]
            for i, label in zip(region, labels, strict=True):
                by_label[label].append(i)
            # Where the tagger finds no source or cue, what the parse shows is better than nothing.
            finding.source = by_label[SOURCE] or [i for i in finding.source if i not in by_label[CONTENT]]
            finding.cue = by_label[CUE] or finding.cue
            finding.content = with_whole_quotations(finding, quotations, region, by_label[CONTENT])

    def _emissions(
        self, parse: Parse, cues: CueLexicon, findings: Sequence[Finding], heads: Mapping[int, float]
    ) -> Iterator[tuple[Finding, int, list[int], NDArray[np.float32]]]:
        """Each finding with its cue, the tokens around it and the scores of their labels."""
        regions: list[tuple[Finding, int, list[int]]] = []
        rows: list[list[str]] = []
        for finding in findings:
            if finding.head is not None:
                region, features = around_cue(parse, cues, finding, heads[finding.head])
                regions.append((finding, finding.head, region))
                rows.extend(features)
                if len(rows) >= _AT_ONCE:
                    yield from self._scored(regions, rows)
                    regions, rows = [], []
        if rows:
            yield from self._scored(regions, rows)

    def _scored(
        self, regions: Sequence[tuple[Finding, int, list[int]]], rows: Sequence[list[str]]
    ) -> Iterator[tuple[Finding, int, list[int], NDArray[np.float32]]]:
        emissions = np.add.reduceat(self._tag_weights[_indices(rows, self._tag_rows)], _starts(rows), axis=0)
        at = 0
        for finding, head, region in regions:
            yield finding, head, region, emissions[at : at + len(region)]
            at += len(region)

    def _decode_with_content(self, emissions: NDArray[np.float32]) -> list[int]:
        """The best sequence of labels that has a content, where making "other" dearer brings one about."""
        dearer = emissions.copy()
        for _ in range(STEPS):
            dearer[:, OTHER] -= 1
            labels = self._decode(dearer)
            if CONTENT in labels:
                return labels
        return self._decode(emissions)

    def _decode(self, emissions: NDArray[np.float32]) -> list[int]:
        """The best sequence of labels (Viterbi)."""
        best = emissions[0]
        back: list[NDArray[np.intp]] = []
        for row in emissions[1:]:
            scores = best[:, None] + self._transitions
            chosen = scores.argmax(axis=0)
            best = scores.max(axis=0) + row
            back.append(chosen)
        label = int(best.argmax())
        labels = [label]
        for chosen in reversed(back):
            label = int(chosen[label])
            labels.append(label)
        return labels[::-1]


def _is_forced(parse: Parse, cues: CueLexicon, i: int) -> bool:
    """A sure cue, unless its subject is no speaker: "…, which confirms that the road is open"."""
    subjects = {parse.words[c] for c in parse.children[i] if parse.deps[c] == "nsubj"}
    if asks(parse, cues, i):
        return True
    return subjects.isdisjoint(("which", "that", "it", "this", "what")) and is_sure(parse, cues, i)


def with_whole_quotations(
    finding: Finding, quotations: Sequence[Sequence[int]], region: Sequence[int], content: Sequence[int]
) -> list[int]:
    """The content with each quotation of the finding whole, where the tagger took most of it or saw none."""
    if not content:
        return []
    whole, seen = set(content), set(region)
    for n in finding.quotations:
        tokens = [i for i in quotations[n] if i in seen]
        taken = sum(i in whole for i in tokens)
        # Nobody's word ends in the middle of a quotation that it opens.
        if 2 * taken >= len(tokens) or (taken and tokens[0] in whole):
            whole.update(i for i in quotations[n] if i not in finding.cue and i not in finding.source)
    return sorted(whole)


def around_cue(
    parse: Parse, cues: CueLexicon, finding: Finding, score: float
) -> tuple[list[int], list[list[str]]]:
    """The tokens around a finding's cue and their features, as in training."""
    assert finding.head is not None
    ruled = dict.fromkeys(finding.content, CONTENT) | dict.fromkeys(finding.source, SOURCE)
    ruled |= dict.fromkeys(finding.cue, CUE)
    region = region_of(parse, finding.head, [*finding.content, *finding.source])
    strength = str(max(-3, min(3, round(score))))
    return region, tag_features(parse, cues, finding.head, region, ruled, strength)


def _rows(names: NDArray[Any]) -> dict[str, int]:
    return {name: n for n, name in enumerate(bytes(names).decode("utf-8").split("\n"))}


def _indices(rows: Sequence[list[str]], known: Mapping[str, int]) -> NDArray[np.intp]:
    return np.fromiter(map(known.get, chain.from_iterable(rows), repeat(len(known))), dtype=np.intp)


def _starts(rows: Sequence[list[str]]) -> NDArray[np.intp]:
    return np.cumsum([0, *(len(row) for row in rows[:-1])])


def read_tagger(weights: bytes) -> AttributionTagger:
    """A tagger from the bytes of its weights file."""
    digest = "sha256:" + hashlib.sha256(weights).hexdigest()
    with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
        return AttributionTagger(dict(arrays), digest)


@cache
def default_tagger() -> AttributionTagger:
    """The tagger that comes with sitrep."""
    return read_tagger((files("sitrep.models") / "attribution.npz").read_bytes())
