"""spaCy's DocBin: every report as a Doc with its annotations as span groups, to train or look with.

Groups are `actors`, `places`, `times`, `events`, `attribution_sources`, `attribution_cues`,
`attribution_contents` and `control`. A span's label is the record's kind or type, its id the record's id. The
whole record stands in `doc.user_data["sitrep"]` as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sitrep.records import Report, Spans, to_json

if TYPE_CHECKING:  # spaCy takes half a second to import: only who writes this format waits for it
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan


class DocBinWriter:
    """Holds the Docs until the end: a DocBin is one compressed block."""

    def __init__(self, path: Path) -> None:
        import spacy
        from spacy.tokens import DocBin

        self._path = path
        self._nlp = spacy.blank("en")
        self._docs = DocBin(store_user_data=True)

    def write(self, report: Report) -> None:
        self._docs.add(doc_of(report, self._nlp.make_doc(report.text)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._docs.to_disk(self._path)


def doc_of(report: Report, doc: Doc) -> Doc:
    """`doc` with the annotations of `report`; a span that cuts a token takes the whole of it."""
    doc.user_data["sitrep"] = json.dumps(to_json(report), ensure_ascii=False)
    doc.spans["actors"] = [span for a in report.actors for span in _spans(doc, a.mentions, a.kind, a.id)]
    doc.spans["places"] = [
        span for p in report.places for span in _spans(doc, p.mentions, p.feature or "place", p.id)
    ]
    doc.spans["times"] = [
        span for t in report.times for span in _spans(doc, ((t.start, t.end),), t.type, t.id)
    ]
    doc.spans["events"] = [span for e in report.events for span in _spans(doc, e.trigger, e.type, e.id)]
    doc.spans["control"] = [span for c in report.control for span in _spans(doc, c.trigger, "control", c.id)]
    for part in ("source", "cue", "content"):
        doc.spans[f"attribution_{part}s"] = [
            span for q in report.attributions for span in _spans(doc, getattr(q, part).spans, q.kind, q.id)
        ]
    return doc


def _spans(doc: Doc, spans: Spans, label: str, id: str) -> list[TokenSpan]:
    found = (
        doc.char_span(start, end, label=label, span_id=id, alignment_mode="expand") for start, end in spans
    )
    return [span for span in found if span is not None]
