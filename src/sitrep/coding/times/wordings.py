"""The grammar of time expressions: which wordings there are, and what each says by itself.

A rule is a pattern (`words` has its pieces; a blank stands for the space between words, case is ignored)
and a function from its match to wordings. Rules know nothing of sentences, tense or the published date. The
families of rules are those of HeidelTime (Strötgen and Gertz 2010) and SUTime (Chang and Manning 2012); what
counts as one expression, and how its value is written, follows TimeML 1.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from sitrep.coding.times.calendar import Portion, Unit
from sitrep.coding.times.grammar import Grammar, Match
from sitrep.coding.times.meanings import (
    Counted,
    Dated,
    Fixed,
    Lasting,
    Loose,
    Meaning,
    Near,
    NthWeekday,
    Occasion,
    Repeated,
    WeekOf,
    Wording,
)
from sitrep.coding.times.words import (
    ABOUT,
    AT_HOUR,
    COUNT,
    DAY,
    DAY_NAME,
    DECADES,
    HOUR,
    MONTH,
    MONTHS,
    NEAR,
    OF_THE_DAY,
    OF_YEAR,
    ORDINALS,
    OTHER_DAY,
    PART_OF_DAY,
    PARTS_OF_DAY,
    PORTION,
    SEASONS,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_of,
    duration,
    either,
    month_of,
    number_of,
    plain,
    spaced,
    spelt_year,
    words_of,
)

GRAMMAR: Final = Grammar()
rule = GRAMMAR.rule


def find_wordings(text: str) -> Iterator[Wording]:
    """The time expressions of `text` in its order, none overlapping: of several that do, the longest."""
    return GRAMMAR.search(text)


# What the named groups of a match say

_NEAR: Final[dict[str, Near]] = {
    "last": "last", "past": "last", "this past": "last",
    "this": "this", "current": "this",
    "next": "next", "coming": "next", "upcoming": "next", "this coming": "next",
    "that": "that", "same": "that", "the same": "that",
    "previous": "previous", "the previous": "previous", "preceding": "previous",
    "following": "following", "the following": "following",
}  # fmt: skip
_OFFSET: Final[dict[Near, int]] = {
    "last": -1,
    "previous": -1,
    "this": 0,
    "that": 0,
    "next": 1,
    "following": 1,
}
_PORTIONS: Final[dict[str, Portion]] = {
    "early": "early", "beginning": "early", "start": "early", "first part": "early",
    "late": "late", "end": "late", "second half": "late", "first half": "early",
    "close": "late", "latter part": "late",
    "mid": "middle", "middle": "middle", "earlier": "past", "later": "rest", "rest": "rest",
}  # fmt: skip


def _group(match: Match, name: str) -> str:
    return plain(match.groupdict().get(name))


def _year(match: Match) -> int | None:
    if _group(match, "year"):
        return int(match["year"])
    return spelt_year(match["spelt"]) if _group(match, "spelt") else None


def _near(match: Match) -> Near | None:
    return _NEAR.get(_group(match, "near"))


def _years(match: Match) -> int | None:
    """How far the year of "June last year" is from this one; None for "that year", the narrative's."""
    near = _NEAR.get(_group(match, "year_near"))
    return None if near not in ("last", "this", "next") else _OFFSET[near]


def _portion(match: Match) -> Portion | None:
    return _PORTIONS.get(_group(match, "part")) or _PORTIONS.get(_group(match, "edge"))


def _clock(match: Match) -> str | None:
    if _group(match, "spoken"):
        return _o_clock(match)
    if not _group(match, "hour"):
        of_day = _group(match, "of_day") or _group(match, "half_after")
        return PARTS_OF_DAY.get(of_day.split(" ")[-1])
    hour, half_day = int(match["hour"]), _group(match, "half_day")
    if half_day and not 1 <= hour <= 12:
        return None
    if half_day:
        hour = hour % 12 + (12 if half_day.startswith("p") else 0)
    return f"{hour:02}:{int(_group(match, 'minute') or 0):02}"


