"""Who held what on a day: holdings sorted into sides, each with its colour, and how their marks look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sitrep.case.queries.control import Held
from sitrep.records import Holding, Party
from sitrep.situation.names import alike
from sitrep.web.index import is_area

# Sides are nobody's quad category: these hues are none of theirs. The first ones, which most cases need,
# differ in lightness too, for those who see no hues.
COLOURS: Final = ("#1d7f35", "#b04a94", "#b8a000", "#6f63bb", "#12a5a0", "#8c6d5a", "#7a8b2e", "#c77e9a")
OTHER: Final = "#808b96"
_STATE: Final = frozenset({"GOV", "MIL", "COP"})
_AGAINST: Final = frozenset({"REB", "UAF", "PRM", "OPP"})


@dataclass(frozen=True, slots=True)
class Side:
    """Holders that are one party to the struggle for places."""

    name: str
    colour: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on one day, with every holding that is told of it."""

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    is_wide: bool  # a country, province or region
    held: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Struggle:
    """All holdings of a case, the sides in them, and the days on which anything changes."""

    held: tuple[Held, ...]
    sides: tuple[Side, ...]
    side_of: dict[Party, int]
    first: date
    last: date
    changes: tuple[date, ...]

    @property
    def points(self) -> list[tuple[float, float]]:
        """Where the places lie of which anything is told for any day."""
        places = {one.place.id: one.place for one in self.held}.values()
        return [
            (place.latitude, place.longitude)
            for place in places
            if place.latitude is not None and place.longitude is not None
        ]

    def on(self, day: date) -> list[Spot]:
        """The places of which anything is told for that day."""
        at: dict[str, list[Held]] = defaultdict(list)
        for one in self.held:
            holding = one.holding
            if (holding.since is None or holding.since <= day) and (
                holding.until is None or day <= holding.until
            ):
                at[one.place.id].append(one)
        return [
            Spot(
                key, here[0].place.name, here[0].place.latitude, here[0].place.longitude,
                is_area(here[0].place), tuple(one.holding for one in here),
            )
            for key, here in at.items()
        ]  # fmt: skip

    def colour(self, holding: Holding) -> str:
        return self.sides[self.side_of[holding.holder]].colour if holding.holder else OTHER


def struggle(held: Sequence[Held]) -> Struggle | None:
    """None where no holding has a day."""
    begins = [one.holding.since for one in held if one.holding.since]
    if not begins:
        return None
    ends = [one.holding.until for one in held if one.holding.until]
    changes = sorted({*begins, *(end + timedelta(days=1) for end in ends)})
    sides, side_of = _sides(held)
    return Struggle(tuple(held), sides, side_of, changes[0], changes[-1], tuple(changes))


def _sides(held: Sequence[Held]) -> tuple[tuple[Side, ...], dict[Party, int]]:
    """Holders put together: the most often told side first."""
    holders = sorted(
        {one.holding.holder for one in held if one.holding.holder}, key=lambda one: (one.name, repr(one))
    )
    groups = _together([one for one in holders if _says_whose(one)])
    # "Forces" may be anybody's: they go with the one side that they fit, and where they fit two, with none.
    alone = []
    for holder in (one for one in holders if not _says_whose(one)):
        fitting = [
            group for group in groups if any(_is_one_side(holder, one) for one in group if _says_whose(one))
        ]
        if len(fitting) == 1:
            fitting[0].append(holder)
        else:
            alone.append(holder)
    groups += _together(alone)
    told = {
        holder: sum(len(one.holding.tellings) for one in held if one.holding.holder == holder)
        for holder in holders
    }
    groups.sort(key=lambda group: (-sum(told[one] for one in group), min(one.name for one in group)))
    sides = tuple(
        Side(
            _name(group, told),
            COLOURS[number] if number < len(COLOURS) else OTHER,
            tuple(sorted({one.name for one in group})),
        )
        for number, group in enumerate(groups)
    )
    return sides, {holder: number for number, group in enumerate(groups) for holder in group}


def _together(holders: Sequence[Party]) -> list[list[Party]]:
    groups: list[list[Party]] = []
    for holder in holders:
        alongside = [group for group in groups if any(_is_one_side(holder, other) for other in group)]
        groups = [group for group in groups if group not in alongside]
        groups.append([holder, *(one for group in alongside for one in group)])
    return groups


def _says_whose(holder: Party) -> bool:
    return bool(holder.key or holder.ties)


def _is_one_side(one: Party, other: Party) -> bool:
    if alike(one, other) > 0:
        return True
    # "government forces" in one report and "the army" in another, neither of them named: the state's.
    return (
        not (one.key and other.key)
        and _is_of_state(one)
        and _is_of_state(other)
        and one.country == other.country
    )


def _is_of_state(holder: Party) -> bool:
    sectors = set(holder.sectors)
    return bool(sectors & _STATE) and not sectors & _AGAINST


def _name(group: Sequence[Party], told: dict[Party, int]) -> str:
    name = max(group, key=lambda one: (one.key is not None, told[one], len(one.name), one.name)).name
    return name if any(_says_whose(one) for one in group) else f"{name}, not said whose"


def marks(shown: Struggle, spots: Iterable[Spot]) -> list[dict[str, Any]]:
    """Places as the map draws them; those without coordinates are left out."""
    return [
        {
            "key": spot.key, "name": spot.name, "latitude": spot.latitude, "longitude": spot.longitude,
            "colour": shown.colour(spot.held[0]),
            "other": shown.colour(spot.held[1]) if len(spot.held) > 1 else OTHER,
            "pattern": pattern(spot), "wide": spot.is_wide,
            "text": [who(holding) for holding in spot.held],
        }
        for spot in spots
        if spot.latitude is not None and spot.longitude is not None
    ]  # fmt: skip


def pattern(spot: Spot) -> str:
    """ "contested" where two are told to hold it, "open" where somebody left and nobody came."""
    if len(spot.held) > 1 or any(holding.contested for holding in spot.held):
        return "contested"
    return "solid" if spot.held[0].holder else "open"


def who(holding: Holding) -> str:
    return holding.holder.name if holding.holder else "left; nobody is told to hold it"
