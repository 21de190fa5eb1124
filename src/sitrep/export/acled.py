"""A table with ACLED's columns: political violence and protest, strategic developments beside them.

What ACLED does not record (statements, meetings, aid, sanctions) is left out, and so is what did not happen.
Its sub-types are filled in where PLOVER's mode says as much. `fatalities` is the lowest number that is told,
and empty where none is: ACLED would write 0. Regions and the scale of sources are ACLED's own and left empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sitrep.export.table import TableWriter
from sitrep.export.told import Told, country_name, iso2, iso_number, told_in
from sitrep.records import Actor, Report

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_REMOTE: Final = "Explosions/Remote violence"
_CIVILIANS: Final = "Violence against civilians"
_STRATEGIC: Final = "Strategic developments"
# Type and mode of PLOVER to ACLED's event and sub-event type; the rest of ASSAULT goes by who suffers it.
_TYPES: Final[dict[tuple[str, str | None], tuple[str, str | None]]] = {
    ("ASSAULT", "aerial"): (_REMOTE, "Air/drone strike"),
    ("ASSAULT", "drone"): (_REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (_REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "explosives"): (_REMOTE, "Remote explosive/landmine/IED"),
    ("ASSAULT", "suicide-attack"): (_REMOTE, "Suicide bomb"),
    ("ASSAULT", "sexual"): (_CIVILIANS, "Sexual violence"),
    ("ASSAULT", "abduct"): (_CIVILIANS, "Abduction/forced disappearance"),
    ("ASSAULT", "crowd-control"): ("Protests", "Protest with intervention"),
    ("ASSAULT", "destroy"): (_STRATEGIC, "Looting/property destruction"),
    ("PROTEST", None): ("Protests", None),
    ("PROTEST", "demo"): ("Protests", "Peaceful protest"),
    ("PROTEST", "riot"): ("Riots", "Violent demonstration"),
    ("COERCE", "arrest"): (_STRATEGIC, "Arrests"),
    ("RETREAT", "withdraw"): (_STRATEGIC, "Non-violent transfer of territory"),
    ("MOBILIZE", None): (_STRATEGIC, "Other"),
}
_DISORDER: Final = {
    "Battles": "Political violence",
    _REMOTE: "Political violence",
    _CIVILIANS: "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    _STRATEGIC: "Strategic developments",
}
_PEACEFUL: Final = ("Protests", _STRATEGIC)
_ARMED: Final = frozenset({"MIL", "REB", "UAF", "PRM", "COP", "IMG"})
_UNARMED: Final = frozenset({"CVL", "REF", "EDU", "MED", "JRN", "LAB", "AGR", "REL", "SOC", "NGO"})
_INTER: Final = (
    (frozenset({"REB"}), "Rebel group"),
    (frozenset({"MIL", "COP", "GOV", "SPY"}), "State forces"),
    (frozenset({"PRM", "UAF", "CRM"}), "Political militia"),
    (_UNARMED, "Civilians"),
)


def writer(path: Path) -> TableWriter:
    return TableWriter(path, COLUMNS, rows)


def rows(report: Report) -> Iterator[dict[str, object]]:
    for told in told_in(report, happened_only=True):
        types = event_types(told)
        if types is not None:
            yield _row(told, *types)


def event_types(told: Told) -> tuple[str, str | None] | None:
    """ACLED's event and sub-event type of an event; None for what ACLED does not record."""
    event = told.event
    known = _TYPES.get((event.type, event.mode)) or (
        _TYPES.get((event.type, None)) if event.type in {"PROTEST", "MOBILIZE"} else None
    )
    if known is not None or event.type != "ASSAULT":
        return known
    if any(_UNARMED & set(party.sectors) for party in told.recipients):
        return _CIVILIANS, "Attack"
    armed = [any(_ARMED & set(party.sectors) for party in side) for side in (told.actors, told.recipients)]
    return ("Battles", "Armed clash") if all(armed) else None


def _row(told: Told, event_type: str, sub_type: str | None) -> dict[str, object]:
    event, report, place = told.event, told.report, told.place
    inters = (_inter(told.actors, event_type), _inter(told.recipients, event_type))
    country = place.country if place else None
    day = told.day
    return {
        "event_id_cnty": f"{country or ''}{told.key.removeprefix('sha256:')}",
        "event_date": day,
        "year": day.year if day else None,
        "time_precision": _time_precision(told),
        "disorder_type": _DISORDER[event_type],
        "event_type": event_type,
        "sub_event_type": sub_type,
        "actor1": _first(told.actors),
        "assoc_actor_1": _others(told.actors),
        "inter1": inters[0],
        "actor2": _first(told.recipients),
        "assoc_actor_2": _others(told.recipients),
        "inter2": inters[1],
        "interaction": "-".join(inter for inter in inters if inter) or None,
        "civilian_targeting": "Civilian targeting"
        if event_type == _CIVILIANS or (inters[1] == "Civilians" and event_type not in _PEACEFUL)
        else None,
        "iso": iso_number(country),
        "country": country_name(country),
        "admin1": place.admin1 if place else None,
        "location": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "geo_precision": _geo_precision(told),
        "source": report.publisher,
        "notes": _notes(told),
        "fatalities": event.killed.low if event.killed else None,
        "tags": f"crowd size={event.crowd}" if event.crowd else None,
    }


def _inter(parties: tuple[Actor, ...], event_type: str) -> str | None:
    if not parties:
        return None
    sectors = {sector for party in parties for sector in party.sectors}
    if event_type in {"Protests", "Riots"} and sectors & _UNARMED:
        return "Protesters" if event_type == "Protests" else "Rioters"
    return next((name for wanted, name in _INTER if sectors & wanted), None)


def _time_precision(told: Told) -> int | None:
    """1 the day is told, 2 within a week, 3 within a month or more."""
    event = told.event
    if event.earliest is None or event.latest is None:
        return 2 if event.inferred else None
    days = (event.latest - event.earliest).days
    return 1 if days == 0 else 2 if days <= 7 else 3


def _geo_precision(told: Told) -> int | None:
    """1 the place itself, 2 near it or part of a region, 3 a whole region or country."""
    if told.place is None:
        return None
    feature = told.place.feature or ""
    return 3 if feature.startswith(("PCL", "ADM", "RGN")) else 2 if told.place.inferred else 1


def _notes(told: Told) -> str:
    said = f" According to {', '.join(told.speakers)}." if told.speakers else ""
    return f"{told.evidence}{said}"


def _first(parties: tuple[Actor, ...]) -> str | None:
    return _name(parties[0]) if parties else None


def _others(parties: tuple[Actor, ...]) -> str | None:
    return "; ".join(_name(party) for party in parties[1:]) or None


def _name(actor: Actor) -> str:
    country = iso2(actor.country) and country_name(actor.country)
    return f"{actor.name} ({country})" if country and country != actor.name else actor.name
