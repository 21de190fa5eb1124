"""One event told several times is one record, two events are two; days come from the dateline where none are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from spacy.tokens import Doc

from sitrep.coding.merge.component import merge_events, with_dateline
from sitrep.coding.status.operators import read_operators
from sitrep.records import Actor, Attribution, Content, Cue, Event, Place, Source, Span, Toll, words

OPERATORS = read_operators()
MONDAY, TUESDAY = date(2021, 3, 1), date(2021, 3, 2)

# Three ministers' meeting, told in three sentences, then two attacks.
TEXT = (
    "After talks held by Ana Sool with Ben Ota and Cem Lund, the ministry was pleased. "
    "The meeting also dealt with fishing. "
    "On Monday, Sool, Ota and Lund met in Tessin. "
    "Orvian troops attacked the port of Kelm. "
    "They shelled the town of Sarn. "
    "The attack killed nine people."
)
PLACES = (
    Place(id="p1", name="Tessin", country="NOR", feature="PPL", admin1="North", mentions=((155, 161),)),
    Place(id="p2", name="Kelm", country="ORV", feature="PPL", admin1="East", mentions=((199, 203),)),
    Place(id="p3", name="Sarn", country="ORV", feature="PPL", admin1="East", mentions=((226, 230),)),
    Place(id="p4", name="Orvia", country="ORV", feature="PCLI", mentions=((163, 169),)),
    Place(id="p5", name="East", country="ORV", feature="ADM1", admin1="East", mentions=((163, 169),)),
)


def at(words_: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words_, start + 1)
    return start, start + len(words_)


def person(id: str, name: str, **fields) -> Actor:
    return Actor(id=id, name=name, kind="person", mentions=(at(name),), **fields)


ACTORS = (
    person("a1", "Ana Sool", country="NOR", sectors=("GOV",)),
    person("a2", "Ben Ota", country="ORV", sectors=("GOV",)),
    person("a3", "Cem Lund"),
    Actor(id="a4", name="the ministry", kind="organisation", country="NOR", sectors=("GOV",), mentions=(at("the ministry"),)),
    Actor(id="a5", name="Orvian troops", kind="group", country="ORV", sectors=("MIL",), mentions=(at("Orvian troops"),)),
    Actor(id="a6", name="nine people", kind="people", mentions=(at("nine people"),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def story(nlp):
    """The story with the parse alone; its annotations are the tests' own."""
    doc = nlp.make_doc(TEXT)
    for name, pipe in nlp.pipeline:
        if not name.startswith("sitrep") or name == "sitrep_paragraphs":
            doc = pipe(doc)
    return doc


def told(story: Doc, *events: Event, published: date | None = None, attributions=()) -> list[Event]:
    doc = story.copy()
    doc._.actors, doc._.places, doc._.attributions = ACTORS, PLACES, attributions
    doc._.published = published
    doc._.events = events
    return list(merge_events(doc, OPERATORS))


def event(trigger: Span, type: str = "ASSAULT", **fields) -> Event:
    fields = {"confidence": 0.5, **fields}
    return Event(id="", type=type, trigger=(trigger,), evidence=(trigger,), **fields)


TALKS = event(at("talks held"), "CONSULT", actors=("a1", "a2", "a3"))
MET = event(at("met"), "CONSULT", actors=("a1", "a2", "a3"), place="p1", earliest=MONDAY, latest=MONDAY)
ATTACKED = event(at("attacked"), actors=("a5",), place="p2")
SHELLED = event(at("shelled"), actors=("a5",), place="p3")


def test_one_meeting_told_in_three_sentences_is_one_record(story):
    [found] = told(story, TALKS, MET)
    assert words(TEXT, found.trigger) == ["talks held", "meeting", "met"]
    assert len(found.evidence) == 3
    assert (found.id, found.actors, found.place, found.earliest) == ("e1", ("a1", "a2", "a3"), "p1", MONDAY)


def test_the_order_of_the_tellings_does_not_matter(story):
    assert told(story, MET, TALKS) == told(story, TALKS, MET)


def test_who_met_whom_is_a_matter_of_telling(story):
    swapped = replace(MET, actors=("a3",), recipients=("a1", "a2"))
    [found] = told(story, TALKS, swapped)
    assert (found.actors, found.recipients) == (("a1", "a2", "a3"), ())


