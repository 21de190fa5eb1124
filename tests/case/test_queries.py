"""Asking a case: filters, search, and what is said where nothing can match."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.case import Filter, FilterError
from tests.case.stories import (
    AGAIN,
    BOMBED,
    BOMBED_MORE,
    COPY,
    DENIED,
    HELD,
    SEIZED,
    STORIES,
    VISITED,
    case_of,
    key,
)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with case_of(tmp_path_factory.mktemp("case") / "a.sitrep", *STORIES) as opened:
        yield opened


KELM, ZUHRA = [SEIZED, AGAIN, COPY, DENIED], [BOMBED, BOMBED_MORE]


@pytest.mark.parametrize(
    ("asked", "reports"),
    [
        (Filter(), STORIES),
        (Filter(actor="Sool"), [HELD, VISITED]),
        (Filter(actor="ANA SOOL"), [HELD, VISITED]),
        (Filter(actor="nobody 100%"), []),
        (Filter(source="Ana Sool"), [DENIED]),
        (Filter(type="assault"), ZUHRA),
        (Filter(type="ASSAULT/aerial"), ZUHRA),
        (Filter(type="ASSAULT/firearms"), []),
        (Filter(place="Kelm"), KELM),
        (Filter(place="zuhrah"), ZUHRA),
        (Filter(place="name:ORV:dar awin"), [VISITED]),
        (Filter(near=(31.95, 13.0, 15)), ZUHRA),
        (Filter(near=(0, 0, 100)), []),
        (Filter(since=date(2021, 3, 5), until=date(2021, 3, 6)), ZUHRA),
        (Filter(until=date(2021, 3, 1)), KELM),
        (Filter(since=date(2021, 3, 8)), [VISITED]),
        (Filter(status="denied"), [DENIED]),
        (Filter(publisher="lantern post"), [AGAIN, BOMBED_MORE]),
        (Filter(publisher="Lantern Post", place="Kelm"), [AGAIN]),
        (Filter(decision="none"), STORIES),
        (Filter(decision="rejected"), []),
    ],
)
def test_filters(case, asked, reports):
    assert {row["event"] for row in case.events(asked)} == {key(report) for report in reports}
    assert {telling.report for telling in case.tellings(asked)} == {report.id for report in reports}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Filter(type="ASSALT"), "Did you mean ASSAULT"),
        (Filter(type="COERCE/siege"), "no mode"),
        (Filter(status="happend"), "Did you mean happened"),
        (Filter(place="Paris"), "no report|No report"),
        (Filter(publisher="Lantern"), "Did you mean Lantern Post"),
        (Filter(country="Atlantis"), "no country we know"),
        (Filter(decision="maybe"), "no decision on an event"),
    ],
)
def test_a_filter_that_can_match_nothing_says_what_there_is(case, asked, said):
    with pytest.raises(FilterError, match=said):
        case.events(asked)


def test_a_country_is_known_by_name_and_code(case):
    assert case.events(Filter(country="France")) == case.events(Filter(country="FRA")) == []


def test_events_come_in_the_order_of_days_and_no_more_than_asked_for(case):
    days = [row["earliest"] or row["published"] for row in case.events()]
    assert days == sorted(days)
    assert case.events(limit=3) == case.events()[:3]


def test_a_row_says_all_that_an_analyst_needs(case):
    [row] = case.events(Filter(publisher="Atlas Monitor", status="denied"))
    wanted = {
        "event": key(DENIED), "who": "Orvian army", "whom": "Ridge Front", "type": "COERCE", "mode": "seize",
        "place": "Kelm", "latitude": 31.2, "longitude": 14.9, "country": "ORV", "earliest": "2021-03-01",
        "status": "denied", "according_to": "Ana Sool", "publisher": "Atlas Monitor", "sentence": DENIED.text,
        "confidence": 0.9, "decision": None, "corrected": [], "report": DENIED.id,
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_incidents_of_several_sources(case):
    assert {incident.type for incident in case.incidents(least_sources=2)} == {"COERCE", "ASSAULT"}
    assert [incident.type for incident in case.incidents(least_sources=3)] == ["COERCE"]
    assert case.incidents(Filter(publisher="Atlas Monitor", place="Kelm")) == case.incidents(least_sources=3)


def test_an_incident_that_is_not_there_is_said(case):
    with pytest.raises(KeyError):
        case.incident("i0")


def test_claims_that_are_contradicted(case):
    said = {claim.claim.telling: claim for claim in case.claims(contradicted=True)}
    assert set(said) == {key(report) for report in (*KELM, *ZUHRA)} - {key(BOMBED), key(BOMBED_MORE)}
    assert said[key(DENIED)].claim.source.name == "Ana Sool"
    assert said[key(DENIED)].sentence == DENIED.text


def test_who_held_what_on_a_day(case):
    on = {held.place.name for held in case.control(at=date(2021, 3, 1))}
    assert on == {"Kelm"}
    assert {held.place.name for held in case.control(at=date(2021, 3, 8))} == {"Kelm", "Port Sela"}
    assert {held.place.name for held in case.control(holder="ridge")} == {"Port Sela"}
    assert case.control(at=date(2021, 2, 1)) == []


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        ("fighting", [SEIZED, COPY]),
        ("fight", [SEIZED, COPY]),
        ('"air raid"', [BOMBED_MORE]),
        ("raid OR jets", ZUHRA),
        ("ridge NOT kelm", [BOMBED, BOMBED_MORE, HELD, VISITED]),
        ("resid*", [AGAIN]),
        ("title:bombed", ZUHRA),
        ("al-Kelm's (town", []),
        ("port-sela", [HELD]),
        ('"', []),
        ("", []),
    ],
)  # fmt: skip
def test_search(case, words, reports):
    assert {hit.report for hit in case.search(words)} == {report.id for report in reports}


def test_a_hit_shows_what_matched_and_the_events_it_tells(case):
    [hit] = case.search('"air raid"')
    assert "‹air raid›" in hit.snippet and hit.events == (key(BOMBED_MORE),)


def test_search_with_a_filter_finds_reports_with_such_an_event(case):
    assert [hit.report for hit in case.search("orvian", Filter(type="CONSULT"))] == [HELD.id]


def test_actors_come_with_the_most_reported_first(case):
    assert [actor.name for actor in case.actors(least_reports=3)] == [
        "Orvian army",
        "Ridge Front",
        "Ana Sool",
    ]
    assert [actor.name for actor in case.actors("actor:none")] == []
    assert case.actors(case.actors("Sool")[0].id) == case.actors("Sool")
