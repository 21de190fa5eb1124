"""What the list of public actors adds to a report, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from sitrep.coding.actors.known import describe_actor
from sitrep.coding.pipeline import doc_of
from sitrep.records import Actor, ActorDescription, Document

Read = Callable[..., dict[str, Actor]]


@pytest.fixture
def read(nlp: Language) -> Read:
    def of(text: str, published: date | None = date(2018, 7, 4)) -> dict[str, Actor]:
        document = Document("test", "test", text, published=published)
        return {actor.name: actor for actor in nlp(doc_of(document, nlp))._.actors}

    return of


def test_a_bare_name_has_the_office_of_the_day_and_says_where_that_is_from(read: Read) -> None:
    text = "Merkel received the ministers of the German states in Berlin. Germany has to wait, Merkel said."
    then, later = read(text)["Merkel"], read(text, date(2023, 7, 4))["Merkel"]
    assert (then.country, then.sectors, then.inferred) == ("DEU", ("GOV",), True)
    assert then.identity is not None
    assert (then.identity.name, then.identity.office) == ("Angela Merkel", "Chancellor")
    assert later.country is None or later.sectors[0] == "ELI"


def test_without_a_day_no_office_is_known(read: Read) -> None:
    found = read("Angela Merkel spoke in Berlin.", None)["Angela Merkel"]
    assert (found.country, found.sectors) == ("DEU", ())


def test_what_the_report_says_stays(read: Read) -> None:
    text = "The Peruvian painter Angela Merkel showed her pictures in Lima. Merkel thanked Peru."
    painter = read(text)["Angela Merkel"]
    assert (painter.country, painter.inferred, painter.identity) == ("PER", False, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Goalkeeper Jordan Johnson saved two penalties in London. Johnson left Britain in May.",
            "Jordan Johnson",
        ),
        ("The striker Boris Johnson scored twice in Lima on Sunday.", "Boris Johnson"),
        ("Mr Johnson, a plumber from Lima, found the bag in a street of Peru.", "Johnson"),
    ],
)
def test_a_namesake_is_nobody_of_the_list(read: Read, text: str, name: str) -> None:
    found = read(text, date(2020, 2, 1))
    assert all(actor.identity is None for actor in found.values() if name.split()[-1] in actor.name)


def test_who_is_called_by_somebody_has_his_state_and_not_his_office(read: Read) -> None:
    text = (
        "The Obama administration warned Syria. Barack Obama's lawyer flew to Geneva from the United States."
    )
    found = read(text, date(2012, 7, 4))
    called = [actor for name, actor in found.items() if name != "Barack Obama" and "Obama" in name]
    assert {actor.country for actor in called} == {"USA"}
    assert all(actor.identity is not None and actor.identity.of_another for actor in called)
    assert not any("GOV" in actor.sectors for actor in called if "lawyer" in actor.name)


def test_a_place_that_is_named_after_somebody_is_no_person(read: Read) -> None:
    found = read("Flights from Kennedy Airport in New York were late.", date(1962, 7, 4))
    assert all(actor.identity is None for actor in found.values())


@pytest.mark.parametrize(
    ("phrase", "day", "country", "sectors"),
    [
        ("Chancellor Merkel", date(2018, 1, 1), "DEU", ("GOV",)), ("Merkel", None, "DEU", ()),
        ("the Riigikogu", None, "EST", ("LEG",)), ("SANDF", None, "ZAF", ("MIL",)),
        ("Coach Merkel", date(2018, 1, 1), None, ()), ("Danish frigates", None, "DNK", ("MIL",)),
    ],
)  # fmt: skip
def test_a_phrase_that_is_a_name_is_looked_up(
    phrase: str, day: date | None, country: str | None, sectors: tuple[str, ...]
) -> None:
    assert describe_actor(phrase, published=day) == ActorDescription(country, sectors)
