"""The text of a PDF file in, a document out: lines put together again, running heads and page numbers cut.

Only the text that a file holds is read, in the file's order; a scan holds none.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sitrep.read.decode import clean
from sitrep.read.line_features import ENDS_SENTENCE
from sitrep.read.page_facts import PageFacts
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long
from sitrep.read.text import read_text
from sitrep.read.unwrap import joined
from sitrep.records import Document, Skipped

EDGE_LINES: Final = 2  # at the head and the foot of a page, where running heads and numbers stand
PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
# Of the usual width of a page's lines, in letters, which in print are of unequal widths. A line that would
# have had room for the next word ends its paragraph: a sentence's end seldom leaves so much by chance.
FULL: Final = 0.92
FULL_WITHIN_SENTENCE: Final = 0.75
SOFT_HYPHEN: Final = re.compile("\u00ad[^\\S\\n]*\\n")

logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(content: bytes, source: str, id: str, settings: ReadSettings) -> Document | Skipped:
    """The document that a PDF file's text comes to."""
    # Imported here: whoever reads no PDF need not wait for it.
    import pypdf

    pages: list[list[str]] = []
    length = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return Skipped(source, "is a PDF file locked with a password.", "Unlock it first.")
        title = _stated_title(reader)
        for page in reader.pages:
            lines = clean(SOFT_HYPHEN.sub("-\n", page.extract_text())).split("\n")
            length += sum(map(len, lines))
            if length > settings.max_chars:
                return too_long(source, f"more than {settings.max_chars:,} characters")
            pages.append(lines)
    except Exception as error:
        # Of a broken file pypdf raises whatever it trips over: KeyError, TypeError, RecursionError and more.
        found = f"is a PDF file that cannot be read ({type(error).__name__}: {str(error)[:80]})."
        return Skipped(source, found, "Save its text as .txt.")
    text = "\n\n".join(_paragraphs(_without_running_heads(pages)))
    if not text.strip():
        return Skipped(source, "is a PDF file without text: a scan.", "Recognise its text (OCR) first.")
    known = title if title and _plain(title) in _plain(text[:2000]) else None
    return read_text(text, source=source, id=id, facts=PageFacts(title=known), settings=settings)


def _stated_title(reader: Any) -> str | None:
    """The title in the file's properties: often a file's name, so it must also stand on the first page."""
    stated = reader.metadata.title if reader.metadata else None
    return " ".join(clean(stated).split()) if isinstance(stated, str) else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without their numbers, and without lines at their edges that half of all pages have."""
    shorn = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(
        key for page in shorn for key in {_key(line) for line in (*page[:EDGE_LINES], *page[-EDGE_LINES:])}
    )
    running = {key for key, n in edges.items() if n >= 3 and n * 2 >= len(shorn)}
    return [
        [
            line
            for i, line in enumerate(page)
            if EDGE_LINES <= i < len(page) - EDGE_LINES
            or not (_key(line) in running or PAGE_NUMBER.fullmatch(line.strip()))
        ]
        for page in shorn
    ]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Whole paragraphs, also those that a page's end cuts in two."""
    lines = [line for page in pages for line in page]
    widths = sorted(len(line.strip()) for line in lines)
    width = widths[len(widths) * 9 // 10] if widths else 0
    block: list[str] = []
    for i, line in enumerate(lines):
        block.append(line)
        below = lines[i + 1].strip() if i + 1 < len(lines) else ""
        if not below or _is_last(line.strip(), below, width):
            yield joined(block).strip()
            block = []


def _is_last(line: str, below: str, width: int) -> bool:
    """Whether a line ends its paragraph: it is short though the next word would have fitted."""
    ends_sentence = ENDS_SENTENCE.search(line) is not None
    if len(line) + 1 + len(below.split()[0]) > (FULL if ends_sentence else FULL_WITHIN_SENTENCE) * width:
        return False
    return ends_sentence or not below[:1].islower()
