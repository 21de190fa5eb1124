"""What becomes of a proposal, and the reason that is given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitrep.coding.reader.ledger import Thresholds, judge
from tests.coding.reader.proposals import proposal

# Tokens 0 to 2 are in the first sentence, 3 in the second, 4 in the third, 5 in the fourth.
SENTENCES = [0, 0, 0, 1, 2, 3]
THRESHOLDS = Thresholds(event=0.5, lead=0.4, aside=0.7)


@pytest.mark.parametrize(
    ("token", "probability", "verdict", "reason"),
    [
        (0, 0.45, "kept", "0.45 reaches the 0.40 needed in the lead"),
        (3, 0.45, "kept", "0.45 reaches the 0.40 needed in the lead"),
        (4, 0.45, "unlikely", "0.45 is below the 0.50 needed here"),
        (0, 0.39, "unlikely", "0.39 is below the 0.40 needed in the lead"),
        (5, 0.5, "kept", "0.50 reaches the 0.50 needed here"),
    ],
)
def test_in_the_first_two_sentences_less_is_enough(
    token: int, probability: float, verdict: str, reason: str
) -> None:
    assert judge(proposal(token, probability=probability), 0.5, SENTENCES, THRESHOLDS) == (verdict, reason)


def test_an_event_that_the_lead_tells_too_leads() -> None:
    assert judge(proposal(5, 1, probability=0.45), 0.5, SENTENCES, THRESHOLDS)[0] == "kept"
    assert judge(proposal(5, 4, probability=0.45), 0.5, SENTENCES, THRESHOLDS)[0] == "unlikely"


@pytest.mark.parametrize(
    ("mark", "likely", "verdict", "reason"),
    [
        ("crime", 0.75, "private crime", "0.75 likely a private crime"),
        ("crime", 0.65, "kept", "0.90 reaches the 0.50 needed here"),
        ("sum", 0.75, "sum of many events", "0.75 likely a sum of many events"),
        ("sum", 0.65, "kept", "0.90 reaches the 0.50 needed here"),
        ("doubtful", 0.99, "kept", "0.90 reaches the 0.50 needed here"),
        ("inner", 0.99, "kept", "0.90 reaches the 0.50 needed here"),
    ],
)
def test_private_crimes_and_sums_are_left_aside(mark: str, likely: float, verdict: str, reason: str) -> None:
    found = proposal(4, probability=0.9, marks={mark: likely})
    assert judge(found, 0.5, SENTENCES, THRESHOLDS) == (verdict, reason)


def test_what_is_unlikely_is_not_called_a_crime() -> None:
    assert (
        judge(proposal(4, probability=0.2, marks={"crime": 0.9}), 0.5, SENTENCES, THRESHOLDS)[0] == "unlikely"
    )


@pytest.mark.parametrize(
    ("confidence", "verdict", "reason"),
    [
        (0.59, "not sure enough", "confidence 0.59 is below the 0.60 asked for"),
        (0.6, "kept", "0.90 reaches the 0.50 needed here"),
    ],
)
def test_less_than_the_confidence_asked_for_is_not_enough(
    confidence: float, verdict: str, reason: str
) -> None:
    asked = replace(THRESHOLDS, confidence=0.6)
    assert judge(proposal(4, probability=0.9), confidence, SENTENCES, asked) == (verdict, reason)
    assert (
        judge(proposal(4, probability=0.9, marks={"crime": 0.9}), confidence, SENTENCES, asked)[0]
        == "private crime"
    )
