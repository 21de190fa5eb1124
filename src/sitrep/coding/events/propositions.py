"""From spaCy's parse to propositions: an act that a verb or a noun names, and its parties.

Nothing here knows what an act means. "The army seized the town from rebels", "the town was seized by the
army", "the seizure of the town by the army" and "the army carried out the seizure of the town" all give a
proposition whose agent is the army and whose patient is the town; which acts are political events is the
lexicon's matter.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token

from sitrep.coding.events.arguments import (
    ASKING,
    LIGHT_VERBS,
    POSSESSIVE,
    Tokens,
    coordinated,
    doers_after_by,
    is_gerund,
    is_lost_complement,
    is_passive,
    objects_of,
    obliques_of,
    owners_of,
    subjects_of,
)
from sitrep.coding.events.polarity import is_future, is_negated
from sitrep.coding.lemmas import lemma_of

# A subject that undergoes the act named by its object: "the rebels suffered a defeat".
_SUFFERED: Final = frozenset({"suffer", "receive", "undergo", "face", "sustain"})
# Verbs that say of an act no more than that it takes place: their prepositions are the act's.
OCCURRING: Final = frozenset({
    "break", "erupt", "flare", "occur", "happen", "begin", "start", "continue", "resume", "rage", "ensue",
    "intensify", "escalate", "follow", "take",
})  # fmt: skip
_BETWEEN: Final = frozenset({"between", "among", "amongst"})
_WITH: Final = frozenset({"with", "alongside"})
# Whose subject undergoes what somebody else may have done: "died in an air strike".
UNDERGONE: Final = frozenset({"die", "perish"})
# Verbs by which somebody says that he did it. "Took responsibility" may be anybody's word.
_OWNING_UP: Final = frozenset({"claim", "admit", "acknowledge"})
_SERIES: Final = frozenset({
    "series", "number", "round", "wave", "string", "spate", "set", "kind", "type", "dozen", "hundred", "pair",
    "couple",
})  # fmt: skip
# "Engaged in a firefight", "took part in talks"; "responded with air strikes".
_TAKING_PART: Final = frozenset({
    "engage", "participate", "join", "part", "involve", "embark", "enter", "go",
})  # fmt: skip
_ANSWERING: Final = frozenset(
    {"respond", "retaliate", "reply", "answer", "react", "continue", "proceed", "follow"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """One act and its parties; every number is the index of a token in the `Doc`, of a phrase its head.

    `obliques` are the objects of the prepositions that belong to the act, by preposition; for a noun act they
    include "of", which may name who acts ("the withdrawal of troops") or who suffers ("the killing of
    troops").
    """

    head: int  # the word that names the act
    trigger: Tokens  # that word with its particle, and its light verb
    form: Literal["verb", "noun"]
    lemma: str  # "attack", "hand over"
    agents: Tokens = ()
    patients: Tokens = ()
    companions: Tokens = ()
    obliques: tuple[tuple[str, Tokens], ...] = ()
    complements: Tokens = ()  # heads of the clauses that say what was agreed, asked, threatened
    light: int | None = None
    passive: bool = False
    negated: bool = False
    future: bool = False
    inherited: bool = False  # the agents were taken over a link longer than the act's own clause

    def at(self, preposition: str) -> Tokens:
        """Heads of the objects of one preposition."""
        return tuple(token for name, tokens in self.obliques if name == preposition for token in tokens)


def find_propositions(doc: Doc, nouns: Container[str] = frozenset()) -> tuple[Proposition, ...]:
    """Every verb's proposition, and that of every noun whose lemma is in `nouns`, in the order of the text.

    A text without a parse gives none.
    """
    if not doc.has_annotation("DEP"):
        return ()
    found: dict[int, Proposition] = {}
    for token in doc:
        if is_act(token):
            found[token.i] = _of_verb(token)
        elif token.dep_ == "acomp" and any(child.dep_ in {"xcomp", "prep"} for child in token.children):
            found[token.i] = _of_adjective(token)
    for token in doc:
        if (token.pos_ in {"NOUN", "PROPN"} and _noun_lemma(token) in nouns) or is_gerund(token):
            found[token.i] = _of_noun(token)
    for index in list(found):
        found[index] = _with_linked_agents(doc, found, index, nouns)
    return tuple(found[index] for index in sorted(found))


def is_act(token: Token) -> bool:
    """Whether the token is a verb that names an act: no auxiliary, no participle used as an adjective."""
    if token.tag_ == "MD" or token.dep_ in {"aux", "auxpass"}:
        return False
    if token.tag_ == "VBG" and (
        any(child.dep_ == "poss" for child in token.children)
        or (token.i and (token.nbor(-1).tag_ == "POS" or token.nbor(-1).dep_ == "case"))
    ):
        return False  # "the Democrats' standing"
    if token.pos_ == "VERB":
        return token.dep_ not in {"amod", "compound", "nmod"}
    return (
        token.tag_ in {"VBD", "VBZ", "VBP", "VBG", "VBN"}
        and token.pos_ not in {"AUX", "ADJ"}
        and token.dep_
        in {
            "ROOT",
            "conj",
            "ccomp",
            "advcl",
            "relcl",
            "acl",
            "xcomp",
            "pcomp",
        }
    )


def _of_verb(verb: Token) -> Proposition:
    passive = is_passive(verb)
    particle = next((child for child in verb.children if child.dep_ == "prt"), None)
    lemma = lemma_of(verb) + (f" {particle.lower_}" if particle is not None else "")
    subjects = subjects_of(verb)
    if passive:
        patients, agents = subjects, doers_after_by(verb)
        objects = objects_of(verb)
        patients = patients + tuple(token for token in objects if token not in patients)
    elif lemma in UNDERGONE:
        patients, agents = subjects, ()
    else:
        patients, agents = objects_of(verb), subjects
    obliques = obliques_of(verb)
    return Proposition(
        head=verb.i,
        trigger=(verb.i,) if particle is None else tuple(sorted((verb.i, particle.i))),
        form="verb",
        lemma=lemma,
        agents=agents,
        patients=patients,
        companions=_companions(obliques),
        obliques=obliques,
        complements=tuple(
            part.i
            for child in verb.children
            if child.dep_ in {"xcomp", "ccomp"} or is_lost_complement(child)
            for part in (child, *child.conjuncts)
        )
        + _infinitives_on_the_asked(verb),
        passive=passive,
        negated=is_negated(verb),
        future=is_future(verb),
    )


def _infinitives_on_the_asked(verb: Token) -> Tokens:
    """Infinitives that the parser hung on who is asked: "called on the army to leave"."""
    if verb.lemma_ not in ASKING:
        return ()
    return tuple(
        part.i
        for preposition in verb.children
        if preposition.dep_ == "prep" and preposition.lower_ in {"on", "upon", "to"}
        for asked in preposition.children
        if asked.dep_ == "pobj"
        for clause in asked.children
        if clause.dep_ in {"acl", "relcl"} and clause.tag_ == "VB"
        for part in (clause, *clause.conjuncts)
    )


def _of_adjective(adjective: Token) -> Proposition:
    """The act of a predicate like "is ready to": what its subject is ready for is its complement."""
    copula = adjective.head
    return Proposition(
        head=adjective.i,
        trigger=tuple(sorted((copula.i, adjective.i))),
        form="verb",
        lemma=f"be {adjective.lemma_.lower()}",
        agents=subjects_of(copula),
        obliques=obliques_of(adjective),
        complements=tuple(
            part.i
            for child in adjective.children
            if child.dep_ == "xcomp"
            for part in (child, *child.conjuncts)
        ),
        negated=is_negated(copula),
        future=is_future(copula),
    )


def _noun_lemma(token: Token) -> str:
    return token.lower_ if is_gerund(token) else token.lemma_.lower()


def _of_noun(noun: Token) -> Proposition:
    obliques = obliques_of(noun)
    agents = _owner_of_act(noun)
    by = tuple(token for name, tokens in obliques if name == "by" for token in tokens)
    light, lent = _light_verb(noun)
    passive = False
    patients: Tokens = ()
    negated, future = any(child.lower_ == "no" for child in noun.children), False
    trigger: Tokens = (noun.i,)
    host = host_of(noun)
    if host is not None:  # "clashes broke out between A and B"
        obliques = _merged(obliques, obliques_of(host))
        negated, future = negated or is_negated(host), is_future(host)
    if light is not None:
        obliques = _merged(obliques, obliques_of(light))
        negated, future = negated or is_negated(light), is_future(light)
        particle = [child.i for child in light.children if child.dep_ == "prt"]
        trigger = tuple(sorted({light.i, noun.i, *particle}))
        if light.lemma_ in _SUFFERED:
            patients = lent
        else:
            agents = tuple(dict.fromkeys((*lent, *(agents if not lent else ()))))
    return Proposition(
        head=noun.i,
        trigger=trigger,
        form="noun",
        lemma=_noun_lemma(noun),
        agents=agents or by or _claimants(noun),
        patients=patients,
        companions=_companions(obliques),
        obliques=obliques,
        complements=tuple(
            part.i
            for child in noun.children
            if child.dep_ == "acl" and child.tag_ == "VB"
            for part in (child, *child.conjuncts)
        ),
        light=light.i if light is not None else None,
        passive=passive,
        negated=negated,
        future=future,
    )


def host_of(noun: Token) -> Token | None:
    """The verb that says that the act which `noun` names took place: "clashes broke out"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in OCCURRING or noun.i > verb.i:
        return None
    objects = [child for child in verb.children if child.dep_ in {"dobj", "ccomp", "xcomp"}]
    if verb.lemma_ == "take":
        return verb if [child.lower_ for child in objects] == ["place"] else None
    return verb if not objects else None


def _owner_of_act(noun: Token) -> Tokens:
    """Who acts, inside the noun's own phrase: "Iran's attack", "Israeli strikes", "a Taliban ambush"."""
    found: list[int] = []
    for child in noun.children:
        if child.dep_ == "poss":
            found.extend(owners_of(noun, 0) if child.lower_ in POSSESSIVE else coordinated(child))
    if not found:
        for child in noun.children:
            named = child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and child.dep_ in {
                "amod",
                "compound",
                "nmod",
            }
            if named and child.i < noun.i:
                found.append(child.i)
    return tuple(found)


def _claimants(noun: Token) -> Tokens:
    """Who says that he did it: "claimed responsibility for the attack"."""
    held = noun.head.head
    verb = held.head if held.lemma_ == "responsibility" else held  # the parser may hang it on either
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or verb.lemma_ not in _OWNING_UP or is_negated(verb):
        return ()
    if held.lemma_ != "responsibility" and not any(c.lemma_ == "responsibility" for c in verb.children):
        return ()
    return tuple(
        i
        for i in subjects_of(verb)
        if not any(child.lower_ in {"no", "none"} for child in verb.doc[i].children)
    )


def _light_verb(noun: Token) -> tuple[Token | None, Tokens]:
    """The verb that lends its subject to the act that `noun` names, and that subject."""
    # "took part in talks", "engaged in a firefight", "a series of attacks": climb to what the verb holds.
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    if (
        top.dep_ == "pobj"
        and top.head.lower_ == "of"
        and top.head.head.pos_ == "NOUN"
        and top.head.head.lemma_ in _SERIES
    ):
        top = top.head.head
    verb = top.head
    for child in noun.children:  # "a meeting held by A", "the strike carried out by B"
        near = child.dep_ == "relcl" or child.i - noun.i <= 4
        if near and child.dep_ in {"acl", "relcl"} and lemma_of(child) in LIGHT_VERBS | _SUFFERED:
            if is_passive(child):
                return child, doers_after_by(child)
            return child, tuple(token for token in subjects_of(child) if token != noun.i)
    if verb.pos_ != "VERB" or lemma_of(verb) not in LIGHT_VERBS | _SUFFERED:
        if (
            top.dep_ == "pobj"
            and verb.head.lemma_ in (_ANSWERING if verb.lower_ == "with" else _TAKING_PART)
            and verb.lower_ in {"in", "on", "into", "to", "with"}
        ):
            governor = verb.head if verb.head.pos_ == "VERB" else verb.head.head
            if governor.pos_ == "VERB":
                return governor, subjects_of(governor)
        return None, ()
    if top.dep_ == "dobj":
        return verb, doers_after_by(verb) if is_passive(verb) else subjects_of(verb)
    if top.dep_ == "nsubjpass":
        return verb, doers_after_by(verb)
    return None, ()


def _with_linked_agents(
    doc: Doc, found: dict[int, Proposition], index: int, nouns: Container[str]
) -> Proposition:
    """An act that has no agent of its own, told to be one of another's acts, takes that act's parties.

    "The army won a series of battles, the most important of which is the capture of the port."
    """
    act = found[index]
    token = doc[index]
    if act.form != "noun" or act.agents or token.dep_ != "attr":
        return act
    subject = next((child for child in token.head.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return act
    heads = [subject.i] if subject.i in found else []
    if any(part.tag_ in {"WDT", "WP"} or part.lower_ == "them" for part in subject.subtree):
        heads = [
            other
            for other in found
            if other < subject.i and doc[other].sent == token.sent and found[other].form == "noun"
        ]
    for other in reversed(heads):
        whole = found[other]
        if whole.form == "noun" and whole.agents:
            return replace(
                act,
                agents=whole.agents,
                obliques=_merged(act.obliques, whole.obliques),
                negated=act.negated or whole.negated,
                inherited=True,
            )
    return act


def _merged(
    own: tuple[tuple[str, Tokens], ...], other: tuple[tuple[str, Tokens], ...]
) -> tuple[tuple[str, Tokens], ...]:
    names = dict.fromkeys([name for name, _ in (*own, *other)])
    both = (*own, *other)
    return tuple(
        (name, tuple(dict.fromkeys(token for key, tokens in both if key == name for token in tokens)))
        for name in names
    )


def _companions(obliques: tuple[tuple[str, Tokens], ...]) -> Tokens:
    return tuple(token for name, tokens in obliques if name in _WITH or name in _BETWEEN for token in tokens)
