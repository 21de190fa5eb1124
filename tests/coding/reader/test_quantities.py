"""Numbers in words and figures, as ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.coding.reader.quantities import read_range


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("nine miners", (9, 9)),
        ("Twenty-five miners", (25, 25)),
        ("Twenty - five miners", (25, 25)),
        ("two hundred and five", (205, 205)),
        ("1,200 people", (1200, 1200)),
        ("1.2 million", (1_200_000, 1_200_000)),
        ("a dozen", (12, 12)),
        ("two dozen", (24, 24)),
        ("half a dozen soldiers", (6, 6)),
        ("a couple of guards", (2, 2)),
        ("at least 12", (12, None)),
        ("no fewer than 7", (7, None)),
        ("more than 100", (101, None)),
        ("up to 40", (1, 40)),
        ("fewer than 10", (1, 9)),
        ("nearly 100", (90, 100)),
        ("about 50", (45, 55)),
        ("12 to 15 villagers", (12, 15)),
        ("12-15", (12, 15)),
        ("between 12 and 15 people", (12, 15)),
        ("three or four", (3, 4)),
        ("dozens", (24, None)),
        ("scores of people", (40, None)),
        ("hundreds of protesters", (200, None)),
        ("several hundred", (300, None)),
        ("tens of thousands", (20_000, None)),
        ("several", (3, None)),
        ("no casualties", (0, 0)),
        ("Nobody", (0, 0)),
    ],
)
def test_a_count_is_a_range(phrase, expected):
    assert read_range(phrase) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "the soldiers",
        "a soldier",
        "a 12-year-old boy",
        "5 per cent",
        "$5 million",
        "the 3rd brigade",
        "12.5",
    ],
)
def test_what_counts_no_people_has_no_range(phrase):
    assert read_range(phrase) is None


@given(st.text(max_size=60))
def test_any_text_gives_an_ordered_range_or_none(phrase):
    found = read_range(phrase)
    assert found is None or (found[0] >= 0 and (found[1] is None or found[1] >= found[0]))
