"""One actor however it is named: which mentions of a report speak of the same one.

Names join by spelling, also across transliterations; a description joins what it was said of; a pronoun
(`pronouns.py`) a speaker or subject where only one can be meant. What stays unsure stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.actors.countries import Name, country_names
from sitrep.coding.actors.lexicon import Organisation, roles
from sitrep.coding.actors.mentions import Mention
from sitrep.coding.actors.spelling import same_word, sounds
from sitrep.coding.tables import actor_words, fold, singular, words_of

_GATHERINGS: Final = actor_words()["gatherings"]
_GATHER: Final = frozenset(
    {"meet", "talk", "confer", "negotiate", "agree", "discuss", "sign", "clash", "fight"}
)
_BETWEEN: Final = frozenset(
    {",", "and", "with", "by", "between", "of", "held", "have", "had", "has", "also", "&"}
)
_COUNTS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PARTICLES: Final = actor_words()["particles"]
# Heads that speak of one body: "the Danish army ... the military".
_SAME_BODY: Final = {"military": ("army", "military"), "army": ("military", "army")}


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one actor so far."""

    mentions: list[Mention] = field(default_factory=list)
    pronouns: list[int] = field(default_factory=list)
    shared: list[tuple[int, int]] = field(default_factory=list)  # tokens that name several: "both sides"
    owner: Cluster | None = None  # whose it is: the army of "the army's spokesman", "its spokesman"

    @property
    def sort(self) -> str:
        """What the actor is: the sort of its first named mention, else of its first."""
        return next((m.sort for m in self.mentions if m.name), self.mentions[0].sort)


def resolve(doc: Doc, mentions: Sequence[Mention]) -> list[Cluster]:
    """The actors of `doc`, in order of first mention."""
    return _Resolver(doc, mentions).clusters()


def name_words(doc: Doc, span: tuple[int, int]) -> tuple[str, ...]:
    """The words of a person's name without particles: "Faiz al-Sarraj" is ("faiz", "sarraj")."""
    keys = [word.key for word in words_of(doc[span[0] : span[1]].text)]
    return tuple(key for key in keys if key not in _PARTICLES) or tuple(keys)


