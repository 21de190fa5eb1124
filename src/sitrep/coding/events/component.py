"""What happened: one event for each proposition that names a political act and (violence apart) its actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from sitrep import ontology
from sitrep.coding.annotations import span_of
from sitrep.coding.events.acting import Acting
from sitrep.coding.events.arguments import Tokens
from sitrep.coding.events.confidence import Weights, features_of, likelihood, pair_of, read_weights, weighed
from sitrep.coding.events.dating import Dating
from sitrep.coding.events.drafts import Draft, folded, without_doubles
from sitrep.coding.events.locations import LocationModel
from sitrep.coding.events.propositions import Proposition
from sitrep.coding.events.reading import Reading
from sitrep.coding.events.relations import RelationModel
from sitrep.coding.events.relevance import is_political
from sitrep.coding.events.setting import Setting
from sitrep.coding.events.triggers import Sense, TriggerLexicon, read_lexicon
from sitrep.coding.events.unclaimed import is_meant
from sitrep.records import Event, Span

# Of what is still to come, these are told as what they show now: the will to cooperate (codebook, AGREE).
_WILL_TO_COOPERATE: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Refusing these is itself an act, "will not release" (codebook, REJECT), with the mode of what is refused.
_REFUSED: Final[dict[str, str | None]] = {
    "SUPPORT": None,
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
# Of these the content may stand before the verb, as a quotation; a clause before another verb stands alone.
_QUOTED_BEFORE: Final = frozenset({"ACCUSE", "THREATEN", "CONCEDE"})
_COMMITTING: Final = frozenset({"AGREE", "CONCEDE", "THREATEN", "REJECT"})
_PROMISES: Final = frozenset({"AGREE", "CONCEDE"})
# What is done to towns and to people by the same words: one who is "kidnapped" is a person.
_TAKING: Final = frozenset({"capture", "seize", "recapture", "retake", "take"})
_REFLEXIVE: Final = frozenset(
    {"himself", "herself", "itself", "themselves", "ourselves", "myself", "yourself"}
)
# Records less likely than this to be kept by a reader are not written at all: precision comes first.
_KEPT: Final = 0.3
# Those who attack each other in words.
_RIVALS: Final = frozenset({"opponent", "rival", "critic", "ally", "candidate", "challenger"})
_OFFICES: Final = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "JRN", "JUD"})
# Done to somebody, who must be named; other types that need a recipient may be mutual.
_ONE_SIDED: Final = frozenset({"AID", "SANCTION"})


def find_events(
    doc: Doc,
    lexicon: TriggerLexicon,
    relations: RelationModel | None = None,
    locations: LocationModel | None = None,
    weights: Weights | None = None,
) -> tuple[Event, ...]:
    """The events that `doc` tells, in the order of their triggers.

    `relations` is asked about each pair of parties: where it is sure it chooses between the senses of a word
    that fit equally, and with the grammar it gives the confidence. `locations` is asked where the grammar
    ties no place to an act.

    Who, whom, where and when are ids and days from `doc._.actors`, `places` and `times`, all from the
    proposition itself or from what its grammar links to it. A proposition whose actor is none of
    `doc._.actors` is no event, nor is one of a type that needs a recipient and has none; but violence that
    somebody must have meant ("a bomb killed two soldiers", "was shot dead") is one also where nobody is said
    to have done it.
    """
    coding = _Coding(Reading(doc, lexicon), relations, locations)
    return coding.events(weights if weights is not None else read_weights())


class _Coding:
    """The coding of one `Doc`."""

    def __init__(
        self, reading: Reading, relations: RelationModel | None, locations: LocationModel | None
    ) -> None:
        self.reading = reading
        self.relations = relations
        self.doc = reading.doc
        self.lexicon = reading.lexicon
        self.acts = reading.acts
        self.acting = Acting(reading)
        self.setting = Setting(reading, locations)
        self.dating = Dating(reading)
        reading.senses.update((head, self._sense_of(act)) for head, act in self.acts.items())
        self.senses = reading.senses

    def events(self, weights: Weights) -> tuple[Event, ...]:
        kept = weighed(self.reading, self.drafts(), self.relations, weights)
        events = [event for draft in kept if draft.confidence >= _KEPT for event in self.events_of(draft)]
        return tuple(_numbered(events))

    def drafts(self) -> list[Draft]:
        contents = self._contents()
        drafts: list[Draft] = []
        for head, act in self.acts.items():
            sense = self.senses[head]
            if sense is None or sense.type is None or head in contents:
                continue
            draft = self._draft(act, sense)
            if draft is not None:
                drafts.append(draft)
                if draft.type == "CONSULT":
                    self.acting.remember_meeting(draft.actors + draft.recipients, head)
        return folded(self.reading, without_doubles(drafts))

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
            if sense.type in _COMMITTING:
                for token in act.patients:
                    for child in self.doc[token].children:
                        if child.dep_ == "acl" and child.tag_ == "VB":  # "renewed their commitment to help"
                            inside.update(self._chain(child.i))
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
        senses = self.reading.reader.senses_of(act)
        if len(senses) < 2 or self.relations is None or None in {sense.type for sense in senses}:
            return senses[0] if senses else None
        first = senses[0]
        actors = self.acting.actors_of(act, first)
        recipients = self.reading.ids(self.reading.reader.fillers(act, first.recipient))
        if not actors or not recipients:
            return first  # without both parties there is no relation to be read
        [found] = self.relations.classify([pair_of(self.reading, act, first, actors, recipients)])
        best = max(senses, key=lambda sense: found.get(sense.type or "", 0.0))
        sure = found.get(best.type or "", 0.0)
        return best if sure >= _SURE and sure - found.get(first.type or "", 0.0) >= _CLEARLY else first

    def _draft(self, act: Proposition, sense: Sense) -> Draft | None:
        assert sense.type is not None
        kind, mode = sense.type, sense.mode
        if self._is_reflexive(act) and mode != "suicide-attack":
            return None
        actors = self.acting.actors_of(act, sense)
        if not actors and not is_meant(self.reading, act, sense):
            return None
        recipients = tuple(
            found
            for found in self.reading.ids(self.reading.reader.fillers(act, sense.recipient))
            if found not in actors
        )
        if sense.mode == "abduct" and act.lemma in _TAKING:
            towns = any(self.reading.reader.is_place_name(self.doc[token]) for token in act.patients)
            persons = tuple(found for found in recipients if not self._may_be_town(found))
            named = any(self.doc[token].pos_ == "PROPN" for token in act.patients)
            if towns or (named and not persons):  # "seized Mosul and Palmyra"
                kind, mode, persons = "COERCE", "seize", ()
            elif not persons:
                return None  # whom or what they took is not told
            recipients = persons
        if act.negated:
            if not act.future or kind not in _REFUSED:
                if not self.reading.is_told(act):
                    return None
            else:
                kind, mode = "REJECT", _REFUSED[kind]
        elif act.future:
            if kind in _WILL_TO_COOPERATE:
                kind, mode = "AGREE", None
            elif kind == "RETREAT" and self.reading.is_told(act):
                kind, mode = "CONCEDE", None
        if kind == "ASSAULT" and mode is None and self._is_verbal(act, actors, recipients):
            kind, mode = "ACCUSE", "disapprove"
        if kind in _PROMISES and any(
            self.acts[token].negated for token in act.complements if token in self.acts
        ):
            return None  # "promised not to": neither a promise to cooperate nor a refusal
        places = self.setting.places_of(act, sense, kind)
        if not actors and not recipients and (places == (None,) or not act.agents):
            return None  # nobody did it, and nobody or nothing named underwent it
        alone = not recipients and (len(actors) < 2 or kind in _ONE_SIDED)
        if kind == "AID" and places != (None,):
            alone = False  # "flew medicine to the flooded valley": the place stands for who lives there
        if (alone and ontology.EVENT_TYPES[kind].needs_recipient) or (
            not recipients and _asks_of_nobody(sense)
        ):
            return None
        if kind == sense.type and (mode is None or mode == "explosives"):
            told = self._mode(act, kind)
            # what is bombed by aircraft or with drones is hit by no planted bomb
            mode = told if mode is None or told in {"aerial", "drone"} else mode
        if mode is not None and mode not in ontology.EVENT_TYPES[kind].modes:
            mode = None
        parties = (actors, recipients)
        word = self.doc[act.head]
        draft = Draft(
            act,
            sense,
            kind,
            mode,
            *parties,
            places,
            clause_of=word.head.i if word.dep_ in {"acl", "relcl"} else None,
        )
        return draft if is_political(self.reading, draft) else None

    def _may_be_town(self, actor: str) -> bool:
        """Whether a name that was taken may be a town's: one word that nothing shows to be a person's."""
        known = self.reading.actors[actor]
        return (
            known.kind == "person"
            and not known.sectors
            and known.description is None
            and " " not in known.name
            and len(known.mentions) == 1
        )

    def _is_reflexive(self, act: Proposition) -> bool:
        return any(self.doc[token].lower_ in _REFLEXIVE for token in act.patients)

    def _is_verbal(self, act: Proposition, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
        """Whether an attack is one in words: by office holders, by a rival, or by one named person on others,
        with no weapon in the clause.
        """
        if act.lemma not in {"attack", "assail"} or not actors or self._mode(act, "ASSAULT") is not None:
            return False
        # who is asked to attack soldiers, or means to attack a state, is to do so by force
        aimed = self.doc[act.head].tag_ in {"VB", "VBG"}
        if any(
            (aimed and self.reading.actors[found].kind == "state") or self._bears_arms(found)
            for found in recipients
        ):
            return False
        told = [self.reading.actors[actor] for actor in actors]
        if any(actor.kind in {"organisation", "state"} for actor in told):
            return False
        if any(self.doc[token].lemma_.lower() in _RIVALS for token in act.patients):
            return True
        offices = [not _OFFICES.isdisjoint(actor.sectors) for actor in told]
        on_persons = bool(recipients) and all(
            self.reading.actors[found].kind in {"person", "group", "press"} for found in recipients
        )
        named = bool(act.agents) and all(self.doc[token].pos_ == "PROPN" for token in act.agents)
        by_name = named and (on_persons or bool(act.at("for") or act.at("over")))
        return all(
            (in_office and actor.kind in {"person", "press"})
            or (not self.reading.is_armed(actor.id) and (by_name or any(offices)))
            for actor, in_office in zip(told, offices, strict=True)
        )

    def _bears_arms(self, actor: str) -> bool:
        known = self.reading.actors[actor]
        return known.kind in {"group", "organisation"} and "MIL" in known.sectors

    def _mode(self, act: Proposition, kind: str) -> str | None:
        # "an air strike killed five"; "exploded outside a mosque, killing five"
        told = [act, *(self.acts[agent] for agent in act.agents if agent in self.acts)]
        if self.doc[act.head].dep_ == "advcl" and self.doc[act.head].head.i in self.acts:
            told.append(self.acts[self.doc[act.head].head.i])
        if act.form == "verb" and not act.agents:  # "were killed when shells struck"
            around = (*self.reading.circumstances(self.doc[act.head]), *self.reading.means(act))
            told.extend(self.acts[token] for token in around if token in self.acts)
        words = {
            word
            for one in told
            for token in self.reading.clause(one)
            for word in (token.lemma_.lower(), token.lower_)
        }
        for mode, shown_by in self.lexicon.modes.get(kind, ()):
            if words & shown_by:
                return mode
        # "an exchange of fire killed two"
        behind = [self.senses.get(agent) for agent in act.agents if act.form == "verb"]
        return next((one.mode for one in behind if one is not None and one.type == kind and one.mode), None)

    # ------------------------------------------------------------------------------------ the record

    def events_of(self, draft: Draft) -> list[Event]:
        days = self.dating.dated(draft.act)
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
                earliest=days.earliest,
                latest=days.latest,
                inferred=days.inferred,
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
    default_config={"relations": True, "locations": True},
)
def make_events(nlp: Language, name: str, relations: bool, locations: bool) -> EventCoder:
    return EventCoder(
        read_lexicon(), RelationModel() if relations else None, LocationModel() if locations else None
    )


class EventCoder:
    """The spaCy component: stores what `find_events` finds."""

    def __init__(
        self,
        lexicon: TriggerLexicon,
        relations: RelationModel | None,
        locations: LocationModel | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.relations = relations
        self.locations = locations
        self.weights = read_weights()
        self.models: dict[str, str] = {"relations": relations.digest} if relations is not None else {}
        if locations is not None:
            self.models["event_locations"] = locations.digest

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = find_events(doc, self.lexicon, self.relations, self.locations, self.weights)
        return doc

    def explain(self, doc: Doc) -> list[tuple[Event, dict[str, float]]]:
        """The events of `doc`, also those too unlikely to be kept, each with what its confidence rests on."""
        coding = _Coding(Reading(doc, self.lexicon), self.relations, self.locations)
        drafts = coding.drafts()
        features = features_of(coding.reading, drafts, self.relations)
        return [
            (event, found)
            for draft, found in zip(drafts, features, strict=True)
            for event in coding.events_of(replace(draft, confidence=likelihood(found, self.weights)))
        ]
