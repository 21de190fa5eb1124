"""Each fact lives once: what the docs repeat is held to its source."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

import sitrep
from docs.made import notebook, outputs
from docs.made.commands import commands
from docs.made.hook import filled
from sitrep import ontology, records
from sitrep.export.flat import COLUMNS
from tests.samples import REPORT

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_every_dependency_has_its_line():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    needed = {re.split(r"[<>=\[]", line)[0] for line in stated}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == needed


def test_every_field_of_the_record_and_every_column_is_documented():
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)`", page))
    kinds = (
        records.Report,
        records.Actor,
        records.Place,
        records.Time,
        records.Attribution,
        records.Event,
        records.Toll,
    )
    names = {field.name for kind in kinds for field in fields(kind)} | set(COLUMNS)
    assert names - documented == set()


def test_the_requirements_name_no_registry_host():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|--index|--find-links", path.read_text(encoding="utf-8")), path.name


def navigation() -> list[str]:
    # The end of mkdocs.yml is a list of "- Title: page.md", however deep, so no YAML reader is needed.
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return re.findall(r": (\S+\.md)$", settings.partition("\nnav:\n")[2], re.MULTILINE)


def test_every_page_of_the_navigation_exists_and_stands_in_it_once():
    pages = navigation()
    assert len(pages) > 10
    assert [page for page in pages if not (DOCS / page).is_file()] == []
    assert sorted(pages) == sorted(set(pages))


def test_every_page_is_in_the_navigation():
    missing = {path.name for path in DOCS.glob("*.md")} - set(navigation())
    assert missing == set(), "add them to `nav` in mkdocs.yml"


def anchors(page: str) -> set[str]:
    """The anchors of a page as it is built: stated ones, and those of its headings."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE):
        stated = re.search(r"\{ #([\w-]+) \}", heading)
        plain = re.sub(r"[^\w\s-]", "", heading.lower().replace("`", "")).strip()
        found.add(stated[1] if stated else re.sub(r"[-\s]+", "-", plain))
    return found


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_between_pages_resolve(path: Path):
    built = filled(path.read_text(encoding="utf-8"))
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", built, flags=re.DOTALL)
    broken: list[str] = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.is_file() or (anchor and anchor not in anchors(filled(target.read_text("utf-8")))):
            broken.append(link)
    assert broken == []


def test_every_command_is_documented():
    page = filled((DOCS / "commands.md").read_text(encoding="utf-8"))
    assert {name for name, _ in commands()} == set(re.findall(r"^## `(sitrep .+?)` \{", page, re.MULTILINE))
    for name, command in commands():
        section = page.split(f"\n## `{name}` {{")[1].split("\n## ")[0]
        for param in command.params:
            if param.param_type_name == "option" and not param.hidden:
                assert f"`{param.opts[0]}" in section, f"{name} {param.opts[0]}"


def test_the_codebook_page_has_every_code():
    page = filled((DOCS / "codebook.md").read_text(encoding="utf-8"))
    stated = set(re.findall(r"`([\w-]+)`", page)) | set(re.findall(r"^### (\w+)", page, re.MULTILINE))
    codes = {*ontology.EVENT_TYPES, *ontology.CONTEXTS, *ontology.SECTORS, *ontology.INTERNATIONAL}
    codes |= {mode for type in ontology.EVENT_TYPES.values() for mode in type.modes}
    codes |= set(get_args(records.Status))
    assert codes - stated == set()
    assert set(ontology.QUADS) == set(re.findall(r"^\| (\w+ \w+) \| \[", page, re.MULTILINE))


def test_the_examples_of_status_have_that_status(nlp):
    page = (DOCS / "codebook.md").read_text(encoding="utf-8")
    rows = re.findall(r'^\| `(\w+)` \| [^|]+ \| "(.+)" \|$', page, re.MULTILINE)
    assert {status for status, _ in rows} == set(get_args(records.Status))
    for status, sentence in rows:
        told = {event.status for event in sitrep.code(sentence, nlp=nlp).events if event.type == "ASSAULT"}
        assert told == {status}, sentence


