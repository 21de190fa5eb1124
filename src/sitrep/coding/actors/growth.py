"""How a base mention grows to its whole phrase: possessors, complements, titles, appositions, acronyms."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sitrep.coding.actors.countries import Name, country_names
from sitrep.coding.actors.lexicon import Role
from sitrep.coding.actors.mention import Mention
from sitrep.coding.actors.recognition import Recognition
from sitrep.coding.tables import actor_words, words_of

_OPENERS: Final = frozenset({"DT", "PDT", "PRP$", "WP$"})
_ABROAD: Final = actor_words()["abroad"]
_TIED: Final = frozenset(
    {"loyal", "linked", "allied", "affiliated", "belonging", "close", "aligned", "opposed", "faithful"}
)
_DETERMINERS_OF_ONE: Final = frozenset({"the", "a", "an", "its", "his", "her", "their", "another"})


class Sentence(Recognition):
    """The mentions of one sentence, each with all that belongs to it."""

    def mentions(self) -> list[Mention]:
        """All mentions of the sentence."""
        wholes, rests = self._owners_wholes()
        found = sorted([m for m in self.base if m.start not in rests] + wholes, key=lambda m: m.start)
        by_start: dict[int, Mention] = {}
        for mention in found:
            if mention.start not in by_start or mention.end > by_start[mention.start].end:
                by_start[mention.start] = mention
        # From the right, so that a complement is whole before what it completes takes it in.
        for start in sorted(by_start, reverse=True):
            by_start[start] = self._completed(by_start[start], by_start)
        merged: set[int] = set()
        for start in sorted(by_start, reverse=True):
            if start not in merged:
                self._rename(start, by_start, merged)
        for start in sorted(by_start):
            if start not in merged:
                by_start[start] = self._joined(by_start[start], by_start, merged)
        kept = [mention for start, mention in by_start.items() if start not in merged]
        return kept + [
            owner
            for owner in found
            if owner.start in by_start and owner.end < by_start[owner.start].end and self._is_owner(owner)
        ]

    def _is_owner(self, mention: Mention) -> bool:
        return mention.end < self.tokens.end and self.token[mention.end].tag_ == "POS"

    def _owners_wholes(self) -> tuple[list[Mention], set[int]]:
        """ "Haftar's forces" from the owner "Haftar" and the rest "forces", and where such a rest starts."""
        by_start = {mention.start: mention for mention in self.base}
        wholes: list[Mention] = []
        rests: set[int] = set()
        owner_start: dict[int, int] = {}
        for chunk in self.chunks:
            if chunk.possessor:
                owner_start[chunk.end + 1] = owner_start.get(chunk.start, chunk.start)
        for chunk in self.chunks:
            rest = by_start.get(chunk.start)
            if rest and chunk.start in owner_start and not chunk.possessor:
                start = owner_start[chunk.start]
                titles = tuple((start if first <= chunk.end else first, end) for first, end in rest.titles)
                wholes.append(replace(rest, start=start, titles=titles, definite=True))
                rests.add(chunk.start)
        return wholes, rests

    def _completed(self, mention: Mention, by_start: dict[int, Mention]) -> Mention:
        """The mention with what follows "of", "for", "loyal to" and their like."""
        if mention.sort not in ("description", "name") or (
            mention.sort == "name" and mention.entry is not None
        ):
            return mention
        for _ in range(4):
            grown = self._complement_end(mention, by_start)
            if grown <= mention.end:
                break
            mention = replace(mention, end=grown)
        return mention

    def _complement_end(self, mention: Mention, by_start: dict[int, Mention]) -> int:
        at, stop = mention.end, self.tokens.end
        if at + 1 >= stop:
            return at
        word = self.token[at].lower_
        role = mention.entry if isinstance(mention.entry, Role) else None
        if (
            word in _TIED
            and self.token[at + 1].lower_ in ("to", "with")
            and mention.plural | (role is not None)
        ):
            at += 1
        elif word == "of":
            pass
        elif (
            word == "for"
            and (role is None or role.kind != "person")
            and self.token[mention.head].text[0].isupper()
        ):
            if self.token[at + 1].tag_ not in ("NNP", "NNPS") and not self.token[at + 1].text[0].isupper():
                return mention.end  # "the Institute for Policy Studies" is one name
        elif word in ("for", "at"):
            if role is None or role.kind != "person" or mention.plural:
                return mention.end
        elif word == "on":
            if role is None or role.term not in ("commission", "committee", "council", "rapporteur"):
                return mention.end
        elif word == "to":
            if self.token[mention.head].lemma_.lower() not in _ABROAD:
                return mention.end
        elif word == "from":
            origin = self.chunk_at.get(at + 1)
            if (
                role is None
                or not mention.plural
                or not origin
                or not self.token[origin.end - 1].text[0].isupper()
            ):
                return mention.end
        elif word == "in":
            if role is None or (
                role.kind not in ("organisation", "group")
                and self.token[mention.head].lemma_.lower() not in _ABROAD
            ):
                return mention.end
            if self.token[at + 1].ent_type_ not in ("GPE", "LOC") and not country_names().match(
                words_of(self.token[at + 1].text) or words_of("x"), 0
            ):
                return mention.end
        else:
            return mention.end
        if at + 1 in by_start:
            end = self._past_owned(by_start[at + 1].end)
            states = word == "of" and mention.plural and self._is_state(at + 1, end)
            return self._further_states(end) if states else end
        chunk = self.chunk_at.get(at + 1)
        if chunk is None:
            return mention.end
        end = chunk.end
        if self.token[end - 1].ent_type_ in ("DATE", "TIME"):
            return mention.end
        if word == "of" and mention.plural and self._is_state(at + 1, end):
            end = self._further_states(end)  # "the leaders of France, Italy and Malta"
        if (
            word == "of"
            and end + 1 < stop
            and self.token[end].lower_ == "and"
            and role
            and role.term.endswith(("minister", "ministry", "secretary"))
        ):
            second = self.chunk_at.get(end + 1)  # "Minister of Trade and Industry"
            if second and second.start not in by_start:
                end = second.end
        return end

    def _past_owned(self, end: int) -> int:
        """Past what is the owner's: "the government's | forces", though forces alone may be no actor."""
        while end + 1 < self.tokens.end and self.token[end].tag_ == "POS":
            owned = self.chunk_at.get(end + 1)
            if owned is None:
                break
            end = owned.end
        return end

    def _is_state(self, start: int, end: int) -> bool:
        entry = self.entry_at.get(start)
        return (
            entry is not None
            and (entry.start, entry.end) == (start, end)
            and isinstance(entry.entry, Name)
            and entry.entry.kind == "state"
        )

    def _further_states(self, end: int) -> int:
        """The end of a list of states whose first ends at `end`; `end` itself where there is no list."""
        at, stop = end, self.tokens.end
        while at + 1 < stop and (self.token[at].text == "," or self.token[at].lower_ == "and"):
            last = self.token[at].lower_ == "and"
            entry = self.entry_at.get(at + 1)
            if entry is None or not self._is_state(at + 1, entry.end):
                break
            at = entry.end
            if last:
                return at
        return end

    def _joined(self, mention: Mention, by_start: dict[int, Mention], merged: set[int]) -> Mention:
        """The mention with its apposition: a title before or after a name, an acronym in brackets."""
        stop = self.tokens.end
        following = by_start.get(mention.end)
        if (
            following
            and mention.sort == "description"
            and following.sort == "person"
            and self._one_person(mention)
        ):
            merged.add(following.start)
            mention = self._with_name(mention, following)
        mention = self._bracketed(mention)
        for _ in range(2):
            at = mention.end
            if at + 1 >= stop or self.token[at].text != ",":
                break
            if self.token[at + 1].tag_ == "CD" and at + 2 < stop and self.token[at + 2].text == ",":
                at += 2  # an age
            other = by_start.get(at + 1) or self._unlabelled(at + 1)
            if other is None or other.start in merged:
                break
            other = self._relabelled(mention, other)
            closed = (
                other.end >= stop
                or self.token[other.end].text in (",", ".", ")", ";", ":", "”", '"', "—", "–", "-")
                or (self.token[other.end].tag_ in ("VBD", "VBZ", "VBP", "MD", "WP", "POS", "HYPH"))
            )
            if (
                mention.sort == "description"
                and other.sort == "person"
                and not mention.name
                and self._one_person(mention)
            ):
                if not (
                    (closed and self.token[mention.start].lower_ in _DETERMINERS_OF_ONE | {"former"})
                    or (closed and self._owned(mention))
                ):
                    break
                merged.add(other.start)
                mention = self._with_name(mention, other)
            elif (
                self._is_body(mention)
                and self.token[mention.head].text[0].isupper()
                and closed
                and (
                    other.sort == "description"
                    and not other.plural
                    and self.token[other.start].lower_ in ("a", "an")
                )
            ):  # "the People's Front, an armed group"
                merged.add(other.start)
                mention = replace(mention, end=other.end, titles=((self._bare_start(other), other.end),))
            elif (
                mention.sort == "person"
                and not mention.titles
                and self._is_body(other)
                and closed
                and (self.token[other.start].lower_ in ("a", "an", "the"))
            ):  # "Kentro Zoi, a charity": the recogniser took the name for a person's
                merged.add(other.start)
                mention = replace(
                    mention, sort="name", end=other.end, titles=((self._bare_start(other), other.end),)
                )
            elif mention.sort == "person" and other.sort == "description" and self._one_person(other):
                if mention.titles and self._names_another(other, by_start):
                    break
                merged.add(other.start)
                mention = replace(
                    mention, end=other.end, titles=(*mention.titles, (self._bare_start(other), other.end))
                )
            else:
                break
        return mention

    def _rename(self, start: int, by_start: dict[int, Mention], merged: set[int]) -> None:
        """Join "the Water Board, Aquala," and let what ends with the board end with its name."""
        mention = by_start[start]
        at = mention.end
        other = by_start.get(at + 1) if at + 1 < self.tokens.end and self.token[at].text == "," else None
        if other is None or other.sort != "name" or not other.name or other.start in merged:
            return
        if not (
            isinstance(mention.entry, Role)
            and mention.entry.kind in ("organisation", "group")
            and not mention.plural
            and (mention.definite or self.token[mention.start].lower_ in ("a", "an"))
        ):
            return
        if other.end < self.tokens.end and self.token[other.end].text not in (",", ".", ")", ";", ":"):
            return
        merged.add(other.start)
        by_start[start] = replace(mention, end=other.end, alias=other.name)
        for outer in [m for m in by_start.values() if m.end == at and m.start < start]:
            by_start[outer.start] = replace(outer, end=other.end)

    def _names_another(self, title: Mention, by_start: dict[int, Mention]) -> bool:
        """Does a name follow a title that would else belong to the name before it: "X, the mayor, Y, ..."?"""
        at = title.end
        other = by_start.get(at + 1) if at + 1 < self.tokens.end and self.token[at].text == "," else None
        return other is not None and other.sort == "person" and not other.titles

    def _unlabelled(self, start: int) -> Mention | None:
        """A run of two or more capitalised words that neither the recogniser nor a table knows."""
        chunk = self.chunk_at.get(start)
        if chunk is None or chunk.possessor or chunk.end - start < 2 or chunk.end in self.entry_ending:
            return None
        if not all(t.text[0].isupper() or t.tag_ == "HYPH" for t in self.doc[start : chunk.end]):
            return None
        return Mention(start, chunk.end, chunk.end - 1, "name", name=(start, chunk.end))

    def _relabelled(self, title: Mention, other: Mention) -> Mention:
        """After the title of one person, what only the recogniser calls an organisation is a person."""
        if (
            title.sort == "description"
            and self._one_person(title)
            and other.sort == "name"
            and other.entry is None
            and other.name
            and other.name[0] == other.start
            and (other.name[1] - other.name[0] > 1 or self._is_between_commas(other))
        ):
            return replace(other, sort="person", titles=())
        return other

    def _is_between_commas(self, mention: Mention) -> bool:
        """ "A resident, Karim, said": one word is a name where nothing else can stand."""
        start, end = mention.start, mention.end
        around = self.token[start - 1 : start] + self.token[end : end + 1]
        return len(around) == 2 and all(token.text == "," for token in around)

    def _is_body(self, mention: Mention) -> bool:
        return (
            mention.sort == "description"
            and isinstance(mention.entry, Role)
            and mention.entry.kind in ("organisation", "press")
            and (not mention.plural)
        )

    def _owned(self, mention: Mention) -> bool:
        return mention.definite

    def _one_person(self, mention: Mention) -> bool:
        return isinstance(mention.entry, Role) and mention.entry.kind == "person" and not mention.plural

    def _bare_start(self, mention: Mention) -> int:
        start = mention.start
        while start < mention.head and self.token[start].tag_ in _OPENERS:
            start += 1
        return start

    def _with_name(self, title: Mention, name: Mention) -> Mention:
        return replace(name, start=title.start, titles=((self._bare_start(title), title.end), *name.titles))

    def _bracketed(self, mention: Mention) -> Mention:
        at, stop = mention.end, self.tokens.end
        if (
            at + 2 < stop
            and self.token[at].text == "("
            and self.token[at + 2].text == ")"
            and self.token[at + 1].text.isupper()
            and len(self.token[at + 1]) > 1
            and (
                mention.name
                or self.token[self._bare_start(mention)].text[0].upper() == self.token[at + 1].text[0]
            )
        ):
            return replace(mention, end=at + 3, alias=(at + 1, at + 2))
        return mention
