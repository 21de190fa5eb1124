"""Flattened or plain text in, a document out: the story told from the page's furniture line by line."""

from __future__ import annotations

import hashlib
from functools import cache

from sitrep.models import Model
from sitrep.read.decode import clean
from sitrep.read.furniture import HEADLINE, classify, is_sentence, kept, split_lines
from sitrep.read.language import language_of
from sitrep.read.line_features import ENDS_SENTENCE, PROSE_WORDS, Line, word_count
from sitrep.read.masthead import headline_index, is_signature, masthead
from sitrep.read.page_facts import PageFacts
from sitrep.read.reasons import near_copy, reason_for
from sitrep.read.settings import ReadSettings
from sitrep.read.skips import not_accepted, too_long, without_story
from sitrep.read.unwrap import unwrap
from sitrep.records import Document, Removed, Skipped

SHORT_TEXT_LINES = 6
MOST_LINES = 20_000  # the model's time grows with lines; no page has as many


@cache
def _model() -> Model:
    return Model("furniture")


def read_text(
    text: str,
    *,
    source: str = "text",
    id: str | None = None,
    facts: PageFacts = PageFacts(),  # noqa: B008 - frozen
    settings: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
) -> Document | Skipped:
    """The document that a text holds, with or without a page's furniture around the story.

    `facts` are what is known of it from elsewhere, and go before what the text itself says.
    """
    if id is None:
        id = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if len(text) > settings.max_chars:
        return too_long(source, f"{len(text):,} characters")
    lines = split_lines(unwrap(clean(text)))
    if len(lines) > MOST_LINES:
        return too_long(source, f"{len(lines):,} lines")
    story, title_at = judge(lines, facts.title)
    if not any(story):
        return without_story(source)
    title = facts.title or (lines[title_at].text if title_at is not None else None)
    known = facts.or_else(masthead(lines, story, title_at))
    body = "\n\n".join(line.text for line, is_story in zip(lines, story, strict=True) if is_story)
    language = language_of(body)
    if settings.language and language and language != settings.language:
        return not_accepted(source, language, settings)
    first = story.index(True)
    removed = tuple(
        Removed(line.text, _reason(line.text, title, i < first, known))
        for i, line in enumerate(lines)
        if not story[i] and i != title_at
    )
    return Document(
        id=id,
        source=source,
        text=body,
        url=known.url,
        publisher=known.publisher,
        section=known.section,
        title=title,
        authors=known.authors,
        published=settings.published or known.published,
        language=language,
        removed=removed,
    )


def _reason(text: str, title: str | None, before_story: bool, facts: PageFacts) -> str:
    """Why a line was cut; a byline, a day and the site's name tell that themselves."""
    if is_signature(text):
        return "byline or date"
    if facts.publisher and text == facts.publisher:
        return "name of the site"
    return reason_for(text, title=title, before_story=before_story, section=facts.section)


def judge(lines: list[Line], title: str | None) -> tuple[list[bool], int | None]:
    """Which lines are the story, and which one is the headline, if any; `title` is it where known."""
    probabilities = classify(lines, _model())
    story = kept(lines, probabilities)
    if not any(story) and len(lines) <= SHORT_TEXT_LINES:
        # A few lines of which one at least is a sentence are a short report, not a page's menu.
        story = [is_sentence(line.text) for line in lines]
    story = [s and not is_signature(line.text) for s, line in zip(story, lines, strict=True)]
    if not any(s and is_prose(line.text) for s, line in zip(story, lines, strict=True)):
        return [False] * len(lines), None
    at = headline_index(lines, story, probabilities[:, HEADLINE], title)
    headline = title or (lines[at].text if at is not None else None)
    if headline:
        rest = [s and not _repeats(line.text, headline) for s, line in zip(story, lines, strict=True)]
        story = rest if any(rest) else story
    return story, at


def is_prose(text: str) -> bool:
    """Whether a line may be a story by itself; headlines, labels and numbers are none."""
    return is_sentence(text) or word_count(text) >= PROSE_WORDS


def _repeats(text: str, headline: str) -> bool:
    """Whether a line is the headline again and not a first sentence that says the same in full."""
    return near_copy(text, headline) and (not is_sentence(text) or ENDS_SENTENCE.search(headline) is not None)
