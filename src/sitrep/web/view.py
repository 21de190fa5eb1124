"""What part of a case is looked at, as the address of a page says it, and what of an index that leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from sitrep.case import Case, Filter
from sitrep.case.file import CaseError
from sitrep.ontology import EVENT_TYPES, QUADS
from sitrep.web.index import STATUSES, Entry, Index, Site

Box = tuple[float, float, float, float]  # south, west, north, east


class ViewError(CaseError):
    """An address that asks for what cannot be: which part of it, and how it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The filters that map, timeline and table share; empty means all.

    `since` and `until` are days, both inclusive; `box` is what was marked on the map; `at` is the key of
    one mark of it, which may be a whole country's for what is told no nearer; `placed` is "yes" for what a
    map can draw and "no" for the rest; `least` is how many independent sources an incident must have.
    """

    actor: str | None = None
    source: str | None = None
    type: str | None = None
    place: str | None = None
    country: str | None = None
    publisher: str | None = None
    status: tuple[str, ...] = ()
    quad: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    box: Box | None = None
    at: str | None = None
    placed: str | None = None
    least: int = 1
    sort: str = "-day"

    @property
    def is_all(self) -> bool:
        return replace(self, sort="-day") == View()

    @property
    def is_of_map(self) -> bool:
        """Whether it is narrowed by the map, which itself goes on showing the rest."""
        return self.box is not None or self.at is not None

    @property
    def has_days(self) -> bool:
        return self.since is not None or self.until is not None

    def query(self) -> str:
        """As the query of an address: "actor=Navy&status=happened,planned"; empty where all is shown."""
        given = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                given[_NAMES.get(field.name, field.name)] = _written(value)
        return urlencode(given, safe=",:/")


_NAMES: Final = {"since": "from", "until": "to"}


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(
            f"{one:.4f}".rstrip("0").rstrip(".") if isinstance(one, float) else str(one) for one in value
        )
    return str(value)


def view_of(query: Mapping[str, str]) -> View:
    """The view that an address asks for. Raises `ViewError` on a value that is none."""
    text = {name: value.strip() for name, value in query.items() if value.strip()}
    return View(
        actor=text.get("actor"),
        source=text.get("source"),
        type=_type(text.get("type")),
        place=text.get("place"),
        country=text.get("country"),
        publisher=text.get("publisher"),
        status=_some(text.get("status"), "status", STATUSES),
        quad=_some(text.get("quad"), "quad", QUADS),
        since=_day(text.get("from"), "from"),
        until=_day(text.get("to"), "to"),
        box=_box(text.get("box")),
        at=text.get("at"),
        placed=_yes_or_no(text.get("placed")),
        least=_count(text.get("least")),
        sort=_sort(text.get("sort")),
    )


def _type(text: str | None) -> str | None:
    if text is not None and text.partition("/")[0] not in EVENT_TYPES:
        raise ViewError(f'type: "{text}" is no event type; there are {", ".join(EVENT_TYPES)}.')
    return text


def _some(text: str | None, name: str, known: Sequence[str]) -> tuple[str, ...]:
    if text is None:
        return ()
    asked = text.split(",")
    for one in asked:
        if one not in known:
            raise ViewError(f'{name}: "{one}" is none of {", ".join(known)}.')
    return tuple(one for one in known if one in asked)


def _day(text: str | None, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ViewError(f'{name}: "{text}" is not a calendar date. Write it as YYYY-MM-DD.') from None


def _box(text: str | None) -> Box | None:
    if text is None:
        return None
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        raise ViewError(f'box: "{text}" is no part of the map. Write it as south,west,north,east.') from None
    return south, west, north, east


def _yes_or_no(text: str | None) -> str | None:
    if text not in (None, "yes", "no"):
        raise ViewError(f'placed: "{text}" is neither yes nor no.')
    return text


def _count(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or len(text) > 4:
        raise ViewError(f'least: "{text}" is no number of sources.')
    return max(1, int(text))


_KEYS: Final = {
    "day": lambda entry: entry.day or "",
    "type": lambda entry: (entry.type, entry.mode or ""),
    "status": lambda entry: STATUSES.index(entry.status),
    "who": lambda entry: " ".join(entry.actors).casefold(),
    "whom": lambda entry: " ".join(entry.recipients).casefold(),
    "place": lambda entry: entry.site.name.casefold() if entry.site else "",
    "by": lambda entry: " ".join(entry.by).casefold(),
    "sources": lambda entry: entry.sources,
    "credibility": lambda entry: -entry.credibility,
    "killed": lambda entry: entry.killed[0] if entry.killed else -1,
}


def _sort(text: str | None) -> str:
    if text is None:
        return "-day"
    if text.removeprefix("-") not in _KEYS:
        raise ViewError(f'sort: "{text}" is none of {", ".join(_KEYS)}, each also with a - before it.')
    return text


@dataclass(frozen=True, slots=True)
class Found:
    """What a view leaves of an index: for the table all filters hold; for the timeline all but the days, for
    the map all but the box and the mark, so that each shows what its own filter leaves out."""

    table: list[Entry]
    timeline: list[Entry]
    map: list[Entry]


def find(case: Case, index: Index, view: View) -> Found:
    """Raises `FilterError` where the view names what the case does not have."""
    ids = _matching(case, view)
    drawn = index.columns.site
    kept = [
        entry
        for entry in index.entries
        if (ids is None or entry.id in ids)
        and (not view.status or entry.status in view.status)
        and (not view.quad or entry.quad in view.quad)
        and entry.sources >= view.least
        and (view.placed is None or (view.placed == "yes") == (drawn[entry.number] >= 0))
    ]
    since = view.since.isoformat() if view.since else ""
    until = view.until.isoformat() if view.until else "9999"
    in_days = [entry for entry in kept if since <= (entry.day or "") <= until] if view.has_days else kept
    there = _there(index, view)
    both = [entry for entry in in_days if there(entry)] if view.is_of_map else in_days
    timeline = [entry for entry in kept if there(entry)] if view.is_of_map else kept
    if view.sort != "-day":
        both = sorted(both, key=_KEYS[view.sort.removeprefix("-")], reverse=view.sort.startswith("-"))
    return Found(both, timeline, in_days)


def _there(index: Index, view: View) -> Callable[[Entry], bool]:
    """Whether an entry is in the part of the map and at the mark that are asked for."""
    drawn, mark, box = index.columns.site, index.number_of(view.at), view.box

    def there(entry: Entry) -> bool:
        return (box is None or inside(entry, box)) and (view.at is None or drawn[entry.number] == mark)

    return there


def inside(entry: Entry, box: Box) -> bool:
    return entry.site is not None and lies_in(entry.site, box)


def lies_in(site: Site, box: Box) -> bool:
    """Whether a place is in a part of the map; False for one without coordinates."""
    if site.latitude is None or site.longitude is None:
        return False
    south, west, north, east = box
    return south <= site.latitude <= north and west <= site.longitude <= east


def _matching(case: Case, view: View) -> set[str] | None:
    """Ids of the incidents that any telling of answers to what the case itself filters by; None for all."""
    asked = Filter(
        actor=view.actor,
        source=view.source,
        type=view.type,
        place=view.place,
        country=view.country,
        publisher=view.publisher,
    )
    if asked == Filter():
        return None
    return case.incident_ids(asked)
