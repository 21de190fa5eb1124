"""Label Studio's tasks: a JSON array, each report with its annotations as a prediction to correct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitrep.export.array import ArrayWriter
from sitrep.records import Report, Spans


def writer(path: Path) -> ArrayWriter:
    return ArrayWriter(path, lambda report: [task(report)])


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
