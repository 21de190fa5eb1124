"""Who said what, in sentences of our own about places far from the training data."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sitrep.records import Attribution
from tests.coding.attribution.reading import cut, told


def only(pipe: Language, text: str) -> Attribution:
    [attribution] = pipe(text)._.attributions
    return attribution


SAID = [
    # (text, source, cue, content)
    (
        "The Defence Ministry said on Friday that its forces had shelled two villages near Maradi.",
        "The Defence Ministry",
        "said",
        "that its forces had shelled two villages near Maradi",
    ),
    (
        "Two soldiers were killed near the border, the army said.",
        "the army",
        "said",
        "Two soldiers were killed near the border",
    ),
    (
        "Two soldiers were killed near the border, said Colonel Issa Garba, a spokesman for the army.",
        "Colonel Issa Garba, a spokesman for the army",
        "said",
        "Two soldiers were killed near the border",
    ),
    (
        "According to the provincial governor, gunmen burned twelve houses in Kolofata.",
        "the provincial governor",
        "According to",
        "gunmen burned twelve houses in Kolofata",
    ),
    (
        "At least nine people drowned in the river, according to local officials.",
        "local officials",
        "according to",
        "At least nine people drowned in the river",
    ),
    (
        "“We will not leave this valley,” said the militia's commander.",
        "the militia's commander",
        "said",
        "“We will not leave this valley,”",
    ),
    (
        "Foreign Minister Dalia Koren told reporters: “The border stays closed.”",
        "Foreign Minister Dalia Koren",
        "told",
        "“The border stays closed.”",
    ),
    (
        "Moscow accused Kyiv of shelling the power station.",
        "Moscow",
        "accused",
        "Kyiv of shelling the power station",
    ),
    (
        "The rebels claimed that they had taken the airport.",
        "The rebels",
        "claimed",
        "that they had taken the airport",
    ),
    (
        "The president believes the talks will fail.",
        "The president",
        "believes",
        "the talks will fail",
    ),
    (
        "The junta plans to hold elections in March.",
        "The junta",
        "plans",
        "to hold elections in March",
    ),
    (
        "Ankara wants to reopen the crossing.",
        "Ankara",
        "wants",
        "to reopen the crossing",
    ),
    (
        "Medics warned that the hospital was running out of fuel.",
        "Medics",
        "warned",
        "that the hospital was running out of fuel",
    ),
    (
        "The United Nations called on both sides to stop the fighting.",
        "The United Nations",
        "called on",
        "both sides to stop the fighting",
    ),
    (
        "Witnesses reported that soldiers opened fire on the crowd.",
        "Witnesses",
        "reported",
        "that soldiers opened fire on the crowd",
    ),
    (
        "The coalition denied that its warplanes had hit the market.",
        "The coalition",
        "denied",
        "that its warplanes had hit the market",
    ),
    (
        "A police spokesman confirmed that three suspects were arrested.",
        "A police spokesman",
        "confirmed",
        "that three suspects were arrested",
    ),
    (
        "It was reported that mediators would meet in Jeddah.",
        "",
        "was reported",
        "that mediators would meet in Jeddah",
    ),
    (
        "Deputy spokesman Karim Zadran was quoted by Xinhua as saying that four villages were hit.",
        "Deputy spokesman Karim Zadran",
        "saying",
        "that four villages were hit",
    ),
    (
        "The governor's claim that no fighters lived in the valley could not be verified.",
        "The governor's",
        "claim",
        "that no fighters lived in the valley",
    ),
    (
        "The army said on Saturday it had retaken the town.",
        "The army",
        "said",
        "it had retaken the town",
    ),
    (
        "An official who asked not to be named said Riyadh would host the talks.",
        "An official who asked not to be named",
        "said",
        "Riyadh would host the talks",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAID, ids=[row[0][:40] for row in SAID])
def test_an_attribution_has_its_source_cue_and_content(
    pipe: Language, text: str, source: str, cue: str, content: str
) -> None:
    assert (source, cue, content) in told(pipe, text)


NOT_SAID = [
    "Soldiers shelled two villages near Maradi on Friday.",
    "The army took the airport and two bridges after a night of fighting.",
    "The so-called “Tiger Brigade” holds the old town.",
    "Three “volunteers” crossed the river at dawn.",
    "The two presidents met in Accra on Monday.",
    "Gunmen killed nine people in Kolofata.",
    "The road to the coast was closed by floods.",
    "Troops entered the town of Bani Sayd with ten tanks.",
    "",
    "\n\n",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_nobody_says_has_no_attribution(pipe: Language, text: str) -> None:
    assert told(pipe, text) == []


# ---------------------------------------------------------------- quotations


def test_a_quotation_around_its_cue_is_one_attribution(pipe: Language) -> None:
    text = "“The bridge is gone,” said Mayor Ana Pires. “We cannot reach the north.”"
    assert told(pipe, text) == [
        ("Mayor Ana Pires", "said", "“The bridge is gone,” … “We cannot reach the north.”"),
    ]


def test_a_pronoun_and_a_colon_introduce_a_quotation(pipe: Language) -> None:
    text = "General Okello spoke in Gulu on Sunday. He added: “The operation will go on until the last camp is cleared.”"
    assert ("He", "added", "“The operation will go on until the last camp is cleared.”") in [
        (source, cue.rstrip(":"), content) for source, cue, content in told(pipe, text)
    ]


def test_a_quotation_runs_over_paragraphs(pipe: Language) -> None:
    text = "“The camp is full,” the aid agency said. “Families sleep outside.\n\n“There is no water left.”"
    [(source, _, content)] = told(pipe, text)
    assert source == "the aid agency"
    assert content.endswith("“There is no water left.”")


def test_words_in_quotation_marks_without_a_cue_are_the_last_speaker_s(pipe: Language) -> None:
    text = "The minister described the talks as “useful”. Moreover, “both delegations agreed to open the border to trade.”"
    assert told(pipe, text)[-1] == (
        "The minister",
        "",
        "“both delegations agreed to open the border to trade.”",
    )


def test_described_as_holds_what_is_judged_and_the_judgement(pipe: Language) -> None:
    text = "Nairobi described the raid as “barbaric”."
    [(source, cue, content)] = told(pipe, text)
    assert (source, cue) == ("Nairobi", "described")
    assert "the raid" in content and "“barbaric”" in content


# ---------------------------------------------------------------------- kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The siege is over,” the general said.", "direct"),
        ("The general said that the siege was over.", "indirect"),
        ("The general said that the siege was “over for good”.", "mixed"),
    ],
)
def test_kind_is_what_part_of_the_content_is_quoted(pipe: Language, text: str, kind: str) -> None:
    assert only(pipe, text).kind == kind


# ------------------------------------------------------------------- nesting


def test_an_attribution_inside_another_names_it(pipe: Language) -> None:
    text = "The governor said that witnesses claimed that soldiers had burned the mosque."
    outer, inner = pipe(text)._.attributions
    assert (outer.within, inner.within) == (None, outer.id)
    assert cut(text, inner.source.spans) == "witnesses"


def test_two_attributions_side_by_side_are_not_nested(pipe: Language) -> None:
    text = "The army said the town had fallen. The rebels said the town was theirs."
    assert [a.within for a in pipe(text)._.attributions] == [None, None]


# -------------------------------------------------------------------- medium


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The ministry said in a statement that the pass was closed.", "statement"),
        ("Ambassador Lindqvist told Al Jazeera that the pass was closed.", "Al Jazeera"),
        ("“The pass is closed,” the governor said at a press conference.", "press conference"),
        ("The governor said on Twitter that the pass was closed.", "Twitter"),
        ("In a post on X, the governor said the pass was closed.", "X"),
        ("“The pass is closed,” the governor said in a statement carried by SUNA.", "SUNA"),
        (
            "The governor said that the pass was closed. This came in a post via his Telegram channel.",
            "Telegram",
        ),
        (
            "State television quoted an adviser of the governor as saying that the pass was closed.",
            "state television",
        ),
        ("Iran warned against new fees; the pass is closed, Radio Coast reported.", None),
        ("A rival quoted the mayor as saying the pass was closed.", None),
        ("The governor said that the pass was closed.", None),
        ("The governor said that the statement was false.", None),
    ],
)
def test_medium_is_what_the_words_travelled_by(pipe: Language, text: str, medium: str | None) -> None:
    assert pipe(text)._.attributions[-1].medium == medium


def test_a_statement_carried_by_an_agency_keeps_its_clause(pipe: Language) -> None:
    [(source, cue, content)] = told(
        pipe, "The governor said in a statement carried by SUNA that the pass was closed."
    )
    assert (source, cue.split()[0], content) == ("The governor", "said", "that the pass was closed")


# ----------------------------------------------------------------- any input


def test_alone_and_in_a_batch_the_answer_is_the_same(pipe: Language) -> None:
    texts = [row[0] for row in SAID]
    assert [doc._.attributions for doc in pipe.pipe(texts, batch_size=7)] == [
        pipe(t)._.attributions for t in texts
    ]


def test_a_doc_without_a_parse_has_no_attributions(pipe: Language) -> None:
    doc = pipe.make_doc("The army said the town had fallen.")
    assert pipe.get_pipe("sitrep_attribution")(doc)._.attributions == ()


def spans_of(attributions: Iterable[Attribution]) -> Iterable[tuple[int, int]]:
    for a in attributions:
        yield from (*a.source.spans, *a.cue.spans, *a.content.spans)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "'",
                "said",
                "the army",
                "he",
                "that",
                ":",
                "\n\n",
                ",",
                ".",
                "according",
                "to",
                "tweet",
                "—",
                "🙂",
                "ran",
            ]
        ),
        max_size=25,
    ).map(" ".join)
)
def test_any_text_gives_spans_inside_it(pipe: Language, text: str) -> None:
    attributions = pipe(text)._.attributions
    assert all(0 <= start < end <= len(text) for start, end in spans_of(attributions))
    assert all(a.content.spans for a in attributions)
    assert [a.id for a in attributions] == [f"q{n}" for n in range(1, len(attributions) + 1)]


def test_the_clause_before_the_cue_and_what_follows_it_are_one_content(pipe: Language) -> None:
    text = "Danish missiles hit the port of Arza on Friday, the Omani military said, a day after Oslo and Muscat signed a pact."
    assert told(pipe, text) == [
        (
            "the Omani military",
            "said",
            "Danish missiles hit the port of Arza on Friday … a day after Oslo and Muscat signed a pact",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Police made no arrests.",
        "The two generals signed the document in Lima.",
        "The company declared force majeure at the terminal.",
        "Norway expressed its condolences to Chile.",
    ],
)
def test_a_deed_is_nobodys_word(pipe: Language, text: str) -> None:
    assert told(pipe, text) == []


def test_what_is_declared_in_a_clause_is_said(pipe: Language) -> None:
    assert told(pipe, "The company declared that the terminal was shut.") == [
        ("The company", "declared", "that the terminal was shut")
    ]


def test_two_cues_of_one_subject_share_it_and_not_their_contents(pipe: Language) -> None:
    text = "The Andean Commission called on Lima to investigate and urged it to release those arrested."
    assert set(told(pipe, text)) == {
        ("The Andean Commission", "called on", "Lima to investigate"),
        ("The Andean Commission", "urged", "it to release those arrested"),
    }


def test_a_cue_with_a_subject_of_its_own_keeps_it(pipe: Language) -> None:
    text = "The mayor said the bridge was safe and the governor said it was not."
    assert {source for source, _, _ in told(pipe, text)} == {"The mayor", "the governor"}


def test_what_stands_before_a_semicolon_is_not_said_by_who_speaks_after_it(pipe: Language) -> None:
    text = "Togo warned against any change; Benin has moved guns to the river, state television reported."
    assert ("state television", "reported", "Benin has moved guns to the river") in told(pipe, text)


def test_what_is_backed_is_backed_by_its_source(pipe: Language) -> None:
    assert told(pipe, "The plan was welcomed by Ghana.") == [("Ghana", "was welcomed by", "The plan")]
