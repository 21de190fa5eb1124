"""How far an incident may be believed: the second half of the Admiralty code, by a written rule.

The user grades publishers A (reliable) to F (cannot be judged); nobody is graded here. What counts is how
many independent sources stand for an incident: a publisher that copies another adds nothing, and two that
give the same spokesman's word are one source. A publisher graded E or F supports nothing.

    1 confirmed         two or more independent sources, and nobody denies it
    2 probably true     two or more, and fewer deny it; or one alone that is graded A or B
    3 possibly true     one source, and nobody denies it; or as many deny it as stand for it, two or more
    4 doubtful          one source, and somebody denies it; or only publishers graded D
    5 improbable        it is only denied
    6 cannot be judged  it is only planned, possible or called for; or only publishers graded E or F tell it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sitrep.coding.tables import words_of
from sitrep.records import Account, Credibility, Party
from sitrep.situation.names import alike

GRADES: Final = "ABCDEF"
_TRUSTED: Final = frozenset("AB")
_WEAK: Final = frozenset("D")
_UNUSED: Final = frozenset("EF")


def credibility(accounts: Iterable[Account], grades: Mapping[str, str]) -> Credibility:
    """The grade of an incident with these accounts. `grades` gives the letter of a publisher; an absent one
    is not graded, and counts."""
    accounts = tuple(accounts)
    used = [account for account in accounts if not _is_unused(account, grades)]
    supports = independent_sources(a for a in used if a.stance in {"asserts", "attributes"})
    denials = independent_sources(a for a in used if a.stance == "denies")
    told = _counted(supports, "independent source")
    if not supports and denials:
        return Credibility(5, f"only denied, by {_counted(denials, 'source')}")
    if not supports:
        if any(a.stance in {"asserts", "attributes"} for a in accounts):
            return Credibility(6, "told only by publishers graded E or F")
        return Credibility(6, "only planned, possible or called for")
    if all(_grade(a, grades) in _WEAK for a in used if a.stance in {"asserts", "attributes"}):
        return Credibility(4, f"{told}, told only by publishers graded D")
    denied = f"denied by {_counted(denials, 'source')}"
    if supports >= 2:
        if not denials:
            return Credibility(1, f"{told}, denied by nobody")
        if denials < supports:
            return Credibility(2, f"{told}, {denied}")
        return Credibility(3, f"{told}, {denied}")
    if denials:
        return Credibility(4, f"{told}, {denied}")
    if any(_grade(a, grades) in _TRUSTED and a.stance == "asserts" for a in used):
        return Credibility(2, f"{told}, a publisher graded A or B in its own voice")
    return Credibility(3, f"{told}, denied by nobody")


def independent_sources(accounts: Iterable[Account]) -> int:
    """How many different sources the accounts have: publishers in their own voice, and those whose word they
    give, the innermost of several. Two reports of one publisher are one source, and so are a ministry and its
    spokesman."""
    voices: list[set[str]] = []
    named: list[Party] = []
    for account in accounts:
        if not account.by:
            voice = set(account.publishers) or {account.origin}
            voices = [*(v for v in voices if not v & voice), voice.union(*(v for v in voices if v & voice))]
        elif not any(_is_one(account.by[-1], known) for known in named):
            named.append(account.by[-1])
    return len(voices) + len(named)


def _is_one(one: Party, other: Party) -> bool:
    if alike(one, other) >= 1:
        return True
    mine, yours = ({word.key for word in words_of(party.name)} for party in (one, other))
    return mine <= yours or yours <= mine


def _grade(account: Account, grades: Mapping[str, str]) -> str | None:
    """The best grade of those that carry the account."""
    return min((grades[publisher] for publisher in account.publishers if publisher in grades), default=None)


def _is_unused(account: Account, grades: Mapping[str, str]) -> bool:
    return _grade(account, grades) in _UNUSED


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