def test_every_picture_is_shown_and_says_what_it_shows():
    shown = {
        name
        for page in DOCS.glob("*.md")
        for name in re.findall(r"pictures/([\w-]+\.svg)", page.read_text("utf-8"))
    }
    pictures = sorted((DOCS / "pictures").glob("*.svg"))
    assert {path.name for path in pictures} == shown
    for path in pictures:
        title = ElementTree.parse(path).getroot().findtext("{http://www.w3.org/2000/svg}title")
        assert title and len(title) > 20, path.name


@pytest.mark.parametrize("path", outputs.PAGES, ids=lambda path: path.name)
def test_the_outputs_that_a_page_shows_are_those_printed_today(path: Path):
    page = path.read_text(encoding="utf-8")
    assert outputs.with_outputs(page) == page, "write them anew: python -m docs.made.outputs"


def test_the_python_of_the_first_page_gives_what_it_says(tmp_path, monkeypatch):
    [block] = re.findall(r"```python\n(.*?)```", (DOCS / "index.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(block, names)
    told = records.words(names["report"].text, names["event"].trigger)
    assert f"event.trigger]  # {json.dumps(told)}" in block


@pytest.fixture(scope="module")
def extended() -> dict[str, Any]:
    """What the code of the page on extending Sitrep defines, run from top to bottom."""
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", (DOCS / "extend.md").read_text("utf-8"), re.DOTALL):
        exec(block, names)
    return names


def test_the_reader_of_the_page_reads(extended):
    document = extended["spoken"]
    assert document.text == (
        "Rebels attacked the town of Gao on Monday, and five soldiers were killed, the army said."
    )
    nothing = extended["read_subtitles"]("1\n00:00:01,000 --> 00:00:04,000\n", source="empty.srt", id="0")
    assert isinstance(nothing, records.Skipped)
    assert "ASSAULT" in {event.type for event in extended["told"].events}


def test_the_component_of_the_page_answers(extended):
    doc = extended["armed"]
    assert doc._.weapons == {event.id: ("drone", "rocket") for event in doc._.events} != {}
    assert extended["find_weapons"](extended["nlp"].make_doc("Nothing is coded here.")) == {}


def test_the_format_of_the_page_is_well_formed(extended, tmp_path):
    with extended["KmlWriter"](tmp_path / "out.kml") as writer:
        writer.write(REPORT)
    kml = "{http://www.opengis.net/kml/2.2}"
    [mark] = ElementTree.parse(tmp_path / "out.kml").iter(f"{kml}Placemark")
    assert mark.findtext(f"{kml}Point/{kml}coordinates") == "-2.25,1.5"


# What the notebook loads each tabular export into, by the name of the export.
TABULAR = {"csv", "parquet", "tables-csv", "tables-parquet", "polecat", "gdelt", "icews", "acled"}


def run_notebook(monkeypatch: pytest.MonkeyPatch, without: str | None) -> dict[str, Any]:
    """What the cells of the notebook define, but those with the word `without`, run in the root."""
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for is_code, content in notebook.cells():
        if is_code and not (without and without in content):
            exec(content, names)
    return names


def test_the_notebook_loads_every_tabular_export_into_pandas(monkeypatch):
    pytest.importorskip("pandas", reason="pandas is of the extra `docs`")
    names = run_notebook(monkeypatch, without="duckdb")
    reports, files = names["reports"], names["files"]
    events = [event for report in reports for event in report.events]
    assert (
        len(names["events"]) == len(names["tables"]["events"]) == len(names["same"]["events"]) == len(events)
    )
    assert len(names["nested"]) == len(reports)
    assert all(f'files["{name}"]' in notebook.NOTEBOOK.read_text("utf-8") for name in TABULAR)
    happened = sum(event.status == "happened" for event in events)
    assert len(names["polecat"]) == happened
    assert len(names["gdelt"]) > 0 and len(names["icews"]) > 0 and len(names["acled"]) > 0
    assert (
        files["geojson"].with_name("map.svg").read_text("utf-8").count("<circle") == len(names["marks"]) > 0
    )


def test_the_notebook_loads_every_table_into_duckdb(monkeypatch):
    pytest.importorskip("pandas", reason="pandas is of the extra `docs`")
    pytest.importorskip("duckdb", reason="duckdb is of the extra `docs`")
    names = run_notebook(monkeypatch, without=None)
    for name, table in names["in_duckdb"].items():
        if name in names:
            assert name == "nested" or len(table) == len(names[name]), name
