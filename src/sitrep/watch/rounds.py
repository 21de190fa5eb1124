"""One round: ask what is listed, then take what is new there; and say how it went."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from sitrep.read.settings import ReadSettings
from sitrep.records import Skipped
from sitrep.watch.appending import recover
from sitrep.watch.archive import Archive
from sitrep.watch.asking import Asking
from sitrep.watch.clock import Clock, moment
from sitrep.watch.delivery import Delivery
from sitrep.watch.fetch import Fetcher
from sitrep.watch.lists import Listed
from sitrep.watch.settings import WatchSettings
from sitrep.watch.state import State
from sitrep.watch.taking import Taking
from sitrep.watch.tallies import Round, Tallies


class Watch:
    """What is needed to go round, again and again, with one state and one place to deliver to."""

    def __init__(
        self,
        state: State,
        fetcher: Fetcher,
        delivery: Delivery,
        clock: Clock,
        settings: WatchSettings = WatchSettings(),  # noqa: B008 - frozen
        reading: ReadSettings = ReadSettings(),  # noqa: B008 - frozen
        archive: Archive | None = None,
        tell: Callable[[Skipped], None] = lambda skipped: None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`tell` hears of each thing that is skipped; `chance` spreads the waits."""
        self._state, self._fetcher, self._clock, self._settings = state, fetcher, clock, settings
        self._asking = Asking(state, fetcher, clock, settings, tell, chance)
        self._taking = Taking(state, fetcher, delivery, archive, clock, settings, reading, tell, chance)
        recover(state)

    def round(self, sources: Sequence[Listed]) -> Round:
        """Go round once. Raises `Stopped`, and what delivering raises; what was done till then is kept."""
        began = self._clock.now()
        until = began + self._settings.round_s
        stated = self._settings.since
        since = stated or moment(began).date() - timedelta(days=self._settings.first_days)
        tallies = Tallies(one.url for one in sources)
        self._fetcher.begin_round()
        self._state.watch(sources, since, is_stated=stated is not None)
        self._taking.deliver_read(tallies)
        self._asking.ask_all([self._state.source(one.url) for one in sources], tallies, until)
        self._taking.take_due(tallies, until)
        went = tuple(tallies.outcome(self._state.source(one.url)) for one in sources)
        return Round(began, self._clock.now(), went)
