"""Time expressions and their values. From a gold record: `id`, `text` and `published`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import sitrep

NEEDED: Final = ("sitrep_paragraphs", "sitrep_times")


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp = sitrep.load()
    idle = [name for name in nlp.pipe_names if name.startswith("sitrep_") and name not in NEEDED]
    with nlp.select_pipes(disable=idle):
        for record in records:
            doc = nlp.make_doc(record["text"])
            published = record.get("published")
            doc._.published = date.fromisoformat(published[:10]) if published else None
            found = nlp(doc)._.times
            yield {
                "id": record["id"],
                "times": [{"start": time.start, "end": time.end, "value": time.value} for time in found],
            }
