"""Label Studio's tasks: a JSON array, each report with its annotations as a prediction to correct."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from sitrep.records import Report, Spans


class LabelStudioWriter:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._file.write("[")
        self._first = True

    def write(self, report: Report) -> None:
        self._file.write("\n" if self._first else ",\n")
        self._file.write(json.dumps(task(report), ensure_ascii=False))
        self._file.flush()
        self._first = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write("\n]\n")
        self._file.close()


def task(report: Report) -> dict[str, Any]:
    """One task: the text, and what was found as labelled spans and relations between them."""
    results: list[dict[str, Any]] = []
    first: dict[str, str] = {}

    def mark(id: str, spans: Spans, label: str) -> str | None:
        for number, (start, end) in enumerate(spans):
            name = f"{id}-{label}-{number}"
            first.setdefault(id, name)
            results.append(
                {
                    "id": name, "from_name": "label", "to_name": "text", "type": "labels",
                    "value": {"start": start, "end": end, "text": report.text[start:end], "labels": [label]},
                }
            )  # fmt: skip
        return f"{id}-{label}-0" if spans else None

    def tie(one: str | None, other: str | None, label: str) -> None:
        if one and other:
            results.append(
                {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}
            )

    for actor in report.actors:
        mark(actor.id, actor.mentions, "Actor")
    for place in report.places:
        mark(place.id, place.mentions, "Place")
    for time in report.times:
        mark(time.id, ((time.start, time.end),), "Time")
    for attribution in report.attributions:
        content = mark(f"{attribution.id}-content", attribution.content.spans, "Content")
        cue = mark(attribution.id, attribution.cue.spans, "Cue")
        source = first.get(attribution.source.actor or "") or mark(
            f"{attribution.id}-source", attribution.source.spans, "Source"
        )
        tie(cue or content, source, "source")
        tie(cue, content, "content")
    for event in report.events:
        trigger = mark(event.id, event.trigger, event.type)
        for role, ids in (("actor", event.actors), ("recipient", event.recipients)):
            for id in ids:
                tie(trigger, first.get(id), role)
        tie(trigger, first.get(event.place or ""), "place")
    return {
        "data": {"text": report.text, "title": report.title, "source": report.url or report.source},
        "predictions": [{"model_version": f"sitrep {report.coder.sitrep}", "result": results}],
    }
