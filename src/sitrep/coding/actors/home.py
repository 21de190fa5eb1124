"""Whose "the army" or "the interior ministry" is that a report names without a state.

The one of a fuller mention of such a body ("the Malian army"), else the country that the report is about, if
it names no other state's body. What can be two states' is left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.lexicon import Role
from sitrep.coding.actors.mention import Mention
from sitrep.coding.tables import actor_words, singular
from sitrep.records import ActorDescription, Place

_OF_STATES: Final = ("GOV", "LEG", "MIL", "COP", "SPY")
_BODIES_ABROAD: Final = actor_words()["bodies abroad"]
# Words that leave a state's body what it is; any other ("rebel", "eastern", "rival") may make it another's.
_PLAIN: Final = frozenset(
    {"recognised", "recognized", "central", "federal", "national", "transitional", "interim", "military"}
    | {"ruling", "armed", "security", "government", "state", "riot", "whole", "entire", "new"}
)
# Of all mentions of places, so many are in the country that the report is about; in that of its dateline, so
# many (chosen by eye on thirty pages).
_MOSTLY: Final = 0.75
_AT_DATELINE: Final = 0.5
_DATELINE: Final = re.compile(r"[^\n.]{3,60}? ?[-–—] ")


def home_states(
    doc: Doc, clusters: Sequence[Cluster], described: Mapping[Cluster, ActorDescription]
) -> dict[Cluster, str]:
    """The states of bodies that are named without one, by the body."""
    wanting = {c: role for c in clusters if described[c].country is None and (role := _body(doc, c))}
    if not wanting:
        return {}
    fuller: dict[str, set[str]] = {}  # by the noun of a body, the states of those named with one
    others: set[str] = set()  # states whose bodies or officials are named
    for cluster in clusters:
        told = described[cluster]
        if told.country is None or not told.sectors:
            continue
        if told.sectors[0] in _OF_STATES:
            others.add(told.country)
        for mention in cluster.mentions:
            if isinstance(mention.entry, Role) and mention.entry.kind != "person":
                fuller.setdefault(mention.entry.term, set()).add(told.country)
    acting = {described[c].country for c in clusters if c.sort == "state"} - {None}
    home = _home(doc._.places, doc.text)
    found = {}
    for cluster, role in wanting.items():
        states = fuller.get(role.term, set())
        rivals = others | (acting if role.term == "government" else set())
        if len(states) == 1 and home in (None, *states):
            found[cluster] = next(iter(states))
        elif not states and home is not None and rivals <= {home}:
            found[cluster] = home
    return found


def _body(doc: Doc, cluster: Cluster) -> Role | None:
    """The noun of a state's body that all mentions call it by, with nothing that makes it another's."""
    first = cluster.mentions[0]
    role = first.entry
    if (
        cluster.sort != "description"
        or cluster.owner is not None
        or not isinstance(role, Role)
        or role.use != "head"
        or role.kind not in ("organisation", "group")
        or role.sectors[:1] not in tuple((sector,) for sector in _OF_STATES)
        or {"REB", "PRM", "IGO"} & set(role.sectors)
        or (singular(doc[first.head].lower_) in _BODIES_ABROAD and "government" not in role.term)
    ):
        return None
    return role if all(_is_plain(doc, mention) for mention in cluster.mentions) else None


def _is_plain(doc: Doc, mention: Mention) -> bool:
    if not isinstance(mention.entry, Role) or mention.end > mention.head + 1:
        return False
    term = set(mention.entry.term.split())
    opened = doc[mention.start].lower_
    start = mention.start + (opened == "the")
    if opened != "the" and (doc[mention.start].tag_ in ("DT", "PRP$", "CD") or not _bare(doc, mention)):
        return False
    words = [t.lower_ for t in doc[start : mention.head + 1]]
    return all(singular(word) in term or word in term | _PLAIN or word == "-" for word in words)


def _bare(doc: Doc, mention: Mention) -> bool:
    """Is it a body that goes without an article: "police", "government forces", "parliament"?"""
    role = mention.entry
    return isinstance(role, Role) and (role.sectors[:1] in (("COP",), ("LEG",)) or mention.plural)


def _home(places: Sequence[Place], text: str) -> str | None:
    """The country of most places, by a smaller majority where the dateline's place lies in it."""
    counted = Counter({place: len(place.mentions) for place in places if place.country})
    if not counted:
        return None
    countries: Counter[str] = Counter()
    for place, mentions in counted.items():
        countries[str(place.country)] += mentions
    country, most = countries.most_common(1)[0]
    dateline = _DATELINE.match(text)
    inside = [p for p in counted if dateline and any(end <= dateline.end() for _, end in p.mentions)]
    named = bool(inside) and text[: inside[0].mentions[0][1]].isupper() and inside[0].country == country
    return country if most >= (_AT_DATELINE if named else _MOSTLY) * sum(countries.values()) else None
