"""Scores of small predictions whose figures are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitrep.evaluation.scorer import FieldScore, Mistake, StoryMistakes, TypeScore, Verdicts, score
from tests.evaluation.build import (
    ARRESTED,
    CONDEMNED,
    DIED,
    KILLED,
    MET,
    RELEASE,
    TEXT,
    URGED,
    at,
    gold,
    report,
)

ALL = (KILLED, CONDEMNED, MET, URGED, RELEASE, DIED, ARRESTED)


def scored(lines, *changes):
    return score([gold(*lines)], {"gao": report(changes)})


def test_gold_against_itself_is_right_in_everything():
    found = score([gold(*ALL)], {"gao": gold(*ALL)})
    assert (found.gold, found.coded, found.verdicts) == (5, 5, Verdicts(5, 0, 0, 0, 0))
    assert (found.detection.f1, found.record.f1, found.detection.main, found.stories) == (1.0, 1.0, 1.0, ())


def test_a_report_that_says_the_same_is_right():
    found = scored([KILLED], {})
    assert (found.detection.f1, found.record.f1, found.record.sound_precision) == (1.0, 1.0, 1.0)


def test_recall_is_of_gold_and_precision_of_what_was_coded():
    found = scored([KILLED, ARRESTED, MET], {}, {"trigger": (at("urged"),), "type": "REQUEST"})
    assert (found.detection.recall, found.detection.precision, found.detection.f1) == (0.3333, 0.5, 0.4)
    assert found.verdicts == Verdicts(right=1, sound=0, wrong=0, no_gold=1, of_these_twice=0)


def test_an_event_of_the_wrong_type_is_not_found():
    found = scored([KILLED], {"type": "COERCE", "mode": None})
    assert (found.detection.recall, found.detection.precision, found.verdicts.wrong) == (0.0, 0.0, 1)
    assert found.types == {"ASSAULT": TypeScore(1, 0, 0), "COERCE": TypeScore(0, 1, 0)}


def test_a_sound_record_is_found_and_not_right():
    found = scored([KILLED], {"place": None})
    assert (found.detection.f1, found.record.f1, found.record.precision, found.record.sound_precision) == (
        1.0,
        0.0,
        0.0,
        1.0,
    )


def test_an_event_coded_twice_is_once_without_gold():
    assert scored([KILLED], {}, {}).verdicts == Verdicts(
        right=1, sound=0, wrong=0, no_gold=1, of_these_twice=1
    )


@pytest.mark.parametrize("flag", ["crime", "sum", "inner", "doubtful"])
def test_a_neutral_event_counts_neither_way(flag):
    line = KILLED.replace("flags: main", f"flags: {flag}")
    for changes in ((), ({},), ({}, {})):
        found = scored([line], *changes)
        assert (found.gold, found.coded, found.stories) == (0, 0, ())


def test_main_is_the_recall_of_what_headline_or_lead_tells():
    found = scored([KILLED, ARRESTED], {"trigger": (at("arrested"),), "type": "COERCE"})
    assert (found.detection.main, found.detection.main_gold, found.detection.recall) == (0.0, 1, 0.5)


def test_fields_are_counted_over_what_belongs_together():
    found = scored([KILLED, ARRESTED], {"place": "p2", "earliest": None})
    assert found.fields["place"] == FieldScore(right=0, wider=0, missing=1, false=0, share=0.0)
    assert found.fields["days"] == FieldScore(right=0, wider=1, missing=0, false=0, share=1.0)
    assert found.fields["actors"] == FieldScore(right=1, wider=0, missing=0, false=0, share=1.0)


def test_a_document_without_a_prediction_has_all_missed():
    found = score([gold(KILLED)], {})
    assert (found.coded, found.detection.recall, found.detection.precision, found.detection.f1) == (
        0,
        0.0,
        None,
        0.0,
    )
    assert found.stories == (
        StoryMistakes("gao", "Attack in Gao", (Mistake("missed", "ASSAULT", "killed", {}),)),
    )


def test_shares_of_nothing_are_none():
    found = score([], {})
    assert (found.detection.recall, found.detection.main, found.record.precision) == (None, None, None)
    assert found.fields["type"].share is None


def test_mistakes_name_the_fields():
    found = scored(
        [KILLED, ARRESTED], {"place": None, "actors": ("a4",)}, {"trigger": (at("met"),), "type": "CONSULT"}
    )
    [story] = found.stories
    assert story.mistakes == (
        Mistake("wrong", "ASSAULT", "killed", {"actors": "false", "place": "missing"}),
        Mistake("no_gold", "CONSULT", "met", {}),
        Mistake("missed", "COERCE", "arrested", {}),
    )


def test_a_report_on_a_text_with_other_white_space_is_right_all_the_same():
    spaced = "ADVERTISEMENT\n\n" + TEXT.replace(". ", ".\n\n")
    assert score([gold(KILLED)], {"gao": report(text=spaced)}).record.f1 == 1.0


def test_the_order_of_the_documents_changes_no_share():
    first, second = gold(KILLED), replace(gold(ARRESTED), id="other")
    predictions = {"gao": report()}
    one, two = score([first, second], predictions), score([second, first], predictions)
    assert (one.fields, one.types, one.verdicts) == (two.fields, two.types, two.verdicts)
    assert one.detection.recall == two.detection.recall == 0.5
