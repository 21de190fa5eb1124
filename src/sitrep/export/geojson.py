"""GeoJSON (RFC 7946): a point for each event whose place has coordinates, any map reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitrep.export.array import ArrayWriter
from sitrep.export.flat import event_rows
from sitrep.records import Report, to_json


def writer(path: Path) -> ArrayWriter:
    """A feature collection; its features carry the flat table's columns."""
    return ArrayWriter(path, features, '{"type": "FeatureCollection", "features": [', "]}")


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
