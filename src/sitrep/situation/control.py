"""Who held a place when, by whose word: a timeline from what was taken, left and stated.

An event that takes a place begins a holding, so does one that hands it over; one in which a party leaves it
ends that party's; a statement ("X, which is held by Y") shows one on its day. Troops that enter a place which
the other side leaves in the same days have taken it. A holding ends the day before another side's begins; if
two sides are told to hold a place on one day and nothing was taken between, both are contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

from sitrep.coding.tables import words_of
from sitrep.records import Holding, Party, Stated, Telling
from sitrep.situation.names import alike, keys_of
from sitrep.situation.places import is_wide, place_key

Basis = Literal["taken", "handed over", "left", "stated"]

# Words of an ASSAULT or a COERCE that say a place was won: of the first, most do not.
_TAKE: Final = frozenset(
    {
        "take", "took", "taken", "taking", "retake", "retook", "retaken", "retaking", "takeover",
        "liberate", "liberated", "liberating", "liberation", "conquer", "conquered", "overrun", "overran",
    }
)  # fmt: skip
_TAKE_STEMS: Final = (
    "captur",
    "recaptur",
    "seiz",
    "regain",
    "reclaim",
    "recover",
    "occup",
    "secur",
    "win",
    "won",
)
_YIELD: Final = frozenset(
    {"hand", "handed", "handover", "surrender", "surrendered", "cede", "ceded", "yield", "yielded"}
)
_ENTER: Final = frozenset({"enter", "entered", "entering", "storm", "stormed", "storming"})
_BASES: Final[tuple[Basis, ...]] = ("taken", "handed over", "stated", "left")
# An entry is a taking where the other side left within these days.
_LEFT_DAYS: Final = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing told of a place: on `day` its holder took it, left it or is said to hold it."""

    day: date
    until: date | None
    basis: Basis
    holder: Party
    claimant: Party | None
    key: str


def control_keys(tellings: Iterable[Telling], stated: Iterable[Stated]) -> tuple[str, ...]:
    """Keys of the places whose timeline these have a part in."""
    found = {place_key(t.place) for t in tellings if t.place and _bears(t) is not None}
    found |= {place_key(s.place) for s in stated if _shown(s)}
    return tuple(sorted(found))


