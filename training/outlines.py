"""Make the country outlines of the maps, src/sitrep/data/outlines.json.gz.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/countries-50m.json

The file holds Natural Earth's country polygons at 1:50 million (public domain) as TopoJSON; what is written
is GeoJSON, one feature a country, with ISO 3166-1 alpha-3 as id and coordinates to a hundredth of a degree.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import pycountry

WRITTEN = Path(__file__).parent.parent / "src" / "sitrep" / "data" / "outlines.json.gz"
# Natural Earth draws these apart and has no ISO number for them.
NAMED = {"Kosovo": "XKX", "N. Cyprus": "CYN", "Somaliland": "SOL"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the country outlines of the maps.")
    parser.add_argument("atlas", type=Path, help="countries-50m.json of the npm package world-atlas")
    atlas = json.loads(parser.parse_args().atlas.read_text(encoding="utf-8"))
    arcs = [list(points(arc, atlas["transform"])) for arc in atlas["arcs"]]
    features = [feature(one, arcs) for one in atlas["objects"]["countries"]["geometries"] if one.get("arcs")]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    WRITTEN.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{WRITTEN}: {len(features)} countries, {WRITTEN.stat().st_size:,} bytes")


def points(arc: list[list[int]], transform: dict[str, Any]) -> Any:
    """The points of an arc, whose numbers are differences in a grid, as longitude and latitude."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
        yield [round(left + x * scale_x, 2), round(bottom + y * scale_y, 2)]


def ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """The closed ring of several arcs; a negative number is an arc the other way round."""
    found: list[list[float]] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        found.extend(part if not found else part[1:])
    kept = [point for at, point in enumerate(found) if at == 0 or point != found[at - 1]]
    return kept


def feature(one: dict[str, Any], arcs: list[list[list[float]]]) -> dict[str, Any]:
    polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
    drawn = [[ring(numbers, arcs) for numbers in polygon] for polygon in polygons]
    drawn = [[r for r in polygon if len(r) > 3] for polygon in drawn]
    name = one["properties"]["name"]
    country = pycountry.countries.get(numeric=str(one.get("id", "")).zfill(3))
    return {
        "type": "Feature",
        "id": country.alpha_3 if country else NAMED.get(name, name),
        "properties": {"name": country.name if country else name},
        "geometry": {"type": "MultiPolygon", "coordinates": [polygon for polygon in drawn if polygon]},
    }


if __name__ == "__main__":
    main()
