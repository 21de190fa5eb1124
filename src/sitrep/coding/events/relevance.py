"""What is told in a political event's words and is none: private dealings, contests, descriptions, habits."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from sitrep.coding.events.drafts import Draft
from sitrep.coding.events.reading import Reading

# Violence and protest are politics whoever they are by.
_BY_ANYBODY: Final = frozenset({"ASSAULT", "PROTEST"})
# Verbs that part two sides of a contest as well as of a war.
_CONTENDING: Final = frozenset({
    "fight", "battle", "beat", "defeat", "crush", "rout", "vanquish", "overpower", "attack", "hit", "strike",
    "pound", "target", "batter", "blast", "hammer",
})  # fmt: skip
_JOURNEYS: Final = frozenset({"travel", "fly", "journey"})
# Those who lead or join talks whose other side is not named.
_LEADING: Final = frozenset({"lead", "host", "broker", "mediate", "involve"})
_MEASURES: Final = frozenset({"restrict", "curfew", "martial-law", "censor"})
_FIRMS: Final = frozenset({"BUS", "MNC"})
_HELPERS: Final = frozenset({"MED", "NGO", "BUS", "EDU", "SOC"})
_OPINIONS: Final = frozenset({"SUPPORT", "REJECT", "ACCUSE"})
# What is given as a rule rather than once: "the state offers loans to students".
_LASTING: Final = frozenset({"AID", "COOPERATE"})
# "Groups that back the rebels" says who they are; that somebody backs a plan now is an act.
_ATTITUDES: Final = frozenset({"back", "support"})
# What makes a plural mean certain people: "the students", "40 students", "their students".
_CERTAIN: Final = frozenset({"det", "nummod", "poss"})
_ENDING: Final = frozenset({"stop", "halt", "cease", "quit", "suspend", "end"})
_FACULTIES: Final = frozenset({
    "power", "authority", "right", "ability", "capacity", "capability", "way", "means", "option", "freedom",
    "tool", "jurisdiction", "mandate", "reason", "rationale", "incentive", "excuse", "risk",
})  # fmt: skip
_KEEPING_FROM: Final = frozenset(
    {"refrain", "abstain", "avoid", "clear", "steer", "shy", "short", "instead", "rather"}
)
_OFTEN: Final = frozenset({
    "often", "frequently", "regularly", "routinely", "usually", "always", "sometimes", "occasionally",
    "commonly", "typically", "generally", "normally", "periodically", "constantly", "rarely", "seldom",
})  # fmt: skip
_REGULAR: Final = frozenset(
    {"regular", "frequent", "routine", "daily", "weekly", "periodic", "occasional", "constant"}
)
_FORCE: Final = frozenset({"ASSAULT", "COERCE"})
_OF_WHAT: Final = frozenset({"for", "of", "with"})
# How far back of its sentence a measure may be told to be against a disease or a flood, in tokens.
_BEFORE: Final = 40


def is_political(reading: Reading, draft: Draft) -> bool:
    """Whether a draft tells a political event, and tells it as one."""
    return not (
        _is_private(reading, draft)
        or _is_crime(reading, draft)
        or _is_relief(reading, draft)
        or _is_journey(reading, draft)
        or _is_thanks(reading, draft)
        or _is_gathering_of_one(reading, draft)
        or _is_against_nature(reading, draft)
        or _is_contest(reading, draft)
        or _is_poll(reading, draft)
        or _is_description(reading, draft)
        or _is_habit(reading, draft)
        or _is_faculty(reading, draft)
        or _is_ended(reading, draft)
        or _is_reproach(reading, draft)
    )


def _is_private(reading: Reading, draft: Draft) -> bool:
    """Whether nobody in it is political; what nothing is known of is none beside a firm."""
    if draft.type in _BY_ANYBODY:
        return False
    parties = (*draft.actors, *draft.recipients)
    if any(reading.is_plainly_political(found) for found in parties):
        return False
    firms = any(not _FIRMS.isdisjoint(reading.actors[found].sectors) for found in parties)
    return firms or not any(reading.is_political(found) for found in parties)


def _is_crime(reading: Reading, draft: Draft) -> bool:
    """Whether violence is between private persons: what a crowd does may be political."""
    parties = (*draft.actors, *draft.recipients)
    crimes = reading.lexicon.classes["@robbery"]
    return (
        draft.type == "ASSAULT"
        and (
            bool(draft.actors)
            or any(token.lemma_.lower() in crimes for token in reading.doc[draft.act.head].sent)
        )
        and not any(reading.is_political(found) for found in parties)
        and all(reading.actors[found].kind == "person" for found in draft.actors)
        and all(
            reading.actors[found].kind == "person" and "JRN" not in reading.actors[found].sectors
            for found in draft.recipients
        )
    )


def _is_relief(reading: Reading, draft: Draft) -> bool:
    """Whether those who are deployed belong to nobody who has arms: "the clinic sent teams to the camp"."""
    return draft.type == "MOBILIZE" and all(
        not _HELPERS.isdisjoint(reading.actors[actor].sectors) and not reading.is_armed(actor)
        for actor in draft.actors
    )


def _is_journey(reading: Reading, draft: Draft) -> bool:
    """Whether a visit is a tourist's or a patient's, or one to nobody that does not lead abroad."""
    if draft.sense.mode != "visit":
        return False
    if not any(reading.is_political(actor) for actor in draft.actors):
        return True
    for_talks = any(need.slot == "for" for need in draft.sense.needs)
    if draft.recipients or for_talks or draft.act.lemma not in _JOURNEYS:
        return False
    homes = {reading.actors[actor].country for actor in draft.actors} - {None}
    countries = {place.country for place in reading.doc._.places if place.id in draft.places} - {None}
    return not homes or not countries or not homes.isdisjoint(countries)


def _is_thanks(reading: Reading, draft: Draft) -> bool:
    """Whether thanks go to private people or to whoever listens: "thanked the parents", "thank you"."""
    if draft.act.lemma != "thank":
        return False
    if draft.recipients:
        return not any(reading.is_political(found) for found in draft.recipients)
    return any(reading.doc[token].pos_ == "PRON" for token in draft.act.patients)


def _is_gathering_of_one(reading: Reading, draft: Draft) -> bool:
    """Whether a meeting is one body's own ("the agency's annual meeting") or names one side only.

    "Held a meeting" is told as an act of its own, and a plural ("the ministers' talks") stands for several.
    """
    act = draft.act
    if draft.sense.type != "CONSULT" or act.form != "noun" or draft.sense.mode == "visit":
        return False
    if len(draft.actors) + len(draft.recipients) > 1:
        return False
    if act.light is not None:
        return reading.doc[act.light].lemma_ in _LEADING
    return all(reading.actors[actor].kind != "group" for actor in draft.actors)


def _is_against_nature(reading: Reading, draft: Draft) -> bool:
    """Whether a restriction is against a disease or a disaster: then it is no coercion (codebook, COERCE).

    What is done to another state or body is, whatever it is against.
    """
    if draft.type != "COERCE" or draft.mode not in _MEASURES:
        return False
    if any(reading.is_political(found) for found in draft.recipients):
        return False
    # Fires and storms are of war too; an emergency is declared about them all the same.
    words = reading.lexicon.classes["@disaster" if draft.mode == "martial-law" else "@disease"]
    around = reading.doc[draft.act.head].sent
    return any(
        token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.lemma_.lower() in words
        for token in reading.doc[max(0, around.start - _BEFORE) : around.end]
    )


def _is_contest(reading: Reading, draft: Draft) -> bool:
    """Whether a fight is one of sports or of an election: nobody in it has arms."""
    act = draft.act
    if draft.type != "ASSAULT" or draft.mode is not None or act.form != "verb":
        return False
    sports = reading.lexicon.classes["@contest"]
    if act.lemma in _CONTENDING and any(token.lower_ in sports for token in reading.doc[act.head].sent):
        return True
    parties = (*draft.actors, *draft.recipients)
    return (
        act.lemma in _CONTENDING - {"attack", "hit", "strike"}
        and bool(draft.actors)
        and not any(reading.is_armed(actor) for actor in parties)
    )


def _is_poll(reading: Reading, draft: Draft) -> bool:
    """Whether an opinion is that of so many in a hundred: "48 percent back her"."""
    shares = reading.lexicon.classes["@share"]
    head = draft.act.head
    return draft.type in _OPINIONS and any(
        token.i < head and token.lemma_.lower() in shares for token in reading.clause(draft.act)
    )


def _is_description(reading: Reading, draft: Draft) -> bool:
    """Whether an act only says who is meant: "the network funded by the state", "those who attack us"."""
    act = draft.act
    verb = reading.doc[act.head]
    if act.form != "verb" or act.future or _is_dated(reading, draft):
        return False
    if verb.dep_ == "relcl" and _is_present(verb) and _is_any(verb.head):
        return True
    if act.lemma not in reading.lexicon.classes["@describing"]:
        return False
    if verb.dep_ == "acl":
        return verb.tag_ == "VBN"
    return _is_present(verb) and (verb.dep_ == "relcl" or act.lemma not in _ATTITUDES)


def _is_habit(reading: Reading, draft: Draft) -> bool:
    """Whether an act is done as a rule: "when farmers ask for help", "the state lends money to students"."""
    act = draft.act
    verb = reading.doc[act.light if act.light is not None else act.head]
    if verb.dep_ == "xcomp" and verb.head.lower_ == "used" and verb.head.nbor(1).lower_ == "to":
        return True  # "used to attack convoys", not "used gas to disperse them"
    if any(_is_each_time(child) for child in verb.children) or (
        verb.dep_ == "relcl" and _is_each_time(verb.head)
    ):
        return True
    if act.future or not _bears_present(verb):
        return False
    if any(
        (child.lower_ in _OFTEN and child.dep_ in {"advmod", "npadvmod"}) or _is_basis(child)
        for child in verb.children
    ):
        return True  # "often attacks", "have often attacked"
    if not _is_present(verb):
        return False
    if _is_repeated(reading.doc[act.head]):
        return True
    if _is_dated(reading, draft):
        return False
    if verb.dep_ == "advcl" and any(
        child.lower_ in {"when", "whenever"} and child.dep_ in {"advmod", "mark"} for child in verb.children
    ):
        return _bears_present(verb.head)
    whom = reading.reader.fillers(act, draft.sense.recipient)
    if draft.type in _LASTING:
        return any(_is_bare_plural(reading.doc[token]) for token in whom)
    # "Gunmen kill farmers" is news only as a headline or as the first words of a report
    return (
        draft.type in _FORCE
        and bool(whom)
        and all(_is_bare_plural(reading.doc[token]) for token in whom)
        and verb.sent.start > 0
        and verb.sent.text.rstrip().endswith((".", "”", '"'))
    )


def _is_each_time(noun: Token) -> bool:
    """Whether a phrase is "each time" or "every time": what hangs on it or holds it comes again."""
    return noun.lower_ == "time" and any(child.lower_ in {"each", "every"} for child in noun.children)


def _is_basis(preposition: Token) -> bool:
    """Whether a phrase is "on a daily basis"."""
    return preposition.lower_ == "on" and any(
        child.lower_ == "basis" and any(part.lower_ in _REGULAR for part in child.children)
        for child in preposition.children
    )


def _is_repeated(noun: Token) -> bool:
    """Whether a noun names acts of one kind and no single one: "regular attacks"."""
    return noun.tag_ == "NNS" and any(
        child.lower_ in _REGULAR and child.dep_ == "amod" for child in noun.children
    )


def _is_faculty(reading: Reading, draft: Draft) -> bool:
    """Whether an act is only what somebody may or could do: "the power to arrest", "a way to press them"."""
    verb = reading.doc[draft.act.light if draft.act.light is not None else draft.act.head]
    for above in (verb, *verb.ancestors):
        if above.dep_ == "acl" and above.tag_ == "VB":
            return above.head.lemma_.lower() in _FACULTIES
        if above.dep_ not in {"conj", "xcomp", "pcomp", "prep"}:
            return False
    return False


def _bears_present(verb: Token) -> bool:
    """Whether a verb is in the present, the perfect and the progressive among them."""
    bearers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}] or [verb]
    return all(token.tag_ in {"VBZ", "VBP", "VBN", "VBG"} for token in bearers)


def _is_present(verb: Token) -> bool:
    """Whether a verb is in the simple present: no auxiliary makes it a perfect or a progressive."""
    return verb.tag_ in {"VBZ", "VBP"}


def _is_bare_plural(noun: Token) -> bool:
    """Whether a noun means a kind, not certain people: "students", not "the students", "Syrian students"."""
    return (
        noun.tag_ == "NNS"
        and not any(
            child.dep_ in _CERTAIN or child.ent_type_ or child.dep_ == "relcl" for child in noun.children
        )
        and not any(token.ent_type_ for token in noun.subtree)
    )


def _is_any(noun: Token) -> bool:
    """Whether a noun means whoever is such: "those who", "a party that"."""
    determiners = {child.lower_ for child in noun.children if child.dep_ == "det"}
    if noun.pos_ == "PROPN" or noun.ent_type_:
        return False
    return (
        noun.lower_ in {"those", "anyone", "anybody", "everyone", "everybody", "whoever", "people"}
        or not determiners.isdisjoint({"a", "an", "any", "those", "every"})
        or (
            noun.tag_ == "NNS" and not any(child.dep_ in {"det", "nummod", "poss"} for child in noun.children)
        )
    )


def _is_dated(reading: Reading, draft: Draft) -> bool:
    return any(token.ent_type_ in {"DATE", "TIME"} for token in reading.clause(draft.act))


def _is_ended(reading: Reading, draft: Draft) -> bool:
    """Whether an act is one that somebody stops or keeps from: neither done nor denied.

    Force that somebody is asked to stop is being used.
    """
    verb = reading.doc[draft.act.head]
    if draft.act.form != "verb" or verb.tag_ != "VBG":
        return False
    governor = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ == "xcomp" and governor.lemma_ in _ENDING:
        return draft.type not in _FORCE
    # "rather than", "instead of": the parser may hang the preposition elsewhere
    before = verb.head.nbor(-1).lower_ if verb.dep_ == "pcomp" and verb.head.i else ""
    return verb.dep_ in {"xcomp", "pcomp"} and not _KEEPING_FROM.isdisjoint({governor.lemma_, before})


def _is_reproach(reading: Reading, draft: Draft) -> bool:
    """Whether an act is what somebody is blamed for or convicted of, by nobody named: "blamed for killing".

    Violence that a court found stays told.
    """
    verb = reading.doc[draft.act.head]
    while verb.dep_ in {"conj", "advcl"} and verb.tag_ == "VBG":
        verb = verb.head
    if verb.dep_ != "pcomp" or verb.head.lower_ not in _OF_WHAT:
        return False
    reproach = verb.head.head.i
    sense = reading.senses.get(reproach)
    if sense is None:
        return False
    if sense.mode == "convict":
        return draft.type != "ASSAULT"
    return sense.mode == "allege" and not reading.acts[reproach].agents
