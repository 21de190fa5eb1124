"""What is right, missing or false of one coded event."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.evaluation.compared import events_of
from sitrep.evaluation.judging import judge, verdict
from sitrep.records import Toll
from tests.evaluation.build import ARRESTED, KILLED, MET, TEXT, URGED, at, gold, report

DAY = date(2020, 6, 22)
EARLIER, LATER = date(2020, 6, 20), date(2020, 6, 24)


def judged(line: str = KILLED, **changes):
    [right] = events_of(gold(line), TEXT)
    [coded] = events_of(report([changes]), TEXT)
    return judge(coded, right)


def test_a_record_that_says_what_gold_says_is_right():
    found = judged()
    assert set(found.values()) == {"right"}
    assert verdict(found) == "right"


@pytest.mark.parametrize(
    ("changes", "field", "judgement", "worth"),
    [
        ({"type": "COERCE"}, "type", "false", "wrong"),
        ({"status": "planned"}, "status", "false", "wrong"),
        ({"mode": None}, "mode", "missing", "right"),
        ({"mode": "aerial"}, "mode", "false", "wrong"),
        ({"actors": ()}, "actors", "missing", "sound"),
        ({"actors": ("a4",)}, "actors", "false", "wrong"),
        ({"actors": ("a1", "a4")}, "actors", "false", "wrong"),
        ({"recipients": ()}, "recipients", "missing", "sound"),
        ({"place": None}, "place", "missing", "sound"),
        ({"place": "p2"}, "place", "missing", "sound"),  # coarser, and true
        ({"place": "p3"}, "place", "false", "wrong"),
        ({"earliest": None, "latest": None}, "days", "missing", "sound"),
        ({"earliest": EARLIER, "latest": LATER}, "days", "wider", "right"),
        ({"earliest": None}, "days", "wider", "right"),
        ({"latest": None}, "days", "wider", "right"),
        ({"earliest": EARLIER, "latest": EARLIER}, "days", "false", "wrong"),
        ({"earliest": LATER, "latest": LATER}, "days", "false", "wrong"),
        ({"according_to": ()}, "according_to", "missing", "sound"),
        ({"according_to": ("q2",)}, "according_to", "false", "wrong"),
        ({"killed": None}, "tolls", "missing", "sound"),
        ({"killed": Toll(5, 5, ())}, "tolls", "right", "right"),  # by its lowest number
        ({"killed": Toll(6, None, ())}, "tolls", "false", "wrong"),
        ({"injured": Toll(3, 3, ())}, "tolls", "false", "wrong"),
        ({"injured": Toll(0, 0, ())}, "tolls", "right", "right"),  # "nobody was hurt"
    ],
)
def test_one_field_at_a_time(changes, field, judgement, worth):
    found = judged(**changes)
    assert {name: one for name, one in found.items() if one != "right"} == (
        {} if judgement == "right" else {field: judgement}
    )
    assert verdict(found) == worth


def test_an_optional_party_may_be_left_out():
    assert judged(KILLED.replace("by: Gunmen", "by: Gunmen; ?Gao"))["actors"] == "right"


def test_an_optional_party_may_be_there():
    assert (
        judged(KILLED.replace("by: Gunmen", "by: Gunmen; ?police"), actors=("a1", "a3"))["actors"] == "right"
    )


def test_where_gold_has_no_days_any_are_right():
    assert judged(KILLED.replace(" | on: 2020-06-22", ""))["days"] == "right"


def test_a_day_is_no_wider_than_days_without_a_beginning():
    assert judged(KILLED.replace("on: 2020-06-22", "on: ..2020-06-22"))["days"] == "false"


def test_the_place_of_a_spoken_act_is_not_judged():
    assert judged(URGED, type="REQUEST", place="p3")["place"] == "right"


def test_the_place_of_a_deed_without_one_in_gold_is_false():
    assert judged(ARRESTED, type="COERCE", place="p3")["place"] == "false"


def test_who_meets_whom_may_stand_on_either_side():
    line = MET.replace("envoys of Mali", "= Algeria").replace("Minister Ali Kone", "= Gunmen")
    found = judged(line, type="CONSULT", mode=None, actors=("a1",), recipients=("a4",))
    assert (found["actors"], found["recipients"]) == ("right", "right")


def test_who_attacks_whom_may_not():
    found = judged(actors=("a2",), recipients=("a1",))
    assert (found["actors"], found["recipients"]) == ("false", "false")


def test_the_speaker_as_the_source_of_his_own_words_is_no_fault():
    line = URGED.replace("He = Minister Ali Kone", "= police")
    assert judged(line, type="REQUEST", actors=("a3",))["according_to"] == "right"


def test_the_doer_as_the_source_of_his_deed_is_a_fault():
    assert judged(KILLED.replace("who: police", "who: = Algeria"), actors=("a3",))["according_to"] == "false"


def test_names_make_a_party_the_same_where_words_of_the_text_do_not():
    [right] = events_of(gold(KILLED.replace("by: Gunmen", "by: police")), TEXT)
    [coded] = events_of(report([{"actors": ("a3",), "trigger": (at("arrested"),)}]), TEXT)
    assert judge(coded, right)["actors"] == "right"
