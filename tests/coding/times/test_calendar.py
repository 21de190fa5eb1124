"""Values and the days they cover, feasts that move, and numbers in words."""

from __future__ import annotations

from datetime import date

import pytest

from sitrep.coding.times.calendar import days_of, moved, portion_of, shifted
from sitrep.coding.times.islamic_calendar import first_day, occasions_near
from sitrep.coding.times.words import duration, number_of, spelt_year


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-02-03TEV", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2020-W26-WE", date(2020, 6, 27), date(2020, 6, 28)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020-WI", date(2020, 12, 1), date(2021, 2, 28)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2020-04-24/2020-05-23", date(2020, 4, 24), date(2020, 5, 23)),
    ],
)
def test_days_of_a_value(value: str, first: date, last: date) -> None:
    assert days_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P3M", "PAST_REF", "XXXX-06-05", "2021-02-29", "0000", "2020-QX", None])
def test_what_is_no_stretch_of_the_calendar_has_no_days(value: str | None) -> None:
    assert days_of(value) is None


def test_shifting_keeps_the_unit() -> None:
    day = date(2020, 1, 31)
    assert [shifted(day, unit, -1) for unit in ("D", "W", "M", "Q", "Y", "E", "C")] == [
        "2020-01-30", "2020-W04", "2019-12", "2019-Q4", "2019", "201", "19",
    ]  # fmt: skip


def test_beyond_the_calendar_there_is_nothing() -> None:
    assert (shifted(date(9999, 12, 31), "D", 1), moved(date(1, 1, 1), "Y", -1)) == (None, None)


def test_a_month_before_its_longer_neighbour_ends_on_its_own_last_day() -> None:
    assert moved(date(2020, 3, 31), "M", -1) == date(2020, 2, 29)


def test_so_far_ends_on_the_published_date() -> None:
    june = (date(2020, 6, 1), date(2020, 6, 30))
    assert portion_of(june, "past", date(2020, 6, 9)) == (date(2020, 6, 1), date(2020, 6, 9))
    assert portion_of(june, "past", date(2020, 7, 9)) == june


def test_months_of_the_tabular_calendar() -> None:
    assert first_day(1441, 9) == date(2020, 4, 24)
    assert first_day(1441, 10) == date(2020, 5, 24)


def test_a_feast_comes_once_in_each_of_its_years() -> None:
    starts = [first for first, _ in occasions_near("eid al-fitr", date(2020, 6, 23))]
    assert starts == sorted(starts) and len(set(starts)) == 5


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("forty-two", 42),
        ("a", 1),
        ("a couple of", 2),
        ("2 1/2", 2.5),
        ("a hundred", 100),
        ("two thousand", 2000),
    ],
)
def test_number_in_words(words: str, number: float) -> None:
    assert number_of(words) == number


def test_a_number_that_is_not_said() -> None:
    assert number_of("several") is None
    assert duration("D", None) == "PXD"


def test_half_a_unit_is_written_in_the_next_smaller_one() -> None:
    assert [duration("Y", 2.5), duration("TH", 0.5), duration("TM", 1.5), duration("D", 1.5)] == [
        "P2Y6M", "PT30M", "PT1M30S", "P1DT12H",
    ]  # fmt: skip


def test_year_in_words() -> None:
    assert [spelt_year(words) for words in ("nineteen ninety-six", "two thousand", "two thousand and eleven")] == [
        1996, 2000, 2011,
    ]  # fmt: skip
