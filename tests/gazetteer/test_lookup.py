"""What the compiled gazetteer answers."""

from __future__ import annotations

import pickle
import time

import pytest

from sitrep.gazetteer import Candidate, Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def best(found: list[Candidate]) -> tuple[str, str | None, str]:
    return found[0].name, found[0].country, found[0].feature


def test_town_by_another_spelling(gazetteer: Gazetteer) -> None:
    assert best(gazetteer.find("Zuara")) == ("Zuwarah", "LBY", "PPL")


def test_place_has_position_division_and_size(gazetteer: Gazetteer) -> None:
    [ghat] = [c for c in gazetteer.find("Sabratha") if c.country == "LBY"]
    assert (round(ghat.latitude), round(ghat.longitude), ghat.admin1_name, ghat.inferred) == (
        33, 12, "Az Zāwiyah", False,
    )  # fmt: skip
    assert ghat.population > 10_000


def test_capital_is_one(gazetteer: Gazetteer) -> None:
    assert [c.country for c in gazetteer.find("Nairobi") if c.feature == "PPLC"] == ["KEN"]


@pytest.mark.parametrize(
    ("name", "country"),
    [("UK", "GBR"), ("U.S.", "USA"), ("DRC", "COD"), ("Ivory Coast", "CIV"), ("Kosovo", "KOS")],
)
def test_country_by_its_short_name(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert [c.country for c in gazetteer.find(name) if c.feature == "PCLI"] == [country]


def test_states_of_the_past_do_not_take_todays_codes(gazetteer: Gazetteer) -> None:
    assert {c.country for c in gazetteer.find("Batumi")} == {"GEO"}


def test_division_has_the_middle_of_its_places(gazetteer: Gazetteer) -> None:
    [county] = gazetteer.find("Narok County")
    assert (county.feature, county.country, county.inferred) == ("ADM1", "KEN", True)


def test_unknown_name_gives_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwertzuburg") == []
    assert gazetteer.find("") == []


def test_codes_of_airports_are_no_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("WAX") == []


def test_transliteration_is_found_in_a_named_country(gazetteer: Gazetteer) -> None:
    assert best(gazetteer.similar("Kufrah", ["LBY"]))[1:] == ("LBY", "ADM1")


def test_transliteration_is_not_looked_for_elsewhere(gazetteer: Gazetteer) -> None:
    assert gazetteer.similar("Kufrah", []) == []


def test_another_syllable_is_less_alike(gazetteer: Gazetteer) -> None:
    found = {c.name: c.similarity for c in gazetteer.similar("Jufra", ["LBY"])}
    assert found["Al Jufrah"] == 1.0 > found["Al Jafārah"]


def test_pickled_gazetteer_still_answers(gazetteer: Gazetteer) -> None:
    assert pickle.loads(pickle.dumps(gazetteer)).find("Nairobi") == gazetteer.find("Nairobi")


def test_look_up_takes_less_than_a_millisecond(gazetteer: Gazetteer) -> None:
    names = ["Nairobi", "Springfield", "San José", "Qwertzuburg", "Victoria", "Al-Hasakah", "Paris"]
    gazetteer.find("Lomé")
    start = time.process_time()
    for name in names * 20:
        gazetteer.find(name)
    assert (time.process_time() - start) / (20 * len(names)) < 0.001
