"""The list of public actors: by what names somebody is found, and what he is on a day."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.coding.actors.lists import ListedRole
from sitrep.coding.actors.world import PublicActor, World, key_of, world

ROWS = [
    ["ana-sool-orv", "person", "Ana Sool", ["ana sool", "a sool"],
     [["ORV", ["OPP", "PTY"], "2015-01-01", None, "Party leader"], ["ORV", ["GOV"], "2018-03-01", "2021-02-28", "Prime minister"]]],
    ["sool-hae-in-kor", "person", "Sool Hae-in", ["sool hae in"], [["KOR", ["GOV"], None, None, "Mayor"]]],
    ["river-front-orv", "group", "River Front", ["river front", "^rfr"], [["ORV", ["REB"], None, None, None]]],
]  # fmt: skip
LIST = World(date(2026, 1, 1), "sha256:0", ROWS)


@pytest.mark.parametrize(
    ("name", "person", "key"),
    [
        ("Abdel Fattah al-Sisi", True, "abdel fattah sisi"), ("Ursula von der Leyen", True, "ursula leyen"),
        ("Nicolás Maduro", True, "nicolas maduro"), ("the Riigikogu", False, "riigikogu"), ("AU", False, "^au"),
        ("Au", False, "au"), ("al-Shabaab", False, "al shabaab"), ("...", False, ""),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_plain_words(name: str, person: bool, key: str) -> None:
    assert key_of(name, person) == key


def test_a_full_name_finds_whoever_bears_it_and_a_surname_all_who_bear_it() -> None:
    assert [actor.name for actor in LIST.called("Ana Sool", True)] == ["Ana Sool"]
    assert [actor.name for actor in LIST.bearing("Sool")] == ["Ana Sool", "Sool Hae-in"]
    assert LIST.called("Sool", True) == LIST.bearing("Ana") == LIST.bearing("Hae-in") == ()


def test_a_person_is_no_body_and_a_body_no_person() -> None:
    assert LIST.called("River Front", True) == LIST.called("Ana Sool", False) == ()
    assert [actor.id for actor in LIST.called("RFR", False)] == ["river-front-orv"]
    assert LIST.called("rfr", False) == ()


def test_an_office_goes_before_what_one_is_all_the_time() -> None:
    [sool] = LIST.called("Ana Sool", True)
    assert [role and role.office for role in map(sool.on, (date(2017, 1, 1), date(2018, 3, 1)))] == [
        "Party leader", "Prime minister",
    ]  # fmt: skip
    assert sool.on(date(2014, 12, 31)) is None


def test_without_a_day_only_what_never_changed_is_known() -> None:
    assert LIST.called("Ana Sool", True)[0].on(None) is None
    once = PublicActor("x", "person", "X", (ListedRole("ORV", ("GOV",), date(2001, 1, 1), date(2002, 1, 1)),))
    assert once.on(None) == once.roles[0]


def test_the_list_that_comes_with_sitrep_knows_who_governed_when() -> None:
    [merkel] = world().called("Angela Merkel", True)
    in_office = [merkel.on(day) for day in (date(2018, 7, 1), date(2023, 7, 1), date(2003, 7, 1))]
    assert [role and role.sectors[0] for role in in_office] == ["GOV", "ELI", "OPP"]
    assert world().digest.startswith("sha256:") and world().made.year >= 2026
