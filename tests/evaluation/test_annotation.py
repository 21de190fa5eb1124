"""What a line of annotation says, and what the checker says of a wrong one."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sitrep.evaluation.annotation import read_annotation, sheet
from sitrep.evaluation.gold import GoldPlace
from sitrep.records import words
from tests.evaluation.build import ARRESTED, CONDEMNED, KILLED, MET, STORY, TEXT, at, faults, gold


def test_a_sheet_numbers_the_sentences():
    assert sheet(STORY).splitlines()[:4] == [
        "#doc gao",
        "title: Attack in Gao",
        "published: 2020-06-24",
        "[1] Gunmen killed at least five traders in Gao on Monday, police said.",
    ]


def test_a_sheet_says_what_is_not_known():
    story = dataclasses.replace(STORY, title=None, published=None, text="Nothing.")
    assert sheet(story) == "#doc gao\ntitle: -\npublished: not known\n[1] Nothing."


def test_a_whole_line():
    [event] = gold(KILLED).events
    assert (event.id, event.type, event.mode, event.status) == ("g1", "ASSAULT", "firearms", "happened")
    assert event.mentions[0].trigger == (at("killed"),)
    assert words(TEXT, (event.mentions[0].sentence,)) == [TEXT.split(". ")[0] + "."]
    assert [party.text for party in event.actors + event.recipients + event.according_to] == [
        "Gunmen",
        "traders",
        "police",
    ]
    assert event.place == GoldPlace(span=at("Gao"), text="Gao", coarser=(at("Mali"),))
    assert (event.earliest, event.latest) == (date(2020, 6, 22), date(2020, 6, 22))
    assert (event.killed, event.injured, event.crowd, event.flags) == ((5, None), None, None, ("main",))


def test_what_a_line_leaves_out_is_not_there():
    [event] = gold("5 | arrested | COERCE | happened").events
    assert (event.mode, event.actors, event.recipients, event.place) == (None, (), (), None)
    assert (event.earliest, event.latest, event.according_to, event.killed, event.flags) == (
        None,
        None,
        (),
        None,
        (),
    )


def test_a_pronoun_has_the_name_that_the_story_gives():
    [event] = gold("3 | urged | REQUEST | happened | by: He = Minister Ali Kone").events
    [party] = event.actors
    assert (party.local, party.name, party.text) == (
        at("He"),
        at("Minister Ali Kone"),
        "Minister Ali Kone",
    )


def test_a_party_that_only_another_sentence_names_has_no_words_in_this_one():
    [party] = gold(CONDEMNED).events[0].recipients
    assert (party.local, party.name) == (None, at("Gunmen"))


def test_a_question_mark_makes_a_party_optional():
    [event] = gold("5 | arrested | COERCE | happened | by: Police; ?= Gunmen").events
    assert [(party.text, party.optional) for party in event.actors] == [("Police", False), ("Gunmen", True)]


def test_sources_stand_outermost_first():
    [event] = gold("1 | killed | ASSAULT | happened | who: = Minister Ali Kone > police").events
    assert [party.text for party in event.according_to] == ["Minister Ali Kone", "police"]


@pytest.mark.parametrize(
    ("on", "earliest", "latest"),
    [
        ("2020-06-22", date(2020, 6, 22), date(2020, 6, 22)),
        ("2020-06-01..2020-06-07", date(2020, 6, 1), date(2020, 6, 7)),
        ("..2020-06-24", None, date(2020, 6, 24)),
        ("2020-06-24..", date(2020, 6, 24), None),
    ],
)
def test_days(on, earliest, latest):
    [event] = gold(f"1 | killed | ASSAULT | happened | on: {on}").events
    assert (event.earliest, event.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("toll", "killed", "injured", "crowd"),
    [
        ("killed 13", (13, 13), None, None),
        ("killed 3+, injured 24-99", (3, None), (24, 99), None),
        ("crowd 10000+", None, None, (10000, None)),
    ],
)
def test_tolls(toll, killed, injured, crowd):
    [event] = gold(f"1 | killed | ASSAULT | happened | toll: {toll}").events
    assert (event.killed, event.injured, event.crowd) == (killed, injured, crowd)


def test_a_plus_line_is_a_further_mention_of_the_event_above():
    [event] = gold(KILLED, "+ 2 | attack").events
    assert [words(TEXT, mention.trigger) for mention in event.mentions] == [["killed"], ["attack"]]


def test_comments_and_empty_lines_say_nothing():
    assert gold("", "// hesitated here", KILLED) == gold(KILLED)


def test_a_story_without_an_event_is_its_doc_line():
    assert gold().events == ()


def test_events_are_numbered_in_their_order():
    assert [(event.id, event.type) for event in gold(MET, KILLED).events] == [
        ("g1", "CONSULT"),
        ("g2", "ASSAULT"),
    ]


@pytest.mark.parametrize(
    ("line", "found", "advice"),
    [
        ("1 | killed | ASSAULT", "an event has at least 4 cells, this line has 3.", "Write: sentence | trigger | TYPE mode | status."),
        ("9 | killed | ASSAULT | happened", "there is no sentence 9.", "The sheet numbers them from 1 to 5."),
        ("one | killed | ASSAULT | happened", '"one" is no number of a sentence.', "Begin the line with one from 1 to 5, then a bar."),
        ("2 | killed | ASSAULT | happened", '"killed" is not in sentence 2.', "It stands in 1: correct the number."),
        ("2 | slain | ASSAULT | happened", '"slain" is not in sentence 2.', 'Copy the words from the sheet; part what does not stand side by side with "…".'),
        ("1 | killed | SLAUGHTER | happened", 'unknown type "SLAUGHTER".', "Write one of AGREE, "),
        ("1 | killed | ASSAULT riot | happened", 'ASSAULT has no mode "riot".', "Write one of "),
        ("2 | condemned | AGREE yield | happened", 'AGREE has no mode "yield".', "Leave it out: the type has none."),
        ("1 | killed | ASSAULT | certain", 'unknown status "certain".', "Write one of happened, planned, possible, denied, called_for."),
        ("1 | killed | ASSAULT | happened | in: Gao", 'unknown field "in" in "in: Gao".', "The fields are by, to, at, on, who, toll, flags."),
        ("1 | killed | ASSAULT | happened | by:", '"by:" is empty.', "Leave the field out instead."),
        ("1 | killed | ASSAULT | happened | by: soldiers", '"soldiers" is not in the story.', "Copy the words from the sheet."),
        ("1 | killed | ASSAULT | happened | by: ?", '"?" names nobody.', "Write the words of the sentence, or = and a name."),
        ("1 | killed | ASSAULT | happened | at: Gao > Niger", '"Niger" is not in the story.', "Copy the words from the sheet."),
        ("1 | killed | ASSAULT | happened | on: Monday", '"Monday" is not a calendar date.', "Write it as YYYY-MM-DD."),
        ("1 | killed | ASSAULT | happened | on: 2020-06-31", '"2020-06-31" is not a calendar date.', "Write it as YYYY-MM-DD."),
        ("1 | killed | ASSAULT | happened | on: 2020-06-24..2020-06-22", '"2020-06-24..2020-06-22" ends before it begins.', "Write the earlier day first."),
        ("1 | killed | ASSAULT | happened | toll: five killed", '"five killed" is no toll.', 'Write "killed 13", "injured 5+" or "crowd 100-200".'),
        ("1 | killed | ASSAULT | happened | flags: big", 'unknown flag "big".', "The flags are main, crime, sum, inner, doubtful."),
        ("+ 2 | attack", 'a "+" line has no event above it.', "Put it under the line of its event."),
        ("+ 2", "there is no trigger.", "Write: sentence | trigger."),
        ("#doc bamako", 'there is no story "bamako".', "Copy the #doc line from the sheet, or give the file that has it."),
        ("#doc gao", '"gao" is already annotated, from line 1.', "Put the lines of a story together."),
    ],
)  # fmt: skip
def test_a_fault_names_where_what_and_what_to_do(line, found, advice):
    [fault] = faults(line)
    where, _, said = fault.partition(": ")
    assert where in ("a.txt, line 2 (gao)", "a.txt, line 2")
    assert said.startswith(f"{found} {advice}")


def test_every_fault_is_named():
    assert [fault.split(" (")[0] for fault in faults("9 | x", KILLED, "1 | killed | ASSAULT | maybe")] == [
        "a.txt, line 2",
        "a.txt, line 4",
    ]


def test_further_mentions_under_a_faulty_line_are_not_given_to_the_event_before():
    annotation = read_annotation(
        ["#doc gao", ARRESTED, "9 | killed | ASSAULT | happened", "+ 2 | attack"], {"gao": STORY}, "a.txt"
    )
    [document] = annotation.documents
    assert (len(annotation.faults), [len(event.mentions) for event in document.events]) == (1, [1])


def test_lines_before_the_first_story_are_a_fault():
    [fault] = read_annotation([KILLED], {"gao": STORY}, "a.txt").faults
    assert (
        str(fault)
        == 'a.txt, line 1: stands before the first #doc line. Write "#doc" and the id of the story above it.'
    )


def test_lines_of_an_unknown_story_are_one_fault():
    annotation = read_annotation(["#doc bamako", KILLED, MET], {"gao": STORY}, "a.txt")
    assert (annotation.documents, [fault.line for fault in annotation.faults]) == ((), [1])