def _halves_a_year(match: Match) -> bool:
    """ "The first half of 2020" is a time of its own, not the early part of one."""
    return _group(match, "edge").endswith("half") and _group(match, "unit") in ("", "year")


def _o_clock(match: Match) -> str | None:
    """ "Six o'clock on Monday morning"; without its half of the day the hour is not known."""
    half = _group(match, "half") or _group(match, "half_after")
    hour = int(number_of(match["spoken"]) or 0)
    if half not in ("morning", "afternoon", "evening"):
        return None
    return f"{hour % 12 + (0 if half == 'morning' else 12):02}:00"


def _unit(match: Match) -> Unit:
    return cast(Unit, UNITS[_group(match, "unit")])


def _whole(match: Match, meaning: Meaning, clock: str | None = None) -> Wording:
    """The whole match as one wording."""
    return Wording(match.start(), match.end(), meaning, _portion(match), clock)


def _day(match: Match, meaning: Meaning, clock: str | None = None) -> Wording:
    """A single day, which "early" and "late" leave as it is."""
    return Wording(match.start(), match.end(), meaning, clock=clock)


# The words that every wording of a family has one of; any number is "0"

DIGITS: Final = words_of("0")
_MONTH: Final = frozenset(MONTHS)
_WEEKDAY: Final = frozenset(WEEKDAYS) | {f"{day}s" for day in WEEKDAYS}
_PART: Final = frozenset(PARTS_OF_DAY) | {f"{part}s" for part in PARTS_OF_DAY}
_UNIT: Final = frozenset(UNITS) | {f"{unit}s" for unit in UNITS}
_YEAR: Final = DIGITS | words_of("nineteen twenty thousand")


# Days and months of the calendar


@rule(
    r"(?<![\w-])(?P<year>[12]\d{3})-(?P<month>0\d|1[0-2])-(?P<day>[0-3]\d)(?:[T\s](?P<hour>[0-2]\d):(?P<minute>[0-5]\d))?(?![\w-])",
    near=DIGITS,
)
def _iso_day(match: Match) -> Wording:
    return _whole(
        match, Fixed(f"{int(match['year'])}-{int(match['month']):02}-{int(match['day']):02}"), _clock(match)
    )


@rule(
    r"(?<![\w/.])(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/]|\.\d)",
    near=DIGITS,
)
def _numeric_day(match: Match) -> Wording | None:
    """Day and month in the order that the numbers, or the dots of the continental form, leave possible."""
    year, one, two = int(match["year"]), int(match["one"]), int(match["two"])
    if one > 12 >= two or (match["mark"] == "." and two <= 12) or one == two:
        day, month = one, two
    elif two > 12 >= one:
        day, month = two, one
    else:
        return _whole(match, Fixed(f"{year}-XX-XX")) if max(one, two) <= 12 else None
    return _whole(match, Fixed(f"{year}-{month:02}-{day:02}")) if month > 0 and 0 < day <= 31 else None


_SHORT_MONTH: Final = either(sorted({name[:3] for name in MONTHS}))


@rule(
    rf"(?<![\w-])(?P<day>0?[1-9]|[12]\d|3[01])-(?P<month>{_SHORT_MONTH})-(?P<year>\d\d(?:\d\d)?)(?![\w-])",
    near=frozenset(name[:3] for name in MONTHS),
)
def _short_day(match: Match) -> Wording:
    """ "19-Nov-12": of this century until it is half over, as two digits mostly are."""
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 50 else 1900
    return _day(match, Dated(year, month_of(match["month"]), int(match["day"])))


_DAYS_BEFORE: Final = rf"(?:(?:{either(name.capitalize() for name in WEEKDAYS)}) )?(?:[12]\d|3[01]|0?[1-9])"


