"""`sitrep actors`, and that docs/actors.md shows what it does."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sitrep.cli import app

RUN = CliRunner()
PAGE = Path(__file__).parents[2] / "docs" / "actors.md"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITREP_ACTORS", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    """The list that the page shows."""
    [shown] = re.findall(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "my-actors.csv"
    path.write_text(shown, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return RUN.invoke(app, [str(argument) for argument in arguments])


def test_the_list_of_the_page_is_imported_as_the_page_says(documented: Path) -> None:
    result = run("actors", "import", documented)
    assert (result.exit_code, result.stderr.strip()) == (0, "my-actors: 2 actors")
    assert "my-actors: 2 actors" in PAGE.read_text(encoding="utf-8")


def test_the_python_of_the_page_answers_as_shown() -> None:
    shown = PAGE.read_text(encoding="utf-8").replace("```", "")
    page = doctest.DocTestParser().get_doctest(shown, {}, PAGE.name, str(PAGE), 0)
    assert doctest.DocTestRunner().run(page) == (0, 3)


def test_a_report_is_coded_with_the_list_and_names_its_digest(documented: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "Rosa Quispe met farmers near Lima on Monday and promised them new wells.\n", encoding="utf-8"
    )

    def coded(published: str) -> dict:
        return json.loads(run("code", story, "--published", published).stdout)

    without = coded("2020-03-03")
    assert "actors" not in without["coder"]["models"]
    run("actors", "import", documented)
    report = coded("2020-03-03")
    [actor] = [actor for actor in report["actors"] if actor["name"] == "Rosa Quispe"]
    assert (actor["kind"], actor["country"], actor["sectors"]) == ("person", "PER", ["GOV"])
    assert report["coder"]["models"]["actors"] in run("actors", "list").stdout.replace("\n", "")
    later = coded("2023-03-03")
    assert ["ELI", "GOV"] in [actor["sectors"] for actor in later["actors"]]


def test_bad_lines_are_told_and_do_not_fail_the_import(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,country\nAna Rojas,CHL\nKofi Mensah,GHX\n", encoding="utf-8")
    result = run("actors", "import", path)
    assert result.exit_code == 0
    assert 'skipped mine.csv, line 3: country is "GHX". Write the three-letter code' in result.stderr
    assert "mine: 1 actor; 1 line skipped" in result.stderr


def test_a_file_that_is_no_list_or_not_there_fails_and_the_others_are_taken(
    documented: Path, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Villagers met the mayor.", encoding="utf-8")
    result = run("actors", "import", path, tmp_path / "nowhere.csv", documented)
    assert result.exit_code == 1
    assert "notes.txt: no list of actors. Give a CSV file" in result.stderr
    assert "nowhere.csv: No such file or directory. Check the path." in result.stderr
    assert "my-actors: 2 actors" in result.stderr


def test_a_list_is_removed_and_what_is_not_there_fails(documented: Path) -> None:
    run("actors", "import", documented)
    assert run("actors", "remove", "my-actors").exit_code == 0
    result = run("actors", "remove", "my-actors")
    assert result.exit_code == 1
    assert 'no list "my-actors" in' in result.stderr
    assert "No lists yet. Add one: sitrep actors import FILE" in run("actors", "list").stderr


def test_a_damaged_list_stops_the_coder_with_what_to_do(kept: Path, tmp_path: Path) -> None:
    kept.mkdir()
    (kept / "mine.jsonl").write_text("{]\n", encoding="utf-8")
    story = tmp_path / "story.txt"
    story.write_text("Farmers blocked the road to Lima on Monday.\n", encoding="utf-8")
    result = run("code", story)
    assert result.exit_code == 1
    assert "Import the list again, or delete the file." in result.stderr
