"""Look names up in the compiled gazetteer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final, Literal

from sitrep.gazetteer.build import Progress, ensure_gazetteer
from sitrep.gazetteer.names import name_key, skeleton, sounding, without_article

Match = Literal["name", "other", "bare", "similar"]
_MATCHES: Final[tuple[Match, ...]] = ("name", "other", "bare")
LEAST_SIMILAR: Final = 0.8  # one vowel more or less in a name of five letters or more
_PLACE: Final = (
    "p.id, p.name, p.latitude, p.longitude, p.country, p.admin1, p.admin2, a.name, p.feature, p.population, "
    "p.inferred"
)
_FROM: Final = "JOIN place p ON p.id = n.place LEFT JOIN place a ON a.id = p.admin1 AND p.admin1 != p.id"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean. `inferred` says that its position is the middle of an area, not
    GeoNames' own."""

    geonameid: int | None
    name: str
    latitude: float
    longitude: float
    country: str | None  # ISO 3166-1 alpha-3
    admin1: int | None  # geonameid of the first-level division; a division of that level names itself
    admin2: int | None
    admin1_name: str | None
    feature: str  # GeoNames feature code: PPL, PPLC, ADM1, ADM2, PCLI, CONT, …
    population: int
    inferred: bool
    match: Match
    similarity: float  # 1.0 for a name in the gazetteer


class Gazetteer:
    """Places by name. The file is compiled on first use and opened read-only on first look-up; pickles as
    its path."""

    def __init__(self, path: Path | None = None, progress: Progress | None = None) -> None:
        """`path` is a file that `build_gazetteer` wrote; None for the one in the cache folder."""
        self._path = path
        self._progress = progress
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0  # a connection must not be used by a fork of the process that opened it

    def __reduce__(self) -> tuple[Any, ...]:
        return Gazetteer, (self._path,)

    @property
    def _db(self) -> sqlite3.Connection:
        if self._connection is None or self._opened_by != os.getpid():
            path = self._path or ensure_gazetteer(self._progress)
            # Immutable: no locks, so that many workers read one file, also from a read-only disk.
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._opened_by = os.getpid()
        return self._connection

    def find(self, name: str) -> list[Candidate]:
        """The places that bear `name`, most populous first; those known by it without an article come
        last."""
        key = name_key(name)
        found = self._by_key(key)
        bare = without_article(key)
        if not found and bare != key:
            found = self._by_key(bare)
        return found

    def _by_key(self, key: str) -> list[Candidate]:
        rows = self._db.execute(
            f"SELECT {_PLACE}, n.kind FROM name n {_FROM} WHERE n.key = ? "
            "ORDER BY n.kind = 2, p.population DESC, p.id",
            (key,),
        )
        return [_candidate(row, _MATCHES[row[-1]], 1.0) for row in rows]

    def knows(self, name: str) -> bool:
        """Whether any place bears `name`."""
        key = name_key(name)
        row = self._db.execute("SELECT 1 FROM name WHERE key = ? LIMIT 1", (key,)).fetchone()
        return row is not None

    def similar(self, name: str, countries: Iterable[str]) -> list[Candidate]:
        """Places of `countries` that may be another transliteration of `name`, most alike first.

        For the spellings that no list has: "Jafra" in a Libyan report is "Al Jufrah".
        """
        sound = sounding(name_key(name))
        letters = skeleton(name_key(name))
        if len(letters) < 2:
            return []
        best: dict[int, Candidate] = {}
        for country in sorted(set(countries)):
            rows = self._db.execute(
                f"SELECT {_PLACE}, n.sound FROM skeleton n {_FROM} WHERE n.country = ? AND n.letters = ?",
                (country, letters),
            )
            for row in rows:
                alike = round(SequenceMatcher(None, sound, row[-1], autojunk=False).ratio(), 4)
                if alike >= LEAST_SIMILAR and (row[0] not in best or alike > best[row[0]].similarity):
                    best[row[0]] = _candidate(row, "similar", alike)
        return sorted(best.values(), key=lambda c: (-c.similarity, -c.population, c.name))

    def place(self, geonameid: int) -> Candidate | None:
        """The place of that GeoNames id."""
        row = self._db.execute(f"SELECT {_PLACE} FROM (SELECT ? AS place) n {_FROM}", (geonameid,)).fetchone()
        return _candidate(row, "name", 1.0) if row else None

    def country(self, alpha3: str) -> Candidate | None:
        """The country of that ISO 3166-1 alpha-3 code."""
        row = self._db.execute(
            f"SELECT {_PLACE} FROM (SELECT id AS place FROM place WHERE feature = 'PCLI' AND country = ?) n "
            f"{_FROM}",
            (alpha3,),
        ).fetchone()
        return _candidate(row, "name", 1.0) if row else None


def _candidate(row: tuple[Any, ...], match: Match, similarity: float) -> Candidate:
    number, name, latitude, longitude, country, admin1, admin2, admin1_name, feature, population, inferred = (
        row[:11]
    )
    return Candidate(
        number if number > 0 else None, name, latitude, longitude, country, admin1, admin2,
        name if admin1 == number else admin1_name, feature, population, bool(inferred), match, similarity,
    )  # fmt: skip
