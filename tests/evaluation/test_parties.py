"""When two names are one party."""

from __future__ import annotations

import pytest

from sitrep.evaluation.parties import same_party


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Army", "army", True),
        ("Ali Kone", "Minister Ali Kone", True),
        ("Kone", "Minister Ali Kone", False),  # less than half of it
        ("José", "Jose", True),
        ("Northern Front", "Southern Front", False),
        ("", "army", False),
        ("his", "her", False),  # no word is left of either
    ],
)
def test_same_party(one, other, same):
    assert same_party(one, other) is same_party(other, one) is same
