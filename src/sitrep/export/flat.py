"""The flat event table: one row an event, every id resolved to names and every span to its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sitrep.records import Actor, Attribution, Event, Report, Toll, words

COLUMNS: Final = (
    "report_id", "source", "publisher", "title", "published", "event_id", "type", "mode", "contexts", "quad",
    "score", "actors", "actor_countries", "actor_sectors", "recipients", "recipient_countries",
    "recipient_sectors", "place", "latitude", "longitude", "place_country", "admin1", "geonameid", "earliest",
    "latest", "dates_inferred", "status", "according_to", "killed_low", "killed_high", "injured_low",
    "injured_high", "crowd_low", "crowd_high", "confidence", "trigger", "evidence",
)  # fmt: skip

BETWEEN: Final = "; "


def event_rows(report: Report) -> Iterator[dict[str, object]]:
    """One row of `COLUMNS` for each event of `report`; what the report does not say is None."""
    for event in report.events:
        yield dict(zip(COLUMNS, _values(report, event), strict=True))


def _values(report: Report, event: Event) -> Iterator[object]:
    actors = {actor.id: actor for actor in report.actors}
    place = next((place for place in report.places if place.id == event.place), None)
    yield from (report.id, report.source, report.publisher, report.title, report.published)
    yield from (event.id, event.type, event.mode, joined(event.contexts), event.quad, event.score)
    for ids in (event.actors, event.recipients):
        parties = [actors[party] for party in ids]
        yield joined(party.name for party in parties)
        yield joined(party.country for party in parties)
        yield joined(sector for party in parties for sector in party.sectors)
    if place:
        yield from (place.name, place.latitude, place.longitude, place.country, place.admin1, place.geonameid)
    else:
        yield from (None,) * 6
    yield from (event.earliest, event.latest, event.inferred, event.status)
    yield joined(speakers(report, event))
    for toll in (event.killed, event.injured, event.crowd):
        yield from _range(toll)
    yield event.confidence
    yield joined(words(report.text, event.trigger))
    yield joined(words(report.text, event.evidence))


def speakers(report: Report, event: Event) -> list[str]:
    """Who vouches for the event, outermost first: names of actors, or the words that stand for them."""
    actors = {actor.id: actor for actor in report.actors}
    attributions = {attribution.id: attribution for attribution in report.attributions}
    return [_speaker(report.text, attributions[name], actors) for name in event.according_to]


def _speaker(text: str, attribution: Attribution, actors: dict[str, Actor]) -> str:
    if attribution.source.actor:
        return actors[attribution.source.actor].name
    return " ".join(words(text, attribution.source.spans)) or "unnamed source"


def joined(parts: object) -> str | None:
    kept = list(dict.fromkeys(part for part in parts if part))  # type: ignore[attr-defined]
    return BETWEEN.join(kept) or None


def _range(toll: Toll | None) -> tuple[int | None, int | None]:
    return (toll.low, toll.high) if toll else (None, None)
