"""One actor however it is named: which mentions of a report speak of the same one.

Names join by spelling, also across transliterations; a description joins what it was said of; a pronoun
(`pronouns.py`) a speaker or subject where only one can be meant. What stays unsure stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.collectives import share_collectives
from sitrep.coding.actors.countries import Name, city_names, country_names
from sitrep.coding.actors.describe import describe_actor
from sitrep.coding.actors.lexicon import Organisation, Role, roles
from sitrep.coding.actors.mention import Mention
from sitrep.coding.actors.namesakes import namesake_meant
from sitrep.coding.actors.spelling import same_word, sounds
from sitrep.coding.tables import actor_words, fold, singular, words_of

_PARTICLES: Final = actor_words()["particles"]
# Words for any body that a report names: "the group", "the movement".
_ANY_BODY: Final = frozenset(
    {"group", "movement", "organisation", "organization", "bloc", "alliance", "coalition", "body"}
)
_OF_THE_BODY: Final = actor_words()["of the body"]
# What is not called a group: states' offices, the press.
_NO_GROUPS: Final = (("GOV",), ("LEG",), ("JUD",), ("MIL",), ("JRN",), ("COP",), ("SPY",))
_HEADS: Final = frozenset({"head", "chief", "commander", "leader", "director"})
# How many actors under one noun are looked at: a bound on the work.
_LOOKED_AT: Final = 8
# How many earlier uses of a noun are looked at for whether only one can be meant, and how many people of one
# surname: bounds on the work.
_TOLD: Final = 200
_BEARERS: Final = 50
# Who is described in one sentence and named with a bare title in another: at most so many sentences on.
_NAMED_WITHIN: Final = 3
# Heads that speak of one body: "the Danish army ... the military".
_SAME_BODY: Final = {"military": ("army", "military"), "army": ("military", "army")}


def resolve(doc: Doc, mentions: Sequence[Mention]) -> list[Cluster]:
    """The actors of `doc`, in order of first mention."""
    return _Resolver(doc, mentions).clusters()


def name_words(doc: Doc, span: tuple[int, int]) -> tuple[str, ...]:
    """The words of a person's name without particles: "Faiz al-Sarraj" is ("faiz", "sarraj")."""
    keys = [word.key for word in words_of(doc[span[0] : span[1]].text)]
    return tuple(key for key in keys if key not in _PARTICLES) or tuple(keys)


# The number of a mention, its actor, and the modifiers it was described with.
_Told = tuple[int, Cluster, frozenset[str]]


