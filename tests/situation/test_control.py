"""Who held a place when: what is taken ends what was, a statement shows, two statements contest."""

import itertools

from sitrep.records import Holding, Party
from sitrep.situation.control import control_keys, held_at, holdings
from sitrep.situation.places import place_key
from tests.situation.build import ARMY, GHARYAN, LIBYA, MILITIA, SPOKESMAN, day, stated, telling

HERE = place_key(GHARYAN)
TAKEN = telling("r1", type="COERCE", mode="seize", on=5, act="captured")
RETAKEN = telling("r2", type="COERCE", mode="seize", on=9, actors=(MILITIA,), act="recaptured")
LEFT = telling("r3", type="RETREAT", mode="withdraw", on=4, actors=(MILITIA,), act="withdrew")
ENTERED = telling("r4", type="MOBILIZE", mode="troops", on=5, act="entered")


def told(*holdings: Holding) -> list[tuple[str | None, int | None, int | None, str, bool]]:
    return [
        (h.holder.name if h.holder else None, h.since.day if h.since else None, h.until.day if h.until else None, h.basis,
         h.contested)
        for h in holdings
    ]  # fmt: skip


def test_who_takes_a_place_holds_it_until_it_is_taken_from_him():
    assert told(*holdings(HERE, [RETAKEN, TAKEN])) == [
        ("Northern Army", 5, 8, "taken", False),
        ("Hill Militia", 9, None, "taken", False),
    ]


def test_who_holds_it_on_a_day():
    timeline = holdings(HERE, [TAKEN, RETAKEN])
    assert [told(*held_at(timeline, day(n)))[:1] for n in (4, 6, 9)] == [
        [],
        [("Northern Army", 5, 8, "taken", False)],
        [("Hill Militia", 9, None, "taken", False)],
    ]


def test_troops_that_enter_what_the_others_left_have_taken_it():
    assert told(*holdings(HERE, [LEFT, ENTERED]))[-1] == ("Northern Army", 5, None, "taken", False)
    assert holdings(HERE, [ENTERED]) == ()


def test_what_is_left_and_taken_on_one_day_is_never_told_to_be_nobodys():
    left = telling("r3", type="RETREAT", mode="withdraw", on=5, actors=(MILITIA,), act="withdrew")
    assert told(*holdings(HERE, [left, TAKEN])) == [("Northern Army", 5, None, "taken", False)]
    assert told(*holdings(HERE, [LEFT, TAKEN]))[0] == (None, 4, 4, "left", False)


def test_who_leaves_holds_it_no_longer():
    timeline = holdings(HERE, [LEFT], [stated("r5", MILITIA, 2)])
    assert told(*timeline) == [("Hill Militia", 2, 4, "stated", False)]


def test_two_statements_for_two_sides_are_contested():
    timeline = holdings(HERE, [], [stated("r5", MILITIA, 2), stated("r6", ARMY, 3)])
    assert [holding.contested for holding in timeline] == [True, True]


def test_a_statement_for_the_same_side_is_no_second_holding():
    timeline = holdings(HERE, [TAKEN], [stated("r5", ARMY, 8)])
    assert told(*timeline) == [("Northern Army", 5, None, "taken", False)]


def test_a_commander_and_his_army_are_one_side():
    general = Party(name="Salem Gharbi", key="person:slm krf", kind="person")
    sides = {"person:slm krf": frozenset({"org:northern army"})}
    statements = [stated("r5", ARMY, 2), stated("r6", general, 3)]
    assert len(holdings(HERE, [], statements, sides)) == 1
    assert len(holdings(HERE, [], statements)) == 2


def test_denied_or_planned_control_counts_for_nothing():
    assert holdings(HERE, [telling(type="COERCE", mode="seize", status="planned", act="capture")]) == ()
    assert holdings(HERE, [], [stated("r5", ARMY, 2, status="denied")]) == ()


def test_an_attack_takes_nothing_unless_its_word_says_so():
    assert holdings(HERE, [telling(act="shelled")]) == ()
    assert told(*holdings(HERE, [telling(act="overran")])) == [("Northern Army", 5, None, "taken", False)]


def test_what_is_handed_over_is_held_by_who_receives_it():
    handed = telling(
        type="RETREAT", mode="withdraw", act="handed over", actors=(MILITIA,), recipients=(ARMY,)
    )
    assert told(*holdings(HERE, [handed])) == [("Northern Army", 5, None, "handed over", False)]


def test_claimants_are_those_by_whose_word_alone_it_is():
    claimed = telling("r1", type="COERCE", mode="seize", act="captured", sources=(SPOKESMAN,))
    assert holdings(HERE, [claimed])[0].claimants == (SPOKESMAN,)
    assert (
        holdings(HERE, [claimed, telling("r2", type="COERCE", mode="seize", act="captured")])[0].claimants
        == ()
    )


def test_a_country_is_not_taken():
    assert control_keys([telling(type="COERCE", mode="seize", place=LIBYA, act="seized")], []) == ()
    assert control_keys([TAKEN], []) == (HERE,)


def test_any_order_gives_the_same_timeline():
    tellings = [TAKEN, RETAKEN, LEFT, ENTERED]
    assert len({holdings(HERE, order) for order in itertools.permutations(tellings)}) == 1
