"""Phrases that name several actors at once: "the participants", "both sides", "the two ministers".

They stand for everyone of the meeting or agreement told last before, else for actors named together before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.actors.cluster import Cluster
from sitrep.coding.actors.lexicon import Role
from sitrep.coding.actors.mention import Mention
from sitrep.coding.tables import actor_words, singular

_GATHERINGS: Final = actor_words()["gatherings"]
_GATHER: Final = frozenset(
    {"meet", "talk", "speak", "confer", "negotiate", "agree", "discuss", "sign", "clash", "fight"}
)
_BETWEEN: Final = frozenset(
    {",", "and", "with", "to", "by", "between", "of", "held", "have", "had", "has", "also", "&"}
)
_COUNTS: Final = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STATES: Final = frozenset({"country", "nation", "state", "government", "neighbour", "neighbor", "power"})
_SEVERAL: Final = frozenset(
    {
        "side",
        "party",
        "leader",
        "man",
        "woman",
        "country",
        "minister",
        "president",
        "government",
        "nation",
        "official",
    }
    | {
        "commander",
        "general",
        "diplomat",
        "envoy",
        "state",
        "politician",
        "neighbour",
        "neighbor",
        "power",
        "ally",
    }
)
# How many meetings, or rows of actors, before a phrase are looked at: a bound on the work.
_LOOKED_AT: Final = 50


def share_collectives(doc: Doc, found: Sequence[Mention], of: dict[int, Cluster]) -> list[Cluster]:
    """Give each phrase for several to everyone it names; the clusters that are empty then."""
    return _Collectives(doc, found, of).share()


class _Collectives:
    def __init__(self, doc: Doc, found: Sequence[Mention], of: dict[int, Cluster]) -> None:
        self.doc = doc
        self.found = found
        self.of = of
        self.outer: dict[int, tuple[int, Cluster]] = {}  # by first token
        self.ending: dict[int, tuple[int, Cluster]] = {}  # by the token after
        for i, mention in enumerate(found):
            if (cluster := of.get(i)) is not None and (
                mention.start not in self.outer or self.outer[mention.start][0] < mention.end
            ):
                self.outer[mention.start] = mention.end, cluster
                if mention.start < self.ending.get(mention.end, (len(doc), cluster))[0]:
                    self.ending[mention.end] = mention.start, cluster

    def share(self) -> list[Cluster]:
        gatherings = self._gatherings()
        rows = self._rows()
        empty: list[Cluster] = []
        for i, mention in enumerate(self.found):
            own = self.of.get(i)
            if own is None or mention.sort != "description" or not self._names_several(mention):
                continue
            count = next(
                (t.lower_ for t in self.doc[mention.start : mention.head] if t.lower_ in _COUNTS), ""
            )
            # A phrase that named several itself is nobody any more, and no row of actors has it.
            before = bisect_left(gatherings, mention.start, key=itemgetter(0))
            members = [m for m in gatherings[before - 1][1] if m.mentions] if before else []
            if not self._are_such(mention, members):
                members = []
            if not members or (count and _COUNTS[count] != len(members)) or own in members:
                members = self._row_before(mention, rows, _COUNTS.get(count, 0))
            if not members or own in members:
                continue
            own.mentions.remove(mention)
            if not own.mentions:
                empty.append(own)
            del self.of[i]
            for member in members:
                member.shared.append((mention.start, mention.end))
        return empty

    def _rows(self) -> list[tuple[int, list[Cluster]]]:
        """Actors named side by side, "Mali and Niger", in text order: where they start, and who they are."""
        found: list[tuple[int, list[Cluster]]] = []
        past = 0
        for start in sorted(self.outer):
            if start < past:
                continue
            row, at = self._row(start)
            if len(row) > 1:
                found.append((start, row))
                past = at
        return found

    def _row(self, start: int) -> tuple[list[Cluster], int]:
        row: list[Cluster] = []
        at = start
        while at in self.outer:
            end, cluster = self.outer[at]
            if cluster not in row:
                row.append(cluster)
            at = end
            while at < len(self.doc) and self.doc[at].lower_ in (",", "and", "&"):
                at += 1
            if at == end:
                break
        return row, at

    def _are_such(self, mention: Mention, members: Sequence[Cluster]) -> bool:
        """May they be called so? "The two leaders" are persons, "both countries" states, sides anybody."""
        if singular(self.doc[mention.head].lower_) in _STATES:
            return all(member.sort in ("state", "description", "name") for member in members)
        if singular(self.doc[mention.head].lower_) in _SEVERAL and _is_person_noun(mention):
            return all(_may_be_person(member) for member in members)
        return True

    def _row_before(
        self, mention: Mention, rows: Sequence[tuple[int, list[Cluster]]], count: int
    ) -> list[Cluster]:
        """The last row that has as many as the phrase counts, of what the phrase calls them."""
        states = singular(self.doc[mention.head].lower_) in _STATES
        persons = _is_person_noun(mention)
        if not count:
            return []
        for _, row in reversed(rows[: bisect_left(rows, mention.start, key=itemgetter(0))][-_LOOKED_AT:]):
            if len(row) == count and all(cluster.mentions for cluster in row):
                sorts = {cluster.sort for cluster in row}
                if (states and sorts == {"state"}) or (persons and sorts == {"person"}):
                    return row
        return []

    def _names_several(self, mention: Mention) -> bool:
        words = {t.lower_ for t in self.doc[mention.start : mention.head]}
        noun = singular(self.doc[mention.head].lower_)
        if not mention.plural:
            return False
        if noun in ("participant", "attendee"):
            return mention.definite
        return noun in _SEVERAL and ("both" in words or bool(mention.definite and words & set(_COUNTS)))

    def _gatherings(self) -> list[tuple[int, list[Cluster]]]:
        """Who met whom, in text order: the token after the last participant, and the participants."""
        found: list[tuple[int, list[Cluster]]] = []
        for token in self.doc:
            if token.lemma_.lower() in _GATHERINGS or (
                token.lemma_.lower() in _GATHER and token.tag_[0] == "V"
            ):
                members: list[Cluster] = []
                if token.tag_[0] == "V":
                    members += _chain(self.doc, token.i - 1, self.ending, -1)
                elif token.i > 1 and self.doc[token.i - 1].tag_ == "POS" and token.i - 1 in self.ending:
                    members.append(self.ending[token.i - 1][1])
                members += _chain(self.doc, token.i + 1, self.outer, 1)
                members = list({id(c): c for c in members}.values())
                if len(members) > 1:
                    found.append((token.i, self._same_gathering(members, found) or members))
        return found

    def _same_gathering(
        self, members: list[Cluster], before: list[tuple[int, list[Cluster]]]
    ) -> list[Cluster] | None:
        """An earlier gathering that shares a member and names more persons: the same, now told vaguely."""
        for _, others in reversed(before[-_LOOKED_AT:]):
            shared = any(other is member for other in others for member in members)
            if shared and sum(c.sort == "person" for c in others) > sum(c.sort == "person" for c in members):
                return others
        return None


def _is_person_noun(mention: Mention) -> bool:
    return isinstance(mention.entry, Role) and mention.entry.kind == "person"


def _may_be_person(cluster: Cluster) -> bool:
    first = cluster.mentions[0]
    return (
        cluster.sort == "person" or _is_person_noun(first) or (first.sort == "name" and first.entry is None)
    )


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
