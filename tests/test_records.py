"""The data model: what is written can be read again, and says exactly what design promises."""

from __future__ import annotations

import json

import pytest

from sitrep.records import Document, Report, Toll, from_json, spans_in, to_json, words
from tests.samples import REPORT, TEXT, where


def test_a_report_survives_json():
    assert from_json(Report, json.loads(json.dumps(to_json(REPORT)))) == REPORT


def test_a_document_survives_json():
    document = Document("sha256:00", "a.txt", TEXT, authors=("Jo Reed",))
    assert from_json(Document, json.loads(json.dumps(to_json(document)))) == document


def test_an_unknown_field_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="Document has no field headline; it has id, source, text"):
        from_json(Document, {"id": "x", "source": "y", "text": "", "headline": "z"})


def test_json_fields_are_those_of_the_record_in_its_order():
    assert list(to_json(REPORT)) == [
        "id", "source", "url", "publisher", "section", "title", "authors", "published", "language", "text",
        "removed", "actors", "places", "times", "attributions", "events", "control", "coder",
    ]  # fmt: skip
    assert list(to_json(REPORT.events[0])) == [
        "id", "type", "mode", "contexts", "quad", "score", "actors", "recipients", "place", "earliest", "latest",
        "inferred", "status", "according_to", "trigger", "evidence", "killed", "injured", "crowd", "confidence",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("toll", "written"),
    [
        (Toll(4, 4, ()), "4"), (Toll(4, 7, ()), "4 to 7"), (Toll(4, None, ()), "at least 4"), (Toll(0, 0, ()), "0"),
        (Toll(1200, 15000, ()), "1,200 to 15,000"), (Toll(1200, None, ()), "at least 1,200"),
    ],
)  # fmt: skip
def test_a_toll_is_written_as_people_write_it(toll, written):
    assert str(toll) == written


def test_absent_is_null_and_never_an_empty_string():
    assert to_json(REPORT.events[0])["mode"] is None
    assert '""' not in json.dumps(to_json(REPORT))


def test_a_span_cuts_out_its_words():
    assert words(TEXT, REPORT.actors[0].mentions) == ["the Orvian army"]


def test_spans_in_finds_the_spans_at_every_depth():
    found = set(spans_in(REPORT))
    assert {where("Monday"), where("at least 12"), where("said"), where("Kelm"), where("seized")} <= found
    assert not list(spans_in(Document("x", "y", "z")))