@rule(
    rf"(?<![\d.,/:-])\b(?P<days>(?-i:{_DAYS_BEFORE})(?:, (?-i:{_DAYS_BEFORE}))+,? (?:and|or) "
    rf"(?-i:{_DAYS_BEFORE})) {MONTH}(?:,? {YEAR})?",
    near=_MONTH,
)
def _days_that_share_a_month(match: Match) -> tuple[Wording, ...]:
    """ "Monday 20, Tuesday 21 and Thursday 23 April": each is a day of the month that the last one names."""
    named = list(re.finditer(spaced(rf"(?:(?:{either(WEEKDAYS)}) )?(\d\d?)"), match["days"], re.IGNORECASE))
    start, month, year = match.start("days"), month_of(match["month"]), _year(match)
    ends = [start + one.end() for one in named[:-1]] + [match.end()]
    return tuple(
        Wording(start + one.start(), end, Dated(year, month, int(one[1])))
        for one, end in zip(named, ends, strict=True)
    )


@rule(rf"\b{MONTH} {DAY}{OTHER_DAY}(?:,? {YEAR})?", near=_MONTH)
@rule(rf"(?<![\d.,/:-])\b{DAY}{OTHER_DAY}(?: of)? {MONTH}(?:,? {YEAR})?", near=_MONTH)
def _days_of_month(match: Match) -> tuple[Wording, ...]:
    """ "June 3-4", "3 and 4 June 2020": two times, of which one lacks the month."""
    month, year, second_start = month_of(match["month"]), _year(match), match.start("day_2")
    first_start = min(match.start("month"), match.start("day"))
    return (
        Wording(first_start, match.end("day"), Dated(year, month, day_of(match["day"]))),
        Wording(second_start, match.end(), Dated(year, month, day_of(match["day_2"]))),
    )


@rule(
    rf"\b{AT_HOUR}{DAY_NAME}(?:(?:early|late)[\s-])?{MONTH} (?:the )?{DAY}(?:,? {YEAR}|{OF_YEAR})?",
    near=_MONTH,
)
@rule(
    rf"(?<![\d.,/:-])\b{AT_HOUR}{DAY_NAME}(?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR}|{OF_YEAR})?",
    near=_MONTH,
)
def _day_of_month(match: Match) -> Wording:
    dated = Dated(_year(match), month_of(match["month"]), day_of(match["day"]), years=_years(match))
    return _day(match, dated, _clock(match))


@rule(rf"\b{PORTION}{MONTH},?(?: of)? {YEAR}", near=_MONTH)
def _month_of_year(match: Match) -> Wording:
    return _whole(match, Dated(_year(match), month_of(match["month"])))


@rule(rf"\b{PORTION}(?:{NEAR} )?{MONTH}{OF_YEAR}?(?![\w-])", near=_MONTH)
def _month(match: Match) -> Wording:
    years, year_near = _years(match), _NEAR.get(_group(match, "year_near"))
    near = year_near if year_near is not None and years is None else _near(match)
    return _whole(match, Dated(month=month_of(match["month"]), near=near, years=years))


_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


@rule(
    rf"\bthe (?P<nth>{either(_NTH)}) {WEEKDAY} (?:of|in) ",
    rf"(?:(?P<near>this|next|last) month|{MONTH}(?:,? {YEAR})?)",
    near=_WEEKDAY,
)
def _nth_weekday(match: Match) -> Wording:
    near = _near(match)
    month = Dated(_year(match), month_of(match["month"])) if near is None else Counted("M", _OFFSET[near])
    return _day(match, NthWeekday(_NTH[_group(match, "nth")], WEEKDAYS[_group(match, "weekday")], month))


@rule(rf"\bthe week of {MONTH} {DAY}(?:,? {YEAR})?", near=_MONTH)
@rule(rf"\bthe week of (?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR})?", near=_MONTH)
def _week_of(match: Match) -> Wording:
    return _whole(match, WeekOf(Dated(_year(match), month_of(match["month"]), day_of(match["day"]))))


# Days of the week


