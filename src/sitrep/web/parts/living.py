"""What a page shows of the case, shown anew whenever the case has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from nicegui import background_tasks, ui

from sitrep.web.parts.elements import Tag
from sitrep.web.state import AppState

T = TypeVar("T")


def keep_current(state: AppState, found: T, read: Callable[[], T], show: Callable[[T], None]) -> None:
    """Show what was `found`; after each change of the case, what is then `read`.

    What is no longer there (`KeyError`) stays as it was last seen: whoever reads it has not finished.
    """
    with Tag("div") as held:
        show(found)

    def again(now: T) -> None:
        nonlocal found
        if now == found:
            return
        found = now
        held.clear()
        with held:
            show(now)

    follow(state, read, again)


def show_once_there(state: AppState, is_there: Callable[[], bool]) -> None:
    """Load the page anew once the case holds what it is about."""
    follow(state, is_there, lambda there: ui.navigate.reload() if there else None)


def follow(state: AppState, read: Callable[[], T], then: Callable[[T], None]) -> None:
    """After each change of the case, as long as the page is open, `read` in a thread and `then` show it.

    Of changes that come faster than they are read, the last is shown. Nothing is shown after a `KeyError`.
    """
    client, loop = ui.context.client, asyncio.get_running_loop()
    heard, reading = 0, False

    async def catch_up() -> None:
        nonlocal reading
        if reading:
            return
        reading, seen = True, -1
        try:
            while seen != heard and not client.is_deleted:
                seen = heard
                try:
                    now = await asyncio.to_thread(read)
                except KeyError:
                    continue
                with client:
                    then(now)
        finally:
            reading = False

    def hear() -> None:
        nonlocal heard
        heard += 1
        loop.call_soon_threadsafe(lambda: background_tasks.create(catch_up()))

    # Not when it disconnects: a page that was out of reach for a moment goes on listening.
    client.on_delete(state.desk.listen(hear))
