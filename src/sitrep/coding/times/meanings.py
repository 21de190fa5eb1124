"""What a time expression says before anybody knows the date: the records between grammar and resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sitrep.coding.times.calendar import Portion, Unit

Near = Literal[
    "last", "this", "next", "that", "previous", "following"
]  # the last three: seen from the narrative


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of the calendar as far as it is named; `near`, `years`, `weeks` say which of several."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # ISO: Monday is 1
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    near: Near | None = None
    years: int | None = None  # from the published year: -1 in "June last year"
    weeks: int | None = None  # from the published week: -1 in "Monday of last week"


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """ "The last Friday of this month": `nth` from 1, -1 for the last; `month` by name or counted."""

    nth: int
    weekday: int  # ISO
    month: Dated | Counted


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "The week of 30 September": the one that the day lies in."""

    day: Dated


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units away from the published date, or from the time that the narrative has reached."""

    unit: Unit
    amount: int
    narrative: bool = False
    ago: bool = False  # "a year ago", which may mean the same quarter of that year


@dataclass(frozen=True, slots=True)
class Lasting:
    """A duration; `reach` is -1 where it ends now ("the past two days"), 1 where it begins now, else 0."""

    value: str
    unit: str = "X"
    amount: int | None = None
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Repeated:
    """What comes again: "every Friday"."""

    value: str


@dataclass(frozen=True, slots=True)
class Loose:
    """What no calendar holds: "recently", "soon"."""

    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]
    hours_from_then: int | None = None  # -1 in "hours earlier", 1 in "minutes later": seen from the narrative


@dataclass(frozen=True, slots=True)
class Occasion:
    """A fast or feast of the Islamic year, by its key in `islamic_calendar.OCCASIONS`."""

    name: str
    year: int | None = None
    near: Near | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs nothing else: "2020-06-05", "198"."""

    value: str


Meaning = Dated | NthWeekday | WeekOf | Counted | Lasting | Repeated | Loose | Occasion | Fixed


@dataclass(frozen=True, slots=True)
class Wording:
    """One time expression as printed, and what it means."""

    start: int
    end: int
    meaning: Meaning
    portion: Portion | None = None
    clock: str | None = None  # what follows the "T" of its value
    clock_only: bool = False  # "at 10 a.m.": the day is the narrative's
    spans_midnight: bool = False
