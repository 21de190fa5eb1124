"""What is watched, and how each source fares: read from the memory, also while a watch is at work."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sitrep.watch.clock import stamp
from sitrep.watch.state import State, Watched


@dataclass(frozen=True, slots=True)
class Health:
    """One listed source. Moments are ISO 8601 in UTC; the numbers count its entries since the watch began."""

    url: str
    title: str | None
    kind: str | None
    answered: str | None  # when it last was
    problem: str | None
    failing_since: str | None
    next_try: str | None
    gone_since: str | None
    moved_to: str | None
    delivered: int
    duplicates: int
    skipped: int
    refused: int
    failed: int  # gone, or given up after many tries
    waiting: int  # to be fetched or delivered


def health(state: State) -> list[Health]:
    """Every source that the last round had on its list; an index with all the sitemaps that it names."""
    sources = {source.url: source for source in state.sources()}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for url, found in state.counts().items():
        source = sources[url]
        while not source.is_listed and source.parent is not None:
            source = sources[source.parent]
        counts[source.url].update(found)
    return [_health(source, counts[source.url]) for source in sources.values() if source.is_listed]


def _health(source: Watched, counts: Counter[str]) -> Health:
    return Health(
        url=source.url,
        title=source.title,
        kind=source.kind,
        answered=_moment(source.answered),
        problem=source.problem,
        failing_since=_moment(source.failing_since),
        next_try=_moment(source.next_try),
        gone_since=_moment(source.gone_since),
        moved_to=source.moved_to,
        delivered=counts["delivered"],
        duplicates=counts["duplicate"],
        skipped=counts["skipped"],
        refused=counts["refused"],
        failed=counts["failed"] + counts["gone"],
        waiting=counts["waiting"] + counts["read"],
    )


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else stamp(seconds)
