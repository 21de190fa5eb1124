"""Which coded event belongs to which of gold."""

from __future__ import annotations

from sitrep.evaluation.compared import events_of
from sitrep.evaluation.matching import fit, match
from tests.evaluation.build import ARRESTED, KILLED, TEXT, at, gold, report


def fitted(line: str, **changes):
    [right] = events_of(gold(line), TEXT)
    [coded] = events_of(report([changes]), TEXT)
    return fit(coded, right)


def matched(lines, *changes):
    return match(events_of(report(changes), TEXT), events_of(gold(*lines), TEXT))


def test_a_shared_trigger_counts_ten_the_type_four_and_each_field_one():
    assert fitted(KILLED) == 10 + 4 + 9


def test_a_shared_trigger_is_enough():
    assert fitted(KILLED, type="COERCE", actors=(), recipients=()) == 10 + 6  # but for type and parties


def test_a_further_mention_is_a_trigger_too():
    events = events_of(gold(KILLED, "+ 2 | attack"), TEXT)
    [coded] = events_of(report([{"trigger": (at("attack"),)}]), TEXT)
    assert fit(coded, events[0]) == 10 + 4 + 9


def test_type_sentence_and_a_party_are_enough():
    assert fitted(KILLED, trigger=(at("least"),)) == 4 + 9


def test_type_and_sentence_without_a_party_are_not():
    assert fitted(KILLED, trigger=(at("least"),), actors=(), recipients=()) is None


def test_type_and_party_in_another_sentence_are_not():
    assert fitted(KILLED, trigger=(at("urged"),)) is None


def test_sentence_and_party_of_another_type_are_not():
    assert fitted(KILLED, trigger=(at("least"),), type="COERCE") is None


def test_each_belongs_to_one_and_the_best_fit_goes_first():
    found = matched([KILLED], {"type": "COERCE"}, {})
    assert (found.gold_of, found.coded_of, found.candidates) == ({1: 0}, {0: 1}, ((1, 0), (0, 0)))


def test_of_equal_fits_the_later_is_taken():
    assert matched([KILLED], {}, {}).gold_of == {1: 0}


def test_what_shares_nothing_belongs_to_nothing():
    assert matched([ARRESTED], {}).candidates == ()
