"""Whom of a list a name means, and when nobody of it."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.coding.actors.identify import Told, identify
from sitrep.coding.actors.world import World
from sitrep.records import ActorDescription

DAY = date(2020, 5, 1)


def _person(
    name: str, country: str | None, sectors: list[str], office: str | None, since: str, until: str | None
):
    key = name.lower()
    return [f"{key.replace(' ', '-')}", "person", name, [key], [[country, sectors, since, until, office]]]


LIST = World(
    date(2026, 1, 1),
    "sha256:0",
    [
        _person("Ana Sool", "ORV", ["GOV"], "President", "2018-03-01", None),
        _person("Piet Marn", "ORV", ["GOV"], "Prime minister", "2018-03-01", None),
        _person("Lena Marn", "ZED", ["LEG"], "Senator", "2012-03-01", None),
        _person("Toma Rusk", "ORV", ["ELI", "GOV"], "Former president", "2012-03-01", None),
        _person("Olga Rusk", "ZED", ["GOV"], "President", "1990-01-01", "1992-12-31"),
        ["river-front-orv", "group", "River Front", ["river front", "^rfr"], [["ORV", ["REB"], "2010-01-01", None, None]]],
        ["radio-free-zed", "press", "Radio Free Zed", ["radio free zed", "^rfr"], [["ZED", ["JRN"], None, None, None]]],
    ],
)  # fmt: skip
AT_HOME = Told(DAY, {"ORV": 0.9, "ZED": 0.1})


def meant(name: str, told: Told, person: bool = True) -> str | None:
    found = identify(name, person, told, LIST)
    return found and found.actor.name


def test_a_surname_means_whoever_governs_where_the_report_is() -> None:
    assert meant("Sool", AT_HOME) == "Ana Sool"
    assert meant("Sool", Told(DAY, {"PER": 1.0})) is None


def test_of_two_of_one_surname_the_one_in_the_higher_office_at_home_is_meant() -> None:
    assert meant("Marn", AT_HOME) == "Piet Marn"
    assert meant("Marn", Told(DAY, {"PER": 1.0})) is None


def test_a_title_tells_who_is_meant_and_another_one_who_is_not() -> None:
    president = Told(DAY, {"ORV": 0.4, "ZED": 0.6}, ("President",))
    coach = Told(DAY, {"ORV": 0.4, "ZED": 0.6}, ("goalkeeper",))
    assert meant("Sool", president) == "Ana Sool"
    assert meant("Sool", coach) is None


def test_what_the_report_says_goes_before_the_list() -> None:
    of_another = Told(DAY, AT_HOME.countries, (), ActorDescription("PER", ()))
    clerk = Told(DAY, AT_HOME.countries, ("bank clerk",), ActorDescription(None, ("BUS",)))
    assert meant("Ana Sool", AT_HOME) == "Ana Sool"
    assert meant("Ana Sool", of_another) is None
    assert meant("Ana Sool", clerk) is None


def test_nobody_is_looked_for_decades_from_his_time() -> None:
    assert meant("Olga Rusk", Told(date(1995, 1, 1), {"ZED": 1.0})) == "Olga Rusk"
    assert meant("Olga Rusk", AT_HOME) is None


def test_what_somebody_is_goes_by_the_day() -> None:
    then = identify("Ana Sool", True, AT_HOME, LIST)
    before = identify("Ana Sool", True, Told(date(2010, 1, 1), {"ORV": 1.0}), LIST)
    assert then is not None and then.role is not None and then.role.office == "President"
    assert before is not None and before.role is None


def test_a_phrase_alone_means_the_only_one_in_office() -> None:
    assert meant("Marn", Told(DAY)) == "Piet Marn"
    assert meant("Rusk", Told(DAY)) is None


@pytest.mark.parametrize(
    ("told", "name"),
    [(AT_HOME, None), (Told(DAY, {"ORV": 1.0}), "River Front"), (Told(DAY, {"ZED": 1.0}), "Radio Free Zed"),
     (Told(date(2005, 1, 1), {"ORV": 1.0}), None)],
)  # fmt: skip
def test_an_acronym_means_the_only_body_of_a_country_that_the_report_is_about(
    told: Told, name: str | None
) -> None:
    assert meant("RFR", told, person=False) == name
    assert meant("rfr", told, person=False) is None


def test_a_body_of_its_own_name_needs_no_country() -> None:
    assert meant("the River Front", Told(DAY, {}), person=False) == "River Front"
