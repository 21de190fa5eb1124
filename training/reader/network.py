"""The encoder and its heads as they are trained; `sitrep.coding.reader.heads` computes the same in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn

from sitrep.coding.reader.features import LINK_FEATURES, PAIR_FEATURES, WORD_FEATURES, Vocabulary
from sitrep.coding.reader.heads import LITTLE
from sitrep.coding.reader.labels import MARKS, MODES, STATUSES, TYPES

WIDTH: Final = 96  # of the hidden layer of each pair head
CROSS: Final = 48  # of the products of the two vectors
WORD_WIDTH: Final = 256
# What is asked of an event's words with a candidate's mentions, and how many answers each head has.
PAIR_HEADS: Final = {"party": 2, "place": 1, "source": 1, "time": 1, "toll": 3}
# Vectors for the answers that are no candidate: no place, no day of its own, one victim not counted, no toll.
SPECIALS: Final = {"place": 1, "time": 1, "toll": 2}


class Tables(nn.Module):
    """The sum of one learned row for each feature."""

    def __init__(self, names: tuple[str, ...], sizes: dict[str, int], width: int) -> None:
        super().__init__()
        starts, at = [], 0
        for name in names:
            starts.append(at)
            at += sizes[name]
        self.register_buffer("starts", torch.tensor(starts), persistent=False)
        self.rows = nn.Embedding(at, width)
        nn.init.normal_(self.rows.weight, std=0.05)

    def forward(self, features: Tensor) -> Tensor:
        return nn.functional.embedding_bag(features.long() + self.starts, self.rows.weight, mode="sum")


class PairHead(nn.Module):
    """Scores of a word with a mention: float32 [pairs, outputs]."""

    def __init__(self, hidden: int, outputs: int, names: tuple[str, ...], sizes: dict[str, int]) -> None:
        super().__init__()
        self.word = nn.Linear(hidden, WIDTH)
        self.mention = nn.Linear(hidden, WIDTH, bias=False)
        self.word_cross = nn.Linear(hidden, CROSS, bias=False)
        self.mention_cross = nn.Linear(hidden, CROSS, bias=False)
        self.cross = nn.Linear(CROSS, WIDTH, bias=False)
        self.kind = nn.Linear(len(TYPES), WIDTH, bias=False)  # of the event, as probabilities
        self.tables = Tables(names, sizes, WIDTH)
        self.hidden = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, outputs)
        self.drop = nn.Dropout(0.15)

    def forward(
        self, vectors: Tensor, words: Tensor, mentions: Tensor, kinds: Tensor, features: Tensor
    ) -> Tensor:
        # many pairs share a word or a mention: what depends on one of the two alone is computed once
        own, word = torch.unique(words, return_inverse=True)
        theirs, mention = torch.unique(mentions, return_inverse=True)
        w, m = vectors[own], vectors[theirs]
        x = self.word(w)[word] + self.mention(m)[mention]
        x = x + self.cross(self.word_cross(w)[word] * self.mention_cross(m)[mention])
        x = nn.functional.gelu(x + self.kind(kinds) + self.tables(features))
        x = nn.functional.gelu(self.hidden(self.drop(x)))
        found: Tensor = self.out(self.drop(x))
        return found


class SpecialHead(nn.Module):
    """Scores of the answers that are no candidate, for each word: float32 [words, outputs]."""

    def __init__(self, hidden: int, outputs: int) -> None:
        super().__init__()
        self.word = nn.Linear(hidden, WIDTH)
        self.kind = nn.Linear(len(TYPES), WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, outputs)
        self.drop = nn.Dropout(0.15)

    def forward(self, vectors: Tensor, words: Tensor, kinds: Tensor) -> Tensor:
        found: Tensor = self.out(self.drop(nn.functional.gelu(self.word(vectors[words]) + self.kind(kinds))))
        return found


class SecondLook(nn.Module):
    """Scores of parties, again, for whoever knows what the first look found: who else may act or suffer.

    An act has few parties: how likely one is rests on the others. The change is added to the first score.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.party = nn.Linear(hidden, WIDTH)
        self.word = nn.Linear(hidden, WIDTH, bias=False)
        self.kind = nn.Linear(len(TYPES), WIDTH, bias=False)
        self.others = nn.Linear(2 * hidden, WIDTH, bias=False)
        self.party_cross = nn.Linear(hidden, CROSS, bias=False)
        self.others_cross = nn.Linear(2 * hidden, CROSS, bias=False)
        self.cross = nn.Linear(CROSS, WIDTH, bias=False)
        self.scores = nn.Linear(6, WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, 2)
        self.drop = nn.Dropout(0.15)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, first: Tensor, parties: Tensor, words: Tensor, kinds: Tensor) -> Tensor:
        """float32 [events, parties, 2] from such first scores and the vectors of parties and of events.

        `parties` [parties, hidden] and `words` [events, hidden] are means over mentions and over words.
        """
        likely = torch.sigmoid(first)
        shares = likely / (likely.sum(dim=1, keepdim=True) + LITTLE)
        others = torch.einsum("eps,ph->esh", shares, parties).flatten(1)
        x = self.party(parties)[None] + (self.word(words) + self.kind(kinds) + self.others(others))[:, None]
        x = x + self.cross(self.party_cross(parties)[None] * self.others_cross(others)[:, None])
        x = nn.functional.gelu(x + self.scores(compared(first)))
        found: Tensor = first + self.out(self.drop(x))
        return found


