"""The state that a name speaks of."""

from __future__ import annotations

import pytest

from sitrep.coding.actors.countries import city_names, country_names, state_name
from sitrep.coding.tables import words_of


def state(name: str) -> str | None:
    found = country_names().match(words_of(name), 0)
    return found[1].country if found and found[0] == len(words_of(name)) else None


@pytest.mark.parametrize(
    ("name", "code"),
    [("Peru", "PER"), ("Republic of Korea", "KOR"), ("North Korea", "PRK"), ("Ivory Coast", "CIV"),
     ("Dutch", "NLD"), ("Spaniards", "ESP"), ("U.S.", "USA"), ("Kosovo", "KOS"), ("Bavaria", "DEU"),
     ("Democratic Republic of the Congo", "COD"), ("Republic of the Congo", "COG")],
)  # fmt: skip
def test_names_and_demonyms(name: str, code: str) -> None:
    assert state(name) == code


@pytest.mark.parametrize(
    ("name", "code"), [("Greenland", "DNK"), ("Puerto Rico", "USA"), ("Macau", "CHN"), ("Guam", "USA")]
)
def test_a_dependency_counts_as_its_controlling_state(name: str, code: str) -> None:
    assert state(name) == code


@pytest.mark.parametrize("name", ["Hong Kong", "Palestine", "Antarctica"])
def test_the_manuals_exceptions_keep_a_name_of_their_own(name: str) -> None:
    assert state(name) in ("HKG", "PSE", "ATA")


def test_a_disputed_territory_is_partially_recognised() -> None:
    found = country_names().match(words_of("Transnistria"), 0)
    assert found is not None
    assert (found[1].country, found[1].sectors) == ("MDA", ("PRE",))


def test_a_word_that_looks_like_a_country_is_none() -> None:
    assert state("turkey") is None
    assert state("us") is None


def test_a_capital_is_known_as_one_and_a_town_is_not() -> None:
    capital, city = city_names().match(words_of("Lima"), 0), city_names().match(words_of("Arequipa"), 0)
    assert capital is not None and city is not None
    assert (capital[1].country, capital[1].kind) == ("PER", "capital")
    assert (city[1].country, city[1].kind) == ("PER", "city")


def test_states_are_called_as_newspapers_call_them() -> None:
    assert [state_name(code) for code in ("TUR", "DNK", "KOS", "CIV")] == [
        "Turkey",
        "Denmark",
        "Kosovo",
        "Ivory Coast",
    ]
