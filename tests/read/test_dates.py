"""A printed date names one day, or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.read.dates import days_in, parse_day, stated_day

DAY = date(2020, 6, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2020-06-23",
        "2020-06-23T18:05:00+02:00",
        "20200623",
        "2020/06/23",
        "23 June 2020",
        "23rd of June, 2020",
        "Tuesday, 23 Jun. 2020",
        "June 23, 2020",
        "Jun 23 2020 at 10:30",
        "Published June 23rd, 2020",
        "23/06/2020",
        "23.06.2020",
        "06/23/2020",
        "23-Jun-2020",
        "Tue Jun 23 11:02:00 UTC 2020",
    ],
)
def test_a_full_date_is_read(text: str):
    assert parse_day(text) == DAY


def test_a_day_that_is_the_same_either_way_is_read():
    assert parse_day("04/04/2020") == date(2020, 4, 4)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2020",
        "31/02/2024",
        "2020-13-01",
        "June 2020",
        "23 June",
        "yesterday",
        "",
        "12345678901234",
        "May 99, 2020",
    ],
)
def test_what_names_no_single_day_gives_none(text: str):
    assert parse_day(text) is None


def test_every_date_is_found_in_order():
    text = "Updated June 24, 2020. First published 2020-06-23."
    assert [(text[start:end], day) for start, end, day in days_in(text)] == [
        ("June 24, 2020", date(2020, 6, 24)),
        ("2020-06-23", DAY),
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_iso_date_is_itself(day: date):
    assert parse_day(day.isoformat()) == day


@given(st.text(max_size=300))
def test_any_text_gives_days_whose_offsets_lie_in_it(text: str):
    assert all(0 <= start < end <= len(text) for start, end, _ in days_in(text))


@pytest.mark.parametrize(
    "value", [1592913600, "1592913600", 1592913600.5, 1592913600000, "1592913600000000", 44005, "44005.75", "23 June 2020"]
)  # fmt: skip
def test_a_field_may_count_its_day(value: object):
    assert stated_day(value) == DAY


@pytest.mark.parametrize("value", [2020, "12", "1592", 900001, "in the year 44005", ""])
def test_not_every_number_is_a_day(value: object):
    assert stated_day(value) is None
