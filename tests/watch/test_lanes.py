"""Hosts side by side, each in its order."""

from __future__ import annotations

import threading
import time

import pytest

from sitrep.watch.clock import SystemClock
from sitrep.watch.lanes import in_lanes


def test_each_job_is_done_once_and_those_of_a_lane_in_order():
    lanes = [[(lane, number) for number in range(5)] for lane in range(7)]
    results = list(in_lanes(lanes, lambda job: job[1] * 10, 3, SystemClock()))
    assert sorted(job for job, _ in results) == sorted(job for lane in lanes for job in lane)
    assert all(result == job[1] * 10 for job, result in results)
    for lane in lanes:
        assert [job for job, _ in results if job[0] == lane[0][0]] == lane


def test_lanes_go_on_side_by_side_and_only_so_many():
    together = threading.Barrier(2, timeout=10)
    # Each waits for another of another lane: one after another they would never come together.
    assert len(list(in_lanes([[1], [2], [3], [4]], lambda job: together.wait(), 2, SystemClock()))) == 4


def test_nothing_to_do():
    assert list(in_lanes([[], []], lambda job: job, 3, SystemClock())) == []


def test_an_error_ends_all_and_is_raised():
    def do(job: int) -> int:
        if job == 3:
            raise ValueError("three")
        return job

    with pytest.raises(ValueError, match="three"):
        list(in_lanes([[1, 2, 3, 4, 5], [6]], do, 2, SystemClock()))


def test_whoever_leaves_wakes_those_who_wait():
    clock = SystemClock()

    def do(job: int) -> int:
        if job:
            clock.sleep(3_600)
        return job

    begun = time.monotonic()
    for job, _ in in_lanes([[0], [1]], do, 2, clock):
        assert job == 0
        break
    assert time.monotonic() - begun < 60
