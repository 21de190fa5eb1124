"""What looks like a time and is none: "May" the minister, the "Sunday Times", "the spring offensive"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import tokens_at
from sitrep.coding.times.meanings import Dated, Wording
from sitrep.coding.times.words import MONTHS, WEEKDAYS, words_of

_NAMES_AFTER_DAY: Final = words_of(
    "times telegraph mail express mirror herald post tribune star independent world review standard people "
    "sun news movement brigade brigades battalion revolution coalition forum agreement accord group "
    "front market massacre"
)
_NAMES_BEFORE_DAY: Final = words_of("bloody black good ash palm easter super cyber fat maundy")
_BEFORE_MONTH: Final = words_of(
    "in since by until till during from of to through throughout before after between around and or "
    "last next this early late mid mid- early- late- every each for on past coming previous following "
    "per as ( , - –"
)
_DETERMINERS: Final = words_of("a an the his her its their our my your")
_AFTER_MARCH: Final = words_of("on to of with against toward towards into for from")
_NUMBERED: Final = words_of(
    "resolution resolutions flight article section room number no. no # decree law order page unit channel "
    "type model"
)
_BEFORE_YEAR: Final = words_of(
    "in since by until till of from to before after during through for early late mid fiscal year and or "
    "between around circa the ( - – — / , ;"
)


def is_time(doc: Doc, wording: Wording) -> bool:
    """Whether the words, as parsed and named in their sentence, tell a time."""
    tokens = tokens_at(doc, (wording.start, wording.end))
    if not len(tokens):
        return False
    if isinstance(wording.meaning, Dated):
        dated = wording.meaning
        if dated.weekday is not None and _in_a_name(tokens):
            return False
        if dated.month is not None and not _is_month(tokens, wording, dated):
            return False
        if dated.season is not None and not _is_season(tokens, dated):
            return False
        if dated.year is not None and dated == Dated(dated.year) and not _is_year(tokens):
            return False
    return not _is_title(tokens) and not _is_figure(tokens)


def _is_figure(tokens: TokenSpan) -> bool:
    """ "A better tomorrow", "our today"."""
    if tokens.text.lower() not in ("today", "tomorrow", "yesterday"):
        return False
    at = tokens.start - 1
    if at > 0 and tokens.doc[at].tag_ in ("JJ", "JJR", "JJS"):
        at -= 1
    return at >= 0 and tokens.doc[at].lower_ in ("a", "an", "our", "their", "my", "your", "his", "her")


def neighbour(tokens: TokenSpan, offset: int) -> str:
    index = tokens.start - 1 if offset < 0 else tokens.end
    return tokens.doc[index].text if 0 <= index < len(tokens.doc) else ""


def _in_a_name(tokens: TokenSpan) -> bool:
    """ "Sunday Times", "17 February Brigade", "Bloody Sunday"."""
    after, before = neighbour(tokens, 1), neighbour(tokens, -1)
    if after[:1].isupper() and after.lower() in _NAMES_AFTER_DAY:
        return True
    return before[:1].isupper() and before.lower() in _NAMES_BEFORE_DAY


def _is_month(tokens: TokenSpan, wording: Wording, dated: Dated) -> bool:
    if _in_a_name(tokens):
        return False
    if dated.day is not None or dated.year is not None or len(tokens) > 1:
        return True
    month, before = tokens[0], neighbour(tokens, -1)
    if (
        month.ent_type_ in ("PERSON", "ORG", "GPE", "FAC", "PRODUCT", "WORK_OF_ART")
        and before.lower() not in _BEFORE_MONTH
    ):
        return False
    if month.text.lower() not in ("may", "march"):
        return True
    # "Mrs May said", "the March on Rome", "March with us": a month of those names stands after a preposition,
    # or is known as a date.
    if before.lower() in _BEFORE_MONTH:
        return month.ent_type_ != "PERSON"
    return (
        month.ent_type_ == "DATE"
        and before.lower() not in _DETERMINERS
        and neighbour(tokens, 1).lower() not in _AFTER_MARCH
    )


def _is_season(tokens: TokenSpan, dated: Dated) -> bool:
    """A season that says which one it is, or that something happens in; not "the fall of the base"."""
    if dated.year is not None or dated.near is not None or dated.years is not None:
        return True
    season = tokens[-1]
    if season.text[:1].isupper() or season.pos_ not in ("NOUN", "PROPN"):
        return False
    if season.dep_ in ("compound", "amod", "nmod") or (
        season.text.lower() == "fall" and neighbour(tokens, 1).lower() == "of"
    ):
        return False
    return neighbour(tokens, -1).lower() in (
        "in",
        "by",
        "until",
        "since",
        "during",
        "before",
        "of",
        "through",
        "from",
    )


def _is_year(tokens: TokenSpan) -> bool:
    if len(tokens) > 1:
        return True
    year, before = tokens[0], neighbour(tokens, -1)
    if before.lower() in _NUMBERED or before in ("$", "€", "£"):
        return False
    if year.ent_type_ == "DATE":
        return True
    if (
        year.dep_ == "nummod"
        and year.head.i > year.i
        and year.head.tag_ in ("NNS", "NNPS")
        and before.lower() not in ("the", "its", "their")
    ):
        return False  # "in 2000 cases"
    return before.lower() in _BEFORE_YEAR


def _is_title(tokens: TokenSpan) -> bool:
    """ "USA Today", "This Week": a word that is no name of a month or a day has its capital from a name."""
    for token in tokens:
        text = token.text
        if (
            not text[:1].isupper()
            or text.isupper()
            or token.is_sent_start
            or token.text.lower().strip(".").partition("-")[0] in MONTHS
            or token.text.lower() in WEEKDAYS
        ):
            continue
        if token.i > tokens.start or (
            token.i > 0 and token.nbor(-1).text[:1].isupper() and token.nbor(-1).text.isalpha()
        ):
            return True
    return False
