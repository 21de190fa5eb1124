"""TIMEX3 values and the days of the calendar that they cover (TimeML 1.2.1, after ISO 8601).

A year is "2020", a month "2020-06", a day "2020-06-05", a week "2020-W23", its weekend "2020-W23-WE", a
quarter "2020-Q2", a half "2020-H1", a season "2020-SU", a decade "202", a century "20"; a part of a day or a
time of the clock follows a "T": "2020-06-05TMO", "2020-06-05T14:30". Of our own is only
"2020-04-24/2020-05-23", ISO 8601's interval, for feasts that are no stretch of this calendar.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final, Literal

Days = tuple[date, date]  # the first and the last, both inclusive
Unit = Literal[
    "D", "W", "WE", "M", "Q", "Y", "E", "C"
]  # day, week, weekend, month, quarter, year, decade, century
Portion = Literal[
    "early", "middle", "late", "past", "rest"
]  # "past": from its start until now; "rest": from now on

# The northern, meteorological seasons by their first month; the winter of a year begins in that year.
SEASON_MONTHS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_VALUE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:"
    r"(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)))?(?:T\w.*)?|(?P<decade>\d{3})|(?P<century>\d\d)"
)


def days_of(value: str | None) -> Days | None:
    """The days that a value covers; None where it names no stretch of the calendar ("P3M", "PAST_REF")."""
    first, _, last = (value or "").partition("/")
    if last:
        ends = days_of(first), days_of(last)
        return None if ends[0] is None or ends[1] is None else (ends[0][0], ends[1][1])
    match = _VALUE.fullmatch(first)
    if match is None:
        return None
    try:
        return _days(match)
    except (ValueError, OverflowError):  # the thirtieth of February, the year 0
        return None


def _days(match: re.Match[str]) -> Days:
    if match["century"]:
        first = int(match["century"]) * 100
        return date(max(first, 1), 1, 1), date(first + 99, 12, 31)
    if match["decade"]:
        first = int(match["decade"]) * 10
        return date(max(first, 1), 1, 1), date(first + 9, 12, 31)
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    if match["week"]:
        first_day = 6 if match["weekend"] else 1
        return date.fromisocalendar(year, int(match["week"]), first_day), date.fromisocalendar(
            year, int(match["week"]), 7
        )
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6)
    if match["season"]:
        return _months(year, SEASON_MONTHS[match["season"]], 3)
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, first: int, count: int) -> Days:
    later, last = divmod(first + count - 2, 12)
    year_of_last, last = year + later, last + 1
    return date(year, first, 1), date(year_of_last, last, calendar.monthrange(year_of_last, last)[1])


def portion_of(days: Days, portion: Portion | None, published: date | None) -> Days:
    """The half of some days that "early", "mid" or "late" leaves, or those that are over or still to come."""
    first, last = days
    half = (last - first) / 2
    if portion == "early":
        return first, first + half
    if portion == "late":
        return first + half, last
    if portion == "middle":
        return first + half / 2, last - half / 2
    if portion == "past" and published is not None and first <= published <= last:
        return first, published
    if portion == "rest" and published is not None and first <= published <= last:
        return published, last
    return days


def shifted(day: date, unit: Unit, amount: int) -> str | None:
    """The value of the day, week, … `amount` of them after that of `day`; None beyond the calendar."""
    try:
        return _shifted(day, unit, amount)
    except (ValueError, OverflowError):
        return None


def _shifted(day: date, unit: Unit, amount: int) -> str | None:
    match unit:
        case "D":
            return (day + timedelta(days=amount)).isoformat()
        case "W" | "WE":
            year, week, _ = (day + timedelta(weeks=amount)).isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
        case "M":
            year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
            return f"{year:04}-{month + 1:02}" if 0 < year <= 9999 else None
        case "Q":
            year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + amount, 4)
            return f"{year:04}-Q{quarter + 1}" if 0 < year <= 9999 else None
        case "Y":
            return f"{day.year + amount:04}" if 0 < day.year + amount <= 9999 else None
        case "E":
            return f"{day.year // 10 + amount:03}" if 0 <= day.year // 10 + amount <= 999 else None
        case "C":
            return f"{day.year // 100 + amount:02}" if 0 <= day.year // 100 + amount <= 99 else None


def moved(day: date, unit: str, amount: int) -> date | None:
    """`day` moved by so many units ("D", "W", "M", "Q", "Y", "E", "C"); None beyond the calendar."""
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    try:
        if months is None:
            return day + timedelta(days=amount * (7 if unit == "W" else 1))
        year, month = divmod(day.year * 12 + day.month - 1 + amount * months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def unit_of(value: str) -> Unit | None:
    """How fine a value is: "M" for "2020-06"; None for what is no stretch of the calendar."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    if match["century"]:
        return "C"
    if match["decade"]:
        return "E"
    if match["day"]:
        return "D"
    if match["week"]:
        return "WE" if match["weekend"] else "W"
    if match["quarter"]:
        return "Q"
    return "M" if match["month"] else "Y"
