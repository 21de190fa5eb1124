"""The listed sources asked for what they list, and the sitemaps that they name; what is new is noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from sitrep.records import Skipped
from sitrep.watch.backoff import wait_s
from sitrep.watch.clock import Clock, moment
from sitrep.watch.contents import contents_of
from sitrep.watch.entries import Contents, NoList
from sitrep.watch.fetch import ACCEPT_LIST, Answer, Fetcher, Problem
from sitrep.watch.lanes import by_host, in_lanes
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import State, Watched
from sitrep.watch.tallies import Tallies

DEEPEST: Final = 3  # an index may name indexes, though the standard does not know them


class Asking:
    """Asks sources, and notes in the state what they list and how they fare."""

    def __init__(
        self,
        state: State,
        fetcher: Fetcher,
        clock: Clock,
        settings: WatchSettings,
        tell: Callable[[Skipped], None],
        chance: Callable[[], float],
    ) -> None:
        self._state, self._fetcher, self._clock, self._settings = state, fetcher, clock, settings
        self._tell, self._chance = tell, chance

    def ask_all(self, sources: Sequence[Watched], tallies: Tallies, until: float) -> None:
        """Ask the sources that are due, then the sitemaps that they name, and those that these name."""
        for _ in range(DEEPEST):
            due = [source for source in sources if self._is_due(source)]
            jobs = by_host(due, lambda source: source.moved_to or source.url)
            answers = in_lanes(
                jobs, lambda source: self._ask(source, until), self._settings.hosts_at_once, self._clock
            )
            for source, answer in answers:
                self._hear(source, answer, tallies)
            sources = [child for source in sources for child in self._children(source, tallies)]

    def _is_due(self, source: Watched) -> bool:
        if source.gone_since is not None or (source.next_try or 0.0) > self._clock.now():
            return False
        if source.is_listed or source.answered is None or source.day is None:
            return True
        return source.day >= moment(source.answered).date()

    def _children(self, source: Watched, tallies: Tallies) -> list[Watched]:
        """The sitemaps that a source names, if it is an index, but those that changed too long ago."""
        children = [
            child
            for child in self._state.children(source.url)
            if child.day is None or child.since is None or child.day >= child.since
        ]
        chosen = children[: self._settings.most_sitemaps]
        for child in chosen:
            tallies.take_in(child.url, source.url)
        return [child for child in chosen if not child.is_listed]

    def _ask(self, source: Watched, until: float) -> Answer | Problem:
        return self._fetcher.get(
            source.moved_to or source.url,
            until=until,
            most_bytes=self._settings.most_list_bytes,
            accept=ACCEPT_LIST,
            conditions=source.conditions,
            # What a user lists may be on the user's own network; what an index names there may be so too.
            private_allowed=source.is_listed or source.is_private,
        )

    def _hear(self, source: Watched, answer: Answer | Problem, tallies: Tallies) -> None:
        now, tally = self._clock.now(), tallies.of(source.url)
        if isinstance(answer, Problem):
            self._failed(source, answer, now, tallies)
            return
        digest = hashlib.sha256(answer.content).hexdigest()
        if answer.is_unchanged or digest == source.digest:
            self._state.unchanged(source.url, now)
            tally.asked = True
            return
        try:
            contents = contents_of(answer.content, answer.url, self._settings.most_list_bytes)
        except NoList as error:
            self._failed(source, Problem("failing", str(error)), now, tallies)
            return
        self._say_left_out(source.url, contents)
        counts = self._state.note(source.url, answer, contents, digest, now)
        tally.asked = True
        tally.new += counts["waiting"]
        counts["waiting"] = 0  # what becomes of them, the round is to find
        tally.counts += counts

    def _say_left_out(self, url: str, contents: Contents) -> None:
        most = self._settings.most_sitemaps
        if len(contents.children) > most:
            found = f"names {len(contents.children):,} sitemaps, of which the {most:,} last changed are read."
            self._tell(Skipped(url, found, "List the ones that you want, best of all the news sitemap."))
        if contents.left_out:
            found = f"lists {contents.left_out:,} addresses beyond the {len(contents.entries):,} it may."
            self._tell(Skipped(url, found, "Tell its site, or list another of its sitemaps."))

    def _failed(self, source: Watched, problem: Problem, now: float, tallies: Tallies) -> None:
        # One that was late was not asked: it is simply asked in its turn.
        wait = 0.0 if problem.kind == "late" else now + wait_s(source.failures + 1, self._chance())
        self._state.failed(source.url, problem, now, max(problem.retry_at or 0.0, wait))
        if problem.kind != "late":
            tallies.failed(source.url, problem.reason)
