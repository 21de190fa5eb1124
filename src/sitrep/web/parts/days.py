"""A day to be gone to: by a slider, from one change to the next, or played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from nicegui.element import Element


class Days(Element, component="sitrep_days.js"):
    """`changes` are the days on which something changes; `on_day` hears of the day that is gone to."""

    def __init__(
        self,
        first: date,
        last: date,
        changes: Sequence[date],
        day: date,
        *,
        label: str,
        on_day: Callable[[date], object],
    ) -> None:
        super().__init__()
        self.props["label"] = label
        self.props["first"] = first.isoformat()
        self.props["count"] = (last - first).days
        self.props["changes"] = [(change - first).days for change in changes]
        self.props["start"] = (day - first).days
        self.on("day", lambda e: on_day(date.fromisoformat(str(e.args))))
