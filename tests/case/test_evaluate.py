"""How accurate the coder is on a user's own material, and what people decided as gold sets."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from sitrep.case import CaseError
from sitrep.case.evaluate import Share, share
from tests.case.stories import AGAIN, BOMBED, BOMBED_MORE, DENIED, NEWER, SEIZED, STORIES, case_of, key


@pytest.fixture
def case(tmp_path):
    with case_of(tmp_path / "a.sitrep", *STORIES) as opened:
        opened.review.accept(key(SEIZED), who="Mia")
        opened.review.accept(key(DENIED), who="Mia")
        opened.review.correct(key(AGAIN), {"type": "ASSAULT"}, who="Mia")
        opened.review.reject(key(BOMBED), who="Mia")
        yield opened


# Wilson (1927), as statsmodels' proportion_confint(method="wilson") gives them.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 100, 0.7222, 0.8749),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_wilsons_interval(right, of, low, high):
    assert share(right, of) == Share(right, of, right / of, low, high)


def test_of_none_there_is_no_share():
    assert share(0, 0) == Share(0, 0, None, None, None)


def test_shares_of_what_people_judged(case):
    found = case.evaluate()
    assert (found.judged, found.events.right, found.untouched.right) == (4, 3, 2)
    fields = dict(found.fields)
    assert (fields["type"].right, fields["type"].of, fields["actors"].right) == (2, 3, 3)
    assert {name: (one.right, one.of) for name, one in found.types} == {"COERCE": (3, 3), "ASSAULT": (0, 1)}
    assert found.found_again == share(3, 3)


def test_only_the_events_of_a_sample_count(case):
    found = case.evaluate([key(BOMBED), key(BOMBED_MORE)])
    assert (found.judged, found.events.right) == (1, 0)


def test_what_a_newer_coder_loses_is_seen(case):
    case.add(replace(SEIZED, coder=NEWER, events=()))
    assert case.evaluate().found_again == share(2, 3)


def test_an_undone_decision_does_not_count(case):
    [first, *_] = case.review.log()
    case.review.undo(first.id, who="Mia")
    assert case.evaluate().judged == 3


def test_gold_holds_what_was_accepted_or_corrected_and_nothing_else(case):
    rows = {row["id"]: row for row in case.gold("relation")}
    assert {id: row["type"] for id, row in rows.items()} == {
        key(SEIZED): "COERCE",
        key(DENIED): "COERCE",
        key(AGAIN): "ASSAULT",
    }
    row = rows[key(SEIZED)]
    assert [row["text"][start:end] for start, end in row["actor"]] == ["the Orvian army"]
    assert [row["text"][start:end] for start, end in row["recipient"]] == ["Ridge Front"]


def test_gold_for_places_marks_what_nobody_judged_as_unknown(case):
    [row, *_] = case.gold("places")
    [place] = row["places"]
    assert (row["text"][place["start"] : place["end"]], place["lat"], place["geonameid"]) == ("Kelm", 31.2, 7)


def test_gold_for_attribution_and_event_location(case):
    [said] = case.gold("attribution")
    [one] = said["attributions"]
    assert [said["text"][start:end] for start, end in one["source"]] == ["Ana Sool"]
    row = next(row for row in case.gold("event_location") if row["id"] == key(SEIZED))
    assert [row["text"][start:end] for start, end in row["locations"]] == ["Kelm"]
    assert row["text"][row["verb"][0] : row["verb"][1]] == "seized"


def test_an_unknown_gold_set_is_refused(case):
    with pytest.raises(CaseError, match="there are relation, roles"):
        case.gold("moods")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("task", "figure"),
    [("relation", "accuracy"), ("roles", "f1"), ("places", "end_to_end_f1"), ("event_location", "right")],
)
def test_the_public_scorer_reads_our_gold(case, shared, tmp_path, task, figure):
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in case.gold(task)), encoding="utf-8")
    scorer = shared / "eval" / "score.py"
    said = subprocess.run(
        [sys.executable, scorer, task, gold, gold], capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout)[figure] == 1.0


@pytest.mark.shared
def test_the_attribution_scorer_reads_our_gold(case, shared, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in case.gold("attribution")), encoding="utf-8")
    scorer = shared / "eval" / "score_attribution.py"
    said = subprocess.run([sys.executable, scorer, gold, gold], capture_output=True, text=True, check=True)
    assert json.loads(said.stdout)["attribution_strict"]["f1"] == 1.0
