"""What was considered and what became of it: every proposal of a text with its verdict and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sitrep.coding.reader.labels import MARKS
from sitrep.coding.reader.scoring import Proposal
from sitrep.records import Spans

Verdict = Literal[
    "kept", "unlikely", "not sure enough", "private crime", "sum of many events", "nobody named"
]

# Sentences whose acts a headline would tell: a lower probability is enough there.
LEAD_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How likely an answer must be to be written. Chosen on `dev_wiki` and `dev_wires`:
    `python -m training.reader.thresholds` says how (docs/accuracy.md).
    """

    event: float = 0.75
    lead: float = 0.65  # of an event that one of the first sentences tells
    aside: float = 0.7  # from here on an event is taken for a private crime or a sum, and left out
    actor: float = 0.25
    recipient: float = 0.55
    second: float = 0.95  # of a further party on the same side
    joined: float = 0.3  # of one that "and" joins with the likeliest
    partner: float = 0.55  # of whoever else takes part in what nobody does alone
    source: float = 0.7
    mode: float = 0.6
    place: float = 0.5  # the probability of no place up to which the likeliest place stands
    time: float = 0.95
    toll: float = 0.6
    confidence: float = 0.0  # of the whole record


DEFAULT = Thresholds()


@dataclass(frozen=True, slots=True)
class Considered:
    """One proposal: the words that may tell an event, of which type, how likely, and what became of it."""

    type: str
    mode: str | None
    probability: float
    verdict: Verdict
    reason: str
    trigger: Spans
    features: Mapping[str, float]  # what its confidence rests on


def judge(
    proposal: Proposal, confidence: float, sentence: Sequence[int], thresholds: Thresholds = DEFAULT
) -> tuple[Verdict, str]:
    """What becomes of a proposal, and why. `sentence` numbers the sentence of each token."""
    leads = min(sentence[word.token] for word in proposal.words) < LEAD_SENTENCES
    needed = thresholds.lead if leads else thresholds.event
    where = "in the lead" if leads else "here"
    if proposal.probability < needed:
        return "unlikely", f"{proposal.probability:.2f} is below the {needed:.2f} needed {where}"
    for mark, verdict in (("crime", "private crime"), ("sum", "sum of many events")):
        found = float(proposal.marks[MARKS.index(mark)])
        if found >= thresholds.aside:
            return verdict, f"{found:.2f} likely a {verdict}"  # type: ignore[return-value]
    if confidence < thresholds.confidence:
        return (
            "not sure enough",
            f"confidence {confidence:.2f} is below the {thresholds.confidence:.2f} asked for",
        )
    return "kept", f"{proposal.probability:.2f} reaches the {needed:.2f} needed {where}"
