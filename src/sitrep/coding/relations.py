"""What one party does to another in a sentence: the PLOVER type between two marked spans.

A small encoder reads the sentence with the two parties marked and gives a probability to each type
and to NONE, "no political relation between these two". Beside it a linear model counts the phrases around
the parties, their names left out: it knows less, but is wrong about other sentences, so the graph adds its
logits to the encoder's. Weights, data and figures: models/relations.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sitrep import models
from sitrep.models import Model
from sitrep.records import Span, Spans

NONE: Final = "NONE"

# The order of the graph's outputs. It belongs to the weights: reordering it needs a new export.
LABELS: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", NONE,
)  # fmt: skip

# Word pieces that BERT's vocabulary leaves free, taught to mean "here the actor begins" and so on.
ACTOR_MARKS: Final = (1, 2)
RECIPIENT_MARKS: Final = (3, 4)
CLS: Final = 101
SEP: Final = 102

# Word pieces read of one text, without the marks. All but one in a thousand of the training sentences
# are shorter; of a longer text the words nearest to the parties are read.
MAX_PIECES: Final = 128
# Spans of one party that get marks; the graph has positions for the marks of this many.
MAX_SPANS: Final = 16
# Code points read before and after the parties: enough to fill MAX_PIECES, so that a pair in a long
# article costs no more than a pair in a sentence.
MAX_CONTEXT: Final = 2000

# A phrase is one or two word pieces in a row outside the parties' names, or a party's opening mark. Its
# row in the graph's table is its hash; the table has 2 ** PHRASE_BITS rows.
PHRASE_BITS: Final = 15
# Phrases from one party to the other count three times. The stretch ends two pieces after the second
# party ("was attacked by A in") and has at least twelve, for a party alone. Lengths of 1 to 8 and weights
# of 2 to 5 gave the same cross-validated figure within 0.005.
NEAR_WEIGHT: Final = 3
AFTER_PARTIES: Final = 2
NEAR_PIECES: Final = 12


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """A text with two parties in it. Either may be empty: many events have no recipient."""

    text: str
    actor: Spans
    recipient: Spans


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """What the encoder reads: word pieces with marks among them, and where the opening marks are.
    `phrases` are rows of the phrase table with their weights, whose squares sum to 1."""

    ids: list[int]
    actor: list[int]
    recipient: list[int]
    phrases: dict[int, float]


def encode(pair: MarkedPair, tokenizer: Tokenizer) -> EncodedPair:
    """The word pieces of `pair` with a mark before and after each span of either party.

    A span that cuts out no word piece (only spaces, say) gets no mark.
    """
    text, start = _near(pair)
    pieces = tokenizer.encode(text, add_special_tokens=False)
    offsets = [(begin + start, end + start) for begin, end in pieces.offsets]
    actor = [found for span in pair.actor[:MAX_SPANS] if (found := _pieces_of(span, offsets))]
    recipient = [found for span in pair.recipient[:MAX_SPANS] if (found := _pieces_of(span, offsets))]

    ids = [CLS]
    opened: dict[int, list[int]] = {ACTOR_MARKS[0]: [], RECIPIENT_MARKS[0]: []}
    parties = [(ACTOR_MARKS, spans) for spans in actor] + [(RECIPIENT_MARKS, spans) for spans in recipient]
    for index in _read(len(offsets), [edge for _, span in parties for edge in span]):
        for (mark, _), (first, _) in parties:
            if first == index:
                opened[mark].append(len(ids))
                ids.append(mark)
        ids.append(pieces.ids[index])
        ids.extend(mark for (_, mark), (_, last) in parties if last == index)
    return EncodedPair([*ids, SEP], opened[ACTOR_MARKS[0]], opened[RECIPIENT_MARKS[0]], _phrases(ids[1:]))


def _near(pair: MarkedPair) -> tuple[str, int]:
    """The part of the text that can be read, and where it starts."""
    edges = [edge for span in (*pair.actor, *pair.recipient) for edge in span] or [0]
    start = max(0, min(edges) - MAX_CONTEXT)
    return pair.text[start : max(edges) + MAX_CONTEXT], start


def _pieces_of(span: Span, offsets: Sequence[Span]) -> tuple[int, int] | None:
    """The first and the last piece that `span` touches."""
    touched = [index for index, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return (touched[0], touched[-1]) if touched else None


def _read(length: int, edges: Sequence[int]) -> Sequence[int]:
    """Which pieces to read, in order: all, or those nearest to where a party begins or ends."""
    if length <= MAX_PIECES:
        return range(length)

    def distance(index: int) -> tuple[int, int]:
        return min((abs(index - edge) for edge in edges), default=index), index

    return sorted(sorted(range(length), key=distance)[:MAX_PIECES])


def _phrases(ids: Sequence[int]) -> dict[int, float]:
    """The phrases of a text with marks, by their rows in the table: no phrase holds a piece of a name."""
    pieces: list[int] = []
    open_marks = 0
    for id_ in ids:
        if id_ in (ACTOR_MARKS[0], RECIPIENT_MARKS[0]):
            if not open_marks:
                pieces.append(id_)
            open_marks += 1
        elif id_ in (ACTOR_MARKS[1], RECIPIENT_MARKS[1]):
            open_marks -= 1
        elif not open_marks:
            pieces.append(id_)

    parties = [pieces.index(mark) for mark in (ACTOR_MARKS[0], RECIPIENT_MARKS[0]) if mark in pieces] or [0]
    start = min(parties)
    end = max(max(parties) + 1 + AFTER_PARTIES, start + NEAR_PIECES)
    weights: dict[int, float] = {}
    for length in (1, 2):
        for first in range(len(pieces) - length + 1):
            row = _row(pieces[first], pieces[first + 1] if length == 2 else 0)
            near = start <= first and first + length <= end
            weights[row] = max(weights.get(row, 0), NEAR_WEIGHT if near else 1)
    norm = sum(weight**2 for weight in weights.values()) ** 0.5
    return {row: weight / norm for row, weight in weights.items()}


def _row(first: int, second: int) -> int:
    """The row of one piece, or of two in a row: multiplicative hashing, Knuth, volume 3, 6.4."""
    return ((first << 16 | second) * 2_654_435_769 & 0xFFFF_FFFF) >> (32 - PHRASE_BITS)


class RelationModel:
    """The encoder with its tokenizer. Pairs are run one at a time, unpadded, so that an answer cannot
    depend on its neighbours in a batch; on one CPU thread a larger batch would not be faster."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or Model("relations")
        pieces = files(models) / "uncased.tokenizer.json"
        self.tokenizer = Tokenizer.from_str(pieces.read_text(encoding="utf-8"))

    @property
    def digest(self) -> str:
        """The digest of the weights, as reports state it."""
        return self._model.digest

    def classify(self, pairs: Iterable[MarkedPair]) -> list[dict[str, float]]:
        """For each pair the probability of each of LABELS: four decimals that sum to 1."""
        return [self._classify(pair) for pair in pairs]

    def _classify(self, pair: MarkedPair) -> dict[str, float]:
        encoded = encode(pair, self.tokenizer)
        length = len(encoded.ids)
        logits = self._model.run(
            ids=np.array(encoded.ids, dtype=np.int64),
            actor=_mean_of(encoded.actor, length),
            recipient=_mean_of(encoded.recipient, length),
            phrases=np.array(list(encoded.phrases), dtype=np.int64),
            phrase_weights=np.array(list(encoded.phrases.values()), dtype=np.float32),
        )["logits"]
        return dict(zip(LABELS, _probabilities(logits), strict=True))


