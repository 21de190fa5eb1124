"""CSV lists and actor dictionaries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.coding.actors.list_formats import ReadList, read_actor_list
from sitrep.coding.actors.lists import ListedActor, ListedRole

HEADER = "name,country,sectors,aliases,from,to\n"


def one(text: str) -> ListedActor:
    read = read_actor_list(text, "mine")
    assert read.skipped == ()
    [actor] = read.actors.actors
    return actor


def skips(read: ReadList) -> list[tuple[str, str]]:
    return [(skipped.source, skipped.found) for skipped in read.skipped]


# --- CSV


def test_a_row_of_csv_is_an_actor() -> None:
    assert one(HEADER + "Ana Rojas,CHL,GOV+PTY,A. Rojas;Rojas,2019-01-01,2020-12-31\n") == ListedActor(
        ("Ana Rojas", "A. Rojas", "Rojas"),
        (ListedRole("CHL", ("GOV", "PTY"), date(2019, 1, 1), date(2020, 12, 31)),),
    )


def test_rows_with_one_name_are_the_roles_of_one_actor() -> None:
    actor = one(HEADER + "Ana Rojas,CHL,GOV,,,2020-12-31\nAna Rojas,CHL,ELI,,2021-01-01,\n")
    assert [role.sectors for role in actor.roles] == [("GOV",), ("ELI",)]


def test_columns_may_be_missing_and_stand_in_any_order() -> None:
    assert one("sectors;name\nREB;River Front\n") == ListedActor(
        ("River Front",), (ListedRole(None, ("REB",)),)
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (",CHL,GOV,,,", "no name."),
        ("Ana Rojas,CHI,GOV,,,", 'country is "CHI".'),
        ("Ana Rojas,CHL,GVT,,,", 'no sector "GVT".'),
        ("Ana Rojas,,,,,", '"Ana Rojas" has neither country nor sectors.'),
        ("Ana Rojas,CHL,GOV,,2019-02-30,", 'from is "2019-02-30", which is no calendar day.'),
        ("Ana Rojas,CHL,GOV,,2020-01-01,2019-01-01", "from 2020-01-01 is after to 2019-01-01."),
    ],
)
def test_a_bad_row_is_skipped_with_its_line_and_the_rest_is_read(row: str, found: str) -> None:
    read = read_actor_list(HEADER + row + "\nKofi Mensah,GHA,GOV,,,\n", "mine.csv")
    assert skips(read) == [("mine.csv, line 2", found)]
    assert [actor.names for actor in read.actors.actors] == [("Kofi Mensah",)]


def test_a_kind_may_be_stated() -> None:
    assert one("name,country,kind\nAna Rojas,CHL,person\n").likely_kind == "person"
    read = read_actor_list("name,country,kind\nAna Rojas,CHL,human\n", "mine.csv")
    assert skips(read) == [("mine.csv, line 2", 'no kind "human".')]


def test_a_column_that_is_none_of_ours_is_told() -> None:
    read = read_actor_list("name,country,colour\nAna Rojas,CHL,red\n", "mine.csv")
    assert skips(read) == [("mine.csv, line 1", "no such column: colour.")]
    assert len(read.actors.actors) == 1


# --- dictionaries


def test_a_name_its_synonyms_and_its_codes() -> None:
    text = "# of this test\nKOFI_MENSAH_ # a comment\n+KOFI_A._MENSAH\n\t[GHAGOV 090107-130106]\n\t[GHAELI >130106]\n"
    assert one(text) == ListedActor(
        ("KOFI MENSAH", "KOFI A. MENSAH"),
        (
            ListedRole("GHA", ("GOV",), date(2009, 1, 7), date(2013, 1, 6)),
            ListedRole("GHA", ("ELI",), date(2013, 1, 7), None),
        ),
    )


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("GHAGOV", None, None),
        ("GHAGOV <090107", None, date(2009, 1, 6)),
        ("GHAGOV >19990107", date(1999, 1, 8), None),
        ("GHAGOV 850107-990106", date(1985, 1, 7), date(1999, 1, 6)),
        ("GHAGOV 20090107 - 20130106", date(2009, 1, 7), date(2013, 1, 6)),
    ],
)
def test_the_dates_of_a_code(code: str, since: date | None, until: date | None) -> None:
    assert one(f"KOFI_MENSAH [{code}]").roles == (ListedRole("GHA", ("GOV",), since, until),)


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("GHAMED", ListedRole("GHA", ("JRN",))),  # the media in CAMEO, the health workers in PLOVER
        ("GHAHLH", ListedRole("GHA", ("MED",))),
        ("GHAREBINS", ListedRole("GHA", ("REB",))),
        ("IGOUNO", ListedRole(None, ("IGO", "UNO"))),
        ("ROMGOV", ListedRole("ROU", ("GOV",))),
        ("GHA", ListedRole("GHA", ())),
    ],
)
def test_cameo_codes_become_plover_sectors(code: str, role: ListedRole) -> None:
    assert one(f"SOMEBODY [{code}]").roles == (role,)


def test_codes_that_plover_has_no_sector_for_are_told() -> None:
    read = read_actor_list("SOMEBODY [GHAGOVEWE]", "old.txt")
    assert read.unknown == ("EWE",)
    assert read.actors.actors[0].roles == (ListedRole("GHA", ("GOV",)),)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("SOMEBODY [GHAGOV 091399-130106]", '"20091399" is no calendar day.'),
        ("SOMEBODY [GHAGOV 130106-090106]", 'the period "130106-090106" ends before it starts.'),
        ("SOMEBODY [QQQGOV]", "[QQQGOV] starts with no state or body known."),
        ("SOMEBODY", '"SOMEBODY" has no code.'),
        ("SOLDIER {SOLDIERS} [~MIL]", "[~MIL] is an agent's code, of a common noun."),
    ],
)
def test_a_bad_line_is_skipped_with_its_number_and_the_rest_is_read(line: str, found: str) -> None:
    read = read_actor_list(f"; of this test\n{line}\nKOFI_MENSAH [GHAGOV]\n", "old.txt")
    assert skips(read) == [("old.txt, line 2", found)]
    assert [actor.names for actor in read.actors.actors] == [("KOFI MENSAH",)]


def test_a_text_that_is_no_list_is_refused() -> None:
    with pytest.raises(ValueError, match=r"notes.txt: no list of actors. Give a CSV file"):
        read_actor_list("Villagers met the mayor.", "notes.txt")


@given(st.text(alphabet="name,;[]+_#GHAGOV~<>-0123 \n\"\t'", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_actor_list(text, "any")
    except ValueError as error:
        assert str(error).startswith("any: no list of actors")
    else:
        assert all(actor.names and actor.roles for actor in read.actors.actors)
