"""What holds of every report, whatever was coded."""

from __future__ import annotations

import json

from sitrep.ontology import CONTEXTS, EVENT_TYPES, INTERNATIONAL, SECTORS, quad, score
from sitrep.records import Report, from_json, spans_in, to_json


def check(report: Report) -> None:
    """Raises `AssertionError` where `report` is not a valid record."""
    text = report.text
    for start, end in spans_in(report):
        assert 0 <= start < end <= len(text), f"span {start, end} is outside the text"
    ids = {}
    for letter, records in zip(
        "aptqe", (report.actors, report.places, report.times, report.attributions, report.events), strict=True
    ):
        ids[letter] = [record.id for record in records]
        assert ids[letter] == [f"{letter}{number}" for number in range(1, len(records) + 1)]
    for actor in report.actors:
        assert actor.name.strip() and actor.mentions
        assert set(actor.sectors) <= set(SECTORS) | set(INTERNATIONAL), actor
        assert actor.country is None or len(actor.country) == 3
    for place in report.places:
        assert place.mentions and 0 <= place.confidence <= 1
        assert (place.latitude is None) == (place.longitude is None)
    for attribution in report.attributions:
        assert attribution.content.spans
        assert attribution.source.actor is None or attribution.source.actor in ids["a"]
        assert attribution.time is None or attribution.time in ids["t"]
        assert attribution.within is None or attribution.within in set(ids["q"]) - {attribution.id}
    for event in report.events:
        assert set(event.actors) | set(event.recipients) <= set(ids["a"])
        assert event.actors or event.recipients or event.place
        assert event.place is None or event.place in ids["p"]
        assert set(event.according_to) <= set(ids["q"])
        assert event.mode is None or event.mode in EVENT_TYPES[event.type].modes
        assert set(event.contexts) <= set(CONTEXTS)
        assert (event.quad, event.score) == (quad(event.type), score(event.type, event.mode))
        assert event.trigger and event.evidence and 0 <= event.confidence <= 1
        assert not (event.earliest and event.latest and event.earliest > event.latest)
        for toll in (event.killed, event.injured, event.crowd):
            assert toll is None or (toll.low >= 0 and (toll.high is None or toll.high >= toll.low))
    assert '""' not in json.dumps(to_json(report)).replace('\\"', "").replace('"text": ""', "")
    assert from_json(Report, json.loads(json.dumps(to_json(report)))) == report
