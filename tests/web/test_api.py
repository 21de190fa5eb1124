"""The JSON API answers what the case holds, takes decisions, and says what was wrong with a question."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sitrep.case import open_case
from sitrep.records import Incident, Report, from_json, to_json
from tests.case.stories import AGAIN, BOMBED, COPY, DENIED, SEIZED, key
from tests.web.stories import hostile


def test_a_report_comes_out_as_it_went_in(client: TestClient) -> None:
    assert from_json(Report, client.get(f"/api/reports/{SEIZED.id}").json()) == SEIZED


def test_incidents_are_those_of_the_case_the_last_first(client: TestClient, case: Path) -> None:
    page = client.get("/api/incidents").json()
    with open_case(case, read_only=True) as opened:
        assert {row["id"] for row in page["rows"]} == {incident.id for incident in opened.incidents()}
    days = [row["day"] for row in page["rows"]]
    assert days == sorted(days, reverse=True)
    assert page["total"] == len(page["rows"])


def test_an_incident_is_the_record_itself(client: TestClient, case: Path) -> None:
    [row] = client.get("/api/incidents", params={"type": "COERCE", "status": "happened"}).json()["rows"]
    with open_case(case, read_only=True) as opened:
        assert client.get(f"/api/incidents/{row['id']}").json() == to_json(opened.incident(row["id"]))
        assert from_json(Incident, client.get(f"/api/incidents/{row['id']}").json()) == opened.incident(
            row["id"]
        )


@pytest.mark.parametrize("format", ["md", "html", "json", "pdf"])
def test_an_incident_is_given_to_be_kept_with_all_it_rests_on(client: TestClient, format: str) -> None:
    [row] = client.get("/api/incidents", params={"type": "COERCE", "least": "3"}).json()["rows"]
    answer = client.get(f"/api/incidents/{row['id']}/sources", params={"format": format})
    assert f'filename="incident-{row["id"]}.{format}"' in answer.headers["content-disposition"]
    if format == "pdf":
        assert answer.content.startswith(b"%PDF")
        return
    text = html.unescape(answer.content.decode())
    assert all(report.text.removesuffix(" More soon.") in text for report in (SEIZED, AGAIN, COPY, DENIED))
    assert all(report.publisher in text for report in (SEIZED, AGAIN, COPY, DENIED))
    assert BOMBED.text not in text


def test_reports_are_listed_with_what_is_judged_and_copied(client: TestClient) -> None:
    rows = {row["id"]: row for row in client.get("/api/reports").json()}
    assert [rows[AGAIN.id][name] for name in ("events", "judged", "copies")] == [1, 0, None]
    assert rows[COPY.id]["copies"] is not None and rows[COPY.id]["published"] == "2021-03-04"


def test_a_page_of_incidents_is_a_part_of_them(client: TestClient) -> None:
    whole = client.get("/api/incidents").json()
    part = client.get("/api/incidents", params={"offset": 1, "limit": 2}).json()
    assert (part["total"], part["rows"]) == (whole["total"], whole["rows"][1:3])


@pytest.mark.parametrize(
    "sort", ["day", "-sources", "who", "place", "credibility", "-killed", "type", "status", "whom", "by"]
)
def test_incidents_can_be_sorted(client: TestClient, sort: str) -> None:
    rows = client.get("/api/incidents", params={"sort": sort}).json()["rows"]
    backwards = client.get(
        "/api/incidents", params={"sort": sort.removeprefix("-") if "-" in sort else f"-{sort}"}
    )
    assert {row["id"] for row in rows} == {row["id"] for row in backwards.json()["rows"]}


def test_the_situation_counts_each_incident_once_on_the_timeline(client: TestClient) -> None:
    found = client.get("/api/situation").json()
    assert (
        sum(bar[3] for bar in found["bars"]) == found["total"] == client.get("/api/incidents").json()["total"]
    )


def test_events_are_rows_of_the_event_table(client: TestClient) -> None:
    rows = client.get("/api/events", params={"type": "ASSAULT"}).json()
    assert {row["event"] for row in rows} >= {key(BOMBED)}
    assert {row["type"] for row in rows} == {"ASSAULT"}


def test_the_other_questions_are_answered(client: TestClient) -> None:
    assert client.get("/api/case").json()["reports"] == 10
    assert len(client.get("/api/reports").json()) == 10
    assert "Ridge Front" in {actor["name"] for actor in client.get("/api/actors").json()}
    assert client.get("/api/claims", params={"contradicted": True}).json()
    assert "Kelm" in {held["place"]["name"] for held in client.get("/api/control").json()}
    assert SEIZED.id in {hit["report"] for hit in client.get("/api/search", params={"q": "seized"}).json()}


@pytest.mark.parametrize(
    ("format", "begins"), [("md", b"# Situation"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")]
)
def test_a_brief_is_given_to_be_kept(client: TestClient, format: str, begins: bytes) -> None:
    answer = client.get("/api/brief", params={"from": "2021-03-01", "to": "2021-03-09", "format": format})
    assert answer.content.startswith(begins)
    assert (
        answer.headers["content-disposition"]
        == f'attachment; filename="brief-2021-03-01-2021-03-09.{format}"'
    )


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/incidents?type=WAR", "WAR"),
        ("/api/incidents?status=maybe", "maybe"),
        ("/api/incidents?quad=grey", "grey"),
        ("/api/incidents?from=31/02/2021", "31/02/2021"),
        ("/api/incidents?box=1,2,3", "1,2,3"),
        ("/api/incidents?least=many", "many"),
        ("/api/incidents?sort=colour", "colour"),
        ("/api/incidents?publisher=Nobody", "Nobody"),
        ("/api/incidents?place=Nowhere", "Nowhere"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_was_wrong(
    client: TestClient, path: str, told: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/incidents/none", "/api/reports/none", "/api/jobs/none"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_decision_is_seen_everywhere_at_once(client: TestClient) -> None:
    waiting = [row["key"] for row in client.get("/api/review").json()]
    before = client.get("/api/incidents").json()["total"]
    client.post("/api/decisions", json={"kind": "reject", "event": key(BOMBED)})
    assert [row["key"] for row in client.get("/api/review").json()] == [
        one for one in waiting if one != key(BOMBED)
    ]
    rejected = {row["event"]: row["decision"] for row in client.get("/api/events").json()}
    assert rejected[key(BOMBED)] == "rejected"
    assert client.get("/api/incidents").json()["total"] <= before


def test_a_correction_is_written_as_people_write_it(client: TestClient) -> None:
    asked = {
        "kind": "correct",
        "event": key(BOMBED),
        "changes": {"killed": "3 to 5", "status": "possible"},
        "why": "read it",
    }
    made = client.post("/api/decisions", json=asked).json()
    assert (made["value"], made["why"]) == (
        {"killed": {"low": 3, "high": 5}, "status": "possible"},
        "read it",
    )


def test_an_undoing_takes_a_decision_back(client: TestClient) -> None:
    made = client.post("/api/decisions", json={"kind": "accept", "event": key(BOMBED)}).json()
    assert client.post(f"/api/decisions/{made['id']}/undo").status_code == 201
    assert client.get("/api/decisions").json()[0]["undone"]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "accept"},
        {"kind": "accept", "event": "none/e1"},
        {"kind": "correct", "event": key(BOMBED), "changes": {}},
        {"kind": "correct", "event": key(BOMBED), "changes": {"killed": "many"}},
        {"kind": "join", "which": ["one"]},
        {"kind": "grade", "publisher": "Nobody", "grade": "A"},
        {"kind": "pin_place", "place": "Kelm"},
        {"kind": "burn"},
        {"kind": "accept", "event": key(BOMBED), "who": "somebody else"},
    ],
)
def test_a_decision_that_cannot_be_made_changes_nothing(client: TestClient, asked: dict[str, object]) -> None:
    assert client.post("/api/decisions", json=asked).status_code == 422
    assert client.get("/api/decisions").json() == []


def test_the_queue_has_the_least_certain_first(client: TestClient) -> None:
    queue = client.get("/api/review").json()
    assert queue[0]["key"] == key(hostile())
    assert [one["confidence"] for one in queue] == sorted(one["confidence"] for one in queue)


@pytest.mark.parametrize(
    "asked", [{}, {"text": "  "}, {"text": "a", "url": "http://a.example"}, {"text": "a", "other": 1}]
)
def test_what_is_no_report_is_not_added(client: TestClient, asked: dict[str, object]) -> None:
    assert client.post("/api/reports", json=asked).status_code == 422


def test_the_description_is_open_api_and_names_every_request(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert {"/api/incidents", "/api/decisions", "/api/reports/{id}"} <= set(described["paths"])
    assert set(described["components"]["schemas"]["Incident"]["properties"]) == set(
        Incident.__dataclass_fields__
    )


def test_the_documentation_shows_every_request_and_needs_no_script(client: TestClient) -> None:
    page = client.get("/docs").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page
    assert "<script" not in page
    targets = set(re.findall(r"href='#(\w+)'", page))
    assert targets <= set(re.findall(r"section id='(\w+)'", page))


def test_outlines_for_the_map_come_from_here(client: TestClient) -> None:
    assert client.get("/static/outlines.json").json()["type"] == "FeatureCollection"


def test_days_are_calendar_days(client: TestClient) -> None:
    first = client.get("/api/case").json()["first"]
    assert date.fromisoformat(first) == date(2021, 3, 1)
