"""What a list of public actors adds to the actors of a report: the state, the sectors, and who it is.

Nothing that the report says is changed. "Trump's lawyer" and "the Obama administration" are not the persons
that they are called by: they take the state of these, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.actors import describe
from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.identify import Identified, Told, identify
from sitrep.coding.actors.lists import NO_LIST, ActorList
from sitrep.coding.actors.mention import Mention
from sitrep.coding.actors.world import World, world
from sitrep.coding.tables import actor_words, words_of
from sitrep.records import ActorDescription, Identity

# Whoever stands beside somebody is of another state as often as not: "Putin's allies".
_OTHER_SIDE: Final = actor_words()["other side"]
_INTERNATIONAL: Final = frozenset({"IGO", "UNO"})
# How many names of one actor are looked up: a bound on the work.
_LOOKED_AT: Final = 4


def public_actors(
    doc: Doc,
    names: Mapping[Cluster, Sequence[str]],
    titles: Mapping[Cluster, Sequence[str]],
    described: Mapping[Cluster, ActorDescription],
    world: World,
) -> dict[Cluster, Identity]:
    """Who of the list the actors of a report are; those that nobody of it is likely to be are left out."""
    countries = _countries(doc, described)
    found: dict[Cluster, Identity] = {}
    for cluster, called in names.items():
        if cluster.sort not in ("person", "name"):
            continue
        told = Told(doc._.published, countries, tuple(titles[cluster]), described[cluster])
        for name in called[:_LOOKED_AT]:
            meant = identify(name, cluster.sort == "person", told, world)
            if meant is None and cluster.sort == "name":  # the recogniser has many a person for a body
                meant = identify(name, True, told, world)
            if meant is not None:
                found[cluster] = _identity(name, meant, told)
                break
    for cluster in names:
        if cluster not in found and described[cluster].country is None:
            leader = _leader(doc, cluster, found, Told(doc._.published, countries), world)
            if leader is not None and leader.country is not None:
                found[cluster] = replace(leader, sectors=(), of_another=True)
    return found


def _countries(doc: Doc, described: Mapping[Cluster, ActorDescription]) -> dict[str, float]:
    """The states that a report speaks of, each with its share of their mentions."""
    counted: Counter[str] = Counter()
    for place in doc._.places:
        if place.country:
            counted[place.country] += len(place.mentions)
    for cluster, description in described.items():
        if cluster.sort == "state" and description.country:
            counted[description.country] += len(cluster.mentions)
    return {country: count / counted.total() for country, count in counted.items()}


def _identity(name: str, meant: Identified, told: Told) -> Identity:
    role, countries = meant.role, meant.actor.countries
    country = role.country if role else next(iter(countries)) if len(countries) == 1 else None
    if _INTERNATIONAL & {*told.description.sectors[:1], *(role.sectors[:1] if role else ())}:
        country = None  # whoever serves the United Nations serves no state
    held = f"{role.office} " if role and role.office else ""
    day = f"on {told.day.isoformat()}" if told.day else "at any time"
    return Identity(
        id=meant.actor.id,
        name=meant.actor.name,
        kind=meant.actor.kind,
        office=role.office if role else None,
        country=country,
        sectors=role.sectors if role else (),
        why=f"{name}: {held}{day}",
        confidence=round(meant.probability, 2),
    )


def _leader(
    doc: Doc, cluster: Cluster, found: Mapping[Cluster, Identity], told: Told, world: World
) -> Identity | None:
    """By whom a body or its people are called that have no state of their own."""
    first = cluster.mentions[0]
    if cluster.sort != "description" or doc[first.head].lemma_.lower() in _OTHER_SIDE:
        return None
    if cluster.owner is not None:
        owner = found.get(cluster.owner)
        return owner if owner is not None and not owner.of_another else None
    for name in _names_before(doc, first):
        meant = identify(name, True, told, world)
        if meant is not None:
            return _identity(name, meant, told)
    return None


def _names_before(doc: Doc, mention: Mention) -> Iterator[str]:
    """A name that stands before the head: "Obama" in "the Obama administration"."""
    start = mention.head
    while start > mention.start and doc[start - 1].tag_ == "NNP":
        start -= 1
    if start < mention.head and mention.head - start <= 3 and doc[mention.head].tag_ in ("NN", "NNS"):
        yield doc[start : mention.head].text


def describe_actor(
    phrase: str, listed: ActorList = NO_LIST, published: date | None = None, public: World | None = None
) -> ActorDescription:
    """Country and PLOVER sectors of a phrase, from its words, else from whom of the public actors it names.

    `listed` are actors of the user's own, as they are on the day of publication; they and the words of the
    phrase go before `public`, by default the list that comes with Sitrep. A name alone says nothing of the
    sectors of somebody who held several offices, unless there is a day.
    `describe_actor("American warplanes")` is `ActorDescription("USA", ("MIL",))`.
    """
    said = describe.describe_actor(phrase, listed, published)
    if said.country and said.sectors:
        return said
    for name, title, person in _readings(phrase):
        told = Told(published, None, (title,) if title else (), said)
        meant = identify(name, person, told, public or world())
        if meant is not None:
            found = _identity(name, meant, told)
            return ActorDescription(said.country or found.country, said.sectors or found.sectors)
    return said


def _readings(phrase: str) -> Iterator[tuple[str, str, bool]]:
    """The names that a phrase may be: a body's, a person's, and a person's behind a title."""
    yield phrase, "", False
    yield phrase, "", True
    words = words_of(phrase)
    at = len(words)
    while at > 1 and words[at - 1].text[0].isupper():
        at -= 1
        yield phrase[words[at].start :], phrase[: words[at].start].strip(" ,"), True
