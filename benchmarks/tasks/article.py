"""Article extraction: a page in, its body out.

A gold record has `html`, a path beside the gold file, gzipped or not, or `flat`, the page's visible text.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sitrep.read import ReadSettings, read_html, read_text
from sitrep.records import Skipped

SETTINGS = ReadSettings(language=None)  # the pages are measured whatever language they turn out to be in


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    """One line a page; a page that gave no document has an empty body."""
    for record in records:
        if "html" in record:
            path = gold.parent / record["html"]
            content = path.read_bytes()
            page = gzip.decompress(content) if path.suffix == ".gz" else content
            document = read_html(page, source=path.name, settings=SETTINGS)
        else:
            document = read_text(record["flat"], source=record["id"], settings=SETTINGS)
        if isinstance(document, Skipped):
            yield {"id": record["id"], "body": "", "title": None, "published": None}
            continue
        published = document.published.isoformat() if document.published else None
        yield {"id": record["id"], "body": document.text, "title": document.title, "published": published}
