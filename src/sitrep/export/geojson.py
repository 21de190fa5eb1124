"""GeoJSON (RFC 7946): a point for each event whose place has coordinates, any map reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from sitrep.export.flat import event_rows
from sitrep.records import Report, to_json


class GeoJsonWriter:
    """A feature collection, written as it comes; its features carry the flat table's columns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._file.write('{"type": "FeatureCollection", "features": [')
        self._first = True

    def write(self, report: Report) -> None:
        for feature in features(report):
            self._file.write("\n" if self._first else ",\n")
            self._file.write(json.dumps(feature, ensure_ascii=False))
            self._first = False
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write("\n]}\n")
        self._file.close()


def features(report: Report) -> Iterator[dict[str, Any]]:
    """One feature an event with coordinates, longitude first; absent properties are null."""
    for row in event_rows(report):
        if row["latitude"] is None or row["longitude"] is None:
            continue
        point = {"type": "Point", "coordinates": [row.pop("longitude"), row.pop("latitude")]}
        properties = {name: to_json(value) for name, value in row.items()}
        yield {
            "type": "Feature",
            "id": f"{row['report_id']}/{row['event_id']}",
            "geometry": point,
            "properties": properties,
        }
