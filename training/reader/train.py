"""Trains the encoder with its heads on examples. Fixed seed; two cores; progress on standard error."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import torch
from torch import Tensor, nn

from sitrep.coding.reader.passages import SEP
from training.reader.examples import Example
from training.reader.exchange import Names
from training.reader.losses import text_loss
from training.reader.network import Reader

MASK = 103

# What each loss weighs. Chosen so that no head's share of the sum is far above its share of a record.
WEIGHTS: Final = {
    "type": 1.0, "mode": 0.8, "status": 0.6, "marks": 0.3, "links": 0.6, "actors": 0.6, "recipients": 0.6,
    "sources": 0.5, "place": 0.6, "time": 0.4, "killed": 0.4, "injured": 0.4, "crowd": 0.3,
}  # fmt: skip


# In the second round, when events are found, for who and where to catch up.
ROLES_MORE: Final = WEIGHTS | {
    "mode": 1.0, "actors": 1.0, "recipients": 1.0, "sources": 0.6, "place": 0.8, "time": 0.5,
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How one round is trained: its rates rise, then fall to nothing."""

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    epochs: int = 4
    encoder_rate: float = 5e-5
    head_rate: float = 6e-4
    pieces: int = 800  # word pieces of one step, padding included
    seed: int = 1
    warm_up: float = 0.08
    masked: float = 0.06
    exchanged: float = 0.5  # of the texts, each time anew


ROUNDS: Final = (
    Settings(),
    Settings(weights=ROLES_MORE, epochs=3, encoder_rate=3e-5, head_rate=4e-4, seed=2),
)


def vectors_of(
    reader: Reader, examples: Sequence[Example], texts: Sequence[Sequence[Sequence[int]]], masked: float = 0.0
) -> list[Tensor]:
    """For each text float32 [tokens, hidden]: the encoder's vector of each token's first piece, else zero.

    `texts` are the pieces of the passages of each. A share `masked` of them is hidden: no head may rest on
    one word, least of all on a name.
    """
    passages = [(n, passage) for n, example in enumerate(examples) for passage in example.passages]
    read = [row for text in texts for row in text]
    width = max(map(len, read))
    pieces = torch.zeros(len(passages), width, dtype=torch.long)
    mask = torch.zeros(len(passages), width, dtype=torch.long)
    for row, found in enumerate(read):
        pieces[row, : len(found)] = torch.tensor(found)
        mask[row, : len(found)] = 1
    if masked:
        hidden = (torch.rand(pieces.shape) < masked) & (pieces > SEP)
        pieces = torch.where(hidden, torch.tensor(MASK), pieces)
    encoded = reader.encode(pieces, mask)
    found = []
    for n, example in enumerate(examples):
        vectors = torch.zeros(example.tokens, encoded.shape[-1])
        tokens, taken = [], []
        for row, (owner, passage) in enumerate(passages):
            if owner == n:
                tokens += passage.tokens
                taken.append(encoded[row, torch.tensor(passage.positions)])
        if tokens:
            vectors = vectors.index_copy(0, torch.tensor(tokens), torch.cat(taken))
        found.append(vectors)
    return found


def batches(examples: Sequence[Example], pieces: int, draw: random.Random) -> list[list[Example]]:
    """Texts of like length together, so that little is padded, in an order drawn anew."""

    def length(example: Example) -> int:
        return max((len(passage.pieces) for passage in example.passages), default=1)

    order = sorted(examples, key=lambda example: length(example) + draw.random() * 60)
    found: list[list[Example]] = []
    group: list[Example] = []
    for example in order:
        if not example.passages:
            continue
        rows = sum(len(one.passages) for one in (*group, example))
        if group and rows * max(length(one) for one in (*group, example)) > pieces:
            found.append(group)
            group = []
        group.append(example)
    found.append(group)
    draw.shuffle(found)
    return found


def train(
    reader: Reader, examples: Sequence[Example], settings: Settings, save: Callable[[int], None] | None = None
) -> None:
    torch.manual_seed(settings.seed)
    torch.set_flush_denormal(True)
    draw = random.Random(settings.seed)
    for parameter in reader.encoder.embeddings.parameters():
        parameter.requires_grad = False  # what a word means changes too little in so few stories
    own = [p for p in reader.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in reader.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": own, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=0.01,
        fused=True,  # half of a step's time otherwise
    )
    steps = settings.epochs * len(batches(examples, settings.pieces, random.Random(0)))
    warm = max(1, int(settings.warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    names = Names((example.passages, example.names) for example in examples)

    def texts_of(group: Sequence[Example]) -> list[list[Sequence[int]]]:
        return [
            list(names.exchanged(example.passages, example.names, draw))
            if draw.random() < settings.exchanged
            else [passage.pieces for passage in example.passages]
            for example in group
        ]

    reader.train()
    began = time.time()
    for epoch in range(settings.epochs):
        sums: dict[str, float] = {}
        for step, group in enumerate(batches(examples, settings.pieces, draw)):
            if step % 50 == 0:
                print(f"{step} {time.time() - began:.0f} s", sums.get("type", 0), file=sys.stderr, flush=True)
            total = torch.zeros(())
            texts = texts_of(group)
            for example, vectors in zip(
                group, vectors_of(reader, group, texts, settings.masked), strict=True
            ):
                for name, value in text_loss(reader, example, reader.drop(vectors)).items():
                    total = total + settings.weights[name] * value
                    sums[name] = sums.get(name, 0.0) + float(value.detach())
            words = sum(len(example.words) for example in group)
            optimiser.zero_grad()
            (total / words * 10).backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        events = max(1, sum(len(example.events) for example in examples))
        told = " ".join(f"{name} {value / events:.3f}" for name, value in sums.items())
        print(
            f"epoch {epoch + 1}/{settings.epochs}, {time.time() - began:.0f} s: {told}",
            file=sys.stderr,
            flush=True,
        )
        if save is not None:
            save(epoch + 1)
    reader.eval()
