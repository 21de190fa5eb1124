"""The layout of ICEWS' yearly files: 20 tab-separated columns with a header, one row a pair of parties.

`Event Text` and `Intensity` are ICEWS' own readings of CAMEO and are left empty, as is `Sentence Number`: its
sentences are not ours. ICEWS has no status, so only what happened is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sitrep.export.cameo import event_code
from sitrep.export.table import TableWriter
from sitrep.export.told import country_name, dyads, number_of, told_in
from sitrep.ontology import INTERNATIONAL, SECTORS
from sitrep.records import Actor, Report

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def writer(path: Path) -> TableWriter:
    return TableWriter(path, COLUMNS, rows, tabs=True)


def rows(report: Report) -> Iterator[dict[str, object]]:
    for told in told_in(report, happened_only=True):
        place = told.place
        for actor, recipient in dyads(told):
            pair = (actor.id if actor else "", recipient.id if recipient else "")
            yield {
                "Event ID": number_of(told.key, *pair),
                "Event Date": told.day,
                **_party("Source", actor),
                "CAMEO Code": event_code(told.event),
                **_party("Target", recipient),
                "Story ID": number_of(report.id),
                "Publisher": report.publisher,
                "City": place.name if place and (place.feature or "").startswith("PPL") else None,
                "Province": place.admin1 if place else None,
                "Country": country_name(place.country) if place else None,
                "Latitude": place.latitude if place else None,
                "Longitude": place.longitude if place else None,
            }


def _party(side: str, actor: Actor | None) -> dict[str, object]:
    if actor is None:
        return {}
    meanings = SECTORS | INTERNATIONAL
    return {
        f"{side} Name": actor.name,
        f"{side} Sectors": ",".join(
            meanings[sector].rstrip(".") for sector in actor.sectors if sector in meanings
        ),
        f"{side} Country": country_name(actor.country),
    }
