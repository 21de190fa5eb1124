"""A document in; for each of its sentences the events that were considered and what became of them out."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from sitrep.coding.pipeline import doc_of
from sitrep.coding.reader.ledger import Considered
from sitrep.records import Document, Span


@dataclass(frozen=True, slots=True)
class ConsideredEvent:
    """One event that was considered: `words` are those of the sentence that may tell it."""

    type: str
    mode: str | None
    words: str
    probability: float
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class SentenceExplained:
    """One sentence with all that was considered in it, in the order of its words."""

    span: Span
    text: str
    considered: tuple[ConsideredEvent, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every sentence of one document."""

    source: str
    title: str | None
    sentences: tuple[SentenceExplained, ...]


def explain(document: Document, nlp: Language) -> Explanation:
    """What was considered in each sentence of `document`. An event told in several stands in each."""
    doc = nlp(doc_of(document, nlp))
    found: tuple[Considered, ...] = doc._.considered
    sentences = []
    for sentence in doc.sents:
        span = (sentence.start_char, sentence.end_char)
        if sentence.text.strip():
            inside = [told for one in found if (told := _in_sentence(one, span, document.text)) is not None]
            text = " ".join(document.text[span[0] : span[1]].split())
            sentences.append(SentenceExplained(span, text, tuple(inside)))
    return Explanation(document.source, document.title, tuple(sentences))


def _in_sentence(found: Considered, sentence: Span, text: str) -> ConsideredEvent | None:
    words = [text[start:end] for start, end in found.trigger if sentence[0] <= start < sentence[1]]
    if not words:
        return None
    return ConsideredEvent(
        found.type, found.mode, " … ".join(words), found.probability, found.verdict, found.reason
    )
