"""How accurate the coder is on a case's own material, by what people decided on it.

Precision and the fields are shares of the events people judged, with Wilson's 95 % interval (Wilson 1927,
without correction for continuity). They are the coder's accuracy only as far as those events are a fair draw
of all (`sitrep review sample`). What the coder missed is not known: nobody is asked for it.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sitrep.case import decisions as decided
from sitrep.case.binding import FIELDS, event_of
from sitrep.case.decisions import ON_EVENTS, Decision
from sitrep.case.reports import number_of, read_report
from sitrep.case.rows import from_text

Z: Final = 1.959964  # two-sided 95 %
BANDS: Final = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, as a share with its 95 % interval. Of none, all three are None."""

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What decisions say of the coder. `fields` are shares of the events that are kept.

    `found_again` are the accepted and corrected events that the present coder still finds as events with that
    trigger: on a case that was coded anew, what the newer version lost.
    """

    judged: int
    events: Share  # kept, accepted or corrected, of all judged
    untouched: Share  # accepted as they were, of all judged
    fields: tuple[tuple[str, Share], ...]
    types: tuple[tuple[str, Share], ...]  # kept, by the coder's type
    confidence: tuple[tuple[str, Share], ...]  # kept, by stated confidence
    found_again: Share


def share(right: int, of: int) -> Share:
    """`right` of `of`, with Wilson's interval."""
    if of == 0:
        return Share(0, 0, None, None, None)
    p = right / of
    middle = (p + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    return Share(right, of, round(p, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))


@dataclass(frozen=True, slots=True)
class _Row:
    type: str
    confidence: float
    decision: str
    corrected: frozenset[str]


def evaluate(connection: sqlite3.Connection, keys: Sequence[str] | None = None) -> Evaluation:
    """What decisions in force say of the coder; on the events of these `keys` only, if given."""
    only = None if keys is None else set(keys)
    rows = [
        _Row(type, confidence, decision, frozenset(from_text(corrected)))
        for key, type, confidence, decision, corrected in connection.execute(
            "SELECT r.id || '/' || e.id, e.type, e.confidence, t.decision, t.corrected FROM telling t"
            " JOIN event e ON e.number = t.event JOIN report r ON r.number = t.report"
            " WHERE t.decision NOT NULL"
        )
        if only is None or key in only
    ]
    kept = [row for row in rows if row.decision != "rejected"]
    return Evaluation(
        judged=len(rows),
        events=share(len(kept), len(rows)),
        untouched=_of(rows, lambda row: row.decision == "accepted"),
        fields=tuple(
            (field, share(sum(field not in row.corrected for row in kept), len(kept))) for field in FIELDS
        ),
        types=tuple(
            (type, _of((row for row in rows if row.type == type), _is_kept))
            for type in sorted({row.type for row in rows})
        ),
        confidence=tuple(
            (
                f"{low:.1f} to {min(high, 1.0):.1f}",
                _of((row for row in rows if low <= row.confidence < high), _is_kept),
            )
            for low, high in BANDS
        ),
        found_again=_found_again(connection),
    )


def _is_kept(row: _Row) -> bool:
    return row.decision != "rejected"


def _of(rows: Iterable[_Row], right: Callable[[_Row], bool]) -> Share:
    judged = list(rows)
    return share(sum(right(row) for row in judged), len(judged))


def _found_again(connection: sqlite3.Connection) -> Share:
    last: dict[tuple[str, str], Decision] = {}
    for made in decided.log(connection):
        if made.kind in ON_EVENTS and not made.undone:
            last[made.target["report"], str(made.target["trigger"]) + str(made.target["place"])] = made
    wanted = [made for made in last.values() if made.kind != "reject"]
    found = 0
    for made in wanted:
        number = number_of(connection, made.target["report"])
        found += number is not None and event_of(read_report(connection, number), made) is not None
    return share(found, len(wanted))
