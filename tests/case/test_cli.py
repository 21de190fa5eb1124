"""`sitrep add` and the commands that ask a case: what goes where, and what is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitrep.case import open_case
from sitrep.cli import app
from sitrep.coding import pipeline
from sitrep.records import Document
from tests.case.stories import CODER, NEWER, SEIZED, STORIES, case_of, key

RUN = CliRunner()
SHORT = f"{SEIZED.id.removeprefix('sha256:')[:8]}/e1"


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """A working folder with one case in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SITREP_CASE", raising=False)
    case_of(tmp_path / "orvia.sitrep", *STORIES).close()
    return tmp_path


def _said(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = RUN.invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout, " ".join(result.stderr.replace("│", " ").split())


def _lines(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in _said(*arguments)[0].splitlines()]


# ------------------------------------------------------------------------------------------ which case


def test_the_only_case_in_the_folder_is_meant(here):
    assert len(_lines("events")) == len(STORIES)


def test_the_environment_names_the_case(here, monkeypatch, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "b.sitrep"
    case_of(other, SEIZED).close()
    monkeypatch.setenv("SITREP_CASE", str(other))
    assert len(_lines("events")) == 1
    assert len(_lines("events", "--case", "orvia.sitrep")) == len(STORIES)


def test_of_several_cases_one_must_be_named(here):
    case_of(here / "b.sitrep").close()
    assert "There are several cases here: b.sitrep, orvia.sitrep." in _said("events", code=2)[1]


def test_without_a_case_it_says_how_to_name_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SITREP_CASE", raising=False)
    said = _said("events", code=2)[1]
    assert "There is no case in this folder." in said and "SITREP_CASE" in said
    assert "no such case" in _said("events", "--case", "a.sitrep", code=1)[1]
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------------------------- asking


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (["events", "--place", "Kelm"], 4),
        (["events", "--actor", "Sool", "--from", "2021-03-08"], 1),
        (["events", "--type", "ASSAULT", "--publisher", "Harbour Wire"], 1),
        (["events", "--near", "31.9,13.1,20", "--limit", "1"], 1),
        (["events", "--status", "denied", "--according-to", "Sool"], 1),
        (["incidents"], 4),
        (["incidents", "--sources", "2"], 2),
        (["actors"], 3),
        (["actors", "--name", "ridge"], 1),
        (["claims", "--contradicted"], 4),
        (["control", "--at", "2021-03-08"], 2),
        (["control", "--place", "Kelm"], 1),
        (["search", "air", "raid"], 1),
        (["grade"], 4),
        (["review", "sample", "3"], 3),
        (["review", "log"], 0),
    ],
)
def test_json_lines_csv_json_and_a_table_of_the_same(here, arguments, number):
    assert len(_lines(*arguments)) == number
    assert len(json.loads(_said(*arguments, "--format", "json")[0])) == number
    rows = list(csv.DictReader(io.StringIO(_said(*arguments, "--format", "csv")[0])))
    assert len(rows) == number and all(None not in row for row in rows)
    table, told = _said(*arguments, "--format", "table")
    assert bool(table.strip()) == bool(number) and bool(told) != bool(number)


def test_an_incident_as_json_is_the_whole_record(here):
    with open_case("orvia.sitrep", read_only=True) as case:
        [incident] = case.incidents(least_sources=3)
    [line] = _lines("incidents", "--sources", "3")
    assert line["id"] == incident.id
    assert [account["stance"] for account in line["accounts"]] == [
        account.stance for account in incident.accounts
    ]


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["events", "--type", "BATLE"], "no event type", 1),
        (["events", "--from", "2021-02-30"], "not a calendar date", 2),
        (["events", "--near", "here"], "no point", 2),
        (["review", "accept", "nothing/e1"], "no one event", 1),
        (["review", "correct", SHORT, "colour=red"], "corrects no field", 2),
        (["review", "correct", SHORT, "actors=the Navy"], "does not say", 1),
        (["review", "undo", "d0"], "no decision", 1),
        (["review", "export", "moods"], "there are relation", 1),
        (["grade", "Harbour Wire"], "Say which grade", 2),
        (["grade", "Harbour Wire", "Z"], "no grade", 1),
        (["rebuild", "--case", "none.sitrep"], "no such case", 1),
    ],
)
def test_what_cannot_be_is_said_and_the_status_tells(here, arguments, said, code):
    assert said in _said(*arguments, code=code)[1]