@rule(
    rf"\b{OF_THE_DAY}{AT_HOUR}(?:(?:the )?{NEAR} )?{WEEKDAY}",
    r"(?: (?P<half_after>morning|afternoon|evening)|,? (?:of )?(?P<week_near>last|next|this) week)?(?!\w)",
    near=_WEEKDAY,
)
@rule(rf"\b{OF_THE_DAY}(?:{HOUR}|{PART_OF_DAY}) (?:(?:the )?{NEAR} )?{WEEKDAY}(?!\w)", near=_WEEKDAY)
@rule(
    rf"\b{OF_THE_DAY}(?:(?:the )?{NEAR} )?{WEEKDAY}",
    rf",? (?:at )?(?:(?:early |late |mid[\s-])?(?P<of_day>morning|afternoon|evening|night)|{HOUR})(?!\w)",
    near=_WEEKDAY,
)
def _weekday(match: Match) -> Wording:
    near = _NEAR.get(_group(match, "week_near"))
    weeks = None if near is None else _OFFSET[near]
    return _day(
        match,
        Dated(weekday=WEEKDAYS[_group(match, "weekday")], near=_near(match), weeks=weeks),
        _clock(match),
    )


@rule(
    rf"\b(?P<each>(?:every|each) )?{WEEKDAY}(?P<days>s)?",
    r"(?: (?P<of_day>morning|afternoon|evening|night)(?P<parts>s)?)?\b(?!['’])",
    near=_WEEKDAY,
)
def _repeated_weekday(match: Match) -> Wording | None:
    if not (match["each"] or match["days"] or match["parts"]):
        return None
    clock = _clock(match)
    return _whole(
        match, Repeated(f"XXXX-WXX-{WEEKDAYS[_group(match, 'weekday')]}" + (f"T{clock}" if clock else ""))
    )


# Days, weeks, months and years counted from now, or from then

_DEICTIC: Final = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


@rule(
    rf"\b{OF_THE_DAY}(?:(?:mid[\s-]|early[\s-])?{PART_OF_DAY} |{HOUR} )?",
    rf"(?P<word>{either(_DEICTIC)})\b",
    near=frozenset(_DEICTIC),
)
@rule(
    rf"\b{OF_THE_DAY}(?P<word>{either(_DEICTIC)}),? (?:at )?(?:{HOUR}|{PART_OF_DAY})(?!\w)",
    near=frozenset(_DEICTIC),
)
def _deictic_day(match: Match) -> Wording:
    word = _group(match, "word")
    return _day(match, Counted("D", _DEICTIC[word]), _clock(match) or ("NI" if word == "tonight" else None))


@rule(r"\bthe day (?:(?P<before>before yesterday)|after tomorrow)\b", near=frozenset(_DEICTIC))
def _day_beyond(match: Match) -> Wording:
    return _day(match, Counted("D", -2 if match["before"] else 2))


@rule(
    r"\b(?:(?:early|late|earlier|later) )?(?P<near>this|last) (?P<of_day>morning|afternoon|evening|night)\b",
    near=_PART,
)
def _part_of_this_day(match: Match) -> Wording:
    return _day(match, Counted("D", -1 if _near(match) == "last" else 0), _clock(match))


@rule(r"\bovernight\b", near=words_of("overnight"))
def _overnight(match: Match) -> Wording:
    return replace(_day(match, Counted("D", -1), "NI"), spans_midnight=True)


@rule(r"\b(?:(?:in )?the )?(?:early|late|mid)[\s-](?P<of_day>morning|afternoon|evening)\b", near=_PART)
@rule(
    r"(?:(?<=\bin\s)|(?<=\bduring\s)|(?<=\binto\s)|(?<=\bthrough\s))",
    r"the (?P<of_day>morning|afternoon|evening|night)\b",
    near=_PART,
)
def _part_of_the_day(match: Match) -> Wording:
    return replace(_day(match, Counted("D", 0, narrative=True), _clock(match)), clock_only=True)


