"""HTML elements from Python. Text is text, and an attribute's name is always ours: neither becomes markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from nicegui.elements.mixins.text_element import TextElement


class Tag(TextElement):
    """One HTML element: `Tag("a", "Sirte", "place", href="/…")`. Use it in a `with` to fill it.

    Attributes are written with _ for -; None leaves one out.
    """

    def __init__(self, name: str, text: object = "", css: str = "", /, **attributes: Any) -> None:
        super().__init__(tag=name, text="" if text is None else str(text))
        if css:
            self.classes(css)
        for attribute, value in attributes.items():
            if value is not None:
                self.props[attribute.strip("_").replace("_", "-")] = value

    def on_click(self, clicked: Callable[[], object]) -> Tag:
        self.on("click", lambda: clicked(), [])
        return self


def button(text: str, clicked: Callable[[], object], css: str = "", **attributes: Any) -> Tag:
    return Tag("button", text, f"button {css}".strip(), type="button", **attributes).on_click(clicked)


def field(label: str, kind: str = "input", css: str = "", **attributes: Any) -> Tag:
    """A labelled input or textarea. Its value comes with the events `change` and `input`: see `on_value`."""
    with Tag("label", "", f"field {css}".strip()):
        Tag("span", label)
        return Tag(kind, "", **attributes)


def select(
    label: str, options: list[tuple[str, str]], value: str = "", css: str = "", **attributes: Any
) -> Tag:
    """A labelled choice of (value, name)."""
    with Tag("label", "", f"field {css}".strip()):
        Tag("span", label)
        with Tag("select", "", **attributes) as made:
            for one, name in options:
                Tag("option", name, value=one, selected=True if one == value else None)
    return made


def on_value(element: Tag, changed: Callable[[str], object], event: str = "change") -> Tag:
    """Have `changed` called with the value of an input, textarea or select."""
    element.on(event, lambda e: changed(str(e.args)), js_handler="(e) => emit(e.target.value)")
    return element


_KINDS: Final = {"pdf": "PDF", "html": "HTML", "md": "Markdown", "json": "JSON"}


def keep_as(address: str, what: str = "", kinds: Sequence[str] = tuple(_KINDS)) -> None:
    """Links to an address of the API that gives a file of each of these kinds."""
    sign = "&" if "?" in address else "?"
    with Tag("p", "", "row keep"):
        Tag("span", f"Keep it {what} as".replace("  ", " "), "muted")
        for kind in kinds:
            Tag("a", _KINDS[kind], "button", href=f"{address}{sign}format={kind}", download=True)


def web_address(url: str | None) -> str | None:
    """`url` if it may be a link: http or https. A report's page can say anything, "javascript:" too."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def outside_link(text: str, url: str | None, css: str = "") -> Tag:
    """A link to another site, or only its text where it leads nowhere that may be linked."""
    address = web_address(url)
    if address is None:
        return Tag("span", text, css)
    return Tag("a", text, css, href=address, target="_blank", rel="noopener noreferrer")