def test_a_visit_keeps_its_host(story):
    visit = replace(TALKS, mode="visit", actors=("a1",), recipients=("a2",))
    [found] = told(story, visit, replace(MET, actors=("a1", "a2")))
    assert (found.mode, found.score, found.actors, found.recipients) == ("visit", 4, ("a1",), ("a2",))


def test_a_meeting_with_somebody_else_is_another(story):
    assert len(told(story, TALKS, replace(MET, actors=("a1", "a6")))) == 2


def test_a_body_stands_for_its_person(story):
    [found] = told(story, TALKS, replace(MET, actors=("a4", "a2", "a3")))
    assert found.actors == ("a1", "a2", "a3")


def test_days_that_do_not_meet_are_two_events(story):
    assert len(told(story, replace(TALKS, earliest=TUESDAY, latest=TUESDAY), MET)) == 2


def test_a_day_within_a_week_is_the_closer_one(story):
    week = replace(TALKS, earliest=MONDAY, latest=date(2021, 3, 7))
    [found] = told(story, week, MET)
    assert (found.earliest, found.latest) == (MONDAY, MONDAY)


@pytest.mark.parametrize(("place", "count"), [("p1", 1), (None, 1), ("p2", 2)])
def test_another_place_is_another_event(story, place, count):
    assert len(told(story, replace(TALKS, place=place), MET)) == count


@pytest.mark.parametrize("wider", ["p4", "p5"])
def test_a_town_is_the_closer_place_of_its_division_and_country(story, wider):
    [found] = told(
        story, replace(ATTACKED, recipients=("a6",)), replace(SHELLED, place=wider, recipients=("a6",))
    )
    assert found.place == "p2"


def test_two_attacks_on_two_towns_are_two(story):
    assert [e.id for e in told(story, ATTACKED, SHELLED)] == ["e1", "e2"]


def test_two_attacks_that_share_only_their_actor_are_two(story):
    assert len(told(story, ATTACKED, replace(SHELLED, place=None))) == 2


def test_the_attack_takes_up_the_nearest_one(story):
    first, second = told(story, ATTACKED, SHELLED)
    assert words(TEXT, first.trigger) == ["attacked"]
    assert words(TEXT, second.trigger) == ["shelled", "attack"]


def test_another_mode_is_another_event(story):
    same = {"place": "p2", "recipients": ("a6",)}
    assert (
        len(told(story, replace(ATTACKED, **same, mode="aerial"), replace(SHELLED, **same, mode="drone")))
        == 2
    )
    assert len(told(story, replace(ATTACKED, **same, mode="aerial"), replace(SHELLED, **same))) == 1


@pytest.mark.parametrize("status", ["planned", "denied", "possible", "called_for"])
def test_another_status_is_another_event(story, status):
    same = {"place": "p2", "recipients": ("a6",)}
    assert len(told(story, replace(ATTACKED, **same), replace(SHELLED, **same, status=status))) == 2
    assert (
        len(told(story, replace(ATTACKED, **same, status=status), replace(SHELLED, **same, status=status)))
        == 1
    )


def by(id: str, source: Span) -> Attribution:
    return Attribution(id, "indirect", Source((source,)), Cue(), Content(((0, len(TEXT)),)))


MINISTRY, AGAIN, TROOPS = (
    by("q1", at("the ministry")),
    by("q2", at("the ministry")),
    by("q3", at("Orvian troops")),
)


@pytest.mark.parametrize(
    ("first", "second", "count", "voice"),
    [
        ((), ("q1",), 1, ()),
        (("q1",), (), 1, ()),
        (("q1",), ("q2",), 1, ("q1",)),
        (("q1",), ("q3",), 2, ("q1",)),
    ],
)
def test_one_voice_joins_the_reports_own_and_its_own(story, first, second, count, voice):
    found = told(
        story, replace(TALKS, according_to=first), replace(MET, according_to=second),
        attributions=(MINISTRY, AGAIN, TROOPS),
    )  # fmt: skip
    assert (len(found), found[0].according_to) == (count, voice)


def test_places_of_one_wording_stay_apart(story):
    assert len(told(story, ATTACKED, replace(ATTACKED, place=None), replace(ATTACKED, place="p4"))) == 3


