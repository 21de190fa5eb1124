"""A brief tells a period in sections, and nothing in it is without the words it rests on."""

from __future__ import annotations

import pytest

from sitrep.brief.document import Brief
from sitrep.brief.markdown import covered
from sitrep.brief.write import write_brief
from tests.brief.build import ALL, ATTACK, END, NOTHING, START, material
from tests.situation.build import day, telling


def sentences(brief: Brief, heading: str) -> list[str]:
    return [s.text for section in brief.sections if section.heading == heading for s in section.sentences]


BRIEF = write_brief(ALL, START, END)


def test_every_sentence_has_a_note_with_words_and_their_report():
    told = [sentence for section in BRIEF.sections for sentence in section.sentences]
    assert told
    assert all(sentence.notes for sentence in told)
    assert all(note.words and note.report in ALL.reports for sentence in told for note in sentence.notes)


def test_what_happened_is_told_with_its_toll_as_a_range():
    assert sentences(BRIEF, "What happened")[0] == (
        "The Northern Army attacked villagers in Gharyan on 5 June 2020. 5 to 7 people were killed."
    )


def test_an_incident_cites_each_of_its_independent_sources():
    [section] = [section for section in BRIEF.sections if section.heading == "What happened"]
    assert [note.publisher for note in section.sentences[0].notes][:2] == [
        "Publisher of r1",
        "Publisher of r2",
    ]


def test_what_changed_hands():
    assert sentences(BRIEF, "What changed hands") == ["The Northern Army took Gharyan on 7 June 2020."]


def test_what_is_said_carries_the_words_and_stands_apart_from_what_was_done():
    [section] = [section for section in BRIEF.sections if section.heading == "Who said what"]
    assert [(s.text, s.quotes) for s in section.sentences] == [
        (
            "The Northern Army called on the Hill Militia to yield in Gharyan on 5 June 2020.",
            ("It told them to leave.",),
        )
    ]


def test_a_plan_is_told_as_a_plan():
    assert sentences(BRIEF, "What is planned or called for") == [
        "The Northern Army plans to move forces in Gharyan on 9 June 2020."
    ]


def test_denials_and_differences_are_told_as_uncertain():
    told = sentences(BRIEF, "What is denied or uncertain")
    attack = "The Northern Army attacked villagers in Gharyan on 5 June 2020. 5 to 7 people were killed."
    assert f"{attack} Denied by Omar Halabi." in told
    assert any(
        "how many were killed: 7 (Publisher of r2); at least 5 (Publisher of r1)" in text for text in told
    )


def test_how_far_most_sentences_may_be_believed_is_said_once():
    brief = write_brief(material(*((telling(f"s{n}", on=n),) for n in range(2, 6))), START, END)
    assert brief.usual == "Possibly true (3): 1 independent source, denied by nobody"
    assert all(one.assessment is None for section in brief.sections for one in section.sentences)
    assert covered(brief).endswith(
        "What says no more is possibly true (3): 1 independent source, denied by nobody."
    )


def test_what_holds_of_few_sentences_stands_beside_them():
    brief = write_brief(material((telling("s2", on=2),)), START, END)
    assert brief.usual is None and "(3)" not in covered(brief)
    assert [one.assessment for section in brief.sections for one in section.sentences] == [
        "Possibly true (3): 1 independent source, denied by nobody"
    ]


def test_what_lies_outside_the_period_is_not_told():
    assert not any("20 June" in sentence.text for section in BRIEF.sections for sentence in section.sentences)
    assert write_brief(ALL, NOTHING, NOTHING).sections == ()


def test_the_graver_incident_is_told_first():
    two = material((ATTACK[0],), (ATTACK[1],))
    tolls = [text.rpartition(". ")[2] for text in sentences(write_brief(two, START, END), "What happened")]
    assert tolls == ["7 people were killed.", "At least 5 people were killed."]


def test_the_days_must_be_in_order():
    with pytest.raises(ValueError, match="Swap the days"):
        write_brief(ALL, END, START)


def test_the_map_has_a_mark_a_place_and_the_timeline_a_bar_a_day():
    assert [(mark.name, mark.quad, mark.incidents) for mark in BRIEF.marks] == [
        ("Gharyan", "material conflict", 3)
    ]
    assert [bar.day for bar in BRIEF.bars] == [day(5), day(7)]
