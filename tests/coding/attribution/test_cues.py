"""The lexicon of words that attribute."""

from __future__ import annotations

import pytest

from sitrep.coding.attribution.cues import default_cues, read_cues


def test_the_lexicon_that_comes_with_sitrep_reads() -> None:
    cues = default_cues()
    assert {"clause", "quote"} <= cues.of("say", "VERB")
    assert cues.of("claim", "NOUN") and cues.of("claim", "VERB")


def test_a_word_that_does_not_attribute_has_no_frames() -> None:
    assert default_cues().of("shell", "VERB") == frozenset()


def test_an_auxiliary_counts_as_a_verb() -> None:
    assert default_cues().of("say", "AUX") == default_cues().of("say", "VERB")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("say VERB clause", "tab"),
        ("say\tVRB\tclause", "part of speech 'VRB'"),
        ("say\tVERB\tclaus", "frames 'claus'"),
        ("say\tVERB\t", "frames ''"),
        ("say\tVERB\tclause\nsay\tVERB\tquote", "say .VERB. is there twice"),
    ],
)
def test_a_bad_line_is_rejected_by_its_number(line: str, found: str) -> None:
    with pytest.raises(ValueError, match=f"cues.tsv, line .*{found}"):
        read_cues(line, "cues.tsv")
