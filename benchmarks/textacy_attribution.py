"""What textacy finds where sitrep finds attributions: the same articles, the same scorer.

    pip install textacy
    python -m benchmarks.textacy_attribution polnear_dev.jsonl > predictions.jsonl

Writes what `python -m benchmarks.predict attribution` writes. textacy's `extract.direct_quotations` takes
what stands in quotation marks and has a verb of saying beside it; it has no indirect speech. The language
pipeline is the one that sitrep uses.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, Span, Token

from sitrep.coding.pipeline import default_model


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """`{"id", "attributions": [{"source", "cue", "content"}]}` for each record, in order."""
    nlp = spacy.load(default_model())
    pairs = ((record["text"], record["id"]) for record in records)
    for doc, key in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield {"id": key, "attributions": list(_quotations(doc))}


def _quotations(doc: Doc) -> Iterator[dict[str, list[list[int]]]]:
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    # One unpaired mark makes it refuse a whole text: a paragraph at a time, it refuses that paragraph only.
    for paragraph in _paragraphs(doc):
        try:
            found = list(direct_quotations(paragraph.as_doc()))
        except ValueError:
            continue
        for speaker, cue, content in found:
            yield {
                "source": _spans(speaker, paragraph),
                "cue": _spans(cue, paragraph),
                "content": _spans(content, paragraph),
            }


def _paragraphs(doc: Doc) -> Iterator[Span]:
    start = 0
    for token in doc:
        if "\n" in token.text:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


def _spans(tokens: Iterable[Token], paragraph: Span) -> list[list[int]]:
    first = paragraph.start_char
    return [[first + token.idx, first + token.idx + len(token)] for token in tokens]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="articles, one JSON object a line with id and text")
    lines = parser.parse_args().gold.read_text(encoding="utf-8").splitlines()
    for record in predict(json.loads(line) for line in lines):
        print(json.dumps(record))


if __name__ == "__main__":
    main()
