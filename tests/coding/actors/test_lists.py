"""Lists of actors that a user adds."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
import spacy
from spacy.language import Language

from sitrep.coding.actors.component import ActorFinder, find_actors
from sitrep.coding.actors.describe import describe_actor
from sitrep.coding.actors.lists import ActorList, ListedActor, ListedRole, from_lines, joined, to_lines
from sitrep.coding.pipeline import default_model
from sitrep.records import Actor, ActorDescription

MAYOR = ListedRole("CHL", ("GOV",), since=date(2018, 1, 1), until=date(2021, 12, 31))
RETIRED = ListedRole("CHL", ("ELI",), since=date(2022, 1, 1))
LISTED = ActorList(
    (
        ListedActor(("Rosa Quispe", "R. Quispe"), (MAYOR, RETIRED)),
        ListedActor(("River Front", "RFR"), (ListedRole("PER", ("REB",)),)),
    )
)


@pytest.fixture(scope="module")
def small() -> Language:
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    return nlp


def found(nlp: Language, text: str, published: date | None, listed: ActorList = LISTED) -> dict[str, Actor]:
    doc = nlp(text)
    doc._.published = published
    return {actor.name: actor for actor in find_actors(doc, listed)}


@pytest.mark.parametrize(
    ("day", "sectors"),
    [(date(2018, 1, 1), ("GOV",)), (date(2021, 12, 31), ("GOV",)), (date(2022, 1, 1), ("ELI",))],
)
def test_a_role_holds_on_its_first_day_and_its_last(day: date, sectors: tuple[str, ...]) -> None:
    assert LISTED.describe("Rosa Quispe", day) == ActorDescription("CHL", sectors)


def test_before_its_first_day_a_role_does_not_hold() -> None:
    assert LISTED.describe("Rosa Quispe", date(2017, 12, 31)) is None


def test_a_dated_role_says_nothing_of_a_report_without_a_date() -> None:
    assert LISTED.describe("Rosa Quispe", None) is None
    assert LISTED.describe("River Front", None) == ActorDescription("PER", ("REB",))


def test_a_dated_role_goes_before_one_that_always_holds() -> None:
    actor = ListedActor(("Ana Rojas",), (ListedRole("CHL", ("ELI",)), MAYOR))
    assert actor.on(date(2020, 5, 5)) == MAYOR
    assert actor.on(date(2024, 5, 5)) == ListedRole("CHL", ("ELI",))


def test_the_whole_name_is_asked_for_and_not_a_part_of_it() -> None:
    assert LISTED.describe("River Front Hotel", None) is None
    assert LISTED.describe("River", None) is None


def test_an_acronym_is_matched_in_capitals_only() -> None:
    assert LISTED.describe("RFR", None) is not None
    assert LISTED.describe("Rfr", None) is None


def test_a_name_in_capitals_is_matched_as_it_is_printed() -> None:
    listed = ActorList((ListedActor(("KOFI MENSAH",), (ListedRole("GHA", ("GOV",)),)),))
    assert listed.describe("Kofi Mensah", None) == ActorDescription("GHA", ("GOV",))


def test_a_person_named_without_title_is_described_by_the_list(small: Language) -> None:
    text = "Rosa Quispe met farmers in Lima on Monday."
    actor = found(small, text, date(2020, 3, 3))["Rosa Quispe"]
    assert (actor.kind, actor.country, actor.sectors) == ("person", "CHL", ("GOV",))
    assert found(small, text, date(2020, 3, 3), ActorList())["Rosa Quispe"].country is None


def test_an_organisation_and_its_acronym_are_one(small: Language) -> None:
    actors = found(small, "River Front burned two trucks on Monday. Police said RFR fled.", None)
    assert (actors["River Front"].country, actors["River Front"].sectors) == ("PER", ("REB",))
    assert len(actors["River Front"].mentions) == 2


def test_whose_fighters_they_are_the_list_tells() -> None:
    assert describe_actor("fighters of the River Front", LISTED) == ActorDescription("PER", ("REB",))
    assert describe_actor("fighters of the River Front").country is None


def test_the_component_names_the_digest_of_its_list_and_none_without() -> None:
    assert ActorFinder(LISTED).models["actors"] == LISTED.digest
    assert "actors" not in ActorFinder().models


def test_the_digest_changes_with_what_the_list_says() -> None:
    assert LISTED.digest != ActorList(LISTED.actors[:1]).digest
    assert LISTED.digest == ActorList(tuple(LISTED.actors)).digest


def test_a_component_with_its_list_pickles_and_is_written_and_read(tmp_path) -> None:
    finder = ActorFinder(LISTED)
    assert pickle.loads(pickle.dumps(finder)).listed == LISTED
    assert ActorFinder().from_bytes(finder.to_bytes()).listed == LISTED
    finder.to_disk(tmp_path / "actors")
    assert ActorFinder().from_disk(tmp_path / "actors").listed == LISTED


def test_lines_written_and_read_are_the_same_list() -> None:
    assert from_lines(to_lines(LISTED)) == LISTED


def test_of_two_lists_with_one_name_the_first_has_it() -> None:
    other = ActorList((ListedActor(("River Front",), (ListedRole("COL", ("PTY",)),)),))
    assert joined((other, LISTED)).describe("River Front", None) == ActorDescription("COL", ("PTY",))
