"""When and where an event took place, as its own clause says or one that its grammar links to it."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from sitrep.records import Event

THURSDAY = date(2021, 3, 4)


def only(nlp: Language, text: str, kind: str) -> tuple[Event, str | None]:
    """The one event of a type, and the name of its place."""
    doc = nlp.make_doc(text)
    doc._.published = THURSDAY
    doc = nlp(doc)
    [found] = [event for event in doc._.events if event.type == kind]
    return found, {place.id: place.name for place in doc._.places}.get(found.place)


def test_day_of_the_clause_goes_before_that_of_the_dateline(nlp: Language) -> None:
    text = "NAIROBI, March 4, 2021 (Coast Wire) - Kenyan soldiers shelled a village near Mombasa on Tuesday."
    found, place = only(nlp, text, "ASSAULT")
    assert (found.earliest, place, found.inferred) == (date(2021, 3, 2), "Mombasa", False)


def test_day_of_the_dateline_alone_is_not_that_of_an_undated_event(nlp: Language) -> None:
    found, _ = only(nlp, "Kenyan soldiers shelled a village near Mombasa.", "ASSAULT")
    assert (found.earliest, found.latest, found.inferred) == (None, THURSDAY, True)


@pytest.mark.parametrize(
    "text",
    [
        "Nine nurses were killed on Tuesday when Kenyan soldiers shelled a village near Mombasa.",
        "Nine nurses were killed when Kenyan soldiers shelled a village near Mombasa on Tuesday.",
    ],
)
def test_harm_and_its_deed_share_day_place_and_toll(nlp: Language, text: str) -> None:
    found, place = only(nlp, text, "ASSAULT")
    assert (found.earliest, found.latest, place) == (date(2021, 3, 2), date(2021, 3, 2), "Mombasa")
    assert found.killed is not None and (found.killed.low, found.killed.high) == (9, 9)


def test_whom_one_calls_on_is_not_where(nlp: Language) -> None:
    _, place = only(nlp, "The president of Kenya called on Uganda to free the nurses.", "REQUEST")
    assert place is None


def test_where_a_demand_was_made_is(nlp: Language) -> None:
    _, place = only(nlp, "The president of Kenya urged Uganda in Nairobi to free the nurses.", "REQUEST")
    assert place == "Nairobi"


def days(nlp: Language, text: str, kind: str) -> tuple[date | None, date | None, bool]:
    """Earliest and latest day of the one event of a type, and whether they are inferred."""
    found, _ = only(nlp, text, kind)
    return found.earliest, found.latest, found.inferred


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Tuesday it had shelled a village near Mombasa.",
        "The army said Tuesday that it shelled a village near Mombasa.",
        "On Tuesday, the army said it had shelled a village near Mombasa.",
        "The army shelled a village near Mombasa, a spokesman told reporters on Tuesday.",
        "The general said in an interview on Tuesday that the army had shelled a village near Mombasa.",
        "The army shelled a village near Mombasa, according to an officer on Tuesday.",
    ],
)
def test_the_day_of_the_words_only_bounds_what_they_tell(nlp: Language, text: str) -> None:
    earliest, latest, inferred = days(nlp, text, "ASSAULT")
    assert (earliest, inferred) == (None, True)
    assert latest in (date(2021, 3, 2), THURSDAY if "according" in text else date(2021, 3, 2))


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Tuesday it had shelled a village near Mombasa on Monday.",
        "On Monday the army shelled a village near Mombasa, a spokesman said on Tuesday.",
    ],
)
def test_the_own_day_of_what_is_told_stands(nlp: Language, text: str) -> None:
    assert days(nlp, text, "ASSAULT") == (date(2021, 3, 1), date(2021, 3, 1), False)


def test_the_day_of_a_plan_that_is_told_is_not_the_day_of_the_words(nlp: Language) -> None:
    text = "The army said on Thursday it will shell the villages near Mombasa."
    assert days(nlp, text, "ASSAULT") == (THURSDAY, None, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three days after rebels attacked a base", (date(2021, 2, 27), date(2021, 2, 27), False)),
        ("a day before rebels attacked a base", (date(2021, 3, 3), date(2021, 3, 3), False)),
        ("two weeks after rebels attacked a base", (date(2021, 2, 15), date(2021, 2, 21), False)),
        ("more than a year after rebels attacked a base", (None, date(2020, 3, 2), False)),
        ("hours after rebels attacked a base", (date(2021, 3, 1), date(2021, 3, 2), False)),
        ("after rebels attacked a base", (None, date(2021, 3, 2), True)),
    ],
)
def test_days_counted_from_another_act(
    nlp: Language, text: str, expected: tuple[date | None, date | None, bool]
) -> None:
    assert days(nlp, f"Troops entered Mombasa on Tuesday, {text} in Kenya.", "ASSAULT") == expected


def test_days_counted_from_an_act_without_a_day_are_bound_by_the_report(nlp: Language) -> None:
    text = "Troops entered Mombasa, more than a year after rebels attacked a base in Kenya."
    assert days(nlp, text, "ASSAULT") == (None, date(2020, 3, 4), True)


def test_what_goes_on_since_another_act_begins_with_it(nlp: Language) -> None:
    text = "Rebels have killed twelve farmers since the army arrested their leader on Monday."
    assert days(nlp, text, "ASSAULT") == (date(2021, 3, 1), THURSDAY, False)


def test_a_stretch_that_ends_now_is_told(nlp: Language) -> None:
    text = "Rebels killed twelve farmers near Mombasa in the past 24 hours."
    assert days(nlp, text, "ASSAULT") == (date(2021, 3, 3), THURSDAY, False)


@pytest.mark.parametrize(
    "text",
    [
        "Crowds marched through Mombasa to protest against the February 1 coup.",
        "Rebels attacked the winner of last year's vote near Mombasa.",
    ],
)
def test_the_day_of_a_thing_is_not_the_day_of_the_act(nlp: Language, text: str) -> None:
    kind = "PROTEST" if "Crowds" in text else "ASSAULT"
    assert days(nlp, text, kind) == (None, THURSDAY, True)


def test_a_war_says_when_its_deeds_were_done(nlp: Language) -> None:
    text = "Kenyan soldiers shelled the village in the 1998 war."
    assert days(nlp, text, "ASSAULT") == (date(1998, 1, 1), date(1998, 12, 31), False)


def test_this_morning_is_that_of_the_speaker(nlp: Language) -> None:
    text = '"Rebels attacked a base near Mombasa this morning," a Kenyan officer told reporters on Tuesday.'
    assert days(nlp, text, "ASSAULT") == (date(2021, 3, 2), date(2021, 3, 2), False)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The rebels hoped to capture Mombasa.", False),
        ("The rebels hope to capture Mombasa.", True),
    ],
)
def test_what_was_hoped_for_once_is_not_dated_by_the_report(nlp: Language, text: str, dated: bool) -> None:
    assert (days(nlp, text, "COERCE")[0] == THURSDAY) is dated
