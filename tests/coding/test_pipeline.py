"""The whole coder: any text gives a valid report, and a report does not depend on its neighbours."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sitrep
from sitrep.coding.pipeline import STAGES
from sitrep.export.jsonl import json_line
from tests.valid import check

STORY = """Orvian troops seized the town of Kelm from rebels on Monday, the defence minister said.

“We will not stop at Kelm,” General Ana Sool, the army chief, told Harbour Radio. She added: “Talks are over.”

The rebels denied that they had lost the town. A spokesman accused the army of shelling a market in the port of
Sarn, killing at least 12 people, and called on the United Nations to send observers.

The foreign ministers of Canada and Norway met in Geneva on Tuesday and agreed to send food aid to Kenya."""

# Words that reports are made of, so that generated texts reach the rules and not only the tokeniser.
PIECES = st.sampled_from(
    [*"“”\"'’‘,.:;—()[]", "\n", "\n\n", " ", "  ", "Monday", "said", "that", "the army", "attacked", "killed", "12", "people",
     "in Paris", "John Smith", "he", "who", "denied", "will", "not", "meet", "according to", "U.S.", "al-Sarraj", "İ", "ﬁ",
     "\u202e", "\u0000", "👩‍👩‍👧", "٣", "…", "’s", "airstrikes on", "Kyiv", "and", "of", "2020-02-30", "last month", "a tweet"]
)  # fmt: skip


@pytest.mark.parametrize("published", [None, date(2021, 3, 3)])
def test_a_story_gives_a_valid_report(nlp, published):
    check(sitrep.code(STORY, published=published, nlp=nlp))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.one_of(
        st.text(max_size=300),
        st.lists(PIECES, max_size=60).map(" ".join),
        st.lists(PIECES, max_size=60).map("".join),
    )
)
def test_any_text_gives_a_valid_report(nlp, text):
    check(sitrep.code(text, published=date(2021, 3, 3), nlp=nlp))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\ud800", "a" * 5000, "( " * 3000, "“" * 2000, "and " * 3000]
)
def test_a_text_without_a_story_gives_a_valid_report(nlp, text):
    check(sitrep.code(text, nlp=nlp))


def test_a_report_is_the_same_alone_and_among_others(nlp):
    paragraphs = STORY.split("\n\n")
    texts = [STORY, *paragraphs, STORY + "\n\n" + STORY, "", *reversed(paragraphs)]
    together = [json_line(report) for report in sitrep.code(texts, nlp=nlp)]
    assert together == [json_line(sitrep.code(text, nlp=nlp)) for text in texts]


def test_a_report_names_the_models_that_had_a_say(nlp):
    models = sitrep.code(STORY, nlp=nlp).coder.models
    assert models and all(digest.startswith("sha256:") for digest in models.values())


def test_the_pipeline_pickles_for_workers(nlp):
    again = pickle.loads(pickle.dumps(nlp))
    assert json_line(sitrep.code(STORY, nlp=again)) == json_line(sitrep.code(STORY, nlp=nlp))


@pytest.mark.parametrize("stage", STAGES)
def test_each_component_works_alone_in_another_pipeline(stage):
    import spacy

    from sitrep.coding.pipeline import default_model

    theirs = spacy.load(default_model())
    theirs.add_pipe(stage)
    assert theirs(STORY).text == STORY
