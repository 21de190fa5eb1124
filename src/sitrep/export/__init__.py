"""Reports in; files that other tools read out. One format, one file.

Every writer is a context manager with `write(report)`. Most put reports on disk as they come, so that a run
that was stopped keeps what it has; those whose format is one whole (DocBin, TimeMap) write at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from sitrep.export import acled, gdelt, geojson, icews, jsonld, labelstudio, polecat
from sitrep.export.csv import CsvWriter
from sitrep.export.docbin import DocBinWriter
from sitrep.export.ftm import FtmWriter
from sitrep.export.json import JsonWriter
from sitrep.export.jsonl import JsonlWriter
from sitrep.export.parquet import ParquetWriter
from sitrep.export.standoff import StandoffWriter
from sitrep.export.tables import TablesWriter
from sitrep.export.timemap import TimeMapWriter
from sitrep.records import Report


class Writer(Protocol):
    def write(self, report: Report) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `suffix` is what its files end in; None where it is a folder."""

    name: str
    suffix: str | None
    what: str
    open: Callable[[Path], AbstractContextManager[Writer]]


FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format("jsonl", ".jsonl", "the whole record, a report a line", JsonlWriter),
        Format("json", ".json", "the whole record, one array", JsonWriter),
        Format("parquet", ".parquet", "the whole record, nested columns", ParquetWriter),
        Format("csv", ".csv", "the flat event table", CsvWriter),
        Format("tables-csv", None, "all tables, with keys between them", partial(TablesWriter, kind="csv")),
        Format("tables-parquet", None, "the same as Parquet", partial(TablesWriter, kind="parquet")),
        Format("geojson", ".geojson", "events on the map", geojson.writer),
        Format("polecat", ".tsv", "POLECAT's table", polecat.writer),
        Format("gdelt", ".tsv", "CAMEO codes in GDELT 1.0's layout", gdelt.writer),
        Format("icews", ".tsv", "CAMEO codes in ICEWS' layout", icews.writer),
        Format("acled", ".csv", "a table with ACLED's columns", acled.writer),
        Format("ftm", ".ftm.json", "FollowTheMoney entities for Aleph", FtmWriter),
        Format("timemap", ".json", "TimeMap's JSON", TimeMapWriter),
        Format("docbin", ".spacy", "spaCy's DocBin with all annotations", DocBinWriter),
        Format("jsonld", ".jsonld", "schema.org's Claim and Event", jsonld.writer),
        Format("brat", None, "BRAT's standoff files", StandoffWriter),
        Format("label-studio", ".json", "Label Studio's tasks", labelstudio.writer),
    )
}
# What `sitrep code -o FILE` writes, by the suffix of FILE.
WRITERS: Final[dict[str, Callable[[Path], AbstractContextManager[Writer]]]] = {
    f".{name}": FORMATS[name].open for name in ("jsonl", "json", "csv", "parquet")
}


def open_format(name: str, path: Path) -> AbstractContextManager[Writer]:
    """The writer of that format. Raises `ValueError` for a format or a folder that is not there."""
    if name not in FORMATS:
        raise ValueError(f'There is no format "{name}"; there are {", ".join(FORMATS)}.')
    _check_folder(path)
    return FORMATS[name].open(path)


def open_writer(path: Path) -> AbstractContextManager[Writer]:
    """The writer for `path` by its suffix. Raises `ValueError` for a suffix or folder that is not there."""
    if path.suffix.lower() not in WRITERS:
        raise ValueError(f'"{path.name}" names no format that sitrep writes. End it in {", ".join(WRITERS)}.')
    _check_folder(path)
    return WRITERS[path.suffix.lower()](path)


def _check_folder(path: Path) -> None:
    if not path.resolve().parent.is_dir():
        raise ValueError(f'"{path.parent}" is no folder. Make it first, or name another.')
