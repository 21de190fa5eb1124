"""What happened: one event for each proposition that names a political act and says who did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep import ontology
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.locations import find_locations, names_in
from sitrep.coding.propositions import Proposition, Tokens, find_propositions
from sitrep.coding.relations import MarkedPair, RelationModel
from sitrep.coding.senses import Parties, SenseReader
from sitrep.coding.triggers import Sense, TriggerLexicon, read_lexicon
from sitrep.records import Event, Span, Spans, Time

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
_OFFICES: Final = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "JRN", "JUD"})
_PHYSICAL: Final = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
_BY_MOTION: Final = frozenset({"MOBILIZE", "RETREAT", "AID"})


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


def find_events(
    doc: Doc, lexicon: TriggerLexicon, relations: RelationModel | None = None
) -> tuple[Event, ...]:
    """The events that `doc` tells, in the order of their triggers.

    `relations` is asked about each pair of parties: it chooses between the senses of a word that fit equally,
    and with the grammar it gives the confidence.

    Who, whom, where and when are ids and days from `doc._.actors`, `places` and `times`, all from the
    proposition itself or from what its grammar links to it. A proposition whose actor is none of
    `doc._.actors` is no event, nor is one of a type that needs a recipient and has none.
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
        self.senses = {head: self.reader.sense_of(act) for head, act in self.acts.items()}
        self.last_meeting: tuple[str, ...] = ()

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
        kept = [self._weighed(draft) for draft in _without_doubles(drafts)]
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

    def _draft(self, act: Proposition, sense: Sense) -> _Draft | None:
        assert sense.type is not None
        kind, mode = sense.type, sense.mode
        if self._is_reflexive(act) and mode != "suicide-attack":
            return None
        actors = self._actors(act, sense)
        if not actors:
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
        if mode == "martial-law" and self._is_disaster(act):
            return None
        if kind in _PROMISES and any(
            self.acts[token].negated for token in act.complements if token in self.acts
        ):
            return None  # "promised not to": neither a promise to cooperate nor a refusal
        alone = not recipients and len(actors) < 2
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
        return _Draft(
            act, sense, kind, mode, *parties, self._places(act, sense), self._confidence(act, sense, *parties)
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
        pair = self._pair(draft)
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

    def _pair(self, draft: _Draft) -> MarkedPair:
        sentence = self.doc[draft.act.head].sent
        tokens = [token for slot in draft.sense.actor for token in self.reader.slot(draft.act, slot)]
        actors = self._spans_in(sentence, draft.actors, tokens)
        recipients = self._spans_in(
            sentence, draft.recipients, self.reader.fillers(draft.act, draft.sense.recipient)
        )
        if not recipients and len(actors) > 1:  # in an act done together the first acts, the others are met
            actors, recipients = actors[:1], actors[1:]
        return MarkedPair(sentence.text, actors, recipients)

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
        return (
            act.lemma in {"attack", "assail"}
            and self._mode(act, "ASSAULT") is None
            and all(
                self.kinds[actor].kind in {"person", "press"}
                and not _OFFICES.isdisjoint(self.kinds[actor].sectors)
                for actor in actors
            )
        )

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
        if found:
            # "The sides agreed": the component that resolves it may have named one of them only.
            return (
                self.last_meeting if self._is_sides(word) and set(found) <= set(self.last_meeting) else found
            )
        if self._is_sides(word):
            return self.last_meeting
        if token in self.acts and self.acts[token].form == "noun":
            agents = self.acts[token].agents
            return tuple(found for agent in agents if agent != token for found in self._acting(agent))
        if word.lemma_.lower() in self.lexicon.classes["@means"]:
            return self._ids(self.reader.owners(token))
        return ()

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
        words = {token.lemma_.lower() for token in self.clause(act)} | {
            token.lower_ for token in self.clause(act)
        }
        for mode, shown_by in self.lexicon.modes.get(kind, ()):
            if words & shown_by:
                return mode
        return None

    # ------------------------------------------------------------------------------------ where and when

    def _places(self, act: Proposition, sense: Sense) -> tuple[str | None, ...]:
        """Ids of the places of the act; of several that it was done to, each makes an event of its own."""
        taken = [
            name
            for slot in sense.place
            for token in self.reader.slot(act, slot)
            for name in names_in(self.doc[token], self._is_name)
        ]
        if taken:
            return tuple(dict.fromkeys(self.parties.places[name] for name in taken))
        motion = sense.type in _BY_MOTION
        for one in self._linked(act):
            found = find_locations(
                self.doc, one, self._is_name, physical=sense.type in _PHYSICAL, motion=motion
            )
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

    def _linked(self, act: Proposition) -> list[Proposition]:
        """The act, then those that share its time and place: "attacked a village in Borno, killing five"."""
        found = [act]
        token = self.doc[act.head]
        joined = token.dep_ == "conj" or (token.dep_ == "advcl" and token.tag_ == "VBG")
        if act.form == "verb" and joined and token.head.i in self.acts:
            found.append(self.acts[token.head.i])
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
                return times[0].earliest, times[0].latest
        return None, None

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
        if draft.act.form == "noun" and any(
            other.type == draft.type and draft.act.head in other.act.agents for other in drafts
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
