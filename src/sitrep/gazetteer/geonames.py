"""A GeoNames dump (allCountries.zip, or any extract of it) -> a gazetteer in the place of the package's own.

The dump is read twice, line by line: first for the divisions, which its other lines name by code, then for
all. Memory holds divisions and countries and nothing of the rest. These files have their say too where they
lie beside the dump: `countryInfo.txt` (codes of countries), `admin1CodesASCII.txt`, `admin2Codes.txt`
(divisions that an extract has no lines for), `alternateNamesV2.txt` (more names).
Columns: https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from sitrep.gazetteer.build import addition_rows, country_names, country_rows, read_countries, readable
from sitrep.gazetteer.tables import NOTABLE_POPULATION, About, Compiler, Progress, Row, compiling
from sitrep.records import Skipped

COLUMNS: Final = 19
_SHOWN: Final = 20  # bad lines that are named by number; all are counted
_STEP: Final = 20_000  # lines between two reports of progress
_MOST_LETTERS: Final = 100  # of a name: longer ones are descriptions
_SAME_DEGREES: Final = 10.0  # how far GeoNames' middle of a region or sea may be from ours

# Kinds of buildings and roads that reports of a conflict name. Of the others (hotels, schools, farms) there
# are millions, and their names are anybody's.
_SPOTS: Final = frozenset({
    "AIRB", "AIRF", "AIRH", "AIRP", "AIRQ", "AIRS", "BDG", "CSTL", "CTRA", "DAM", "FCL", "FT", "FY", "GATE",
    "GOVL", "INSM", "MNMT", "OBPT", "OILR", "OILT", "OILJ", "OILP", "PAL", "PP", "PRN", "PS", "PSH", "PSN",
    "PSTB", "PSTC", "PSTP", "RSTN", "RUIN", "SHRN", "STDM", "TNL", "TNLRD", "TNLRR", "UNIV", "WALL", "CSWY",
})  # fmt: skip
_NOTABLE: Final = frozenset({
    "PPLC", "PPLG", "PPLA", "PPLA2", "PPLA3", "PPLA4", "ADM1", "ADM2", "PCLI", "CONT", "OCN", "SEA",
})  # fmt: skip
# What the file of alternate names holds beside names.
_NO_LANGUAGES: Final = frozenset({
    "link", "post", "iata", "icao", "faac", "unlc", "wkdt", "abbr", "phon", "piny", "tcid",
})  # fmt: skip


class UnreadableDump(ValueError):
    """A file that is no GeoNames dump."""


@dataclass(slots=True)
class Compiled:
    """How a dump came through."""

    lines: int = 0
    left_out: Counter[str] = field(default_factory=Counter)  # feature code -> lines
    bad: int = 0
    shown: list[Skipped] = field(default_factory=list)  # the first bad lines
    beside: list[str] = field(default_factory=list)  # other files that had their say
    about: About | None = None


def compile_dump(dump: Path, path: Path, progress: Progress | None = None) -> Compiled:
    """Compile `dump` into `path`, whole or not at all. Raises `UnreadableDump` where it is none."""
    with compiling(path) as compiler:
        return _Dump(dump, compiler, progress or (lambda done, total: None)).compile()


class _Dump:
    """One dump on its way into a compiler."""

    def __init__(self, dump: Path, compiler: Compiler, progress: Progress) -> None:
        self._dump, self._compiler, self._progress = dump, compiler, progress
        self._result = Compiled()
        self._alpha3 = {c.alpha2: c.alpha3 for c in read_countries() if c.id}
        self._divisions: dict[str, int] = {}  # "LY.16", "LY.16.01" -> geonameid
        self._named: dict[int, _Division] = {}  # divisions that a file beside the dump names
        self._additions = list(addition_rows())
        self._replaced: dict[int, int] = {}  # GeoNames' row of what we have too -> our row's number
        self._countries: dict[str | None, Row] = {}
        self._kept = bytearray()  # by geonameid: whether it is in, and may have more names
        self._dated = ""

    def compile(self) -> Compiled:
        self._read_codes()
        self._read_divisions()
        for number, row, others in self._rows():
            if number % _STEP == 0:
                self._progress(self._result.lines + number, 2 * self._result.lines)
            if row.id in self._replaced:
                row = row._replace(notable=True)
                others = [*others, *self._additions[self._replaced[row.id]][1]]
            if row.feature == "PCLI":
                self._countries.setdefault(row.country, row)
            self._add(row, others)
        if not any(self._kept):
            found = f"{self._result.shown[0].found} " if self._result.shown else "It holds no line. "
            raise UnreadableDump(
                f'"{self._dump}" is no GeoNames dump. {found}Give allCountries.zip, or an extract of it: '
                f"{COLUMNS} columns parted by tabs."
            )
        self._complete()
        self._read_alternates()
        self._progress(2 * self._result.lines, 2 * self._result.lines)
        self._result.about = self._compiler.finish(f"GeoNames, {self._dump.name}", self._dated)
        return self._result

    def _add(self, row: Row, others: list[str]) -> None:
        self._compiler.add(row, others)
        if row.id >= len(self._kept):
            self._kept.extend(bytes(row.id + 1_000_000 - len(self._kept)))
        if row.id > 0:
            self._kept[row.id] = 1

    # Beside the dump

    def _read_codes(self) -> None:
        for fields in self._beside("countryInfo.txt", 5):
            self._alpha3[fields[0]] = "KOS" if fields[0] == "XK" else fields[1]
        for name in ("admin1CodesASCII.txt", "admin2Codes.txt"):
            for fields in self._beside(name, 4):
                code, printed, number = fields[0], fields[1], fields[3].strip()
                if number.isdigit():
                    self._divisions[code] = int(number)
                    self._named[int(number)] = _Division(printed, code)

    def _beside(self, name: str, columns: int) -> Iterator[list[str]]:
        path = self._dump.parent / name
        if not path.is_file():
            return
        self._result.beside.append(name)
        with path.open("rb") as lines:
            for line in lines:
                fields = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
                if len(fields) >= columns and not line.startswith(b"#"):
                    self._compiler.digest.update(line)
                    yield fields

    # First reading

    def _read_divisions(self) -> None:
        """The divisions by code; what GeoNames has of the regions and seas that we have; how many lines."""
        ours = {row.name.encode(): number for number, (row, _) in enumerate(self._additions)}
        with _opened(self._dump) as lines:
            for number, line in enumerate(lines, start=1):
                self._result.lines = number
                if b"\tADM1\t" in line or b"\tADM2\t" in line:
                    fields = line.decode("utf-8", "replace").split("\t")
                    if len(fields) == COLUMNS and fields[0].isdigit() and fields[7] in ("ADM1", "ADM2"):
                        parts = (fields[8], fields[10], fields[11])[: 2 if fields[7] == "ADM1" else 3]
                        self._divisions[".".join(parts)] = int(fields[0])
                elif line.split(b"\t", 2)[1:2] and (name := line.split(b"\t", 2)[1]) in ours:
                    self._replace(line.decode("utf-8", "replace").split("\t"), ours[name])

    def _replace(self, fields: list[str], number: int) -> None:
        """Note that a line stands for our row of that number: a region, sea or continent of its name."""
        ours = self._additions[number][0]
        try:
            apart = max(abs(float(fields[4]) - ours.latitude), abs(float(fields[5]) - ours.longitude))
        except (ValueError, IndexError):
            return
        same = fields[7] == ours.feature or int(fields[0]) == ours.id
        if same and apart <= _SAME_DEGREES and number not in self._replaced.values():
            self._replaced[int(fields[0])] = number

    # Second reading

    def _rows(self) -> Iterator[tuple[int, Row, list[str]]]:
        digest = self._compiler.digest
        with _opened(self._dump) as lines:
            for number, line in enumerate(lines, start=1):
                digest.update(line)
                try:
                    read = self._row(line.decode("utf-8").rstrip("\r\n").split("\t"))
                except ValueError as error:  # also what is no UTF-8
                    self._bad(number, error)
                    continue
                if read is not None:
                    yield number, *read

    def _bad(self, number: int, error: ValueError) -> None:
        self._result.bad += 1
        if self._result.bad <= _SHOWN:
            found = "bytes that are not UTF-8." if isinstance(error, UnicodeDecodeError) else str(error)
            advice = "The line was left out; download the dump again if there are many."
            self._result.shown.append(Skipped(f"{self._dump.name}, line {number}", found, advice))

    def _row(self, fields: list[str]) -> tuple[Row, list[str]] | None:
        """The place of one line and its other names; None for a kind that is left out.

        Raises `ValueError` for a line that states no place.
        """
        if len(fields) != COLUMNS:
            raise ValueError(f"{len(fields)} columns, not {COLUMNS}.")
        kind, feature = fields[6], fields[7]
        # "ADM1H", "PCLH", "PPLH": what was a division, state or town once
        past = feature.endswith("H") and feature.startswith(("ADM", "PCL", "PPL"))
        if past or not feature or (kind in ("S", "R") and feature not in _SPOTS):
            self._result.left_out[feature or "(none)"] += 1
            return None
        latitude, longitude = _degrees(fields[4], 90, "latitude"), _degrees(fields[5], 180, "longitude")
        if not fields[0].isdigit() or not fields[1]:
            raise ValueError(f'the id "{fields[0]}" and the name "{fields[1]}".')
        number, population = int(fields[0]), int(fields[14]) if fields[14].isdigit() else 0
        code1 = f"{fields[8]}.{fields[10]}"
        admin1, admin2 = self._divisions.get(code1), self._divisions.get(f"{code1}.{fields[11]}")
        for division in (admin1, admin2):
            if division in self._named:
                self._named[division].widen(latitude, longitude, population, number == division)
        if feature.startswith("PCL") and feature != "PCL":
            feature = (
                "PCLI"  # dependent territories are countries of their own, as in the package's gazetteer
            )
        notable = feature in _NOTABLE or (kind == "P" and population >= NOTABLE_POPULATION)
        row = Row(
            number, fields[1], latitude, longitude, self._alpha3.get(fields[8]), admin1, admin2, feature,
            population, False, notable,
        )  # fmt: skip
        self._dated = max(self._dated, fields[18][:10])
        names = dict.fromkeys((fields[2], *(name for name in fields[3].split(",") if readable(name))))
        return row, [name for name in names if name and name != fields[1] and len(name) <= _MOST_LETTERS]

    # What the dump lacks

    def _complete(self) -> None:
        """Divisions and countries of an extract that has only towns; our names of countries; our regions."""
        for number, division in self._named.items():
            if not division.has_line and division.south <= division.north:
                country, *_ = code = division.code.split(".")
                first = self._divisions.get(".".join(code[:2]))
                latitude, longitude = division.middle
                row = Row(
                    number, division.name, latitude, longitude, self._alpha3.get(country), first,
                    number if len(code) > 2 else None, f"ADM{len(code) - 1}", division.population, True,
                )  # fmt: skip
                self._add(row, [])
        for row, others in country_rows():
            if row.country not in self._countries:
                self._countries[row.country] = row
                self._add(row, others)
        for alpha3, name in country_names():
            self._compiler.name(self._countries[alpha3], name)
        for number, (row, others) in enumerate(self._additions):
            if number not in self._replaced.values():
                self._add(row, others)

    def _read_alternates(self) -> None:
        """More names of the places that are in."""
        for fields in self._beside("alternateNamesV2.txt", 8):
            number, language, name, historic = fields[1], fields[2], fields[3], fields[7]
            known = number.isdigit() and int(number) < len(self._kept) and self._kept[int(number)]
            if known and language not in _NO_LANGUAGES and historic != "1" and readable(name):
                self._compiler.name_of(int(number), name)


@dataclass(slots=True)
class _Division:
    """A division that a file beside the dump names, as the places inside it show it."""

    name: str
    code: str
    has_line: bool = False
    south: float = 90.0
    north: float = -90.0
    west: float = 180.0
    east: float = -180.0
    population: int = 0

    def widen(self, latitude: float, longitude: float, population: int, itself: bool) -> None:
        self.has_line |= itself
        self.south, self.north = min(self.south, latitude), max(self.north, latitude)
        self.west, self.east = min(self.west, longitude), max(self.east, longitude)
        self.population += population

    @property
    def middle(self) -> tuple[float, float]:
        return round((self.south + self.north) / 2, 4), round((self.west + self.east) / 2, 4)


def _degrees(text: str, most: int, what: str) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise ValueError(f'the {what} "{text}", not a number from -{most} to {most}.')
    return degrees


@contextmanager
def _opened(dump: Path) -> Iterator[BinaryIO]:
    """The lines of a dump, plain or as the one text of its name in a zip."""
    if not zipfile.is_zipfile(dump):
        with dump.open("rb") as lines:
            yield lines
        return
    with zipfile.ZipFile(dump) as archive:
        texts = [
            name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()
        ]
        if len(texts) != 1:
            raise UnreadableDump(
                f'"{dump}" holds {len(texts)} texts, not one. Unpack it and give the file of the places.'
            )
        with archive.open(texts[0]) as member:
            yield member  # type: ignore[misc]  # IO[bytes] is enough: it is only iterated
