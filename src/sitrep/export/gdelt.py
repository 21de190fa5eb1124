"""The layout of GDELT 1.0's daily files: 58 tab-separated columns, no header, one row a pair of parties.

Left empty, because Sitrep does not know it or would have to invent it: the Goldstein score (PLOVER's is
another), the tone, the counts of mentions, ethnic and religious codes, the places of the parties, ids of
places in gazetteers that it does not use. GDELT has no status, so only what happened is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from sitrep.export.cameo import actor_code, event_code, quad_number, roles
from sitrep.export.table import TableWriter
from sitrep.export.told import Told, country_name, dyads, fips, number_of, told_in
from sitrep.records import Actor, Report

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_LEAD: Final = 1 / 6  # of the text: GDELT's root events stand in the lead paragraphs


def writer(path: Path) -> TableWriter:
    return TableWriter(path, COLUMNS, rows, tabs=True, header=False)


def rows(report: Report) -> Iterator[dict[str, object]]:
    for told in told_in(report, happened_only=True):
        code = event_code(told.event)
        for actor, recipient in dyads(told):
            pair = (actor.id if actor else "", recipient.id if recipient else "")
            yield {
                "GLOBALEVENTID": number_of(told.key, *pair),
                **_date(told.day),
                **_actor("Actor1", actor),
                **_actor("Actor2", recipient),
                "IsRootEvent": told.event.trigger[0][0] <= len(report.text) * _LEAD,
                "EventCode": code,
                "EventBaseCode": code[:3],
                "EventRootCode": code[:2],
                "QuadClass": quad_number(told.event),
                **_place(told),
                "DATEADDED": f"{report.published:%Y%m%d}" if report.published else None,
                "SOURCEURL": report.url,
            }


def _date(day: date | None) -> dict[str, object]:
    if day is None:
        return {}
    # GDELT's own formula: months of 30 days, so that a year has 365.
    fraction = round(day.year + (day.month * 30 + day.day) / 365, 4)
    return {
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": day.year,
        "FractionDate": fraction,
    }


def _actor(side: str, actor: Actor | None) -> dict[str, object]:
    if actor is None:
        return {}
    types = (*roles(actor)[:3], None, None, None)
    return {
        f"{side}Code": actor_code(actor),
        f"{side}Name": actor.name.upper(),
        f"{side}CountryCode": actor.country,
        f"{side}Type1Code": types[0],
        f"{side}Type2Code": types[1],
        f"{side}Type3Code": types[2],
    }


def _place(told: Told) -> dict[str, object]:
    place = told.place
    if place is None:
        return {}
    feature = place.feature or ""
    american = place.country == "USA"
    kind = 1 if feature.startswith("PCL") else 5 if feature.startswith("ADM") else 4
    country = country_name(place.country)
    parts = [place.name, place.admin1, country] if kind == 4 else [place.name, country]
    return {
        "ActionGeo_Type": {5: 2, 4: 3}.get(kind, kind) if american else kind,
        "ActionGeo_FullName": ", ".join(dict.fromkeys(part for part in parts if part)),
        "ActionGeo_CountryCode": fips(place.country),
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
    }
