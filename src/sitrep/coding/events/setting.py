"""Where an act took place, as its own clause says or one that its grammar links to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from spacy.tokens import Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.events.locations import AWAY, TOWARDS, LocationModel, find_locations, locate_act, names_in
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.triggers import Sense
from sitrep.coding.spans import SpansAt
from sitrep.records import Place, Span

# "The city" stands for a city just named; which GeoNames features each word may stand for.
_SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_BASES: Final = frozenset({"base", "airbase", "airfield"})
_BASE_FEATURES: Final = frozenset({"AIRB", "AIRF", "MILB", "AIRP"})
_PARAGRAPH: Final = re.compile(r"\n+")
_DEFINITE: Final = frozenset({"the", "that", "this"})
# Acts that happen to a place when they happen to what is in it.
_AT_THEIR_OBJECT: Final = frozenset({"ASSAULT", "COERCE"})
_PHYSICAL: Final = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
_BY_MOTION: Final = frozenset({"MOBILIZE", "RETREAT", "AID", "PROTEST"})
# Acts of which a place in the sentence is likely theirs. Of words it is as often what they are about.
_BODILY: Final = _PHYSICAL | {"CONSULT"}


class Setting:
    """Finds the places of the acts of one text."""

    def __init__(self, reading: Reading, locations: LocationModel | None = None) -> None:
        self.reading = reading
        self.locations = locations
        self.doc = reading.doc
        self.reader = reading.reader
        self.acts = reading.acts
        self.parties = reading.parties
        phrases = (tokens_at(self.doc, span) for actor in self.doc._.actors for span in actor.mentions)
        self._mentions = SpansAt(((tokens.start, tokens.end), None) for tokens in phrases)
        self._breaks = [found.end() for found in _PARAGRAPH.finditer(reading.text)]
        self._places: SpansAt[Place] = SpansAt(
            (span, place) for place in self.doc._.places for span in place.mentions
        )

    def places_of(self, act: Proposition, sense: Sense, kind: str) -> tuple[str | None, ...]:
        """Ids of the places of the act; of several that it was done to, each makes an event of its own.

        `kind` is the event's type, which need not be the sense's: an attack in words is an accusation.
        """
        stated = [token for slot in sense.place for token in self.reader.slot(act, slot)]
        taken = [name for token in stated for name in names_in(self.doc[token], self._is_name)]
        if taken:
            if sense.mode != "seize" and taken[0] not in stated:
                del taken[1:]  # "positions near A and B" were attacked once
            return tuple(dict.fromkeys(self.parties.places[name] for name in taken))
        for token in stated:
            antecedent = self._place_named_before(self.doc[token])
            if antecedent is not None:
                return (antecedent,)
        motion: frozenset[str] = frozenset()
        if sense.type in _BY_MOTION and not stated:  # of "from A to B", B is where troops are sent
            motion = AWAY if sense.type == "RETREAT" else TOWARDS
        physical = sense.type in _PHYSICAL
        # "Called on Chad to help", "the mission in Chad warned": whose words, or to whom, is not where.
        addressed = self._words_of_parties(act, sense) if not physical and not motion else frozenset[int]()

        def is_name(token: Token) -> bool:
            return token.i not in addressed and self._is_name(token)

        means = (
            [self.acts[token] for token in self.reading.means(act) if token in self.acts] if physical else []
        )
        for one in (*self.reading.linked(act), *means):
            found = find_locations(self.doc, one, is_name, physical=physical, motion=motion)
            if found:
                return (self.parties.places[found[0]],)
        if sense.type in _AT_THEIR_OBJECT:
            for token in self.reader.slot(act, "object"):
                found = names_in(self.doc[token], self._is_name)
                if found:
                    return (self.parties.places[found[0]],)
        return (self._likely_place(act) if sense.type in _BODILY and kind != "ACCUSE" else None,)

    def _likely_place(self, act: Proposition) -> str | None:
        """Id of the place that the model finds in the sentence, where it stands in a phrase of place."""
        if self.locations is None:
            return None
        for location in locate_act(self.doc, self.doc[act.head], self.locations):
            known = [token.i for token in location.name if self._is_name(token)]
            if known and location.in_phrase_of_place:
                return self.parties.places[known[0]]
        return None

    def _is_name(self, token: Token) -> bool:
        return token.i in self.parties.places

    def _words_of_parties(self, act: Proposition, sense: Sense) -> frozenset[int]:
        """The tokens of the phrases that name who acts and whom it is done to."""
        heads = {token for slot in (*sense.actor, *sense.recipient) for token in self.reader.slot(act, slot)}
        inside = (range(*at) for head in heads for at, _ in self._mentions.touching((head, head + 1)))
        return frozenset(heads).union(*inside)

    def _place_named_before(self, noun: Token) -> str | None:
        """Id of the place that "the city" or "the base" stands for: one named not long before.

        The nearest of its sentence; else that of the nearest sentence before, in its paragraph or the one
        before, if that names only one.
        """
        word = noun.lemma_.lower()
        if (
            word not in _SETTLEMENTS | _BASES
            or not any(child.lower_ in _DEFINITE for child in noun.children)
            or any(child.dep_ in {"amod", "compound", "nmod", "nummod", "poss"} for child in noun.children)
            or any(child.lower_ == "of" for child in noun.children)
        ):
            return None
        sentence = noun.sent
        passed = bisect_right(self._breaks, noun.idx)
        earliest = self._breaks[passed - 2] if passed > 1 else 0
        before = sorted(
            (start, place.id)
            for (start, end), place in self._places.touching((earliest, noun.idx))
            if earliest <= start and end <= noun.idx and self._may_be(word, place, (start, end))
        )
        inside = [found for start, found in before if start >= sentence.start_char]
        if inside:
            return inside[-1]
        if not before:
            return None
        nearest = tokens_at(self.doc, (before[-1][0], before[-1][0] + 1)).root.sent
        named = {found for start, found in before if start >= nearest.start_char}
        return named.pop() if len(named) == 1 else None

    def _may_be(self, word: str, place: Place, mention: Span) -> bool:
        """Whether "the city", "the base" … may stand for this mention of a place."""
        tokens = tokens_at(self.doc, mention)
        if not len(tokens) or tokens.root.i in self.parties.actors:
            return False
        around = {token.lower_ for token in self.doc[max(0, tokens.start - 2) : tokens.end + 2]}
        if word in _BASES:
            return place.feature in _BASE_FEATURES or not around.isdisjoint(_BASES)
        if place.feature is None:
            return word in around
        if place.feature == "PPLC" and word != "city":
            return False
        return place.feature.startswith("PPL") and around.isdisjoint(_BASES)
