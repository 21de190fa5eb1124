"""The component that fills `doc._.events`, and adds to `doc._.actors` whoever only an event names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from sitrep import ontology
from sitrep.coding.actors.describe import describe_actor
from sitrep.coding.reader.candidates import Candidate, Candidates, find_candidates
from sitrep.coding.reader.confidence import features_of
from sitrep.coding.reader.contexts import ContextLexicon, read_contexts, set_contexts
from sitrep.coding.reader.decoding import Draft, decode
from sitrep.coding.reader.encoder import Encoder
from sitrep.coding.reader.features import Features
from sitrep.coding.reader.ledger import DEFAULT, Considered, Thresholds, judge
from sitrep.coding.reader.scoring import Proposal, Scorer
from sitrep.records import Actor, Event, Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader finds in one text: actors with those that only its events name, events, the ledger."""

    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    considered: tuple[Considered, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """All that the heads say of one text, before anything is decided."""

    doc: Doc
    candidates: Candidates
    proposals: tuple[Proposal, ...]
    sentence: tuple[int, ...]  # the number of the sentence of each token


def read_events(doc: Doc, encoder: Encoder, thresholds: Thresholds = DEFAULT) -> Reading:
    """The events of `doc` from its words, actors, places, times and attributions."""
    found = propose_events(doc, encoder)
    return choose_events(found, encoder.confidence, thresholds)


def propose_events(doc: Doc, encoder: Encoder) -> Proposed:
    """What the words of `doc` may tell, each with the probability of every answer about it."""
    vectors, words = encoder.read(doc)
    candidates = find_candidates(doc)
    if not words:
        return Proposed(doc, candidates, (), ())
    features = Features(doc, encoder.heads.vocabulary)
    scorer = Scorer(encoder.heads, features, vectors, words)
    proposals = scorer.propose(scorer.groups(scorer.words()), candidates)
    return Proposed(doc, candidates, tuple(proposals), tuple(features.sentence))


def choose_events(found: Proposed, weights: Sequence[float], thresholds: Thresholds) -> Reading:
    """The records among what was proposed. `weights` are those of the confidence."""
    considered: list[Considered] = []
    kept: list[Draft] = []
    drafts = decode(found.doc, found.proposals, found.candidates, thresholds, weights)
    for proposal, draft in zip(found.proposals, drafts, strict=True):
        verdict, reason = judge(proposal, draft.event.confidence, found.sentence, thresholds)
        if verdict == "kept" and not (draft.actors or draft.recipients or draft.event.place):
            verdict, reason = "nobody named", "the text gives neither a party nor a place of it"
        considered.append(
            Considered(
                proposal.type,
                proposal.mode,
                round(proposal.probability, 2),
                verdict,
                reason,
                draft.event.trigger,
                features_of(proposal),
            )
        )
        if verdict == "kept":
            kept.append(draft)
    actors, events = with_actors(found.doc, kept)
    return Reading(actors, events, tuple(sorted(considered, key=lambda one: one.trigger)))


def with_actors(doc: Doc, drafts: Sequence[Draft]) -> tuple[tuple[Actor, ...], tuple[Event, ...]]:
    """Records of events whose parties are all actors: phrases and places that act become such."""
    known: list[Actor] = list(doc._.actors)
    places: dict[str, Place] = {place.id: place for place in doc._.places}
    new: dict[Candidate, Actor] = {}

    def name_of(party: Candidate) -> str:
        if party.kind not in ("place", "phrase"):
            return party.id or ""
        if party not in new:
            new[party] = _actor(doc, party, places, f"a{len(known) + len(new) + 1}")
        return new[party].id

    events: list[Event] = []
    for draft in sorted(drafts, key=lambda draft: draft.event.trigger):
        actors = tuple(dict.fromkeys(name_of(party) for party in draft.actors))
        recipients = tuple(dict.fromkeys(name_of(party) for party in draft.recipients))
        events.append(
            replace(
                draft.event,
                id=f"e{len(events) + 1}",
                actors=actors,
                recipients=recipients,
                quad=ontology.EVENT_TYPES[draft.event.type].quad,
                score=ontology.score(draft.event.type, draft.event.mode),
            )
        )
    return (*known, *new.values()), tuple(events)


def _actor(doc: Doc, party: Candidate, places: dict[str, Place], name: str) -> Actor:
    start, end = party.spans[0]
    words = doc.text[start:end]
    described = describe_actor(words)
    if party.kind == "place":
        place = places[party.id or ""]
        country = described.country or place.country
        return Actor(
            id=name,
            name=words,
            kind="state" if (place.feature or "").startswith("PCL") else "organisation",
            country=country,
            sectors=described.sectors,
            mentions=party.spans,
        )
    head = doc[party.heads[0]]
    plural = head.tag_ in ("NNS", "NNPS")
    return Actor(
        id=name,
        name=words,
        kind="group" if plural else "organisation" if head.pos_ == "PROPN" else "group",
        country=described.country,
        sectors=described.sectors,
        mentions=party.spans,
    )


@Language.factory(
    "sitrep_reader",
    assigns=["doc._.events", "doc._.actors", "doc._.considered"],
    requires=[
        "token.dep",
        "token.tag",
        "token.lemma",
        "doc._.actors",
        "doc._.places",
        "doc._.times",
        "doc._.attributions",
    ],
)
def make_reader(nlp: Language, name: str) -> EventReader:
    return EventReader()


class EventReader:
    """The spaCy component: stores what `read_events` finds.

    `thresholds` may be set on it: `nlp.get_pipe("sitrep_reader").thresholds = Thresholds(event=0.7)`.
    """

    def __init__(self, encoder: Encoder | None = None, thresholds: Thresholds = DEFAULT) -> None:
        self.encoder = encoder or Encoder()
        self.thresholds = thresholds
        self.contexts: ContextLexicon = read_contexts()
        self.models: dict[str, str] = {"reader": self.encoder.digest}

    def __call__(self, doc: Doc) -> Doc:
        found = read_events(doc, self.encoder, self.thresholds)
        doc._.actors = found.actors
        doc._.events = set_contexts(doc, found.events, self.contexts)
        doc._.considered = found.considered
        return doc
