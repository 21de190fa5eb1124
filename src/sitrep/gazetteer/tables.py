"""Places and their names -> the SQLite file that look-ups read. Both sources of places write through this.

What comes in is not kept in memory: names wait in a scratch file beside the one being written until all are
there, and SQLite sorts them. A file is complete or not there at all.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from sitrep.gazetteer.names import name_key, skeleton, sounding, without_article, without_head

Progress = Callable[[int, int], None]  # done, in all

FORMAT: Final = 2  # raise it when the tables or the keys change: older files are then not read
MAIN, OTHER, BARE = 0, 1, 2  # how a key names a place: its own name, another name, its name without article
NOTABLE_POPULATION: Final = 500

# States whose places carry the Arabic article, so that "Jufrah" is looked for under "Al Jufrah" too.
ARABIC: Final = frozenset({
    "DZA", "BHR", "COM", "DJI", "EGY", "IRQ", "JOR", "KWT", "LBY", "LBN", "MRT", "MAR", "OMN", "PSE", "QAT",
    "SAU", "SOM", "SDN", "SYR", "TUN", "ARE", "YEM", "ESH", "TCD", "IRN",
})  # fmt: skip
_TABLES: Final = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, country TEXT,
    admin1 INTEGER, admin2 INTEGER, feature TEXT NOT NULL, population INTEGER NOT NULL,
    inferred INTEGER NOT NULL, notable INTEGER NOT NULL
);
CREATE TABLE name (
    key TEXT, rank INTEGER, place INTEGER, kind INTEGER, PRIMARY KEY (key, rank)
) WITHOUT ROWID;
CREATE TABLE skeleton (
    country TEXT, letters TEXT, place INTEGER, sound TEXT, PRIMARY KEY (country, letters, place, sound)
) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# In the order in which look-ups give them: by article last, what reports name first, then by people.
_SORT_NAMES: Final = """
INSERT INTO name
SELECT key, row_number() OVER (PARTITION BY key ORDER BY kind = 2, notable DESC, population DESC, place),
    place, kind
FROM (
    SELECT key, place, min(kind) AS kind, max(notable) AS notable, max(population) AS population
    FROM scratch.printed GROUP BY key, place
)
"""
_BATCH: Final = 20_000  # rows at a time; more are no faster
_CACHE_KB: Final = 131_072


class Row(NamedTuple):
    """One line of the table `place`; `id` is GeoNames' where it has one, negative otherwise.

    `notable` marks what reports name without being asked: countries, divisions, seas, populated places above
    500. Hamlets, hills and streams are found too, but only under a name that the text calls a place.
    """

    id: int
    name: str
    latitude: float
    longitude: float
    country: str | None
    admin1: int | None
    admin2: int | None
    feature: str
    population: int
    inferred: bool
    notable: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What a gazetteer says of itself."""

    source: str  # "GeoNames, allCountries.zip"
    dated: str  # the day of its last change, or the versions of the packages that it is from
    built: str  # ISO 8601, UTC
    places: int
    names: int
    digest: str  # "sha256:…" of what it was compiled from


