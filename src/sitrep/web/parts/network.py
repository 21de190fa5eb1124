"""A network of actors: a line for what one did to another, in the colour of its quad category."""

from __future__ import annotations

from collections.abc import Iterable

import nicegui.elements.echart  # noqa: F401  registers ECharts under the name that the component imports it by
from nicegui.element import Element

from sitrep.case.queries.network import Tie
from sitrep.ontology import QUADS
from sitrep.web.dossier import Other
from sitrep.web.parts.labels import actor_address


class Network(Element, component="sitrep_network.js"):
    """`id` and `name` are those of the actor in the middle. A click on another leads to its page."""

    def __init__(
        self, id: str, name: str, others: Iterable[Other], ties: Iterable[Tie], *, label: str
    ) -> None:
        super().__init__()
        others = list(others)
        self.classes("network")
        self.props["label"] = label
        self.props["centre"] = [id, name]
        self.props["others"] = [
            [other.id, other.name, other.total, actor_address(other.id) if other.is_named else None]
            for other in others
        ]
        self.props["ties"] = [[tie.source, tie.target, QUADS.index(tie.quad), tie.incidents] for tie in ties]
