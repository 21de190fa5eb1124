"""Which events of different reports are one incident.

Two tellings are one incident where their types go together, their days overlap, their places do not
contradict each other, and enough of place, parties and words is the same: more is asked of a kind of act that
happens often in a day ("accused") than of one that has a place and victims. That is judged of two at a time
(`same_incident`), found through keys that any two such tellings share (`block_keys`), so that neither the
order nor the number of reports matters. `divide` then parts what only a chain of such pairs holds together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sitrep.coding.tables import actor_words, words_of
from sitrep.ontology import quad
from sitrep.records import Party, Place, Telling, Toll
from sitrep.situation.names import alike, bucket, keys_of
from sitrep.situation.places import contains, distance_km, is_wide

Pair = tuple[str, str]

# An event without a day of its own is told when it is news: within these days before the report.
NEWS_DAYS: Final = 3
# Places of one battle or meeting lie this near each other ("the airport", "the city").
NEAR_KM: Final = 25.0
# Days longer than this ("in June", "since January") do not say that two tellings are of one day.
NARROW_DAYS: Final = 4
# Longer than this an event is not found by its last days: "since 2014" is no day to compare by.
LONGEST_DAYS: Final = 31
# Points from which two tellings are one incident: chosen on the examples, tests/situation/test_incidents.py.
ENOUGH: Final = 3.0

# The same of two sources in one report, which may as well tell of two acts.
WITHIN_ONE: Final = 3.5
DENIED_ENOUGH: Final = 1.5  # of a denial and what it denies
# Share of the shorter evidence's content words that a copied sentence keeps.
COPIED: Final = 0.7

# Kinds of act that are told as one another: a town taken is a COERCE in one report, an ASSAULT in the next.
_TAKING: Final = frozenset({"seize"})
_TOGETHER: Final = (frozenset({"AGREE", "COOPERATE"}), frozenset({"ASSAULT", "COERCE"}))
# Acts by words alone: who speaks of whom is most of what they are, and a day holds many.
_SPOKEN: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
_REAL: Final = frozenset({"happened", "possible", "denied"})
# Words that any two sentences share.
_SMALL: Final = frozenset(
    {
        "a", "about", "after", "also", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by",
        "can", "could", "did", "do", "for", "from", "had", "has", "have", "he", "her", "him", "his", "in",
        "into", "is", "it", "its", "may", "more", "near", "no", "not", "of", "on", "one", "or", "over",
        "said", "say", "says", "she", "than", "that", "the", "their", "them", "they", "this", "three", "to",
        "two", "under", "was", "were", "when", "where", "which", "while", "who", "whom", "will", "with",
        "would"
    }
)  # fmt: skip


def block_keys(telling: Telling) -> tuple[str, ...]:
    """Keys of which two tellings of one incident share at least one: what it is, when, and where or who."""
    first, last = _days(telling)
    if first is None or last is None:
        return ()
    kind = _kind(telling)
    about = {f"c:{country}" for country in _countries(telling)}
    about |= {f"n:{bucket(key)}" for party in _all(telling) for key in keys_of(party)}
    days = range(first.toordinal(), min(last.toordinal(), first.toordinal() + LONGEST_DAYS) + 1)
    return tuple(f"{kind}|{date.fromordinal(day)}|{one}" for day in days for one in sorted(about))


def same_incident(one: Telling, other: Telling) -> str | None:
    """Why the two are one incident, in words a reader can check; None where they are not, or nothing says so.

    Symmetric, and blind to everything but the two tellings.
    """
    if not _may_meet(one, other) or _kind(one) != _kind(other) or not _types_fit(one, other):
        return None
    if _is_copy(one, other):
        return "the same text"
    days = _same_days(one, other)
    where = _same_place(one.place, other.place)
    if days < 0 or where < 0:
        return None
    who = _same_parties(one, other)
    if who < 0:
        return None
    wording = _same_words(one.words, other.words)
    toll = _same_toll(one.event.killed, other.event.killed)
    if one.event.type in _SPOKEN and not (who >= 2 and wording > 0):
        return None
    points = days + where + who + wording + toll
    if (one.event.status == "denied") != (other.event.status == "denied"):
        # A denial says no more of what it denies than it must: "its forces had not shelled the town". In one
        # report it is of the act of its kind there; of several `divide` takes the closest.
        same_mode = one.event.mode == other.event.mode or None in (one.event.mode, other.event.mode)
        points += (one.report == other.report) + 0.5 * same_mode
        if points < DENIED_ENOUGH or not (one.report == other.report or where or who or wording):
            return None
    elif points < (ENOUGH if one.report != other.report else WITHIN_ONE) or max(where, who, wording - 1) < 1:
        return None
    reasons = [
        "same day" if days >= 1 else "days that overlap",
        "same place" if where >= 2 else "places that fit" if where > 0 else "",
        "same parties" if who >= 2 else "a party in common" if who > 0 else "",
        "much the same words" if wording >= 1 else "",
        "same toll" if toll > 0 else "",
    ]
    return ", ".join(reason for reason in reasons if reason)


def divide(
    tellings: Sequence[Telling],
    links: Iterable[Pair],
    joined: Iterable[Pair] = (),
    parted: Iterable[Pair] = (),
) -> tuple[tuple[Telling, ...], ...]:
    """The incidents among tellings that hang together by `links` (pairs of keys).

    Links are taken in a fixed order, and two groups become one only where no telling of the one contradicts
    one of the other, so that a chain of reports does not make one battle of a month. `joined` and `parted`
    are people's decisions and come before any judgement: what somebody joined stands together whatever it
    says, and what then fits one side of the joining is with both, for the other side contradicts it no more
    than the two sides did each other. Groups and their tellings are in the order of keys.
    """
    known = {telling.key: telling for telling in tellings}
    apart = {frozenset(pair) for pair in parted}
    group = {key: frozenset({key}) for key in known}
    for one, other in sorted(joined):
        if one in known and other in known and not _parted(group[one], group[other], apart):
            _unite(group, one, other)
    alike = {key: frozenset({key}) for key in known}  # by links alone
    for one, other in sorted(links, key=lambda pair: _closeness(pair, known)):
        if one not in known or other not in known or alike[one] is alike[other]:
            continue
        if group[one] is not group[other] and _parted(group[one], group[other], apart):
            continue
        merged = alike[one] | alike[other]
        if any(
            _contradict(known[a], known[b])
            for a in alike[one]
            for b in alike[other]
            if not _stands_behind(a, merged, known) and not _stands_behind(b, merged, known)
        ):
            continue
        _unite(alike, one, other)
        _unite(group, one, other)
    found = {tuple(sorted(keys)) for keys in group.values()}
    return tuple(tuple(known[key] for key in keys) for keys in sorted(found))


def _unite(group: dict[str, frozenset[str]], one: str, other: str) -> None:
    merged = group[one] | group[other]
    for key in merged:
        group[key] = merged


def _parted(one: Iterable[str], other: Collection[str], apart: Collection[frozenset[str]]) -> bool:
    return any(frozenset({a, b}) in apart for a in one for b in other)


def _stands_behind(key: str, group: Iterable[str], known: Mapping[str, Telling]) -> bool:
    """Whether a telling is a copy of one in the group: what it says is that one's to say."""
    telling = known[key]
    return telling.report != telling.origin and any(
        known[other].report == telling.origin and _is_copy(telling, known[other]) for other in group
    )


