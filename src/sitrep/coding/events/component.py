"""What happened: one event for each proposition that names a political act and (violence apart) its actor."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep import ontology
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.events.locations import find_locations, names_in
from sitrep.coding.events.propositions import Proposition, Tokens, find_propositions
from sitrep.coding.events.relations import MarkedPair, RelationModel
from sitrep.coding.events.senses import Parties, SenseReader, through_quantities
from sitrep.coding.events.triggers import Sense, TriggerLexicon, read_lexicon
from sitrep.records import Actor, Event, Place, Span, Spans, Time

# Of what is still to come, these are told as what they show now: the will to cooperate (codebook, AGREE).
_WILL_TO_COOPERATE: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Refusing these is itself an act, "will not release" (codebook, REJECT), with the mode of what is refused.
_REFUSED: Final = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "AID": "assist",
    "COOPERATE": "assist",
    "CONSULT": "meet",
}
# What was agreed to, refused or threatened is the content of that act, no event beside it (codebook, 2.3).
_HOLDS_ITS_CONTENT: Final = frozenset(
    {"AGREE", "REJECT", "THREATEN", "CONCEDE", "ACCUSE", "SUPPORT", "CONSULT"}
)
# What was asked for is an event that somebody called for, where a verb states it; a noun only names it.
_NAMES_ITS_CONTENT: Final = _HOLDS_ITS_CONTENT - {"ACCUSE", "SUPPORT"} | {"REQUEST", "SANCTION"}
# Of several senses that fit equally the encoder chooses, where it is as sure as this and prefers its choice
# to the lexicon's first by as much.
_SURE: Final = 0.6
_CLEARLY: Final = 0.3
# Between a deed and what it did to people: "killed when gunmen fired", "killed in an attack by".
_WHEN: Final = frozenset({"when", "as", "after", "while"})
_THROUGH: Final = frozenset({"in", "by", "during", "after", "from", "amid"})
_EXPLODING: Final = frozenset({"explode", "detonate", "go off", "blow up"})
_PLANTED: Final = frozenset({"device", "mine", "charge", "trap", "vehicle", "car", "truck", "package"})
# Weapons that crash by accident are told to have meant it only by such verbs.
_CRAFT: Final = frozenset({"aircraft", "jet", "plane", "helicopter", "tank", "warship"})
_AIMED: Final = frozenset({"bomb", "shell", "strafe", "bombard", "pound", "target", "strike", "attack"})
# "The city" stands for a city just named; which GeoNames features each word may stand for.
_SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_BASES: Final = frozenset({"base", "airbase", "airfield"})
_BASE_FEATURES: Final = frozenset({"AIRB", "AIRF", "MILB", "AIRP"})
_BREAK: Final = re.compile(r"\n+")
_DEFINITE: Final = frozenset({"the", "that", "this"})
# Of these the content may stand before the verb, as a quotation; a clause before another verb stands alone.
_QUOTED_BEFORE: Final = frozenset({"ACCUSE", "THREATEN", "CONCEDE"})
# Acts that happen to a place when they happen to what is in it.
_AT_THEIR_OBJECT: Final = frozenset({"ASSAULT", "COERCE"})
# The parties of the last meeting told: "the participants", "both sides".
_PARTAKERS: Final = frozenset({"participant", "attendee"})
_SIDES: Final = frozenset({"side", "party", "both", "pair", "duo", "delegation"})
_PROMISES: Final = frozenset({"AGREE", "CONCEDE"})
_VERBAL: Final = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
)
# Slots of those who join somebody: alone they make nobody act.
_JOINING: Final = frozenset({"with", "object"})
_REFLEXIVE: Final = frozenset(
    {"himself", "herself", "itself", "themselves", "ourselves", "myself", "yourself"}
)
# Records less likely than this to be kept by a reader are not written at all: precision comes first.
_KEPT: Final = 0.4
# How far the relation model may move the confidence; where its best guess is below _HAS_A_SAY it has no
# opinion. Set by judgement, not fitted; look again after training new weights.
_WEIGHT: Final = 0.3
_EVEN: Final = 0.55
_HAS_A_SAY: Final = 0.35
_ALIKE: Final = {
    "RETREAT": ("CONCEDE",),
    "CONCEDE": ("RETREAT",),
    "AGREE": ("SUPPORT", "CONCEDE"),
    "SUPPORT": ("AGREE",),
    "SANCTION": ("COERCE",),
}
# Those who attack each other in words.
_RIVALS: Final = frozenset({"opponent", "rival", "critic", "ally", "candidate", "challenger"})
_OFFICES: Final = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "JRN", "JUD"})
_PHYSICAL: Final = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
_BY_MOTION: Final = frozenset({"MOBILIZE", "RETREAT", "AID", "PROTEST"})
# Done to somebody, who must be named; other types that need a recipient may be mutual.
_ONE_SIDED: Final = frozenset({"AID", "SANCTION"})
# Where crowds come together is where they do what they came for: "gathered in the square to protest".
_GATHERING: Final = frozenset(
    {"gather", "assemble", "march", "rally", "mass", "flock", "pour", "meet", "turn"}
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A proposition with its sense and its parties' ids, before it is known to stand alone."""

    act: Proposition
    sense: Sense
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str | None, ...]
    confidence: float
    clause_of: int | None = None  # the noun whose clause the act is: "the rockets that rebels fired"


