"""Looking spans up by where they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitrep.coding.spans import SpansAt

SPANS = st.tuples(st.integers(0, 600), st.integers(1, 300)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def test_those_that_share_a_character_are_found_in_the_order_they_were_given():
    spans = SpansAt([((300, 320), "late"), ((0, 10), "early"), ((0, 400), "whole")])
    assert [what for _, what in spans.touching((5, 6))] == ["early", "whole"]
    assert [what for _, what in spans.touching((310, 311))] == ["late", "whole"]


def test_what_only_adjoins_does_not_touch():
    spans = SpansAt([((10, 20), None)])
    assert spans.touching((20, 30)) == [] == spans.touching((0, 10))


@given(st.lists(SPANS, max_size=20), SPANS)
def test_they_are_those_that_a_look_at_each_would_find(spans, asked):
    found = SpansAt((span, number) for number, span in enumerate(spans)).touching(asked)
    assert [number for _, number in found] == [
        number for number, (start, end) in enumerate(spans) if start < asked[1] and asked[0] < end
    ]


def test_one_is_found_without_a_look_at_all_of_a_long_text():
    spans = SpansAt(((start, start + 5), start) for start in range(0, 1_000_000, 10))
    looked_at = sum(len(spans._near[stretch]) for stretch in spans._near if stretch == 500_000 // 128)
    assert [what for _, what in spans.touching((500_000, 500_001))] == [500_000]
    assert looked_at < 20
