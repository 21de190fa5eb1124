"""What a case holds in short: the same as its whole records say, a line each."""

from __future__ import annotations

from datetime import date

import pytest

from tests.case.stories import AGAIN, BOMBED, COPY, DENIED, HELD, SEIZED, STORIES, case_of, key


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with case_of(tmp_path_factory.mktemp("case") / "a.sitrep", *STORIES) as opened:
        yield opened


def test_a_line_of_an_incident_says_what_the_incident_does(case):
    lines = {line.id: line for line in case.overview.incidents()}
    assert list(lines) == sorted(lines)
    for incident in case.incidents():
        line = lines.pop(incident.id)
        assert (line.type, line.mode, line.status) == (incident.type, incident.mode, incident.status)
        assert line.actors == tuple(party.name for party in incident.actors)
        assert line.sources == len({account.origin for account in incident.accounts})
        assert line.differs == bool(incident.differs)
        assert line.killed == (incident.killed and (incident.killed.low, incident.killed.high))
        assert line.events == sum(len(account.tellings) for account in incident.accounts)
    assert not lines


def test_an_incident_was_first_told_in_its_earliest_report_and_by_those_quoted_for_it(case):
    [kelm] = [line for line in case.overview.incidents() if line.sources == 3]
    assert (kelm.told, kelm.by, kelm.judged) == ("2021-03-02", ("Ana Sool",), False)


def test_reports_come_last_published_first_and_say_what_they_copy(case):
    lines = case.overview.reports()
    assert [line.published for line in lines] == sorted((line.published for line in lines), reverse=True)
    assert {line.id: line.copies for line in lines if line.copies} == {COPY.id: SEIZED.id}
    assert [line.copied_title for line in lines if line.copies] == ["seized in Kelm"]
    assert case.overview.reports(limit=2, offset=1) == lines[1:3]


def test_a_publishers_reports_are_listed_and_counted_alone(case):
    assert case.overview.count_reports() == len(case.overview.reports()) == len(STORIES)
    assert case.overview.count_reports("Lantern Post") == len(case.overview.reports("Lantern Post")) == 2
    assert case.overview.count_reports("Nobody's Post") == 0


def test_publishers_come_commonest_first_and_none_is_no_publisher(case):
    names = case.overview.publishers()
    assert names[:3] == ["Atlas Monitor", "Harbour Wire", "Lantern Post"]
    assert names[3:] == ["Morning Copy"]


def test_actors_are_listed_as_the_case_has_them(case):
    whole = [(actor.id, actor.name, actor.reports) for actor in case.actors()]
    assert [(line.id, line.name, line.reports) for line in case.overview.actors()] == whole
    assert [line.name for line in case.overview.actors("SOOL")] == ["Ana Sool"]
    assert (case.overview.count_actors("sool"), case.overview.count_actors("100%")) == (1, 0)
    keys = case.actors("Sool")[0].names
    assert case.overview.actors_of([*keys, "org:none"]) == {key: case.actors("Sool")[0].id for key in keys}
    names = case.overview.actor_names([whole[0][0], "actor:none"])
    assert names == {whole[0][0]: whole[0][1]}


def test_ties_run_from_who_did_it_to_whom_and_of_a_denial_there_is_none(case):
    army, front, sool = (case.actors(name)[0].id for name in ("Orvian army", "Ridge Front", "Ana Sool"))
    found = {(tie.source, tie.target, tie.quad): tie.incidents for tie in case.overview.ties(army)}
    assert found[army, front, "material conflict"] == 2
    assert (front, army, "material conflict") not in found
    assert (sool, army, "verbal cooperation") in found
    assert case.overview.ties_among([front, sool]) == []
    assert case.overview.ties_among([]) == []


def test_a_part_in_an_incident_is_a_doers_or_a_recipients(case):
    front = case.actors("Ridge Front")[0].id
    assert set(case.overview.roles(front).values()) == {frozenset({"recipient"})}
    assert case.overview.roles("actor:none") == {}


def test_claims_are_given_for_the_keys_that_are_there(case):
    lines = case.overview.claims([key(DENIED), "sha256:00/e1", key(BOMBED)])
    assert [(line.key, line.source, line.status) for line in lines] == [
        (key(DENIED), "Ana Sool", "denied"),
        (key(BOMBED), "Harbour Wire", "happened"),
    ]
    assert (lines[0].sentence, lines[0].said) == (DENIED.text, date(2021, 3, 3))


def test_places_have_their_keys_for_ids(case):
    assert {place.id: place.name for place in case.overview.places()} == {
        "geonames:7": "Kelm", "geonames:8": "Zuhra", "geonames:9": "Port Sela", "name:ORV:dar awin": "Dar Awin",
    }  # fmt: skip


def test_what_a_holding_rests_on_is_a_telling_or_a_statement(case):
    found = case.grounds([f"{HELD.id}/c1", key(AGAIN), "sha256:00/c1"])
    assert {ground.key: ground.sentence for ground in found.values()} == {
        f"{HELD.id}/c1": HELD.text, key(AGAIN): AGAIN.text,
    }  # fmt: skip


def test_what_the_case_makes_of_a_report_is_by_its_own_ids(case):
    known = case.known_of(SEIZED.id)
    assert known.incidents.keys() == {"e1"} and known.decisions == {}
    assert known.actors["a1"] == case.actors("Orvian army")[0].id
    assert case.known_of("sha256:00").incidents == {}


def test_the_least_certain_wait_to_be_judged_until_they_are(tmp_path):
    with case_of(tmp_path / "b.sitrep", SEIZED, BOMBED) as opened:
        waiting = opened.review.waiting()
        assert {one.key for one in waiting} == {key(SEIZED), key(BOMBED)}
        assert (waiting[0].spans, waiting[0].decision) == (
            ({SEIZED.id: SEIZED, BOMBED.id: BOMBED}[waiting[0].report].events[0].evidence),
            None,
        )
        assert opened.review.progress() == (0, 2)
        opened.review.accept(waiting[0].key, who="Mia")
        assert opened.review.waiting() == opened.review.waiting(5) == waiting[1:]
        assert opened.review.waiting(offset=1) == []
        assert opened.review.progress() == (1, 2)


def test_several_questions_at_once_have_answers_of_one_moment(tmp_path):
    path = tmp_path / "b.sitrep"
    with case_of(path, SEIZED) as writer, type(writer)(path, read_only=True) as reader:
        with reader.at_once():
            before = reader.overview.count_reports()
            writer.add(BOMBED)
            assert (before, reader.overview.count_reports(), len(reader)) == (1, 1, 1)
        assert reader.overview.count_reports() == 2


def test_the_version_differs_once_another_has_changed_the_file(tmp_path):
    path = tmp_path / "b.sitrep"
    with case_of(path, SEIZED) as writer, type(writer)(path, read_only=True) as reader:
        before = reader.version
        assert reader.version == before
        writer.add(BOMBED)
        assert reader.version != before
