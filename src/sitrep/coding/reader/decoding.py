"""From what the heads say to records: which proposals are events, and which answers each of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from sitrep.coding.annotations import span_of
from sitrep.coding.grammar.modality import modality
from sitrep.coding.reader.candidates import Candidate, Candidates
from sitrep.coding.reader.confidence import confidence, features_of
from sitrep.coding.reader.heads import Floats
from sitrep.coding.reader.labels import STATUSES, TOLLS
from sitrep.coding.reader.ledger import Thresholds
from sitrep.coding.reader.scoring import Proposal
from sitrep.records import Attribution, Event, Span, Spans, Status, Time, Toll

# Acts that are not done by saying so: to announce, refuse or demand something is done, whatever comes of it.
_DEEDS = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "AID", "SANCTION", "COOPERATE", "CONSULT"}
)
_VICTIMS = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event with its parties as candidates: `with_actors` makes records of those that are none yet."""

    event: Event
    actors: tuple[Candidate, ...]
    recipients: tuple[Candidate, ...]


def decode(
    doc: Doc,
    proposals: Sequence[Proposal],
    candidates: Candidates,
    thresholds: Thresholds,
    weights: Sequence[float],
) -> list[Draft]:
    """The records of `proposals`, all taken for events. `weights` are those of the confidence."""
    return [_draft(doc, proposal, candidates, thresholds, weights) for proposal in proposals]


def _draft(
    doc: Doc,
    proposal: Proposal,
    candidates: Candidates,
    thresholds: Thresholds,
    weights: Sequence[float],
) -> Draft:
    status = _status(doc, proposal)
    actors, recipients = _parties(doc, proposal, candidates.parties, thresholds)
    place = _chosen(proposal.place, thresholds.place)
    words = sorted(word.token for word in proposal.words)
    event = Event(
        id="",
        type=proposal.type,
        mode=proposal.mode if proposal.mode_probability >= thresholds.mode else None,
        place=None if place is None else candidates.places[place].id,
        status=status,
        according_to=_sources(doc, proposal, candidates, thresholds),
        trigger=runs(doc, words),
        evidence=_evidence(doc, words, proposal.fullest),
        confidence=confidence(features_of(proposal), weights),
    )
    time = _chosen(proposal.time, 1 - thresholds.time)
    times: dict[str, Time] = {one.id: one for one in doc._.times}
    own = None if time is None else times[candidates.times[time].id or ""]
    event = dated(event, own, doc._.published)
    killed, injured, crowd = (
        _toll(doc, kind, proposal, candidates.counts, recipients, thresholds) for kind in TOLLS
    )
    return Draft(replace(event, killed=killed, injured=injured, crowd=crowd), actors, recipients)


def _status(doc: Doc, proposal: Proposal) -> Status:
    """What the heads say, but where they say "happened" and the verb group says otherwise.

    Nine in ten of the events that the heads learned from happened, so that they are slow to see a plan,
    and do not tell what may or should be done from what will.
    """
    told = STATUSES[int(proposal.status.argmax())]
    word = doc[proposal.fullest]
    if told not in ("happened", "planned") or proposal.type not in _DEEDS or word.pos_ != "VERB":
        return told
    grammar = modality(word)
    return grammar if told == "happened" or grammar in ("possible", "called_for") else told


