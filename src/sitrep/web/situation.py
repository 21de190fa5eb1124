"""What of a view is drawn: marks of the map and bars of the timeline, as compact rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from sitrep.ontology import QUADS
from sitrep.web.index import STATUSES, Entry, Index, Numbers
from sitrep.web.view import Found, View, lies_in

# Fewer bars than this are wide enough to be pointed at on a phone.
_MOST_BARS: Final = 120
_HAPPENED: Final = STATUSES.index("happened")
_STEPS: Final = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the map. `counts` holds, for each quad category and status that it has there, a row
    (index into QUADS, index into STATUSES, incidents, independent sources together)."""

    key: str
    name: str
    latitude: float
    longitude: float
    is_in_view: bool
    is_wide: bool
    counts: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """`bars` are rows (first day, index into QUADS, whether it happened, incidents); `step` says how long."""

    total: int
    unplaced: int
    marks: list[Mark]
    step: str
    bars: list[tuple[str, int, bool, int]]


def situation(index: Index, found: Found, view: View) -> Situation:
    step, bars = _bars(index, _numbers(found.timeline))
    shown = _numbers(found.table)
    return Situation(
        total=len(shown),
        unplaced=int((index.columns.site[shown] < 0).sum()),
        marks=_marks(index, _numbers(found.map), view),
        step=step,
        bars=bars,
    )


def _numbers(entries: Sequence[Entry]) -> Numbers:
    return np.fromiter((entry.number for entry in entries), dtype=np.int64, count=len(entries))


def _marks(index: Index, shown: Numbers, view: View) -> list[Mark]:
    columns = index.columns
    shown = shown[columns.site[shown] >= 0]
    kinds = len(QUADS) * len(STATUSES)
    codes = columns.site[shown] * kinds + columns.quad[shown] * len(STATUSES) + columns.status[shown]
    incidents = np.bincount(codes)
    sources = np.bincount(codes, weights=columns.sources[shown])
    counts: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for code in np.flatnonzero(incidents).tolist():
        number, kind = divmod(code, kinds)
        counts[number].append((*divmod(kind, len(STATUSES)), int(incidents[code]), int(sources[code])))
    marks = []
    for number, here in counts.items():
        site = index.sites[number]
        assert site.latitude is not None and site.longitude is not None
        latitude, longitude = round(site.latitude, 4), round(site.longitude, 4)
        is_in_view = (view.box is None or lies_in(site, view.box)) and view.at in (None, site.key)
        marks.append(Mark(site.key, site.name, latitude, longitude, is_in_view, site.is_wide, tuple(here)))
    return marks


def _bars(index: Index, shown: Numbers) -> tuple[str, list[tuple[str, int, bool, int]]]:
    columns = index.columns
    shown = shown[columns.day[shown] >= 0]
    if not len(shown):
        return "day", []
    days, day = np.unique(columns.day[shown], return_inverse=True)
    step = _step(date.fromordinal(int(days[0])), date.fromordinal(int(days[-1])))
    begins = [first_of(step, date.fromordinal(one)) for one in days.tolist()]
    firsts = sorted(set(begins))
    bar = np.array([firsts.index(begin) for begin in begins], dtype=np.int64)[day]
    happened = columns.status[shown] == _HAPPENED
    counted = np.bincount((bar * len(QUADS) + columns.quad[shown]) * 2 + happened)
    bars = []
    for code in np.flatnonzero(counted).tolist():
        number, kind = divmod(code, len(QUADS) * 2)
        bars.append((firsts[number].isoformat(), kind // 2, bool(kind % 2), int(counted[code])))
    return step, bars


def _step(first: date, last: date) -> str:
    """The shortest step with which the timeline is not too fine to read."""
    span = (last - first).days + 1
    for step, length in zip(_STEPS, (1, 7, 31, 366), strict=True):
        if span / length <= _MOST_BARS:
            return step
    return _STEPS[-1]


def first_of(step: str, day: date) -> date:
    """The day on which the bar that a day falls into begins; weeks begin on Mondays."""
    match step:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day
