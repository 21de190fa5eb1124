"""What the line model sees is finite, in bounds and the same each time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sitrep.read.line_features import BUCKETS, WORDS_A_LINE, Line, features

LINES = st.lists(
    st.builds(
        Line,
        text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80),
        indent=st.integers(0, 20),
        blanks_before=st.integers(0, 5),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_features_are_finite_bounded_and_repeatable(lines: list[Line]):
    shapes, words = features(lines)
    assert shapes.shape == (len(lines), 65)
    assert np.isfinite(shapes).all()
    assert words.shape == (len(lines), WORDS_A_LINE)
    assert ((words >= 0) & (words < BUCKETS)).all()
    again = features(lines)
    assert (shapes == again[0]).all() and (words == again[1]).all()


def test_a_site_name_changes_only_the_words():
    one, other = (features([Line(f"{name} News", 0, 0)]) for name in ("Alba", "Tara"))
    assert (one[0] == other[0]).all()
    assert (one[1] != other[1]).any()
