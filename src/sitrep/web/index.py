"""Every incident of a case in memory, so that a page's filter is answered at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from sitrep.case import Case
from sitrep.case.queries.incidents import IncidentLine
from sitrep.ontology import QUADS, quad
from sitrep.records import Place, Status

STATUSES: Final = get_args(Status)
Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the case. Without coordinates it is in tables, and on maps only somewhere in its country."""

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    is_wide: bool  # a country, province or sea: its coordinates are only its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One incident, as short as a map, a timeline and a table need it.

    `day` is the last day that it may have been or, of what has none, that on which it was first told.
    """

    id: str
    day: str | None
    dated: bool
    earliest: str | None
    latest: str | None
    type: str
    mode: str | None
    quad: str
    status: str
    site: Site | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    by: tuple[str, ...]
    publishers: tuple[str, ...]
    sources: int
    credibility: int
    confidence: float
    differs: bool
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    events: int
    judged: bool
    number: int  # its place in the index


@dataclass(frozen=True, slots=True)
class Columns:
    """What is counted for pictures, an array a column with a row an entry (int64 [n_entries])."""

    site: Numbers  # index into the sites, the country for a place without coordinates; -1 where there is none
    quad: Numbers  # index into QUADS
    status: Numbers  # index into STATUSES
    day: Numbers  # proleptic ordinal; -1 where there is none
    sources: Numbers


@dataclass(frozen=True, slots=True)
class Index:
    """All incidents in the order of days, the last first; what there is to filter by, commonest first."""

    version: int
    entries: tuple[Entry, ...]
    sites: tuple[Site, ...]  # those with coordinates
    columns: Columns
    reports: int
    publishers: tuple[str, ...]
    types: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]  # id and name of the most reported
    first: str | None
    last: str | None

    def number_of(self, key: str | None) -> int | None:
        """Which of the sites has that key."""
        return next((number for number, site in enumerate(self.sites) if site.key == key), None)


_COUNTRY: Final = "PCL"
_WIDE: Final = ("ADM", _COUNTRY, "RGN", "SEA", "CONT", "DSRT", "MTS", "TERR")  # GeoNames' features
ACTORS_OFFERED: Final = 400  # the most reported; any other is found by typing a part of its name


def read_index(case: Case, version: int) -> Index:
    with case.at_once():
        overview = case.overview
        places, lines = overview.places(), overview.incidents()
        reports, publishers = overview.count_reports(), overview.publishers()
        actors = overview.actors(limit=ACTORS_OFFERED)
    sites = {place.id: _site(place) for place in places}
    found = [(_day(line), line) for line in lines]
    found.sort(key=lambda pair: (pair[0] or "", pair[1].id), reverse=True)
    entries = tuple(
        _entry(number, day, line, sites.get(line.place or "")) for number, (day, line) in enumerate(found)
    )
    drawn = [site for site in sites.values() if site.latitude is not None]
    days = [entry.day for entry in entries if entry.day]
    types: dict[str, int] = defaultdict(int)
    for entry in entries:
        types[entry.type] += 1
    return Index(
        version=version,
        entries=entries,
        sites=tuple(drawn),
        columns=_columns(entries, _drawn_at(places, drawn)),
        reports=reports,
        publishers=tuple(publishers),
        types=tuple(sorted(types, key=lambda type: (-types[type], type))),
        actors=tuple((actor.id, actor.name) for actor in actors),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _drawn_at(places: Sequence[Place], drawn: Sequence[Site]) -> dict[str, int]:
    """Where each place is drawn, by key: one that the gazetteer lacks as somewhere in its country."""
    at = {site.key: number for number, site in enumerate(drawn)}
    countries = {
        place.country: at[place.id]
        for place in places
        if place.id in at and place.country and (place.feature or "").startswith(_COUNTRY)
    }
    for place in places:
        if place.id not in at and place.country in countries:
            at[place.id] = countries[place.country]
    return at


def _columns(entries: Sequence[Entry], sites: Mapping[str, int]) -> Columns:
    def column(values: Iterable[int]) -> Numbers:
        return np.fromiter(values, dtype=np.int64, count=len(entries))

    return Columns(
        site=column(sites.get(entry.site.key, -1) if entry.site else -1 for entry in entries),
        quad=column(QUADS.index(entry.quad) for entry in entries),
        status=column(STATUSES.index(entry.status) for entry in entries),
        day=column(date.fromisoformat(entry.day).toordinal() if entry.day else -1 for entry in entries),
        sources=column(entry.sources for entry in entries),
    )


def is_area(place: Place) -> bool:
    """Whether a place is a country, province, region or sea, of which a map can only draw the middle."""
    return (place.feature or "").startswith(_WIDE)


def _site(place: Place) -> Site:
    return Site(place.id, place.name, place.latitude, place.longitude, place.country, is_area(place))


def _day(line: IncidentLine) -> str | None:
    return _happened_on(line) or line.told or line.latest or line.earliest


def _happened_on(line: IncidentLine) -> str | None:
    return (line.latest or line.earliest) if line.status == "happened" else None


def _entry(number: int, day: str | None, line: IncidentLine, site: Site | None) -> Entry:
    return Entry(
        id=line.id,
        day=day,
        dated=_happened_on(line) is not None,
        earliest=line.earliest,
        latest=line.latest,
        type=line.type,
        mode=line.mode,
        quad=quad(line.type),
        status=line.status,
        site=site,
        actors=line.actors,
        recipients=line.recipients,
        by=line.by,
        publishers=line.publishers,
        sources=line.sources,
        credibility=line.credibility,
        confidence=line.confidence,
        differs=line.differs,
        killed=line.killed,
        injured=line.injured,
        events=line.events,
        judged=line.judged,
        number=number,
    )
