"""How far apart two points of the Earth are."""

from __future__ import annotations

import math
from typing import Final

EARTH_KM: Final = 6371.0


def distance_km(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """Along the surface of the Earth (haversine)."""
    a, b = math.radians(latitude1), math.radians(latitude2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(longitude2 - longitude1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
