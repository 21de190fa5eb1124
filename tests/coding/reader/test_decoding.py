"""Which answers about an event its record holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from spacy.tokens import Doc

from sitrep.coding.reader.candidates import Candidate, Candidates
from sitrep.coding.reader.confidence import FEATURES
from sitrep.coding.reader.decoding import Draft, dated, decode, runs
from sitrep.coding.reader.ledger import Thresholds
from sitrep.coding.reader.quantities import Range
from sitrep.coding.reader.scoring import Proposal
from sitrep.records import Attribution, Content, Cue, Event, Source, Span, Status, Time, Toll, words
from tests.coding.reader.proposals import NOBODY, proposal
from tests.parsed import VOCAB

#         0      1        2    3  4      5 6   7      8      9  10     11 12        13   14
WORDS = [
    "Gunmen",
    "attacked",
    "Kelm",
    "on",
    "Monday",
    ".",
    "The",
    "attack",
    "killed",
    "12",
    "people",
    ",",
    "officials",
    "said",
    ".",
    "\n",
    "They",
    "left",
    ".",
]
STARTS = (0, 6, 15)
ATTACKED, ATTACK, KILLED, LEFT = 1, 7, 8, 17
SUNDAY, MONDAY, THURSDAY, SATURDAY = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 4), date(2021, 3, 6))
THRESHOLDS = Thresholds(
    actor=0.4, recipient=0.4, second=0.65, source=0.6, mode=0.4, place=0.5, time=0.6, toll=0.4
)
NOTHING = Candidates((), (), (), (), ())


def story(published: date | None = None) -> Doc:
    doc = Doc(VOCAB, words=WORDS, sent_starts=[at in STARTS for at in range(len(WORDS))])
    doc._.published = published
    return doc


TEXT = story().text


def at(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return start, start + len(phrase)


def party(phrase: str, head: int, id: str | None = None, kind: str = "group") -> Candidate:
    return Candidate(kind if id else "phrase", id, (head,), (at(phrase),))


GUNMEN, KELM, PEOPLE = party("Gunmen", 0, "a1"), party("Kelm", 2, "p1", "place"), party("12 people", 10)
OFFICIALS = party("officials", 12, "a2")


def decoded(found: Proposal, candidates: Candidates = NOTHING, doc: Doc | None = None) -> Draft:
    [draft] = decode(doc or story(), [found], candidates, THRESHOLDS, ())
    return draft


def event(found: Proposal, candidates: Candidates = NOTHING, doc: Doc | None = None) -> Event:
    return decoded(found, candidates, doc).event


# Who did it to whom


def sides(
    parties: Sequence[tuple[Candidate, tuple[float, float]]], *tokens: int
) -> tuple[list[str], list[str]]:
    """The first mentions of the actors and of the recipients."""
    found = proposal(*(tokens or (ATTACKED,)), parties=[scores for _, scores in parties])
    draft = decoded(found, replace(NOTHING, parties=tuple(one for one, _ in parties)))
    first, second = ([words(TEXT, one.spans)[0] for one in side] for side in (draft.actors, draft.recipients))
    return first, second


def test_nobody_is_actor_and_recipient_of_one_act() -> None:
    assert sides([(GUNMEN, (0.9, 0.8)), (KELM, (0.6, 0.95))]) == (["Gunmen"], ["Kelm"])


def test_whoever_is_unlikely_is_neither() -> None:
    assert sides([(GUNMEN, (0.3, 0.1)), (KELM, (0.1, 0.3)), (OFFICIALS, NOBODY)]) == ([], [])


def test_several_may_act() -> None:
    assert sides([(GUNMEN, (0.9, 0.1)), (OFFICIALS, (0.7, 0.1))]) == (["Gunmen", "officials"], [])


def test_the_words_of_an_event_are_no_phrase_that_takes_part_in_it() -> None:
    attack = party("The attack", ATTACK)
    assert sides([(attack, (0.9, 0.1))], ATTACK) == ([], [])
    assert sides([(attack, (0.9, 0.1))], KILLED) == (["The attack"], [])


def test_an_actor_that_the_event_is_told_by_takes_part_all_the_same() -> None:
    assert sides([(party("The attack", ATTACK, "a3"), (0.9, 0.1))], ATTACK) == (["The attack"], [])


@pytest.mark.parametrize("scores", [(0.8, 0.1), (0.1, 0.8)])
def test_a_phrase_inside_another_is_left_out(scores: tuple[float, float]) -> None:
    inside = party("people", 10)
    assert sides([(PEOPLE, (0.1, 0.9)), (inside, scores)]) == ([], ["12 people"])


def test_a_phrase_inside_one_that_takes_no_part_stays() -> None:
    assert sides([(PEOPLE, (0.1, 0.3)), (party("people", 10), (0.1, 0.8))]) == ([], ["people"])


def test_of_two_of_the_same_words_neither_is_inside_the_other() -> None:
    assert sides([(GUNMEN, (0.9, 0.1)), (party("Gunmen", 0, "a3"), (0.1, 0.9))]) == (["Gunmen"], ["Gunmen"])


def test_a_phrase_that_also_stands_alone_stays() -> None:
    both = Candidate("group", "a4", (10, 16), (at("people"), at("They")))
    assert sides([(PEOPLE, (0.1, 0.9)), (both, (0.8, 0.1))]) == (["people"], ["12 people"])


# What, where and when


def test_a_mode_is_written_from_its_threshold_on() -> None:
    assert event(proposal(ATTACKED, mode="firearms", mode_probability=0.41)).mode == "firearms"
    assert event(proposal(ATTACKED, mode="firearms", mode_probability=0.39)).mode is None


@pytest.mark.parametrize("status", ["happened", "planned", "possible", "denied", "called_for"])
def test_the_likeliest_status_stands(status: Status) -> None:
    assert event(proposal(ATTACKED, status=status)).status == status


@pytest.mark.parametrize(
    ("scores", "place"),
    [((0.3, 0.4, 0.3), "p2"), ((0.4, 0.1, 0.5), "p1"), ((0.45, 0.0, 0.55), None), ((1.0,), None)],
)
def test_the_likeliest_place_stands_unless_there_is_likely_none(
    scores: Sequence[float], place: str | None
) -> None:
    places = (KELM, party("officials", 12, "p2", "place"))[: len(scores) - 1]
    assert event(proposal(ATTACKED, place=scores), replace(NOTHING, places=places)).place == place


MONDAYS = Time("t1", *at("Monday"), "DATE", "2021-03-01", MONDAY, MONDAY)


@pytest.mark.parametrize(("none", "days"), [(0.35, (MONDAY, MONDAY, False)), (0.45, (None, THURSDAY, True))])
def test_an_event_has_its_own_time_where_that_is_likely(
    none: float, days: tuple[date | None, date | None, bool]
) -> None:
    doc = story(THURSDAY)
    doc._.times = (MONDAYS,)
    times = (Candidate("time", "t1", (4,), (at("Monday"),)),)
    found = event(proposal(ATTACKED, time=(1 - none, none)), replace(NOTHING, times=times), doc)
    assert (found.earliest, found.latest, found.inferred) == days


def days(
    status: Status, first: date | None, last: date | None, published: date | None, timed: bool = True
) -> tuple[date | None, date | None, bool]:
    time = Time("t1", 0, 1, "DATE", None, first, last) if timed else None
    told = Event(id="e1", type="ASSAULT", status=status, trigger=((0, 1),), evidence=((0, 1),))
    found = dated(told, time, published)
    return found.earliest, found.latest, found.inferred


def test_what_happened_after_publication_has_the_day_of_something_else() -> None:
    assert days("happened", SATURDAY, SATURDAY, THURSDAY) == (None, THURSDAY, True)
    assert days("happened", MONDAY, MONDAY, THURSDAY) == (MONDAY, MONDAY, False)
    assert days("planned", SATURDAY, SATURDAY, THURSDAY) == (SATURDAY, SATURDAY, False)


def test_what_happened_ended_by_publication() -> None:
    assert days("happened", MONDAY, None, THURSDAY) == (MONDAY, THURSDAY, False)
    assert days("happened", MONDAY, SATURDAY, THURSDAY) == (MONDAY, THURSDAY, False)
    assert days("happened", None, SATURDAY, THURSDAY) == (None, THURSDAY, False)
    assert days("planned", MONDAY, None, THURSDAY) == (MONDAY, None, False)


@pytest.mark.parametrize(
    ("status", "bounds"),
    [
        ("happened", (None, THURSDAY, True)),
        ("planned", (THURSDAY, None, True)),
        ("called_for", (THURSDAY, None, True)),
        ("possible", (None, None, False)),
        ("denied", (None, None, False)),
    ],
)
def test_without_a_time_the_day_of_publication_bounds(
    status: Status, bounds: tuple[date | None, date | None, bool]
) -> None:
    assert days(status, None, None, THURSDAY, timed=False) == bounds
    assert days(status, None, None, None, timed=False) == (None, None, False)


def test_without_a_day_of_publication_the_time_stands_as_it_is() -> None:
    assert days("happened", MONDAY, SATURDAY, None) == (MONDAY, SATURDAY, False)


# How many


def count(phrase: str, head: int, value: Range) -> Candidate:
    return Candidate("count", None, (head,), (at(phrase),), value)


COUNTED = replace(NOTHING, parties=(PEOPLE,), counts=(count("12", 9, (12, None)),))


def killed(scores: Sequence[float], type: str = "ASSAULT", recipient: float = 0.9) -> Toll | None:
    found = proposal(KILLED, type=type, parties=[(0.0, recipient)], tolls={"killed": scores}, counts=1)
    return event(found, COUNTED).killed


def test_a_toll_is_its_count() -> None:
    assert killed((0.8, 0.1, 0.1)) == Toll(12, None, (at("12"),))


def test_one_victim_that_is_not_counted_is_one() -> None:
    assert killed((0.1, 0.8, 0.1)) == Toll(1, 1, (at("12 people"),))
    assert killed((0.1, 0.8, 0.1), recipient=0.1) == Toll(1, 1, (at("killed"),))


def test_no_toll_where_there_is_likely_none() -> None:
    assert killed((0.2, 0.1, 0.7)) is None
    assert killed((0.4, 0.1, 0.5)) == Toll(12, None, (at("12"),))


def test_only_acts_that_harm_or_gather_people_have_tolls() -> None:
    assert killed((0.8, 0.1, 0.1), type="AID") is None
    assert killed((0.8, 0.1, 0.1), type="PROTEST") == Toll(12, None, (at("12"),))


def test_each_toll_is_its_own() -> None:
    told = proposal(KILLED, parties=[NOBODY], tolls={"injured": (0.8, 0.1, 0.1)}, counts=1)
    found = event(told, COUNTED)
    assert (found.killed, found.injured, found.crowd) == (None, Toll(12, None, (at("12"),)), None)


def test_one_person_is_no_crowd() -> None:
    for scores, crowd in (((0.1, 0.8, 0.1), None), ((0.8, 0.1, 0.1), Toll(12, None, (at("12"),)))):
        told = proposal(KILLED, type="PROTEST", parties=[NOBODY], tolls={"crowd": scores}, counts=1)
        assert event(told, COUNTED).crowd == crowd


def test_a_text_without_counts_may_have_one_victim() -> None:
    assert event(proposal(KILLED, tolls={"killed": (0.8, 0.2)})).killed == Toll(1, 1, (at("killed"),))
    assert event(proposal(KILLED)).killed is None


# According to whom


def said(
    id: str, source: str | None, content: str, within: str | None = None, actor: str | None = None
) -> Attribution:
    spans = (at(source),) if source else ()
    return Attribution(
        id, "indirect", Source(spans, actor), Cue((at("said"),)), Content((at(content),)), within=within
    )


def according_to(attributions: Sequence[tuple[Attribution, float]], token: int = KILLED) -> tuple[str, ...]:
    doc = story()
    doc._.attributions = tuple(one for one, _ in attributions)
    sources = tuple(Candidate("source", one.id, (12,), one.source.spans) for one, _ in attributions)
    found = proposal(token, sources=[score for _, score in attributions])
    return event(found, replace(NOTHING, sources=sources), doc).according_to


SECOND = "The attack killed 12 people"


def test_the_outermost_source_stands_first() -> None:
    inner, outer = said("q1", "Gunmen", "killed 12 people", within="q2"), said("q2", "officials", SECOND)
    assert according_to([(inner, 0.9), (outer, 0.6)]) == ("q2", "q1")


def test_the_outermost_source_stands_first_where_both_begin_at_one_word() -> None:
    inner, outer = said("q1", "Gunmen", SECOND, within="q2"), said("q2", "officials", f"{SECOND} , officials")
    assert according_to([(inner, 0.9), (outer, 0.6)]) == ("q2", "q1")
    assert according_to([(replace(inner, within=None), 0.9), (outer, 0.6)]) == ("q1", "q2")


def test_an_unlikely_source_is_none() -> None:
    inner, outer = said("q1", "Gunmen", "killed 12 people", within="q2"), said("q2", "officials", SECOND)
    assert according_to([(inner, 0.9), (outer, 0.4)]) == ("q1",)


def test_one_source_stands_once() -> None:
    first, again = said("q1", "officials", SECOND), said("q2", "officials", "Gunmen attacked Kelm")
    assert according_to([(first, 0.6), (again, 0.9)]) == ("q1",)  # whose content holds the event
    assert according_to([(first, 0.6), (again, 0.9)], ATTACKED) == ("q2",)


def test_an_actor_of_two_names_is_one_source() -> None:
    first, again = said("q1", "officials", SECOND, actor="a1"), said("q2", "They", SECOND, actor="a1")
    assert according_to([(first, 0.9), (again, 0.8)]) == ("q1",)
    assert according_to([(first, 0.9), (replace(again, source=Source((at("They"),), "a2")), 0.8)]) == (
        "q1",
        "q2",
    )


def test_an_event_stands_on_two_sources_at_most() -> None:
    three = [
        (said("q1", "officials", SECOND), 0.7),
        (said("q2", "They", SECOND), 0.8),
        (said("q3", "Gunmen", SECOND), 0.9),
    ]
    assert according_to(three) == ("q3", "q2")


# The words that tell it


def test_words_that_follow_each_other_are_one_trigger() -> None:
    doc = story()
    assert words(TEXT, runs(doc, [ATTACK, KILLED, LEFT])) == ["attack killed", "left"]
    assert words(TEXT, runs(doc, [4, 5, 6])) == [
        "Monday .",
        "The",
    ]  # but none goes over the end of a sentence
    assert runs(doc, []) == ()


def test_evidence_is_each_sentence_once_with_the_fullest_first() -> None:
    found = event(proposal(ATTACKED, ATTACK, KILLED, fullest=KILLED))
    assert words(TEXT, found.evidence) == [
        "The attack killed 12 people , officials said .",
        "Gunmen attacked Kelm on Monday .",
    ]
    assert words(TEXT, found.trigger) == ["attacked", "attack killed"]


def test_evidence_begins_and_ends_with_a_word() -> None:
    assert words(TEXT, event(proposal(LEFT)).evidence) == ["They left ."]


def test_nothing_proposed_is_nothing_decoded() -> None:
    assert decode(story(), [], NOTHING, THRESHOLDS, ()) == []


def test_an_event_has_the_confidence_that_the_weights_give() -> None:
    doubtful = [1.0 if name == "constant" else 0.0 for name in FEATURES]
    told = proposal(ATTACKED, probability=0.666)
    assert event(told).confidence == 0.67
    [draft] = decode(story(), [told], NOTHING, THRESHOLDS, doubtful)
    assert draft.event.confidence == 0.73
