"""JSON-LD in schema.org's words: NewsArticle, Event, and Claim where it is somebody's word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sitrep.export.array import ArrayWriter
from sitrep.export.told import Told, told_in
from sitrep.records import Actor, Report

CONTEXT: Final = {"@vocab": "https://schema.org/", "plover": "https://osf.io/preprints/socarxiv/rm5dw#"}


def writer(path: Path) -> ArrayWriter:
    """One document with a @graph."""
    return ArrayWriter(path, graph, '{"@context": ' + json.dumps(CONTEXT) + ', "@graph": [', "]}")


def graph(report: Report) -> list[dict[str, Any]]:
    """The nodes of one report. What is claimed, planned or denied is never an Event without its Claim."""
    article = _kept(
        {
            "@id": f"urn:{report.id}", "@type": "NewsArticle", "headline": report.title, "url": report.url,
            "datePublished": report.published and str(report.published), "inLanguage": report.language,
            "author": [{"@type": "Person", "name": author} for author in report.authors] or None,
            "publisher": {"@type": "Organization", "name": report.publisher} if report.publisher else None,
        }
    )  # fmt: skip
    nodes = [article]
    for told in told_in(report):
        event = _event(told, article["@id"])
        claimed = told.speakers or told.event.status != "happened"
        if not claimed:
            nodes.append(event)
            continue
        nodes.append(
            _kept(
                {
                    "@id": f"{event['@id']}/claim", "@type": "Claim", "text": told.evidence,
                    "claimInterpreter": article.get("publisher"),
                    "author": [{"@type": "Thing", "name": name} for name in told.speakers] or None,
                    "appearance": {"@id": article["@id"]}, "about": event,
                }
            )
        )  # fmt: skip
    return nodes


def _event(told: Told, article: str) -> dict[str, Any]:
    event, place = told.event, told.place
    return _kept(
        {
            "@id": f"urn:{told.key}", "@type": "Event",
            "additionalType": f"plover:{event.type}" + (f"/{event.mode}" if event.mode else ""),
            "name": f"{event.type} {event.mode or ''}".strip(), "description": told.evidence,
            "startDate": event.earliest and str(event.earliest),
            "endDate": event.latest and str(event.latest),
            "eventStatus": "EventScheduled" if event.status == "planned" else None,
            "additionalProperty": {"@type": "PropertyValue", "name": "status", "value": event.status},
            "organizer": [_party(actor) for actor in told.actors] or None,
            "attendee": [_party(actor) for actor in told.recipients] or None,
            "location": _kept({
                "@type": "Place", "name": place.name,
                "sameAs": f"https://sws.geonames.org/{place.geonameid}/" if place.geonameid else None,
                "geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
                if place.latitude is not None else None,
            }) if place else None,
            "subjectOf": {"@id": article},
        }
    )  # fmt: skip


def _party(actor: Actor) -> dict[str, Any]:
    kind = {
        "person": "Person",
        "state": "Country",
        "organisation": "Organization",
        "press": "NewsMediaOrganization",
    }
    return {"@type": kind.get(actor.kind, "Organization"), "name": actor.name}


def _kept(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
