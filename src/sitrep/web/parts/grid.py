"""The table of incidents: fetched from the JSON API as one scrolls, so that 10,000 rows cost what 50 do."""

from __future__ import annotations

from collections.abc import Callable

import nicegui.elements.aggrid  # noqa: F401  registers AG Grid under the name that the component imports it by
from nicegui.element import Element


class IncidentGrid(Element, component="sitrep_grid.js"):
    """`query` is that of `View.query`; `on_sort` hears of a column to sort by, "-day" for the last first."""

    def __init__(
        self, *, label: str, query: str = "", on_sort: Callable[[str], object] | None = None
    ) -> None:
        super().__init__()
        self.classes("grid")
        self.props["label"] = label
        self.props["query"] = query
        self.props["sort"] = "-day"
        self.props["version"] = 0
        if on_sort is not None:
            self.on("sort", lambda e: on_sort(str(e.args)))

    def show(self, query: str, sort: str, version: int) -> None:
        self.props["query"] = query
        self.props["sort"] = sort
        self.props["version"] = version
        self.update()
