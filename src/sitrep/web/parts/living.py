"""What a page shows of the case, shown anew whenever the case has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nicegui import ui

from sitrep.web.parts.elements import Tag
from sitrep.web.state import AppState

T = TypeVar("T")


def keep_current(state: AppState, found: T, read: Callable[[], T], show: Callable[[T], None]) -> None:
    """Show what was `found`; after each change of the case, what is then `read`.

    What is no longer there (`KeyError`) stays as it was last seen: whoever reads it has not finished.
    """
    with Tag("div") as held:
        show(found)

    def again() -> None:
        nonlocal found
        try:
            now = read()
        except KeyError:
            return
        if now == found:
            return
        found = now
        held.clear()
        with held:
            show(now)

    ui.context.client.on_disconnect(state.desk.listen(again))
