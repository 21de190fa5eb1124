"""The words that times are made of: names, numbers and units, as tables and as pieces of regular expressions.

In a piece a blank stands for the space between two words (`spaced` makes it one). Rules ignore case; names of
months and weekdays do not, so that "may" and "march" stay verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final


def _numbered(words: str, start: int = 1) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), start)}


MONTHS: Final = _numbered(
    "january february march april may june july august september october november december"
) | {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sept": 9,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
WEEKDAYS: Final = _numbered("monday tuesday wednesday thursday friday saturday sunday")
ORDINALS: Final = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
) | {"thirtieth": 30}
ONES: Final = _numbered("one two three four five six seven eight nine")
TEENS: Final = _numbered(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", start=10
)
TENS: Final = {
    word: 10 * number
    for word, number in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
NUMBERS: Final = {"zero": 0} | ONES | TEENS | TENS
DECADES: Final = _numbered("twenties thirties forties fifties sixties seventies eighties nineties", start=2)
# Their letters in a TimeML duration; those that begin with T stand after its "T".
UNITS: Final = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W",
    "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
    "centurie": "C",
}  # fmt: skip
SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS_OF_DAY: Final = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "noon": "12:00", "midday": "12:00",
    "afternoon": "AF", "evening": "EV", "dusk": "EV", "sunset": "EV", "nightfall": "NI", "night": "NI",
    "midnight": "24:00",
}  # fmt: skip


def words_of(text: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(text.split())


def either(words: Iterable[str]) -> str:
    """Any of these words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _name(words: Iterable[str]) -> str:
    """Any of these with a capital or in capitals, never in small letters."""
    return "|".join(form for word in either(words).split("|") for form in (word.capitalize(), word.upper()))


def spaced(pattern: str) -> str:
    """The pattern with each blank as what may stand between two words: blanks, or one line break.

    It is bounded so that a page of blanks costs nothing, and never crosses a paragraph.
    """
    return pattern.replace(" ", r"(?:[^\S\n]|\n(?!\n)){1,3}")


_SHORT_MONTHS: Final = [name for name in MONTHS if (len(name) == 3 and name != "may") or name == "sept"]
_LONG_MONTHS: Final = [name for name in MONTHS if name not in _SHORT_MONTHS]
MONTH: Final = rf"(?P<month>(?-i:{_name(_LONG_MONTHS)}|(?:{_name(_SHORT_MONTHS)})\b\.?))"
WEEKDAY: Final = rf"(?P<weekday>(?-i:{_name(WEEKDAYS)}))"
# before a day of a month: "Monday, 5 June", "Mon. 5 June"
DAY_NAME: Final = (
    rf"(?:{WEEKDAY}(?: (?:morning|afternoon|evening|night))?,? (?:the )?"
    r"|(?-i:(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)\.?,? ))?"
)