def test_a_record_keeps_what_each_telling_adds(story):
    one = replace(TALKS, contexts=("diplomatic",), killed=Toll(2, 2, ((0, 1),)), confidence=0.4)
    two = replace(MET, contexts=("military",), killed=Toll(9, None, ((2, 3),)), confidence=0.7)
    [found] = told(story, one, two)
    assert (found.contexts, found.killed, found.confidence) == (("military", "diplomatic"), two.killed, 0.7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kenya urged Ghana to free the nurses. Kenya again urged Ghana to release the nurses.", 1),
        ("Kenya urged Ghana to free the nurses. Kenya urged Ghana to close its border.", 2),
        ("Kenya urged Ghana to free the nurses. Kenya urged Malta to free the nurses.", 2),
    ],
)
def test_a_demand_told_twice_is_one_and_two_demands_are_two(nlp, text, count):
    assert [e.type for e in nlp(text)._.events if e.type == "REQUEST"] == ["REQUEST"] * count


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("happened", (None, MONDAY, True)),
        ("planned", (MONDAY, None, True)),
        ("possible", (None, None, False)),
        ("denied", (None, None, False)),
        ("called_for", (None, None, False)),
    ],
)
def test_a_day_from_the_dateline_is_inferred(status, expected):
    found = with_dateline(replace(ATTACKED, status=status), MONDAY)
    assert (found.earliest, found.latest, found.inferred) == expected


def test_a_told_day_stands():
    assert with_dateline(MET, TUESDAY) == MET


def test_nothing_is_guessed_without_a_published_date():
    assert with_dateline(ATTACKED, None) == ATTACKED


def test_events_are_numbered_by_their_first_words(story):
    assert [(e.id, e.type) for e in told(story, SHELLED, ATTACKED, MET)] == [
        ("e1", "CONSULT"), ("e2", "ASSAULT"), ("e3", "ASSAULT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gunmen attacked a village in Kenya, killing five farmers.", 1),
        ("Gunmen attacked a village in Kenya. Gunmen kidnapped a nurse in Ghana.", 2),
        ("Police used tear gas in Kelm to disperse protesters.", 1),
    ],
)
def test_what_an_attack_does_is_the_attack(nlp, text, count):
    assert len(nlp(text)._.events) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The army shelled Kelm. Nine farmers were killed in the shelling, residents said.", 1),
        ("The army shelled Kelm. Nine farmers were killed in a bombing, residents said.", 2),
        ("Eleven farmers were killed when gunmen stormed a camp. The eleven farmers were shot at dawn.", 1),
        ("Eleven farmers were killed when gunmen stormed a camp. Nine nurses were shot dead at dawn.", 2),
    ],
)
def test_a_deed_told_again_without_its_doer_is_the_same_deed(nlp, text, count):
    assert len([e for e in nlp(text)._.events if e.type == "ASSAULT"]) == count


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kenya and Chad signed a treaty in Nairobi. The treaty took effect at once.", 2),
        ("Kenya promised Chad food. The agreement took effect at once.", 1),
        ("Kenya met Chad in Nairobi. The meeting ended at noon.", 2),
        ("Kenya met Chad in Nairobi. The cabinet held a session. The meeting ended at noon.", 1),
        ("Kenya met Chad in Nairobi. " + "It rained. " * 12 + "The meeting ended at noon.", 1),
    ],
)
def test_a_noun_takes_up_what_it_can_mean(nlp, text, told):
    doc = nlp(text)
    assert [len(e.evidence) for e in doc._.events if e.type in ("AGREE", "CONSULT", "SUPPORT")][:1] == [told]


def test_who_was_counted_twice_is_one_party(nlp):
    text = "The army shelled Kelm, killing six people. Ten people were killed in the shelling, rebels said."
    doc = nlp(text)
    names = {actor.id: actor.name for actor in doc._.actors}
    [found] = (e for e in doc._.events if e.type == "ASSAULT")
    assert "six people" in {names[party] for party in found.recipients}
    assert "Ten people" not in {names[party] for party in found.recipients}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gunmen attacked a school in Kenya and abducted nine nurses.", 2),
        ("Gunmen attacked and abducted nine nurses in Kenya.", 1),
        ("Gunmen attacked a school in Kenya and killed nine nurses.", 1),
    ],
)
def test_two_verbs_of_one_subject_are_two_deeds_where_each_has_its_own_object(nlp, text, count):
    assert len([e for e in nlp(text)._.events if e.type == "ASSAULT"]) == count


