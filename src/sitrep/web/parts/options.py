"""What an input offers while one types: hundreds of names in one of NiceGUI's elements."""

from __future__ import annotations

from collections.abc import Iterable

from nicegui.element import Element


class Options(Element, component="sitrep_options.js"):
    """A `datalist` of the id that the input names as its `list`."""

    def __init__(self, id: str, names: Iterable[str]) -> None:
        super().__init__()
        self.props["name"] = id
        self.props["names"] = tuple(names)
