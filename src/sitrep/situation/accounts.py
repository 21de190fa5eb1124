"""One incident from its tellings: the accounts side by side, what all agree on, and where they differ."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sitrep.records import Account, Difference, Incident, Party, Place, Stance, Status, Telling, Toll
from sitrep.situation.grades import credibility
from sitrep.situation.names import alike
from sitrep.situation.places import contains, is_wide, place_key

T = TypeVar("T", bound=Hashable)


def incident_of(tellings: Sequence[Telling], grades: Mapping[str, str]) -> Incident:
    """What the tellings of one incident come to. Raises `ValueError` without any.

    A field is what most independent origins say; days are those on which all can agree. Tolls span the lowest
    and the highest that anybody gives, and are open above where the highest is ("at least").
    """
    if not tellings:
        raise ValueError("An incident has at least one telling.")
    tellings = sorted(tellings, key=lambda telling: telling.key)
    accounts = accounts_of(tellings)
    # Who denies that his men did it has not said that they did.
    behind = [t for t in tellings if t.event.status != "denied"] or tellings
    firsts = _one_each(tellings)
    earliest, latest = _days(firsts)
    agreed, differs = _compare(firsts)
    type = _commonest(t.event.type for t in firsts)
    return Incident(
        id=incident_id(tellings),
        type=type,
        mode=_commonest_or_none(t.event.mode for t in firsts if t.event.type == type),
        status=_status(firsts),
        earliest=earliest,
        latest=latest,
        place=_place(firsts),
        actors=_parties(t.actors for t in behind),
        recipients=_parties(t.recipients for t in behind),
        killed=_toll(t.event.killed for t in firsts),
        injured=_toll(t.event.injured for t in firsts),
        crowd=_toll(t.event.crowd for t in firsts),
        accounts=accounts,
        publishers=tuple(sorted({t.publisher for t in tellings if t.publisher})),
        agreed=agreed,
        differs=differs,
        credibility=credibility(accounts, grades),
        confidence=_confidence(accounts, tellings),
    )


def incident_id(tellings: Iterable[Telling]) -> str:
    """The id of an incident: a digest of its smallest telling's key, so that it outlives new accounts."""
    first = min(telling.key for telling in tellings)
    return "i" + hashlib.sha256(first.encode()).hexdigest()[:12]


def stance(telling: Telling) -> Stance:
    """How a telling stands to what it tells."""
    if telling.event.status == "denied":
        return "denies"
    if telling.event.status != "happened":
        return "expects"
    return "attributes" if telling.sources else "asserts"


def accounts_of(tellings: Iterable[Telling]) -> tuple[Account, ...]:
    """The accounts among tellings: one for each origin, stance and source."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Telling]] = {}
    for telling in tellings:
        who = tuple(party.key or party.name for party in telling.sources)
        groups.setdefault((telling.origin, stance(telling), who), []).append(telling)
    return tuple(
        Account(
            origin=origin,
            stance=stance(told[0]),
            publishers=tuple(sorted({t.publisher for t in told if t.publisher})),
            by=min(told, key=lambda t: (t.report != t.origin, t.key)).sources,
            tellings=tuple(sorted(t.key for t in told)),
        )
        for (origin, _, _), told in sorted(groups.items())
    )


def _one_each(tellings: Sequence[Telling]) -> list[Telling]:
    """One telling for each origin: its own rather than a copy's or a denial, then the surest."""
    best: dict[str, Telling] = {}
    for telling in sorted(tellings, key=_rank):
        best.setdefault(telling.origin, telling)
    return [best[origin] for origin in sorted(best)]


def _rank(telling: Telling) -> tuple[bool, bool, float, str]:
    copied, denied = telling.report != telling.origin, telling.event.status == "denied"
    return copied, denied, -telling.event.confidence, telling.key


def _commonest(values: Iterable[T]) -> T:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))


def _commonest_or_none(values: Iterable[T | None]) -> T | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def _status(tellings: Sequence[Telling]) -> Status:
    """What took place for anybody took place or is disputed; else what most say."""
    statuses: list[Status] = [telling.event.status for telling in tellings]
    if "happened" in statuses:
        return "happened"
    return _commonest(statuses)


def _days(tellings: Sequence[Telling]) -> tuple[date | None, date | None]:
    """The days on which all that name some can agree, else all the days that anybody names."""
    told = [t.event for t in tellings if not t.event.inferred] or [t.event for t in tellings]
    firsts = [e.earliest for e in told if e.earliest is not None]
    lasts = [e.latest for e in told if e.latest is not None]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first is not None and last is not None and first > last:
        return min(firsts), max(lasts)
    return first, last


def _place(tellings: Sequence[Telling]) -> Place | None:
    """The place most tell, one that is no whole division or country before those."""
    places = [t.place for t in tellings if t.place is not None]
    narrow = [place for place in places if not is_wide(place)] or places
    counts = Counter(place_key(place) for place in narrow)
    best = min(narrow, key=lambda p: (-counts[place_key(p)], -p.confidence, place_key(p)), default=None)
    return best


