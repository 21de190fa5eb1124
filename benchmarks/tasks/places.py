"""Places: reads `text` of each gold record; only spaCy and the component `sitrep_places` run.

A place without a position (an air base that the gazetteer lacks) is no prediction here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from sitrep.coding.pipeline import default_model


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp = spacy.load(default_model())
    nlp.add_pipe("sitrep_paragraphs", before="parser")
    nlp.add_pipe("sitrep_places")
    for doc, record in nlp.pipe(((record["text"], record) for record in records), as_tuples=True):
        yield {"id": record["id"], "places": _mentions(doc)}


def _mentions(doc: Doc) -> list[dict[str, Any]]:
    return sorted(
        (
            {"start": start, "end": end, "lat": place.latitude, "lon": place.longitude}
            for place in doc._.places
            if place.latitude is not None
            for start, end in place.mentions
        ),
        key=lambda mention: (mention["start"], mention["end"]),
    )
