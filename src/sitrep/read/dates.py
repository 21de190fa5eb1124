"""The day that a printed date names, where it names just one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

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


# How programs count time: seconds since 1970, and thousandths and millionths of them, by their digits.
_COUNTED = re.compile(r"(?P<seconds>\d{9,10})(?P<parts>\d{3}|\d{6})?(?:\.\d+)?")
# Days since the last one of 1899, as tables count them; from 1954 on, so that no year is taken for one.
_SERIAL = re.compile(r"(?P<days>[2-9]\d{4})(?:\.\d+)?")
_SERIAL_START = date(1899, 12, 30)


def stated_day(value: object) -> date | None:
    """The day of a field that holds one and nothing else: as `parse_day`, or as programs and tables count.

    Seconds are those of UTC, as no other is known.
    """
    text = str(value).strip()
    if counted := _COUNTED.fullmatch(text):
        return datetime.fromtimestamp(int(counted["seconds"]), UTC).date()
    if serial := _SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(serial["days"]))
    return parse_day(text)


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
