"""How types, days, statuses and grades are written on every page."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlsplit

from sitrep.web.parts.elements import Tag
from sitrep.web.theme import CREDIBILITY_NAMES, STATUS_NAMES, quad_class

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(when: date | str | None) -> str:
    """ "4 Jun 2020"; "undated" for None."""
    if when is None:
        return "undated"
    when = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def days(earliest: date | str | None, latest: date | str | None) -> str:
    """ "4 Jun 2020", "4 Jun 2020 – 6 Jun 2020", "by 6 Jun 2020", "from 4 Jun 2020"."""
    if earliest == latest:
        return day(latest)
    if earliest is None:
        return f"by {day(latest)}"
    if latest is None:
        return f"from {day(earliest)}"
    return f"{day(earliest)} – {day(latest)}"


def act(type: str, mode: str | None) -> str:
    """PLOVER's type and mode for reading: "Assault · aerial"."""
    name = type.replace("_", " ").capitalize()
    return f"{name} · {mode.replace('-', ' ')}" if mode else name


def quad_dot(quad: str | None, status: str = "happened") -> Tag:
    """The mark of a quad category and status, as the map draws it."""
    return Tag("span", "", f"dot {quad_class(quad)} is-{status}", aria_hidden="true")


def status_label(status: str) -> Tag:
    return Tag("span", STATUS_NAMES.get(status, status), f"status is-{status}")  # type: ignore[call-overload]


def credibility_label(grade: int) -> Tag:
    return Tag("span", f"{grade} {CREDIBILITY_NAMES[grade]}", f"grade grade-{grade}")


def sources_label(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"


def incident_address(id: str) -> str:
    return f"/incident/{quote(id, safe='')}"


def report_address(id: str, event: str | None = None) -> str:
    return f"/report/{quote(id, safe=':')}" + (f"?event={quote(event, safe='')}" if event else "")


def event_address(key: str) -> str:
    """The page of the report of an event key, at its event."""
    report, _, event = key.rpartition("/")
    return report_address(report, event)


def actor_address(id: str) -> str:
    return f"/actor/{quote(id, safe=':')}"


def outside_name(where: str) -> str:
    """A short name of where a report was read from: the site of an address, or the file."""
    parts = urlsplit(where)
    return (
        parts.netloc.removeprefix("www.") if parts.scheme in ("http", "https") else where.rpartition("/")[2]
    )
