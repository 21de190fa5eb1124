"""People decide: who, when and why, bound to the evidence; it survives coding anew and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sitrep.case import Case, Filter, ReviewError
from sitrep.records import Event, Report, words
from tests.case.stories import (
    AGAIN,
    BOMBED,
    BOMBED_MORE,
    DENIED,
    HELD,
    NEWER,
    SEIZED,
    STORIES,
    VISITED,
    case_of,
    key,
    told,
)

NOON = datetime(2021, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    with case_of(tmp_path / "a.sitrep", *STORIES) as opened:
        yield opened


def _recoded(report: Report, **changes: object) -> Report:
    """The report as a newer coder might have it: other ids, another field."""
    [event] = report.events
    other = replace(event, id="e2", **changes)
    before = replace(
        event, id="e1", type="CONSULT", mode=None, place=None, trigger=((0, 2),), recipients=(), killed=None
    )
    return replace(report, coder=NEWER, events=(before, other))


def _row(case: Case, event: str) -> dict[str, object]:
    [row] = [row for row in case.events() if row["event"] == event]
    return row


def test_a_decision_says_who_when_and_why(case):
    made = case.review.accept(key(SEIZED), who="Mia", why="read it", at=NOON)
    assert (made.kind, made.who, made.at, made.why, made.undone) == ("accept", "Mia", NOON, "read it", None)
    assert case.review.log() == (made,)
    assert _row(case, key(SEIZED))["decision"] == "accepted"


def test_a_rejected_event_leaves_incidents_claims_and_control_but_stays_on_record(case):
    case.review.reject(key(BOMBED), who="Mia")
    case.review.reject(key(SEIZED), who="Mia")
    assert (_row(case, key(BOMBED))["decision"], _row(case, key(BOMBED))["incident"]) == ("rejected", None)
    told_by = {
        key for incident in case.incidents() for account in incident.accounts for key in account.tellings
    }
    assert not {key(BOMBED), key(SEIZED)} & told_by
    assert not {key(BOMBED), key(SEIZED)} & {said.claim.telling for said in case.claims()}
    assert key(SEIZED) not in case.control(place="Kelm")[0].holding.tellings
    assert case.report(BOMBED.id) == BOMBED


def test_a_corrected_event_is_read_as_corrected_and_the_coders_value_is_kept(case):
    case.review.correct(
        key(SEIZED), {"type": "ASSAULT", "status": "possible", "earliest": "2021-02-28"}, who="Mia"
    )
    row = _row(case, key(SEIZED))
    assert (row["type"], row["mode"], row["status"], row["earliest"]) == (
        "ASSAULT",
        None,
        "possible",
        "2021-02-28",
    )
    assert (row["decision"], row["corrected"], row["score"]) == (
        "corrected",
        ["type", "status", "earliest"],
        -9.0,
    )
    assert case.report(SEIZED.id).events[0].type == "COERCE"


def test_corrections_of_one_event_add_up_and_the_later_wins(case):
    case.review.correct(key(SEIZED), {"type": "ASSAULT", "status": "possible"}, who="Mia")
    case.review.correct(key(SEIZED), {"status": "planned"}, who="Jo")
    assert (_row(case, key(SEIZED))["type"], _row(case, key(SEIZED))["status"]) == ("ASSAULT", "planned")


def test_parties_and_place_are_corrected_by_words_of_the_report(case):
    case.review.correct_in_words(
        key(AGAIN), {"actors": "residents of the town; the Orvian army", "recipients": "none", "place": "Old Kelm @ 31.5, 15"},
        who="Mia",
    )  # fmt: skip
    row = _row(case, key(AGAIN))
    assert (row["who"], row["whom"]) == ("residents of the town; Orvian army", None)
    assert (row["place"], row["latitude"], row["longitude"]) == ("Old Kelm", 31.5, 15.0)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("3", 3, 3), ("3 to 5", 3, 5), ("3-5", 3, 5), ("3 or more", 3, None), ("none", None, None)],
)
def test_tolls_are_corrected_as_people_write_them(case, written, low, high):
    case.review.correct_in_words(key(BOMBED), {"killed": written}, who="Mia")
    row = _row(case, key(BOMBED))
    assert (row["killed_low"], row["killed_high"]) == (low, high)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "changes a field"),
        ({"titel": "x"}, "cannot be corrected"),
        ({"type": "BATTLE"}, "no event type"),
        ({"mode": "riot"}, "no mode"),
        ({"status": "over"}, "no status"),
        ({"earliest": "2021-02-30"}, "calendar date"),
        ({"earliest": "2021-03-05"}, "is after the last"),
        ({"actors": [[[0, 9999]]]}, "outside the report's text"),
        ({"place": {"latitude": 99, "longitude": 0}}, "no point on Earth"),
        ({"place": {"latitude": 9}}, "Give both"),
        ({"place": {"name": "Kelm"}}, "Say where"),
        ({"killed": {"low": 3, "high": 2}}, "a high from there on"),
        ({"contexts": ["gossip"]}, "no context"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_nothing_is_written(case, changes, said):
    with pytest.raises(ReviewError, match=said):
        case.review.correct(key(SEIZED), changes, who="Mia")
    assert case.review.log() == ()


def test_words_that_the_report_does_not_have_are_said(case):
    with pytest.raises(ReviewError, match="does not say"):
        case.review.correct_in_words(key(SEIZED), {"actors": "the Navy"}, who="Mia")


def test_an_event_is_named_by_the_start_of_its_report(case):
    short = f"{SEIZED.id.removeprefix('sha256:')[:8]}/e1"
    assert case.review.accept(short, who="Mia").target["report"] == SEIZED.id


@pytest.mark.parametrize("event", ["sha256:none/e1", "e1", "", "/e1", f"{SEIZED.id}/e7"])
def test_an_event_that_is_not_there_is_said(case, event):
    with pytest.raises(ReviewError, match="no one event"):
        case.review.accept(event, who="Mia")


def test_a_decision_without_a_person_is_refused(case):
    with pytest.raises(ReviewError, match="Say who decides"):
        case.review.accept(key(SEIZED), who=" ")


# ------------------------------------------------------------------------------------- coding anew


def test_a_decision_follows_the_words_when_a_report_is_coded_anew(case):
    case.review.reject(key(SEIZED), who="Mia")
    case.add(_recoded(SEIZED, confidence=0.5))
    assert _row(case, key(SEIZED, "e2"))["decision"] == "rejected"
    assert _row(case, key(SEIZED, "e1"))["decision"] is None


def test_a_correction_stands_where_the_newer_coder_errs_anew(case):
    case.review.correct(key(SEIZED), {"type": "ASSAULT"}, who="Mia")
    case.add(_recoded(SEIZED, type="RETREAT", mode="withdraw"))
    assert _row(case, key(SEIZED, "e2"))["type"] == "ASSAULT"


def test_what_was_accepted_as_another_type_is_not_accepted_any_more(case):
    made = case.review.accept(key(SEIZED), who="Mia")
    case.add(_recoded(SEIZED, type="ASSAULT", mode=None))
    assert _row(case, key(SEIZED, "e2"))["decision"] is None
    assert case.review.unbound() == (made,)
    case.add(SEIZED)
    assert _row(case, key(SEIZED))["decision"] == "accepted" and case.review.unbound() == ()


def test_of_events_with_one_trigger_the_one_at_the_place_decided_on_takes_it(tmp_path):
    both = told("Troops of the Orvian army seized Kelm and Zuhra from the Ridge Front.")
    [kelm] = both.events
    zuhra = replace(both.places[0], id="p2", name="Zuhra", geonameid=8, mentions=((42, 47),))
    two = replace(
        both,
        places=(*both.places, zuhra),
        events=(kelm, replace(kelm, id="e2", place="p2")),
        coder=both.coder,
    )
    with case_of(tmp_path / "b.sitrep", two) as case:
        case.review.reject(key(two, "e2"), who="Mia")
        swapped = replace(
            two, coder=NEWER, events=(replace(kelm, id="e1", place="p2"), replace(kelm, id="e2", place="p1"))
        )
        case.add(swapped)
        assert [(row["place"], row["decision"]) for row in case.events()] == [
            ("Zuhra", "rejected"),
            ("Kelm", None),
        ]


def test_a_decision_follows_words_that_moved_in_the_text(case):
    case.review.correct(key(SEIZED), {"actors": [[list(SEIZED.actors[1].mentions[0])]]}, who="Mia")
    by = len("By our reporter\n\n")

    def moved(spans):
        return tuple((start + by, end + by) for start, end in spans)

    [event] = SEIZED.events
    later = replace(
        SEIZED,
        text="By our reporter\n\n" + SEIZED.text,
        actors=tuple(replace(actor, mentions=moved(actor.mentions)) for actor in SEIZED.actors),
        places=tuple(replace(place, mentions=moved(place.mentions)) for place in SEIZED.places),
        events=(replace(event, trigger=moved(event.trigger), evidence=moved(event.evidence)),),
        coder=NEWER,
    )
    case.add(later)
    assert (_row(case, key(SEIZED))["who"], _row(case, key(SEIZED))["decision"]) == (
        "Ridge Front",
        "corrected",
    )


def test_a_decision_on_a_report_taken_out_counts_again_when_it_is_back(case):
    case.review.reject(key(BOMBED), who="Mia")
    case.remove(BOMBED.id)
    case.add(BOMBED)
    assert _row(case, key(BOMBED))["decision"] == "rejected"


# ------------------------------------------------------------------ actors, places, incidents, publishers


def test_merged_actors_are_one_and_a_split_parts_them_again(case):
    army, front = case.actors("Orvian army")[0], case.actors("Ridge Front")[0]
    case.review.merge_actors([army.id, front.id], who="Mia", at=NOON)
    [one] = case.actors("Ridge Front")
    assert set(one.names) == {*army.names, *front.names} and one.reports == army.reports + front.reports
    case.review.split_actor(list(front.names), who="Jo")
    assert [actor.names for actor in case.actors("Ridge Front")] == [front.names]


def test_a_split_keeps_a_surname_from_its_full_name(case):
    [sool] = case.actors("Sool")
    assert len(sool.names) == 2
    [short] = [name for name in sool.names if " " not in name]
    case.review.split_actor([short], who="Mia")
    assert len(case.actors("Sool")) == 2


def test_events_of_merged_actors_are_found_by_either_name(case):
    army, sool = case.actors("Orvian army")[0], case.actors("Ana Sool")[0]
    before = {row["event"] for row in case.events(Filter(actor="Ana Sool"))}
    case.review.merge_actors([army.id, sool.id], who="Mia")
    assert {row["event"] for row in case.events(Filter(actor="Ana Sool"))} > before


def test_merging_one_actor_with_itself_is_refused(case):
    with pytest.raises(ReviewError, match="two actors or more"):
        case.review.merge_actors(["org:orvian army", "org:orvian army"], who="Mia")
    with pytest.raises(ReviewError, match="no actor or name"):
        case.review.merge_actors(["org:orvian army", "org:nobody"], who="Mia")


def test_a_pinned_place_lies_there_in_every_report(case):
    case.review.pin_place("Kelm", 31.0, 15.0, name="Kelm al-Qadima", who="Mia")
    rows = case.events(Filter(place="Kelm al-Qadima"))
    assert len(rows) == 4 and {(row["latitude"], row["longitude"]) for row in rows} == {(31.0, 15.0)}
    assert case.control(place="Kelm al-Qadima")[0].place.latitude == 31.0
    assert case.report(SEIZED.id) == SEIZED


def test_a_place_may_be_pinned_in_one_report_alone(case):
    case.review.pin_place("Kelm", 10.0, 11.0, name="Kelm in the south", only_in=AGAIN.id, who="Mia")
    assert _row(case, key(AGAIN))["place"] == "Kelm in the south"
    assert _row(case, key(SEIZED))["place"] == "Kelm"


def test_a_pinned_place_can_be_pinned_again(case):
    case.review.pin_place("Kelm", 31.0, 15.0, who="Mia", at=NOON)
    case.review.pin_place("Kelm", 32.0, 16.0, who="Jo")
    assert _row(case, key(SEIZED))["latitude"] == 32.0


def test_joined_incidents_are_one(case):
    first, second = case.incidents(Filter(place="Kelm"))[0], case.incidents(Filter(place="Zuhra"))[0]
    case.review.join(first.id, second.id, who="Mia")
    [one] = case.incidents(Filter(place="Zuhra"))
    assert {row["incident"] for row in case.events(Filter(place="Kelm"))} == {one.id}


def test_a_joining_holds_when_more_accounts_come(tmp_path):
    with case_of(tmp_path / "b.sitrep", SEIZED, BOMBED) as case:
        case.review.join(key(SEIZED), key(BOMBED), who="Mia")
        case.add(AGAIN)
        case.add(BOMBED_MORE)
        assert len({row["incident"] for row in case.events()}) == 1
        before = case.derived()
        case.rebuild()
        assert case.derived() == before


def test_parted_events_are_incidents_of_their_own_and_later_accounts_choose(case):
    case.review.part([key(DENIED)], who="Mia")
    assert len({_row(case, key(DENIED))["incident"], _row(case, key(SEIZED))["incident"]}) == 2
    assert _row(case, key(AGAIN))["incident"] == _row(case, key(SEIZED))["incident"]


def test_the_later_of_a_joining_and_a_parting_wins(case):
    case.review.part([key(DENIED)], who="Mia", at=NOON)
    case.review.join(key(DENIED), key(SEIZED), who="Jo", at=NOON.replace(hour=13))
    assert _row(case, key(DENIED))["incident"] == _row(case, key(SEIZED))["incident"]


def test_an_event_alone_cannot_be_parted(case):
    with pytest.raises(ReviewError, match="nothing to part"):
        case.review.part([key(HELD)], who="Mia")


def test_a_grade_changes_what_is_credible(case):
    [before] = case.incidents(Filter(place="Zuhra"))
    case.review.grade("lantern post", "E", who="Mia")
    [after] = case.incidents(Filter(place="Zuhra"))
    assert (before.credibility.grade, after.credibility.grade) == (1, 3)
    assert case.review.grades()["Lantern Post"] == "E" and case.review.grades()["Harbour Wire"] is None
    case.review.grade("Lantern Post", None, who="Mia")
    assert case.incidents(Filter(place="Zuhra")) == [before]


def test_a_grade_that_is_none_of_the_six_or_for_nobody_is_refused(case):
    with pytest.raises(ReviewError, match="no grade"):
        case.review.grade("Lantern Post", "G", who="Mia")
    with pytest.raises(ReviewError, match="No report"):
        case.review.grade("The Unknown", "A", who="Mia")


# ----------------------------------------------------------------------------- undoing, rebuilding, order


def _all_kinds(case: Case) -> list[str]:
    army, front = case.actors("Orvian army")[0], case.actors("Ridge Front")[0]
    review = case.review
    made = [
        review.accept(key(VISITED), who="Mia"),
        review.reject(key(BOMBED), who="Mia"),
        review.correct(key(SEIZED), {"status": "possible", "killed": {"low": 2}}, who="Mia"),
        review.merge_actors([army.id, front.id], who="Mia"),
        review.split_actor(["person:sl"], who="Mia"),
        review.pin_place("Port Sela", 32.0, 13.5, who="Mia"),
        review.join(key(HELD), key(VISITED), who="Mia"),
        review.part([key(DENIED)], who="Mia"),
        review.grade("Harbour Wire", "B", who="Mia"),
    ]
    return [decision.id for decision in made]


def test_every_kind_of_decision_can_be_undone_and_all_is_as_it_was(case):
    before = case.derived()
    made = _all_kinds(case)
    assert case.derived() != before
    for id in reversed(made):
        case.review.undo(id, who="Jo")
    assert case.derived() == before
    assert len(case.review.log()) == 2 * len(made)
    assert all(decision.undone for decision in case.review.log() if decision.kind != "undo")


@pytest.mark.parametrize("kept", range(9))
def test_decisions_come_off_in_any_order(case, kept):
    made = _all_kinds(case)
    for id in made[:kept] + made[kept + 1 :]:
        case.review.undo(id, who="Jo")
    derived = case.derived()
    case.rebuild()
    assert case.derived() == derived


def test_a_rebuild_keeps_what_people_decided(case):
    _all_kinds(case)
    before = case.derived()
    case.rebuild()
    assert case.derived() == before


def test_decisions_and_reports_come_in_any_order(case):
    _all_kinds(case)
    before = case.derived()
    for report in STORIES[::2]:
        case.remove(report.id)
    for report in reversed(STORIES):
        case.add(report)
    assert case.derived() == before


def test_an_undoing_cannot_be_undone_nor_a_decision_twice(case):
    made = case.review.accept(key(SEIZED), who="Mia")
    undone = case.review.undo(made.id, who="Mia")
    for id in (made.id, undone.id):
        with pytest.raises(ReviewError, match="Decide anew"):
            case.review.undo(id, who="Mia")
    with pytest.raises(ReviewError, match="no decision"):
        case.review.undo("d0", who="Mia")


def test_a_sample_is_the_same_for_a_seed_and_a_larger_holds_the_smaller(case):
    three, five = case.review.sample(3, seed=4), case.review.sample(5, seed=4)
    assert len(set(five)) == 5 and five[:3] == three
    assert case.review.sample(3, seed=4) == three != case.review.sample(3, seed=5)


def test_the_evidence_of_a_decision_is_the_words_of_the_report(case):
    made = case.review.accept(key(SEIZED), who="Mia")
    event: Event = SEIZED.events[0]
    assert made.target["quote"] == words(SEIZED.text, event.evidence)[0]
    assert made.target["earliest"] == date(2021, 3, 1).isoformat()
