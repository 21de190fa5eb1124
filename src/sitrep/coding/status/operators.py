"""The words that say of an act whether it takes place, and what they make of it (status_operators.tsv)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sitrep.coding.tables import read_table

Effect = Literal["planned", "possible", "denied", "called_for", "alleged", "presupposed", "real"]
Takes = Literal["clause", "noun"]
Operators = dict[tuple[str, str, Takes], Effect]


def read_operators(rows: Iterable[list[str]] | None = None) -> Operators:
    """The table of operators by word, kind and what it takes. Raises `ValueError` on an unknown value."""
    operators: Operators = {}
    for word, kind, takes, effect, _ in rows if rows is not None else read_table("status_operators.tsv", 5):
        if kind not in ("verb", "noun", "adj", "adv") or takes not in ("clause", "noun", "any"):
            raise ValueError(
                f'status_operators.tsv: "{word}" is of kind "{kind}" and takes "{takes}". See its header.'
            )
        if effect not in ("planned", "possible", "denied", "called_for", "alleged", "presupposed", "real"):
            raise ValueError(f'status_operators.tsv: "{word}" has the effect "{effect}". See its header.')
        for each in ("clause", "noun") if takes == "any" else (takes,):
            operators.setdefault((word, kind, each), effect)  # type: ignore[arg-type]
    return operators
