"""How a round went: what is counted while it goes on, and what is told of it at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitrep.watch.state import EntryState, Watched


@dataclass(frozen=True, slots=True)
class SourceRound:
    """How one source fared in a round. `counts` are of its entries, by what became of them in it."""

    url: str
    title: str | None
    asked: bool  # and answered
    problem: str | None
    failing_since: float | None
    gone: bool
    next_try: float | None
    new: int
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Round:
    """How one round went, source by source as they are listed; sitemaps of an index count as its own."""

    began: float
    ended: float
    sources: tuple[SourceRound, ...]

    @property
    def counts(self) -> Counter[str]:
        return sum((source.counts for source in self.sources), Counter[str]())

    @property
    def new(self) -> int:
        return sum(source.new for source in self.sources)

    @property
    def has_failed(self) -> bool:
        return any(source.problem is not None for source in self.sources)


@dataclass(slots=True)
class Tally:
    """What is counted for one listed source."""

    asked: bool = False
    new: int = 0
    problem: str | None = None  # with one of the sitemaps that it names
    counts: Counter[str] = field(default_factory=Counter)


class Tallies:
    """The tallies of a round. A sitemap that an index names is counted as the index."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._roots = {url: url for url in urls}
        self._tallies: defaultdict[str, Tally] = defaultdict(Tally)

    def __contains__(self, url: str) -> bool:
        """Whether a source is listed, or named by one that is."""
        return url in self._roots

    def take_in(self, child: str, parent: str) -> None:
        """Count what comes of `child` as the source's that `parent` is counted as."""
        self._roots.setdefault(child, self._roots[parent])

    def of(self, url: str) -> Tally:
        return self._tallies[self._roots.get(url, url)]

    def failed(self, url: str, reason: str) -> None:
        """Note the trouble with a sitemap; that of a listed source is in the state."""
        if self._roots[url] != url:
            self.of(url).problem = f"{url}: {reason}"

    def count(self, url: str, state: EntryState) -> None:
        self.of(url).counts[state] += 1

    def outcome(self, source: Watched) -> SourceRound:
        tally = self.of(source.url)
        return SourceRound(
            url=source.url,
            title=source.title,
            asked=tally.asked,
            problem=source.problem or tally.problem,
            failing_since=source.failing_since,
            gone=source.gone_since is not None,
            next_try=source.next_try,
            new=tally.new,
            counts=tally.counts,
        )
