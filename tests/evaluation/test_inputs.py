"""What may be handed to be compared."""

from __future__ import annotations

import json

import pytest

from sitrep.evaluation.gold import GoldError, gold_line
from sitrep.evaluation.inputs import load_gold, load_predictions
from sitrep.evaluation.offsets import textless_line, without_text
from sitrep.evaluation.stories import Story
from sitrep.export.jsonl import json_line
from tests.evaluation.build import KILLED, STORY, gold, report

STORIES = {"none": Story("none", None, None, "Nothing.", "s.jsonl, line 1"), "gao": Story("gao", STORY.title, STORY.published, STORY.text, "s.jsonl, line 2")}  # fmt: skip


def file(tmp_path, content):
    path = tmp_path / "given"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [f"#doc gao\n{KILLED}\n", gold_line(gold(KILLED)), textless_line(without_text(gold(KILLED), source="our files"))],
    ids=["annotation", "compiled", "without text"],
)  # fmt: skip
def test_gold_has_three_forms(tmp_path, content):
    assert load_gold(file(tmp_path, content), STORIES) == [gold(KILLED)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"#doc gao\n{KILLED}\n9 | x\n8 | y\n", r"line 3 .*\n.*line 4 "),
        ("", "has no annotated story"),
        ("// nothing yet\n", "has no annotated story"),
        ('{"id": "gao", "text": "x"}', "line 1: is a story that nobody has annotated. Give its annotation: --gold FILE"),
        (gold_line(gold(KILLED)).replace('"gao"', '"kidal"'), '"kidal" is none of the stories'),
    ],
)  # fmt: skip
def test_gold_that_cannot_be_used_is_refused(tmp_path, content, said):
    with pytest.raises(GoldError, match=said):
        load_gold(file(tmp_path, content), STORIES)


def test_a_report_belongs_to_the_story_of_the_line_it_was_read_from(tmp_path):
    row = json.loads(json_line(report())) | {"source": "s.jsonl, line 2"}
    assert set(load_predictions(file(tmp_path, json.dumps(row)), STORIES)) == {"gao"}


def test_a_report_without_such_a_line_belongs_to_the_story_at_its_place(tmp_path):
    row = json.loads(json_line(report())) | {"source": "first.txt"}
    assert set(load_predictions(file(tmp_path, json.dumps(row)), STORIES)) == {"none"}


def test_a_report_of_another_story_is_refused(tmp_path):
    row = json.loads(json_line(report())) | {"source": "s.jsonl, line 9"}
    with pytest.raises(GoldError, match="line 1: there is no story for the report of s"):
        load_predictions(file(tmp_path, json.dumps(row)), STORIES)


def test_a_report_of_another_version_is_refused(tmp_path):
    row = json.loads(json_line(report())) | {"mood": "bad"}
    with pytest.raises(GoldError, match="line 1: is no report of this version"):
        load_predictions(file(tmp_path, json.dumps(row)), STORIES)


def test_a_second_annotation_is_a_prediction(tmp_path):
    assert load_predictions(file(tmp_path, f"#doc gao\n{KILLED}\n"), STORIES) == {"gao": gold(KILLED)}
