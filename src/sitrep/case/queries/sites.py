"""Places of the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sitrep.records import Place

COLUMNS: Final = (  # of `site s`, as `site` takes them
    "s.key, s.name, s.geonameid, s.latitude, s.longitude, s.country, s.admin1, s.feature, s.inferred"
)


def sites(connection: sqlite3.Connection) -> Iterator[Place]:
    """Every place of the case, in the order of keys; their ids are their keys."""
    for row in connection.execute(f"SELECT {COLUMNS} FROM site s ORDER BY s.key"):
        yield site(row)


def site(row: Sequence[Any]) -> Place:
    """The place that `COLUMNS` hold."""
    key, name, geonameid, latitude, longitude, country, admin1, feature, inferred = row
    return Place(
        id=key, name=name, geonameid=geonameid, latitude=latitude, longitude=longitude, mentions=(),
        country=country, admin1=admin1, feature=feature, inferred=bool(inferred), confidence=1.0,
    )  # fmt: skip
