"""What ties an attribution to the actors and times of its report."""

from __future__ import annotations

import pytest

import sitrep
from sitrep.coding.attribution.linking import actor_of
from sitrep.coding.spans import SpansAt
from sitrep.records import Actor, Attribution, Content, Cue, Source


def test_the_source_of_an_attribution_is_its_actor_and_not_its_possessor():
    text = "Osei said the road was open. Osei's office said so."
    osei = Actor(id="a1", name="Osei", kind="person", mentions=((0, 4), (29, 33)))
    said = Attribution("q1", "indirect", Source(((0, 4),)), Cue(), Content(((10, 27),)))
    office_said = Attribution("q2", "indirect", Source(((29, 42),)), Cue(), Content(((48, 50),)))
    named = SpansAt((mention, osei) for mention in osei.mentions)
    assert actor_of(said, named, text) == "a1"
    assert actor_of(office_said, named, text) is None


def test_the_source_is_who_opens_it_and_not_a_longer_name_in_it(nlp):
    text = "Governor Jorge Salas, who heads the National Council of Water Engineers, said the dam was safe."
    report = sitrep.code(text, nlp=nlp)
    [attribution] = report.attributions
    [source] = [actor.name for actor in report.actors if actor.id == attribution.source.actor]
    assert source == "Jorge Salas"


def said_when(text: str, nlp) -> list[str | None]:
    """For each attribution of `text`, in order, the words that say when it was said."""
    report = sitrep.code(text, nlp=nlp)
    wordings = {time.id: text[time.start : time.end] for time in report.times}
    return [wordings.get(attribution.time or "") for attribution in report.attributions]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The governor said on Monday that the bridge had been repaired.", "Monday"),
        ("The governor said Monday that the bridge had been repaired.", "Monday"),
        ("On Monday, the governor said that the bridge had been repaired.", "Monday"),
        ("The governor told reporters last week that the bridge had been repaired.", "last week"),
        ("The governor said in a statement on Tuesday that the bridge had been repaired.", "Tuesday"),
        ("“The bridge has been repaired,” the governor said on Friday.", "Friday"),
        ("The bridge has been repaired, the governor told Harbour Radio on Friday.", "Friday"),
        ("The ministry said on Monday it had repaired the bridge.", "Monday"),
    ],
)
def test_a_time_of_the_saying_is_kept(nlp, text, when):
    assert said_when(text, nlp) == [when]


@pytest.mark.parametrize(
    "text",
    [
        "The governor said that the bridge had been repaired on Monday.",
        "The governor said the bridge had been repaired last week.",
        "The bridge was repaired on Monday, the governor said.",
        "“We repaired the bridge on Monday,” the governor said.",
        "The governor, who was elected in 2019, said that the bridge had been repaired.",
        "The mayor resigned on Monday. The governor said that the bridge had been repaired.",
    ],
)
def test_a_time_of_what_is_told_or_of_another_clause_is_not_that_of_the_saying(nlp, text):
    assert said_when(text, nlp) == [None]
