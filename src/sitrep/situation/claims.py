"""What each source has said of an incident, and whom that contradicts: its own words before, or others'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sitrep.records import Claim, Party, Stance, Telling, Toll
from sitrep.situation.accounts import incident_id, stance

_SAYS_SO: Final = frozenset({"asserts", "attributes"})


def claims(tellings: Sequence[Telling]) -> tuple[Claim, ...]:
    """One claim for each telling of one incident, in the order of their keys.

    The source is the innermost whose word it is, else the publisher. Copies contradict nobody, and nobody
    contradicts them: they are their origin's words.
    """
    ordered = sorted(tellings, key=lambda telling: telling.key)
    return tuple(
        Claim(
            source=_source(telling),
            incident=incident_id(ordered),
            telling=telling.key,
            stance=stance(telling),
            said=telling.published,
            contradicts=tuple(other.key for other in ordered if _contradict(telling, other)),
        )
        for telling in ordered
    )


def _source(telling: Telling) -> Party:
    if telling.sources:
        return telling.sources[-1]
    return Party(name=telling.publisher or "unnamed publisher", kind="press")


def _contradict(one: Telling, other: Telling) -> bool:
    if one.origin == other.origin and (one.report != other.report or one.key == other.key):
        return False
    a, b = stance(one), stance(other)
    if _deny(a, b) or _deny(b, a):
        return True
    return {a, b} <= _SAYS_SO and any(
        _tolls_clash(x, y)
        for x, y in (
            (one.event.killed, other.event.killed),
            (one.event.injured, other.event.injured),
        )
    )


def _deny(one: Stance, other: Stance) -> bool:
    return one == "denies" and other in _SAYS_SO


def _tolls_clash(one: Toll | None, other: Toll | None) -> bool:
    """Whether no number is within both."""
    if one is None or other is None:
        return False
    return (one.high is not None and one.high < other.low) or (
        other.high is not None and other.high < one.low
    )
