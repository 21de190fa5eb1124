"""The fasts and feasts of the Islamic year in days of ours, by the tabular calendar.

The tabular (civil) calendar is arithmetic; where the new moon is sighted a month may begin a day off.
Method: Reingold and Dershowitz, Calendrical Calculations, chapter 7.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sitrep.coding.times.calendar import Days

EPOCH: Final = date(622, 7, 19).toordinal()  # the first day of year 1
# Month, first day and length in days; None for a whole month.
OCCASIONS: Final[dict[str, tuple[int, int, int | None]]] = {
    "ramadan": (9, 1, None),
    "eid al-fitr": (10, 1, 3),
    "eid al-adha": (12, 10, 4),
    "ashura": (1, 10, 1),
    "mawlid": (3, 12, 1),
}


def first_day(year: int, month: int, day: int = 1) -> date:
    """The day of our calendar on which that one falls. Raises `ValueError` beyond the year 9999."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(EPOCH + before + day - 1)


def occasions_near(name: str, published: date) -> list[Days]:
    """The five times of an occasion around a day, in order."""
    month, day, length = OCCASIONS[name]
    year = round((published.toordinal() - EPOCH) / 354.367) + 1
    found: list[Days] = []
    for each in range(max(1, year - 2), year + 3):
        first = first_day(each, month, day)
        after = first_day(each, month + 1) if length is None else date.fromordinal(first.toordinal() + length)
        found.append((first, date.fromordinal(after.toordinal() - 1)))
    return found
