"""The written rule: each grade from the accounts that lead to it, and not from those that do not."""

import pytest

from sitrep.records import Telling
from sitrep.situation.accounts import accounts_of
from sitrep.situation.grades import credibility
from tests.situation.build import SPOKESMAN, telling

ONE, TWO, THREE = telling("r1"), telling("r2"), telling("r3")
AGAIN = telling("r5", publisher="Publisher of r1")
COPY = telling("r2", origin="r1")
QUOTED = telling("r1", sources=(SPOKESMAN,))
QUOTED_AGAIN = telling("r2", sources=(SPOKESMAN,))
DENIAL = telling("r4", status="denied", sources=(SPOKESMAN,))
PLAN = telling("r1", status="planned")


def grade(*tellings: Telling, **letters: str) -> int:
    grades = {f"Publisher of {report}": letter for report, letter in letters.items()}
    return credibility(accounts_of(tellings), grades).grade


@pytest.mark.parametrize(
    "tellings, expected",
    [
        ([ONE, TWO], 1),
        ([ONE, COPY], 3),
        ([ONE, AGAIN], 3),
        ([QUOTED, QUOTED_AGAIN], 3),
        ([QUOTED, TWO], 1),
        ([ONE], 3),
        ([ONE, TWO, DENIAL], 2),
        ([ONE, DENIAL], 4),
        ([DENIAL], 5),
        ([PLAN], 6),
    ],
    ids=["two sources", "a copy", "one publisher twice", "one spokesman twice", "a spokesman and another", "one source", "two and a denial",
         "one and a denial", "only denied", "only planned"],
)  # fmt: skip
def test_credibility_of_ungraded_publishers(tellings: list[Telling], expected: int):
    assert grade(*tellings) == expected


def test_a_trusted_publisher_alone_is_probably_true_in_its_own_voice_only():
    assert grade(ONE, r1="B") == 2
    assert grade(QUOTED, r1="B") == 3


def test_publishers_graded_e_or_f_support_nothing():
    assert grade(ONE, TWO, r1="E") == 3
    assert grade(ONE, TWO, r1="E", r2="F") == 6


def test_publishers_graded_d_alone_are_doubtful():
    assert grade(ONE, TWO, r1="D", r2="D") == 4
    assert grade(ONE, TWO, r1="D", r2="C") == 1


def test_the_reason_counts_the_sources():
    assert (
        credibility(accounts_of([ONE, TWO, DENIAL]), {}).reason == "2 independent sources, denied by 1 source"
    )
