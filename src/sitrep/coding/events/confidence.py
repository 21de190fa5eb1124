"""How likely a careful reader is to keep an event: a few features of it and of its report, weighed.

The weights were fitted to events that were judged by reading (`training/confidence.py`, whose table of
judgements is kept in `benchmarks/judged_events.tsv`), so that of the records at 0.9 nine in ten should be
right, in reports of war and of village councils alike. What says most is how sure the relation model is,
whether it agrees, and whether the report is about politics at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Span as TokenSpan

from sitrep.coding.events.drafts import Draft
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.relations import MarkedPair, RelationModel
from sitrep.coding.events.triggers import Sense
from sitrep.coding.tables import read_table
from sitrep.records import Actor, Spans

Weights = Mapping[str, float]

# The sets that the relation model was trained on draw some borders of the codebook otherwise, and a promise
# is told with the words of what is promised: either type counts as agreement.
_ALIKE: Final = {
    "RETREAT": ("CONCEDE",),
    "CONCEDE": ("RETREAT",),
    "AGREE": ("SUPPORT", "CONCEDE"),
    "SUPPORT": ("AGREE",),
    "SANCTION": ("COERCE",),
}
_WORDS: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_DEALINGS: Final = frozenset({"AGREE", "AID", "CONSULT", "COOPERATE"})
# What the model says on average, for where there is none.
_NO_OPINION: Final = (0.55, 0.7)
# A short report shows less of what it is about: so many sentences and actors of an average one are added.
_SENTENCES: Final = 5
_ACTORS: Final = 4
_MOST: Final = 0.97  # no more was ever seen to be right
_LONG: Final = 90  # tokens: a longer "sentence" is a list, and no harder for being longer still


def read_weights(rows: Iterable[list[str]] | None = None) -> dict[str, float]:
    """The weights by feature. Raises `ValueError` where one is no number."""
    weights: dict[str, float] = {}
    for feature, weight, _ in rows if rows is not None else read_table("confidence.tsv", 3):
        try:
            weights[feature] = float(weight)
        except ValueError:
            raise ValueError(
                f'confidence.tsv: the weight of "{feature}" is "{weight}". Write a number.'
            ) from None
    return weights


def weighed(
    reading: Reading, drafts: Sequence[Draft], relations: RelationModel | None, weights: Weights
) -> list[Draft]:
    """`drafts` with their confidence."""
    features = features_of(reading, drafts, relations)
    return [
        replace(draft, confidence=likelihood(found, weights))
        for draft, found in zip(drafts, features, strict=True)
    ]


def likelihood(features: Mapping[str, float], weights: Weights) -> float:
    """The probability that an event with these features is kept, in hundredths."""
    unknown = set(features) ^ (set(weights) - {"intercept"})
    if unknown:
        raise ValueError(
            f"confidence.tsv does not fit the code: {', '.join(sorted(unknown))}. Run training/confidence.py."
        )
    total = weights["intercept"] + sum(weights[name] * value for name, value in features.items())
    return round(min(_MOST, 1 / (1 + math.exp(-total))), 2)


def features_of(
    reading: Reading, drafts: Sequence[Draft], relations: RelationModel | None
) -> list[dict[str, float]]:
    """For each draft what its confidence rests on; `data/confidence.tsv` says what each feature is."""
    sentences = sum(1 for sentence in reading.doc.sents if not sentence.text.isspace())
    political = sum(1 for actor in reading.actors if reading.is_plainly_political(actor))
    shared = {
        "density": math.log(max(1, len(drafts)) / (sentences + _SENTENCES)),
        "political-report": (political + _ACTORS / 2) / (len(reading.actors) + _ACTORS),
    }
    found = []
    for draft in drafts:
        agrees, sure = _opinion(reading, draft, relations)
        acting = [reading.actors[actor] for actor in draft.actors]
        found.append(
            {
                "agrees": agrees,
                "sure": sure,
                **shared,
                "country": float(any(actor.country is not None for actor in acting)),
                "unknown-body": float(any(_is_unknown_body(actor) for actor in acting)),
                "pronoun": float(any(reading.doc[token].pos_ == "PRON" for token in draft.act.agents)),
                "words": float(draft.type in _WORDS),
                "dealings": float(draft.type in _DEALINGS),
                "length": min(_LONG, len(reading.doc[draft.act.head].sent)) / 30,
            }
        )
    return found


def _is_unknown_body(actor: Actor) -> bool:
    """Whether nothing tells what kind of body an organisation is: as often a firm as a party."""
    return actor.kind == "organisation" and set(actor.sectors) <= {"UNK"}


def _opinion(reading: Reading, draft: Draft, relations: RelationModel | None) -> tuple[float, float]:
    """How likely the relation model holds a draft's type, and how sure it is of its own best."""
    if relations is None:
        return _NO_OPINION
    pair = pair_of(reading, draft.act, draft.sense, draft.actors, draft.recipients)
    [found] = relations.classify([pair])
    counted = {draft.type, draft.sense.type or draft.type, *_ALIKE.get(draft.type, ())}
    if draft.mode == "seize":
        counted.add("ASSAULT")
    return sum(found.get(kind, 0.0) for kind in counted), max(found.values())


def pair_of(
    reading: Reading, act: Proposition, sense: Sense, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> MarkedPair:
    sentence = reading.doc[act.head].sent
    tokens = [token for slot in sense.actor for token in reading.reader.slot(act, slot)]
    acting = _spans_in(reading, sentence, actors, tokens)
    affected = _spans_in(reading, sentence, recipients, reading.reader.fillers(act, sense.recipient))
    if not affected and len(acting) > 1:  # in an act done together the first acts, the others are met
        acting, affected = acting[:1], acting[1:]
    return MarkedPair(sentence.text, acting, affected)


def _spans_in(reading: Reading, sentence: TokenSpan, ids: tuple[str, ...], tokens: Sequence[int]) -> Spans:
    """The mentions of these actors in the sentence: those at the given words, where there are such."""
    mentions = [
        (start - sentence.start_char, end - sentence.start_char)
        for found in ids
        for start, end in reading.mentions_in(found, (sentence.start_char, sentence.end_char))
    ]
    places = [reading.doc[token].idx - sentence.start_char for token in tokens]
    named = [(start, end) for start, end in mentions if any(start <= place < end for place in places)]
    return tuple(sorted(set(named or mentions)))
