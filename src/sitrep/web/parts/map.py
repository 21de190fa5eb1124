"""The map: Natural Earth's outlines, which need no internet, and OpenStreetMap's tiles if allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nicegui
import nicegui.elements.leaflet  # registers Leaflet under the name that the component imports it by
from nicegui.element import Element

from sitrep.web.situation import Mark
from sitrep.web.view import Box

_LEAFLET = Path(nicegui.__file__).parent / "elements" / "leaflet" / "dist" / "leaflet"


class Map(Element, component="sitrep_map.js"):
    """Marks by quad category and status, sized by independent sources. `on_box` hears of a part that is
    marked (None: no more), `on_place` of the key of a place that is clicked."""

    def __init__(
        self,
        *,
        label: str,
        tiles: bool,
        on_box: Callable[[Box | None], object] | None = None,
        on_place: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self.classes("map")
        self.add_resource(_LEAFLET)
        self.props["label"] = label
        self.props["tiles"] = tiles
        self.props["marks"] = []
        self.props["held"] = []
        self.props["frame"] = []
        self.props["box"] = None
        self.props["boxes"] = on_box is not None
        self.props["note"] = ""
        if on_box is not None:
            self.on("box", lambda e: on_box(tuple(e.args) if e.args else None))
        if on_place is not None:
            self.on("place", lambda e: on_place(str(e.args)))

    def show(self, marks: Iterable[Mark], box: Box | None = None) -> None:
        # Tuples: NiceGUI watches what is in lists, one by one, and that took longer than all the rest.
        self.props["marks"] = tuple(
            (mark.key, mark.name, mark.latitude, mark.longitude, mark.is_in_view, mark.is_wide, mark.counts)
            for mark in marks
        )
        self.props["box"] = list(box) if box else None
        self.update()

    def say(self, note: str) -> None:
        """Have a few words stand on the map: why there is nothing on it."""
        self.props["note"] = note
        self.update()

    def begin_with(self, points: Iterable[tuple[float, float]]) -> None:
        """Have the map first show the part in which these latitudes and longitudes lie."""
        self.props["frame"] = [list(point) for point in points]

    def show_held(self, held: Iterable[dict[str, Any]]) -> None:
        """Places with who holds them: {key, name, latitude, longitude, colour, pattern, wide, text} each.

        `colour` is a CSS colour, `pattern` "solid", "contested" (half and half with `other`) or "open".
        """
        self.props["held"] = list(held)
        self.update()