def _closeness(pair: Pair, known: Mapping[str, Telling]) -> tuple[bool, float, Pair]:
    one, other = known.get(pair[0]), known.get(pair[1])
    if one is None or other is None:
        return True, 0.0, pair
    points = _same_days(one, other) + _same_place(one.place, other.place) + _same_parties(one, other)
    return False, -points, pair


def _contradict(one: Telling, other: Telling) -> bool:
    """Whether the two cannot be one incident, whatever links them to others."""
    if not _may_meet(one, other):
        return True
    return (
        _same_days(one, other) < 0 or _same_place(one.place, other.place) < 0 or _same_parties(one, other) < 0
    )


def _may_meet(one: Telling, other: Telling) -> bool:
    """Two events of one report are two, for its own merging has seen them; unless one denies the other, or
    each is told on another's word: what two sources say stays apart there."""
    if one.report != other.report or (one.event.status == "denied") != (other.event.status == "denied"):
        return True
    return bool(one.sources and other.sources) and not any(
        alike(mine, theirs) for mine in one.sources for theirs in other.sources
    )


def _is_copy(one: Telling, other: Telling) -> bool:
    """Whether one is the other's sentence in a copy of its report; there "on Friday" may be another day."""
    return (
        one.report != other.report
        and one.origin == other.origin
        and _shared(one.words, other.words) >= COPIED
    )


def _kind(telling: Telling) -> str:
    """What only its like is compared with: what took place or is disputed, what is planned, what is asked."""
    event = telling.event
    status = "real" if event.status in _REAL else event.status
    return f"{quad(event.type)}|{status}"