@rule(
    rf"\b{PORTION}(?:the )?{NEAR} (?:(?:fiscal|calendar|financial|school) )?",
    r"(?P<unit>week|weekend|month|quarter|year|decade|century)(?![\w-])",
    near=_UNIT,
)
def _unit_near(match: Match) -> Wording | None:
    near = _near(match)
    if near is None or _halves_a_year(match):
        return None
    return _whole(
        match, Counted(_unit(match), _OFFSET[near], narrative=near in ("that", "previous", "following"))
    )


@rule(
    rf"\b{PORTION}the (?:(?:full|fiscal|financial|calendar) )?(?P<unit>weekend|week|month|year)(?![\w-])",
    r"(?! (?:of|before|after|when|that|ago|earlier|later))",
    near=_UNIT,
)
def _the_unit(match: Match) -> Wording | None:
    return None if _halves_a_year(match) else _whole(match, Counted(_unit(match), 0))


@rule(
    r"\b(?:the )?(?P<near>the same|that|same|following|next|previous|preceding) ",
    r"(?:day|(?P<of_day>night|morning|evening|afternoon))\b",
    near=_UNIT | _PART,
)
def _that_day(match: Match) -> Wording:
    return _day(match, Counted("D", _OFFSET[_near(match) or "that"], narrative=True), _clock(match))


@rule(r"\bthe day (?P<side>before|after)(?=\s*[.,;:)”\"])", near=_UNIT)
def _day_beside(match: Match) -> Wording:
    return _day(match, Counted("D", -1 if _group(match, "side") == "before" else 1, narrative=True))


@rule(
    rf"\b{ABOUT}{COUNT}(?: (?:or so|or two|more))? {UNIT}s? (?:(?:or so|or more) )?",
    r"(?P<side>ago|earlier|later|from now|before(?=\s*[.,;:)”])|afterwards?)\b",
    near=_UNIT,
)
@rule(rf"\b{UNIT}s (?P<side>ago|earlier|later)\b", near=_UNIT)
def _units_away(match: Match) -> Wording:
    unit, side = UNITS[_group(match, "unit")], _group(match, "side")
    amount = number_of(match["count"]) if _group(match, "count") else None
    back = side in ("ago", "earlier", "before")
    if unit.startswith("T") and amount is not None and side == "ago":
        return _day(match, Counted("D", 0))
    if amount is None or amount != int(amount) or unit.startswith("T"):
        near_then = unit.startswith("T") and side not in ("ago", "from now")
        hours = (-1 if back else 1) if near_then else None
        return _whole(match, Loose("PAST_REF" if back else "FUTURE_REF", hours))
    count = int(amount) * (2 if "fortnight" in match[0].lower() else 1)
    narrative = side not in ("ago", "from now")
    return _whole(match, Counted(cast(Unit, unit), -count if back else count, narrative, ago=side == "ago"))


# Years, and what is longer or shorter than a month


@rule(
    rf"\b{PORTION}(?:(?:the year|fiscal(?: year)?|calendar) )?{YEAR}(?: (?:period|fiscal year))?(?!\w|-\w)",
    near=_YEAR,
)
def _year_alone(match: Match) -> Wording | None:
    return None if _halves_a_year(match) else _whole(match, Dated(_year(match)))


@rule(
    rf"\b{PORTION}(?:the )?(?:(?:early|mid|late)[\s-])?",
    rf"(?:(?P<digits>(?:1\d|20)\d)0['’]?s|['’](?P<short>\d)0s|(?P<word>{either(DECADES)}))(?!\w)",
    near=DIGITS | frozenset(DECADES),
)
def _decade(match: Match) -> Wording:
    if match["word"]:
        return _whole(match, Fixed(f"19{DECADES[_group(match, 'word')]}"))
    return _whole(match, Fixed(f"{int(match['digits'])}" if match["digits"] else f"19{int(match['short'])}"))


