"""What the grammar and the lexicon find in one text, which every judgement about its events rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.annotations import tokens_at
from sitrep.coding.events.propositions import Proposition, find_propositions, host_of
from sitrep.coding.events.senses import Parties, SenseReader, through_quantities
from sitrep.coding.events.triggers import Sense, TriggerLexicon
from sitrep.coding.spans import SpansAt
from sitrep.records import Actor, Span

# Sectors whose dealings with each other are business, science or private life.
_PRIVATE: Final = frozenset({"CVL", "UNK", "REF", "BUS", "MNC", "EDU", "MED", "JRN", "AGR", "LAB", "SOC"})
_UNIONS: Final = frozenset({"UNK", "LAB"})
_SIDES: Final = (["side"], ["sides"], ["party"], ["parties"], ["faction"], ["factions"], ["delegation"])
_ARMED: Final = frozenset({"MIL", "COP", "PRM", "REB", "UAF", "IMG", "CRM", "SPY", "PRE"})
# Between a deed and what it did to people: "killed when gunmen fired", "killed in an attack by".
_WHEN: Final = frozenset({"when", "as", "after", "while"})
_THROUGH: Final = frozenset({"in", "by", "during", "after", "from", "amid"})
# Where crowds come together is where they do what they came for: "gathered in the square to protest".
_GATHERING: Final = frozenset(
    {"gather", "assemble", "march", "rally", "mass", "flock", "pour", "meet", "turn"}
)


class Reading:
    """The propositions of one `Doc` with their senses, and the actors that may stand in them."""

    def __init__(self, doc: Doc, lexicon: TriggerLexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.parties = Parties.of(doc)
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in doc._.actors}
        self.text = doc.text  # put together anew at each call
        self._told = SpansAt((span, None) for said in doc._.attributions for span in said.content.spans)
        self.reader = SenseReader(doc, lexicon, self.parties, find_propositions(doc, lexicon.nouns))
        self.acts: Mapping[int, Proposition] = self.reader.by_head
        self._offices: dict[str, bool] = {}  # who is called by an office
        self._mentions: dict[str, SpansAt[None]] = {}
        self.senses: dict[int, Sense | None] = {}  # by the head of the act; filled once the senses are chosen

    def ids(self, tokens: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for token in tokens for found in self.reader.party(token)))

    def is_political(self, actor: str) -> bool:
        """Whether an actor is more than private people and firms.

        An organisation that nothing is known of may be, and so may "the other side"; a trade union is.
        """
        known = self.actors[actor]
        sectors = set(known.sectors)
        return (
            known.kind == "state"
            or not sectors <= _PRIVATE
            or (known.kind == "organisation" and sectors <= _UNIONS)
            or (not sectors and known.name.lower().split()[-1:] in _SIDES)
            or (known.kind == "person" and not sectors and self._has_office(known))
        )

    def _has_office(self, actor: Actor) -> bool:
        if actor.id not in self._offices:
            self._offices[actor.id] = self._is_called_by_office(actor)
        return self._offices[actor.id]

    def _is_called_by_office(self, actor: Actor) -> bool:
        """Whether an actor is also named by an office: "the three leaders", said of persons named before."""
        offices = self.lexicon.classes["@statesman"]
        phrases = (tokens_at(self.doc, mention) for mention in actor.mentions)
        return any(len(tokens) and tokens.root.lemma_.lower() in offices for tokens in phrases)

    def is_plainly_political(self, actor: str) -> bool:
        """Whether an actor is known to be political, not just not known to be private."""
        known = self.actors[actor]
        return known.kind == "state" or not set(known.sectors) <= _PRIVATE

    def is_armed(self, actor: str) -> bool:
        """Whether an actor may fight: a state, a government (no minister in person), whoever bears arms."""
        known = self.actors[actor]
        return (
            known.kind == "state"
            or not _ARMED.isdisjoint(known.sectors)
            or (known.kind != "person" and "GOV" in known.sectors)
        )

    def is_told(self, act: Proposition) -> bool:
        """Whether the act is what somebody says: inside an attribution, or the clause of a verb of saying."""
        start = self.doc[act.head].idx
        return bool(self._told.touching((start, start + 1)))

    def mentions_in(self, actor: str, span: Span) -> list[Span]:
        """The mentions of an actor that stand whole within `span`."""
        if actor not in self._mentions:
            self._mentions[actor] = SpansAt((mention, None) for mention in self.actors[actor].mentions)
        touching = self._mentions[actor].touching(span)
        return [mention for mention, _ in touching if span[0] <= mention[0] and mention[1] <= span[1]]

    def is_of(self, token: int, words: frozenset[str]) -> bool:
        return any(
            part.lemma_.lower() in words or part.lower_ in words
            for part in through_quantities(self.doc[token])
        )

    def circumstances(self, verb: Token) -> list[int]:
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

    def means(self, act: Proposition) -> list[int]:
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

    def linked(self, act: Proposition) -> list[Proposition]:
        """The act, then those that share its time and place: "attacked a village in Borno, killing five"."""
        found = [act]
        token = self.doc[act.head]
        if act.form == "noun" and (host := host_of(token)) is not None and host.i in self.acts:
            found.append(self.acts[host.i])  # "clashes broke out on Friday"
        if not act.agents and act.form == "verb":
            found.extend(self.acts[clause] for clause in self.circumstances(token))
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