class Compiler:
    """Writes one gazetteer: `add` every place, then `finish`."""

    def __init__(self, path: Path, scratch: Path) -> None:
        self.digest = hashlib.sha256(f"format {FORMAT}\n".encode())
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KB};"
            + _TABLES
        )
        self._db.execute("ATTACH ? AS scratch", (str(scratch),))
        self._db.executescript(
            "PRAGMA scratch.journal_mode = OFF; PRAGMA scratch.synchronous = OFF;"
            "CREATE TABLE scratch.printed (key TEXT, place INTEGER, kind INTEGER, notable INTEGER, population"
            " INTEGER); BEGIN"
        )
        self._places: list[Row] = []
        self._printed: list[tuple[str, int, int, bool, int]] = []
        self._skeletons: list[tuple[str, str, int, str]] = []

    def add(self, row: Row, others: Iterable[str] = ()) -> None:
        """One place with its other names. Of two places with one id the first stays."""
        self._places.append(row)
        self.name(row, row.name, MAIN)
        for other in others:
            self.name(row, other, OTHER)
        if row.notable and row.country and not row.feature.startswith("PCL"):
            self.sound(row, row.name)
        if len(self._places) >= _BATCH:
            self._flush()

    def name(self, row: Row, printed: str, kind: int = OTHER) -> None:
        """One more name of a place."""
        key = name_key(printed)
        if not key:
            return
        rank = row.notable, row.population
        self._printed.append((key, row.id, kind, *rank))
        if row.feature.startswith("ADM") and (headless := without_head(key)) != key:
            self._printed.append((headless, row.id, OTHER, *rank))
        if row.country in ARABIC and (bare := without_article(key)) != key:
            self._printed.append((bare, row.id, BARE, *rank))

    def name_of(self, place: int, printed: str) -> None:
        """One more name of a place that was added before, of which only its id is at hand."""
        if self._places:
            self._flush()
        found = self._db.execute("SELECT * FROM place WHERE id = ?", (place,)).fetchone()
        if found is not None:
            self.name(Row(*found), printed)
            if len(self._printed) >= _BATCH:
                self._flush()

    def sound(self, row: Row, printed: str) -> None:
        """A name under which a place is found by how it sounds."""
        key = name_key(printed)
        letters = skeleton(key)
        if len(letters) > 1 and row.country:
            self._skeletons.append((row.country, letters, row.id, sounding(key)))

    def _flush(self) -> None:
        marks = ",".join("?" * len(Row._fields))
        self._db.executemany(f"INSERT OR IGNORE INTO place VALUES ({marks})", self._places)
        self._db.executemany("INSERT INTO scratch.printed VALUES (?,?,?,?,?)", self._printed)
        self._db.executemany("INSERT OR IGNORE INTO skeleton VALUES (?,?,?,?)", self._skeletons)
        self._places, self._printed, self._skeletons = [], [], []

    def finish(self, source: str, dated: str) -> About:
        """Sort the names and close the file."""
        self._flush()
        self._db.execute("COMMIT")
        self._db.execute(_SORT_NAMES)
        (places,) = self._db.execute("SELECT count(*) FROM place").fetchone()
        (names,) = self._db.execute("SELECT count(*) FROM name").fetchone()
        digest = f"sha256:{self.digest.hexdigest()}"
        about = About(source, dated, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", places, names, digest)
        facts = {"format": FORMAT, **{name: getattr(about, name) for name in About.__slots__}}
        self._db.executemany("INSERT INTO about VALUES (?,?)", [(k, str(v)) for k, v in facts.items()])
        self.close()
        return about

    def close(self) -> None:
        self._db.close()


@contextmanager
def compiling(path: Path) -> Iterator[Compiler]:
    """A compiler whose file takes `path`'s place once all is written; until then an older one stays there.

    Two processes at once both end with a good file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    made = []
    try:
        for suffix in (".part", ".scratch"):
            handle, name = tempfile.mkstemp(prefix=path.stem, suffix=suffix, dir=path.parent)
            os.close(handle)
            made.append(Path(name))
        compiler = Compiler(*made)
        try:
            yield compiler
        finally:
            compiler.close()
        made[0].chmod(0o644)  # the folder may be shared
        made[0].replace(path)
    finally:
        for left in made:
            left.unlink(missing_ok=True)


def read_about(db: sqlite3.Connection) -> About | None:
    """What a gazetteer says of itself; None for a file of another format or kind."""
    try:
        facts = dict(db.execute("SELECT name, value FROM about"))
    except sqlite3.DatabaseError:
        return None
    if facts.pop("format", None) != str(FORMAT):
        return None
    return About(**{**facts, "places": int(facts["places"]), "names": int(facts["names"])})
