"""The map and the timeline of a brief, as SVG."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from sitrep.brief.document import Bar, Mark
from sitrep.ontology import QUADS

# One colour a quad category, told apart also by those who do not see red and green as others do (Okabe and
# Ito 2008); the web app uses the same.
COLOURS: Final = {
    "verbal cooperation": "#56b4e9",
    "material cooperation": "#0072b2",
    "verbal conflict": "#e69f00",
    "material conflict": "#d55e00",
}
_WIDTH: Final = 720
_HEIGHT: Final = 400
_LEAST_DEGREES: Final = 4.0  # of latitude that the map shows, so that one town is seen in its country
_FONT: Final = "font-family='sans-serif'"
Box = tuple[float, float, float, float]  # west, south, east, north


@cache
def outlines() -> dict[str, Any]:
    """The countries of the world as GeoJSON: Natural Earth at 1:50 million, public domain."""
    content = (files("sitrep") / "data" / "outlines.json.gz").read_bytes()
    world = dict(json.loads(gzip.decompress(content)))
    for country in world["features"]:
        for polygon in country["geometry"]["coordinates"]:
            polygon[:] = [unrolled(ring) for ring in polygon]
    return world


def unrolled(ring: list[list[float]]) -> list[list[float]]:
    """A ring that crosses the 180th meridian, going on beyond it and not back around the world.

    One around a pole stays as it is: it has no other side.
    """
    longitudes = [point[0] for point in ring]
    if max(longitudes) - min(longitudes) <= 300:
        return ring
    turn, found = 0.0, [ring[0]]
    for before, point in pairwise(ring):
        if abs(point[0] - before[0]) > 180:
            turn += 360 if point[0] < before[0] else -360
        found.append([round(point[0] + turn, 2), *point[1:]])
    longitudes = [point[0] for point in found]
    return ring if turn or max(longitudes) - min(longitudes) > 300 else found


def draw_map(marks: Sequence[Mark], width: int = _WIDTH, height: int = _HEIGHT) -> str:
    """A map around the marks: a circle each, its area by the number of incidents, its colour by their worst.

    Empty without marks. The projection is equirectangular, true to scale in the middle of the map.
    """
    if not marks:
        return ""
    box = _box(marks, width / height)
    land = "".join(
        f"<path d='{path}' fill='#f3f1ec' stroke='#c9c4b8' stroke-width='0.8'/>"
        for path in _paths(box, width, height)
    )
    drawn: list[str] = []
    labels: list[str] = []
    taken: list[Box] = []
    for mark in sorted(marks, key=lambda one: (-one.incidents, one.name)):
        x, y = _point(mark.longitude, mark.latitude, box, width, height)
        radius = 4 + 2.5 * math.sqrt(mark.incidents)
        drawn.append(
            f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius:.1f}' fill='{COLOURS[mark.quad]}' "
            f"fill-opacity='0.75' stroke='#fff' stroke-width='1'>"
            f"<title>{escape(mark.name)}: {mark.incidents}</title></circle>"
        )
        labels.extend(_label(mark.name, x, y, radius, taken, width))
    title = escape(f"Map of incidents: {', '.join(mark.name for mark in marks)}")
    return (
        f"{_open(width, height, title)}<rect width='{width}' height='{height}' fill='#dfe8ee'/>"
        f"{land}{''.join(drawn)}{''.join(labels)}</svg>"
    )


def draw_timeline(bars: Sequence[Bar], start: date, end: date, width: int = _WIDTH, height: int = 140) -> str:
    """One stacked bar a day, by quad category. Empty without bars."""
    if not bars:
        return ""
    days = (end - start).days + 1
    most = max(sum(number for _, number in bar.counts) for bar in bars)
    left, bottom, top = 24, height - 34, 8
    step = (width - left - 8) / days
    drawn: list[str] = []
    for bar in bars:
        y = float(bottom)
        x = left + (bar.day - start).days * step
        for quad, number in bar.counts:
            tall = (bottom - top) * number / most
            y -= tall
            drawn.append(
                f"<rect x='{x + step * 0.1:.1f}' y='{y:.1f}' width='{max(step * 0.8, 1):.1f}' "
                f"height='{tall:.1f}' fill='{COLOURS[quad]}'><title>{bar.day}: {number} {quad}</title></rect>"
            )
    right = width - 8
    axis = (
        f"<line x1='{left}' y1='{bottom}' x2='{right}' y2='{bottom}' stroke='#888'/>"
        + _text(left, bottom + 13, f"{start.day} {start:%b %Y}")
        + _text(right, bottom + 13, f"{end.day} {end:%b %Y}", "end")
        + _text(left - 4, top + 8, str(most), "end")
    )
    key = "".join(
        f"<rect x='{left + 150 * n}' y='{height - 12}' width='9' height='9' fill='{COLOURS[quad]}'/>"
        + _text(left + 150 * n + 13, height - 4, quad)
        for n, quad in enumerate(QUADS)
    )
    return (
        f"{_open(width, height, f'Incidents a day from {start} to {end}')}{''.join(drawn)}{axis}{key}</svg>"
    )


def _open(width: int, height: int, title: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' "
        f"height='{height}' role='img' aria-label='{title}'>"
    )


def _text(x: float, y: float, content: str, anchor: str = "start") -> str:
    return f"<text x='{x}' y='{y}' font-size='10' {_FONT} fill='#444' text-anchor='{anchor}'>{content}</text>"


def _box(marks: Sequence[Mark], ratio: float) -> Box:
    """The part of the world to draw: all marks with a margin, in the shape of the picture."""
    west, east = min(m.longitude for m in marks), max(m.longitude for m in marks)
    south, north = min(m.latitude for m in marks), max(m.latitude for m in marks)
    middle = math.cos(math.radians((south + north) / 2)) or 1.0
    tall = max((north - south) * 1.35, (east - west) * 1.35 * middle / ratio, _LEAST_DEGREES)
    wide = tall * ratio / middle
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _point(longitude: float, latitude: float, box: Box, width: int, height: int) -> tuple[float, float]:
    west, south, east, north = box
    return (longitude - west) / (east - west) * width, (north - latitude) / (north - south) * height


def _paths(box: Box, width: int, height: int) -> Iterator[str]:
    """The outlines that reach into the box."""
    west, south, east, north = box
    for country in outlines()["features"]:
        drawn: list[str] = []
        for polygon in country["geometry"]["coordinates"]:
            xs, ys = [p[0] for p in polygon[0]], [p[1] for p in polygon[0]]
            if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
                continue
            for ring in polygon:
                places = (_point(x, y, box, width, height) for x, y in ring)
                drawn.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in places) + "Z")
        if drawn:
            yield "".join(drawn)


def _label(name: str, x: float, y: float, radius: float, taken: list[Box], width: int) -> Iterator[str]:
    """The name beside its mark, where no other name stands; nothing where there is no room."""
    long = 6.2 * len(name)
    beside, above, below = radius + 3, y - radius - 4, y + radius + 12
    spots = ((x + beside, y + 4), (x - beside - long, y + 4), (x - long / 2, above), (x - long / 2, below))
    for left, down in spots:
        space = (left, down - 10, left + long, down + 2)
        clear = all(space[2] < t[0] or space[0] > t[2] or space[3] < t[1] or space[1] > t[3] for t in taken)
        if clear and left >= 2 and left + long <= width - 2:
            taken.append(space)
            yield (
                f"<text x='{left:.1f}' y='{down:.1f}' font-size='11' {_FONT} fill='#222' stroke='#fff' "
                f"stroke-width='2.5' paint-order='stroke'>{escape(name)}</text>"
            )
            return
