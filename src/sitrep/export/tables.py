"""The normalised tables: a folder of CSV or Parquet files with keys between them, as a database has them.

`reports`, `actors`, `places`, `times`, `attributions`, `events`, `event_parties`, `event_sources`, `control`
and `mentions` (every span of every record, with its words). Each row begins with the report's id.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, Self

import pyarrow as pa
import pyarrow.parquet as pq

from sitrep.export.table import TableWriter
from sitrep.records import Report, Spans, Toll

_TEXT, _NUMBER, _REAL, _DAY, _TRUTH = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()
_TOLLS: Final = tuple(
    (f"{what}_{end}", _NUMBER) for what in ("killed", "injured", "crowd") for end in ("low", "high")
)
TABLES: Final[dict[str, pa.Schema]] = {
    name: pa.schema([("report", _TEXT), *columns])
    for name, columns in {
        "reports": (
            ("source", _TEXT), ("url", _TEXT), ("publisher", _TEXT), ("section", _TEXT), ("title", _TEXT),
            ("authors", _TEXT), ("published", _DAY), ("language", _TEXT), ("text", _TEXT), ("coder", _TEXT),
        ),
        "actors": (
            ("actor", _TEXT), ("name", _TEXT), ("kind", _TEXT), ("country", _TEXT), ("sectors", _TEXT),
            ("description", _TEXT), ("aliases", _TEXT), ("inferred", _TRUTH), ("identity", _TEXT),
        ),
        "places": (
            ("place", _TEXT), ("name", _TEXT), ("geonameid", _NUMBER), ("latitude", _REAL),
            ("longitude", _REAL), ("country", _TEXT), ("admin1", _TEXT), ("feature", _TEXT),
            ("confidence", _REAL), ("inferred", _TRUTH),
        ),
        "times": (
            ("time", _TEXT), ("start", _NUMBER), ("end", _NUMBER), ("type", _TEXT), ("value", _TEXT),
            ("earliest", _DAY), ("latest", _DAY),
        ),
        "attributions": (
            ("attribution", _TEXT), ("kind", _TEXT), ("source_actor", _TEXT), ("medium", _TEXT),
            ("time", _TEXT), ("within", _TEXT),
        ),
        "events": (
            ("event", _TEXT), ("type", _TEXT), ("mode", _TEXT), ("contexts", _TEXT), ("quad", _TEXT),
            ("score", _REAL), ("place", _TEXT), ("earliest", _DAY), ("latest", _DAY), ("inferred", _TRUTH),
            ("status", _TEXT), *_TOLLS, ("confidence", _REAL),
        ),
        "event_parties": (("event", _TEXT), ("role", _TEXT), ("position", _NUMBER), ("actor", _TEXT)),
        "event_sources": (("event", _TEXT), ("position", _NUMBER), ("attribution", _TEXT)),
        "control": (
            ("control", _TEXT), ("place", _TEXT), ("holder", _TEXT), ("earliest", _DAY), ("latest", _DAY),
            ("inferred", _TRUTH), ("status", _TEXT),
        ),
        "mentions": (
            ("record", _TEXT), ("part", _TEXT), ("start", _NUMBER), ("end", _NUMBER), ("words", _TEXT)
        ),
    }.items()
}  # fmt: skip
Row = dict[str, Any]
_ROWS_HELD: Final = 20_000  # of a Parquet table before a row group is written


def rows(report: Report) -> Iterator[tuple[str, Row]]:
    """Every row of every table for one report, as (table, row)."""
    for table, row in _rows(report):
        yield table, {"report": report.id} | row


def _rows(report: Report) -> Iterator[tuple[str, Row]]:
    yield "reports", {
        "source": report.source, "url": report.url, "publisher": report.publisher, "section": report.section,
        "title": report.title, "authors": _joined(report.authors), "published": report.published,
        "language": report.language, "text": report.text, "coder": report.coder.sitrep,
    }  # fmt: skip
    for a in report.actors:
        yield "actors", {
            "actor": a.id, "name": a.name, "kind": a.kind, "country": a.country,
            "sectors": _joined(a.sectors), "description": a.description, "aliases": _joined(a.aliases),
            "inferred": a.inferred, "identity": a.identity.id if a.identity else None,
        }  # fmt: skip
        yield from _mentions(report, a.id, "mention", a.mentions)
    for p in report.places:
        yield "places", {
            "place": p.id, "name": p.name, "geonameid": p.geonameid, "latitude": p.latitude,
            "longitude": p.longitude, "country": p.country, "admin1": p.admin1, "feature": p.feature,
            "confidence": p.confidence, "inferred": p.inferred,
        }  # fmt: skip
        yield from _mentions(report, p.id, "mention", p.mentions)
    for t in report.times:
        yield "times", {
            "time": t.id, "start": t.start, "end": t.end, "type": t.type, "value": t.value,
            "earliest": t.earliest, "latest": t.latest,
        }  # fmt: skip
    for q in report.attributions:
        yield "attributions", {
            "attribution": q.id, "kind": q.kind, "source_actor": q.source.actor, "medium": q.medium,
            "time": q.time, "within": q.within,
        }  # fmt: skip
        for part in ("source", "cue", "content"):
            yield from _mentions(report, q.id, part, getattr(q, part).spans)
    for e in report.events:
        yield "events", {
            "event": e.id, "type": e.type, "mode": e.mode, "contexts": _joined(e.contexts), "quad": e.quad,
            "score": e.score, "place": e.place, "earliest": e.earliest, "latest": e.latest,
            "inferred": e.inferred, "status": e.status, "confidence": e.confidence,
            **_toll("killed", e.killed), **_toll("injured", e.injured), **_toll("crowd", e.crowd),
        }  # fmt: skip
        for role, ids in (("actor", e.actors), ("recipient", e.recipients)):
            for position, id in enumerate(ids):
                yield "event_parties", {"event": e.id, "role": role, "position": position, "actor": id}
        for position, id in enumerate(e.according_to):
            yield "event_sources", {"event": e.id, "position": position, "attribution": id}
        yield from _mentions(report, e.id, "trigger", e.trigger)
        yield from _mentions(report, e.id, "evidence", e.evidence)
    for c in report.control:
        yield "control", {
            "control": c.id, "place": c.place, "holder": c.holder, "earliest": c.earliest, "latest": c.latest,
            "inferred": c.inferred, "status": c.status,
        }  # fmt: skip
        yield from _mentions(report, c.id, "evidence", c.evidence)


def _mentions(report: Report, record: str, part: str, spans: Spans) -> Iterator[tuple[str, Row]]:
    for start, end in spans:
        yield (
            "mentions",
            {"record": record, "part": part, "start": start, "end": end, "words": report.text[start:end]},
        )


def _toll(what: str, toll: Toll | None) -> Row:
    return {f"{what}_low": toll.low, f"{what}_high": toll.high} if toll else {}


def _joined(parts: tuple[str, ...]) -> str | None:
    return "; ".join(parts) or None


class TablesWriter:
    """Writes all tables into a folder, each as `kind` says."""

    def __init__(self, folder: Path, kind: Literal["csv", "parquet"]) -> None:
        folder.mkdir(exist_ok=True)
        self._kind = kind
        self._texts: dict[str, TableWriter] = {}
        self._arrows: dict[str, pq.ParquetWriter] = {}
        self._held: dict[str, list[Row]] = {name: [] for name in TABLES}
        for name, schema in TABLES.items():
            path = folder / f"{name}.{kind}"
            if kind == "csv":
                self._texts[name] = TableWriter(path, schema.names, _only(name))
            else:
                self._arrows[name] = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, report: Report) -> None:
        if self._kind == "csv":
            for writer in self._texts.values():
                writer.write(report)
            return
        for name, row in rows(report):
            self._held[name].append(row)
            if len(self._held[name]) >= _ROWS_HELD:
                self._flush(name)

    def _flush(self, name: str) -> None:
        if self._held[name]:
            self._arrows[name].write_table(pa.Table.from_pylist(self._held[name], TABLES[name]))
            self._held[name] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for writer in self._texts.values():
            writer.__exit__(*exception)
        for name, arrow in self._arrows.items():
            self._flush(name)
            arrow.close()


def _only(table: str) -> Any:
    return lambda report: (row for name, row in rows(report) if name == table)