@rule(
    rf"\b{PORTION}(?:the )?(?:(?P<number>\d\d?)(?:st|nd|rd|th)|(?P<ordinal>{either(ORDINALS)})) century\b",
    near=_UNIT,
)
def _century(match: Match) -> Wording | None:
    number = int(match["number"]) if match["number"] else ORDINALS[_group(match, "ordinal")]
    return _whole(match, Fixed(f"{number - 1:02}")) if number else None


_PARTS_OF_YEAR: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}


@rule(
    rf"\b{PORTION}(?:(?:the|its|their) )?",
    r"(?:(?P<first_year>(?:19|20)\d\d) |(?P<owner>last|this|next) year['’]s )?(?:fiscal[\s-])?",
    r"(?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-](?P<unit>quarter|half)",
    r"(?:,? (?:of )?(?:(?P<year>(?:19|20)\d\d)(?!\d)|(?P<year_near>last|this|next) year|the (?P<whole>year))",
    r"| (?P<ago>a year (?:ago|earlier)))?(?![\w-]| of\b)",
    near=words_of("quarter half"),
)
def _part_of_year(match: Match) -> Wording | None:
    ordinal, is_half = _group(match, "ordinal"), _group(match, "unit") == "half"
    number = _PARTS_OF_YEAR.get(ordinal) or int(ordinal[0])
    years = (
        -1 if match["ago"] else _OFFSET.get(cast(Near, _group(match, "owner") or _group(match, "year_near")))
    )
    year = int(match["first_year"]) if match["first_year"] else _year(match)
    if not is_half:
        return _whole(match, Dated(year, quarter=number, years=years))
    if year is None and years is None and not match["whole"]:
        return None  # of a match, more often than of a year
    return _whole(match, Dated(year, half=min(number, 2), years=years))


@rule(rf"\bQ(?P<number>[1-4])(?:[\s/-]{YEAR})?(?!\w)", near=DIGITS)
def _short_quarter(match: Match) -> Wording:
    return _whole(match, Dated(_year(match), quarter=int(match["number"])))


@rule(
    r"\b(?:the (?:(?:comparable|corresponding|same) )?",
    r"|(?P<latest>(?:the )?(?:latest|most recent|current) ))?(?:fiscal )?",
    r"(?P<ago>year-(?:ago|earlier) ?)?(?:quarter|(?<=latest\s)period)\b(?![\s-](?:of|final))",
    r"(?: (?P<back>a year (?:ago|earlier)|last year))?",
    near=words_of("quarter period"),
)
def _quarter_in_hand(match: Match) -> Wording | None:
    if match["latest"]:
        return _whole(match, Counted("Q", -1, ago=True))
    if not (match["ago"] or plain(match[0]).startswith("the ")):
        return None
    return _whole(match, Counted("Q", -4 if match["ago"] or match["back"] else 0, narrative=True))


@rule(r"\b(?:the )?year-(?:ago|earlier)(?: period)?\b", near=_UNIT)
def _year_before(match: Match) -> Wording:
    return _whole(match, Counted("Y", -1, narrative=True))


@rule(
    rf"\b{PORTION}(?:the )?(?:{NEAR} )?(?P<season>{either(SEASONS)})(?:(?: of)? {YEAR}|{OF_YEAR})?(?![\w-])",
    near=frozenset(SEASONS),
)
def _season(match: Match) -> Wording:
    season = SEASONS[_group(match, "season")]
    return _whole(match, Dated(_year(match), season=season, near=_near(match), years=_years(match)))


@rule(rf"\b(?:the )?year(?:['’]s)?[\s-]end\b(?: {YEAR})?", near=_UNIT)
def _year_end(match: Match) -> Wording:
    return _whole(match, Dated(_year(match), 12, 31))


_FEASTS: Final = {
    "christmas eve": 24,
    "christmas day": 25,
    "boxing day": 26,
    "new year's eve": 31,
    "new year’s eve": 31,
}


