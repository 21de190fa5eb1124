"""What the lines around a story say of it: headline, section label, byline and day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sitrep.read.dates import days_in
from sitrep.read.labels import is_label
from sitrep.read.line_features import (
    BULLET,
    DATE,
    DIVIDERS,
    ENDS_SENTENCE,
    FUNCTION_WORDS,
    RIGHTS,
    WORD,
    Line,
)
from sitrep.read.page_facts import PageFacts
from sitrep.read.publisher import publisher_of, site_name
from sitrep.read.reasons import near_copy

HEADLINE_WORDS = range(3, 31)
NEAR = 8  # lines: how far above or below the headline a byline or a date still belongs to it
# Weights and bound were chosen on the benchmark's pages; models/furniture.md has the count of right titles.
CONFIDENT = 0.3
OPENING = 0.1  # a first line of the story that ends no sentence, and may be a headline by the model
FARTHEST = 40  # lines between a headline and its story: sharing buttons, a gallery, a list of topics
SIGNED_WITHIN = 6
NAME = (
    r"[A-Z][\w'’.-]*(?:\s+(?:(?:al|el|bin|ibn|van|von|de|da|del|der|la|le|di|abu)[\s-])?[A-Z][\w'’.-]*){1,3}"
)
NAMES = rf"{NAME}(?:\s*(?:,|,?\s+and|&)\s+{NAME})*"
ROLE = (
    r"(?:[\w’'-]+ ){0,4}(?:correspondent|reporter|writer|editor|journalist|bureau chief|columnist|contributor"
    r"|CORRESPONDENT|REPORTER|WRITER|EDITOR"
    r"|Correspondent|Reporter|Writer|Editor|Journalist|Bureau Chief|Columnist|Contributor)s?"
)
# "By Jo Hall and Li Wei in Alba", "BY JO HALL, Defence Correspondent", "By Jo Hall | Example News".
BYLINE = re.compile(
    rf"^(?:(?:Written|Reported|Story|Report) )?(?:[Bb]y|BY)[:\s]+(?P<names>{NAMES}?)\s*"
    rf"(?:$|(?:in|at|IN|AT)\s+[A-Z][^.!?]{{1,50}}$|,\s+(?:in\s+)?{ROLE}\b[^.!?]{{0,50}}$|,\s+[A-Z][\w’'-]+$|[|–—•·-]\s)"
)
SIGNED = re.compile(rf"^(?P<names>{NAMES}?),\s+{ROLE}(?:\s+in\s+[A-Z][\w’' -]{{1,30}})?$")
REPORTING = re.compile(rf"\b(?:[Rr]eporting|REPORTING) by[:\s]+(?P<names>{NAMES}?)(?=\s+in\b|[;.,)]|\s*$)")
_NOBODY = """
    agencies bureau business correspondent correspondents desk news reporter reporters staff
"""
NOBODY = frozenset(_NOBODY.split())
SINGLE_NAME = re.compile(NAME)
PUBLISHED = re.compile(r"\b(?:published|posted|issued|date|first published|created)\b", re.IGNORECASE)
UPDATED = re.compile(r"\b(?:updated|modified|last edited|edited)\b", re.IGNORECASE)
_ABBREVIATED = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
DATELINE = re.compile(rf"^[A-Z](?:[^.!?]|{_ABBREVIATED}){{2,80}}?\s[-–—]{{1,2}}\s")
DATELINE_CHARS = 50  # of one that stands alone: a place, a day, an agency
BREADCRUMB = re.compile(r"\s*[>›»/]\s*")
SECTION_WORDS = range(1, 4)
BANNERS = frozenset(
    ("breaking", "breaking news", "live", "live updates", "exclusive", "just in", "developing")
)
DATELINE_PLACE = re.compile(r"^[A-ZÀ-Þ][\w'’.-]*(?:[ /,]{1,2}[A-ZÀ-Þ][\w'’.-]*){0,5}$")
AGENCY = re.compile(r"\((?P<name>[^()]{2,40})\)")
_SIGNATURE_WORDS = """
    published posted updated date on at last first by am pm a p m gmt utc est cet
    monday tuesday wednesday thursday friday saturday sunday
"""
SIGNATURE_WORDS = frozenset(_SIGNATURE_WORDS.split())


def headline_index(
    lines: Sequence[Line], story: Sequence[bool], probabilities: NDArray[np.float32], title: str | None
) -> int | None:
    """The line that is the story's headline: None where the text begins with the story itself."""
    first = list(story).index(True)
    if title:
        same = [i for i in range(len(lines)) if near_copy(lines[i].text, title) and i <= first]
        return same[-1] if same else None
    words = _content(" ".join(line.text for line, is_story in zip(lines, story, strict=True) if is_story))
    best, best_score = None, CONFIDENT
    for i in range(max(0, first - FARTHEST), first):
        if _may_be_headline(lines[i].text):
            score = float(probabilities[i]) + _support(i, first, lines, words)
            if score >= best_score:
                best, best_score = i, score
    opening = lines[first].text
    alone = list(story).count(True) == 1
    if best is None and not alone and probabilities[first] >= OPENING and not ENDS_SENTENCE.search(opening):
        return first if _may_be_headline(opening) else None
    return best