def find_events(
    doc: Doc, lexicon: TriggerLexicon, relations: RelationModel | None = None
) -> tuple[Event, ...]:
    """The events that `doc` tells, in the order of their triggers.

    `relations` is asked about each pair of parties: where it is sure it chooses between the senses of a word
    that fit equally, and with the grammar it gives the confidence.

    Who, whom, where and when are ids and days from `doc._.actors`, `places` and `times`, all from the
    proposition itself or from what its grammar links to it. A proposition whose actor is none of
    `doc._.actors` is no event, nor is one of a type that needs a recipient and has none; but violence that
    somebody must have meant ("a bomb killed two soldiers", "was shot dead") is one also where nobody is said
    to have done it.
    """
    propositions = find_propositions(doc, lexicon.nouns)
    return _Coding(doc, lexicon, propositions, relations).events()


class _Coding:
    """The coding of one `Doc`."""

    def __init__(
        self,
        doc: Doc,
        lexicon: TriggerLexicon,
        propositions: tuple[Proposition, ...],
        relations: RelationModel | None,
    ) -> None:
        self.doc = doc
        self.relations = relations
        self.lexicon = lexicon
        self.parties = Parties.of(doc)
        self.kinds = {actor.id: actor for actor in doc._.actors}
        self.reader = SenseReader(doc, lexicon, self.parties, propositions)
        self.acts = self.reader.by_head
        self.senses = {head: self._sense_of(act) for head, act in self.acts.items()}
        self.last_meeting: tuple[str, ...] = ()
        self.met_at = 0  # where that meeting was told

    def events(self) -> tuple[Event, ...]:
        contents = self._contents()
        drafts: list[_Draft] = []
        for head, act in self.acts.items():
            sense = self.senses[head]
            if sense is None or sense.type is None or head in contents:
                continue
            draft = self._draft(act, sense)
            if draft is not None:
                drafts.append(draft)
                if draft.type == "CONSULT":
                    self.last_meeting = draft.actors + draft.recipients
                    self.met_at = head
        drafts = self._folded(_without_doubles(drafts))
        kept = [self._weighed(draft) for draft in drafts]
        events = [event for draft in kept if draft.confidence >= _KEPT for event in self._events_of(draft)]
        return tuple(_numbered(events))

    # ------------------------------------------------------------------------------------ what stands alone

    def _contents(self) -> set[int]:
        """Heads of the acts that are what another act is about, and so no events of their own."""
        inside: set[int] = set()
        for head, act in self.acts.items():
            sense = self.senses[head]
            if sense is None or sense.type is None:
                continue
            if sense.type in _HOLDS_ITS_CONTENT:
                for complement in act.complements:
                    if complement > head or sense.type in _QUOTED_BEFORE:
                        inside.update(self._chain(complement))
            if sense.type in _NAMES_ITS_CONTENT:
                for token in (*act.patients, *(t for _, tokens in act.obliques for t in tokens)):
                    inside.update(
                        part.i
                        for part in self.doc[token].subtree
                        if part.i in self.acts
                        and self.acts[part.i].form == "noun"
                        and part.i not in act.trigger
                    )
        return inside | {head for head, act in self.acts.items() if act.light in inside}

    def _chain(self, head: int) -> Iterable[int]:
        yield head
        act = self.acts.get(head)
        if act is None:
            return
        for token in (*act.patients, *(t for _, tokens in act.obliques for t in tokens)):
            if token in self.acts and self.acts[token].form == "noun":
                yield token
        for inner in act.complements:
            if inner != head:
                yield from self._chain(inner)

    # ------------------------------------------------------------------------------------ one proposition

    def _sense_of(self, act: Proposition) -> Sense | None:
        """The sense of an act; of several that fit equally well the one that the encoder is sure of."""
        senses = self.reader.senses_of(act)
        if len(senses) < 2 or self.relations is None or None in {sense.type for sense in senses}:
            return senses[0] if senses else None
        first = senses[0]
        actors = self._actors(act, first)
        recipients = self._ids(self.reader.fillers(act, first.recipient))
        if not actors or not recipients:
            return first  # without both parties there is no relation to be read
        [found] = self.relations.classify([self._pair(act, first, actors, recipients)])
        best = max(senses, key=lambda sense: found.get(sense.type or "", 0.0))
        sure = found.get(best.type or "", 0.0)
        return best if sure >= _SURE and sure - found.get(first.type or "", 0.0) >= _CLEARLY else first

    def _draft(self, act: Proposition, sense: Sense) -> _Draft | None:
        assert sense.type is not None
        kind, mode = sense.type, sense.mode
        if self._is_reflexive(act) and mode != "suicide-attack":
            return None
        actors = self._actors(act, sense)
        if not actors and not self._is_meant(act, sense):
            return None
        recipients = tuple(
            found for found in self._ids(self.reader.fillers(act, sense.recipient)) if found not in actors
        )
        if act.negated:
            if not act.future or kind not in _REFUSED:
                if not self._is_told(act):
                    return None
            else:
                kind, mode = "REJECT", _REFUSED[kind]
        elif act.future:
            if kind in _WILL_TO_COOPERATE:
                kind, mode = "AGREE", None
            elif kind == "RETREAT" and self._is_told(act):
                kind, mode = "CONCEDE", None
        if kind == "ASSAULT" and mode is None and self._is_verbal(act, actors):
            kind, mode = "ACCUSE", "disapprove"
        if kind == "CONSULT" and len(actors) + len(recipients) < 2 and self._is_led(act):
            return None
        if mode == "visit" and not any(self._is_political(found) for found in actors):
            return None  # a tourist's journey
        if mode == "martial-law" and self._is_disaster(act):
            return None
        if kind in _PROMISES and any(
            self.acts[token].negated for token in act.complements if token in self.acts
        ):
            return None  # "promised not to": neither a promise to cooperate nor a refusal
        places = self._places(act, sense)
        if not actors and not recipients and (places == (None,) or not act.agents):
            return None  # nobody did it, and nobody or nothing named underwent it
        alone = not recipients and (len(actors) < 2 or kind in _ONE_SIDED)
        if (alone and ontology.EVENT_TYPES[kind].needs_recipient) or (
            not recipients and _asks_of_nobody(sense)
        ):
            return None
        if kind in _VERBAL and not any(self._is_political(found) for found in (*actors, *recipients)):
            return None
        mode = mode if mode is not None or kind != sense.type else self._mode(act, kind)
        if mode is not None and mode not in ontology.EVENT_TYPES[kind].modes:
            mode = None
        parties = (actors, recipients)
        word = self.doc[act.head]
        return _Draft(
            act,
            sense,
            kind,
            mode,
            *parties,
            places,
            self._confidence(act, sense, *parties),
            clause_of=word.head.i if word.dep_ in {"acl", "relcl"} else None,
        )

    def _confidence(
        self, act: Proposition, sense: Sense, actors: tuple[str, ...], recipients: tuple[str, ...]
    ) -> float:
        """How sure the grammar and the lexicon are of a record, before the relation model is asked.

        The steps were set by judgement while reading records beside their sentences, not fitted: measure how
        often records of each confidence are right before relying on the figures, and refit here.
        """
        sure = 0.8 + 0.04 * min(len(sense.needs), 3)
        if act.form == "noun" and act.light is None:
            sure -= 0.08
        if act.inherited:
            sure -= 0.12
        if any(self.doc[token].pos_ == "PRON" for token in act.agents):
            sure -= 0.07
        if any(abs(token - act.head) > 20 for token in act.agents):
            sure -= 0.1  # the parser errs more over longer distances
        if sense.recipient and not recipients:
            sure -= 0.05
        if not any(self._is_political(actor) for actor in actors):
            sure -= 0.15
        return sure

    def _weighed(self, draft: _Draft) -> _Draft:
        """The draft with what the relation model thinks of its type between its parties."""
        if self.relations is None:
            return replace(draft, confidence=_rounded(draft.confidence))
        pair = self._pair(draft.act, draft.sense, draft.actors, draft.recipients)
        [found] = self.relations.classify([pair])
        best = max(found.values())
        if best < _HAS_A_SAY:
            return replace(draft, confidence=_rounded(draft.confidence))
        # A promise is told with the words of what is promised; and the sets it was trained on draw some
        # borders of the codebook otherwise. Either type counts as agreement.
        counted = {draft.type, draft.sense.type or draft.type, *_ALIKE.get(draft.type, ())}
        if draft.mode == "seize":
            counted.add("ASSAULT")
        own = sum(found.get(kind, 0.0) for kind in counted)
        return replace(draft, confidence=_rounded(draft.confidence + _WEIGHT * (own - _EVEN)))

    def _pair(
        self, act: Proposition, sense: Sense, actors: tuple[str, ...], recipients: tuple[str, ...]
    ) -> MarkedPair:
        sentence = self.doc[act.head].sent
        tokens = [token for slot in sense.actor for token in self.reader.slot(act, slot)]
        acting = self._spans_in(sentence, actors, tokens)
        affected = self._spans_in(sentence, recipients, self.reader.fillers(act, sense.recipient))
        if not affected and len(acting) > 1:  # in an act done together the first acts, the others are met
            acting, affected = acting[:1], acting[1:]
        return MarkedPair(sentence.text, acting, affected)

    def _spans_in(self, sentence: TokenSpan, ids: tuple[str, ...], tokens: Sequence[int]) -> Spans:
        """The mentions of these actors in the sentence: those at the given words, where there are such."""
        mentions = [
            (start - sentence.start_char, end - sentence.start_char)
            for found in ids
            for start, end in self.kinds[found].mentions
            if sentence.start_char <= start and end <= sentence.end_char
        ]
        places = [self.doc[token].idx - sentence.start_char for token in tokens]
        named = [(start, end) for start, end in mentions if any(start <= place < end for place in places)]
        return tuple(sorted(set(named or mentions)))

    def _actors(self, act: Proposition, sense: Sense) -> tuple[str, ...]:
        found: list[str] = []
        for number, slot in enumerate(sense.actor):
            if number and slot in _JOINING and not found:
                continue  # "talks with the rebels": who talked with them is not said
            for token in self.reader.slot(act, slot):
                found.extend(self._acting(token))
        return tuple(dict.fromkeys(found))

    def _is_reflexive(self, act: Proposition) -> bool:
        return any(self.doc[token].lower_ in _REFLEXIVE for token in act.patients)

    def _is_verbal(self, act: Proposition, actors: tuple[str, ...]) -> bool:
        """Whether an attack is one in words: by office holders in person, with no weapon in the clause."""
        if act.lemma not in {"attack", "assail"} or self._mode(act, "ASSAULT") is not None:
            return False
        named = all(self.doc[token].pos_ == "PROPN" for token in act.agents)
        rivals = any(self.doc[token].lemma_.lower() in _RIVALS for token in act.patients)
        return all(
            self.kinds[actor].kind in {"person", "press"}
            and (
                not _OFFICES.isdisjoint(self.kinds[actor].sectors)
                or (named and bool(act.agents) and bool(act.at("for") or act.at("over")))
                or rivals
            )
            for actor in actors
        ) or (rivals and all(self.kinds[actor].kind not in {"organisation", "state"} for actor in actors))

    def _is_led(self, act: Proposition) -> bool:
        """Whether the one party there is only leads the talks: "the negotiations that the UN leads"."""
        return act.light is not None and self.doc[act.light].lemma_ in {"lead", "host", "broker", "mediate"}

    def _is_disaster(self, act: Proposition) -> bool:
        """Whether an emergency is nature's: declaring it is then no coercion (codebook, COERCE)."""
        around = self.doc[act.head].sent
        words = {token.lemma_.lower() for token in self.doc[max(0, around.start - 40) : around.end]}
        return not words.isdisjoint(self.lexicon.classes["@disaster"])

    def _is_political(self, actor: str) -> bool:
        """Whether an actor is more than private people: words between such are no political event."""
        known = self.kinds[actor]
        return known.kind in {"state", "organisation"} or bool(set(known.sectors) - {"CVL", "UNK"})

    def _acting(self, token: int) -> tuple[str, ...]:
        """Ids of who acts where `token` is the subject: it, whose act or weapon it is, a meeting's sides."""
        word = self.doc[token]
        found = self.reader.party(token)
        if word.lemma_.lower() in self.lexicon.classes["@weaponry"] | self.lexicon.classes["@vessel"]:
            return self._owners_of_weapon(word, found)
        if self._is_sides(word) and len(found) == 1 and not set(found) <= set(self.last_meeting):
            found = found if word.lower_ in self.kinds[found[0]].name.lower() else ()
            if not found and not self._is_near_meeting(word):
                return ()
        if found:
            # "The sides agreed": the component that resolves it may have named one of them only.
            return (
                self.last_meeting if self._is_sides(word) and set(found) <= set(self.last_meeting) else found
            )
        if self._is_sides(word):
            return self.last_meeting if self._is_near_meeting(word) else ()
        if token in self.acts and self.acts[token].form == "noun":
            agents = self.acts[token].agents
            return tuple(found for agent in agents if agent != token for found in self._acting(agent))
        if word.lemma_.lower() in self.lexicon.classes["@means"]:
            return self._ids(self.reader.owners(token))
        return ()

    def _is_near_meeting(self, word: Token) -> bool:
        """Whether "the two sides" may be those of the last meeting: told in the same paragraph."""
        if word.lemma_.lower() in _PARTAKERS:
            return True
        start, end = sorted((self.doc[self.met_at].idx, word.idx))
        return _BREAK.search(self.doc.text, start, end) is None

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
        named = tuple(found for found in self._ids(owners) if found not in itself)
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
        countries = {self.kinds[found].country for found in itself} - {None}
        states = [a.id for a in self.doc._.actors if a.kind == "state" and a.country in countries]
        nationality = any(self.doc[token].ent_type_ in {"NORP", "GPE"} for token in owners)
        return tuple(states[:1]) if nationality and len(states) == 1 else itself

    def _is_called(self, actor: Actor, words: Container[str]) -> bool:
        """Whether an actor is named by one of these common nouns alone: "the army", "the rebels"."""
        return actor.kind in {"organisation", "group"} and any(
            len(tokens) and tokens.root.lemma_.lower() in words and tokens.root.pos_ == "NOUN"
            for tokens in (tokens_at(self.doc, mention) for mention in actor.mentions)
        )

    # ------------------------------------------------------------------------------------ nobody named

    def _is_meant(self, act: Proposition, sense: Sense) -> bool:
        """Whether violence that nobody is said to have done was somebody's will: not an accident, nor vague.

        "Two people were shot", "a bomb killed two people", "two people were killed when missiles hit a town".
        """
        if sense.type != "ASSAULT" or act.form != "verb" or act.negated or act.future or act.inherited:
            return False
        causes = self.lexicon.classes["@violent_cause"]
        verb = self.doc[act.head]
        if act.lemma in _AIMED:
            causes |= _CRAFT
        if act.agents or not any(child.dep_ == "nsubjpass" for child in verb.children):
            return bool(act.agents) and all(self._is_of(token, causes) for token in act.agents)
        if act.lemma in self.lexicon.classes["@deliberate"] or any(
            (told := self.senses[clause]) is not None and told.type == "ASSAULT"
            for clause in self._circumstances(verb)
        ):
            return True
        if any(self._is_of(token, causes) for token in self._means(act)):
            return True
        return any(
            self._is_of(token, causes | _PLANTED if told.lemma in _EXPLODING else causes)
            for told in (self.acts[clause] for clause in self._circumstances(verb))
            for token in (*told.agents, *told.patients)
        )

    def _means(self, act: Proposition) -> list[int]:
        """What a deed was done in or by, also behind a second verb: "killed and hundreds displaced in"."""
        verb = self.doc[act.head]
        joined = [self.acts[part.i] for part in verb.conjuncts if part.i > verb.i and part.i in self.acts]
        found = [
            token
            for one in (act, *joined)
            for name, tokens in one.obliques
            if name in _THROUGH
            for token in tokens
        ]
        found.extend(
            part.i
            for child in verb.children
            if child.lower_ == "by"
            for part in child.children
            if part.dep_ == "pcomp"
        )  # "killed by shelling"
        return found

    def _is_of(self, token: int, words: frozenset[str]) -> bool:
        return any(
            part.lemma_.lower() in words or part.lower_ in words
            for part in through_quantities(self.doc[token])
        )

    def _circumstances(self, verb: Token) -> list[int]:
        """Heads of the clauses in which a deed is told: "killed when …", also behind "and 16 wounded"."""
        verbs = [verb, *(part for part in verb.conjuncts if part.i > verb.i)]
        return [
            child.i
            for part in verbs
            for child in part.children
            if child.dep_ == "advcl"
            and child.i in self.acts
            and any(mark.lower_ in _WHEN and mark.dep_ in {"mark", "advmod"} for mark in child.children)
        ]

    def _folded(self, drafts: Sequence[_Draft]) -> list[_Draft]:
        """The drafts, each deed that nobody did made part of the one that says who did it.

        "Ten people were killed when gunmen attacked a market" is the gunmen's attack, on ten people.
        """
        kept = {draft.act.head: draft for draft in drafts}
        for draft in drafts:
            if draft.actors:
                continue
            verb = self.doc[draft.act.head]
            around = {*self._circumstances(verb), *self._means(draft.act)}
            fuller = next(
                (
                    other
                    for other in kept.values()
                    if other.type == draft.type
                    and other is not draft
                    and (
                        (other.act.head in around and (other.actors or not other.recipients))
                        or (
                            self.doc[other.act.head].sent == verb.sent
                            and set(draft.recipients) & set(other.recipients)
                            and (other.actors or other.act.head < draft.act.head)
                        )
                    )
                ),
                None,
            )
            if fuller is None:
                continue
            whole, part = (fuller, draft) if fuller.actors or fuller.recipients else (draft, fuller)
            recipients = whole.recipients or tuple(p for p in part.recipients if p not in whole.actors)
            places = whole.places if whole.places != (None,) else part.places
            del kept[part.act.head]
            kept[whole.act.head] = replace(
                whole, recipients=recipients, places=places, mode=whole.mode or part.mode
            )
        return list(kept.values())

    def _is_sides(self, word: Token) -> bool:
        if word.lemma_.lower() in _PARTAKERS:
            return True
        counted = any(child.lower_ in {"both", "two"} for child in word.children)
        return word.lemma_.lower() in _SIDES and (counted or word.lower_ in {"both", "pair", "duo"})

    def _ids(self, tokens: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for token in tokens for found in self.reader.party(token)))

    def _is_told(self, act: Proposition) -> bool:
        """Whether the act is what somebody says: inside an attribution, or the clause of a verb of saying."""
        start = self.doc[act.head].idx
        return any(
            begin <= start < end
            for attribution in self.doc._.attributions
            for begin, end in attribution.content.spans
        )

    def _mode(self, act: Proposition, kind: str) -> str | None:
        told = [act]
        if act.form == "verb" and not act.agents:  # "were killed when shells struck"
            around = (*self._circumstances(self.doc[act.head]), *self._means(act))
            told.extend(self.acts[token] for token in around if token in self.acts)
        words = {
            word
            for one in told
            for token in self.clause(one)
            for word in (token.lemma_.lower(), token.lower_)
        }
        for mode, shown_by in self.lexicon.modes.get(kind, ()):
            if words & shown_by:
                return mode
        return None

    # ------------------------------------------------------------------------------------ where and when

    def _places(self, act: Proposition, sense: Sense) -> tuple[str | None, ...]:
        """Ids of the places of the act; of several that it was done to, each makes an event of its own."""
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
        motion = sense.type in _BY_MOTION and not stated  # of "from A to B", B is where it happened
        physical = sense.type in _PHYSICAL
        # "Called on Chad to help", "the mission in Chad warned": whose words, or to whom, is not where.
        addressed = self._words_of_parties(act, sense) if not physical and not motion else frozenset[int]()

        def is_name(token: Token) -> bool:
            return token.i not in addressed and self._is_name(token)

        means = [self.acts[token] for token in self._means(act) if token in self.acts] if physical else []
        for one in (*self._linked(act), *means):
            found = find_locations(self.doc, one, is_name, physical=physical, motion=motion)
            if found:
                return (self.parties.places[found[0]],)
        if sense.type in _AT_THEIR_OBJECT:
            for token in self.reader.slot(act, "object"):
                found = names_in(self.doc[token], self._is_name)
                if found:
                    return (self.parties.places[found[0]],)
        return (None,)

    def _is_name(self, token: Token) -> bool:
        return token.i in self.parties.places

    def _words_of_parties(self, act: Proposition, sense: Sense) -> frozenset[int]:
        """The tokens of the phrases that name who acts and whom it is done to."""
        heads = {token for slot in (*sense.actor, *sense.recipient) for token in self.reader.slot(act, slot)}
        mentions = (tokens_at(self.doc, mention) for actor in self.doc._.actors for mention in actor.mentions)
        inside = (
            token.i
            for tokens in mentions
            if any(tokens.start <= head < tokens.end for head in heads)
            for token in tokens
        )
        return frozenset(heads).union(inside)

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
        places: tuple[Place, ...] = self.doc._.places
        before = sorted(
            (start, place.id)
            for place in places
            for start, end in place.mentions
            if end <= noun.idx
            and len(_BREAK.findall(self.doc.text, end, noun.idx)) <= 1
            and self._may_be(word, place, (start, end))
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

    def _linked(self, act: Proposition) -> list[Proposition]:
        """The act, then those that share its time and place: "attacked a village in Borno, killing five"."""
        found = [act]
        token = self.doc[act.head]
        if not act.agents and act.form == "verb":
            found.extend(self.acts[clause] for clause in self._circumstances(token))
        # "were killed on Friday when forces shelled" tells when they did
        explains = any(child.lower_ == "when" for child in token.children if child.dep_ == "advmod")
        gathered = token.tag_ == "VB" and token.head.lemma_ in _GATHERING
        joined = token.dep_ == "conj" or (
            token.dep_ in {"advcl", "xcomp"} and (token.tag_ == "VBG" or explains or gathered)
        )
        if act.form == "verb" and joined and token.head.i in self.acts:
            found.append(self.acts[token.head.i])
        for verb in (token, *(child for child in token.children if child.dep_ == "conj")):
            found.extend(
                self.acts[child.i]
                for child in verb.children
                if child.dep_ == "advcl"
                and child.i in self.acts
                and any(part.lower_ == "when" for part in child.children if part.dep_ == "advmod")
            )
        nouns = [self.acts[subject] for subject in act.agents if subject in self.acts]
        return [*found, *(noun for noun in nouns if noun.form == "noun")]

    def clause(self, act: Proposition) -> list[Token]:
        """The tokens of the act's own clause: what hangs on it, without the clauses and acts inside."""
        roots = [self.doc[act.head], *([self.doc[act.light]] if act.light is not None else [])]
        own = set(act.trigger)
        found: dict[int, Token] = {}
        pending = list(roots)
        while pending:
            token = pending.pop()
            found[token.i] = token
            pending.extend(
                child
                for child in token.children
                if child.i not in found
                and (child.i in own or not (child.i in self.acts and self._starts_clause(child)))
            )
        return [found[index] for index in sorted(found)]

    def _starts_clause(self, token: Token) -> bool:
        if self.acts[token.i].form == "noun":
            sense = self.senses[token.i]
            return sense is not None and sense.type is not None
        return token.dep_ in {"ccomp", "advcl", "relcl", "conj", "xcomp", "parataxis", "acl", "pcomp"}

    def _days(self, act: Proposition) -> tuple[date | None, date | None]:
        for one in self._linked(act):
            inside = {token.i for token in self.clause(one)}
            times = [time for time in self.doc._.times if self._holds(inside, time)]
            if times:
                nearest = min(times, key=lambda time: self._distance(one, time))
                return nearest.earliest, nearest.latest
        return None, None

    def _distance(self, act: Proposition, time: Time) -> tuple[int, int]:
        """How far a time stands from an act, by the parse and then by the words: a dateline's day is far."""
        root = tokens_at(self.doc, (time.start, time.end)).root
        return sum(1 for _ in root.ancestors), abs(root.i - act.head)

    def _holds(self, inside: set[int], time: Time) -> bool:
        if time.type not in {"DATE", "TIME"} or (time.earliest is None and time.latest is None):
            return False
        tokens = tokens_at(self.doc, (time.start, time.end))
        return bool(len(tokens)) and tokens.root.i in inside

    # ------------------------------------------------------------------------------------ the record

    def _events_of(self, draft: _Draft) -> list[Event]:
        earliest, latest = self._days(draft.act)
        kind = ontology.EVENT_TYPES[draft.type]
        return [
            Event(
                id="",
                type=draft.type,
                mode=draft.mode,
                quad=kind.quad,
                score=ontology.score(draft.type, draft.mode),
                actors=draft.actors,
                recipients=draft.recipients,
                place=place,
                earliest=earliest,
                latest=latest,
                trigger=_runs(self.doc, draft.act.trigger),
                evidence=(self._evidence(draft.act),),
                confidence=draft.confidence,
            )
            for place in draft.places
        ]

    def _evidence(self, act: Proposition) -> Span:
        sentence = self.doc[act.head].sent
        tokens = [token for token in sentence if not token.is_space]
        return tokens[0].idx, span_of(tokens[-1])[1]


def _asks_of_nobody(sense: Sense) -> bool:
    """Whether a sense without a recipient is a mere opinion: "said that things must change"."""
    return any(need.slot == "obligation" for need in sense.needs)


def _rounded(probability: float) -> float:
    return round(min(0.97, max(0.05, probability)), 2)


def _without_doubles(drafts: Sequence[_Draft]) -> list[_Draft]:
    """One draft for an act that two words name: a noun and its light verb, a noun and what it does.

    "Carried out an attack" is the noun's; "the attack by X killed five" is the verb's, whose agent is X all
    the same.
    """
    kept: list[_Draft] = []
    for draft in drafts:
        rivals = [
            other
            for other in drafts
            if other is not draft and set(other.act.trigger) & set(draft.act.trigger)
        ]
        if any(_wins(other, draft) for other in rivals):
            continue
        if any(
            other.type == draft.type == "ASSAULT"
            and other is not draft
            and (
                draft.act.head in other.act.agents
                if draft.act.form == "noun"
                # "rockets fired by rebels hit the town": how it was done is no second attack
                else draft.clause_of in other.act.agents and draft.actors == other.actors
            )
            for other in drafts
        ):
            continue
        kept.append(draft)
    return kept


def _wins(one: _Draft, other: _Draft) -> bool:
    """Of two readings of the same words, the one whose sense asked for more; then the verb's."""
    mine, yours = len(one.sense.needs), len(other.sense.needs)
    return (mine, one.act.form == "verb") > (yours, other.act.form == "verb")


def _runs(doc: Doc, tokens: Tokens) -> tuple[Span, ...]:
    spans: list[Span] = []
    previous = -2
    for index in tokens:
        start, end = span_of(doc[index])
        if index == previous + 1:
            start = spans.pop()[0]
        spans.append((start, end))
        previous = index
    return tuple(spans)


def _numbered(events: Iterable[Event]) -> list[Event]:
    ordered = sorted(enumerate(events), key=lambda pair: (pair[1].trigger, pair[0]))
    return [replace(event, id=f"e{number}") for number, (_, event) in enumerate(ordered, start=1)]


@Language.factory(
    "sitrep_events",
    assigns=["doc._.events"],
    requires=["token.dep", "token.tag", "token.lemma", "doc._.actors"],
    default_config={"relations": True},
)
def make_events(nlp: Language, name: str, relations: bool) -> EventCoder:
    return EventCoder(read_lexicon(), RelationModel() if relations else None)


class EventCoder:
    """The spaCy component: stores what `find_events` finds."""

    def __init__(self, lexicon: TriggerLexicon, relations: RelationModel | None) -> None:
        self.lexicon = lexicon
        self.relations = relations
        self.models: dict[str, str] = {"relations": relations.digest} if relations is not None else {}

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = find_events(doc, self.lexicon, self.relations)
        return doc
