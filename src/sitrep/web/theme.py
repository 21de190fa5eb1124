"""The one visual language of the pages: colours, type, spacing. `static/sitrep.css` uses their names.

Colour means a quad category and nothing else; what is not told as having happened differs in form (outline,
dash, slash), so that neither depends on the other or on colour sight.
"""

from __future__ import annotations

from typing import Final

from sitrep.brief.figures import COLOURS
from sitrep.ontology import QUADS
from sitrep.records import Status

QUAD_NAMES: Final = {
    "verbal cooperation": "Verbal cooperation",
    "material cooperation": "Material cooperation",
    "verbal conflict": "Verbal conflict",
    "material conflict": "Material conflict",
}
STATUS_NAMES: Final[dict[Status, str]] = {
    "happened": "Happened",
    "planned": "Planned",
    "possible": "Possible",
    "denied": "Denied",
    "called_for": "Called for",
}
CREDIBILITY_NAMES: Final = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
_LIGHT: Final = {
    "page": "#f4f5f7",
    "surface": "#ffffff",
    "raised": "#eef1f4",
    "line": "#dde2e7",
    "text": "#1a232c",
    "muted": "#55626e",
    "accent": "#14568c",
    "on-accent": "#ffffff",
    "good": "#1a6b3c",
    "bad": "#a8261c",
    "sea": "#e4ebf0",
    "land": "#fbfaf7",
    "coast": "#c3c9cd",
    "mark-actor": "#dcebf7",
    "mark-place": "#e0f0e3",
    "mark-time": "#f3ead3",
    "mark-quote": "#eee8f6",
    "mark-event": "#a8261c",
    "mark-said": "#6a3fa0",
}
_DARK: Final = {
    "page": "#10161c",
    "surface": "#171f27",
    "raised": "#202a33",
    "line": "#2d3944",
    "text": "#e4eaef",
    "muted": "#9dabb8",
    "accent": "#82bdf0",
    "on-accent": "#0d1720",
    "good": "#7bd39c",
    "bad": "#ff9a8d",
    "sea": "#121a21",
    "land": "#212b34",
    "coast": "#3d4a56",
    "mark-actor": "#1d3a52",
    "mark-place": "#1e4029",
    "mark-time": "#463a1b",
    "mark-quote": "#372c4b",
    "mark-event": "#ff9a8d",
    "mark-said": "#c3a4f0",
}


def quad_class(quad: str | None) -> str:
    """The class that gives an element the colour of its quad category."""
    return f"quad-{QUADS.index(quad)}" if quad in QUADS else "quad-none"


def variables() -> str:
    """The colours as CSS variables, for both modes."""
    quads = ";".join(f"--quad-{number}:{COLOURS[quad]}" for number, quad in enumerate(QUADS))
    light = ";".join(f"--{name}:{value}" for name, value in _LIGHT.items())
    dark = ";".join(f"--{name}:{value}" for name, value in _DARK.items())
    return f":root{{{quads};{light}}} body.body--dark{{{dark}}}"