def _parties(
    doc: Doc, proposal: Proposal, parties: Sequence[Candidate], thresholds: Thresholds
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Who acts and to whom: nobody is both, and no phrase stands beside one that holds it."""
    own = {word.token for word in proposal.words}
    rows = [
        (int(scores[1] > scores[0]), float(scores.max()), candidate)
        for candidate, scores in zip(parties, proposal.parties, strict=True)
        if not (candidate.id is None and own & set(candidate.heads))
    ]
    best = proposal.parties.max(axis=0) if len(proposal.parties) else (0.0, 0.0)
    chosen: tuple[list[Candidate], list[Candidate]] = ([], [])
    for side, score, candidate in rows:
        if score >= (thresholds.actor, thresholds.recipient)[side] and score >= best[side]:
            chosen[side].append(candidate)
    beside = [_joined_with(doc, side) for side in chosen]
    for side, score, candidate in rows:
        if candidate not in chosen[side] and chosen[side]:
            # who stands beside the likeliest must be surer, unless the text names both in one breath
            needed = thresholds.joined if beside[side] & set(candidate.heads) else thresholds.second
            if score >= needed:
                chosen[side].append(candidate)
    everyone = [candidate for side in chosen for candidate in side]
    if proposal.type in _MUTUAL and len(everyone) == 1:
        # nobody meets or agrees alone
        left = [row for row in rows if row[2] is not everyone[0] and not _is_inside(row[2], everyone[0])]
        side, score, candidate = max(left, key=lambda row: row[1], default=(0, 0.0, everyone[0]))
        if score >= thresholds.partner:
            chosen[side].append(candidate)
            everyone.append(candidate)
    return tuple(  # type: ignore[return-value]
        tuple(c for c in side if not any(_is_inside(c, other) for other in everyone if other is not c))
        for side in chosen
    )


def _joined_with(doc: Doc, side: Sequence[Candidate]) -> frozenset[int]:
    """The heads of what the text joins with any of these: "Spain | and Portugal"."""
    return frozenset(
        token.i for candidate in side for head in candidate.heads for token in doc[head].conjuncts
    )


def _is_inside(one: Candidate, other: Candidate) -> bool:
    """Whether every mention of one lies in a longer mention of the other: "Libya" in "Libya's army"."""
    return bool(one.spans) and all(
        any(
            start <= span[0] and span[1] <= end and end - start > span[1] - span[0]
            for start, end in other.spans
        )
        for span in one.spans
    )


def _chosen(scores: Floats, none: float) -> int | None:
    """The likeliest candidate where "none", the last, is not as likely as `none` allows."""
    if len(scores) < 2 or scores[-1] > none:
        return None
    return int(scores[:-1].argmax())


def _sources(doc: Doc, proposal: Proposal, candidates: Candidates, thresholds: Thresholds) -> tuple[str, ...]:
    """Ids of the attributions that the event stands on, outermost first, each source once."""
    known: dict[str, Attribution] = {found.id: found for found in doc._.attributions}
    likely = [
        (float(score), known[candidate.id or ""])
        for candidate, score in zip(candidates.sources, proposal.sources, strict=True)
        if score >= thresholds.source
    ]
    word = doc[proposal.fullest].idx

    def rank(found: tuple[float, Attribution]) -> tuple[bool, float]:
        spans = found[1].content.spans
        return not any(start <= word < end for start, end in spans), -found[0]

    kept: list[Attribution] = []
    for _, attribution in sorted(likely, key=rank):
        if not any(_same_source(attribution, other) for other in kept):
            kept.append(attribution)
    kept = kept[:2]
    return tuple(a.id for a in sorted(kept, key=lambda a: (_depth(a, known), a.content.spans)))


def _same_source(one: Attribution, other: Attribution) -> bool:
    return one.source.spans == other.source.spans or (
        one.source.actor is not None and one.source.actor == other.source.actor
    )


def _depth(attribution: Attribution, known: dict[str, Attribution]) -> int:
    depth, seen = 0, {attribution.id}
    while attribution.within is not None and attribution.within in known and attribution.within not in seen:
        seen.add(attribution.within)
        attribution = known[attribution.within]
        depth += 1
    return depth


def _toll(
    doc: Doc,
    kind: str,
    proposal: Proposal,
    counts: Sequence[Candidate],
    recipients: Sequence[Candidate],
    thresholds: Thresholds,
) -> Toll | None:
    """How many, of an event of a type that may have victims or a crowd."""
    if proposal.type not in _VICTIMS:
        return None
    scores = proposal.tolls[kind]
    if scores[-1] > 1 - thresholds.toll:
        return None
    best = int(scores[:-1].argmax())
    if best < len(counts):
        count = counts[best].count
        assert count is not None
        return Toll(count[0], count[1], counts[best].spans)
    if kind == "crowd":
        return None
    victims = tuple(recipient.spans[0] for recipient in recipients)[:1]
    return Toll(1, 1, victims or (span_of(doc[proposal.fullest]),))


def dated(event: Event, time: Time | None, published: date | None) -> Event:
    """An event with the days of its own time, else with what the day of publication allows."""
    if time is not None:
        first, last = time.earliest, time.latest
        if published is not None and event.status == "happened":
            if first is not None and first > published:
                # "called for a truce from Friday": the day is of what is asked for
                return _bounded(event, published)
            last = published if last is None or last > published else last
        return replace(event, earliest=first, latest=last)
    return _bounded(event, published)


def _bounded(event: Event, published: date | None) -> Event:
    if published is None:
        return event
    if event.status == "happened":
        return replace(event, latest=published, inferred=True)
    if event.status in ("planned", "called_for"):
        return replace(event, earliest=published, inferred=True)
    return event


def runs(doc: Doc, tokens: Sequence[int]) -> Spans:
    """The spans of tokens, those that follow each other as one."""
    spans: list[Span] = []
    previous = -2
    for index in tokens:
        start, end = span_of(doc[index])
        if index == previous + 1 and not doc[index].is_sent_start:
            start = spans.pop()[0]
        spans.append((start, end))
        previous = index
    return tuple(spans)


def _evidence(doc: Doc, tokens: Sequence[int], fullest: int) -> Spans:
    """The sentences that tell the event, the fullest first."""
    found: dict[Span, None] = {}
    for index in sorted(tokens, key=lambda token: (token != fullest, token)):
        words = [token for token in doc[index].sent if not token.is_space]
        found[(words[0].idx, span_of(words[-1])[1])] = None
    return tuple(found)