class _Resolver:
    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.found = list(mentions)
        self.all: dict[Cluster, list[int]] = {}  # with the numbers of their mentions
        self.of: dict[int, Cluster] = {}  # number of a mention -> its cluster
        self.counted: set[Cluster] = set()  # told of with a number: "nine soldiers"
        self.told: dict[tuple[Cluster, int], list[Mention]] = {}  # those of a cluster in a sentence
        self.bodies: list[tuple[int, Cluster, Organisation]] = []  # that a table has, by their first names
        self.sentence: list[int] = []  # of each token
        self.speakers = {m.start for m in mentions if doc[m.start].lower_ in ("our", "my", "your")}
        number = 0
        for token in doc:
            number += bool(token.is_sent_start)
            self.sentence.append(number)

    def clusters(self) -> list[Cluster]:
        """Names first, then what leans on them."""
        self._persons()
        self._names()
        self._descriptions()
        self._named_later()
        self._called_by_name()
        for cluster in share_collectives(self.doc, self.found, self.of):
            del self.all[cluster]
        for cluster in self.all:
            cluster.mentions.sort(key=lambda m: (m.start, -m.end))
        return sorted(self.all, key=lambda c: (c.mentions[0].start, -c.mentions[0].end))

    def _put(self, number: int, cluster: Cluster | None) -> Cluster:
        if cluster is None:
            cluster = Cluster()
            self.all[cluster] = []
        mention = self.found[number]
        cluster.mentions.append(mention)
        if mention.plural and self._is_counted(mention):
            self.counted.add(cluster)
        self.all[cluster].append(number)
        self.of[number] = cluster
        self.told.setdefault((cluster, self.sentence[mention.start]), []).append(mention)
        return cluster

    # --- persons

    def _persons(self) -> None:
        numbered = [
            (i, m, name_words(self.doc, m.name))
            for i, m in enumerate(self.found)
            if m.sort == "person" and m.name
        ]
        full: list[tuple[tuple[str, ...], Cluster]] = []
        by_sound: dict[str, list[int]] = {}
        for i, _, words in numbered:
            if len(words) < 2:
                continue
            known = by_sound.setdefault(sounds(words[-1]), [])
            match = next((n for n in reversed(known[-20:]) if _same_person(full[n][0], words)), None)
            cluster = self._put(i, full[match][1] if match is not None else None)
            if match is None or len(words) > len(full[match][0]):
                known.append(len(full))
                full.append((words, cluster))
        surnames: dict[str, list[tuple[int, str, Cluster]]] = {}
        for words, cluster in full:
            surnames.setdefault(sounds(words[-1]), []).append((cluster.mentions[0].start, words[-1], cluster))
        firsts: dict[str, dict[Cluster, None]] = {}
        for words, cluster in full:
            for word in words[:-1]:
                firsts.setdefault(word, {})[cluster] = None
        for i, mention, words in numbered:
            if len(words) > 1:
                continue
            alike = surnames.get(sounds(words[0]), [])[-_BEARERS:]
            bearers = [(at, c) for at, word, c in alike if same_word(word, words[0])]
            meant = namesake_meant(self.doc, mention, bearers)
            if meant is not None:
                self._put(i, meant)
            elif len(firsts.get(words[0], ())) == 1:
                self._put(i, next(iter(firsts[words[0]])))
            else:
                cluster = self._put(i, None)
                surnames.setdefault(sounds(words[0]), []).append((mention.start, words[0], cluster))

    # --- organisations, states, peoples

    def _names(self) -> None:
        keyed: dict[object, Cluster] = {}
        for i, mention in enumerate(self.found):
            if mention.sort not in ("name", "state", "people") or not mention.name:
                continue
            keys = self._keys(mention)
            cluster = next((keyed[key] for key in keys if key in keyed), None)
            cluster = self._put(i, cluster)
            for key in keys:
                keyed.setdefault(key, cluster)
        named = {self.of[i]: i for i in sorted(self.of, reverse=True) if self.found[i].sort == "name"}
        for cluster, number in named.items():
            entry = next((m.entry for m in cluster.mentions if isinstance(m.entry, Organisation)), None)
            if entry is not None:
                self.bodies.append((number, cluster, entry))
        self.bodies.sort(key=lambda body: body[0])

    def _keys(self, mention: Mention) -> list[object]:
        assert mention.name
        if mention.sort == "state" and isinstance(mention.entry, Name):
            return [("state", mention.entry.country)]
        spans = [mention.name, *([mention.alias] if mention.alias else [])]
        keys: list[object] = []
        if isinstance(mention.entry, Organisation):
            keys.append(("table", mention.entry.name))
        for start, end in spans:
            keys.append(
                (
                    mention.sort,
                    tuple(singular(w.key) for w in words_of(self.doc[start:end].text) if w.key != "the"),
                )
            )
        return keys

    # --- descriptions

    def _descriptions(self) -> None:
        """Definite descriptions join the actor before that they fit; others stand for themselves."""
        aliases: dict[str, Cluster] = {}
        recent: dict[str, list[_Told]] = {}
        named: dict[str, list[_Told]] = {}  # by the noun that ends a name
        for i, mention in enumerate(self.found):
            cluster = self.of.get(i)
            if mention.alias and cluster:
                aliases[self.doc[mention.alias[0] : mention.alias[1]].text.casefold()] = cluster
            if mention.sort != "description":
                if cluster:
                    for head, modifiers in self._title_heads(mention):
                        recent.setdefault(head, []).append((i, cluster, modifiers))
                    for head, modifiers in self._name_heads(mention):
                        named.setdefault(head, []).append((i, cluster, modifiers))
                continue
            head = self._head_key(mention)
            modifiers = self._modifiers(mention)
            joined = self._joined(i, mention, head, modifiers, recent, named)
            cluster = self._put(i, joined)
            recent.setdefault(head, []).append((i, cluster, modifiers))
            if mention.alias:
                aliases[self.doc[mention.alias[0] : mention.alias[1]].text.casefold()] = cluster
        self._rejoin_aliases(aliases)

    def _joined(
        self,
        number: int,
        mention: Mention,
        head: str,
        modifiers: frozenset[str],
        recent: dict[str, list[_Told]],
        named: dict[str, list[_Told]],
    ) -> Cluster | None:
        """The actor before that a description speaks of, where only one can be meant."""
        if not modifiers and mention.definite and (same := _SAME_BODY.get(head)):
            # "the military" is the army spoken of, where the report speaks of one only.
            told = {c for word in same for _, c, _ in recent.get(word, [])[-_TOLD:]}
            bodies = [c for c in told if _is_such(mention, c) and c.mentions[0].start not in self.speakers]
            if len(bodies) == 1:
                return bodies[0]
        before = recent.get(head, [])[-_LOOKED_AT:]
        first = self.doc[mention.start]
        if first.lower_ in ("the", "this", "that"):
            before = sorted((*before, *named.get(head, [])[-_LOOKED_AT:]), key=lambda entry: entry[0])
        if first.tag_ == "PRP$":  # "its forces" are no forces told of before, unless those were its, too
            before = [b for b in before if self.doc[self.found[b[0]].start].lower_ == first.lower_]
        fitting = [b for b in before if self._fits(mention, modifiers, b[2]) and _is_such(mention, b[1])]
        fitting = [b for b in fitting if not self._is_the_speakers(b[0]) or self._is_the_speakers(number)]
        if mention.plural and not mention.definite:  # "soldiers" are not the "nine soldiers" told of before
            fitting = [b for b in fitting if b[1] not in self.counted]
        clusters = list({id(c): c for _, c, _ in reversed(fitting)}.values())  # the latest first
        if len(clusters) > 1 and not modifiers:
            # Several armies: "the army" is the one just spoken of, if there is one.
            near = [c for c in clusters if self._is_near(c, mention)]
            clusters = near if len(near) == 1 else []
        if clusters:
            return clusters[0]
        own = set(mention.entry.term.split()) if isinstance(mention.entry, Role) else set()
        if own == {"bloc"}:
            own |= {"nation", "member", "state", "country"}  # "the 27-nation bloc"
        return self._body_called(number, mention) if modifiers <= own else None

    def _body_called(self, number: int, mention: Mention) -> Cluster | None:
        """The one organisation named before that "the rebel group", "the rebels" or "the group" can be."""
        role = mention.entry
        if not isinstance(role, Role) or self.doc[mention.start].lower_ not in ("the", "this", "that"):
            return None
        plain = role.term in _ANY_BODY
        armed = role.sectors[:1] in (("REB",), ("PRM",))
        if not plain and not armed:
            return None
        near: list[Cluster] = []
        of_states = role.term == "bloc"  # which may be named later, or by whose leaders it is
        for first, cluster, entry in self.bodies:
            if first >= number and not of_states:
                break
            if of_states and not ("IGO" in entry.sectors and "UNO" not in entry.sectors):
                continue
            if role.sectors[0] in entry.sectors if armed else entry.sectors[:1] not in _NO_GROUPS:
                near.append(cluster)
        if mention.plural and not armed:
            return None
        fighting = [c for c in near if _is_armed(c)]
        if role.term in ("group", "movement") and len(fighting) == 1:
            return fighting[0]  # the only armed group of the report
        if (plain and not of_states) or len(near) > 1:
            near = [c for c in near if self._is_near(c, mention)]
        if len(near) > 1:
            near = [c for c in near if self._is_subject_before(c, mention)]
        return near[0] if len(near) == 1 else None

    def _is_subject_before(self, cluster: Cluster, mention: Mention) -> bool:
        """Is the actor what the sentence before is about?"""
        here = self.sentence[mention.start]
        roots = [self.doc[m.start : m.end].root for m in self.told.get((cluster, here - 1), ())]
        return any(root.dep_ in ("nsubj", "nsubjpass") and root.head.dep_ == "ROOT" for root in roots)

    def _is_counted(self, mention: Mention) -> bool:
        return any(token.tag_ == "CD" for token in self.doc[mention.start : mention.head])

    def _is_the_speakers(self, number: int) -> bool:
        """Is it "our army", which only the one quoted can mean?"""
        return self.found[number].start in self.speakers

    def _is_near(self, cluster: Cluster, mention: Mention) -> bool:
        """Is the actor spoken of before in the sentence of the mention, or in the one before?"""
        here = self.sentence[mention.start]
        return (cluster, here - 1) in self.told or any(
            m.start < mention.start for m in self.told.get((cluster, here), ())
        )

    def _named_later(self) -> None:
        """Join "the head of the US command" with the "General Jane Doe" whom the next sentences name."""
        starting: dict[int, dict[Cluster, None]] = {}  # by the sentence of their first mention
        like: dict[str, list[Cluster]] = {}  # by the noun that they are called by
        for cluster in self.all:
            starting.setdefault(self.sentence[cluster.mentions[0].start], {})[cluster] = None
            like.setdefault(self._head_key(cluster.mentions[0]), []).append(cluster)
        for cluster in list(self.all):
            first = cluster.mentions[0]
            begun = self.sentence[first.start]
            if (
                cluster.sort != "description"
                or len(cluster.mentions) > 2
                or first.plural
                or not first.definite
                or not (isinstance(first.entry, Role) and first.entry.kind == "person")
            ):
                continue
            later = [
                other
                for sentence in range(begun + 1, begun + 1 + _NAMED_WITHIN)
                for other in starting.get(sentence, ())
                if other.sort == "person"
                and self.sentence[other.mentions[0].start] == sentence
                and self._is_title_of(first, other.mentions[0])
            ]
            if len(later) == 1 and not any(
                other is not cluster
                and other in self.all
                and other.sort == "description"
                and self._is_like(first, other.mentions[0])
                for other in like[self._head_key(first)]
            ):
                self._merge(cluster, later[0])
                starting[begun][later[0]] = None  # it starts here now

    def _called_by_name(self) -> None:
        """Join "the Tamir" with "the Tamir militia", unless a table has either."""
        bodies = {
            self.doc[m.start + m.definite : m.head].text: cluster
            for cluster in self.all
            if cluster.sort == "description"
            for m in cluster.mentions
            if isinstance(m.entry, Role) and m.entry.term in _OF_THE_BODY and m.head - m.start == 2
        }
        for cluster in [c for c in self.all if c.sort in ("name", "people")] if bodies else ():
            first = cluster.mentions[0]
            if first.entry is None and first.name and first.name[1] - first.name[0] == 1:
                body = bodies.get(self.doc[first.name[0]].text)
                if body is not None and body in self.all:
                    noun = body.mentions[0].entry
                    cluster.mentions = [replace(m, sort="name", entry=noun) for m in cluster.mentions]
                    self._merge(cluster, body)

    def _is_title_of(self, described: Mention, person: Mention) -> bool:
        """Does the bare title of a name fit a description: "Ambassador", "General"?"""
        if not person.titles or not isinstance(described.entry, Role):
            return False
        titles = self._title_heads(person)
        head = self._head_key(described)
        if any(title == head and theirs <= self._modifiers(described) for title, theirs in titles):
            return True
        rank = roles().match(words_of(self.doc[person.titles[0][0] : person.titles[0][1]].text), 0)
        whole = describe_actor(self.doc[described.start : described.end].text)
        return (
            len(titles) == 1
            and not titles[0][1]
            and rank is not None
            and rank[1].sectors == ("MIL",) == whole.sectors
            and described.entry.term in _HEADS
        )

    def _is_like(self, one: Mention, other: Mention) -> bool:
        """Are both persons under one title, so that a name may be either's?"""
        return (
            other.definite
            and not other.plural
            and isinstance(other.entry, Role)
            and other.entry.kind == "person"
            and self._head_key(one) == self._head_key(other)
        )

    def _merge(self, cluster: Cluster, into: Cluster) -> None:
        into.mentions += cluster.mentions
        into.mentions.sort(key=lambda m: (m.start, -m.end))
        numbers = self.all.pop(cluster)
        self.all[into] += numbers
        if cluster in self.counted:
            self.counted.add(into)
        for number in numbers:
            mention = self.found[number]
            self.of[number] = into
            self.told.setdefault((into, self.sentence[mention.start]), []).append(mention)

    def _rejoin_aliases(self, aliases: dict[str, Cluster]) -> None:
        """ "The Water Council (WC)" and a later "WC"."""
        for i, mention in enumerate(self.found):
            if mention.sort not in ("name", "person") or not mention.name:
                continue
            owner = aliases.get(self.doc[mention.name[0] : mention.name[1]].text.casefold())
            own = self.of.get(i)
            if owner and own and owner is not own and owner in self.all and own in self.all:
                self._merge(own, owner)

    def _head_key(self, mention: Mention) -> str:
        # A plural is a key of its own: "the ministers" are not "the minister".
        if isinstance(mention.entry, Role) and mention.entry.term == "armed force":
            return "military"
        word = self.doc[mention.head].lower_
        return singular(fold(word)) + ("/s" if mention.plural else "")

    def _title_heads(self, mention: Mention) -> list[tuple[str, frozenset[str]]]:
        heads = []
        for start, end in mention.titles:
            # Up to the first preposition: "commander" of "commander of the US command".
            stop = next((i for i in range(start, end) if self.doc[i].tag_ in ("IN", "TO", ",")), end)
            if stop > start:
                rest = _qualities(t for t in self.doc[start:end] if t.i != stop - 1)
                heads.append((singular(fold(self.doc[stop - 1].lower_)), rest))
        return heads

    def _name_heads(self, mention: Mention) -> list[tuple[str, frozenset[str]]]:
        """The noun that ends the name of a body: "corporation" of "the National Oil Corporation"."""
        if mention.sort != "name" or not mention.name or mention.name[1] - mention.name[0] < 2:
            return []
        start, end = mention.name
        word = singular(fold(self.doc[end - 1].text))
        known = roles().match(words_of(word) or words_of("x"), 0)
        if known is None or known[1].kind not in ("organisation", "group", "press"):
            return []
        plural = singular(self.doc[end - 1].lower_) != self.doc[end - 1].lower_
        rest = frozenset(fold(t.text) for t in self.doc[start : end - 1])
        return [(word + ("/s" if plural else ""), rest)]

    def _modifiers(self, mention: Mention) -> frozenset[str]:
        qualities = _qualities(t for t in self.doc[mention.start : mention.end] if t.i != mention.head)
        capital = self._seat(mention)
        if capital is not None:
            qualities = (qualities - {fold(self.doc[mention.end - 1].text)}) | {capital}
        return qualities - {"armed"} if self._head_key(mention) == "military" else qualities

    def _seat(self, mention: Mention) -> str | None:
        """The state of the capital where a body sits: "the ministry in Lima" is Peru's."""
        if mention.end != mention.head + 3 or self.doc[mention.head + 1].lower_ != "in":
            return None
        words = words_of(self.doc[mention.end - 1].text)
        seat = city_names().match(words, 0) if words else None
        return seat[1].country if seat and seat[1].kind == "capital" else None

    def _fits(self, mention: Mention, modifiers: frozenset[str], theirs: frozenset[str]) -> bool:
        """May a description with these modifiers speak of an actor described with `theirs`?"""
        if not mention.definite:
            # "Libyan army units" twice is one; "three soldiers" and "two soldiers" are not.
            numbered = any(t.tag_ == "CD" for t in self.doc[mention.start : mention.head])
            return mention.plural and modifiers == theirs and not numbered
        return modifiers <= theirs


