"""One request at a time a host, with its own time between two."""

from __future__ import annotations

import threading

import pytest

from sitrep.watch.clock import SystemClock
from sitrep.watch.hosts import Hosts
from sitrep.watch.store import Store
from sitrep.watch.turns import TooLate, Turns
from tests.watch.fake import START, FakeClock

LATER = START + 900


def test_the_next_turn_comes_after_the_spacing_and_a_longer_one_of_the_host_goes_before_ours(store: Store):
    clock = FakeClock()
    turns = Turns(clock, Hosts(store), spacing_s=2)
    with turns.turn("a.example", 0, LATER):
        assert clock.now() == START
        clock.sleep(1)  # how long the answer takes
    with turns.turn("a.example", 10, LATER):
        assert clock.now() == START + 3
    with turns.turn("a.example", 10, LATER):
        assert clock.now() == START + 13


def test_another_host_does_not_wait(store: Store):
    clock = FakeClock()
    turns = Turns(clock, Hosts(store), spacing_s=2)
    for host in ("a.example", "b.example"):
        with turns.turn(host, 0, LATER):
            assert clock.now() == START


def test_a_turn_after_the_end_of_the_round_is_too_late(store: Store):
    turns = Turns(FakeClock(), Hosts(store), spacing_s=2)
    with turns.turn("a.example", 1_000, LATER):
        pass
    with pytest.raises(TooLate) as late, turns.turn("a.example", 1_000, LATER):
        pytest.fail("it had a turn")
    assert late.value.at == START + 1_000


def test_a_host_that_is_put_off_is_left_for_another_round_and_for_a_moment_is_waited_for(store: Store):
    clock, hosts = FakeClock(), Hosts(store)
    turns = Turns(clock, hosts, spacing_s=2)
    hosts.put_off("a.example", START + 10)
    with turns.turn("a.example", 0, LATER):
        assert clock.now() == START + 10
    hosts.put_off("a.example", clock.now() + 300)
    with pytest.raises(TooLate), turns.turn("a.example", 0, LATER):
        pytest.fail("it had a turn")


def test_turns_hold_for_the_next_run(tmp_path):
    for begins in (START, START + 60):
        with Store(tmp_path / "watch") as store:
            clock = FakeClock()
            with Turns(clock, Hosts(store), 2).turn("a.example", 60, LATER):
                assert clock.now() == begins


def test_two_threads_never_ask_one_host_at_once(store: Store):
    turns = Turns(SystemClock(), Hosts(store), spacing_s=0)
    inside, most = 0, 0

    def ask() -> None:
        nonlocal inside, most
        for _ in range(20):
            with turns.turn("a.example", 0, 4e9):
                inside += 1
                most = max(most, inside)
                threading.Event().wait(0.001)
                inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
