"""The timeline: incidents over days, stacked by quad category; brushing it gives a range of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import nicegui.elements.echart  # noqa: F401  registers ECharts under the name that the component imports it by
from nicegui.element import Element


class Timeline(Element, component="sitrep_timeline.js"):
    """`on_days` hears of the first and last day that are brushed, or (None, None): no more."""

    def __init__(
        self, *, label: str, on_days: Callable[[date | None, date | None], object] | None = None
    ) -> None:
        super().__init__()
        self.classes("timeline")
        self.props["label"] = label
        self.props["bars"] = []
        self.props["step"] = "day"
        self.props["days"] = [None, None]
        self.props["brush"] = on_days is not None
        if on_days is not None:
            self.on("days", lambda e: on_days(*(date.fromisoformat(day) if day else None for day in e.args)))

    def show(
        self,
        step: str,
        bars: Sequence[tuple[str, int, bool, int]],
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        """As `situation.Situation` has them."""
        self.props["step"] = step
        self.props["bars"] = tuple(bars)  # a tuple: NiceGUI watches what is in lists, one by one
        self.props["days"] = [since and since.isoformat(), until and until.isoformat()]
        self.update()
