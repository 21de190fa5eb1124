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