@pytest.mark.parametrize(
    ("deed", "harm", "count"),
    [("opened fire", "killed", 1), ("landed", "killed", 2)],
)
def test_harm_and_the_deed_that_explains_it_are_one(nlp, deed, harm, count):
    text = "Nine nurses were killed when troops opened fire. Troops landed in Kelm."
    doc = nlp(text)
    doc._.actors = doc._.places = doc._.attributions = ()

    def told_at(words_: str, **fields) -> Event:
        start = text.index(words_)
        return event((start, start + len(words_)), **fields)

    doc._.events = (told_at(harm, recipients=("a1",)), told_at(deed, mode="firearms", actors=("a2",)))
    found = merge_events(doc, OPERATORS)
    assert len(found) == count
    if count == 1:
        assert (found[0].actors, found[0].recipients, found[0].mode) == (("a2",), ("a1",), "firearms")


def signed(nlp, text: str, *actors: Actor) -> int:
    """How many records a deal and the sentence on who signed it make: `text` has "signed" twice."""
    doc = nlp(text)
    first = text.index("signed")
    second = text.index("signed", first + 1)
    deal, signing = ((start, start + len("signed")) for start in (first, second))
    doc._.actors, doc._.places, doc._.attributions = actors, (), ()
    doc._.events = (
        event(deal, "SUPPORT", actors=("a1", "a2")), event(signing, "SUPPORT", actors=("a3", "a4"))
    )  # fmt: skip
    return len(merge_events(doc, OPERATORS))


NORLAND = Actor(id="a1", name="Norland", kind="state", country="NOR", mentions=((0, 1),))
REBELS = Actor(
    id="a2", name="Orvian rebels", kind="group", country="ORV", sectors=("REB",), mentions=((2, 3),)
)
SOOL = Actor(id="a3", name="Ana Sool", kind="person", country="NOR", sectors=("MIL",), mentions=((4, 5),))
OTA = Actor(id="a4", name="Ben Ota", kind="person", country="ORV", sectors=("REB",), mentions=((6, 7),))


def test_who_signed_the_document_signed_the_deal_told_before(nlp):
    text = "Norland and Orvian rebels signed an accord. Ana Sool and Ben Ota signed the document."
    assert signed(nlp, text, NORLAND, REBELS, SOOL, OTA) == 1


def test_another_accord_is_another_event(nlp):
    text = "Norland and Orvian rebels signed an accord. Ana Sool and Ben Ota signed a contract."
    assert signed(nlp, text, NORLAND, REBELS, SOOL, OTA) == 2


def test_signatories_of_other_countries_signed_something_else(nlp):
    text = "Norland and Orvian rebels signed an accord. Ana Sool and Ben Ota signed the document."
    strangers = replace(SOOL, country="KEN"), replace(OTA, country="GHA")
    assert signed(nlp, text, NORLAND, REBELS, *strangers) == 2


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        ("planned", (None, date(2021, 9, 30)), (TUESDAY, date(2021, 9, 30))),  # "by September"
        ("planned", (date(2021, 2, 1), date(2021, 2, 28)), (None, None)),
        ("planned", (MONDAY, date(2021, 3, 7)), (TUESDAY, date(2021, 3, 7))),  # "this week"
        ("planned", (date(2021, 3, 8), date(2021, 3, 14)), (date(2021, 3, 8), date(2021, 3, 14))),
        ("happened", (MONDAY, date(2021, 3, 7)), (MONDAY, TUESDAY)),
        ("happened", (MONDAY, None), (MONDAY, TUESDAY)),  # "since Monday"
        ("happened", (MONDAY, MONDAY), (MONDAY, MONDAY)),
        ("denied", (MONDAY, date(2021, 3, 7)), (MONDAY, date(2021, 3, 7))),
    ],
)
def test_plans_lie_ahead_and_deeds_lie_back(status, told, expected):
    found = with_dateline(replace(ATTACKED, status=status, earliest=told[0], latest=told[1]), TUESDAY)
    assert (found.earliest, found.latest, found.inferred) == (*expected, False)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("The minister flew to Ghana to meet Kenyan officers.", False),
        ("The minister plans to meet Kenyan officers.", True),
    ],
)
def test_what_a_deed_was_for_is_not_dated_by_the_report(nlp, text, ahead):
    doc = nlp.make_doc(text)
    doc._.published = MONDAY
    [found] = [e for e in nlp(doc)._.events if "meet" in words(text, e.trigger)]
    assert (found.earliest is not None) is ahead
