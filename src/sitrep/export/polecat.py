"""POLECAT's table: the columns of the weekly files on Harvard Dataverse, tab-separated.

What POLECAT takes from Wikipedia and from the Correlates of War is left empty: Sitrep asks neither. Its table
has no status, so only what happened is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sitrep.export.cameo import quad_number
from sitrep.export.flat import joined
from sitrep.export.table import TableWriter
from sitrep.export.told import Told, country_name, told_in
from sitrep.ontology import INTERNATIONAL
from sitrep.records import Actor, Report, words

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename",
    "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip


def writer(path: Path) -> TableWriter:
    return TableWriter(path, COLUMNS, rows, tabs=True)


def rows(report: Report) -> Iterator[dict[str, object]]:
    """One row an event that happened; several parties of a side share a cell."""
    for told in told_in(report, happened_only=True):
        yield {
            "Event ID": told.key,
            "Event Date": told.day,
            "Event Type": told.event.type,
            "Event Mode": told.event.mode,
            "Intensity": told.event.score,
            "Quad Code": quad_number(told.event),
            "Contexts": "; ".join(told.event.contexts),
            **_party("Actor", told.actors, report),
            **_party("Recipient", told.recipients, report),
            **_place(told),
            "Source": report.publisher,
            "Publication Date": report.published,
            "Story People": _named(report, "person"),
            "Story Organizations": _named(report, "organisation"),
            "Story Locations": "; ".join(dict.fromkeys(place.name for place in report.places)),
            "Language": report.language,
            "Version": report.coder.sitrep,
        }


def _party(side: str, parties: tuple[Actor, ...], report: Report) -> dict[str, object]:
    sectors = [sector for party in parties for sector in party.sectors]
    return {
        f"{side} Name": joined(party.name for party in parties),
        # The codebook puts its codes for international actors where others have their country.
        f"{side} Country": joined(
            party.country or next((s for s in party.sectors if s in INTERNATIONAL), None) for party in parties
        ),
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": joined(sectors),
        f"{side} Title": joined(party.description for party in parties),
        f"{side} Name Raw": joined(
            text for party in parties for text in words(report.text, party.mentions[:1])
        ),
    }


def _place(told: Told) -> dict[str, object]:
    place = told.place
    if place is None:
        return {}
    feature = place.feature or ""
    return {
        "Placename": place.name,
        "City": place.name if feature.startswith("PPL") else None,
        "Province": place.admin1,
        "Country": country_name(place.country),
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "GeoNames ID": place.geonameid,
        "Raw Placename": joined(words(told.report.text, place.mentions[:1])),
        "Feature Type": place.feature,
    }


def _named(report: Report, kind: str) -> str:
    return joined(actor.name for actor in report.actors if actor.kind == kind) or ""
