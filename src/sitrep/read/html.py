"""An HTML page in, a document out.

What the page says of itself goes first, trafilatura finds the body, and htmldate a day not stated elsewhere.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import htmldate
import lxml.html
import trafilatura
from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement

from sitrep.read.dates import parse_day
from sitrep.read.decode import NotText, clean, decode
from sitrep.read.labels import is_label
from sitrep.read.language import language_of
from sitrep.read.line_features import Line
from sitrep.read.page_facts import PageFacts, page_facts
from sitrep.read.reasons import near_copy, reason_for
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_accepted, not_text, too_long, without_story
from sitrep.read.text import MOST_LINES, is_prose, judge
from sitrep.records import Document, Removed, Skipped

_INVISIBLE = """
    script style noscript template head title meta link svg math iframe object embed canvas select option
    textarea audio video map datalist
"""
_INLINE = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span
    strike strong sub sup time tt u var wbr
"""
INVISIBLE, INLINE = frozenset(_INVISIBLE.split()), frozenset(_INLINE.split())
HIDDEN_STYLES = ("display:none", "visibility:hidden")
SHOWN_LINES = 400  # of what was cut; a page's menus can be longer than ten stories, and nobody reads them
SHOWN_CHARS = 300  # of one cut line
# htmldate's own last day is today: the same page would give other answers on other days.
LAST_DAY = "2099-12-31"

