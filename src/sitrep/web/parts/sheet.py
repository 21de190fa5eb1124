"""A page's own style sheet, beside the one that all share."""

from __future__ import annotations

from nicegui import ui


def use_sheet(name: str) -> None:
    """Have the page load `static/NAME.css`."""
    ui.add_head_html(f"<link rel='stylesheet' href='/static/{name}.css'>")
