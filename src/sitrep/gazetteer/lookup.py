"""Look names up in the compiled gazetteer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from sitrep.gazetteer.build import ensure_gazetteer
from sitrep.gazetteer.location import open_gazetteer
from sitrep.gazetteer.names import name_key, skeleton, sounding, without_article
from sitrep.gazetteer.tables import About, Progress

Match = Literal["name", "other", "bare", "similar"]
_MATCHES: Final[tuple[Match, ...]] = ("name", "other", "bare")
MOST_FOUND: Final = 100  # places of one name; reading more would take over a millisecond
_REMEMBERED: Final = 20_000  # names
LEAST_SIMILAR: Final = 0.8  # one vowel more or less in a name of five letters or more
_PLACE: Final = (
    "p.id, p.name, p.latitude, p.longitude, p.country, p.admin1, p.admin2, a.name, p.feature, p.population, "
    "p.inferred, p.notable"
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
    notable: bool  # what reports name without being asked: no hamlet, hill or stream of a full GeoNames dump
    match: Match
    similarity: float  # 1.0 for a name in the gazetteer


class Gazetteer:
    """Places by name. The file is compiled on first use and opened read-only on first look-up; pickles as
    its path."""

    def __init__(self, path: Path | None = None, progress: Progress | None = None) -> None:
        """`path` is a compiled file; None for the one in use: the user's own, else the package's."""
        self._path = path
        self._progress = progress
        self._opened: tuple[sqlite3.Connection, About] | None = None
        self._opened_by = 0  # a connection must not be used by a fork of the process that opened it
        # The file does not change under us, so remembering changes no answer.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._by_key)

    def __reduce__(self) -> tuple[Any, ...]:
        return Gazetteer, (self._path,)

    def _open(self) -> tuple[sqlite3.Connection, About]:
        if self._opened is None or self._opened_by != os.getpid():
            self._opened = open_gazetteer(self._path or ensure_gazetteer(self._progress))
            self._opened_by = os.getpid()
        return self._opened

    @property
    def _db(self) -> sqlite3.Connection:
        return self._open()[0]

    @property
    def about(self) -> About:
        """What the file in use was compiled from, and when. Raises `UnreadableGazetteer`."""
        return self._open()[1]

    def find(self, name: str) -> list[Candidate]:
        """The places that bear `name`, at most `MOST_FOUND`: notable ones first, most populous first; those
        known by it without an article come last."""
        key = name_key(name)
        found = self._remembered(key)
        bare = without_article(key)
        if not found and bare != key:
            found = self._remembered(bare)
        return list(found)

    def _by_key(self, key: str) -> tuple[Candidate, ...]:
        rows = self._db.execute(
            f"SELECT {_PLACE}, n.kind FROM name n {_FROM} WHERE n.key = ? AND n.rank <= ? ORDER BY n.rank",
            (key, MOST_FOUND),
        )
        return tuple(_candidate(row, _MATCHES[row[-1]], 1.0) for row in rows)

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
    (number, name, latitude, longitude, country, admin1, admin2, admin1_name, feature, population, inferred,
     notable) = row[:12]  # fmt: skip
    return Candidate(
        number if number > 0 else None, name, latitude, longitude, country, admin1, admin2,
        name if admin1 == number else admin1_name, feature, population, bool(inferred), bool(notable), match,
        similarity,
    )  # fmt: skip
