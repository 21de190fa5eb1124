"""The pages of new entries fetched, read and delivered, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from sitrep.read.settings import ReadSettings
from sitrep.records import Document, Skipped
from sitrep.watch.archive import Archive
from sitrep.watch.backoff import wait_s
from sitrep.watch.clock import Clock, moment
from sitrep.watch.delivery import Delivery
from sitrep.watch.feeds import carried_document
from sitrep.watch.fetch import Answer, Fetcher, Problem
from sitrep.watch.lanes import by_host, in_lanes
from sitrep.watch.pages import completed, marks_of, read_page, source_of
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import EntryState, State, Waiting
from sitrep.watch.tallies import Tallies

# What an entry comes to whose page is not to be had; where it was tried for long enough, it failed.
STATE_OF: Final[dict[str, EntryState]] = {"gone": "gone", "refused": "refused"}


class Taking:
    """Takes entries from waiting to delivered, and notes in the state what has become of them."""

    def __init__(
        self,
        state: State,
        fetcher: Fetcher,
        delivery: Delivery,
        archive: Archive | None,
        clock: Clock,
        settings: WatchSettings,
        reading: ReadSettings,
        tell: Callable[[Skipped], None],
        chance: Callable[[], float],
    ) -> None:
        self._state, self._fetcher, self._delivery, self._archive = state, fetcher, delivery, archive
        self._clock, self._settings, self._reading = clock, settings, reading
        self._tell, self._chance = tell, chance

    def deliver_read(self, tallies: Tallies) -> None:
        """Deliver what an earlier run has read and had no time to deliver."""
        for entry, document in self._state.to_deliver():
            tallies.count(entry.source, self._deliver(entry, document))

    def take_due(self, tallies: Tallies, until: float) -> None:
        """Fetch, read and deliver what is due of the listed sources."""
        due = [entry for entry in self._state.due(self._clock.now()) if entry.source in tallies]
        jobs = by_host(due, lambda entry: entry.url or "")
        answers = in_lanes(
            jobs, lambda entry: self._fetch(entry, until), self._settings.hosts_at_once, self._clock
        )
        for entry, answer in answers:
            tallies.count(entry.source, self._take(entry, answer))

    def _fetch(self, entry: Waiting, until: float) -> Answer | Problem | None:
        """The answer for an entry's page; None where the feed's own text is to be taken."""
        if entry.url is None or (self._settings.from_feed and entry.carried):
            return None
        return self._fetcher.get(
            entry.url,
            until=until,
            most_bytes=self._settings.most_page_bytes,
            private_allowed=self._state.source(entry.source).is_private,
        )

    def _take(self, entry: Waiting, answer: Answer | Problem | None) -> EntryState:
        """What becomes of an entry by the answer for its page."""
        if isinstance(answer, Answer):
            if self._archive:
                self._archive.keep(answer)
            return self._keep(entry, self._read(entry, answer), answer)
        if answer is not None and not self._is_final(entry, answer):
            return self._try_again(entry, answer)
        if answer is None or entry.carried:
            return self._keep(entry, self._carried(entry), None)
        found = f"could not be fetched ({answer.reason})."
        self._tell(Skipped(entry.url or entry.key, found, "Save it from a browser and add it, if you may."))
        return self._end(entry, STATE_OF.get(answer.kind, "failed"), answer.reason)

    def _read(self, entry: Waiting, answer: Answer) -> Document | Skipped:
        try:
            return read_page(answer, entry, self._reading)
        except Exception as error:
            # Whatever it is that a reader stumbles over, a watch of months must not end with it.
            advice = "Report it: this is a fault of ours."
            return Skipped(answer.url, f"could not be read ({type(error).__name__}: {error}).", advice)

    def _is_final(self, entry: Waiting, problem: Problem) -> bool:
        """Whether a page is not asked for again."""
        if problem.kind in ("late", "down"):
            return self._clock.now() - entry.seen > self._settings.longest_waiting_s
        return problem.kind != "failing" or entry.attempts + 1 >= self._settings.most_attempts

    def _try_again(self, entry: Waiting, problem: Problem) -> EntryState:
        is_own = problem.kind == "failing"  # and not its host's
        attempts = entry.attempts + is_own
        wait = self._clock.now() + (wait_s(attempts, self._chance()) if is_own else 0.0)
        reason = None if problem.kind == "late" else problem.reason
        self._state.again(entry.key, reason, max(problem.retry_at or 0.0, wait), attempts)
        return "waiting"

    def _carried(self, entry: Waiting) -> Document | Skipped:
        where = source_of(f"{entry.source}, entry {entry.url or entry.key}", moment(entry.seen))
        read = carried_document(entry.carried or "{}", entry.url, entry.publisher, where, self._reading)
        return completed(read, entry, moment(entry.seen).date()) if isinstance(read, Document) else read

    def _keep(self, entry: Waiting, read: Document | Skipped, answer: Answer | None) -> EntryState:
        """Remember what was read, then deliver it."""
        if isinstance(read, Skipped):
            self._tell(read)
            return self._end(entry, "skipped", f"{read.found} {read.advice}")
        source = self._state.source(entry.source)
        if source.kind == "sitemap" and _is_before(read.published, source.since):
            return self._end(entry, "old", f"published on {read.published}, before {source.since}")
        fetched = answer.fetched.timestamp() if answer else entry.seen
        same = self._state.read(entry, read, marks_of(read, answer), answer.url if answer else None, fetched)
        return "duplicate" if same else self._deliver(entry, read)

    def _deliver(self, entry: Waiting, document: Document) -> EntryState:
        reason = self._delivery.deliver(entry.key, document)
        return self._end(entry, "skipped" if reason else "delivered", reason)

    def _end(self, entry: Waiting, state: EntryState, reason: str | None) -> EntryState:
        self._state.done(entry.key, state, reason)
        return state


def _is_before(day: date | None, since: date | None) -> bool:
    return day is not None and since is not None and day < since
