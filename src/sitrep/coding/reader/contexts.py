"""What an event is about: PLOVER's contexts, from words of its sentence and of those beside it.

Precision first: a context is set where a word of `data/contexts.tsv` shows it, where a mode carries it by the
codebook's own rule, or where an actor's sector is that very institution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from sitrep import ontology
from sitrep.coding.annotations import tokens_at
from sitrep.coding.tables import PhraseTable, listed, read_table, words_of
from sitrep.records import Actor, Event, Span

# The codebook: these modes of COERCE add the context of the same name.
_OF_MODE: Final = {"cyber": "cyber", "misinformation": "misinformation"}
_OF_SECTOR: Final = {"MIL": "military", "JUD": "legal", "LEG": "legislative", "SPY": "intelligence"}
# Words that the event's own sentence must hold: beside it they more often belong to another story.
_OWN_SENTENCE_ONLY: Final = frozenset(
    {"executive", "religion_ethnicity", "health", "technology", "legislative", "economic", "crime", "legal"}
)


@dataclass(frozen=True)
class ContextLexicon:
    """The table of words, ready to be looked up."""

    phrases: PhraseTable[tuple[str, ...]]

    def shown_by(self, text: str) -> frozenset[str]:
        """The contexts that words of `text` show."""
        words = words_of(text)
        found: set[str] = set()
        at = 0
        while at < len(words):
            match = self.phrases.match(words, at)
            if match is None:
                at += 1
                continue
            length, contexts = match
            found.update(contexts)
            at += length
        return frozenset(found)


def read_contexts(rows: Iterable[list[str]] | None = None) -> ContextLexicon:
    """The lexicon in `rows`, by default sitrep's own. Raises `ValueError` on an unknown context."""
    contexts: dict[str, list[str]] = {}
    for context, phrases in rows if rows is not None else read_table("contexts.tsv", 2):
        if context not in ontology.CONTEXTS:
            raise ValueError(f'contexts.tsv: PLOVER has no context "{context}". See plover_contexts.tsv.')
        for phrase in listed(phrases):
            contexts.setdefault(phrase, []).append(context)
    table: PhraseTable[tuple[str, ...]] = PhraseTable()
    for phrase, shown in contexts.items():
        table.add(phrase, tuple(dict.fromkeys(shown)))
    return ContextLexicon(table)


def set_contexts(doc: Doc, events: Iterable[Event], lexicon: ContextLexicon) -> tuple[Event, ...]:
    """`events` with their contexts added, in the codebook's order."""
    actors: Mapping[str, Actor] = {actor.id: actor for actor in doc._.actors}
    text = doc.text  # put together anew at each call
    shown: dict[Span, frozenset[str]] = {}
    found = []
    for event in events:
        contexts = set(event.contexts)
        for span in event.trigger:
            own, beside = _surroundings(doc, span)
            for part in (own, *beside):
                if part not in shown:
                    shown[part] = lexicon.shown_by(text[part[0] : part[1]])
            contexts |= shown[own]
            for part in beside:
                contexts |= shown[part] - _OWN_SENTENCE_ONLY
        if event.mode in _OF_MODE and event.type == "COERCE":
            contexts.add(_OF_MODE[event.mode])
        for party in event.actors:
            if party in actors:
                contexts |= {_OF_SECTOR[sector] for sector in actors[party].sectors if sector in _OF_SECTOR}
        found.append(replace(event, contexts=tuple(name for name in ontology.CONTEXTS if name in contexts)))
    return tuple(found)


def _surroundings(doc: Doc, span: Span) -> tuple[Span, list[Span]]:
    """The sentence of a span, and its neighbours in the same paragraph."""
    tokens = tokens_at(doc, span)
    if not len(tokens) or not doc.has_annotation("SENT_START"):
        return span, []
    sentence = tokens[0].sent
    beside = []
    if sentence.start > 0 and "\n" not in doc[sentence.start - 1].text:
        before = doc[sentence.start - 1].sent
        beside.append((before.start_char, before.end_char))
    if sentence.end < len(doc) and "\n" not in doc[sentence.end - 1].text:
        after = doc[sentence.end].sent
        beside.append((after.start_char, after.end_char))
    return (sentence.start_char, sentence.end_char), beside