for _library in ("trafilatura", "htmldate", "readability"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_html(
    content: bytes | str,
    *,
    source: str = "page",
    id: str | None = None,
    facts: PageFacts = PageFacts(),  # noqa: B008 - frozen
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> Document | Skipped:
    """The document that an HTML page holds. `facts` are what is known of it from elsewhere, and go first.

    Title, authors, publisher, section and day come from JSON-LD, then meta elements, then headings; the
    day at last from htmldate. The visible lines that are not the story are in `removed`.
    """
    if id is None:
        stored = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        id = "sha256:" + hashlib.sha256(stored).hexdigest()
    markup = decode(content) if isinstance(content, bytes) else content
    if isinstance(markup, NotText):
        return not_text(source, markup.kind)
    markup = clean(markup)
    tree = parse(markup)
    if tree is None:
        return without_story(source)
    page = page_facts(tree)
    if not (settings.published or facts.published):
        page = replace(page, published=_newsroom_day(page.published, markup, facts.url or page.url))
    lines = visible_lines(tree)
    if labelled := _labelled_day(lines):
        page = replace(page, published=labelled)
    facts = facts.or_else(page)
    paragraphs = _story(_tidied(tree, markup), lines, facts.title)
    text = "\n\n".join(paragraphs)
    if not text:
        return without_story(source)
    if len(text) > settings.max_chars:
        return too_long(source, f"{len(text):,} characters of text")
    language = language_of(text) or facts.language
    if settings.language and language and language != settings.language:
        return not_accepted(source, language, settings)
    return Document(
        id=id,
        source=source,
        text=text,
        url=facts.url,
        publisher=facts.publisher,
        section=facts.section,
        title=facts.title,
        authors=facts.authors,
        published=settings.published or facts.published,
        language=language,
        removed=tuple(_removed(lines, text, facts)),
    )


def parse(markup: str) -> HtmlElement | None:
    """The page's tree; None where there is not one element in it."""
    try:
        return lxml.html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (ParserError, XMLSyntaxError, ValueError):
        return None


def visible_lines(tree: HtmlElement) -> list[str]:
    """What a browser shows, one line a block, in the page's order."""
    pieces: list[str] = []
    _collect(tree, pieces)
    return [line for raw in "".join(pieces).split("\n") if (line := " ".join(raw.split()))]


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    # Depth is bounded by libxml2 (256 elements), far below Python's limit.
    tag = element.tag if isinstance(element.tag, str) else None
    style = (element.get("style") or "").replace(" ", "").lower() if tag else ""
    shown = tag is not None and tag not in INVISIBLE and element.get("hidden") is None
    if shown and not any(hidden in style for hidden in HIDDEN_STYLES):
        block = tag not in INLINE
        if block:
            pieces.append("\n")
        pieces.append((element.text or "").replace("\n", " "))
        for child in element:
            _collect(child, pieces)
        if block:
            pieces.append("\n")
    if element.tail and element.getparent() is not None:
        pieces.append(element.tail.replace("\n", " "))


def _story(markup: str, lines: list[str], title: str | None) -> list[str]:
    """The body's paragraphs: trafilatura's, or of a page too small for it those that the line model keeps."""
    body = _body(markup)
    paragraphs = [" ".join(line.split()) for line in clean(body).split("\n")]
    # Links and credits in mid-body are left by trafilatura: without them 0.970 for 0.969 on the benchmark.
    paragraphs = [p for p in paragraphs if p and not (title and near_copy(p, title)) and not is_label(p)]
    paragraphs = [
        p for p in paragraphs if not (_PUBLISHED.match(p) and len(p) < _LABEL_CHARS and parse_day(p))
    ]
    if any(is_prose(p) for p in paragraphs) or len(lines) > MOST_LINES:
        return paragraphs
    story, _ = judge([Line(line, 0, 1) for line in lines], title)
    return [line for line, is_story in zip(lines, story, strict=True) if is_story]


_CONSENT: Final = re.compile(r"(?i)\b(?:gdpr|cookie|consent)")
_DATA: Final = re.compile(r"(?i)cookie|personal data|your privacy")
_SENTENCE_WORDS: Final = 25


def _tidied(tree: HtmlElement, markup: str) -> str:
    """The page without what leads the search for its body astray; as it is where there is nothing of this.

    Dialogues about cookies may be longer than the story; a paragraph that is one link is a paragraph.
    """
    consent = [
        element
        for element in tree.iter("div", "section", "aside", "dialog")
        if _CONSENT.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        and _DATA.search(element.text_content())
        and next(element.iter("article", "h1"), None) is None
    ]
    linked = [
        link
        for link in tree.iter("a")
        if link.getparent() is not None
        and next(link.iterancestors("p"), None) is not None
        and len((said := link.text_content().strip()).split()) >= _SENTENCE_WORDS
        and said.endswith(".")
    ]
    if not consent and not linked:
        return markup
    for element in consent:
        if element.getparent() is not None:
            element.drop_tree()
    for link in linked:
        link.drop_tag()
    return str(lxml.html.tostring(tree, encoding="unicode"))


def _body(markup: str) -> str:
    """What trafilatura finds: its stricter answer, unless that has lost more than half of the other.

    Figures on the benchmark's pages (its article task): 0.960 by default, 0.964 with the stricter answer,
    0.967 with both.
    """
    strict = trafilatura.extract(markup, include_comments=False, favor_precision=True) or ""
    usual = trafilatura.extract(markup, include_comments=False) or ""
    return usual if len(usual) > 2 * len(strict) else strict


def _newsroom_day(stated: date | None, markup: str, url: str | None) -> date | None:
    """The day of publication where the report was written: the page's time stamps are often in UTC.

    A story stamped 02:30 UTC was yesterday's in New York, and its "Monday" counts from there. In all nine
    of the benchmark's pages whose stamp and printed day or address differ by a day, the stamp was in UTC.
    """
    printed = _printed_day(markup, url)
    if stated and printed and abs((printed - stated).days) == 1:
        return printed
    return stated or printed


_LABEL_CHARS: Final = 80
_PUBLISHED: Final = re.compile(r"(?i)(?:published|posted|first published)(?: on)?\b:?")


def _labelled_day(lines: list[str]) -> date | None:
    """The day behind "Published:", where one line of the page says so: days beside it are other stories'."""
    labelled = [day for line in lines if _PUBLISHED.match(line) and (day := parse_day(line[:60]))]
    return labelled[0] if len(set(labelled)) == 1 else None


def _printed_day(markup: str, url: str | None) -> date | None:
    try:
        found = htmldate.find_date(markup, original_date=True, url=url, max_date=LAST_DAY)
    except (ValueError, TypeError, AttributeError, RecursionError):  # malformed dates and trees in the page
        return None
    return date.fromisoformat(found) if found else None


def _removed(lines: list[str], text: str, facts: PageFacts) -> Iterator[Removed]:
    """The visible lines that are not in the story, without the repetitions of a page's menus."""
    kept = " ".join(text.split())
    seen: set[str] = set()
    first = next((i for i, line in enumerate(lines) if len(line) > 60 and line in kept), None)
    for i, line in enumerate(lines):
        if line in kept or line in seen or line == facts.title:
            continue
        seen.add(line)
        before = first is None or i < first
        yield Removed(line[:SHOWN_CHARS], reason_for(line, title=facts.title, before_story=before))
        if len(seen) == SHOWN_LINES:
            return
