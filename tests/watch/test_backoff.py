"""When to try again."""

from __future__ import annotations

import pytest

from sitrep.watch.backoff import LONGEST_S, retry_after, wait_s

NOW = 1_800_000_000.0


def test_each_failure_doubles_the_wait_up_to_a_day():
    assert [wait_s(failures, 0.5) for failures in (1, 2, 3, 4)] == [300, 600, 1200, 2400]
    assert wait_s(50, 0.5) == LONGEST_S


def test_waits_are_spread():
    assert (wait_s(1, 0.0), wait_s(1, 1.0)) == (225, 375)


def test_retry_after_in_seconds_and_as_a_date():
    assert retry_after("120", NOW) == NOW + 120
    assert retry_after("Fri, 15 Jan 2027 08:10:00 GMT", NOW) == NOW + 600


@pytest.mark.parametrize("stated", [None, "", "soon", "-5", "Mon, 99 Foo 2027 08:10:00 GMT"])
def test_what_states_no_moment(stated: str | None):
    assert retry_after(stated, NOW) is None


def test_a_moment_past_is_now_and_one_in_years_is_a_week_from_now():
    assert retry_after("Fri, 15 Jan 2021 08:00:00 GMT", NOW) == NOW
    assert retry_after("999999999", NOW) == NOW + 7 * 86_400