YEAR: Final = (
    r"(?:(?P<year>1\d\d\d|20\d\d)(?![,.]?\d|[-–]\d{1,3}(?!\d))"
    rf"|(?P<spelt>(?:nineteen|twenty) (?:hundred|{either(TEENS)}"
    rf"|(?:{either(TENS)})(?:[\s-](?:{either(ONES)}))?)"
    rf"|two thousand(?: and (?:{either(NUMBERS)}))?))"
)
DAY: Final = (
    r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
    rf"|(?:twenty|thirty)-(?:{either(list(ORDINALS)[:9])})|{either(ORDINALS)})(?![\d%]|[:.,]\d)"
)
OTHER_DAY: Final = rf"(?P<other>(?:[-–—]| (?:and|or|to) |, ){DAY.replace('?P<day>', '?P<day_2>')})"
COUNT: Final = (
    r"(?P<count>\d{1,6}(?:\.\d+)?(?:[^\S\n]1/2)?"
    r"|a (?:couple|few|dozen|hundred|thousand)(?: of)?|couple of|half an?"
    rf"|(?:{either(TENS)})[\s-](?:{either(ONES)})|dozens of|hundreds of|a number of|an?|several|some|many|few"
    rf"|(?:{either(NUMBERS)})(?: (?:hundred|thousand))?)"
)
UNIT: Final = rf"(?P<unit>{either(UNITS)})"
ABOUT: Final = (
    "(?:(?:nearly|almost|about|around|over|(?:more|less|fewer) than|no more than|at least|up to|roughly|under"
    "|only|just|some|within|an additional) )?"
)
# which part of a stretch is meant: "the end of", "early", "mid-", "later in the"
OF_THE_DAY: Final = "(?:(?:early|late|earlier|later)(?: on)? )?"
PORTION: Final = (
    "(?:(?:the )?(?P<edge>beginning|start|middle|end|close|rest|course|(?:latter|first) part"
    "|(?:first|second) half) of )?"
    r"(?:(?P<part>early|late|middle|mid|earlier|later)(?: (?:in|on)(?: the)?)?[\s-]{1,3})?"
)
NEAR: Final = (
    "(?P<near>last|past|this past|this coming|this|next|coming|current|that|same|the same|previous|preceding"
    "|following|upcoming)"
)
OF_YEAR: Final = "(?:,? (?:of )?(?P<year_near>last|this|next|that|the same|the previous|the following) year)"
_HALVES: Final = "morning|afternoon|evening"
_ZONE: Final = (
    r"(?:[^\S\n]\(?(?:(?-i:GMT|UTC|EST|EDT|PST|PDT|CET|CEST)|local[^\S\n]time)\b\)?(?:[^\S\n]?[+-]\d{1,2})?)?"
)
HOUR: Final = (
    rf"(?:(?P<spoken>{either(list(NUMBERS)[1:13])}|1[0-2]|[1-9]) o['’]clock(?: in the (?P<half>{_HALVES}))?"
    r"|(?P<hour>2[0-3]|[01]?\d)(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:[^\S\n]?(?P<half_day>a\.?m\b\.?|p\.?m\b\.?)|(?=[^\S\n]?(?-i:GMT|UTC|local time|hours))|(?<=:\d\d))"
    rf"{_ZONE})"
)
PART_OF_DAY: Final = rf"(?P<of_day>early morning|{either(PARTS_OF_DAY)})"
# before a day: "5 p.m. on …", "the night of …", "dawn on …"
AT_HOUR: Final = rf"(?:{HOUR},? (?:on )?|(?:the )?{PART_OF_DAY} (?:of|on|to) )?"


def plain(text: str | None) -> str:
    """In small letters with single blanks; nothing for nothing."""
    return " ".join((text or "").lower().split())


def number_of(words: str) -> float | None:
    """What "forty-two", "a", "2 1/2" or "a couple of" counts; None for a number not said ("several")."""
    words = plain(words.replace("-", " ")).removesuffix(" of")
    if words.endswith(" 1/2"):
        return float(words.removesuffix(" 1/2")) + 0.5
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    known = {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "a couple": 2, "couple": 2, "a dozen": 12}
    if words in known:
        return known[words]
    total = 0
    for word in words.split():
        if word in ("hundred", "thousand"):
            total = max(total, 1) * (100 if word == "hundred" else 1000)
        elif word in NUMBERS:
            total += NUMBERS[word]
        elif word != "a":
            return None
    return total or None


def month_of(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def day_of(word: str) -> int:
    """ "5", "5th", "fifth" and "twenty-fifth"."""
    word = word.lower()
    if word[0].isdigit():
        return int(word.rstrip("sthndr"))
    tens, _, ones = word.partition("-")
    return ORDINALS[word] if word in ORDINALS else NUMBERS[tens] + ORDINALS[ones]


def spelt_year(words: str) -> int:
    """ "Nineteen ninety-six", "two thousand and eleven"."""
    first, second, *rest = plain(words.replace("-", " ")).split()
    if second == "thousand":
        return 2000 + (NUMBERS.get(rest[-1], 0) if rest else 0)
    tail = 0 if second == "hundred" else NUMBERS[second] + (NUMBERS[rest[0]] if rest else 0)
    return NUMBERS[first] * 100 + tail


def duration(unit: str, amount: float | None) -> str | None:
    """The TimeML duration of so many units: "X" for a number not said, None for a half not to be written."""
    letter, time = unit.removeprefix("T"), "T" if unit.startswith("T") else ""
    if amount is None:
        return f"P{time}X{letter}"
    whole = int(amount)
    if amount == whole:
        return f"P{time}{whole}{letter}"
    smaller, count = {
        "Y": ("M", 12),
        "E": ("Y", 10),
        "D": ("TH", 24),
        "TH": ("TM", 60),
        "TM": ("TS", 60),
    }.get(unit, ("", 0))
    if not smaller:
        return None
    said = f"{time}{whole}{letter}" if whole else ""
    mark = "T" if smaller.startswith("T") and not (time and said) else ""
    return f"P{said}{mark}{round((amount - whole) * count)}{smaller[-1]}"