def _types_fit(one: Telling, other: Telling) -> bool:
    a, b = one.event, other.event
    if a.type == b.type:
        return a.type != "COERCE" or a.mode == b.mode or a.mode is None or b.mode is None
    if frozenset({a.type, b.type}) == _TOGETHER[1]:
        return {a.mode, b.mode} <= _TAKING | {None} and bool({a.mode, b.mode} & _TAKING)
    return frozenset({a.type, b.type}) in _TOGETHER


# ---------------------------------------------------------------------------------------------- when


def _days(telling: Telling) -> tuple[date | None, date | None]:
    """First and last day it may have been; an event that is only known to be news is of the last days."""
    event = telling.event
    first, last = event.earliest, event.latest
    if first is None and last is None:
        return (
            (telling.published - timedelta(days=NEWS_DAYS), telling.published + timedelta(days=NEWS_DAYS))
            if telling.published
            else (None, None)
        )
    if first is None and last is not None:
        return last - timedelta(days=NEWS_DAYS), last
    if last is None and first is not None:
        return first, first + timedelta(days=NEWS_DAYS)
    return first, last


def _same_days(one: Telling, other: Telling) -> float:
    """1 where the days are few and overlap, 0 where they overlap, below 0 where they do not."""
    first, last = _days(one)
    begin, end = _days(other)
    if first is None or last is None or begin is None or end is None:
        return -1.0
    if last < begin or end < first:
        return -1.0
    narrow = max((last - first).days, (end - begin).days) <= NARROW_DAYS
    return 1.0 if narrow and not (one.event.inferred and other.event.inferred) else 0.5 if narrow else 0.0


# --------------------------------------------------------------------------------------------- where


def _same_place(one: Place | None, other: Place | None) -> float:
    """2 for one place, 1.5 for near ones, 0.5 for one in the other, 0 where one is not told, else below 0."""
    if one is None or other is None:
        return 0.0
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return 0.5 if is_wide(one) else 2.0
    if contains(one, other) or contains(other, one):
        return 0.5 if is_wide(one) or is_wide(other) else 2.0
    distance = distance_km(one, other)
    if distance is not None and distance <= NEAR_KM and not (is_wide(one) or is_wide(other)):
        return 1.5
    return -1.0


# ----------------------------------------------------------------------------------------------- who


def _same_parties(one: Telling, other: Telling) -> float:
    """Points for shared parties on each side: 2 for one and the same, 1 for one's own people; below 0 where
    both sides of both are named and none is shared."""
    direct = _sides(one.actors, other.actors) + _sides(one.recipients, other.recipients)
    if quad(one.event.type).endswith("cooperation"):
        # "A met B" is "B met A".
        everybody = _sides((*one.actors, *one.recipients), (*other.actors, *other.recipients))
        direct = max(direct, everybody)
    if direct > 0:
        return min(direct, 3.0)
    if one.event.type in _SPOKEN:
        return -1.0
    deeds = _names(one.actors), _names(other.actors)
    suffered = _names(one.recipients), _names(other.recipients)
    # Reports differ on who did it; on who did it and to whom, they tell of two things.
    return -1.0 if all((*deeds, *suffered)) else 0.0


def _sides(one: Sequence[Party], other: Sequence[Party]) -> float:
    return max((alike(a, b) for a in one for b in other), default=0.0)


def _names(parties: Iterable[Party]) -> set[str]:
    return {key for party in parties for key in keys_of(party)}


def _all(telling: Telling) -> Iterator[Party]:
    yield from telling.actors
    yield from telling.recipients


def _countries(telling: Telling) -> set[str]:
    found = {party.country for party in _all(telling) if party.country}
    if telling.place is not None and telling.place.country:
        found.add(telling.place.country)
    return found or ({telling.scene} if telling.scene else set())


# ---------------------------------------------------------------------------------- words and tolls


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """2 from half of the shorter evidence's content words on, 1 from a third, 0.5 from a fifth."""
    share = _shared(one, other)
    return 2.0 if share >= 1 / 2 else 1.0 if share >= 1 / 3 else 0.5 if share >= 1 / 5 else 0.0


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    a, b = _content(one), _content(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _content(texts: tuple[str, ...]) -> frozenset[str]:
    particles = actor_words()["particles"]
    return frozenset(
        word.key
        for text in texts
        for word in words_of(text)
        if word.key not in _SMALL and word.key not in particles and len(word.key) > 1
    )


def _same_toll(one: Toll | None, other: Toll | None) -> float:
    if one is None or other is None or not (one.low and other.low):
        return 0.0
    return 1.0 if one.low == other.low else 0.0
