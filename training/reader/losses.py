"""What a wrong answer costs: one sum over the words, roles and links of a text."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from sitrep.coding.reader.heads import EMPTY
from sitrep.coding.reader.labels import MARKS, MODES, STATUSES, TOLLS, TYPES
from training.reader.examples import EventExample, Example
from training.reader.labels import UNJUDGED
from training.reader.network import PAIR_HEADS, SPECIALS, Reader

# Nine events in ten happened: those that did not count more, or their status would never be learned.
NOT_HAPPENED: Final = 2.5
# Events that a reader leaves aside teach what an event looks like, but are not asked for: they count half.
ASIDE: Final = 0.5
MODE_ROWS = {kind: [0] + [n for n, mode in enumerate(MODES) if mode.startswith(kind + " ")] for kind in TYPES}
MODE_MASK = torch.full((len(TYPES), len(MODES)), -1e4)
for _row, _kind in enumerate(TYPES):
    MODE_MASK[_row, MODE_ROWS[_kind]] = 0.0


def grouped(scores: Tensor, groups: Tensor, size: int) -> Tensor:
    """The log of the summed powers of `scores` [rows, outputs] in each group: [size, outputs], or EMPTY."""
    top = torch.full((size, scores.shape[1]), EMPTY).index_reduce_(
        0, groups, scores.detach(), "amax", include_self=True
    )
    total = torch.zeros((size, scores.shape[1])).index_add_(0, groups, (scores - top[groups]).exp())
    return torch.where(total > 0, total.clamp(min=1e-30).log() + top, top)


def candidate_scores(
    reader: Reader, vectors: Tensor, events: Sequence[EventExample], kind: str
) -> list[Tensor]:
    """For each event the logits of every candidate of a kind: float32 [candidates, outputs]."""
    head: Any = reader.pairs[kind]
    pairs = [event.pairs[kind] for event in events]
    starts = [0, *itertools.accumulate(pair.candidates for pair in pairs)]
    if not sum(len(pair.words) for pair in pairs):
        return [torch.full((pair.candidates, head.out.out_features), EMPTY) for pair in pairs]
    kinds = torch.tensor([event.target.type for event in events]).repeat_interleave(
        torch.tensor([len(pair.words) for pair in pairs])
    )
    scores = head(
        vectors,
        _joined([pair.words for pair in pairs]),
        _joined([pair.mentions for pair in pairs]),
        nn.functional.one_hot(kinds, len(TYPES)).float(),
        _joined([pair.features for pair in pairs]),
    )
    groups = _joined([pair.candidate + start for pair, start in zip(pairs, starts, strict=False)])
    summed = grouped(scores, groups, starts[-1])
    # the mean over the event's words of what the mentions say together
    return [
        summed[starts[n] : starts[n + 1]] - math.log(max(1, len(set(pair.words.tolist()))))
        for n, pair in enumerate(pairs)
    ]


def special_scores(
    reader: Reader, vectors: Tensor, events: Sequence[EventExample], kind: str
) -> list[Tensor]:
    """For each event the logits of the answers that are no candidate."""
    head: Any = reader.specials[kind]
    words = [torch.tensor(event.target.words) for event in events]
    kinds = torch.cat([torch.full((len(w),), e.target.type) for w, e in zip(words, events, strict=True)])
    found = head(vectors, torch.cat(words), nn.functional.one_hot(kinds, len(TYPES)).float())
    return [part.mean(dim=0) for part in found.split([len(w) for w in words])]


def party_scores(reader: Reader, vectors: Tensor, example: Example) -> Tensor:
    """The logits of every party as actor and as recipient of each event: float32 [events, parties, 2]."""
    first = torch.stack(candidate_scores(reader, vectors, example.events, "party"))
    if not example.parties:
        return first
    return reader.again(  # type: ignore[no-any-return]
        first,
        _means(vectors, example.parties),
        _means(vectors, [event.target.words for event in example.events]),
        nn.functional.one_hot(torch.tensor([e.target.type for e in example.events]), len(TYPES)).float(),
    )


def _means(vectors: Tensor, groups: Sequence[Sequence[int]]) -> Tensor:
    """The mean of the vectors of each group of tokens; zero for an empty one."""
    owners = torch.tensor([n for n, group in enumerate(groups) for _ in group])
    summed = torch.zeros(len(groups), vectors.shape[1]).index_add(
        0, owners, vectors[torch.tensor([token for group in groups for token in group])]
    )
    return summed / torch.tensor([[max(1, len(group))] for group in groups])


def _joined(arrays: Sequence[Any]) -> Tensor:
    return torch.as_tensor(np.concatenate(arrays)).long()


def role_losses(reader: Reader, vectors: Tensor, example: Example) -> dict[str, Tensor]:
    losses: dict[str, Tensor] = {}
    events = example.events
    scores = {kind: candidate_scores(reader, vectors, events, kind) for kind in PAIR_HEADS if kind != "party"}
    parties = party_scores(reader, vectors, example)
    specials = {kind: special_scores(reader, vectors, events, kind) for kind in SPECIALS}

    def add(name: str, value: Tensor) -> None:
        losses[name] = losses[name] + value if name in losses else value

    for n, event in enumerate(events):
        target = event.target
        weight = ASIDE if sum(target.marks) else 1.0
        for column, (name, labels) in enumerate(
            (("actors", target.actors), ("recipients", target.recipients))
        ):
            add(name, weight * _each(parties[n][:, column], labels))
        add("sources", weight * _each(scores["source"][n][:, 0], target.sources))
        for kind, right in (("place", target.place), ("time", target.time)):
            if right:
                answers = torch.cat([scores[kind][n][:, 0], specials[kind][n]])
                add(kind, weight * _one_of(answers, right))
        for column, name in enumerate(TOLLS):
            if target.tolls[name]:
                answers = torch.cat([scores["toll"][n][:, column], specials["toll"][n].view(3, 2)[column]])
                add(name, weight * _one_of(answers, target.tolls[name]))
    return losses


def _each(logits: Tensor, labels: list[int]) -> Tensor:
    wanted = torch.tensor(labels, dtype=torch.float32)
    judged = wanted != UNJUDGED
    if not bool(judged.any()):
        return torch.zeros(())
    return nn.functional.binary_cross_entropy_with_logits(logits[judged], wanted[judged], reduction="sum")


def _one_of(logits: Tensor, right: list[int]) -> Tensor:
    return torch.logsumexp(logits, 0) - torch.logsumexp(logits[torch.tensor(right)], 0)


def text_loss(reader: Reader, example: Example, vectors: Tensor) -> dict[str, Tensor]:
    """The losses of one text; `vectors` float32 [tokens, hidden], rows of tokens without pieces are zero."""
    order = torch.as_tensor(example.words).long()
    scores = reader.words(vectors[order], torch.as_tensor(example.word_features))
    row = {int(word): n for n, word in enumerate(example.words)}
    types = torch.zeros(len(order), dtype=torch.long)
    weights = torch.ones(len(order))
    losses: dict[str, Tensor] = {}

    def add(name: str, value: Tensor) -> None:
        losses[name] = losses[name] + value if name in losses else value

    for event in example.events:
        target = event.target
        weight = ASIDE if sum(target.marks) else 1.0
        for word in target.words:
            types[row[word]] = target.type
            weights[row[word]] = weight
    add("type", (nn.functional.cross_entropy(scores.type, types, reduction="none") * weights).sum())
    for event in example.events:
        target = event.target
        rows = torch.tensor([row[word] for word in target.words])
        share = (ASIDE if sum(target.marks) else 1.0) / len(rows)
        modes = scores.mode[rows] + MODE_MASK[target.type]
        add(
            "mode",
            share
            * nn.functional.cross_entropy(modes, torch.full((len(rows),), target.mode), reduction="sum"),
        )
        add(
            "status",
            (1.0 if target.status == STATUSES.index("happened") else NOT_HAPPENED)
            * share
            * nn.functional.cross_entropy(
                scores.status[rows], torch.full((len(rows),), target.status), reduction="sum"
            ),
        )
        marks = torch.zeros(len(rows), len(MARKS))
        marks[:, : len(MARKS) - 1] = torch.tensor(target.marks, dtype=torch.float32)
        marks[:, -1] = torch.tensor([float(word in target.first) for word in target.words])
        add(
            "marks",
            nn.functional.binary_cross_entropy_with_logits(scores.marks[rows], marks, reduction="sum")
            / len(rows),
        )
    if example.events:
        for name, value in role_losses(reader, vectors, example).items():
            add(name, value)
    for name, value in _link_losses(reader, example, vectors).items():
        add(name, value)
    return losses


def _link_losses(reader: Reader, example: Example, vectors: Tensor) -> dict[str, Tensor]:
    """Each telling word should point at one before it that tells the same event, or at none."""
    events: dict[int, list[int]] = {}
    kinds: dict[int, int] = {}
    for number, event in enumerate(example.events):
        for word in event.target.words:
            events.setdefault(word, []).append(number)
            kinds[word] = event.target.type
    words, others, rows, owner = [], [], [], []
    for number, (word, before, features) in enumerate(example.links):
        if len(before):
            words += [word] * len(before)
            others += before.tolist()
            owner += [number] * len(before)
            rows.append(torch.as_tensor(features))
    if not words:
        return {}
    hot = nn.functional.one_hot(torch.tensor([kinds[w] for w in words]), len(TYPES)).float()
    other_hot = nn.functional.one_hot(torch.tensor([kinds[w] for w in others]), len(TYPES)).float()
    scores = reader.link(
        vectors, torch.tensor(words), torch.tensor(others), hot - other_hot, torch.cat(rows)
    )[:, 0]
    starts = [word for word, _, _ in example.links]
    none = reader.unlinked(
        vectors,
        torch.tensor(starts),
        nn.functional.one_hot(torch.tensor([kinds[w] for w in starts]), len(TYPES)).float(),
    )[:, 0]
    total = torch.zeros(())
    at = 0
    for number, (word, before, _) in enumerate(example.links):
        own = scores[at : at + len(before)]
        at += len(before)
        right = [n for n, other in enumerate(before.tolist()) if set(events[word]) & set(events[other])]
        answers = torch.cat([own, none[number : number + 1]])
        total = total + _one_of(answers, right or [len(before)])
    return {"links": total}
