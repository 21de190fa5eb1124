"""The worked example of docs/annotating.md is what the commands take and print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app
from sitrep.cli.app import out
from sitrep.evaluation.annotation import FIELDS, STATUSES
from sitrep.evaluation.gold import FLAGS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "annotating.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"<!-- example: ([\w.]+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("stories.jsonl", "annotation.txt", "second.txt"):
        Path(name).write_text(BLOCKS[name], encoding="utf-8")


def test_the_sheet():
    assert CliRunner().invoke(app, ["annotate", "stories.jsonl"]).stdout == BLOCKS["sheet.txt"]


def test_the_annotation_has_no_fault():
    result = CliRunner().invoke(app, ["annotate", "stories.jsonl", "--check", "annotation.txt"])
    assert (result.stdout, result.stderr) == (BLOCKS["checked"], "")


def test_the_fault():
    Path("annotation.txt").write_text(BLOCKS["annotation.txt"].replace("+ 2 | fighting", "+ 1 | fighting"))
    result = CliRunner().invoke(app, ["annotate", "stories.jsonl", "--check", "annotation.txt"])
    assert result.stderr == BLOCKS["fault"]


def test_the_scores_of_the_second_annotation(monkeypatch):
    monkeypatch.setattr(out, "width", 120)
    arguments = [
        "evaluate",
        "stories.jsonl",
        "--gold",
        "annotation.txt",
        "--coded",
        "second.txt",
        "--format",
        "table",
    ]
    printed = [line.rstrip() for line in CliRunner().invoke(app, arguments).stdout.splitlines()]
    shown = BLOCKS["scores"].splitlines()
    assert printed[: len(shown)] == shown


def test_the_code_that_leaves_the_texts_out_and_puts_them_back():
    compiled = CliRunner().invoke(app, ["annotate", "stories.jsonl", "--compile", "annotation.txt"]).stdout
    Path("my.gold.jsonl").write_text(compiled, encoding="utf-8")
    names: dict[str, object] = {}
    exec(BLOCKS["offsets"], names)
    assert names["restored"] == names["documents"]
    assert "Kessa on Wednesday" not in Path("public.jsonl").read_text(encoding="utf-8")
    arguments = ["evaluate", "stories.jsonl", "--gold", "public.jsonl", "--coded", "annotation.txt", "--json"]
    assert '"f1": 1.0' in CliRunner().invoke(app, arguments).stdout


def test_every_status_field_and_flag_is_explained():
    assert [name for name in (*STATUSES, *FLAGS) if f"`{name}`" not in PAGE] == []
    assert [name for name in FIELDS if f"`{name}:`" not in PAGE] == []
