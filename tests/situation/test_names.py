"""One key for every spelling; a bucket for what may be one; and who is one with whom."""

import itertools
from dataclasses import replace

import pytest

from sitrep.records import Actor, ActorKind, Identity, Party
from sitrep.situation.names import alike, bucket, name_key, party, settle, sides


def actor(name: str, kind: ActorKind = "person", country: str | None = None) -> Actor:
    return Actor(id="a1", name=name, kind=kind, country=country, mentions=())


def known(
    name: str, kind: ActorKind = "person", country: str | None = None, ties: tuple[str, ...] = ()
) -> Party:
    return party(actor(name, kind, country), ties)


@pytest.mark.parametrize(
    "one, other",
    [
        (actor("Fathi Bashagha"), actor("Fathi Pashaga")),
        (actor("Fayez al-Sarraj"), actor("Fayez Serraj")),
        (actor("Turkey", "state", "TUR"), actor("Ankara", "state", "TUR")),
        (actor("the United Nations", "organisation"), actor("UN", "organisation")),
        (actor("Egypt's foreign ministry", "organisation", "EGY"), actor("Egyptian foreign ministry", "organisation", "EGY")),
        (actor("Libya's recognised government", "organisation", "LBY"), actor("Libyan government", "organisation", "LBY")),
        (actor("Egypt's president", "person", "EGY"), actor("Egyptian president", "person", "EGY")),
    ],
)  # fmt: skip
def test_one_name_has_one_key(one: Actor, other: Actor):
    assert name_key(one) == name_key(other) is not None


@pytest.mark.parametrize(
    "one, other",
    [
        (actor("Vladimir Putin"), actor("Joe Biden")),
        (actor("Egypt's president", "person", "EGY"), actor("Turkey's president", "person", "TUR")),
        (
            actor("interior ministry", "organisation", "LBY"),
            actor("interior ministry", "organisation", "EGY"),
        ),
    ],
)
def test_two_names_have_two_keys(one: Actor, other: Actor):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "described",
    [
        actor("a diplomat"),
        actor("gunmen", "group"),
        actor("Residents", "group"),
        actor("families", "people"),
        actor("interior ministry", "organisation"),
    ],
)
def test_who_is_not_named_has_no_key(described: Actor):
    assert name_key(described) is None


def test_a_surname_is_the_one_full_name_that_ends_in_it():
    names = [known("Khalifa Haftar", country="LBY"), known("Haftar")]
    full, short = (name.key for name in names)
    assert settle(names) == {full: full, short: full}


def test_a_surname_of_two_is_neither():
    names = [known("Khalifa Haftar"), known("Saddam Haftar"), known("Haftar")]
    assert settle(names) == {name.key: name.key for name in names}


def test_an_acronym_is_the_body_with_these_initials():
    names = [known("Libyan National Army", "organisation", "LBY"), known("LNA", "organisation")]
    assert settle(names)[names[1].key or ""] == names[0].key


def test_names_of_two_countries_stay_apart():
    names = [known("Ahmed Saleh", country="YEM"), known("Saleh", country="LBY")]
    assert settle(names)[names[1].key or ""] == names[1].key


def test_any_order_settles_alike():
    names = [known("Khalifa Haftar"), known("Haftar"), known("K. Haftar"), known("Khalifa Belqasim Haftar")]
    assert len({tuple(sorted(settle(order).items())) for order in itertools.permutations(names)}) == 1


def test_names_that_may_be_one_share_a_bucket():
    assert bucket(known("LNA", "organisation").key or "") == bucket(
        known("Libyan National Army", "organisation").key or ""
    )


def test_an_army_and_its_fighters_are_one_side():
    army = known("Libyan National Army", "organisation", "LBY")
    fighters = Party(name="its fighters", kind="group", ties=(army.key or "",))
    assert alike(army, fighters) == 1.0


def test_a_government_is_one_side_with_its_fuller_name():
    short = known("Libyan government", "organisation", "LBY")
    full = known("Government of National Accord", "organisation", "LBY")
    assert alike(short, full) == alike(full, short) == 1.0


def test_rivals_are_not_one_side():
    army = known("Libyan National Army", "organisation", "LBY")
    assert alike(army, known("Government of National Accord", "organisation", "LBY")) == 0.0


def test_a_commander_is_put_with_his_army():
    army = known("Libyan National Army", "organisation", "LBY")
    commander = known("Khalifa Haftar", ties=(army.key or "",))
    assert sides([army, commander]) == {commander.key: frozenset({army.key})}


def test_whoever_the_list_of_public_actors_knows_has_one_key_in_all_reports():
    merkel = Identity(
        id="angela-merkel-deu", name="Angela Merkel", kind="person", why="Merkel", confidence=0.9
    )
    bare = replace(actor("Merkel"), identity=merkel)
    called_by_her = replace(
        actor("the Merkel government", "organisation", "DEU"), identity=replace(merkel, of_another=True)
    )
    assert name_key(bare) == name_key(actor("Angela Merkel")) != name_key(actor("Merkel"))
    assert name_key(called_by_her) != name_key(bare)
