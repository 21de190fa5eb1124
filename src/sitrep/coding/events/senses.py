"""Which sense of the lexicon a proposition has, and which words fill its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span, Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.events.arguments import Tokens, coordinated
from sitrep.coding.events.locations import names_in
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.triggers import Need, Sense, Slots, TriggerLexicon

_PERSONAL: Final = frozenset(
    {"he", "she", "they", "him", "her", "them", "we", "us", "i", "you", "who", "whom"}
)
_PARTY_ENTITIES: Final = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_PLACE_ENTITIES: Final = frozenset({"GPE", "LOC", "FAC"})
_OUTSIDE_CORE: Final = frozenset({"prep", "pobj", "relcl", "acl", "poss", "appos"})
# What the clause that an act governs says by its auxiliary.
_MODALS: Final = {
    "obligation": frozenset({"must", "should", "ought"}),
    "undertaking": frozenset({"will", "would", "shall", "'ll", "’ll"}),
    "possibility": frozenset({"may", "might", "could"}),
}
# Quantities and parts through which a phrase is about what follows "of": "dozens of rockets", "parts of the
# city".
_TRANSPARENT: Final = frozenset({
    "series", "number", "dozen", "hundred", "thousand", "ten", "million", "score", "group", "team", "part",
    "most", "all", "some", "many", "much", "majority", "half", "rest", "one", "two", "three", "several",
    "few", "lot", "batch", "bulk", "range", "wave", "string", "spate", "round", "piece", "ton", "barrel",
    "shipment", "volley", "barrage", "hail", "kind", "type", "form", "control", "area", "center", "centre",
    "city", "town", "village", "district", "province", "outskirts", "state", "pair", "handful",
    "member", "section", "swath", "swathe", "portion", "border", "administrative", "whole",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parties:
    """What can stand in a proposition's slots: the tokens of actors and of places.

    `actors` maps a token to the ids of the actors whose mention is the smallest that has it in its core
    (several where "they" or "the participants" stands for several), `places` a token to its place's id. Both
    are empty where no component has looked for them; names that the entity recogniser found then serve.
    """

    actors: Mapping[int, tuple[str, ...]]
    places: Mapping[int, str]

    @classmethod
    def of(cls, doc: Doc) -> Parties:
        smallest: dict[int, int] = {}
        actors: dict[int, tuple[str, ...]] = {}
        for actor in doc._.actors:
            for mention in actor.mentions:
                tokens = tokens_at(doc, mention)
                for token in _core(tokens):
                    if len(tokens) < smallest.get(token.i, len(doc) + 1):
                        smallest[token.i], actors[token.i] = len(tokens), (actor.id,)
                    elif len(tokens) == smallest[token.i] and actor.id not in actors[token.i]:
                        actors[token.i] += (actor.id,)
        places = {
            token.i: place.id
            for place in doc._.places
            for mention in place.mentions
            for token in tokens_at(doc, mention)
        }
        # A town whose bare name was taken for somebody is a town, unless it stands for a state.
        states = {actor.id for actor in doc._.actors if actor.kind == "state"}
        towns = {
            t for t, ids in actors.items() if t in places and smallest[t] == 1 and states.isdisjoint(ids)
        }
        return cls({token: ids for token, ids in actors.items() if token not in towns}, places)


def _core(mention: Span) -> Iterator[Token]:
    """The words of a mention that stand for its actor: not "north" of "the forces from the north"."""
    if not len(mention):
        return
    inside = range(mention.start, mention.end)
    for token in mention:
        above = token
        # A parse that cuts the mention in two leaves several words whose head is outside: all are core.
        while above.head.i in inside and above.head != above and above.dep_ not in _OUTSIDE_CORE:
            above = above.head
        if above.head.i not in inside or above.head == above:
            yield token


class SenseReader:
    """Reads propositions of one `Doc` with one lexicon."""

    def __init__(
        self, doc: Doc, lexicon: TriggerLexicon, parties: Parties, propositions: Iterable[Proposition]
    ) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.parties = parties
        self.by_head = {proposition.head: proposition for proposition in propositions}

    def sense_of(self, proposition: Proposition) -> Sense | None:
        """The first sense whose needs the proposition meets; None where the lexicon has none."""
        return next(self._fitting(proposition), None)

    def senses_of(self, proposition: Proposition) -> tuple[Sense, ...]:
        """That sense, and those of other types that fit equally well: as many needs, all met."""
        fitting = list(self._fitting(proposition))
        first: dict[str | None, Sense] = {}
        for sense in fitting:
            if len(sense.needs) == len(fitting[0].needs):
                first.setdefault(sense.type, sense)
        return tuple(first.values())

    def _fitting(self, proposition: Proposition) -> Iterator[Sense]:
        for sense in self.lexicon.of(proposition.form, proposition.lemma):
            if all(self._met(need, proposition, sense) for need in sense.needs):
                yield sense

    # ------------------------------------------------------------------------------------ needs

    def _met(self, need: Need, proposition: Proposition, sense: Sense) -> bool:
        match need.slot:
            case "no-object":
                return not proposition.patients
            case "no-owner":
                return not self.slot(proposition, "owner")
            case "no-complement":
                return not proposition.complements
            case "passive":
                return proposition.passive
            case "several":
                return self._several(proposition)
            case "no-press":
                return not self._modified(proposition.head, self.lexicon.classes["@press"])
            case "compound":
                assert need.filler is not None
                return self._modified(proposition.head, self.lexicon.classes[need.filler])
            case "light":
                if proposition.light is None:
                    return False
                return (
                    need.filler is None
                    or self.doc[proposition.light].lemma_ in self.lexicon.classes[need.filler]
                )
            case "whom":
                others = set(self.fillers(proposition, sense.recipient)) - set(proposition.agents)
                return any(self.party(token) or self.names_party(self.doc[token]) for token in others)
            case "obligation" | "undertaking" | "possibility":
                return any(
                    child.lower_ in _MODALS[need.slot]
                    for token in proposition.complements
                    for child in self.doc[token].children
                    if child.dep_ == "aux"
                )
            case "own":
                return any(
                    self._is(token, need.filler) and self._same_subject(proposition, token)
                    for token in proposition.complements
                )
            case "infinitive":
                # "told them to leave", not "told them that it will leave"
                return any(
                    self.doc[token].tag_ == "VB"
                    and not any(child.tag_ == "MD" for child in self.doc[token].children)
                    and self._is(token, need.filler)
                    for token in proposition.complements
                )
            case "complement":
                return any(self._is(token, need.filler) for token in proposition.complements)
            case _:
                return any(
                    self._is(token, need.filler) and not (need.filler is None and self._is_time(token))
                    for token in self.slot(proposition, need.slot)
                )

    def _is_time(self, index: int) -> bool:
        """Whether a phrase says when: no need is met by the "on Monday" of "fired shells on Monday"."""
        return self.doc[index].ent_type_ in {"DATE", "TIME"}

    def _same_subject(self, proposition: Proposition, complement: int) -> bool:
        """Whether a clause says what its governor's own subject does: "warned that it would"."""
        agents = self.by_head[complement].agents if complement in self.by_head else ()
        if not agents or set(agents) & set(proposition.agents):
            return True
        mine = {found for token in proposition.agents for found in self.party(token)}
        theirs = {found for token in agents for found in self.party(token)}
        return bool(mine & theirs)

    def _modified(self, head: int, words: frozenset[str]) -> bool:
        return any(
            child.dep_ in {"compound", "amod", "nmod", "poss"}
            and (child.lemma_.lower() in words or child.lower_ in words)
            for child in self.doc[head].children
        )

    def _several(self, proposition: Proposition) -> bool:
        parties = {*proposition.agents, *proposition.companions}
        return len(parties) > 1 or any(
            self.doc[token].tag_ in {"NNS", "NNPS"} or self.doc[token].lower_ in {"they", "both", "two"}
            for token in parties
        )

    def _is(self, index: int, filler: str | None) -> bool:
        if filler is None:
            return True
        token = self.doc[index]
        if filler.startswith("@"):
            words = self.lexicon.classes[filler]
            return any(
                part.lemma_.lower() in words or part.lower_ in words for part in through_quantities(token)
            ) or (filler == "@aid" and token.ent_type_ == "MONEY")
        match filler:
            case "actor":
                return self.is_actor(token)
            case "person":
                return self.is_person(token)
            case "name":
                return token.ent_type_ == "PERSON"
            case "place":
                return self.is_place(token)
            case "named":
                return self.is_place(token) and bool(names_in(token, self.is_place_name))
            case "abstract":
                return not self.is_actor(token)
            case "state":
                return (
                    token.ent_type_ == "GPE"
                    or (
                        token.ent_type_ == "NORP" and token.tag_ not in {"NNPS", "NNS"}
                    )  # "Germans" are people
                    or token.lemma_.lower() in self.lexicon.classes["@polity"]
                )
        raise AssertionError(filler)

    def party(self, index: int) -> tuple[str, ...]:
        """Ids of the actors that a token names, also through a quantity: "thousands of students"."""
        for part in through_quantities(self.doc[index]):
            if part.i in self.parties.actors:
                return self.parties.actors[part.i]
        return ()

    def is_actor(self, token: Token) -> bool:
        if token.lower_ == "force" and not any(True for _ in token.children):
            return False  # "threatened to use force"
        if token.i in self.parties.actors or self.is_person(token):
            return True
        if token.ent_type_ in _PARTY_ENTITIES and token.pos_ in {"PROPN", "NOUN", "ADJ"}:
            return True
        last = through_quantities(token)[-1]
        if last != token:
            return self.is_actor(last)
        if token.pos_ == "NUM":
            return False
        lemma = token.lemma_.lower()
        return any(
            lemma in self.lexicon.classes[name]
            for name in ("@polity", "@force_word", "@forces", "@crowd", "@official")
        )

    def is_person(self, token: Token) -> bool:
        if token.lower_ in _PERSONAL or (token.ent_type_ == "PERSON" and token.i not in self.parties.places):
            return True
        last = through_quantities(token)[-1]
        if last != token:
            return self.is_person(last)
        if token.pos_ == "NUM":
            return token.ent_type_ in {"", "CARDINAL"} and not any(
                child.tag_ == "$" for child in token.children
            )
        if token.ent_type_ == "NORP" and token.tag_ in {"NNPS", "NNS"}:
            return True  # "two Danes"
        return not self.lexicon.classes["@human"].isdisjoint({token.lemma_.lower(), token.lower_})

    def is_place(self, token: Token) -> bool:
        return any(
            part.i in self.parties.places
            or part.ent_type_ in _PLACE_ENTITIES
            or part.lemma_.lower() in self.lexicon.classes["@place_word"]
            for part in through_quantities(token)
        )

    def is_place_name(self, token: Token) -> bool:
        return token.i in self.parties.places or (
            not self.parties.places and token.ent_type_ in _PLACE_ENTITIES
        )

    # ------------------------------------------------------------------------------------ slots

    def slot(self, proposition: Proposition, name: str) -> Tokens:
        """Heads of the phrases in one slot of a proposition."""
        found = self._slot(proposition, name)
        if name == "with" and not found:
            found = self._stray_companions(proposition)
        return tuple(
            dict.fromkeys(
                other
                for token in found
                for other in (*self._beside_adjective(token), token, *self._lost_in_title(token))
            )
        )

    def _beside_adjective(self, index: int) -> list[int]:
        """Parties that share a noun with the one it names: "Danish" in "Danish and Polish troops"."""
        own = self.parties.actors.get(index)
        if own is None:
            return []
        return [
            part.i
            for child in self.doc[index].children
            if child.i < index and child.dep_ in {"amod", "nmod", "compound"}
            for part in (child, *child.conjuncts)
            if part.i < index
            and (part.ent_type_ or part.pos_ == "NOUN")
            and (part.i != child.i or any(other.dep_ == "cc" for other in child.children))
            and self.parties.actors.get(part.i, own) != own
        ]

    def _stray_companions(self, proposition: Proposition) -> Tokens:
        """Companions that the parser hung on who acts: "a meeting held by the president, A B, with C"."""
        last = max((*proposition.trigger, *proposition.agents))
        for token in self.doc[last + 1 : self.doc[proposition.head].sent.end]:
            if token.pos_ == "VERB" and token.tag_ != "VBN":
                break
            if token.lower_ == "with" and token.dep_ == "prep" and self.is_person(token.head):
                return tuple(
                    other
                    for part in token.children
                    if part.dep_ == "pobj" and self.is_actor(part)
                    for other in coordinated(part)
                )
        return ()

    def _lost_in_title(self, index: int) -> list[int]:
        """Persons coordinated with this one whom the parser hung on a name in its title.

        "General A, the commander of the force in B, and the ambassador C": the parser coordinated
        "ambassador" with "B". A comma tells so, or that whoever holds an office is none of a list of things.
        """
        token = self.doc[index]
        if not self.is_person(token):
            return []
        return [
            part.i
            for part in token.subtree
            if part.dep_ == "conj"
            and part.i > index
            and self.is_person(part)
            and not self.is_person(part.head)
            and part.head.ent_type_ in _PLACE_ENTITIES | {"ORG"}
            and (self.doc[part.left_edge.i - 2].text == "," or self._is_officer(part))
        ]

    def _is_officer(self, token: Token) -> bool:
        """Whether a noun names one holder of an office: "the ambassador"."""
        return token.lemma_.lower() in self.lexicon.classes["@statesman"] and any(
            child.dep_ == "det" for child in token.children
        )

    def _slot(self, proposition: Proposition, name: str) -> Tokens:
        match name:
            case "subject":
                return proposition.agents
            case "object":
                return proposition.patients
            case "dative":
                return self._datives(proposition)
            case "infinitive-object":
                return tuple(
                    patient
                    for token in proposition.complements
                    if token in self.by_head and self.doc[token].tag_ == "VB"
                    for patient in self.by_head[token].patients
                )
            case "owner":
                return tuple(owner for token in proposition.patients for owner in self.owners(token))
            case "complement-subject":
                return tuple(
                    agent
                    for token in proposition.complements
                    if token in self.by_head
                    for agent in self.by_head[token].agents  # "said they must be let in": whom, not who must
                )
            case "content":
                return tuple(token for head in proposition.complements for token in self._content(head))
        if name.startswith("owner-of-"):
            return tuple(
                owner
                for token in self.slot(proposition, name.removeprefix("owner-of-"))
                for owner in self.owners(token)
            )
        found = proposition.at(name)
        if proposition.form == "verb" and all(self.doc[t].ent_type_ in {"DATE", "TIME"} for t in found):
            found = self._within_objects(proposition, name) or found
        return found

    def _datives(self, proposition: Proposition) -> Tokens:
        """The first of two objects: "gave the rebels arms"; with one alone, nobody is said to be given it."""
        first = [
            token for token in proposition.patients if self.doc[token].dep_ in {"dative", "dobj", "nsubjpass"}
        ]
        marked = [token for token in first if self.doc[token].dep_ == "dative"]
        heads = marked or (first[:1] if len(first) > 1 else [])
        return tuple(index for token in heads for index in coordinated(self.doc[token]))

    def _within_objects(self, proposition: Proposition, preposition: str) -> Tokens:
        """Objects of a preposition that the parser hung on what the verb acts on: "imposed sanctions on
        Iran".
        """
        return tuple(
            token
            for patient in proposition.patients
            if not self.is_person(self.doc[patient])
            for child in self.doc[patient].children
            if child.dep_ == "prep" and child.lower_ == preposition
            for part in child.children
            if part.dep_ == "pobj"
            for token in coordinated(part)
        )

    def _content(self, head: int) -> Tokens:
        act = self.by_head.get(head)
        if act is None:
            return ()
        sense = self.sense_of(act)
        slots = (
            sense.recipient
            if sense is not None and sense.type
            else ("object", "to", "with", "against", "for")
        )
        slots = tuple(slot for slot in slots if slot != "content")
        found = self.fillers(act, slots) or tuple(
            token for token in act.companions if self.is_actor(self.doc[token])
        )
        # "Promised to change his cabinet": what is one's own is no other party.
        found = tuple(token for token in found if not self._is_own(token, act.agents))
        if found:
            return found
        return tuple(token for inner in act.complements if inner != head for token in self._content(inner))

    def _is_own(self, index: int, agents: Tokens) -> bool:
        """Whether "his" or "its" thing is the agents' own: "its" is never a person's."""
        personal = any(self.is_person(self.doc[agent]) for agent in agents)
        return any(
            child.dep_ == "poss" and child.pos_ == "PRON" and not (child.lower_ == "its" and personal)
            for child in self.doc[index].children
        )

    def fillers(self, proposition: Proposition, slots: Slots) -> Tokens:
        """The actors of the first slot that holds any."""
        for slot in slots:
            found = tuple(
                dict.fromkeys(t for t in self.slot(proposition, slot) if self.is_actor(self.doc[t]))
            )
            if found:
                return found
        return ()

    def owners(self, index: int) -> Tokens:
        """Whose thing or act a noun is: "X's decision", "Israeli positions", "the offices of X", "strikes
        by X".
        """
        noun = self.doc[index]
        found: list[int] = []
        undergone = any("of" in sense.recipient for sense in self.lexicon.of("noun", noun.lemma_.lower()))
        for child in noun.children:
            if child.dep_ == "poss":
                found.extend(coordinated(child))
            elif child.dep_ == "prep" and (
                child.lower_ in {"by", "from"} or (child.lower_ == "of" and not undergone)
            ):
                for part in child.children:
                    if part.dep_ == "pobj":
                        found.extend(coordinated(part))
                        if not self.is_actor(part):
                            found.extend(self.owners(part.i))
            elif child.dep_ in {"amod", "compound", "nmod"} and self.names_party(child):
                found.append(child.i)
            elif child.dep_ == "acl" and child.tag_ == "VBN":
                found.extend(
                    token
                    for part in child.children
                    if part.dep_ == "agent"
                    for inner in part.children
                    if inner.dep_ == "pobj"
                    for token in coordinated(inner)
                )
        return tuple(token for token in dict.fromkeys(found) if self.is_actor(self.doc[token]))

    def names_party(self, token: Token) -> bool:
        """Whether a modifier names who: "Israeli", "Taliban", "UN"."""
        return token.ent_type_ in _PARTY_ENTITIES or (
            token.i in self.parties.actors and token.pos_ in {"PROPN", "ADJ"}
        )


def through_quantities(token: Token) -> list[Token]:
    """The token, and what it is a quantity, a part or a kind of."""
    found = [token]
    while token.lemma_.lower() in _TRANSPARENT or token.pos_ == "NUM" or token.ent_type_ == "CARDINAL":
        inner = next(
            (
                part
                for child in token.children
                if child.lower_ == "of"
                for part in child.children
                if part.dep_ == "pobj"
            ),
            None,
        )
        if inner is None:
            break
        found.append(inner)
        token = inner
    return found
