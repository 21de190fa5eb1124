"""Who passes on what another said is a source as well, and the outer one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sitrep.records import words


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The ministry quoted a captain as saying that the pass was closed.", ["The ministry", "a captain"]),
        ("The agency cited the mayor as saying the pass was closed.", ["The agency", "the mayor"]),
        (
            "The mayor was quoted by the agency as saying that the pass was closed.",
            ["the agency", "The mayor"],
        ),
        ("The mayor was quoted as saying that the pass was closed.", ["The mayor"]),
        ("The ministry said that the pass was closed.", ["The ministry"]),
    ],
)
def test_who_quotes_another_is_the_outer_source(nlp: Language, text: str, sources: list[str]) -> None:
    found = nlp(text)._.attributions
    by_depth = sorted(found, key=lambda one: one.within is not None)
    assert [" ".join(words(text, one.source.spans)) for one in by_depth] == sources
    assert [one.within for one in by_depth] == [None, *[one.id for one in by_depth[:-1]]]


def test_what_is_passed_on_holds_who_said_it(nlp: Language) -> None:
    text = "The ministry quoted a captain as saying that the pass was closed."
    outer = next(one for one in nlp(text)._.attributions if one.within is None)
    assert " ".join(words(text, outer.cue.spans)) == "quoted"
    assert " ".join(words(text, outer.content.spans)) == "a captain as saying that the pass was closed"
