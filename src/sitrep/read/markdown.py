"""Markdown in, a document out: rendered to HTML first, so that links and emphasis leave only their words."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from sitrep.read.dates import parse_day
from sitrep.read.decode import clean
from sitrep.read.html import parse, visible_lines
from sitrep.read.page_facts import PageFacts, split_names, text_of
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import too_long, without_story
from sitrep.read.text import read_text
from sitrep.records import Document, Skipped

FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^(\w+):\s*(.+)$", re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def read_markdown(
    text: str,
    *,
    source: str = "text",
    id: str | None = None,
    facts: PageFacts = PageFacts(),  # noqa: B008 - frozen
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> Document | Skipped:
    """The document that Markdown holds; its front matter (title, date, author…) is what it says of itself."""
    text = clean(text)
    if len(text) > settings.max_chars:
        return too_long(source, f"{len(text):,} characters")
    front = FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        facts = facts.or_else(_front_facts(front.group(1)))
    tree = parse(_parser().render(text))
    if tree is None:
        return without_story(source)
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    facts = facts.or_else(PageFacts(title=next(filter(None, headings), None)))
    lines = visible_lines(tree)
    return read_text("\n\n".join(lines), source=source, id=id, facts=facts, settings=settings)


def _front_facts(block: str) -> PageFacts:
    fields = {name.lower(): value.strip().strip("\"'[]") for name, value in FIELD.findall(block)}
    return PageFacts(
        title=text_of(fields.get("title")),
        authors=tuple(split_names(fields.get("authors") or fields.get("author") or "")),
        publisher=text_of(fields.get("publisher")),
        section=text_of(fields.get("section") or fields.get("category")),
        published=parse_day(fields.get("published") or fields.get("date") or ""),
        url=text_of(fields.get("url")),
    )