def compared(first: Tensor) -> Tensor:
    """Each first score, the best of the other parties, and both sides' difference: [events, parties, 6]."""
    best = nn.functional.pad(first, (0, 0, 0, 1), value=-10.0).topk(2, dim=1).values
    rival = torch.where(first >= best[:, :1], best[:, 1:2], best[:, :1])
    return torch.cat([first, rival, first - first.flip(-1)], dim=-1).clamp(-10, 10) / 5


@dataclass
class WordScores:
    """Logits for each word: of its type, mode, status and marks."""

    type: Tensor
    mode: Tensor
    status: Tensor
    marks: Tensor


class Reader(nn.Module):
    def __init__(self, encoder: Any, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.word = nn.Linear(hidden, WORD_WIDTH)
        self.word_tables = Tables(WORD_FEATURES, vocabulary.word_sizes(), WORD_WIDTH)
        self.types = nn.Linear(WORD_WIDTH, len(TYPES))
        self.modes = nn.Linear(WORD_WIDTH, len(MODES))
        self.statuses = nn.Linear(WORD_WIDTH, len(STATUSES))
        self.flags = nn.Linear(WORD_WIDTH, len(MARKS))
        pairs, links = vocabulary.pair_sizes(), vocabulary.link_sizes()
        self.pairs = nn.ModuleDict(
            {name: PairHead(hidden, outputs, PAIR_FEATURES, pairs) for name, outputs in PAIR_HEADS.items()}
        )
        self.specials = nn.ModuleDict(
            {name: SpecialHead(hidden, n * (3 if name == "toll" else 1)) for name, n in SPECIALS.items()}
        )
        self.again = SecondLook(hidden)
        self.link = PairHead(hidden, 1, LINK_FEATURES, links)
        self.unlinked = SpecialHead(hidden, 1)

    def encode(self, pieces: Tensor, mask: Tensor) -> Tensor:
        found: Tensor = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return found

    def words(self, vectors: Tensor, features: Tensor) -> WordScores:
        """`vectors` float32 [words, hidden], `features` int [words, len(WORD_FEATURES)]."""
        x = nn.functional.gelu(self.word(self.drop(vectors)) + self.word_tables(features))
        x = self.drop(x)
        return WordScores(self.types(x), self.modes(x), self.statuses(x), self.flags(x))
