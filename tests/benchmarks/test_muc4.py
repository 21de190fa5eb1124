"""The measure and the reading of whole stories in `benchmarks/muc4.py`."""

from __future__ import annotations

from benchmarks.muc4 import evaluate, matched, unwrapped

NOBODY = {
    role: []
    for role in (
        "perp_individual_id", "perp_organization_id", "phys_tgt_id", "hum_tgt_name", "incident_instrument_id",
    )
}  # fmt: skip


def test_entity_matches_by_any_of_its_mentions():
    assert matched([["BANDITS"]], [["ARMED  BANDITS", "BANDITS"]]) == 1


def test_entity_with_a_mention_that_gold_has_not_matches_nothing():
    assert matched([["BANDITS", "THIEVES"]], [["BANDITS"]]) == 0


def test_gold_entity_is_given_to_one_prediction_only():
    assert matched([["BANDITS"], ["ARMED BANDITS"]], [["ARMED BANDITS", "BANDITS"]]) == 1


def test_alignment_is_the_one_with_most_matches():
    # Taken greedily, the first prediction would use up the only gold entity of the second.
    assert matched([["MEN"], ["BANDITS"]], [["BANDITS", "MEN"], ["MEN"]]) == 2


def test_figures_pool_the_entities_of_all_stories():
    stories = [
        {"roles": {"hum_tgt_name": [["ADA OBI"]]}},
        {"roles": {"hum_tgt_name": [["JON ROE"], ["LI NA"]]}},
    ]
    predicted = [NOBODY | {"hum_tgt_name": [["ADA OBI"]]}, NOBODY | {"hum_tgt_name": [["JON DOE"]]}]
    figures = evaluate(stories, predicted)
    assert figures["all"] == figures["named"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}


def test_role_that_is_never_predicted_counts_as_missed():
    figures = evaluate([{"roles": {"phys_tgt_id": [["BRIDGE"]]}}], [NOBODY])
    assert figures["all"]["recall"] == 0.0
    assert figures["named"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_sentence_goes_on_over_a_line_break_and_ends_with_its_paragraph():
    assert (
        unwrapped("BANDITS\nATTACKED A MILL.\n\n   NOBODY DIED.")
        == "BANDITS ATTACKED A MILL.\n\nNOBODY DIED."
    )
