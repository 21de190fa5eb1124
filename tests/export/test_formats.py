"""The formats of other tools: the columns they publish, what maps to them, and what has no place in them."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import spacy
from spacy.tokens import DocBin

from sitrep.export import FORMATS, open_format
from sitrep.export import acled as acled_format
from sitrep.export import gdelt as gdelt_format
from sitrep.export.acled import event_types
from sitrep.export.tables import TABLES
from sitrep.export.told import told_in
from sitrep.records import Report, from_json
from tests.samples import REPORT, TEXT

DENIED = replace(REPORT, events=(replace(REPORT.events[0], status="denied"),))
LIBYAN = replace(
    REPORT,
    actors=tuple(replace(actor, country="LBY" if actor.country else None) for actor in REPORT.actors),
    places=tuple(replace(place, country="LBY") for place in REPORT.places),
)


def written(tmp_path: Path, name: str, *reports: Report) -> Path:
    path = tmp_path / f"out{FORMATS[name].suffix or ''}"
    with open_format(name, path) as writer:
        for report in reports:
            writer.write(report)
    return path


def table(path: Path, tabs: bool = True, columns: tuple[str, ...] | None = None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        dialect = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if tabs else {}
        return list(csv.DictReader(file, fieldnames=columns, **dialect))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_takes_no_reports_and_several(tmp_path: Path, name: str):
    assert written(tmp_path, name).exists()
    assert written(tmp_path, name, REPORT, DENIED).exists()


def test_a_format_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match='no format "gdlt"'):
        open_format("gdlt", tmp_path / "x")
    with pytest.raises(ValueError, match="is no folder"):
        open_format("gdelt", tmp_path / "missing" / "x")


@pytest.mark.parametrize("name", ["polecat", "gdelt", "icews", "acled"])
def test_what_was_denied_is_no_row_where_there_is_no_status(tmp_path: Path, name: str):
    tabs = name != "acled"
    columns = gdelt_format.COLUMNS if name == "gdelt" else None
    assert len(table(written(tmp_path, name, REPORT), tabs, columns)) == 1
    assert table(written(tmp_path, name, DENIED), tabs, columns) == []


def test_geojson_puts_longitude_first(tmp_path: Path):
    [feature] = json.loads(written(tmp_path, "geojson", REPORT).read_text(encoding="utf-8"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-2.25, 1.5]}
    assert (feature["properties"]["type"], feature["properties"]["killed_low"]) == ("ASSAULT", 12)


def test_polecat_row(tmp_path: Path):
    [row] = table(written(tmp_path, "polecat", LIBYAN))
    assert len(row) == 40
    assert {key: value for key, value in row.items() if value} == {
        "Event ID": "sha256:00/e1", "Event Date": "2021-03-01", "Event Type": "ASSAULT", "Intensity": "-9.0",
        "Quad Code": "4", "Contexts": "military", "Actor Name": "Orvian army", "Actor Country": "LBY",
        "Primary Actor Sector": "MIL", "Actor Sectors": "MIL", "Actor Name Raw": "the Orvian army",
        "Recipient Name": "rebels", "Primary Recipient Sector": "REB", "Recipient Sectors": "REB",
        "Recipient Name Raw": "at least 12 rebels", "Placename": "Kelm", "City": "Kelm", "Province": "North",
        "Country": "Libya", "Latitude": "1.5", "Longitude": "-2.25", "GeoNames ID": "7", "Raw Placename": "Kelm",
        "Feature Type": "PPL", "Source": "Harbour Wire", "Publication Date": "2021-03-02", "Story People": "Ana Sool",
        "Story Locations": "Kelm", "Language": "en", "Version": "0.1.0",
    }  # fmt: skip


def test_gdelt_row_has_58_columns_and_cameo_codes(tmp_path: Path):
    [row] = table(written(tmp_path, "gdelt", LIBYAN), columns=gdelt_format.COLUMNS)
    assert len(gdelt_format.COLUMNS) == 58
    shown = {key: row[key] for key in (
        "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor2Code", "Actor2Type1Code", "EventRootCode",
        "QuadClass", "ActionGeo_CountryCode", "ActionGeo_Lat", "DATEADDED", "GoldsteinScale", "SOURCEURL",
    )}  # fmt: skip
    assert shown == {
        "SQLDATE": "20210301", "MonthYear": "202103", "Year": "2021", "FractionDate": "2021.2493", "Actor1Code": "LBYMIL",
        "Actor2Code": "REB", "Actor2Type1Code": "REB", "EventRootCode": row["EventCode"][:2], "QuadClass": "4",
        "ActionGeo_CountryCode": "LY", "ActionGeo_Lat": "1.5", "DATEADDED": "20210302", "GoldsteinScale": "",
        "SOURCEURL": "https://example.org/kelm",
    }  # fmt: skip
    assert row["GLOBALEVENTID"].isdigit()


def test_dyadic_formats_have_a_row_for_each_pair(tmp_path: Path):
    three = replace(REPORT, events=(replace(REPORT.events[0], actors=("a1", "a3")),))
    assert [row["Source Name"] for row in table(written(tmp_path, "icews", three))] == [
        "Orvian army",
        "Ana Sool",
    ]
    alone = replace(REPORT, events=(replace(REPORT.events[0], recipients=()),))
    assert [row["Target Name"] for row in table(written(tmp_path, "icews", alone))] == [""]


def test_acled_row_of_an_armed_clash(tmp_path: Path):
    [row] = table(written(tmp_path, "acled", LIBYAN), tabs=False)
    assert tuple(row) == acled_format.COLUMNS
    assert {key: row[key] for key in (
        "event_date", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "inter1", "inter2",
        "civilian_targeting", "iso", "geo_precision", "fatalities", "source",
    )} == {
        "event_date": "2021-03-01", "time_precision": "1", "disorder_type": "Political violence", "event_type": "Battles",
        "sub_event_type": "Armed clash", "actor1": "Orvian army (Libya)", "inter1": "State forces",
        "inter2": "Rebel group", "civilian_targeting": "", "iso": "434", "geo_precision": "1", "fatalities": "12",
        "source": "Harbour Wire",
    }  # fmt: skip
    assert row["notes"].endswith("According to Ana Sool.")


@pytest.mark.parametrize(
    "type, mode, expected",
    [
        ("ASSAULT", "drone", ("Explosions/Remote violence", "Air/drone strike")),
        ("PROTEST", "demo", ("Protests", "Peaceful protest")),
        ("PROTEST", "strike", ("Protests", None)),
        ("RETREAT", "withdraw", ("Strategic developments", "Non-violent transfer of territory")),
        ("CONSULT", None, None),
        ("ACCUSE", None, None),
    ],
)
def test_what_acled_records_and_what_it_does_not(type: str, mode: str | None, expected: object):
    [told] = told_in(replace(REPORT, events=(replace(REPORT.events[0], type=type, mode=mode),)))
    assert event_types(told) == expected


@pytest.mark.parametrize(
    ("type", "mode", "targeting"),
    [("ASSAULT", "beat", "Civilian targeting"), ("COERCE", "arrest", ""), ("PROTEST", "demo", "")],
)
def test_only_violence_targets_civilians(tmp_path: Path, type: str, mode: str, targeting: str):
    crowd = replace(LIBYAN.actors[1], sectors=("CVL",))
    actors = tuple(crowd if actor.id == crowd.id else actor for actor in LIBYAN.actors)
    event = replace(LIBYAN.events[0], type=type, mode=mode, recipients=(crowd.id,))
    [row] = table(written(tmp_path, "acled", replace(LIBYAN, actors=actors, events=(event,))), tabs=False)
    assert row["civilian_targeting"] == targeting


def test_ftm_entities_point_to_each_other(tmp_path: Path):
    entities = [
        json.loads(line) for line in written(tmp_path, "ftm", LIBYAN).read_text(encoding="utf-8").splitlines()
    ]
    by_schema = {entity["schema"]: entity for entity in entities}
    assert set(by_schema) == {"Article", "Person", "Event"}  # "rebels" and "army" are groups without a name
    person = by_schema["Person"]["properties"]
    assert (person["name"], person["country"], person["position"]) == (["Ana Sool"], ["ly"], ["General"])
    assert by_schema["Event"]["properties"]["proof"] == [by_schema["Article"]["id"]]


def test_timemap_has_its_source_beside_each_event(tmp_path: Path):
    content = json.loads(written(tmp_path, "timemap", REPORT).read_text(encoding="utf-8"))
    [event] = content["events"]
    assert set(event["sources"]) <= set(content["sources"])
    assert {one["id"] for one in content["associations"]} == set(event["associations"])


def test_docbin_gives_the_words_and_the_record_back(tmp_path: Path):
    [doc] = DocBin().from_disk(written(tmp_path, "docbin", REPORT)).get_docs(spacy.blank("en").vocab)
    assert [(span.text, span.label_, span.id_) for span in doc.spans["events"]] == [
        ("seized", "ASSAULT", "e1")
    ]
    assert from_json(Report, json.loads(doc.user_data["sitrep"])) == REPORT


def test_jsonld_makes_a_claim_of_what_somebody_says(tmp_path: Path):
    def kinds(report: Report) -> list[str]:
        graph = json.loads(written(tmp_path, "jsonld", report).read_text(encoding="utf-8"))["@graph"]
        return [node["@type"] for node in graph]

    own_voice = replace(REPORT, events=(replace(REPORT.events[0], according_to=()),))
    assert kinds(REPORT) == ["NewsArticle", "Claim"]
    assert kinds(own_voice) == ["NewsArticle", "Event"]


def test_brat_spans_cut_out_their_words(tmp_path: Path):
    folder = written(tmp_path, "brat", replace(REPORT, text=TEXT))
    [text], [lines] = (
        [path.read_text(encoding="utf-8") for path in folder.glob(f"*.{end}")] for end in ("txt", "ann")
    )
    for line in re.findall(r"^T\d+\t\S+ ([\d ;]+)\t(.+)$", lines, re.MULTILINE):
        parts = [text[int(start) : int(end)] for start, end in (part.split() for part in line[0].split(";"))]
        assert " ".join(parts) == line[1]
    assert re.search(r"^E1\tASSAULT:T\d+ Actor:T\d+ Recipient:T\d+ Place:T\d+$", lines, re.MULTILINE)
    assert "Status E1 happened" in lines


def test_label_studio_ties_an_event_to_its_parties(tmp_path: Path):
    [task] = json.loads(written(tmp_path, "label-studio", REPORT).read_text(encoding="utf-8"))
    results = task["predictions"][0]["result"]
    named = {one["id"]: one["value"]["text"] for one in results if one["type"] == "labels"}
    ties = {
        (named[one["from_id"]], one["labels"][0], named[one["to_id"]])
        for one in results
        if one["type"] == "relation"
    }
    assert ("seized", "actor", "the Orvian army") in ties
    assert all(TEXT[v["start"] : v["end"]] == v["text"] for one in results if (v := one.get("value")))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_have_keys_between_them(tmp_path: Path, kind: str):
    folder = written(tmp_path, f"tables-{kind}", REPORT)
    assert {path.stem for path in folder.iterdir()} == set(TABLES)
    read = (lambda name: pq.read_table(folder / f"{name}.parquet").to_pylist()) if kind == "parquet" else (
        lambda name: table(folder / f"{name}.csv", tabs=False))  # fmt: skip
    assert (
        {row["report"] for row in read("events")}
        == {row["report"] for row in read("reports")}
        == {"sha256:00"}
    )
    assert {row["actor"] for row in read("event_parties")} <= {row["actor"] for row in read("actors")}
    assert [row["attribution"] for row in read("event_sources")] == [
        row["attribution"] for row in read("attributions")
    ]


def test_a_spreadsheet_runs_no_formula_of_a_report(tmp_path: Path):
    evil = replace(REPORT, publisher="=HYPERLINK()")
    [row] = table(written(tmp_path, "acled", evil), tabs=False)
    assert row["source"] == "'=HYPERLINK()"


def test_a_tab_in_a_name_makes_no_column(tmp_path: Path):
    [row] = table(written(tmp_path, "polecat", replace(REPORT, publisher="Harbour\tWire\nToday")))
    assert row["Source"] == "Harbour Wire Today"
    assert None not in row


def test_every_format_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []
