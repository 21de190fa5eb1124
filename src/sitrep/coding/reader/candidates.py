"""What may fill a role of an event: parties, places, sources, times and counts that stand in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.reader.counts import read_counts
from sitrep.coding.reader.quantities import Range
from sitrep.coding.spans import SpansAt
from sitrep.records import Attribution, Span

# Phrases of these kinds are no parties, whatever they do in the sentence.
_NO_PARTY: Final = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "NUM"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may fill a role: the tokens that head its mentions, and the id of its record.

    `kind` is an `ActorKind`, "place", "phrase" (a noun phrase that is no record yet), "source", "time" or
    "count". `id` is None for a phrase or a count. `spans` are its mentions, one for each of `heads`.
    """

    kind: str
    id: str | None
    heads: tuple[int, ...]
    spans: tuple[Span, ...]
    count: Range | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of one text, each kind in the order of its first mention."""

    parties: tuple[Candidate, ...]
    places: tuple[Candidate, ...]
    sources: tuple[Candidate, ...]
    times: tuple[Candidate, ...]
    counts: tuple[Candidate, ...]

    def by_head(self) -> dict[str, tuple[Candidate, ...]]:
        """The candidates by the name of the head that is asked about them."""
        return {
            "party": self.parties,
            "place": self.places,
            "source": self.sources,
            "time": self.times,
            "toll": self.counts,
        }


def find_candidates(doc: Doc) -> Candidates:
    """The candidates of `doc`, from its actors, places, times, attributions and noun phrases."""
    places = tuple(_of_spans(doc, "place", place.id, place.mentions) for place in doc._.places)
    return Candidates(
        parties=_parties(doc, places),
        places=places,
        sources=tuple(_source(doc, found) for found in doc._.attributions),
        times=tuple(
            _of_spans(doc, "time", time.id, [(time.start, time.end)])
            for time in doc._.times
            if time.earliest is not None or time.latest is not None
        ),
        counts=tuple(
            Candidate("count", None, (head,), (span_of(phrase),), value)
            for head, phrase, value in read_counts(doc)
        ),
    )


def _of_spans(doc: Doc, kind: str, name: str, spans: Iterable[Span]) -> Candidate:
    found = [(tokens.root.i, span) for span in spans if len(tokens := tokens_at(doc, span))]
    return Candidate(kind, name, tuple(head for head, _ in found), tuple(span for _, span in found))


def _parties(doc: Doc, places: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The actors, then places and noun phrases that no actor's mention holds."""
    parties = [_of_spans(doc, actor.kind, actor.id, actor.mentions) for actor in doc._.actors]
    taken = SpansAt((span, None) for party in parties for span in party.spans)

    def is_free(head: int) -> bool:
        return not taken.touching(span_of(doc[head]))

    for place in places:
        free = [(head, span) for head, span in zip(place.heads, place.spans, strict=True) if is_free(head)]
        if free:
            parties.append(Candidate("place", place.id, tuple(h for h, _ in free), tuple(s for _, s in free)))
    known = {head for party in parties for head in party.heads}
    phrases: dict[str, list[tuple[int, Span]]] = {}
    for phrase in _noun_phrases(doc):
        head = phrase.root
        if head.i not in known and is_free(head.i):
            words = " ".join(token.lower_ for token in phrase)
            phrases.setdefault(words, []).append((head.i, span_of(phrase)))
    parties += [
        Candidate("phrase", None, tuple(head for head, _ in found), tuple(span for _, span in found))
        for found in phrases.values()
    ]
    return tuple(parties)


def _noun_phrases(doc: Doc) -> Iterable[TokenSpan]:
    """Base noun phrases without their determiners that may name somebody."""
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        if head.pos_ not in _NOMINAL or head.ent_type_ in _NO_PARTY:
            continue
        start = chunk.start
        while start < head.i and _is_determiner(doc[start]):
            start += 1
        yield doc[start : max(head.i + 1, chunk.end)]


def _is_determiner(token: Token) -> bool:
    return token.tag_ in ("DT", "PDT", "PRP$", "WP$", "POS") or token.is_punct or token.is_space


def _source(doc: Doc, attribution: Attribution) -> Candidate:
    """The source of an attribution where the text names one, else its cue."""
    spans = attribution.source.spans or attribution.cue.spans or attribution.content.spans[:1]
    return _of_spans(doc, "source", attribution.id, spans)
