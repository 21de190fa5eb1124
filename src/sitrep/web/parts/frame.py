"""What every page has: the bar with the case's name, the ways to go, search, and light or dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request
from nicegui import ui

from sitrep.web.parts.elements import Tag
from sitrep.web.state import AppState, state_of
from sitrep.web.theme import variables

WAYS: Final = (
    ("/", "Situation"),
    ("/reports", "Reports"),
    ("/actors", "Actors"),
    ("/control", "Control"),
    ("/review", "Review"),
    ("/brief", "Brief"),
    ("/add", "Add"),
)
THEME_COOKIE: Final = "sitrep_theme"
_TURN = (
    "() => { const dark = !document.body.classList.contains('body--dark'); Quasar.Dark.set(dark);"
    f" document.cookie = '{THEME_COOKIE}=' + (dark ? 'dark' : 'light')"
    " + ';path=/;max-age=31536000;samesite=strict'; }"
)


def page_state(request: Request) -> AppState:
    """What the page stands on: the case, the settings and the jobs."""
    return state_of(request.app)


def who_asks(request: Request) -> str:
    """Who looks at the page, for what they decide."""
    return str(request.state.who)


class Heading:
    """The heading of a page, which is also the title of its tab."""

    def __init__(self, case: str) -> None:
        self._case = case
        self._shown = Tag("h1", "", "page-title")

    def say(self, title: str) -> None:
        self._shown.set_text(title)
        ui.page_title(f"{title} · {self._case}")


@contextmanager
def frame(request: Request, title: str, here: str = "", css: str = "") -> Iterator[Heading]:
    """The page around what is built within. `here` is the way that leads to it, `css` its body's class."""
    state = page_state(request)
    ui.add_head_html(f"<style>{variables()}</style><link rel='stylesheet' href='/static/sitrep.css'>")
    ui.dark_mode({"dark": True, "light": False}.get(request.cookies.get(THEME_COOKIE, "")))
    with ui.header().classes("bar"):
        Tag("a", "Skip to the page", "skip", href="#page")
        with Tag("a", "", "brand", href="/"):
            Tag("img", "", src="/static/icon.svg", alt="", width=22, height=22)
            Tag("span", state.desk.path.stem)
        with Tag("nav", "", "ways", aria_label="Pages"):
            for address, name in WAYS:
                Tag("a", name, href=address, aria_current="page" if here == address else None)
        with Tag("form", "", "find", action="/search", method="get", role="search"):
            Tag(
                "input",
                "",
                type="search",
                name="q",
                placeholder="Search",
                aria_label="Search reports, actors and claims",
            )
        Tag("button", "◐", "turn", type="button", aria_label="Light or dark", title="Light or dark").on(
            "click", js_handler=_TURN
        )
    with Tag("div", "", f"page {css}".strip(), id="page", tabindex=-1):
        heading = Heading(state.desk.path.stem)
        heading.say(title)
        yield heading


def missing(request: Request, kind: str, here: str, *, why: str, link: tuple[str, str]) -> None:
    """The whole page at an address of which the case has no such thing, with the reason that there may be."""
    with frame(request, f"No such {kind}", here):
        nothing(f"This case holds no such {kind}.", advice=why, link=link)


def nothing(text: str, *, advice: str = "", link: tuple[str, str] | None = None) -> None:
    """What stands where there is nothing to show: why, and what to do."""
    with Tag("div", "", "nothing"):
        Tag("p", text)
        if advice:
            Tag("p", advice, "muted")
        if link:
            Tag("a", link[1], "button", href=link[0])