@rule(
    rf"\b(?P<feast>{either(_FEASTS)}|new year['’]s day)(?:,? {YEAR}|{OF_YEAR})?(?!\w)",
    near=words_of("eve day"),
)
def _feast(match: Match) -> Wording:
    day = _FEASTS.get(_group(match, "feast"))
    return _day(match, Dated(_year(match), 12 if day else 1, day or 1, years=_years(match)))


@rule(
    rf"\b{PORTION}(?:{NEAR} )?(?:the (?:holy )?month of )?",
    r"(?P<occasion>Ramadan|Eid[\s-]al[\s-](?:Fitr|Adha)|Ashura|Mawlid)",
    r"(?: (?P<year>20\d\d|19\d\d))?(?!\w)",
    near=words_of("ramadan eid ashura mawlid"),
)
def _occasion(match: Match) -> Wording:
    name = _group(match, "occasion").replace(" ", "-").replace("eid-", "eid ")
    return _whole(match, Occasion(name, _year(match), _near(match)))


# Durations


@rule(
    r"\b(?:(?:at least|each of) )?(?:the )?",
    rf"(?P<reach>past|last|previous|recent|next|coming|first|latest|final) {COUNT}",
    rf"(?: (?:to|or) (?:\d+|\w+))? (?:(?:full|more) )?{UNIT}s?(?: or (?:so|more))?(?![\w-])",
    near=_UNIT,
)
def _duration_from_now(match: Match) -> Wording | None:
    reach = {"past": -1, "last": -1, "recent": -1, "next": 1, "coming": 1}.get(_group(match, "reach"), 0)
    return _lasting(match, number_of(match["count"]), reach)


@rule(
    r"\b(?:the )?(?P<reach>recent|past|last|coming|next|future|previous) ",
    r"(?P<unit>hour|day|week|month|quarter|year|decade)s",
    r"(?: (?:and|or) (?:days|weeks|months|years))?(?: ahead)?\b",
    near=_UNIT,
)
def _some_time_from_now(match: Match) -> Wording:
    unit, reach = UNITS[_group(match, "unit")], _group(match, "reach")
    if reach in ("coming", "future", "next"):
        return _whole(match, Loose("FUTURE_REF"))
    if unit == "Y" or reach in ("past", "previous"):
        return _whole(match, Loose("PAST_REF"))
    return _whole(match, Lasting(duration(unit, None) or "PXX"))


@rule(
    rf"\b{ABOUT}(?:the )?{COUNT}(?: (?:to|or) {COUNT.replace('?P<count>', '?:')}|[-–]\d+)?",
    rf"(?: (?:more|full|straight|consecutive|long|trading|additional))? {UNIT}s?(?P<half> and a half)?",
    r"(?![\w-]| (?:old\b|of age))",
    near=_UNIT,
)
def _duration(match: Match) -> Wording | None:
    if match["count"].lower() in ("a", "an") and _group(match, "unit") in ("second", "quarter"):
        return None  # "a second group", "a quarter of the city"
    amount = number_of(match["count"])
    return _lasting(match, amount if amount is None else amount + (0.5 if match["half"] else 0))


@rule(
    r"\b(?P<count>\d{1,4}|several|multi|[a-z]+(?:-[a-z]+)?)-(?P<unit>second|minute|hour|day|week|month|year|decade|century)",
    r"(?P<old>-old)?(?: (?:period|term))?(?![\w-])",
    near=_UNIT,
)
def _joined_duration(match: Match) -> Wording | None:
    """ "A two-week truce", "the 8-month-old siege", but not the age of a person."""
    amount = number_of(match["count"])
    if amount is None and _group(match, "count") not in ("several", "multi"):
        return None
    return None if match["old"] and _group(match, "unit") == "year" else _lasting(match, amount)


@rule(
    r"(?:(?<=\bfor\s)|(?<=\bin\s)|(?<=\bover\s)|(?<=\bwithin\s)|(?<=\bafter\s))(?P<unit>minute|hour|day|week|month|year|decade|centurie)s\b",
    near=_UNIT,
)
def _unsaid_duration(match: Match) -> Wording | None:
    """ "For months": without its preposition a bare plural is a number of something."""
    return _lasting(match, None)


