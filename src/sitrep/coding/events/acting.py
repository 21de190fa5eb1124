"""Who acts: the actors that the subject of an act names, or for whom it stands."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from spacy.tokens import Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.events.arguments import is_gerund
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.senses import through_quantities
from sitrep.coding.events.triggers import Sense
from sitrep.records import Actor

_PARAGRAPH: Final = re.compile(r"\n+")
# The parties of the last meeting told: "the participants", "both sides".
_PARTAKERS: Final = frozenset({"participant", "attendee"})
_SIDES: Final = frozenset({"side", "party", "both", "pair", "duo", "delegation"})
# Slots of those who join somebody: alone they make nobody act.
_JOINING: Final = frozenset({"with", "object"})


class Acting:
    """Finds who acts, act by act in the order of the text: "both sides" are those who met last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.lexicon = reading.lexicon
        self.reader = reading.reader
        self._last_meeting: tuple[str, ...] = ()
        self._met_at = 0

    def remember_meeting(self, parties: tuple[str, ...], head: int) -> None:
        """Who met, and where in the text that is told."""
        self._last_meeting, self._met_at = parties, head

    def actors_of(self, act: Proposition, sense: Sense) -> tuple[str, ...]:
        found: list[str] = []
        for number, slot in enumerate(sense.actor):
            if number and slot in _JOINING and not found:
                continue  # "talks with the rebels": who talked with them is not said
            for token in self.reader.slot(act, slot):
                found.extend(self._acting(token))
        return tuple(dict.fromkeys(found))

    def _acting(self, token: int) -> tuple[str, ...]:
        """Ids of who acts where `token` is the subject: it, whose act or weapon it is, a meeting's sides."""
        word = self.doc[token]
        found = self.reader.party(token)
        if self._is_nobody(word):
            return ()
        if is_gerund(word) and token in self.reading.acts:  # "shelling by the army"
            return self._behind(self.reading.acts[token])
        if word.lemma_.lower() in self.lexicon.classes["@weaponry"] | self.lexicon.classes["@vessel"]:
            return self._owners_of_weapon(word, found)
        if self._is_sides(word) and len(found) == 1 and not set(found) <= set(self._last_meeting):
            found = found if word.lower_ in self.reading.actors[found[0]].name.lower() else ()
            if not found and not self._is_near_meeting(word):
                return ()
        if found:
            # "The sides agreed": the component that resolves it may have named one of them only.
            return (
                self._last_meeting
                if self._is_sides(word) and set(found) <= set(self._last_meeting)
                else found
            )
        if self._is_sides(word):
            return self._last_meeting if self._is_near_meeting(word) else ()
        if token in self.reading.acts and self.reading.acts[token].form == "noun":
            return self._behind(self.reading.acts[token])
        if word.lemma_.lower() in self.lexicon.classes["@means"]:
            return self.reading.ids(self.reader.owners(token))
        return ()

    def _behind(self, act: Proposition) -> tuple[str, ...]:
        """Who does the act that a noun names: "clashes between A and B", "shelling by A", "army shelling"."""
        sense = self.reader.sense_of(act)
        if sense is not None and sense.type is not None:
            found = self.actors_of(act, sense)
        else:
            found = tuple(name for agent in act.agents if agent != act.head for name in self._acting(agent))
        return found or tuple(
            name
            for child in self.doc[act.head].children
            if child.dep_ in {"compound", "nmod", "amod"} and child.i < act.head
            for name in self.reader.party(child.i)
            if self.reading.is_armed(name)  # "clinic bombing" names what was bombed
        )

    def _is_nobody(self, word: Token) -> bool:
        """Whether a noun names a disease or a share of those polled, whatever it was taken for."""
        if word.lemma_.lower() in self.lexicon.classes["@share"]:
            return True
        names = self.lexicon.classes["@disease"]
        return any(
            part.lemma_.lower() in names
            or (
                part.pos_ == "PROPN"
                and any(
                    child.dep_ in {"compound", "nmod"} and child.lemma_.lower() in names
                    for child in part.children
                )
            )
            for part in through_quantities(word)
        )

    def _is_sides(self, word: Token) -> bool:
        if word.lemma_.lower() in _PARTAKERS:
            return True
        counted = any(child.lower_ in {"both", "two"} for child in word.children)
        return word.lemma_.lower() in _SIDES and (counted or word.lower_ in {"both", "pair", "duo"})

    def _is_near_meeting(self, word: Token) -> bool:
        """Whether "the two sides" may be those of the last meeting: told in the same paragraph."""
        if word.lemma_.lower() in _PARTAKERS:
            return True
        start, end = sorted((self.doc[self._met_at].idx, word.idx))
        return _PARAGRAPH.search(self.reading.text, start, end) is None

    def _owners_of_weapon(self, weapon: Token, itself: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of those for whom a weapon acts: "Israel's jets", "rebel rockets", "Omani warplanes".

        `itself` are the ids of the phrase, where it was taken for an actor. It stands for its owner where
        that has no name of its own, and for nobody where it names no owner: "missiles hit the port".
        """
        owners = self.reader.owners(weapon.i) or tuple(
            child.i
            for child in weapon.children
            if child.dep_ in {"compound", "nmod"} and self.reader.party(child.i)
        )
        named = tuple(found for found in self.reading.ids(owners) if found not in itself)
        if named:
            return named
        forces = self.lexicon.classes["@polity"]
        owned = owners or any(
            child.dep_ in {"compound", "amod", "nmod", "poss"} and child.lemma_.lower() in forces
            for child in weapon.children
        )
        if not owned:
            return ()
        if not itself:  # "army jets", where the army is told of elsewhere
            words = {child.lemma_.lower() for child in weapon.children if child.i < weapon.i}
            bodies = [actor.id for actor in self.doc._.actors if self._is_called(actor, words)]
            return tuple(bodies) if len(bodies) == 1 else ()
        countries = {self.reading.actors[found].country for found in itself} - {None}
        states = [a.id for a in self.doc._.actors if a.kind == "state" and a.country in countries]
        nationality = any(self.doc[token].ent_type_ in {"NORP", "GPE"} for token in owners)
        return tuple(states[:1]) if nationality and len(states) == 1 else itself

    def _is_called(self, actor: Actor, words: Container[str]) -> bool:
        """Whether an actor is named by one of these common nouns alone: "the army", "the rebels"."""
        return actor.kind in {"organisation", "group"} and any(
            len(tokens) and tokens.root.lemma_.lower() in words and tokens.root.pos_ == "NOUN"
            for tokens in (tokens_at(self.doc, mention) for mention in actor.mentions)
        )
