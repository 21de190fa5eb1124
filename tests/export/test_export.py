"""Each format keeps what it promises, and a run that stops keeps what it has."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sitrep.export import open_writer
from sitrep.export.flat import COLUMNS, event_rows, speakers
from sitrep.records import Report, from_json
from tests.samples import REPORT


def written(path: Path, *reports: Report) -> Path:
    with open_writer(path) as writer:
        for report in reports:
            writer.write(report)
    return path


def test_jsonl_gives_the_report_back(tmp_path):
    lines = written(tmp_path / "r.jsonl", REPORT, REPORT).read_text(encoding="utf-8").splitlines()
    assert [from_json(Report, json.loads(line)) for line in lines] == [REPORT, REPORT]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_of_reports(tmp_path, count):
    records = json.loads(written(tmp_path / "r.json", *[REPORT] * count).read_text(encoding="utf-8"))
    assert [from_json(Report, record) for record in records] == [REPORT] * count


def test_parquet_gives_the_report_back(tmp_path):
    [row] = pq.read_table(written(tmp_path / "r.parquet", REPORT)).to_pylist()
    row["coder"]["models"] = dict(row["coder"]["models"])
    row["published"] = row["published"].isoformat()
    for part in (*row["times"], *row["events"]):
        part["earliest"], part["latest"] = part["earliest"].isoformat(), part["latest"].isoformat()
    assert from_json(Report, row) == REPORT


def test_parquet_has_its_columns_even_without_reports(tmp_path):
    assert pq.read_table(written(tmp_path / "r.parquet")).column_names[:3] == ["id", "source", "url"]


def test_csv_is_one_row_an_event_with_names_for_ids(tmp_path):
    with written(tmp_path / "r.csv", REPORT).open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row) == COLUMNS
    assert (row["actors"], row["recipients"], row["place"], row["according_to"]) == (
        "Orvian army",
        "rebels",
        "Kelm",
        "Ana Sool",
    )
    assert (row["killed_low"], row["killed_high"], row["mode"]) == ("12", "", "")


def test_csv_never_hands_a_spreadsheet_a_formula(tmp_path):
    with written(tmp_path / "r.csv", replace(REPORT, title="=HYPERLINK(1)")).open(
        encoding="utf-8-sig"
    ) as file:
        [row] = csv.DictReader(file)
    assert row["title"] == "'=HYPERLINK(1)"
    assert float(row["longitude"]) == -2.25  # a negative number is no formula


def test_a_report_without_events_has_no_row():
    assert list(event_rows(replace(REPORT, events=()))) == []


def test_own_voice_has_no_speaker():
    assert speakers(REPORT, REPORT.events[0]) == ["Ana Sool"]
    assert speakers(REPORT, replace(REPORT.events[0], according_to=())) == []


def test_an_unknown_suffix_is_an_error_that_lists_the_known(tmp_path):
    with pytest.raises(ValueError, match=r'"r.xlsx" names no format .* \.jsonl, \.json, \.csv, \.parquet'):
        open_writer(tmp_path / "r.xlsx")
