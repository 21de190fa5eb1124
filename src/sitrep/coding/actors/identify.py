"""Which actor of a list of public ones is meant by a name, or none of them.

A surname alone is many people's. Who held an office on the day, in a country that the report speaks of, under
the title that it gives, is likely meant; the weights of these are learned from stories that give full names,
read as if they did not (`training/actors/identity.py`). What the report says goes before the list.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from sitrep.coding.actors.lists import ListedRole
from sitrep.coding.actors.world import PublicActor, World
from sitrep.coding.tables import actor_words, fold, words_of
from sitrep.records import ActorDescription

FEATURES: Final = (
    "bias", "in office", "high office", "former", "no role that day", "country", "country most",
    "stateless", "title", "other title", "sectors", "other sectors", "same country", "other country",
    "bearers", "bearers in office", "given name",
)  # fmt: skip
# Offices whose holders a reader is expected to know by surname.
_HIGH: Final = frozenset(
    {"president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "pope", "supreme leader"}
    | {"leader", "crown prince", "taoiseach", "premier", "state counsellor", "un secretary-general"}
)
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "miss", "madam", "mme", "herr", "dr", "sir", "dame"})
_GIVEN: Final = actor_words()["male names"] | actor_words()["female names"]
_FORMER: Final = actor_words()["former"]
# Words of a title that say no office.
_PLAIN: Final = _HONORIFICS | _FORMER | {"the", "of", "and", "for", "s", "a", "an", "then", "new", "acting"}
_SHORT: Final = {
    "pm": "prime minister",
    "gen": "general",
    "sen": "senator",
    "gov": "governor",
    "rep": "lawmaker",
}
# A full name is nobody else's, by reading (docs/actors.md); no second bearer may be this likely.
_FULL: Final = 0.97
RIVAL: Final = 0.5
# How much a report that names no state speaks of anybody's: as if a tenth of its places lay there.
_ANYWHERE: Final = 0.3
_ALONE: Final = 0.85
# Outside of these years before the first and after the last day nobody is taken for a namesake's bearer.
_AROUND: Final = timedelta(days=365 * 15)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says beside the name.

    `countries` are those it speaks of with their share of the mentions, None of a phrase alone; `titles` what
    it calls the person, `description` what follows from these.
    """

    day: date | None = None
    countries: Mapping[str, float] | None = None
    titles: tuple[str, ...] = ()
    description: ActorDescription = ActorDescription()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class Identified:
    """Who is meant, what it is on the day of the report, and how likely this is."""

    actor: PublicActor
    role: ListedRole | None
    probability: float


@dataclass(frozen=True, slots=True)
class _Weights:
    values: tuple[float, ...]
    least: float


@cache
def weights() -> _Weights:
    stored = json.loads((files("sitrep.models") / "identity.json").read_text(encoding="utf-8"))
    return _Weights(tuple(stored["weights"][name] for name in FEATURES), stored["least"])


def identify(name: str, person: bool, told: Told, world: World) -> Identified | None:
    """Whom of the list a name means; None where nobody is likely enough, or two are alike likely."""
    return _person(name, told, world) if person else _body(name, told, world)


def _person(name: str, told: Told, world: World) -> Identified | None:
    full = world.called(name, True) if len(words_of(name)) > 1 else ()
    if full:
        return _fully_named(full, told)
    known = possible_bearers(world.bearing(name) or world.called(name, True), told)
    possible = [(actor, role) for actor, role in known if not called_otherwise(actor, told)]
    if not possible:
        return None
    if told.countries is None:
        return _best_known(possible, told)
    learned = weights()
    scored = sorted(
        ((_likely(values, learned.values), n) for n, values in enumerate(features_of(possible, told, name))),
        reverse=True,
    )
    best, at = scored[0]
    if best < learned.least or (len(scored) > 1 and scored[1][0] > RIVAL):
        return None
    actor, _ = possible[at]
    return Identified(actor, actor.on(told.day), best)


def _best_known(possible: Sequence[tuple[PublicActor, ListedRole]], told: Told) -> Identified | None:
    """Of a name alone, whoever is in a high office, else in any, if that is one of the bearers only."""
    titles = _words(" ".join(told.titles)) - _PLAIN
    holding = [
        (actor, role)
        for actor, role in possible
        if _in_office(role, told) and (not titles or titles & _words(role.office or ""))
    ]
    for tier in ([one for one in holding if _is_high(one[1])], holding):
        if tier:
            return Identified(tier[0][0], tier[0][0].on(told.day), _ALONE) if len(tier) == 1 else None
    return None


def _is_high(role: ListedRole) -> bool:
    return (role.office or "").casefold() in _HIGH


def _fully_named(called: Sequence[PublicActor], told: Told) -> Identified | None:
    """The only one of a full name; of several the one in office that day, in a country of the report."""
    possible = [(a, role) for a, role in possible_bearers(called, told) if not _is_another(a, role, told)]
    if len(possible) > 1:
        possible = [
            (actor, role)
            for actor, role in possible
            if role.holds_on(told.day)
            and (told.countries is None or role.country is None or role.country in told.countries)
        ]
    if len(possible) != 1:
        return None
    actor, _ = possible[0]
    return Identified(actor, actor.on(told.day), _FULL)