class _Resolver:
    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.found = list(mentions)
        self.all: list[Cluster] = []
        self.of: dict[int, Cluster] = {}  # number of a mention -> its cluster

    def clusters(self) -> list[Cluster]:
        """Names first, then what leans on them."""
        self._persons()
        self._names()
        self._descriptions()
        self._collectives()
        for cluster in self.all:
            cluster.mentions.sort(key=lambda m: (m.start, -m.end))
        return sorted(self.all, key=lambda c: (c.mentions[0].start, -c.mentions[0].end))

    def _put(self, number: int, cluster: Cluster | None) -> Cluster:
        if cluster is None:
            cluster = Cluster()
            self.all.append(cluster)
        cluster.mentions.append(self.found[number])
        self.of[number] = cluster
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
        firsts: dict[str, list[Cluster]] = {}
        for words, cluster in full:
            for word in words[:-1]:
                if cluster not in firsts.setdefault(word, []):
                    firsts[word].append(cluster)
        for i, mention, words in numbered:
            if len(words) > 1:
                continue
            candidates = [
                (at, c) for at, word, c in surnames.get(sounds(words[0]), ()) if same_word(word, words[0])
            ]
            before = [c for at, c in candidates if at <= mention.start]
            if before or candidates:
                self._put(i, self._latest(before, mention.start) if before else candidates[0][1])
            elif len(firsts.get(words[0], ())) == 1:
                self._put(i, firsts[words[0]][0])
            else:
                cluster = self._put(i, None)
                surnames.setdefault(sounds(words[0]), []).append((mention.start, words[0], cluster))

    def _latest(self, clusters: Sequence[Cluster], before: int) -> Cluster:
        return max(clusters, key=lambda c: max((m.start for m in c.mentions if m.start < before), default=-1))

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
        """Definite descriptions join the nearest actor before that they fit; others stand for themselves."""
        aliases: dict[str, Cluster] = {}
        recent: dict[str, list[tuple[int, Cluster, frozenset[str]]]] = {}
        named: dict[str, list[tuple[int, Cluster, frozenset[str]]]] = {}  # by the noun that ends a name
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
            if not modifiers and mention.definite and (same := _SAME_BODY.get(head)):
                # "the military" is the army spoken of, where the report speaks of one only.
                bodies = {id(c): c for word in same for _, c, _ in recent.get(word, ())}
                if len(bodies) == 1:
                    cluster = self._put(i, next(iter(bodies.values())))
                    recent.setdefault(head, []).append((i, cluster, modifiers))
                    continue
            joined = None
            before = recent.get(head, [])[-8:]
            if self.doc[mention.start].lower_ in ("the", "this", "that"):
                before = sorted((*before, *named.get(head, [])[-8:]), key=lambda entry: entry[0])
            first = self.doc[mention.start]
            if first.tag_ == "PRP$":  # "its forces" are no forces told of before, unless those were its, too
                before = [b for b in before if self.doc[self.found[b[0]].start].lower_ == first.lower_]
            for _, candidate, theirs in reversed(before):
                if self._fits(mention, modifiers, theirs):
                    joined = candidate
                    break
            cluster = self._put(i, joined)
            recent.setdefault(head, []).append((i, cluster, modifiers))
            if mention.alias:
                aliases[self.doc[mention.alias[0] : mention.alias[1]].text.casefold()] = cluster
        self._rejoin_aliases(aliases)

    def _rejoin_aliases(self, aliases: dict[str, Cluster]) -> None:
        """ "The Water Council (WC)" and a later "WC"."""
        for i, mention in enumerate(self.found):
            if mention.sort not in ("name", "person") or not mention.name:
                continue
            owner = aliases.get(self.doc[mention.name[0] : mention.name[1]].text.casefold())
            own = self.of.get(i)
            if owner and own and owner is not own and owner in self.all and own in self.all:
                owner.mentions += own.mentions
                for j, cluster in self.of.items():
                    if cluster is own:
                        self.of[j] = owner
                self.all.remove(own)

    def _head_key(self, mention: Mention) -> str:
        # A plural is a key of its own: "the ministers" are not "the minister".
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
        return _qualities(t for t in self.doc[mention.start : mention.end] if t.i != mention.head)

    def _fits(self, mention: Mention, modifiers: frozenset[str], theirs: frozenset[str]) -> bool:
        """May a description with these modifiers speak of an actor described with `theirs`?"""
        if not mention.definite:
            # "Libyan army units" twice is one; "three soldiers" and "two soldiers" are not.
            numbered = any(t.tag_ == "CD" for t in self.doc[mention.start : mention.head])
            return mention.plural and modifiers == theirs and not numbered
        return modifiers <= theirs

    # --- several at once

    def _collectives(self) -> None:
        """ "The participants", "both sides": everyone of the meeting or agreement told last before."""
        gatherings = self._gatherings()
        for i, mention in enumerate(self.found):
            own = self.of.get(i)
            if own is None or mention.sort != "description" or not self._names_several(mention):
                continue
            before = [members for at, members in gatherings if at < mention.start]
            if not before:
                continue
            members = before[-1]
            count = next(
                (t.lower_ for t in self.doc[mention.start : mention.head] if t.lower_ in _COUNTS), ""
            )
            if (count and _COUNTS[count] != len(members)) or own in members:
                continue
            own.mentions.remove(mention)
            if not own.mentions:
                self.all.remove(own)
            del self.of[i]
            for member in members:
                member.shared.append((mention.start, mention.end))

    def _names_several(self, mention: Mention) -> bool:
        words = {t.lower_ for t in self.doc[mention.start : mention.head]}
        noun = singular(self.doc[mention.head].lower_)
        return mention.plural and (
            (noun in ("participant", "attendee") and mention.definite)
            or (
                noun
                in (
                    "side",
                    "party",
                    "leader",
                    "man",
                    "country",
                    "minister",
                    "president",
                    "government",
                    "nation",
                    "official",
                )
                and bool(words & {"both"} or (mention.definite and words & set(_COUNTS)))
            )
        )

    def _gatherings(self) -> list[tuple[int, list[Cluster]]]:
        """Who met whom, in text order: the token after the last participant, and the participants."""
        outer: dict[int, tuple[int, Cluster]] = {}  # by first token
        ending: dict[int, tuple[int, Cluster]] = {}  # by the token after
        for i, mention in enumerate(self.found):
            if (cluster := self.of.get(i)) is not None and (
                mention.start not in outer or outer[mention.start][0] < mention.end
            ):
                outer[mention.start] = mention.end, cluster
                ending[mention.end] = mention.start, cluster
        found: list[tuple[int, list[Cluster]]] = []
        for token in self.doc:
            if token.lemma_.lower() in _GATHERINGS or (
                token.lemma_.lower() in _GATHER and token.tag_[0] == "V"
            ):
                members: list[Cluster] = []
                if token.tag_[0] == "V":
                    members += _chain(self.doc, token.i - 1, ending, -1)
                elif token.i > 1 and self.doc[token.i - 1].tag_ == "POS" and token.i - 1 in ending:
                    members.append(ending[token.i - 1][1])
                members += _chain(self.doc, token.i + 1, outer, 1)
                members = list({id(c): c for c in members}.values())
                if len(members) > 1:
                    found.append((token.i, self._same_gathering(members, found) or members))
        return found

    def _same_gathering(
        self, members: list[Cluster], before: list[tuple[int, list[Cluster]]]
    ) -> list[Cluster] | None:
        """An earlier gathering that shares a member and names more persons: the same, now told vaguely."""
        for _, others in reversed(before):
            shared = any(other is member for other in others for member in members)
            if shared and sum(c.sort == "person" for c in others) > sum(c.sort == "person" for c in members):
                return others
        return None


def _chain(doc: Doc, at: int, mentions: dict[int, tuple[int, Cluster]], step: int) -> list[Cluster]:
    """The actors in a row from `at`, with nothing but commas and small words between."""
    members: list[Cluster] = []
    skipped = 0
    while 0 <= at < len(doc) and skipped < 4:
        hit = mentions.get(at if step > 0 else at + 1)
        if hit:
            members.append(hit[1])
            at = hit[0] if step > 0 else hit[0] - 1
            skipped = 0
        elif doc[at].lower_ in _BETWEEN or (doc[at].tag_ in ("VBN", "RB", "MD") and not members):
            at += step
            skipped += 1
        else:
            break
    return members


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
