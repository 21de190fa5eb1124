"""Country and sectors of a phrase."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.coding.actors.describe import describe_actor
from sitrep.coding.actors.lexicon import organisations, roles
from sitrep.coding.tables import listed, parse_table
from sitrep.records import ActorDescription

# Table 4 of the PLOVER 2.0 manual, and the international actors that it lists as country names.
SECTORS = {
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
}  # fmt: skip
INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


CASES = parse_table(
    (Path(__file__).parent / "describe_cases.tsv").read_text(encoding="utf-8"), "describe_cases.tsv", 3
)
# Not read right yet, with what stands in the way.
UNREAD = {
    "UN ambassador of Syria": "whose ambassador stands after the body it is sent to",
    "Hong Kong's chief executive": "an office that elsewhere is of a company",
}


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        pytest.param(
            *case, marks=pytest.mark.xfail(strict=True, reason=UNREAD[case[0]]) if case[0] in UNREAD else ()
        )
        for case in CASES
    ],
)
def test_a_phrase_tells_country_and_sectors(phrase: str, country: str, sectors: str) -> None:
    described = describe_actor(phrase)
    first, *further = listed(sectors, "+") or [None]
    assert (described.country or "-", next(iter(described.sectors), None)) == (country, first)
    assert set(further) <= set(described.sectors)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Danish frigates", "DNK", "MIL"), ("a Chilean senator", "CHL", "LEG"), ("the Norwegian justice minister", "NOR", "GOV"),
        ("Appeals Court of Ghana", "GHA", "JUD"), ("Lagos traffic police", "NGA", "COP"), ("Kenyan tea growers", "KEN", "AGR"),
        ("Polish shipyard workers", "POL", "LAB"), ("a Bolivian trade union", "BOL", "LAB"), ("masked gunmen", None, "UAF"),
        ("Colombian guerrillas", "COL", "REB"), ("Sudanese refugees in Chad", "SDN", "REF"), ("nurses", None, "MED"),
        ("Greek newspaper editors", "GRC", "JRN"), ("Indonesian clerics", "IDN", "REL"), ("Swiss bankers", "CHE", "BUS"),
        ("Haitian street gangs", "HTI", "CRM"), ("Cuban dissidents", "CUB", "OPP"), ("Thai university students", "THA", "EDU"),
        ("Peruvian intelligence agency", "PER", "SPY"), ("pro-government militia", None, "PRM"), ("Fijian villagers", "FJI", "CVL"),
        ("Civil society groups", None, "SOC"), ("Portuguese Socialist Party", "PRT", "PTY"), ("Russian oligarchs", "RUS", "ELI"),
        ("a relief agency", None, "NGO"), ("UN peacekeepers in Haiti", None, "IGO"), ("a multinational corporation", None, "MNC"),
    ],
)  # fmt: skip
def test_the_head_noun_tells_the_sector(phrase: str, country: str | None, sector: str) -> None:
    described = describe_actor(phrase)
    assert (described.country, described.sectors[:1]) == (country, (sector,))


@pytest.mark.parametrize(
    ("phrase", "sectors"),
    [("a rebel leader", ("REB",)), ("a union leader", ("LAB",)), ("a police spokesman", ("COP",)),
     ("a spokesman for the rebels", ("REB",)), ("the leader of the opposition", ("OPP",)), ("the president of the court", ("JUD",)),
     ("the president", ("GOV",)), ("general manager of a bank", ("BUS",))],
)  # fmt: skip
def test_a_noun_that_says_little_gives_way_to_the_words_beside_it(
    phrase: str, sectors: tuple[str, ...]
) -> None:
    assert describe_actor(phrase).sectors == sectors


def test_supporters_of_soldiers_are_civilians() -> None:
    assert describe_actor("supporters of the army").sectors == ("CVL",)


def test_the_host_country_of_an_ambassador_is_not_his_own() -> None:
    assert describe_actor("the Mexican ambassador to Austria") == ActorDescription("MEX", ("GOV",))
    assert describe_actor("the ambassador to Austria").country is None


def test_a_sponsor_is_not_the_state_of_the_sponsored() -> None:
    assert describe_actor("Iranian-backed fighters").country is None
    assert describe_actor("pro-Ethiopian militias").country is None
    assert describe_actor("Iranian fighters").country == "IRN"


def test_an_organisation_gives_its_state_and_an_international_body_none() -> None:
    assert describe_actor("Hamas fighters").country == "PSE"
    assert describe_actor("the World Health Organization in Geneva").country is None


def test_a_birthplace_is_the_state_only_where_no_other_is_named() -> None:
    assert describe_actor("a Danish-born engineer").country == "DNK"
    assert describe_actor("a Danish-born Peruvian engineer").country == "PER"


def test_of_two_joined_demonyms_the_american_is_the_citizenship() -> None:
    assert describe_actor("a Chilean-American senator").country == "USA"
    assert describe_actor("a Danish-Chilean singer").country == "DNK"


def test_the_family_of_an_office_holder_is_elite_and_that_of_a_soldier_civilian() -> None:
    assert describe_actor("the mayor's brother").sectors == ("ELI",)
    assert describe_actor("brother of the mayor").sectors == ("ELI",)
    assert describe_actor("the widow of a soldier").sectors[:1] == ("CVL",)


def test_staff_are_of_the_sector_they_work_for() -> None:
    assert describe_actor("employees of the Ministry of Trade").sectors == ("GOV",)
    assert describe_actor("embassy staff").sectors == ("GOV",)
    assert describe_actor("bank employees").sectors[:1] == ("LAB",)


def test_gunmen_of_somebody_are_no_strangers() -> None:
    assert describe_actor("rebel gunmen").sectors == ("REB",)
    assert describe_actor("masked gunmen").sectors == ("UAF",)


def test_to_leads_to_whom_an_aide_serves_but_not_where_an_envoy_is_posted() -> None:
    assert describe_actor("an aide to the Chilean president").country == "CHL"
    assert describe_actor("an envoy to Chile").country is None


def test_a_plural_that_only_drops_its_s_is_found() -> None:
    assert describe_actor("Israelis") == ActorDescription("ISR", ("CVL",))
    assert describe_actor("Tunis").sectors == ("GOV",)


def test_a_sea_or_a_continent_with_a_states_name_is_no_state() -> None:
    assert describe_actor("Persian Gulf sailors").country is None
    assert describe_actor("South American farmers").country is None


def test_who_has_left_office_is_elite_first() -> None:
    assert describe_actor("a retired governor").sectors == ("ELI", "GOV")
    assert describe_actor("a governor").sectors == ("GOV",)
    assert describe_actor("a former teacher").sectors == ("EDU",)


def test_a_ministry_is_of_the_executive_first() -> None:
    assert describe_actor("the Greek Ministry of Justice") == ActorDescription("GRC", ("GOV", "JUD"))


def test_opposition_stands_second_to_an_office() -> None:
    assert describe_actor("opposition lawmakers").sectors == ("LEG", "OPP")


def test_a_breakaway_government_is_partially_recognised() -> None:
    assert describe_actor("the Somaliland parliament") == ActorDescription("SOM", ("LEG", "PRE"))


def test_a_capital_alone_is_its_government_and_a_seat_says_who_sits_there() -> None:
    assert describe_actor("Lima") == ActorDescription("PER", ("GOV",))
    assert describe_actor("the Kremlin") == ActorDescription("RUS", ("GOV",))


def test_a_state_alone_has_no_sector() -> None:
    assert describe_actor("Paraguay") == ActorDescription("PRY", ())


def test_a_state_goes_before_a_city() -> None:
    assert describe_actor("the Geneva delegates of Nepal").country == "NPL"


@pytest.mark.parametrize("phrase", ["", "  ", "the blue table", "—", "…"])
def test_a_phrase_that_names_nobody_gives_nothing(phrase: str) -> None:
    assert describe_actor(phrase) == ActorDescription(None, ())


def test_lower_case_throughout_is_read_too() -> None:
    assert describe_actor("american soldiers") == ActorDescription("USA", ("MIL",))


def test_every_sector_of_the_tables_is_the_manuals_and_every_sector_of_the_manual_is_reached() -> None:
    told = {s for table in (roles(), organisations()) for value in table.values() for s in value.sectors}
    assert told <= SECTORS | INTERNATIONAL
    assert SECTORS - told <= {"UNK", "PRE"}


@given(st.text(max_size=60))
def test_any_text_is_described_without_an_error(phrase: str) -> None:
    assert isinstance(describe_actor(phrase), ActorDescription)


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("the Turkish government", "TUR", ("GOV",)),
        ("Turkey's foreign ministry", "TUR", ("GOV",)),
        ("foreign ministry spokeswoman", None, ("GOV",)),
        ("the spokesman of Kenya's president", "KEN", ("GOV",)),
        ("a member of that parliament", None, ("LEG",)),
        ("governor of Kirovohrad region", "UKR", ("GOV",)),
        ("the African Union's envoy", None, ("IGO",)),
        ("Danish ambassador to the UN", "DNK", ("GOV",)),
        ("Peru's UN-recognised government", "PER", ("GOV",)),
        ("the parties", None, ()),
        ("opposition parties", None, ("PTY", "OPP")),
        ("Inter-American Court of Human Rights", None, ("IGO",)),
    ],
)
def test_offices_parties_and_bodies(phrase: str, country: str | None, sectors: tuple[str, ...]) -> None:
    described = describe_actor(phrase)
    assert (described.country, described.sectors) == (country, sectors)
