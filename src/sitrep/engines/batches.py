"""Documents coded in this process, batch by batch: one that the coder fails on costs itself only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from sitrep.engines.bounds import refused, words_in
from sitrep.records import Document, Report, Skipped

if TYPE_CHECKING:
    from spacy.language import Language

BATCH_SIZE: Final = 32
PORTION_WORDS: Final = 20_000  # about 0.3 GB


def code_here(
    documents: Iterable[Document], nlp: Language, batch_size: int = BATCH_SIZE
) -> Iterator[Report | Skipped]:
    """A report of each document, in their order, or a `Skipped` of one that the coder fails on."""
    remaining = iter(documents)
    while batch := list(islice(remaining, batch_size)):
        yield from code_batch(batch, nlp)


def code_batch(documents: Sequence[Document], nlp: Language) -> list[Report | Skipped]:
    """As `code_here`, of one batch."""
    refusals = [refused(document) for document in documents]
    accepted = [one for one, refusal in zip(documents, refusals, strict=True) if not refusal]
    coded = (one for portion in _portions(accepted) for one in _coded(portion, nlp))
    return [refusal or next(coded) for refusal in refusals]


def _portions(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Documents that are coded at one go: the memory that it takes grows with all their text together."""
    portion: list[Document] = []
    length = 0
    for document in documents:
        words = words_in(document.text)
        if portion and length + words > PORTION_WORDS:
            yield portion
            portion, length = [], 0
        portion.append(document)
        length += words
    if portion:
        yield portion


def _coded(documents: Sequence[Document], nlp: Language) -> list[Report | Skipped]:
    from sitrep.coding.pipeline import code_documents

    try:
        return list(code_documents(documents, nlp, batch_size=len(documents)))
    except Exception as error:
        # Whatever it is that the coder stumbles over, in a run of thousands it must not cost the others.
        if len(documents) == 1:
            return [failed(documents[0], f"{type(error).__name__}: {error}")]
    return [one for document in documents for one in _coded([document], nlp)]


def failed(document: Document, reason: str) -> Skipped:
    """What is said of a document that the coder could not deal with."""
    shown = reason if len(reason) <= 200 else reason[:200] + "…"
    return Skipped(
        document.source,
        f"could not be coded ({shown}).",
        "Leave it out or divide it, and report it: this is a fault of ours.",
    )
