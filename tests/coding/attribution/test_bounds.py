"""Where source and content begin and end, in sentences that the parse or the tagger alone reads wrongly."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.attribution.reading import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Delegates of the two valleys met in Dorn on Monday and named a commission to share the water of the lake, the fair's director, Pia Holt, said.",
            ("the fair's director, Pia Holt", "said", "Delegates of the two valleys met in Dorn on Monday and named a commission to share the water of the lake"),
        ),
        (
            "Hours later planes bombed a radar station near the port of Sarn, residents and the station Radio Coast said.",
            ("residents and the station Radio Coast", "said", "Hours later planes bombed a radar station near the port of Sarn"),
        ),
    ],
)  # fmt: skip
def test_who_speaks_at_the_end_of_a_long_sentence_is_its_source(pipe: Language, text, expected) -> None:
    assert expected in told(pipe, text)


def test_a_dateline_is_not_said(pipe: Language) -> None:
    text = "PORT SARN, May 4 (Coast Wire) - The harbour was closed on Monday after a ship sank, the harbour master said."
    [(_, _, content)] = told(pipe, text)
    assert content == "The harbour was closed on Monday after a ship sank"


@pytest.mark.parametrize(
    "text",
    [
        "The envoy told parliament that the border had been closed.",
        "The envoy told state radio that the border had been closed.",
        "The envoy said in a letter to the council that the border had been closed.",
    ],
)
def test_whom_and_how_the_words_reached_is_not_what_they_say(pipe: Language, text: str) -> None:
    [(source, _, content)] = told(pipe, text)
    assert (source, content) == ("The envoy", "that the border had been closed")


def test_who_is_asked_belongs_to_what_is_asked(pipe: Language) -> None:
    text = "The League of Ports urged fishermen not to leave the harbour before Friday."
    assert told(pipe, text) == [
        ("The League of Ports", "urged", "fishermen not to leave the harbour before Friday")
    ]


def test_what_somebody_does_besides_is_not_what_she_says(pipe: Language) -> None:
    [promised, asked] = sorted(
        told(pipe, "He promised an inquiry and asked families to come forward."), reverse=True
    )
    assert promised == ("He", "promised", "an inquiry")
    assert asked == ("He", "asked", "families to come forward")


def test_an_estimate_is_its_makers(pipe: Language) -> None:
    [(source, _, content)] = told(pipe, "The governor, Ana Sool, later put the death toll at 60.")
    assert (source, content) == ("The governor, Ana Sool", "the death toll at 60")


def test_what_is_put_elsewhere_is_nobodys_word(pipe: Language) -> None:
    assert told(pipe, "The driver put the boxes at the gate.") == []


def test_what_the_reporter_adds_is_not_said(pipe: Language) -> None:
    text = "“The hills will be emptied by spring,” the text says, a reference to the camps above Kelm."
    assert told(pipe, text) == [("the text", "says", "“The hills will be emptied by spring,”")]


def test_a_pronoun_after_its_statement_is_the_source(pipe: Language) -> None:
    [(source, _, _)] = told(pipe, "In a statement on Monday night it said that the siege was over.")
    assert source == "it"


def test_each_side_of_a_semicolon_has_its_speaker(pipe: Language) -> None:
    text = "Such raids would not go unpunished, the ministry added; it described the raiders as bandits."
    assert ("it", "described", "the raiders as bandits") in told(pipe, text)
    assert ("the ministry", "added", "Such raids would not go unpunished") in told(pipe, text)


def test_what_is_said_in_a_relative_clause_ends_with_it(pipe: Language) -> None:
    text = "A man who said he had fought for the rebels denied everything."
    assert told(pipe, text)[0][2] == "he had fought for the rebels"


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("In the words of one diplomat, the pact is dead.", "one diplomat", "the pact is dead"),
        ("The pact is dead, in the view of the Coast League.", "the Coast League", "The pact is dead"),
    ],
)
def test_whose_words_or_view_it_is_is_the_source(
    pipe: Language, text: str, source: str, content: str
) -> None:
    [(found, _, said)] = told(pipe, text)
    assert (found, said) == (source, content)


def test_a_short_name_in_brackets_stays_whole(pipe: Language) -> None:
    [(source, _, _)] = told(pipe, "The Coast Liberation Front (CLF) said it had taken the town.")
    assert source == "The Coast Liberation Front (CLF)"


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Rebels shelled the town of Lira overnight, killing a woman and wounding four others, the regional governor, Petar Marin, said on Monday.",
            "the regional governor, Petar Marin",
            "Rebels shelled the town of Lira overnight, killing a woman and wounding four others",
        ),
        (
            "Police arrested two men in Lira, the interior ministry, which runs the force, said.",
            "the interior ministry, which runs the force",
            "Police arrested two men in Lira",
        ),
        (
            "The fire destroyed the market, injuring dozens, the mayor of Bria, Paul Ndo, said in a statement.",
            "the mayor of Bria, Paul Ndo",
            "The fire destroyed the market, injuring dozens",
        ),
    ],
)
def test_who_is_named_after_his_office_at_the_end_of_a_sentence_said_all_before(
    pipe: Language, text: str, source: str, content: str
):
    assert [(found, said) for found, _, said in told(pipe, text)] == [(source, content)]


def test_a_second_main_clause_is_not_taken_for_who_says_the_first(pipe: Language):
    text = "Forty children have died in the south, and the capital, Lira, reported two cases."
    assert all(content != "Forty children have died in the south" for _, _, content in told(pipe, text))
