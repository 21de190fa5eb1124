"""The JSON that TimeMap (Forensic Architecture, Bellingcat) reads: events, sources and associations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from sitrep.export.told import told_in
from sitrep.records import Report


class TimeMapWriter:
    """One file, written at the end: TimeMap reads each of the three lists whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._events: list[dict[str, Any]] = []
        self._sources: dict[str, dict[str, Any]] = {}
        self._associations: dict[str, dict[str, Any]] = {}

    def write(self, report: Report) -> None:
        for told in told_in(report):
            place = told.place
            if place is None or place.latitude is None or told.day is None:
                continue  # TimeMap shows what has a place and a day
            associations = [told.event.quad or told.event.type, told.event.type, told.event.status]
            for one, filter in zip(associations, ("Quad", "Type", "Status"), strict=True):
                self._associations[one] = {
                    "id": one, "title": one, "desc": "", "mode": "FILTER", "filter_paths": [filter, one]
                }  # fmt: skip
            self._sources[report.id] = {
                "id": report.id, "title": report.title or report.source, "url": report.url or "",
                "paths": [], "type": "Article", "description": report.publisher or "",
                "date": str(report.published or ""),
            }  # fmt: skip
            self._events.append(
                {
                    "id": told.key,
                    "description": told.evidence,
                    "date": str(told.day),
                    "time": "",
                    "location": place.name,
                    "latitude": str(place.latitude),
                    "longitude": str(place.longitude),
                    "sources": [report.id],
                    "associations": associations,
                    "narratives": [],
                    "comments": "",
                }
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        content = {
            "events": self._events,
            "sources": self._sources,
            "associations": [self._associations[one] for one in sorted(self._associations)],
        }
        self._path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