def _parties(told: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Each party once, under the fullest of its names, those that most tellings name first.

    Who is only described ("the LNA's fighters") is one with whom he is under, where that one is told of too.
    """
    groups: list[list[Party]] = []
    for party in sorted(
        (p for parties in told for p in parties), key=lambda p: (p.key is None, p.key or "", p.name)
    ):
        same = next((group for group in groups if any(_is_one(known, party) for known in group)), None)
        if same is None:
            groups.append([party])
        else:
            same.append(party)
    groups.sort(key=lambda g: (-len(g), g[0].name))
    return tuple(max(group, key=lambda p: (p.key is not None, len(p.name), p.name)) for group in groups)


def _is_one(one: Party, other: Party) -> bool:
    found = alike(one, other)
    if found == 2 or one.name.casefold() == other.name.casefold():
        return True
    if one.key is None and other.key is None and one.kind == other.kind == "people":
        return found > 0  # "five people", "at least seven people"
    return found == 1 and (one.key is None or other.key is None)


def _toll(tolls: Iterable[Toll | None]) -> Toll | None:
    told = [toll for toll in tolls if toll is not None]
    if not told:
        return None
    most = max(told, key=lambda toll: (toll.low, toll.high is None, toll.high or 0))
    highest = None if most.high is None else max(toll.high or toll.low for toll in told)
    return Toll(min(toll.low for toll in told), highest, ())


def _confidence(accounts: Sequence[Account], tellings: Sequence[Telling]) -> float:
    """The probability that the record is right: it is wrong only where every account of it is misread."""
    sure = {telling.key: telling.event.confidence for telling in tellings}
    best: dict[str, float] = {}
    for account in accounts:
        top = max(sure[key] for key in account.tellings)
        best[account.origin] = max(best.get(account.origin, 0.0), top)
    wrong = 1.0
    for value in best.values():
        wrong *= 1.0 - value
    return round(min(0.99, 1.0 - wrong), 2)


# ----------------------------------------------------------------------------------- agree and differ


def _compare(tellings: Sequence[Telling]) -> tuple[tuple[str, ...], tuple[Difference, ...]]:
    """The fields in which two or more origins give a value: those on which all agree, and the others."""
    agreed: list[str] = []
    differs: list[Difference] = []
    for field, value, fits in _FIELDS:
        told = [(telling, value(telling)) for telling in tellings]
        given = [(telling, found) for telling, found in told if found]
        if len(given) < 2:
            continue
        if all(fits(a, b) for i, (a, _) in enumerate(given) for b, _ in given[:i]):
            agreed.append(field)
            continue
        values: dict[str, list[str]] = {}
        for telling, found in given:
            values.setdefault(found, []).append(telling.origin)
        differs.append(Difference(field, tuple((one, tuple(sorted(values[one]))) for one in sorted(values))))
    return tuple(agreed), tuple(differs)


def _day_text(telling: Telling) -> str:
    event = telling.event
    if event.inferred or (event.earliest is None and event.latest is None):
        return ""
    if event.earliest == event.latest:
        return str(event.earliest)
    return f"{event.earliest or ''}..{event.latest or ''}"


def _days_fit(one: Telling, other: Telling) -> bool:
    a, b = one.event, other.event
    return (a.earliest or date.min) <= (b.latest or date.max) and (b.earliest or date.min) <= (
        a.latest or date.max
    )


def _place_fits(one: Telling, other: Telling) -> bool:
    if one.place is None or other.place is None:
        return True
    return contains(one.place, other.place) or contains(other.place, one.place)


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(sorted(party.name for party in parties))


def _parties_fit(one: tuple[Party, ...], other: tuple[Party, ...]) -> bool:
    return any(alike(a, b) > 0 for a in one for b in other)


def _tolls_fit(one: Toll | None, other: Toll | None) -> bool:
    if one is None or other is None:
        return True
    return one.low == other.low and one.high == other.high


_FIELDS: tuple[tuple[str, Callable[[Telling], str], Callable[[Telling, Telling], bool]], ...] = (
    ("type", lambda t: t.event.type, lambda a, b: a.event.type == b.event.type),
    ("mode", lambda t: t.event.mode or "", lambda a, b: a.event.mode == b.event.mode),
    ("days", _day_text, _days_fit),
    ("place", lambda t: t.place.name if t.place else "", _place_fits),
    ("actors", lambda t: _names(t.actors), lambda a, b: _parties_fit(a.actors, b.actors)),
    ("recipients", lambda t: _names(t.recipients), lambda a, b: _parties_fit(a.recipients, b.recipients)),
    ("killed", lambda t: str(t.event.killed or ""), lambda a, b: _tolls_fit(a.event.killed, b.event.killed)),
    (
        "injured",
        lambda t: str(t.event.injured or ""),
        lambda a, b: _tolls_fit(a.event.injured, b.event.injured),
    ),
    ("crowd", lambda t: str(t.event.crowd or ""), lambda a, b: _tolls_fit(a.event.crowd, b.event.crowd)),
    ("status", lambda t: t.event.status, lambda a, b: a.event.status == b.event.status),
)
