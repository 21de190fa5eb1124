"""Whose "the army" is that a report names without a state, on the real pipeline."""

from __future__ import annotations

from collections.abc import Callable

from sitrep.records import Actor

Actors = Callable[[str], dict[str, Actor]]


def test_a_body_is_of_the_country_that_the_report_is_about(actors: Actors) -> None:
    found = actors("Police in Kenya said the army had left Nairobi. The interior ministry blamed thieves.")
    assert (found["army"].country, found["interior ministry"].country) == ("KEN", "KEN")


def test_it_is_open_where_another_state_s_body_is_named(actors: Actors) -> None:
    found = actors("Uganda's foreign ministry protested. Officials in Nairobi said the army had left Kenya.")
    assert found["army"].country is None


def test_it_is_open_where_two_countries_are_spoken_of(actors: Actors) -> None:
    assert actors("Trucks left Kenya for Uganda. The army stopped them.")["army"].country is None


def test_it_is_of_the_state_of_a_fuller_mention(actors: Actors) -> None:
    found = actors(
        "Peruvian police closed a road. On Monday police in masks arrested a man, and police left."
    )
    assert {actor.country for actor in found.values() if actor.sectors == ("COP",)} == {"PER"}


def test_an_army_of_rebels_or_rivals_is_not_the_state_s(actors: Actors) -> None:
    found = actors("Police in Kenya were shot in Nairobi. The rival government protested.")
    assert found["rival government"].country is None