def holdings(
    place: str,
    tellings: Sequence[Telling],
    stated: Sequence[Stated] = (),
    sides: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[Holding, ...]:
    """The timeline of one place, given by its key: who held it, in the order of days.

    Only what happened counts, whosever word it is: the claimants are kept. Empty where nothing bears on it.
    `sides` gives for a name's key those of the bodies that any report puts its bearer in or at the head of,
    so that a commander and his army are one side (`situation.names.sides`).
    """
    entries = sorted(
        _entries(place, tellings, stated),
        key=lambda e: (e.day, e.basis != "left", e.basis == "stated", e.key),
    )
    spans = _spans([_sided(entry, sides) for entry in entries])
    return tuple(
        Holding(
            place=place,
            holder=None if span[0].basis == "left" else _fullest(span),
            since=_since(span),
            until=until,
            basis=_basis(span),
            claimants=_claimants(span),
            contested=contested,
            tellings=tuple(sorted({entry.key for entry in span})),
        )
        for span, until, contested in spans
    )


def held_at(timeline: Iterable[Holding], day: date) -> tuple[Holding, ...]:
    """The holdings of a day: one, several where it is contested, none where nothing is told."""
    return tuple(
        holding
        for holding in timeline
        if (holding.since is None or holding.since <= day) and (holding.until is None or day <= holding.until)
    )


def _entries(place: str, tellings: Sequence[Telling], stated: Sequence[Stated]) -> list[_Entry]:
    here = [t for t in tellings if t.place is not None and place_key(t.place) == place]
    found: list[_Entry] = []
    for telling in here:
        bears, day = _bears(telling), _day(telling)
        if bears is None or day is None:
            continue
        if bears == "entered" and not _was_left(telling, day, here):
            continue
        basis: Basis = "taken" if bears == "entered" else bears
        holder = telling.recipients[0] if bears == "handed over" else telling.actors[0]
        found.append(_Entry(day, None, basis, holder, _claimant(telling.sources), telling.key))
    for one in stated:
        if place_key(one.place) == place and _shown(one):
            day = one.control.earliest or one.control.latest
            assert day is not None  # _shown says so
            claimant = _claimant(one.sources)
            found.append(_Entry(day, one.control.latest, "stated", one.holder, claimant, one.key))
    return found


def _bears(telling: Telling) -> Literal["taken", "handed over", "entered", "left"] | None:
    """What an event does to who holds its place."""
    event = telling.event
    if event.status != "happened" or not telling.actors or telling.place is None:
        return None
    if (telling.place.feature or "").startswith("PCL") or _day(telling) is None:
        return None
    words = {word.key for text in telling.act for word in words_of(text)}
    if event.type in {"RETREAT", "CONCEDE"} and words & _YIELD and telling.recipients:
        return "handed over"
    if event.type == "RETREAT" and event.mode == "withdraw":
        return "left"
    if event.type in {"COERCE", "ASSAULT"}:
        takes = bool(words & _TAKE) or any(word.startswith(_TAKE_STEMS) for word in words)
        return "taken" if takes or event.mode == "seize" else None
    if event.type == "MOBILIZE" and words & _ENTER and not is_wide(telling.place):
        return "entered"
    return None


def _shown(stated: Stated) -> bool:
    return (
        stated.control.status == "happened" and (stated.control.earliest or stated.control.latest) is not None
    )


def _day(telling: Telling) -> date | None:
    return telling.event.latest or telling.event.earliest or telling.published


def _was_left(entry: Telling, day: date, here: Sequence[Telling]) -> bool:
    for other in here:
        left = _day(other)
        if _bears(other) == "left" and left is not None and abs((left - day).days) <= _LEFT_DAYS:
            return True
    return False


def _claimant(sources: tuple[Party, ...]) -> Party | None:
    return sources[-1] if sources else None


def _spans(entries: Sequence[_Entry]) -> list[tuple[list[_Entry], date | None, bool]]:
    """Runs of entries of one side, each with its last day and whether another side's run contradicts it."""
    runs: list[list[_Entry]] = []
    ends: list[date | None] = []
    contested: list[bool] = []
    current: int | None = None
    for entry in entries:
        same = next(
            (n for n in reversed(range(len(runs))) if ends[n] is None and _same_side(runs[n][0], entry)), None
        )
        if entry.basis == "left":
            if same is not None:
                ends[same] = max(entry.day, runs[same][0].day)
            elif current is None or ends[current] is not None:
                runs.append([entry])
                ends.append(None)
                contested.append(False)
                current = len(runs) - 1
            continue
        if same is not None:
            runs[same].append(entry)
            current = same
            continue
        if current is not None and ends[current] is None:
            before = runs[current][-1]
            if entry.basis != "stated" and before.day < entry.day:
                ends[current] = entry.day - timedelta(days=1)
            elif runs[current][0].basis == "left" and entry.day <= before.day:
                # Left and taken on one day: it was nobody's at no time.
                del runs[current], ends[current], contested[current]
            elif runs[current][0].basis == "left":
                ends[current] = entry.day - timedelta(days=1)
            elif _is_named(entry) and _is_named(runs[current][0]):
                contested[current] = True
                runs.append([entry])
                ends.append(None)
                contested.append(True)
                current = len(runs) - 1
                continue
        runs.append([entry])
        ends.append(None)
        contested.append(False)
        current = len(runs) - 1
    return list(zip(runs, ends, contested, strict=True))


def _sided(entry: _Entry, sides: Mapping[str, frozenset[str]]) -> _Entry:
    more = {tie for key in keys_of(entry.holder) for tie in sides.get(key, ())} - {entry.holder.key}
    return replace(entry, holder=replace(entry.holder, ties=tuple(sorted({*entry.holder.ties, *more}))))


def _same_side(one: _Entry, other: _Entry) -> bool:
    if one.basis == "left":
        return False
    if not (_is_named(one) and _is_named(other)):
        # "the government's forces" in a report that names no government: the one that is told of.
        return _is_of_state(one.holder) == _is_of_state(other.holder)
    return alike(one.holder, other.holder) > 0


def _is_of_state(holder: Party) -> bool:
    sectors = set(holder.sectors)
    return bool(sectors & {"GOV", "MIL", "COP"}) and not sectors & {"REB", "UAF", "PRM", "OPP"}


def _is_named(entry: _Entry) -> bool:
    return bool(keys_of(entry.holder))


def _since(span: Sequence[_Entry]) -> date:
    return min(entry.day for entry in span)


def _basis(span: Sequence[_Entry]) -> Basis:
    found = {entry.basis for entry in span}
    return next(basis for basis in _BASES if basis in found)


def _fullest(span: Sequence[_Entry]) -> Party:
    best = max(span, key=lambda e: (e.holder.key is not None, len(e.holder.ties), len(e.holder.name), e.key))
    return best.holder


def _claimants(span: Sequence[_Entry]) -> tuple[Party, ...]:
    """Those by whose word it is; none where a publisher says so in its own voice."""
    if any(entry.claimant is None for entry in span):
        return ()
    once = {entry.claimant.key or entry.claimant.name: entry.claimant for entry in span if entry.claimant}
    return tuple(once[key] for key in sorted(once))
