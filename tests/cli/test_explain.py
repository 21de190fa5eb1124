"""`sitrep explain` says what was considered; `sitrep code --min-confidence` leaves out what is less sure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app

RUN = CliRunner()
STORY = "Orvian troops attacked rebels near the town of Gao on Monday. Tea is drunk there in the afternoon."


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    return str(path)


def test_each_sentence_says_what_was_considered_and_why(story: str):
    result = RUN.invoke(app, ["explain", story, "--format", "jsonl"], catch_exceptions=False)
    [attack, tea] = json.loads(result.stdout)["sentences"]
    [found] = [one for one in attack["considered"] if one["verdict"] == "kept"]
    assert (found["type"], found["words"]) == ("ASSAULT", "attacked")
    assert "needed in the lead" in found["reason"]
    assert [one for one in tea["considered"] if one["verdict"] == "kept"] == []


def test_records_less_sure_than_asked_for_are_left_out(story: str):
    coded = RUN.invoke(app, ["code", story, "--format", "jsonl"], catch_exceptions=False)
    assert len(json.loads(coded.stdout)["events"]) == 1
    sure = RUN.invoke(
        app, ["code", story, "--min-confidence", "1", "--format", "jsonl"], catch_exceptions=False
    )
    assert json.loads(sure.stdout)["events"] == []
