"""`sitrep read` and `sitrep code`: what they are given, and what they say when it is not right."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.cli import app

RUN = CliRunner()
STORY = "Orvian troops attacked rebels near the town on Monday, the defence minister said in a statement on Tuesday."


@pytest.mark.parametrize("workers", ["1", "2"])
def test_gazetteer_that_is_not_there_ends_the_command_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
):
    monkeypatch.setenv("SITREP_GAZETTEER", str(tmp_path / "none.sqlite"))
    (tmp_path / "a.txt").write_text(STORY)
    result = RUN.invoke(app, ["code", str(tmp_path / "a.txt"), "--workers", workers])
    assert result.exit_code == 2 and result.stdout == ""
    assert "where there is no file. Compile one there with sitrep gazetteer build" in result.stderr


def test_file_that_is_no_gazetteer_ends_the_command_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a.txt").write_text(STORY)
    monkeypatch.setenv("SITREP_GAZETTEER", str(tmp_path / "a.txt"))
    result = RUN.invoke(app, ["code", str(tmp_path / "a.txt")])
    assert result.exit_code == 2 and result.stdout == ""
    assert "is no gazetteer that this version of sitrep reads. Compile it again with" in result.stderr


def test_workers_write_what_one_process_writes(tmp_path: Path):
    path = tmp_path / "news.jsonl"
    path.write_text(
        "".join(json.dumps({"text": STORY.replace("Orvian", name)}) + "\n" for name in ("Orvian", "Ruthian"))
    )
    alone, together = (RUN.invoke(app, ["code", str(path), "--workers", n]) for n in ("1", "2"))
    assert together.exit_code == 0
    assert together.stdout == alone.stdout != ""


def test_no_workers_are_wrong_usage():
    assert RUN.invoke(app, ["code", "x.txt", "--workers", "0"]).exit_code == 2


def test_text_that_cannot_be_coded_is_said_and_counted(tmp_path: Path):
    (tmp_path / "a.txt").write_text(f"{STORY}\n\n{STORY} {'(' * 5000}")
    (tmp_path / "b.txt").write_text(STORY)
    result = RUN.invoke(app, ["code", str(tmp_path)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert (
        "a.txt: has a word of 5,000 characters (" in result.stderr
        and "1 report, 1 event; 1 skipped" in result.stderr
    )


def test_archive_and_table_are_read(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", STORY)
    (tmp_path / "news.csv").write_text(f'what\n"{STORY}"\n')
    result = RUN.invoke(
        app, ["read", str(tmp_path / "news.zip"), str(tmp_path / "news.csv"), "--field", "text=what"]
    )
    assert result.exit_code == 0
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [STORY, STORY]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "ray"], "writes parts: name a folder, the address of one, or a file."),
        (["--engine", "ray", "-o", "s3://x/y.parquet"], "is a file in a store. Name a folder there"),
        (["--engine", "ray", "-o", "none/y.jsonl"], '"none" is no folder. Make it first'),
        (["-o", "s3://x/y.parquet"], "Write there with --engine ray"),
        (["--address", "auto"], "goes with --engine ray"),
        (["--engine", "spark"], "'spark' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(tmp_path: Path, options: list[str], said: str):
    (tmp_path / "a.txt").write_text(STORY)
    result = RUN.invoke(app, ["code", str(tmp_path / "a.txt"), *options])
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", "").split())


def test_ray_that_is_not_installed_is_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a.txt").write_text(STORY)
    monkeypatch.setitem(sys.modules, "ray", None)
    result = RUN.invoke(
        app, ["code", str(tmp_path / "a.txt"), "--engine", "ray", "-o", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    assert result.stderr.startswith("Ray is not installed (")
    assert result.stderr.endswith("): pip install 'sitrep[ray]'\n")
    assert not (tmp_path / "out").exists()


def test_standard_input_is_not_for_ray(tmp_path: Path):
    pytest.importorskip("ray", reason="ray is of the extra `ray`")
    result = RUN.invoke(app, ["code", "-", "--engine", "ray", "-o", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "Standard input cannot be read a second time" in result.stderr