def _is_another(actor: PublicActor, role: ListedRole, told: Told) -> bool:
    """Whether a report calls somebody of that name what nobody calls this one: "striker Michael Foot"."""
    sectors = set(told.description.sectors)
    if sectors and not any(sectors & set(role.sectors) for role in actor.roles):
        return True
    known = any(map(_is_high, actor.roles))
    return not sectors and not known and called_otherwise(actor, told)


def called_otherwise(actor: PublicActor, told: Told) -> bool:
    """Whether a report gives somebody a title, and none that goes with an office of this one."""
    titles = _words(" ".join(told.titles)) - _PLAIN
    offices = {word for role in actor.roles for word in _words(role.office or "")}
    fits = any(set(told.description.sectors) & set(role.sectors) for role in actor.roles)
    return bool(titles) and not titles & offices and not fits


def possible_bearers(known: Sequence[PublicActor], told: Told) -> list[tuple[PublicActor, ListedRole]]:
    """Those whom nothing that the report says speaks against, each with its role nearest to the day."""
    possible = ((actor, _around(actor, told.day)) for actor in known)
    return [(actor, role) for actor, role in possible if _may_be(actor, role, told)]


def features_of(
    possible: Sequence[tuple[PublicActor, ListedRole]], told: Told, name: str
) -> list[tuple[float, ...]]:
    """The features of each bearer of a name, as FEATURES names them."""
    rivals = sum(_in_office(role, told) for _, role in possible)
    return [
        _features(actor, role, told, name, len(possible), rivals - _in_office(role, told))
        for actor, role in possible
    ]


def _in_office(role: ListedRole, told: Told) -> bool:
    return (role.holds_on(told.day) or told.day is None) and role.sectors[:1] != ("ELI",)


def _features(
    actor: PublicActor, role: ListedRole, told: Told, name: str, bearers: int, rivals: int
) -> tuple[float, ...]:
    """`role` is the one nearest to the day, `rivals` are the others in office."""
    holds = role.holds_on(told.day) or told.day is None
    former = role.sectors[:1] == ("ELI",)
    offices = _words(role.office or "")
    titles = _words(" ".join(told.titles)) - _PLAIN
    countries = told.countries or {}
    share = countries.get(role.country, 0.0) if role.country else 0.0
    most = max(countries.values(), default=0.0)
    described = told.description
    fits = bool(set(described.sectors) & set(role.sectors))
    return (
        1.0,
        float(_in_office(role, told)),
        float(_in_office(role, told) and _is_high(role)),
        float(former),
        float(not holds),
        math.sqrt(share) if countries else _ANYWHERE,
        float(share > 0 and share == most),
        float(role.country is None),
        float(bool(titles & offices)),
        float(bool(titles) and not titles & offices),
        float(fits),
        float(bool(described.sectors) and not fits),
        float(described.country is not None and described.country == role.country),
        float(described.country is not None and described.country != role.country),
        math.log(bearers),
        math.log(1 + rivals),
        float(fold(name) in _GIVEN),
    )


def _around(actor: PublicActor, day: date | None) -> ListedRole:
    """The role on the day, else the one nearest to it; without a day the last."""
    if day is None:
        return next((role for role in reversed(actor.roles) if role.sectors[:1] != ("ELI",)), actor.roles[-1])
    return actor.on(day) or min(actor.roles, key=lambda role: _distance(role, day))


def _distance(role: ListedRole, day: date) -> int:
    if role.since is not None and day < role.since:
        return (role.since - day).days
    return (day - (role.until or day)).days


def _may_be(actor: PublicActor, role: ListedRole, told: Told) -> bool:
    """Whether nothing that the report says speaks against it."""
    described = told.description
    if described.country is not None and actor.countries and described.country not in actor.countries:
        return False
    return told.day is None or _distance(role, told.day) <= _AROUND.days


def _likely(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _words(text: str) -> frozenset[str]:
    keys = [word.key for word in words_of(text)]
    return frozenset(part for key in keys for part in _SHORT.get(key, key).split())


def _body(name: str, told: Told, world: World) -> Identified | None:
    """A body of the list: the only one of that name, or the only one of a country of the report."""
    described = told.description
    possible = [
        actor
        for actor in world.called(name, False)
        if not (described.country and actor.countries and described.country not in actor.countries)
        and not (told.day and all(role.dated and not role.holds_on(told.day) for role in actor.roles))
        and not (described.sectors and not any(set(described.sectors) & set(r.sectors) for r in actor.roles))
    ]
    countries = told.countries
    near = [a for a in possible if countries is None or not a.countries or a.countries & set(countries)]
    short = len(words_of(name)) == 1 and name.isupper()
    meant = near if short or len(possible) > 1 else possible
    if len(meant) != 1:
        return None
    return Identified(meant[0], meant[0].on(told.day), 1.0)
