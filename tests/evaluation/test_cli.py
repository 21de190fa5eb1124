"""`sitrep annotate` and `sitrep evaluate` on annotated stories."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app, evaluation
from sitrep.evaluation.gold import gold_line
from tests.evaluation.build import ARRESTED, KILLED, TEXT, gold, report

RUN = CliRunner()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two stories and an annotation of one; a coder that finds the killing and not the arrest."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": "gao", "title": "Attack in Gao", "published": "2020-06-24", "text": TEXT},
        {"id": "two", "text": "A."},
    ]
    Path("stories.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    Path("annotation.txt").write_text(f"#doc gao\n{KILLED}\n{ARRESTED}\n", encoding="utf-8")
    Path("wrong.txt").write_text("#doc gao\n7 | killed | ASSAULT | happened\n", encoding="utf-8")

    def coded(documents):
        for document in documents:
            yield replace(report(), source=document.source)

    monkeypatch.setattr(evaluation, "coded", coded)


def said(*arguments: str, status: int = 0) -> tuple[str, str]:
    result = RUN.invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == status, result.stderr
    return result.stdout, result.stderr


def test_annotate_prints_a_sheet_a_story():
    out, talk = said("annotate", "stories.jsonl")
    assert out.startswith("#doc gao\ntitle: Attack in Gao\npublished: 2020-06-24\n[1] Gunmen")
    assert out.endswith(
        "[5] Police arrested two men on Tuesday.\n\n#doc two\ntitle: -\npublished: not known\n[1] A.\n"
    )
    assert talk == ""


def test_check_counts_and_names_what_is_still_to_do():
    out, talk = said("annotate", "stories.jsonl", "--check", "annotation.txt")
    assert (out, talk) == ("1 story, 2 events, 0 faults, 1 not annotated yet\n", "not annotated yet: two\n")


def test_check_names_faults_and_fails():
    out, talk = said("annotate", "stories.jsonl", "--check", "wrong.txt", status=1)
    assert out == "1 story, 0 events, 1 fault, 1 not annotated yet\n"
    assert talk.startswith(
        "wrong.txt, line 2 (gao): there is no sentence 7. The sheet numbers them from 1 to 5.\n"
    )


def test_compile_prints_gold():
    assert said("annotate", "stories.jsonl", "--compile", "annotation.txt")[0] == gold_line(
        gold(KILLED, ARRESTED)
    )


def test_nothing_is_compiled_from_an_annotation_with_faults():
    out, talk = said("annotate", "stories.jsonl", "--compile", "wrong.txt", status=1)
    assert out == "" and "line 2" in talk and "Nothing is compiled before" in talk


def test_evaluate_codes_the_annotated_stories_and_gives_one_object():
    out, talk = said("evaluate", "stories.jsonl", "--gold", "annotation.txt", "--json")
    scores = json.loads(out)
    assert (scores["documents"], scores["gold"], scores["coded"]) == (1, 2, 1)
    assert (scores["detection"]["recall"], scores["detection"]["precision"], scores["record"]["recall"]) == (
        0.5,
        1.0,
        0.5,
    )
    assert scores["stories"] == []
    assert "1 story not annotated, and left out." in talk and "1 report, 1 event" in talk


def test_the_table_has_recall_first_and_faults_only_when_asked():
    asked = ("evaluate", "stories.jsonl", "--gold", "annotation.txt", "--format", "table")
    out = said(*asked)[0]
    assert out.index("Recall") < out.index("Precision") < out.index("F1")
    assert "missed" not in out
    assert "missed: COERCE “arrested”" in said(*asked, "--show", "1")[0]


def test_as_csv_it_is_one_row():
    header, row = said("evaluate", "stories.jsonl", "--gold", "annotation.txt", "--format", "csv")[
        0
    ].splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=True))["events_recall"] == "0.5"


def test_compiled_gold_needs_no_annotation():
    Path("a.gold.jsonl").write_text(gold_line(gold(KILLED)), encoding="utf-8")
    assert json.loads(said("evaluate", "a.gold.jsonl", "--json")[0])["record"]["f1"] == 1.0


def test_a_second_annotation_is_scored_without_coding():
    Path("second.txt").write_text(f"#doc gao\n{ARRESTED}\n", encoding="utf-8")
    out, talk = said(
        "evaluate", "stories.jsonl", "--gold", "annotation.txt", "--coded", "second.txt", "--json"
    )
    assert json.loads(out)["types"] == {
        "ASSAULT": {"gold": 1, "coded": 0, "right": 0},
        "COERCE": {"gold": 1, "coded": 1, "right": 1},
    }
    assert "report" not in talk


def test_stories_without_gold_are_refused():
    assert "nobody has annotated" in said("evaluate", "stories.jsonl", status=1)[1]


def test_an_annotation_with_faults_is_not_measured():
    out, talk = said("evaluate", "stories.jsonl", "--gold", "wrong.txt", status=1)
    assert out == "" and talk.startswith("wrong.txt, line 2 (gao): ")


@pytest.mark.parametrize(
    "wrong",
    [["annotate"], ["annotate", "no.jsonl"], ["annotate", "stories.jsonl", "--check", "no.txt"],
     ["annotate", "stories.jsonl", "--check", "annotation.txt", "--compile", "annotation.txt"],
     ["evaluate", "no.jsonl"], ["evaluate", "--gold", "annotation.txt"], ["evaluate", "--show", "2"],
     ["evaluate", "stories.jsonl", "--gold", "annotation.txt", "--sample", "5"]],
)  # fmt: skip
def test_wrong_usage_exits_with_two(wrong):
    assert said(*wrong, status=2)[0] == ""


@pytest.mark.parametrize("command", ["annotate", "evaluate"])
def test_help_ends_with_an_example(command):
    last = " ".join(said(command, "--help")[0].split("╯")[-1].split())
    assert last.startswith("Example: sitrep ") and f"sitrep {command} stories.jsonl" in last


def test_the_example_of_evaluate_works():
    assert said("evaluate", "stories.jsonl", "--gold", "annotation.txt", "--show", "3")[0]
