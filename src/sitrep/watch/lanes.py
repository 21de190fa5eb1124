"""Jobs of different hosts side by side, those of one host one after another; results as they come."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, Full, Queue
from typing import Final, TypeVar

from sitrep.watch.addresses import host_of
from sitrep.watch.clock import Clock, Stopped

AHEAD: Final = 1  # results a lane may be ahead of whoever takes them: they may be large
ENDED_S: Final = 2.0
LOOKS_S: Final = 0.2  # how often somebody who waits looks whether all is over

J = TypeVar("J")
R = TypeVar("R")


def in_lanes(
    lanes: Iterable[Sequence[J]], do: Callable[[J], R], width: int, clock: Clock
) -> Iterator[tuple[J, R]]:
    """Each job with what `do` makes of it; a lane is the jobs of one host, and `width` go on at once.

    An error of `do` is raised here. Whoever leaves before the end stops the clock, and so all who wait.
    """
    waiting = deque(sorted((lane for lane in lanes if lane), key=len, reverse=True))
    workers = min(width, len(waiting))
    results: Queue[tuple[J, R] | BaseException | None] = Queue(maxsize=max(workers, 1) * AHEAD)
    over = threading.Event()

    def give(result: tuple[J, R] | BaseException | None) -> None:
        while not over.is_set():
            try:
                return results.put(result, timeout=LOOKS_S)
            except Full:
                continue

    def work() -> None:
        try:
            while waiting and not over.is_set():
                try:
                    lane = waiting.popleft()
                except IndexError:  # another was quicker
                    break
                for job in lane:
                    if over.is_set():
                        return
                    give((job, do(job)))
        except Stopped:
            pass
        except BaseException as error:
            give(error)
        give(None)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        yield from _taken(results, workers)
    finally:
        over.set()
        if any(thread.is_alive() for thread in threads) and not _all_ended(threads):
            clock.stop()
        for thread in threads:
            thread.join(ENDED_S)  # one that waits for a slow server is left behind: nobody hears it any more


def _taken(results: Queue[tuple[J, R] | BaseException | None], workers: int) -> Iterator[tuple[J, R]]:
    while workers:
        try:
            result = results.get(timeout=LOOKS_S)
        except Empty:  # so that Ctrl+C is heard on every system
            continue
        if result is None:
            workers -= 1
        elif isinstance(result, BaseException):
            raise result
        else:
            yield result


def _all_ended(threads: Sequence[threading.Thread]) -> bool:
    """Whether threads that have said that they are done have ended, as they do in a moment."""
    for thread in threads:
        thread.join(LOOKS_S)
    return not any(thread.is_alive() for thread in threads)


def by_host(jobs: Iterable[J], url_of: Callable[[J], str]) -> list[list[J]]:
    """Jobs in lanes, one a host, each in its order."""
    lanes: defaultdict[str, list[J]] = defaultdict(list)
    for job in jobs:
        lanes[host_of(url_of(job))].append(job)
    return list(lanes.values())
