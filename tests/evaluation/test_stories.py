"""The file of stories to annotate."""

from __future__ import annotations

import pytest

from sitrep.evaluation.gold import GoldError
from sitrep.evaluation.stories import Story, read_stories


def test_a_text_is_kept_to_the_letter_and_other_fields_are_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"id": "x", "text": " A  b.\\n", "title": "T", "source": "s"}\n', encoding="utf-8")
    assert read_stories(path) == {"x": Story("x", "T", None, " A  b.\n", f"{path}, line 2")}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('{"text": "x"}', 'line 1: has no "id". Give each story a short one'),
        ('{"id": "x"}', 'line 1: has no "text". Give the story\'s text'),
        (
            '{"id": "x", "text": "1"}\n{"id": "x", "text": "2"}',
            'line 2: "x" is also the id of .+line 1. Give',
        ),
    ],
)
def test_what_is_no_story_is_refused_by_its_line(tmp_path, lines, said):
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(GoldError, match=said):
        read_stories(tmp_path / "a.jsonl")
