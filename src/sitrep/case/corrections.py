"""What a correction may say: each field checked against the codebook and the report before it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, get_args

from sitrep.case.binding import FIELDS, TOLLS
from sitrep.case.file import CaseError
from sitrep.ontology import CONTEXTS, EVENT_TYPES
from sitrep.records import Event, Report, Status


class ReviewError(CaseError):
    """A decision that cannot be made: what it was to be about, why not, and what to do."""


def check_changes(report: Report, event: Event, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The corrected values as they are kept. Raises `ReviewError` for a field or value that cannot be."""
    if not changes:
        raise ReviewError(f"A correction changes a field: one of {', '.join(FIELDS)}.")
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise ReviewError(f"{', '.join(unknown)} cannot be corrected; {', '.join(FIELDS)} can.")
    kept = {field: _checked(report, field, value) for field, value in changes.items()}
    type = kept.get("type", event.type)
    if kept.get("mode") is not None and kept["mode"] not in EVENT_TYPES[type].modes:
        modes = ", ".join(EVENT_TYPES[type].modes) or "none"
        raise ReviewError(f'{type} has no mode "{kept["mode"]}". Its modes are: {modes}.')
    earliest = kept.get("earliest", event.earliest.isoformat() if event.earliest else None)
    latest = kept.get("latest", event.latest.isoformat() if event.latest else None)
    if earliest and latest and earliest > latest:
        raise ReviewError(f"The first day, {earliest}, is after the last, {latest}. Correct both.")
    return kept


def _checked(report: Report, field: str, value: Any) -> Any:
    if field == "type" and value not in EVENT_TYPES:
        raise ReviewError(f'"{value}" is no event type. There are {", ".join(EVENT_TYPES)}.')
    if field == "status" and value not in get_args(Status):
        raise ReviewError(f'"{value}" is no status. There are {", ".join(get_args(Status))}.')
    if field == "contexts":
        unknown = [context for context in value if context not in CONTEXTS]
        if unknown:
            raise ReviewError(f"There is no context {', '.join(unknown)}. There are {', '.join(CONTEXTS)}.")
        return list(value)
    if field in {"earliest", "latest"} and value is not None:
        return _day(value)
    if field in {"actors", "recipients", "according_to"}:
        return [_spans(report, spans) for spans in value]
    if field == "place" and value is not None:
        return _place(report, value)
    if field in TOLLS and value is not None:
        low, high = value["low"], value.get("high")
        if not isinstance(low, int) or low < 0 or (high is not None and high < low):
            raise ReviewError(
                f"{field} is {low} to {high}: give a low that is 0 or more, and a high from there on."
            )
        return {"low": low, "high": high}
    return value


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ReviewError(f'"{value}" is not a calendar date. Write it as YYYY-MM-DD.') from None


def _spans(report: Report, spans: Any) -> list[list[int]]:
    kept = [[int(start), int(end)] for start, end in spans]
    for start, end in kept:
        if not 0 <= start < end <= len(report.text):
            raise ReviewError(
                f"{start} to {end} is outside the report's text, which has {len(report.text):,} characters."
            )
    return kept


def _place(report: Report, value: Mapping[str, Any]) -> dict[str, Any]:
    known = {"name", "spans", "geonameid", "latitude", "longitude", "country", "admin1", "feature"}
    unknown = sorted(set(value) - known)
    if unknown:
        raise ReviewError(f"A place has no {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
    kept = dict(value)
    if "spans" in kept:
        kept["spans"] = _spans(report, kept["spans"])
    if ("latitude" in kept) != ("longitude" in kept):
        raise ReviewError("A point has a latitude and a longitude. Give both.")
    if "latitude" in kept:
        check_point(kept["latitude"], kept["longitude"])
    elif "spans" not in kept:
        raise ReviewError("Say where: the words that name the place (spans), or its latitude and longitude.")
    return kept


def check_point(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ReviewError(
            f"{latitude}, {longitude} is no point on Earth. Latitudes are -90 to 90, longitudes -180 to 180."
        )


def changes_in_words(report: Report, event: Event, stated: Mapping[str, str]) -> dict[str, Any]:
    """Corrections as people write them: "actors" is "the army; rebels", "killed" is "3 to 5" or "3 or more".

    Words are looked for in the evidence, then in the whole story. "none" takes a value away. Raises
    `ReviewError` where words are not in the report, or a number is none.
    """
    return {field: _in_words(report, event, field, value.strip()) for field, value in stated.items()}


def _in_words(report: Report, event: Event, field: str, value: str) -> Any:
    parts = [] if value.casefold() == "none" else [part.strip() for part in value.split(";") if part.strip()]
    if field in {"actors", "recipients", "according_to"}:
        return [[_find(report, event, words)] for words in parts]
    if field == "contexts":
        return parts
    if not parts:
        return None
    if field == "place":
        point = POINT.fullmatch(value)
        if point:
            found = {"latitude": float(point["latitude"]), "longitude": float(point["longitude"])}
            return found | ({"name": point["name"].strip()} if point["name"].strip() else {})
        return {"spans": [_find(report, event, value)]}
    if field in TOLLS:
        return _toll(field, value)
    return value


# "Kelm @ 31.2, 14.9": a place by its point, with a name or without.
_DEGREES = r"-?\d+(?:\.\d+)?"
POINT: Final = re.compile(rf"(?P<name>[^@]*)@\s*(?P<latitude>{_DEGREES})\s*,\s*(?P<longitude>{_DEGREES})")
NUMBERS: Final = re.compile(r"(?P<low>\d+)(\s*(to|-)\s*(?P<high>\d+)|\s+(?P<more>or more))?")


def _toll(field: str, value: str) -> dict[str, int | None]:
    match = NUMBERS.fullmatch(value)
    if match is None:
        raise ReviewError(f'"{value}" is no {field}. Write 3, "3 to 5", "3 or more", or none.')
    low = int(match["low"])
    if match["more"]:
        return {"low": low, "high": None}
    return {"low": low, "high": int(match["high"]) if match["high"] else low}


def _find(report: Report, event: Event, words: str) -> list[int]:
    """The span of `words`: in the evidence, else the nearest to it in the story."""
    at = event.evidence[0][0]
    for start, end in event.evidence:
        found = report.text.find(words, start, end)
        if found >= 0:
            return [found, found + len(words)]
    places = [match.start() for match in re.finditer(re.escape(words), report.text)]
    if not words or not places:
        raise ReviewError(f'The report does not say "{words}". Give words as it prints them.')
    nearest = min(places, key=lambda place: (abs(place - at), place))
    return [nearest, nearest + len(words)]
