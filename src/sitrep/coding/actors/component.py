"""Who acts in a report: the component that fills `doc._.actors`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.coreference import name_words, resolve
from sitrep.coding.actors.countries import Name, country_names, state_name
from sitrep.coding.actors.describe import describe_actor
from sitrep.coding.actors.home import home_states
from sitrep.coding.actors.known import public_actors
from sitrep.coding.actors.lexicon import Organisation, Role
from sitrep.coding.actors.lists import NO_LIST, ActorList, from_lines, to_lines
from sitrep.coding.actors.mention import Mention
from sitrep.coding.actors.mentions import find_mentions
from sitrep.coding.actors.pronouns import resolve_pronouns
from sitrep.coding.actors.world import World, world
from sitrep.coding.annotations import span_of
from sitrep.coding.tables import actor_words, singular, words_of
from sitrep.records import Actor, ActorDescription, ActorKind, Identity, Span

# Names behind which "'s" would be ugly or seem to belong to their last word: "officers of the army of Peru".
_OF: Final = re.compile(r"s$|['’]s | (?:of|for|in|on|at|to|from|with|against) ")
_BODIES_ABROAD: Final = actor_words()["bodies abroad"]
_ARMED: Final = (("MIL",), ("REB",), ("PRM",), ("COP",), ("SPY",))
_OTHER_SIDE: Final = actor_words()["other side"]


def find_actors(doc: Doc, listed: ActorList = NO_LIST, public: World | None = None) -> tuple[Actor, ...]:
    """The actors of `doc`, each with every mention, numbered by first mention.

    What `listed` says of an actor on the day of publication goes before what the text says, and this before
    what `public` says.
    """
    clusters = resolve(doc, find_mentions(doc, listed))
    resolve_pronouns(doc, clusters)
    described = {cluster: _described(doc, cluster, listed) for cluster in clusters}
    homes = home_states(doc, clusters, described)
    for cluster in clusters if homes else ():
        if described[cluster].country is None:  # its own, or its owner's
            described[cluster] = _described(doc, cluster, listed, homes)
    names = {cluster: _names(doc, cluster) for cluster in clusters}
    identities: dict[Cluster, Identity] = {}
    if public is not None:
        titles = {cluster: _descriptions(doc, cluster) for cluster in clusters}
        identities = public_actors(doc, names, titles, described, public)
    return tuple(
        _actor(
            doc, cluster, f"a{number}", names[cluster], described[cluster], listed, identities.get(cluster)
        )
        for number, cluster in enumerate(clusters, start=1)
    )


def actors_at(actors: Sequence[Actor], span: Span) -> tuple[Actor, ...]:
    """The actors whose smallest mention holds `span`; several where one phrase names several."""
    sizes = [
        (end - start, actor)
        for actor in actors
        for start, end in actor.mentions
        if start <= span[0] and span[1] <= end
    ]
    smallest = min((size for size, _ in sizes), default=0)
    return tuple(dict.fromkeys(actor for size, actor in sizes if size == smallest))


def _actor(
    doc: Doc,
    cluster: Cluster,
    number: str,
    names: Sequence[str],
    described: ActorDescription,
    listed: ActorList,
    identity: Identity | None,
) -> Actor:
    runs = (
        [(m.start, m.end) for m in cluster.mentions] + [(i, i + 1) for i in cluster.pronouns] + cluster.shared
    )
    mentions = {span_of(doc[start:end]) for start, end in runs}
    descriptions = _descriptions(doc, cluster)
    name = names[0] if names else _whose(doc, cluster)
    known = (listed.describe(name, doc._.published) for name in names) if listed.actors else ()
    if (entry := next(filter(None, known), None)) is not None:
        described = ActorDescription(entry.country or described.country, entry.sectors or described.sectors)
    country, sectors = described.country, described.sectors
    if identity is not None:
        # of no state or sector by the report, and perhaps of none by the list: a body of many states
        country, sectors = country or identity.country, sectors or identity.sectors
    return Actor(
        id=number,
        name=name,
        kind=_kind(cluster, identity),
        country=country,
        sectors=sectors,
        description=descriptions[0] if descriptions else None,
        aliases=tuple(n for n in names[1:] if n != name),
        mentions=tuple(sorted(mentions)),
        inferred=(country, sectors) != (described.country, described.sectors),
        identity=identity,
    )


def _names(doc: Doc, cluster: Cluster) -> list[str]:
    """The names that the report gives the actor, the fullest first, then by frequency."""
    counted: Counter[str] = Counter()
    words: dict[str, int] = {}
    for mention in cluster.mentions:
        if _is_demonym_of_state(mention):
            continue  # "Danish warships" speak of Denmark, but do not name it
        for span in (mention.name or _proper(doc, mention), mention.alias):
            if span:
                text = doc[span[0] : span[1]].text
                counted[text] += 1
                if mention.sort == "person" and span is mention.name:
                    words[text] = len(name_words(doc, span))
                elif mention.sort == "state":  # a state's own name goes before its capital's
                    words[text] = int(
                        not (isinstance(mention.entry, Name) and mention.entry.kind == "capital")
                    )
                else:  # an acronym is an alias where there is a longer name
                    words[text] = int(len(text.split()) > 1)
    return sorted(counted, key=lambda text: (-words[text], -counted[text], -len(text), text))


def _is_demonym_of_state(mention: Mention) -> bool:
    return mention.sort == "state" and isinstance(mention.entry, Name) and mention.entry.kind == "demonym"


def _proper(doc: Doc, mention: Mention) -> tuple[int, int] | None:
    """A description that its capitals and a second name make one: "the National Water Council (NWC)"."""
    if not mention.alias:
        return None
    start = mention.start
    while start < mention.head and doc[start].tag_ in ("DT", "PDT"):
        start += 1
    end = mention.alias[0] - 1
    name = [token for token in doc[start:end] if token.pos_ not in ("ADP", "DET", "CCONJ", "PUNCT")]
    return (start, end) if name and all(token.text[0].isupper() for token in name) else None


def _descriptions(doc: Doc, cluster: Cluster) -> list[str]:
    """Titles and appositions, the most telling first; an actor without a name or apposition has none."""
    found: list[str] = []
    for mention in cluster.mentions:
        found += [doc[start:end].text for start, end in mention.titles]
        if mention.sort == "description" and cluster.sort == "person" and mention.head + 1 < mention.end:
            found.append(_bare(doc, mention))  # "the head of the agency", who is named later
    return sorted(dict.fromkeys(found), key=lambda text: -_tells(text))


def _tells(text: str) -> int:
    described = describe_actor(text)
    if described.sectors[:1] == ("ELI",) or text.split()[0].lower() in ("former", "ex"):
        return 0  # an office that is held says more than one that was
    return 2 * (described.country is not None) + 2 * bool(described.sectors) + min(len(text.split()), 10) // 3


def _whose(doc: Doc, cluster: Cluster, owners: int = 2) -> str:
    """What to call an actor that has no name of its own: "its troops" by whose they are."""
    first, owner = cluster.mentions[0], cluster.owner
    name = _unnamed(doc, first)
    numbered = any(token.pos_ == "NUM" for token in doc[first.start : first.head])
    if doc[first.start].tag_ != "PRP$" or numbered or owner is None or owner.sort == "people" or not owners:
        return name
    whose = next(iter(_names(doc, owner)), None) or _whose(doc, owner, owners - 1)
    return f"{name} of {whose}" if _OF.search(whose) else f"{whose}'s {name}"


def _unnamed(doc: Doc, mention: Mention) -> str:
    """What to call an actor that has no name of its own."""
    if _is_demonym_of_state(mention) and isinstance(mention.entry, Name):
        return state_name(mention.entry.country)
    name = _bare(doc, mention)
    head = doc[mention.head]
    if head.text[0].isupper() or singular(head.lower_) in _BODIES_ABROAD:
        return name
    for token in doc[mention.head + 1 : mention.end]:
        if token.lower_ in ("in", "at", "near") and doc[token.i + 1 : mention.end].text.istitle():
            # Where they are is no part of who they are: "a group of pilgrims | in Lhasa".
            return _bare(doc, replace(mention, end=token.i))
    return name


def _bare(doc: Doc, mention: Mention) -> str:
    start = mention.start
    while start < mention.head and (
        doc[start].tag_ in ("DT", "PDT", "PRP$", "WP$") or doc[start].lower_ == "own"
    ):
        start += 1
    # Without an apposition: "the People's Front, an armed group" is called by its first words.
    end = min((title for title, _ in mention.titles if title > mention.head + 1), default=mention.end)
    while end > mention.head + 1 and end < mention.end and doc[end - 1].tag_ in ("DT", ","):
        end -= 1
    return doc[start:end].text


def _described(
    doc: Doc,
    cluster: Cluster,
    listed: ActorList,
    homes: Mapping[Cluster, str] = MappingProxyType({}),
    owners: int = 2,
) -> ActorDescription:
    """Country and sectors from everything the report says of it; `homes` are states told otherwise."""
    descriptions = _descriptions(doc, cluster)
    country = homes.get(cluster)
    sectors: tuple[str, ...] = ()
    for mention in cluster.mentions:
        entry = mention.entry
        if isinstance(entry, Organisation):
            country, sectors = country or entry.country, sectors or entry.sectors
        elif isinstance(entry, Name):
            country = country or entry.country
            sectors = sectors or entry.sectors
    phrases = [
        *descriptions,
        *(
            _bare(doc, m)
            for m in cluster.mentions
            if m.sort == "description" or (m.sort == "name" and not m.entry)
        ),
    ]
    unknown = {_bare(doc, m) for m in cluster.mentions if m.sort == "name" and not m.entry}
    for phrase in phrases[:8]:
        if country and sectors:
            break
        described = describe_actor(phrase, listed, doc._.published)
        if not described.sectors and phrase in unknown and not _names_state(phrase):
            continue  # there is no state in "the Marlin Luanda", though there is a town
        country, sectors = country or described.country, sectors or described.sectors
    wanting = not (country and sectors) or _is_weak(cluster)
    if cluster.owner is not None and wanting and owners and not _is_other_side(cluster):
        owner = _described(doc, cluster.owner, listed, homes, owners - 1)
        # "Its troops" are of its state; "its spokesman" is of its sector too, where that says nothing else,
        # and so are "its fighters", "its officers", whose noun alone is a guess.
        guessed = _is_weak(cluster) and owner.sectors[:1] in _ARMED
        country = country or owner.country
        sectors = owner.sectors if guessed else sectors or owner.sectors
    if cluster.sort == "people" and not sectors:
        sectors = ("CVL",)
    return ActorDescription(country, sectors)


def _is_weak(cluster: Cluster) -> bool:
    entry = cluster.mentions[0].entry
    armed = isinstance(entry, Role) and entry.sectors[:1] in (("COP",), ("UAF",))
    return isinstance(entry, Role) and entry.use == "weak" and armed


def _names_state(phrase: str) -> bool:
    words = words_of(phrase)
    return any(country_names().match(words, at) for at in range(len(words)))


def _is_other_side(cluster: Cluster) -> bool:
    """Is it named by whom it stands beside, "its ally", and so of another state?"""
    entry = cluster.mentions[0].entry
    return isinstance(entry, Role) and entry.term in _OTHER_SIDE


def _kind(cluster: Cluster, identity: Identity | None) -> ActorKind:
    if identity is not None and identity.kind == "person" and not identity.of_another:
        return "person"
    first = next((m for m in cluster.mentions if m.name), cluster.mentions[0])
    if first.sort == "person":
        return "person"
    if first.sort == "state":
        return "state"
    if first.sort == "people":
        return "people"
    if isinstance(first.entry, Organisation):
        return first.entry.kind
    if isinstance(first.entry, Role) and first.entry.kind:
        if first.entry.kind == "person" and first.plural:
            return "people" if first.entry.sectors[:1] in (("CVL",), ("REF",)) else "group"
        if first.entry.kind == "group" and first.entry.sectors[:1] == ("CVL",):
            return "people"
        return first.entry.kind
    return "organisation"


@Language.factory(
    "sitrep_actors",
    assigns=["doc._.actors"],
    requires=["token.tag", "token.dep", "doc.ents"],
)
def make_actors(nlp: Language, name: str) -> ActorFinder:
    return ActorFinder()


class ActorFinder:
    """Stores `find_actors` of a doc under `doc._.actors`.

    `listed` is the user's list of actors, `public` that of the world's public ones. A report names their
    digests among those of the models.
    """

    def __init__(self, listed: ActorList = NO_LIST, public: World | None = None) -> None:
        self.listed = listed
        self.public = public or world()

    def __call__(self, doc: Doc) -> Doc:
        doc._.actors = find_actors(doc, self.listed, self.public)
        return doc

    @property
    def models(self) -> dict[str, str]:
        """The digests of the lists."""
        own = {"actors": self.listed.digest} if self.listed.actors else {}
        return {**own, "world": self.public.digest}

    def to_bytes(self, exclude: Sequence[str] = ()) -> bytes:
        """The list, for `nlp.to_bytes`."""
        return to_lines(self.listed).encode("utf-8")

    def from_bytes(self, stored: bytes, exclude: Sequence[str] = ()) -> ActorFinder:
        """Take back what `to_bytes` gave."""
        self.listed = from_lines(stored.decode("utf-8"))
        return self

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:
        """The list as a file, for `nlp.to_disk`."""
        path.write_bytes(self.to_bytes())

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> ActorFinder:
        """Take back what `to_disk` wrote."""
        return self.from_bytes(path.read_bytes())