def _mean_of(positions: Sequence[int], length: int) -> NDArray[np.float32]:
    """float32 [length]: weights whose product with the vectors is the mean of those at `positions`."""
    weights = np.zeros(length, dtype=np.float32)
    weights[list(positions)] = 1 / max(1, len(positions))
    return weights


def _probabilities(logits: NDArray[Any]) -> list[float]:
    """The softmax in ten-thousandths. What rounding down leaves over goes to the largest remainders,
    so that the figures add up."""
    powers = np.exp(logits.astype(np.float64) - float(logits.max()))
    exact = powers / powers.sum() * 10_000
    units = np.floor(exact)
    missing = round(10_000 - float(units.sum()))
    order = np.argsort(-(exact - units), kind="stable")
    units[order[:missing]] += 1
    return [unit / 10_000 for unit in units.tolist()]


@cache
def default_model() -> RelationModel:
    """The model that comes with the package, loaded once a process."""
    return RelationModel()


def relate(
    text: str,
    actor: str | Span | Iterable[Span] | None,
    recipient: str | Span | Iterable[Span] | None = None,
    model: RelationModel | None = None,
) -> dict[str, float]:
    """What `actor` does to `recipient` in `text`: PLOVER types and NONE with probabilities, best first.

    A party is words of the text (their first occurrence is meant), a span, or several spans; None or
    no span where there is none. The encoder was trained on sentences; give it one.
    Raises `ValueError` where the words are not in the text or a span does not cut out any.
    """
    pair = MarkedPair(text, _spans(text, actor, "actor"), _spans(text, recipient, "recipient"))
    [probabilities] = (model or default_model()).classify([pair])
    return dict(sorted(probabilities.items(), key=lambda item: -item[1]))


def _spans(text: str, party: str | Span | Iterable[Span] | None, role: str) -> Spans:
    if party is None:
        return ()
    if isinstance(party, str):
        start = text.find(party) if party.strip() else -1
        if start < 0:
            raise ValueError(
                f'The {role} "{party}" does not occur in the text. Copy its words as they stand there.'
            )
        return ((start, start + len(party)),)
    found: list[Any] = list(party)
    if len(found) == 2 and all(isinstance(edge, int) for edge in found):
        found = [found]
    for span in found:
        if not _cuts_words(text, span):
            raise ValueError(
                f"The {role} span {span!r} cuts no word out of the text, which has {len(text)} characters. "
                "Give (start, end) in code points, end exclusive."
            )
    return tuple((start, end) for start, end in found)


def _cuts_words(text: str, span: Any) -> bool:
    if not (isinstance(span, Sequence) and len(span) == 2 and all(isinstance(edge, int) for edge in span)):
        return False
    start, end = span
    return 0 <= start < end <= len(text) and bool(text[start:end].strip())
