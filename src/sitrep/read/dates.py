"""The day that a printed date names, where it names just one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T|\d{6}\b|\b)",
        rf"\b{_DAY}(?:\s+of)?[\s.,-]+{_MONTH}[\s.,-]+{_YEAR}",
        rf"\b{_MONTH}\s*{_DAY}\s*,?\s+(?:at\s+)?(?:\d\d?:\d\d\S*\s+(?:[ap]\.?m\.?\s+)?(?:[A-Z]{{2,4}}\s+)?)?{_YEAR}",
        rf"(?<!\d)(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-]{_YEAR}",
    )
)


def days_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Every complete date in `text` that can be only one day, as (start, end, day), in order.

    "03/04/2020" is two days, depending on the country, and gives none; "23/06/2020" is one.
    """
    found: list[tuple[int, int, date]] = []
    for form in FORMS:
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            if day := _calendar_day(match):
                found.append((match.start(), match.end(), day))
    yield from sorted(found)


def parse_day(text: str) -> date | None:
    """The first day that `text` names; None if it names none."""
    return next((day for _, _, day in days_in(text[:200])), None)


def _calendar_day(match: re.Match[str]) -> date | None:
    year, day, name = int(match["year"]), int(match["day"]), match["month"].lower()
    month = MONTHS.get(name) or int(name)
    if match.re is FORMS[-1]:
        if day <= 12 and month <= 12 and day != month:
            return None
        if month > 12:
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None
