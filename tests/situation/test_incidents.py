"""Two tellings are one incident where type, days, place and parties fit; a chain of them is not one battle."""

import itertools
from dataclasses import replace

import pytest

from sitrep.records import Telling, Toll
from sitrep.situation.incidents import block_keys, divide, same_incident
from tests.situation.build import ARMY, GUNMEN, LIBYA, MILITIA, RIVALS, SPOKESMAN, ZINTAN, telling


@pytest.mark.parametrize(
    "other",
    [
        telling("r2"),
        telling("r2", actors=(), words="Nobody has claimed the shelling of Gharyan"),
        telling("r2", actors=(GUNMEN,), words="Gunmen fired on people in Gharyan"),
        telling("r2", actors=(MILITIA,), recipients=(), words="The militia shelled Gharyan"),
        telling("r2", place=LIBYA, words="The army shelled a market in the hills of Libya"),
        telling("r2", on=None),
        telling("r2", status="denied", sources=(SPOKESMAN,)),
        telling("r1", event="e2", status="denied", sources=(SPOKESMAN,)),
    ],
    ids=["same", "no doer", "unnamed doer", "another doer", "wider place", "no day", "denied", "denied within the report"],
)  # fmt: skip
def test_tellings_of_one_attack_are_one_incident(other: Telling):
    assert same_incident(telling(), other)
    assert same_incident(telling(), other) == same_incident(other, telling())
    assert set(block_keys(telling())) & set(block_keys(other))


@pytest.mark.parametrize(
    "other",
    [
        telling("r2", on=9, published=10, recipients=(MILITIA,)),
        telling("r2", place=ZINTAN, recipients=(MILITIA,)),
        telling("r2", actors=(RIVALS,), recipients=(ARMY,)),
        telling("r2", status="planned", recipients=(MILITIA,)),
        telling("r2", type="AID", recipients=(MILITIA,)),
        telling("r1", event="e2", recipients=(MILITIA,)),
    ],
    ids=[
        "another day",
        "another town",
        "other parties",
        "only planned",
        "another type",
        "another event of its report",
    ],
)
def test_tellings_of_two_things_are_two_incidents(other: Telling):
    assert same_incident(telling(recipients=(MILITIA,)), other) is None
    assert same_incident(telling(recipients=(MILITIA,)), telling("r2", recipients=(MILITIA,)))


@pytest.mark.parametrize(
    ("sources", "one"),
    [
        (((SPOKESMAN,), (GUNMEN,)), True),
        (((SPOKESMAN,), (SPOKESMAN,)), False),  # what one source tells twice, merging has seen
        (((SPOKESMAN,), ()), False),
    ],
    ids=["two sources", "one source", "the report's own voice"],
)
def test_what_two_sources_of_a_report_tell_may_be_one_incident(sources, one: bool):
    first, second = telling(sources=sources[0]), telling("r1", event="e2", sources=sources[1])
    assert bool(same_incident(first, second)) is one


def test_two_sources_of_a_report_tell_of_two_towns():
    other = telling("r1", event="e2", place=ZINTAN, sources=(GUNMEN,))
    assert same_incident(telling(sources=(SPOKESMAN,)), other) is None


def test_two_accusations_of_a_day_are_one_only_in_the_same_words():
    first = telling(
        type="ACCUSE",
        place=None,
        recipients=(MILITIA,),
        words="The army accused the militia of robbing banks",
    )
    again = telling(
        "r2",
        type="ACCUSE",
        place=None,
        recipients=(MILITIA,),
        words="It accused the militia of robbing two banks",
    )
    other = telling(
        "r3",
        type="ACCUSE",
        place=None,
        recipients=(MILITIA,),
        words="It said they had burnt the harvest of Zintan",
    )
    assert same_incident(first, again)
    assert same_incident(first, other) is None


def test_a_copy_is_one_with_its_origin_though_its_friday_is_another():
    first = telling("r1", on=5, published=5)
    assert same_incident(first, telling("r2", origin="r1", on=12, published=12)) == "the same text"
    assert same_incident(first, telling("r2", on=12, published=12)) is None


def links(tellings: list[Telling]) -> list[tuple[str, str]]:
    return [(a.key, b.key) for a, b in itertools.combinations(tellings, 2) if same_incident(a, b)]


def test_a_chain_of_days_is_not_one_battle():
    battle = [telling(f"r{n}", on=n, until=n + 2, published=n + 3) for n in (1, 3, 5, 7)]
    groups = divide(battle, links(battle))
    assert all(len(group) < 4 for group in groups)


def test_any_order_gives_the_same_incidents():
    tellings = [telling(f"r{n}", on=n, until=n + 2, published=n + 3) for n in (1, 3, 5)] + [
        telling("r9", killed=Toll(3, 3, ()))
    ]
    found = {divide(order, list(reversed(links(list(order))))) for order in itertools.permutations(tellings)}
    assert len(found) == 1


def test_people_join_and_part():
    one, other = telling("r1"), telling("r2", place=ZINTAN)
    assert len(divide([one, other], [], joined=[(one.key, other.key)])) == 1
    same = telling("r2")
    assert len(divide([one, same], [(one.key, same.key)], parted=[(same.key, one.key)])) == 2


def groups_of(tellings: list[Telling], joined=(), parted=()) -> list[set[str]]:
    found = divide(
        tellings, links(tellings), [(a.key, b.key) for a, b in joined], [(a.key, b.key) for a, b in parted]
    )
    return [{one.report for one in group} for group in found]


def test_a_later_account_of_either_side_is_with_both_that_a_person_joined():
    here, there = telling("r1"), telling("r2", place=ZINTAN, recipients=(MILITIA,))
    like_here, like_there = telling("r3"), telling("r4", place=ZINTAN, recipients=(MILITIA,))
    elsewhere = telling("r5", on=20, published=20)
    told = [here, there, like_here, like_there, elsewhere]
    assert groups_of(told) == [{"r1", "r3"}, {"r2", "r4"}, {"r5"}]
    assert groups_of(told, joined=[(here, there)]) == [{"r1", "r2", "r3", "r4"}, {"r5"}]


def test_what_is_parted_from_one_side_of_a_joining_is_with_neither():
    here, there, like_here = telling("r1"), telling("r2", place=ZINTAN), telling("r3")
    told = [here, there, like_here]
    assert groups_of(told, joined=[(here, there)], parted=[(like_here, there)]) == [{"r1", "r2"}, {"r3"}]


def test_a_joining_does_not_make_a_chain_of_days_one_battle():
    battle = [telling(f"r{n}", on=n, until=n + 2, published=n + 3) for n in (1, 3, 5, 7)]
    raid = telling("r9", place=ZINTAN, recipients=(MILITIA,))
    assert all(len(group) < 5 for group in groups_of([*battle, raid], joined=[(battle[0], raid)]))


def test_an_event_without_days_is_compared_with_nothing():
    lost = telling("r2", on=None)
    undated = replace(lost, published=None, event=replace(lost.event, earliest=None, latest=None))
    assert block_keys(undated) == ()
    assert same_incident(telling(), undated) is None