def _support(i: int, first: int, lines: Sequence[Line], story_words: set[str]) -> float:
    """What speaks for a headline beyond the model: the story's words in it, a byline or day below it."""
    text = lines[i].text
    own = _content(text)
    shared = len(own & story_words) / max(len(own), 3)
    below = [line.text for line in lines[i + 1 : min(i + 1 + SIGNED_WITHIN, first)]]
    signed = any(BYLINE.match(line) or (DATE.search(line) and len(line) < 80) for line in below)
    return 0.45 * shared + 0.3 * signed - 0.4 * text.endswith((".", ",", ":")) - 0.005 * (first - i)


def _content(text: str) -> set[str]:
    return {w for word in WORD.findall(text) if len(w := word.lower()) > 3 and w not in FUNCTION_WORDS}


def _may_be_headline(text: str) -> bool:
    named = BYLINE.match(text) or RIGHTS.search(text) or DIVIDERS.search(text)
    return len(WORD.findall(text)) in HEADLINE_WORDS and not BULLET.match(text) and not named


def masthead(lines: Sequence[Line], story: Sequence[bool], title_at: int | None) -> PageFacts:
    """Section, authors, publisher and day, from the lines that are not the story."""
    first = list(story).index(True)
    centre = title_at if title_at is not None else first
    near = [
        lines[i].text
        for i in range(max(0, centre - NEAR), min(len(lines), first + 1))
        if not story[i] and i != title_at
    ]
    below = [line.text for line, is_story in zip(lines[first:], story[first:], strict=True) if not is_story]
    return PageFacts(
        section=_section(lines, story, title_at),
        authors=next((names for text in near if (names := _authors(text))), ())
        or next((names for text in below[:NEAR] if (names := _reporters(text))), ()),
        publisher=publisher_of(lines, story, title_at),
        published=_published(near) or _dateline_day(lines[first].text),
    )


def _section(lines: Sequence[Line], story: Sequence[bool], title_at: int | None) -> str | None:
    """The label right above the headline, where it is the last of a path or stands alone on the page."""
    if not title_at:
        return None
    # The site's name stands between the label and the headline on some pages, and is no label.
    above_at = title_at - 1
    if above_at and site_name(lines[above_at].text):
        above_at -= 1
    above = lines[above_at].text
    path = [piece for piece in BREADCRUMB.split(above) if piece]
    if len(path) > 1 and len(WORD.findall(above)) <= 12:
        return path[-1] if _is_label(path[-1]) else None
    # Above the headline of a page with its menu are also dates, buttons and names of sites.
    return above if above_at <= 1 and _is_label(above) and not site_name(above) else None


def _is_label(text: str) -> bool:
    looks = text[:1].isupper() and not text.endswith((".", "!", "?", ":", "…")) and not DATE.search(text)
    return (
        looks
        and len(WORD.findall(text)) in SECTION_WORDS
        and not any(c.isdigit() for c in text)
        and not DIVIDERS.search(text)
        and not BYLINE.match(text)
        and not is_label(text)
        and text.lower() not in BANNERS
    )


def is_signature(text: str) -> bool:
    """Whether a line only says who wrote the story, where, or when it appeared."""
    if BYLINE.match(text) or SIGNED.match(text) or _is_dateline(text):
        return True
    days = list(days_in(text))
    if not days or len(text) > 80:
        return False
    rest = WORD.findall((text[: days[0][0]] + text[days[0][1] :]).lower())
    return all(word in SIGNATURE_WORDS or any(c.isdigit() for c in word) for word in rest)


def _is_dateline(text: str) -> bool:
    """Whether a line is a place with a day or an agency and no more: "ALBA, March 4, 2021 (Agency) -"."""
    if len(text) > DATELINE_CHARS + 30:
        return False
    rest, agencies = AGENCY.subn("", text)
    day = next(days_in(rest), None)
    if day:
        rest = rest[: day[0]] + rest[day[1] :]
    place = rest.strip(" ,-–—:|")
    if not DATELINE_PLACE.match(place):
        return False
    # Without a day it takes capitals: "Rebel Movement (RM)" is a name.
    return bool(day) or (bool(agencies) and place.isupper() and len(place) > 3)


def _authors(text: str) -> tuple[str, ...]:
    match = BYLINE.match(text) or SIGNED.match(text)
    names = SINGLE_NAME.findall(match["names"]) if match else ()
    return tuple(name for name in names if not site_name(name) and name.split()[-1].lower() not in NOBODY)


def _reporters(text: str) -> tuple[str, ...]:
    """The names in an agency's last line: "(Reporting by Jo Hall in Alba; editing by Li Wei)"."""
    match = REPORTING.search(text)
    return tuple(SINGLE_NAME.findall(match["names"])) if match else ()


def _published(texts: Sequence[str]) -> date | None:
    """The day that these lines name, if it is one: lines that say "published" go first, "updated" last."""
    for wanted in (
        lambda text: PUBLISHED.search(text) and not UPDATED.search(text),
        lambda text: not UPDATED.search(text),
        lambda text: PUBLISHED.search(text),
        lambda text: True,
    ):
        days = [
            day
            for text in texts
            if len(text) <= 120 and wanted(text)
            for _, _, day in list(days_in(text))[:1]
        ]
        if days:
            return days[0] if len(set(days)) == 1 else None
    return None


def _dateline_day(opening: str) -> date | None:
    """The day in "ALBA, March 4, 2021 (Agency) - Delegates…", or on a line of its own with its year."""
    dateline = DATELINE.match(opening)
    alone = len(opening) <= DATELINE_CHARS and not ENDS_SENTENCE.search(opening)
    stated = dateline.group() if dateline else opening if alone else ""
    days = [day for _, _, day in days_in(stated)]
    return days[0] if len(days) == 1 else None