def test_markup_in_a_report_is_printed_and_not_obeyed(tmp_path, monkeypatch):
    from dataclasses import replace

    odd = replace(SEIZED, title="[red]Kelm[/red]", publisher="[b]Wire[/b]", text=SEIZED.text)
    case_of(tmp_path / "a.sitrep", odd).close()
    monkeypatch.setenv("SITREP_CASE", str(tmp_path / "a.sitrep"))
    for command in ("events", "incidents", "actors", "claims", "grade"):
        assert "[b]Wire" in _said(command, "--format", "table")[0]
    assert "[red]Kelm[/red]" in _said("search", "fighting", "--format", "table")[0]


# -------------------------------------------------------------------------------------------- deciding


def test_decisions_from_the_command_line_and_back(here):
    told = _said("review", "reject", SHORT, "--by", "Mia", "--why", "a drill")[1]
    decision = told.rpartition(" ")[2]
    assert [row["event"] for row in _lines("events", "--decision", "rejected")] == [key(SEIZED)]
    [made] = _lines("review", "log")
    assert (made["who"], made["why"], made["id"]) == ("Mia", "a drill", decision)
    _said("review", "undo", decision)
    assert _lines("events", "--decision", "rejected") == []


def test_every_kind_of_decision_has_a_command(here):
    actors = [str(row["id"]) for row in _lines("actors")]
    incidents = [str(row["id"]) for row in _lines("incidents")]
    for arguments in (
        ["accept", SHORT],
        ["correct", SHORT, "status=possible", "killed=2 or more"],
        ["merge", *actors[:2]],
        ["split", "org:ridge front"],
        ["pin", "Zuhra", "31.5,13.5", "--name", "Zuhra al-Jadida"],
        ["join", *incidents[:2]],
        ["part", SHORT],
    ):
        assert "Take it back with" in _said("review", *arguments, "--by", "Mia")[1]
    _said("grade", "lantern post", "b", "--by", "Mia")
    assert len(_lines("review", "log")) == 8
    assert "95 % interval" in _said("evaluate", "--format", "table")[0]
    assert len(_lines("evaluate", "--sample", "8")) == 1
    assert len(_said("review", "export", "roles")[0].splitlines()) == 1


def test_who_decides_comes_from_the_environment(here, monkeypatch):
    monkeypatch.setenv("SITREP_WHO", "Jo")
    _said("review", "accept", SHORT)
    assert _lines("review", "log")[0]["who"] == "Jo"


def test_nobody_having_judged_says_how_to_begin(here):
    assert "review walk" in _said("evaluate")[1]


def test_walking_through_events_one_key_each(here):
    answers = "a\nr\nnot so\nc\ntype=PROTEST | mode=none\ns\na\nu\na\nq\n"
    result = RUN.invoke(app, ["review", "walk", "--sample", "8", "--by", "Mia"], input=answers)
    assert result.exit_code == 0, result.output
    assert "4 events judged" in result.stderr
    kinds = [row["kind"] for row in _lines("review", "log")]
    assert kinds == ["accept", "reject", "correct", "accept", "undo", "accept"]


def test_a_mistaken_correction_is_asked_again_while_walking(here):
    result = RUN.invoke(
        app, ["review", "walk", "--sample", "8", "--by", "Mia"], input="c\ncolour=red\na\nq\n"
    )
    assert "corrects no field" in result.stderr and "1 event judged" in result.stderr


def test_a_rebuild_says_whether_it_comes_out_as_it_was(here):
    assert "8 reports gone through. It is what was there." in _said("rebuild", "--check")[1]


# ---------------------------------------------------------------------------------------------- adding


@pytest.fixture
def stubbed(monkeypatch):
    """The coder replaced by the stories' own records, by text; says what it was given to code."""
    coded: list[str] = []
    state = {"coder": CODER}

    def code_documents(documents, nlp, batch_size):
        from dataclasses import fields, replace

        for document in documents:
            if "POISON" in document.text:
                raise ValueError("no such word")
            coded.append(document.source)
            [story] = [story for story in STORIES if story.text == document.text]
            page = {field.name: getattr(document, field.name) for field in fields(Document)}
            yield replace(story, **page, coder=state["coder"])

    monkeypatch.setattr("sitrep.cli.adding.loaded", object)
    monkeypatch.setattr(pipeline, "code_documents", code_documents)
    monkeypatch.setattr(pipeline, "coder_of", lambda nlp: state["coder"])
    return coded, state


