"""What every page and every answer of the API stands on, kept with the app that serves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitrep.web.adding import Adding
from sitrep.web.coder import CoderProcess
from sitrep.web.desk import Desk
from sitrep.web.settings import WebSettings


@dataclass(frozen=True, slots=True)
class AppState:
    settings: WebSettings
    desk: Desk
    coder: CoderProcess
    adding: Adding


def state_of(app: Any) -> AppState:
    """The state of a FastAPI app that `server` made."""
    found = app.state.sitrep
    assert isinstance(found, AppState)
    return found
