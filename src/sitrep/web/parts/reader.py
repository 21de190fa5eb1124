"""A report to be read: its words with the records marked in them, and the records beside."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element

from sitrep.web.cards import LAYERS, Card, as_json
from sitrep.web.marks import Piece


class Reader(Element, component="sitrep_reader.js"):
    """Fill it, in a `with`, with what stands under the text. `chosen` is the record that is shown first."""

    def __init__(
        self, text: Sequence[Sequence[Piece]], cards: Sequence[Card], chosen: str | None = None
    ) -> None:
        super().__init__()
        self.props["paragraphs"] = [
            [
                [piece.text, [[mark.id, mark.kind] for mark in piece.marks], list(piece.behind)]
                for piece in pieces
            ]
            for pieces in text
        ]
        self.show(cards)
        self.props["layers"] = [[layer, name] for layer, name in LAYERS.items()]
        self.props["first"] = chosen

    def show(self, cards: Sequence[Card]) -> None:
        """Have these records beside the same text."""
        self.props["cards"] = [as_json(card) for card in cards]
        self.update()