def _is_armed(cluster: Cluster) -> bool:
    entries = [m.entry for m in cluster.mentions if isinstance(m.entry, Organisation)]
    return any(entry.sectors[:1] in (("REB",), ("PRM",)) for entry in entries)


def _qualities(tokens: Iterable[Token]) -> frozenset[str]:
    """The nouns and adjectives among `tokens`; "American" and "US" are one."""
    found = set()
    for token in tokens:
        if token.tag_[0] in "NJ":
            name = (
                country_names().match(words_of(token.text), 0)
                if token.text[0].isupper() and words_of(token.text)
                else None
            )
            # "Tigray forces" are not the Ethiopian forces: only a state's own name stands for the state.
            state = name and name[1].kind in ("state", "demonym")
            found.add(name[1].country if name and state else fold(token.text))
    return frozenset(found)


def _is_such(mention: Mention, cluster: Cluster) -> bool:
    """May what a common noun says be said of a body? "The army" is no rebels' "Liberation Army"."""
    entry = cluster.entry
    if cluster.sort == "person" or entry is None or not isinstance(mention.entry, Role):
        return True
    if not mention.entry.sectors or not entry.sectors:
        return True
    return not set(mention.entry.sectors).isdisjoint(entry.sectors)


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May both be one person's: the same surname, and no given name of the shorter that the longer lacks?"""
    if not same_word(one[-1], other[-1]):
        return False
    short, long = sorted((one, other), key=len)
    return all(
        any(
            same_word(a, b) or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
            for b in long[:-1]
        )
        for a in short[:-1]
    )