@pytest.fixture
def sources(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    for number, story in enumerate(STORIES):
        line = {"text": story.text, "publisher": story.publisher, "published": str(story.published)}
        (folder / f"{number}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return folder


def test_add_codes_and_keeps_and_does_not_code_again_what_it_holds(stubbed, sources):
    coded, state = stubbed
    said = _said("add", str(sources), "--case", "new.sitrep")[1]
    assert "8 reports added, 8 events" in said and "The case holds 8 reports" in said
    assert len(coded) == 8
    said = _said("add", str(sources), "--case", "new.sitrep")[1]
    assert "0 reports added" in said and "8 held already" in said
    assert len(coded) == 8
    state["coder"] = NEWER
    assert "8 coded anew" in _said("add", str(sources), "--case", "new.sitrep")[1]
    assert len(coded) == 16


def test_add_keeps_what_came_before_a_source_that_fails(stubbed, sources):
    (sources / "3a.txt").write_bytes(b"")
    said = _said("add", str(sources), "--case", "new.sitrep", code=1)[1]
    assert "3a.txt" in said and "8 reports added" in said


def test_add_names_a_document_that_the_coder_fails_on_and_adds_the_others(stubbed, sources):
    (sources / "3a.txt").write_text("The POISON of the story is that the coder of the troops fails on it.")
    said = _said("add", str(sources), "--case", "new.sitrep", code=1)[1]
    assert "3a.txt: could not be coded (ValueError: no such word)." in said
    assert "8 reports added" in said and "The case holds 8 reports" in said


def test_add_codes_nothing_that_the_case_holds_when_it_is_run_again_after_a_failure(stubbed, sources):
    coded, _ = stubbed
    (sources / "3a.txt").write_text("The POISON of the story is that the coder of the troops fails on it.")
    _said("add", str(sources), "--case", "new.sitrep", code=1)
    coded.clear()
    said = _said("add", str(sources), "--case", "new.sitrep", code=1)[1]
    assert "0 reports added" in said and "8 held already" in said and coded == []


def test_add_refuses_a_text_that_no_coder_could_deal_with_and_adds_the_others(stubbed, sources):
    (sources / "3a.txt").write_text(f"{STORIES[0].text}\n\n{STORIES[1].text} {'(' * 5000}")
    said = _said("add", str(sources), "--case", "new.sitrep", code=1)[1]
    assert "3a.txt: has a word of 5,000 characters" in said and "8 reports added" in said


def test_add_brings_a_case_of_older_rules_up_to_date_first(stubbed, sources):
    import sqlite3

    _said("add", str(sources / "0.jsonl"), "--case", "new.sitrep")
    with sqlite3.connect("new.sitrep") as database:
        database.execute("UPDATE setting SET value = 'sha256:old' WHERE name = 'rules'")
    said = _said("add", str(sources), "--case", "new.sitrep")[1]
    assert "found anew first" in said and "7 reports added" in said


def test_help_ends_with_an_example():
    for command in (
        ["add"], ["events"], ["incidents"], ["claims"], ["control"], ["search"], ["grade"], ["rebuild"], ["evaluate"],
        ["review", "accept"], ["review", "walk"],
    ):  # fmt: skip
        assert f"Example: sitrep {' '.join(command)}" in " ".join(_said(*command, "--help")[0].split())


def test_a_page_becomes_events_in_a_case_with_the_real_coder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    story = "Orvian troops attacked rebels near the town on Monday, the defence minister said in a statement on Tuesday."
    Path("story.txt").write_text(
        story + "\n\nResidents fled towards the coast, aid workers told reporters.", encoding="utf-8"
    )
    assert "1 report added" in _said("add", "story.txt", "--published", "2021-03-02", "--case", "a.sitrep")[1]
    assert any(row["type"] == "ASSAULT" for row in _lines("events"))
    assert "1 held already" in _said("add", "story.txt", "--published", "2021-03-02")[1]


def test_workers_add_what_one_process_adds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    story = "{} troops attacked rebels near the town on Monday, the defence minister said on Tuesday."
    Path("news.jsonl").write_text(
        "".join(
            json.dumps({"text": story.format(name), "published": "2021-03-02"}) + "\n"
            for name in ("Orvian", "Ruthian", "Belgravian")
        )
        + json.dumps({"text": story.format("Orvian") + "(" * 5000})
    )
    digests = []
    for workers in ("1", "2"):
        said = _said("add", "news.jsonl", "--case", f"{workers}.sitrep", "--workers", workers, code=1)[1]
        assert "3 reports added" in said and "has a word of" in said
        with open_case(f"{workers}.sitrep") as case:
            digests.append(case.derived())
    assert digests[0] == digests[1]
    assert "3 held already" in _said("add", "news.jsonl", "--case", "2.sitrep", "--workers", "2", code=1)[1]


# ------------------------------------------------------------------------------------------ a brief


def test_brief_without_days_is_of_all_reports(here):
    title, *told = _said("brief")[0].splitlines()
    assert title == "# Situation from 23 February 2021 to 9 March 2021"
    assert told == _said("brief", "--from", "2021-02-01", "--to", "2021-12-31")[0].splitlines()[1:]


def test_days_the_wrong_way_round_are_refused(here):
    assert "Swap the days" in _said("brief", "--from", "2021-03-09", "--to", "2021-03-02", code=2)[1]