def _lasting(match: Match, amount: float | None, reach: int = 0) -> Wording | None:
    unit = UNITS[_group(match, "unit")]
    if unit == "WE":
        unit = "W"
    if amount is not None and _group(match, "unit") == "fortnight":
        amount *= 2
    value = duration(unit, amount)
    if value is None:
        return None
    whole = int(amount) if amount is not None and amount == int(amount) else None
    return _day(match, Lasting(value, unit, whole, reach))


# What comes again


@rule(
    rf"\b(?:each|every|per) (?:{COUNT} )?",
    r"(?P<unit>minute|hour|day|night|week|weekend|month|quarter|year|decade|spring|summer|autumn|winter|morning|evening)s?\b",
    near=_UNIT | _PART | frozenset(SEASONS),
)
def _each_unit(match: Match) -> Wording:
    unit = _group(match, "unit")
    if unit in SEASONS:
        return _whole(match, Repeated(f"XXXX-{SEASONS[unit]}"))
    if unit in PARTS_OF_DAY:
        return _whole(match, Repeated(f"XXXX-XX-XXT{PARTS_OF_DAY[unit]}"))
    amount = number_of(match["count"]) if match["count"] else 1
    return _whole(match, Repeated(duration(UNITS["week" if unit == "weekend" else unit], amount) or "PXX"))


@rule(rf"\b(?:each|every) {MONTH}", near=_MONTH)
def _each_month(match: Match) -> Wording:
    return _whole(match, Repeated(f"XXXX-{month_of(match['month']):02}"))


_FREQUENCIES: Final = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "monthly": "P1M",
    "annually": "P1Y", "yearly": "P1Y",
}  # fmt: skip


@rule(rf"\b(?P<word>{either(_FREQUENCIES)})\b", near=frozenset(_FREQUENCIES))
def _frequency(match: Match) -> Wording:
    return _whole(match, Repeated(_FREQUENCIES[_group(match, "word")]))


# What no calendar holds


@rule(
    r"\b(?:right now|now|currently|nowadays|these days|at present|at the moment|at this time)\b",
    near=words_of("now currently nowadays days present moment time"),
)
def _present(match: Match) -> Wording:
    return _whole(match, Loose("PRESENT_REF"))


@rule(
    r"\b(?:(?:(?:more|most) )?recently|lately|recent|in the past)\b",
    r"(?! (?:days|weeks|months|years|quarters|decades))",
    near=words_of("recently lately recent past"),
)
def _past(match: Match) -> Wording:
    return _whole(match, Loose("PAST_REF"))


@rule(
    r"\bthe (?:near|foreseeable|not-too-distant) future\b|(?:(?<=\bin\s)|(?<=\binto\s))(?:the )?future\b",
    near=words_of("future possible soon term"),
)
@rule(
    r"\bas soon as possible\b|\bsoon\b(?! (?:as|after|became|found)\b)|\bthe (?:near|short|long) term\b",
    near=words_of("future possible soon term"),
)
def _future(match: Match) -> Wording:
    return _whole(match, Loose("FUTURE_REF"))


# Times of the clock


@rule(
    rf"(?<![\d.:,$£€-])\b(?:(?:around|about|shortly (?:before|after)) )?{HOUR}(?!\w)",
    near=DIGITS | words_of("clock"),
)
def _clock_alone(match: Match) -> Wording | None:
    clock = _clock(match)
    if clock is None:
        return None
    return replace(_day(match, Counted("D", 0, narrative=True), clock), clock_only=True)


@rule(r"(?:(?<=\bat\s)|(?<=\bby\s)|(?<=\baround\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\buntil\s)|(?<=\bsince\s))"
      r"(?P<of_day>dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight)\b",
    near=_PART,
)  # fmt: skip
def _part_alone(match: Match) -> Wording:
    return replace(_day(match, Counted("D", 0, narrative=True), _clock(match)), clock_only=True)
