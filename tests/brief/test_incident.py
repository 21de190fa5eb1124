"""One incident as a document: every account with its words, and nothing without them."""

from __future__ import annotations

from sitrep.brief.document import Brief
from sitrep.brief.incident import write_incident
from sitrep.brief.material import Cited, Material
from sitrep.records import Telling, Toll
from sitrep.situation.accounts import incident_of
from tests.situation.build import SPOKESMAN, day, telling

FIRST = telling("r1", killed=Toll(1200, None, ()), words="Soldiers shelled a market in Gharyan.")
SECOND = telling("r2", killed=Toll(7, 7, ()), sources=(SPOKESMAN,), words="Seven died, Omar Halabi said.")
DENIAL = telling("r3", status="denied", sources=(SPOKESMAN,), words="Omar Halabi denied it <b>all</b>.")
COPIED = telling("r4", origin="r1", words="Soldiers shelled a market in Gharyan.")


def of(*told: Telling) -> Brief:
    incident = incident_of(told, {})
    reports = {
        one.report: Cited(f"Report {one.report}", f"{one.report.upper()} Wire", day(6), f"{one.report}.txt")
        for one in told
    }
    return write_incident(Material([incident], [], {one.key: one for one in told}, {}, reports), incident)


def texts(brief: Brief, heading: str) -> list[str]:
    return [s.text for section in brief.sections if section.heading == heading for s in section.sentences]


def test_every_telling_has_a_note_with_its_words_and_report():
    told = (FIRST, SECOND, DENIAL, COPIED)
    brief = of(*told)
    assert {(note.report, note.words) for note in brief.notes()} == {
        (one.report, " … ".join(one.words)) for one in told
    }
    assert all(sentence.notes for section in brief.sections for sentence in section.sentences)


def test_each_account_says_by_whose_word_it_is():
    assert texts(of(FIRST, SECOND, DENIAL), "By whose word") == [
        "R1 Wire says so in its own voice.",
        "R2 Wire says so on the word of Omar Halabi.",
        "R3 Wire tells that Omar Halabi denied it.",
    ]


def test_a_plan_is_spoken_of_as_one():
    planned = telling(status="planned", recipients=(), words="The army will shell Gharyan.")
    assert texts(of(planned), "By whose word") == ["R1 Wire speaks of it as planned."]


def test_a_copy_is_named_as_one_and_has_no_account_of_its_own():
    assert texts(of(FIRST, COPIED), "By whose word") == [
        "R1 Wire says so in its own voice. Carried also by R4 Wire, which is no further source."
    ]


def test_tolls_that_differ_are_told_with_those_who_give_them():
    [told] = texts(of(FIRST, SECOND), "Where accounts differ")
    assert told == "Accounts differ on how many were killed: 7 (R2 Wire); at least 1,200 (R1 Wire)."
    assert texts(of(FIRST), "Where accounts differ") == []
