"""The command line: what goes where, and what it exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app

RUN = CliRunner()
STORY = "Orvian troops attacked rebels near the town on Monday, the defence minister said in a statement on Tuesday."


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(
        "\n\n".join([STORY, "Residents of the town fled towards the coast, aid workers told reporters."]),
        encoding="utf-8",
    )
    return path


def test_piped_results_are_json_lines_on_stdout_and_talk_is_on_stderr(story):
    result = RUN.invoke(app, ["code", str(story), "--published", "2021-03-02"])
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    assert json.loads(line)["published"] == "2021-03-02"
    assert "1 report, " in result.stderr


def test_read_shows_the_story_and_what_it_is(story):
    result = RUN.invoke(app, ["read", str(story), "--format", "table"])
    assert result.exit_code == 0
    assert "Orvian troops attacked rebels" in result.stdout and "language" in result.stdout


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet"])
def test_the_name_of_the_file_says_the_format(story, tmp_path, suffix):
    out = tmp_path / f"out{suffix}"
    result = RUN.invoke(app, ["code", str(story), "-o", str(out)])
    assert result.exit_code == 0 and result.stdout == ""
    assert out.stat().st_size > 0


def test_a_source_that_fails_is_said_and_counted_and_the_rest_is_coded(story, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = RUN.invoke(app, ["code", str(empty), str(story), str(tmp_path / "missing.txt")])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    skipped = [line for line in result.stderr.splitlines() if line.startswith("skipped ")]
    assert len(skipped) == 2 and "empty.txt" in skipped[0] and "missing.txt" in skipped[1]
    assert "2 skipped" in result.stderr


@pytest.mark.parametrize(
    "wrong",
    [["code"], ["code", "x.txt", "--published", "31/02/2024"], ["code", "x.txt", "-o", "x.xlsx"],
     ["code", "x.txt", "--field", "titel=headline"], ["cod", "x.txt"], ["code", "x.txt", "-o", "/no/such/folder/x.csv"]],
)  # fmt: skip
def test_wrong_usage_exits_with_two(wrong):
    result = RUN.invoke(app, wrong)
    assert result.exit_code == 2 and result.stdout == ""


def test_a_misspelt_field_is_offered_the_nearest():
    said = " ".join(
        RUN.invoke(app, ["read", "x", "--field", "titel=headline"]).stderr.replace("│", " ").split()
    )
    assert 'Did you mean "title=…"?' in said


def test_markup_in_a_report_is_printed_and_not_obeyed(tmp_path):
    path = tmp_path / "markup.txt"
    path.write_text(f"[red]{STORY}[/red] [link=x]\n\n{STORY} [/b]", encoding="utf-8")
    result = RUN.invoke(app, ["code", str(path), "--format", "table"])
    assert result.exit_code == 0


def test_help_ends_with_an_example():
    for command in ("read", "code"):
        assert f"Example: sitrep {command} examples/" in RUN.invoke(app, [command, "--help"]).stdout
