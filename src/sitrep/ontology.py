"""PLOVER 2.0: event types, modes, contexts, quad categories, scores and sectors; CAMEO's codes as these.

Codes and numbers are the codebook's (PLOVER manual 2.0 and the CAMEO conversion table of 17 September 2021,
Open Event Data Alliance, CC BY-SA 4.0); every explanation is in our own words. They stand in the tables under
`sitrep/data`, whose headers say where we read the codebook otherwise than it is printed, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]

QUADS: Final[tuple[Quad, ...]] = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)


class OntologyError(ValueError):
    """A code that the codebook does not have, or a line of a table that does not fit it."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How a type of event is done. `score` is None where the codebook gives none of its own."""

    name: str
    meaning: str
    score: float | None


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen. `needs_recipient`: the codebook counts no such event without one."""

    name: str
    definition: str
    quad: Quad
    needs_recipient: bool
    score: float
    modes: dict[str, Mode]


@dataclass(frozen=True, slots=True)
class PloverCode:
    """What one CAMEO code says in PLOVER."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


def rows(table: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table under `sitrep/data` as ("NAME.tsv, line N", cells), comments left out.

    Raises `OntologyError`, naming the line, where one has other than `columns` cells.
    """
    text = (files("sitrep") / "data" / table).read_text(encoding="utf-8")
    yield from _cells(text, table, columns)


def _cells(text: str, table: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{table}, line {number}"
        if len(cells) != columns:
            raise OntologyError(f"{where}: {len(cells)} cells, expected {columns}. Part them with tabs.")
        yield where, cells


def _event_types(lines: Iterable[tuple[str, list[str]]]) -> dict[str, EventType]:
    types: dict[str, EventType] = {}
    for where, (name, mode, quad_name, recipient, points, meaning) in lines:
        try:
            number = float(points) if points else None
        except ValueError:
            raise OntologyError(f'{where}: the score is "{points}". Write a number, or nothing.') from None
        if mode:
            if name not in types:
                raise OntologyError(f"{where}: mode {mode} stands before its type {name}. Swap them.")
            types[name].modes[mode] = Mode(mode, meaning, number)
            continue
        if quad_name not in QUADS:
            raise OntologyError(f'{where}: no quad category "{quad_name}". Write one of {", ".join(QUADS)}.')
        if recipient not in ("yes", "no") or number is None:
            raise OntologyError(f'{where}: a type needs "yes" or "no" for its recipient, and a score.')
        types[name] = EventType(name, meaning, quad_name, recipient == "yes", number, {})
    return types


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the crosswalk. `way`: "both", "from" CAMEO only, "to" CAMEO only."""

    cameo: str
    way: str
    code: PloverCode


def _crosswalk(lines: Iterable[tuple[str, list[str]]]) -> list[_Line]:
    found: list[_Line] = []
    for where, (cameo, way, name, mode, contexts, _) in lines:
        code = PloverCode(name, mode or None, tuple(sorted(filter(None, contexts.split(";")))))
        if not (cameo.isdigit() and len(cameo) in (3, 4)):
            raise OntologyError(f'{where}: "{cameo}" is not a CAMEO code. Write three or four digits.')
        if way not in ("both", "from", "to"):
            raise OntologyError(f'{where}: the way is "{way}". Write "both", "from" or "to".')
        if name not in EVENT_TYPES or (mode and mode not in EVENT_TYPES[name].modes):
            raise OntologyError(f"{where}: PLOVER has no {name} {mode}. See plover_types.tsv.")
        unknown = set(code.contexts) - set(CONTEXTS)
        if unknown:
            raise OntologyError(f"{where}: no context {', '.join(sorted(unknown))}. See plover_contexts.tsv.")
        if way != "to" and any(line.cameo == cameo for line in found if line.way != "to"):
            raise OntologyError(f"{where}: {cameo} stands twice. Keep one line.")
        found.append(_Line(cameo, way, code))
    return found


EVENT_TYPES: Final[dict[str, EventType]] = _event_types(rows("plover_types.tsv", 6))
CONTEXTS: Final[dict[str, str]] = {name: meaning for _, (name, meaning) in rows("plover_contexts.tsv", 2)}
SECTORS: Final[dict[str, str]] = {
    code: meaning for _, (kind, code, meaning) in rows("plover_sectors.tsv", 3) if kind == "sector"
}
# What stands in place of a country for an actor of no one country.
INTERNATIONAL: Final[dict[str, str]] = {
    code: meaning for _, (kind, code, meaning) in rows("plover_sectors.tsv", 3) if kind == "international"
}
_CROSSWALK: Final = tuple(_crosswalk(rows("cameo_crosswalk.tsv", 6)))
_FROM_CAMEO: Final = {line.cameo: line.code for line in _CROSSWALK if line.way != "to"}
_DROPPED_ROOTS: Final = ("01", "02")  # statements and appeals: PLOVER has no type for them


def event_type(name: str) -> EventType:
    """The type of that name. Raises `OntologyError` if there is none."""
    if name not in EVENT_TYPES:
        raise OntologyError(f'PLOVER has no event type "{name}". Its types are {", ".join(EVENT_TYPES)}.')
    return EVENT_TYPES[name]


def quad(type: str) -> Quad:
    """The quad category of an event type."""
    return event_type(type).quad


def score(type: str, mode: str | None = None) -> float:
    """Where an event stands between conflict (-10) and cooperation (+10)."""
    found = event_type(type)
    if mode is None:
        return found.score
    if mode not in found.modes:
        raise OntologyError(f'{type} has no mode "{mode}". Its modes are {", ".join(found.modes) or "none"}.')
    points = found.modes[mode].score
    return found.score if points is None else points


def from_cameo(code: str) -> PloverCode | None:
    """What a CAMEO code of two to four digits says in PLOVER; None for those that PLOVER dropped (01, 02).

    A code finer than the table's is read as the nearest above it. Raises `OntologyError` on what is no code.
    """
    if code.isdigit() and len(code) in (2, 3, 4):
        if code[:2] in _DROPPED_ROOTS:
            return None
        for known in (code, code[:3], code[:2] + "0"):
            if known in _FROM_CAMEO:
                return _FROM_CAMEO[known]
    raise OntologyError(f'"{code}" is not a CAMEO code. Write two to four digits, from "01" to "204".')


def to_cameo(type: str, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
    """The CAMEO code that says most of an event: three or four digits.

    The mode goes before the contexts. Of the codes for a type and mode it takes those that claim no context
    which the event lacks and share most with it, then what these have in common: a SUPPORT that is
    diplomatic is 050, not one of 051 to 057.
    """
    score(type, mode)  # raises on a type or mode that is not there
    lines = [line for line in _CROSSWALK if line.way != "from" and line.code.type == type]
    best = [line for line in lines if line.code.mode == mode]
    best = best or [line for line in lines if line.code.mode is None]
    held = set(contexts)
    fit = [line for line in best if held.issuperset(line.code.contexts)]
    if fit:
        most = max(len(line.code.contexts) for line in fit)
        best = [line for line in fit if len(line.code.contexts) == most]
    best = [line for line in best if line.way == "to"] or best
    return _common([line.cameo for line in best])


def _common(codes: list[str]) -> str:
    """The finest code that covers all of `codes`: 152 and 154 have 150 in common."""
    for length in (4, 3, 2):
        if len({code[:length] for code in codes}) == 1:
            return codes[0][:length].ljust(3, "0")
    return min(codes)  # two roots: ASSAULT's 18 and 19
