"""Make the coder's table of these rows: `python -m training.actors.compile`.

Rows of one actor in several files become one: those of one name where the country is the same or only one
states it, and those where one's name is another's alias. Writes `src/sitrep/data/world.jsonl.gz`: the day
that it was made first, then one actor a line as `sitrep.coding.actors.world` reads it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from sitrep.coding.actors.world import key_of
from sitrep.coding.tables import fold
from training.actors.table import HERE, Row, read_rows

OUTPUT: Final = Path("src/sitrep/data/world.jsonl.gz")
_NO_DAY: Final = date.min


class _Groups:
    """Rows by the actor that they are of."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._above = list(range(len(rows)))

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


def actors_of(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each actor together, by their days, in the order of the first row of each."""
    groups = _Groups(rows)
    named: dict[str, list[int]] = defaultdict(list)
    called: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        named[row.name].append(number)
        for alias in row.aliases:
            called[alias].append(number)
    for name, numbers in named.items():
        alike = [*numbers, *called.get(name, ())]
        for at, one in enumerate(alike):
            for other in alike[at + 1 :]:
                if _agree(rows[one], rows[other]):
                    groups.join(one, other)
    found: dict[int, list[Row]] = defaultdict(list)
    for number, row in enumerate(rows):
        found[groups.of(number)].append(row)
    return [
        sorted(actor, key=lambda row: (row.since or _NO_DAY, row.until or date.max))
        for actor in _with_the_stateless(list(found.values()))
    ]


def _agree(one: Row, other: Row) -> bool:
    return one.country == other.country and (one.kind == "person") == (other.kind == "person")


def _with_the_stateless(actors: list[list[Row]]) -> list[list[Row]]:
    """Roles of international bodies go to the person of that name who has a state, if there is only one."""
    by_name: dict[tuple[str, bool], list[list[Row]]] = defaultdict(list)
    for actor in actors:
        for name in dict.fromkeys(row.name for row in actor):
            by_name[name, actor[0].kind == "person"].append(actor)
    gone: set[int] = set()
    for alike in by_name.values():
        stated = [actor for actor in alike if actor[0].country is not None and id(actor) not in gone]
        for actor in alike:
            if actor[0].country is None and len(stated) == 1 and id(actor) not in gone:
                stated[0] += actor
                gone.add(id(actor))
    return [actor for actor in actors if id(actor) not in gone]


def line_of(actor: Sequence[Row], taken: set[str]) -> list[Any]:
    """Id, kind, name, keys of all its names, and roles (country, sectors, first and last day, office)."""
    country = next((row.country for row in actor if row.country), None)
    name = actor[0].name
    id = _slug(f"{name} {country or ''}")
    while id in taken:
        id += "-2"
    taken.add(id)
    person = actor[0].kind == "person"
    keys = dict.fromkeys(key_of(name, person) for row in actor for name in (row.name, *row.aliases))
    roles = [
        [
            row.country,
            list(row.sectors),
            row.since and row.since.isoformat(),
            row.until and row.until.isoformat(),
            row.office,
        ]
        for row in actor
    ]
    roles = [role for n, role in enumerate(roles) if role not in roles[:n]]
    return [id, actor[0].kind, name, [key for key in keys if key], roles]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def compiled(rows: Sequence[Row], day: date) -> str:
    taken: set[str] = set()
    lines: Iterable[Any] = [{"date": day.isoformat()}, *(line_of(actor, taken) for actor in actors_of(rows))]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="the day the rows are true of")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    rows = [row for path in sorted(HERE.glob("*.csv")) for row in read_rows(path)[0]]
    text = compiled(rows, arguments.date)
    # without a time of day in it: the same rows give the same bytes
    arguments.output.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(rows)} rows, {text.count(chr(10)) - 1} actors", file=sys.stderr)


if __name__ == "__main__":
    main()
