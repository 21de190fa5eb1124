"""Read and check the rows: `python -m training.actors.table` prints every fault by file and line.

One row is one office or role of a person, or a body; README.md says what its columns hold.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final, get_args

import pycountry

from sitrep import ontology
from sitrep.records import ActorKind

HERE: Final = Path(__file__).parent
COLUMNS: Final = ("name", "country", "sectors", "aliases", "from", "to", "kind", "office", "source")
# Offices that only one person of a country can hold on one day.
SINGLE: Final = frozenset({
    "President", "Prime minister", "Foreign minister", "Defence minister", "Interior minister", "Army chief",
})  # fmt: skip
STATES: Final = frozenset(country.alpha_3 for country in pycountry.countries) | {"KOS"}
SOURCES: Final = ("own", "phoenix")


@dataclass(frozen=True, slots=True)
class Row:
    """One office, role or body. Both days are inclusive; None leaves that end open."""

    where: str  # file and line
    name: str
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    since: date | None
    until: date | None
    kind: ActorKind
    office: str | None
    source: str


def read_rows(path: Path) -> tuple[list[Row], list[str]]:
    """The rows of one file that can be used, and a fault for each that cannot."""
    rows, faults = [], []
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        if tuple(next(reader, ())) != COLUMNS:
            return [], [f"{path.name}:1: the columns are not {', '.join(COLUMNS)}"]
        for cells in reader:
            where = f"{path.name}:{reader.line_num}"
            try:
                rows.append(_row(where, cells))
            except ValueError as error:
                faults.append(f"{where}: {error}")
    return rows, faults


def _row(where: str, cells: Sequence[str]) -> Row:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells instead of {len(COLUMNS)}")
    name, country, sectors, aliases, since, until, kind, office, source = (cell.strip() for cell in cells)
    row = Row(
        where,
        name,
        country or None,
        tuple(part for part in sectors.split("+") if part),
        tuple(part.strip() for part in aliases.split(";") if part.strip()),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        kind,  # type: ignore[arg-type]
        office or None,
        source,
    )
    if not name:
        raise ValueError("no name")
    if country and country not in STATES:
        raise ValueError(f"{country} is no country")
    if unknown := set(row.sectors) - set(ontology.SECTORS) - set(ontology.INTERNATIONAL):
        raise ValueError(f"no sectors of PLOVER: {', '.join(sorted(unknown))}")
    if not country and not sectors:
        raise ValueError(f"{name} has neither country nor sectors")
    if kind not in get_args(ActorKind):
        raise ValueError(f"{kind} is no kind of actor")
    if row.since and row.until and row.since > row.until:
        raise ValueError(f"{name} ends on {until}, before it begins")
    if source not in SOURCES:
        raise ValueError(f"{source} is no source")
    return row


def clashes(rows: Iterable[Row]) -> Iterator[str]:
    """Offices that two hold on one day where only one can hold them."""
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.country and row.office in SINGLE:
            held[row.country, row.office].append(row)
    for (country, office), holders in sorted(held.items()):
        holders.sort(key=lambda row: (row.since or date.min, row.until or date.max))
        for one, other in pairwise(holders):
            if (other.since or date.min) <= (one.until or date.max) and one.name != other.name:
                both = f"{other.name} and {one.name} are both {office} of {country}"
                yield f"{other.where}: {both} on {other.since}"


def shared_aliases(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The aliases that name more than one, each with their names."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for alias in row.aliases:
            bearers[alias].add(row.name)
    return {alias: names for alias, names in bearers.items() if len(names) > 1}


def main() -> None:
    rows, faults = [], []
    for path in sorted(HERE.glob("*.csv")):
        found, wrong = read_rows(path)
        rows += found
        faults += wrong
    faults += clashes(rows)
    for fault in faults:
        print(fault)
    names = {row.name for row in rows}
    print(
        f"{len(rows)} rows, {len(names)} names, {len(shared_aliases(rows))} shared aliases", file=sys.stderr
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
