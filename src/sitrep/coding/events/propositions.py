"""From spaCy's parse to propositions: an act that a verb or a noun names, and its parties.

Nothing here knows what an act means. "The army seized the town from rebels", "the town was seized by the
army", "the seizure of the town by the army" and "the army carried out the seizure of the town" all give a
proposition whose agent is the army and whose patient is the town; which acts are political events is the
lexicon's matter.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from spacy.tokens import Doc, Token

from sitrep.coding.lemmas import lemma_of

Tokens = tuple[int, ...]

# Verbs that lend their subject to an act that their object names: "held talks", "carried out a strike".
LIGHT_VERBS: Final = frozenset({
    "achieve", "attend", "begin", "carry", "commence", "commit", "complete", "conclude", "conduct",
    "continue", "convene", "deliver", "do", "engage", "execute", "exchange", "express", "extend", "finalize",
    "finalise", "finish", "have", "hold", "host", "inflict", "intensify", "issue", "kick", "launch", "lead",
    "make", "mount", "open", "organize", "organise", "participate", "perform", "perpetrate", "pursue", "put",
    "reach", "renew", "repeat", "resume", "run", "score", "secure", "set", "stage", "start", "step", "strike",
    "suffer", "sign", "take", "throw", "undertake", "unleash", "voice", "wage", "win", "orchestrate", "join",
    "lodge", "file", "give", "escalate", "announce", "declare", "accelerate", "initiate", "broker",
    "mediate", "seal", "ink", "register",
})  # fmt: skip
# A subject that undergoes the act named by its object: "the rebels suffered a defeat".
_SUFFERED: Final = frozenset({"suffer", "receive", "undergo", "face", "sustain"})
# Verbs whose infinitive is done by their subject even where they have an object.
_SUBJECT_CONTROL: Final = frozenset({"promise", "threaten", "vow", "pledge", "swear", "use", "offer"})
# "A statement urging": who made the statement urges.
_VOICES: Final = frozenset(
    {"statement", "letter", "message", "resolution", "tweet", "communique", "communiqué", "note"}
)
_POSSESSIVE: Final = frozenset({"its", "his", "her", "their", "our"})
# Verbs whose subject is whose plan, decision or demand their object is.
_MAKING: Final = frozenset({
    "unveil", "reveal", "outline", "draft", "prepare", "form", "plan", "adopt", "approve", "draw", "hatch",
    "abandon", "drop", "reiterate", "repeat", "defend", "present", "submit", "propose", "table", "seek",
    "need", "want", "exercise", "use", "rule", "uphold", "reverse", "change", "cancel", "show",
})  # fmt: skip
# "Called on the rebels to leave": who is to leave stands behind a preposition.
_ASKING: Final = frozenset({"call", "appeal", "plead", "prevail", "lean", "beckon", "shout", "wait"})
# "Threatened on Saturday to impose sanctions": the infinitive is the threat, not its purpose.
_TAKES_INFINITIVE: Final = frozenset({
    "threaten", "agree", "pledge", "vow", "promise", "refuse", "offer", "decline", "swear", "undertake",
    "volunteer", "consent", "plan", "prepare", "call", "appeal", "commit", "try", "fail",
})  # fmt: skip
# Verbs that say of an act no more than that it takes place: their prepositions are the act's.
OCCURRING: Final = frozenset({
    "break", "erupt", "flare", "occur", "happen", "begin", "start", "continue", "resume", "rage", "ensue",
    "intensify", "escalate", "follow", "take",
})  # fmt: skip
_GERUNDS: Final = frozenset({"shelling", "bombing", "fighting", "shooting"})
_LEADERS: Final = frozenset(
    {"leader", "head", "chief", "commander", "spokesman", "spokeswoman", "member", "chairman", "founder"}
)
_TOWARDS: Final = frozenset({"at", "against"})
_RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose"})
# Prepositions of several words, as the one that says the same.
_COMPOUND: Final = {
    ("in", "face"): "against",
    ("at", "hand"): "by",
    ("on", "part"): "by",
    ("in", "company"): "with",
    ("at", "expense"): "from",
    ("on", "behalf"): "for",
    ("in", "addition"): "besides",
}
_BETWEEN: Final = frozenset({"between", "among", "amongst"})
_WITH: Final = frozenset({"with", "alongside"})
_FUTURE_AUXILIARIES: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
# What makes the infinitive below it an act still to come: "plans to", "is set to".
_PROSPECTIVE: Final = frozenset({
    "plan", "intend", "prepare", "expect", "schedule", "set", "due", "ready", "aim", "want",
    "hope", "seek", "consider", "propose", "decide", "vow", "pledge", "promise", "agree", "offer", "threaten",
    "poise", "go", "likely", "willing", "prepared", "determined", "slate",
})  # fmt: skip
# "Failed to reach", "stopped short of endorsing": what hangs on these did not take place.
_NEGATIVE_VERBS: Final = frozenset(
    {"fail", "avoid", "avert", "forget", "neglect", "abstain", "refrain", "stop", "short", "clear", "instead"}
)
_PREVENTING: Final = frozenset({
    "prevent", "stop", "ban", "bar", "keep", "prohibit", "block", "deter", "restrain", "dissuade",
    "discourage",
})  # fmt: skip
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})


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


# ---------------------------------------------------------------------------------------------- verbs


# Whose subject undergoes what somebody else may have done: "died in an air strike".
UNDERGONE: Final = frozenset({"die", "perish"})


def _of_verb(verb: Token) -> Proposition:
    passive = is_passive(verb)
    particle = next((child for child in verb.children if child.dep_ == "prt"), None)
    lemma = lemma_of(verb) + (f" {particle.lower_}" if particle is not None else "")
    subjects = _subjects(verb)
    if passive:
        patients, agents = subjects, _by(verb)
        objects = _objects(verb)
        patients = patients + tuple(token for token in objects if token not in patients)
    elif lemma in UNDERGONE:
        patients, agents = subjects, ()
    else:
        patients, agents = _objects(verb), subjects
    obliques = _obliques(verb)
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
            if child.dep_ in {"xcomp", "ccomp"} or _is_lost_complement(child)
            for part in (child, *child.conjuncts)
        )
        + _infinitives_on_the_asked(verb),
        passive=passive,
        negated=_negated(verb),
        future=_future(verb),
    )


def _is_lost_complement(clause: Token) -> bool:
    """Whether an infinitive is what was agreed or threatened, though the parser took it for a purpose."""
    return (
        clause.dep_ == "advcl"
        and clause.tag_ == "VB"
        and clause.head.lemma_ in _TAKES_INFINITIVE
        and clause.i > clause.head.i
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in clause.children)
    )


def _infinitives_on_the_asked(verb: Token) -> Tokens:
    """Infinitives that the parser hung on who is asked: "called on the army to leave"."""
    if verb.lemma_ not in _ASKING:
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
        agents=_subjects(copula),
        obliques=_obliques(adjective),
        complements=tuple(
            part.i
            for child in adjective.children
            if child.dep_ == "xcomp"
            for part in (child, *child.conjuncts)
        ),
        negated=_negated(copula),
        future=_future(copula),
    )


def is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if _is_lost_main_verb(verb):
        return False
    if verb.dep_ == "xcomp":  # "was found shot"
        return not any(child.dep_ == "dobj" for child in verb.children)
    if verb.dep_ in {"acl", "advcl", "relcl"}:
        return not any(child.dep_ in {"nsubj", "dobj"} for child in verb.children)
    if verb.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in verb.children):
        return is_passive(verb.head) if verb.head.pos_ in {"VERB", "AUX"} else False
    return any(child.dep_ == "agent" for child in verb.children)


def _is_lost_main_verb(verb: Token) -> bool:
    """Whether a participle is the verb of a sentence without another: "The envoy, A B, called on"."""
    head = verb.head
    return (
        verb.dep_ == "acl"
        and head.dep_ == "ROOT"
        and head.pos_ in {"NOUN", "PROPN"}
        and verb.lower_.endswith("ed")  # the form of the past tense as well
        and verb.nbor(-1).text == ","
        and any(child.dep_ == "appos" and child.i < verb.i for child in head.children)
        and not any(child.dep_ == "agent" for child in verb.children)
    )


def _subjects(verb: Token, depth: int = 0) -> Tokens:
    """Heads of who does what `verb` says (of what undergoes it, where it is passive), through its grammar."""
    if depth > 6:
        return ()
    own = _own_subjects(verb)
    if own:
        return _antecedents(own[0], verb)
    head = verb.head
    match verb.dep_:
        case "conj" if _shares_subject(verb):
            return _subjects(_finite_neighbour(verb), depth + 1)
        case "xcomp" if head.dep_ == "acomp":
            return _subjects(head.head, depth + 1)
        case "xcomp":
            return _controllers(head, depth)
        case "advcl" if head.lemma_ in _ASKING and _is_lost_complement(verb):
            return _controllers(head, depth)
        case "ccomp" if verb.tag_ in {"VB", "VBG"} and not _has_conjunction(verb):
            return _objects(head) or _subject_of(head, depth)
        case "advcl" if verb.tag_ in {"VBG", "VBN", "VB"}:
            return _subject_of(head, depth)
        case "pcomp":
            governor = head.head
            if governor.pos_ == "VERB" and head.lower_ == "for" and not _objects(governor):
                targets = tuple(token for name, token in _prepositional(governor) if name in _TOWARDS)
                if targets:  # "lashed out at Chad for having shot down its jet"
                    return targets
            if governor.pos_ == "VERB" and head.lower_ in {"from", "of", "for"} and _objects(governor):
                return _objects(governor) if not is_passive(governor) else _subjects(governor, depth + 1)
            return (
                _subject_of(governor, depth) if governor.pos_ in {"VERB", "AUX"} else _owners(governor, depth)
            )
        case "acl" | "relcl" if _is_asked(verb):
            return coordinated(head)
        case "acl" if verb.tag_ == "VBG" and _is_spoken_with(head):
            return _subject_of(head.head.head, depth)  # "spoke with the president urging him to"
        case "acl" | "relcl":
            if verb.tag_ == "VB" or head.lemma_ in _VOICES:
                return _owners(head, depth)
            return coordinated(head)
        case _:
            return ()


def _controllers(verb: Token, depth: int) -> Tokens:
    """Who is to do what an infinitive under `verb` says: whom it asks or makes to do it, else its subject."""
    asked = tuple(
        token
        for name, token in _prepositional(verb)
        if verb.lemma_ in _ASKING and name in {"on", "upon", "to", "for"}
    )
    objects = _objects(verb) if verb.lemma_ not in _SUBJECT_CONTROL else ()
    if objects and not is_passive(verb):
        return objects
    return asked or _subject_of(verb, depth)


def _is_spoken_with(person: Token) -> bool:
    return (
        person.dep_ == "pobj"
        and person.head.lower_ in {"with", "to"}
        and person.head.head.lemma_ in {"speak", "talk", "meet", "write"}
    )


def _is_asked(verb: Token) -> bool:
    """Whether an infinitive hangs on whom somebody asks to do it: "called for rebels to attack"."""
    asked = verb.head
    return (
        verb.tag_ == "VB"
        and asked.dep_ == "pobj"
        and asked.head.lower_ in {"for", "on", "upon", "to"}
        and asked.head.head.lemma_ in _ASKING
    )


def _own_subjects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return found or [child for child in verb.children if child.dep_ == "advcl" and is_gerund(child)]


def _subject_of(verb: Token, depth: int) -> Tokens:
    """The subject of a governing verb, as the controller of what hangs on it."""
    return _subjects(verb, depth + 1)


def _owners(noun: Token, depth: int) -> Tokens:
    """Whose plan, decision or promise a noun is: "Iran's decision to", "the army announced a plan to"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners and owners[0].lower_ not in _POSSESSIVE:
        return coordinated(owners[0])
    verb = noun.head
    if noun.dep_ == "dobj" and lemma_of(verb) in LIGHT_VERBS | _MAKING:
        return _subjects(verb, depth + 1)
    if noun.dep_ == "dobj" and verb.pos_ == "VERB":
        return tuple(
            child.i
            for child in noun.children
            if child.dep_ in {"compound", "amod", "nmod"} and child.ent_type_
        )
    if noun.dep_ == "nsubjpass":
        return _by(verb)
    if noun.dep_ == "pobj" and verb.lower_ == "by" and verb.head.pos_ == "VERB":
        return ()
    if noun.dep_ == "pobj" and verb.head.pos_ == "VERB":
        return _subjects(verb.head, depth + 1)
    return coordinated(owners[0]) if owners else ()


def _shares_subject(verb: Token) -> bool:
    """Whether a coordinated verb without a subject has its neighbour's: not "it is X and support Y"."""
    head = verb.head
    if head.pos_ not in {"VERB", "AUX"}:
        return False
    if verb.tag_ != "VB":
        return True
    return head.tag_ == "VB" or any(child.dep_ == "aux" for child in (*head.children, *verb.children))


def _finite_neighbour(verb: Token) -> Token:
    """The verb that a coordinated one shares its subject with: a finite one never with an infinitive.

    "Told the army to stop shelling and called on" is what who told them called on.
    """
    head = verb.head
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        while (
            head.tag_ in {"VB", "VBG"}
            and head.dep_ in {"xcomp", "pcomp", "advcl", "ccomp", "conj"}
            and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in head.children)
            and not any(child.dep_ == "aux" and child.tag_ != "TO" for child in head.children)
        ):
            above = head.head.head if head.dep_ == "pcomp" else head.head
            if above.pos_ not in {"VERB", "AUX"}:
                break
            head = above
    return head


def _has_conjunction(verb: Token) -> bool:
    return any(child.dep_ == "mark" for child in verb.children)


def _antecedents(subject: Token, verb: Token) -> Tokens:
    """The subject's heads; a relative pronoun gives way to the noun that its clause describes."""
    if (subject.lower_ in _RELATIVE and subject.pos_ == "PRON") or subject.tag_ in {"WDT", "WP"}:
        clause = verb
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ in {"relcl", "acl"} and clause.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            led = _led(clause.head, subject)
            return coordinated(led if led is not None else clause.head)
        if clause.dep_ in {"relcl", "acl", "ccomp", "advcl"} and clause.head.i < clause.i:
            return ()
    return coordinated(subject)


def _led(leader: Token, relative: Token) -> Token | None:
    """The body behind "that" where the parser took its leader: "the leader of the junta that ousted"."""
    before = relative.nbor(-1) if relative.i else relative
    if relative.lower_ not in {"that", "which"} or leader.lemma_.lower() not in _LEADERS:
        return None
    inside = before.i > leader.i and leader in before.ancestors and before.pos_ in {"NOUN", "PROPN"}
    return before if inside else None


def _objects(verb: Token) -> Tokens:
    found: list[int] = []
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "oprd"} and child.pos_ in {
            "NOUN",
            "PROPN",
            "PRON",
            "NUM",
            "ADJ",
            "DET",
        }:
            if child.dep_ == "oprd" and child.pos_ == "ADJ":
                continue
            found.extend(_antecedents(child, verb))
    clause_subject = [
        child
        for part in verb.children
        if part.dep_ == "ccomp" and part.tag_ == "VB" and not _has_conjunction(part)
        for child in part.children
        if child.dep_ == "nsubj"
    ]  # spaCy reads "urged Israel to stop" as a clause with its own subject
    if (
        not found
        and clause_subject
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in clause_subject[0].head.children)
    ):
        found.extend(coordinated(clause_subject[0]))
    if not found and verb.dep_ == "relcl" and not is_passive(verb):
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        if subjects and subjects[0].tag_ not in {"WDT", "WP"} and not _stranded(verb):
            found.extend(coordinated(verb.head))
    return tuple(dict.fromkeys(found))


def _stranded(verb: Token) -> bool:
    """Whether a relative clause has its gap elsewhere: after a preposition, or in "where" or "when"."""
    return any(
        child.tag_ == "WRB"
        or (child.dep_ == "prep" and not any(True for _ in child.children))
        or (child.dep_ == "prep" and any(part.tag_ in {"WDT", "WP"} for part in child.children))
        for child in verb.children
    )


def _by(verb: Token) -> Tokens:
    found: list[int] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for part in child.children:
                if part.dep_ == "pobj" and part.ent_type_ not in {"DATE", "TIME"}:
                    found.extend(_antecedents(part, verb))
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb.head):
        return _by(verb.head)
    if not found:  # "was shot and killed by"
        for child in verb.children:
            alone = not any(part.dep_ in {"nsubjpass", "auxpass"} for part in child.children)
            if child.dep_ == "conj" and child.tag_ == "VBN" and alone:
                for part in child.children:
                    if part.dep_ == "agent":
                        found.extend(_objects_of(part))
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------------------------------------- nouns


def _noun_lemma(token: Token) -> str:
    return token.lower_ if is_gerund(token) else token.lemma_.lower()


def is_gerund(token: Token) -> bool:
    """Whether a gerund that the parser has for a verb names an act: "shelling by the army killed ten"."""
    if token.tag_ != "VBG" or token.pos_ != "VERB" or token.lower_ not in _GERUNDS:
        return False
    if any(child.dep_ in {"dobj", "aux", "nsubj"} for child in token.children):
        return False
    verb = token.head
    return token.dep_ in {"nsubj", "nsubjpass"} or (
        token.dep_ == "advcl"
        and token.i < verb.i
        and token.i == token.left_edge.i
        and not any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)
    )


def _of_noun(noun: Token) -> Proposition:
    obliques = _obliques(noun)
    agents = _owner_of_act(noun)
    by = tuple(token for name, tokens in obliques if name == "by" for token in tokens)
    light, lent = _light_verb(noun)
    passive = False
    patients: Tokens = ()
    negated, future = any(child.lower_ == "no" for child in noun.children), False
    trigger: Tokens = (noun.i,)
    host = host_of(noun)
    if host is not None:  # "clashes broke out between A and B"
        obliques = _merged(obliques, _obliques(host))
        negated, future = negated or _negated(host), _future(host)
    if light is not None:
        obliques = _merged(obliques, _obliques(light))
        negated, future = negated or _negated(light), _future(light)
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
            found.extend(_owners(noun, 0) if child.lower_ in _POSSESSIVE else coordinated(child))
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


def _claimants(noun: Token) -> Tokens:
    """Who says that he did it: "claimed responsibility for the attack"."""
    held = noun.head.head
    verb = held.head if held.lemma_ == "responsibility" else held  # the parser may hang it on either
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or verb.lemma_ not in _OWNING_UP or _negated(verb):
        return ()
    if held.lemma_ != "responsibility" and not any(c.lemma_ == "responsibility" for c in verb.children):
        return ()
    return tuple(
        i
        for i in _subjects(verb)
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
                return child, _by(child)
            return child, tuple(token for token in _subjects(child) if token != noun.i)
    if verb.pos_ != "VERB" or lemma_of(verb) not in LIGHT_VERBS | _SUFFERED:
        if (
            top.dep_ == "pobj"
            and verb.head.lemma_ in (_ANSWERING if verb.lower_ == "with" else _TAKING_PART)
            and verb.lower_ in {"in", "on", "into", "to", "with"}
        ):
            governor = verb.head if verb.head.pos_ == "VERB" else verb.head.head
            if governor.pos_ == "VERB":
                return governor, _subjects(governor)
        return None, ()
    if top.dep_ == "dobj":
        return verb, _by(verb) if is_passive(verb) else _subjects(verb)
    if top.dep_ == "nsubjpass":
        return verb, _by(verb)
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


# ---------------------------------------------------------------------------------------------- shared


def coordinated(token: Token) -> Tokens:
    """The token and those coordinated with it: "A, B and C" gives three heads."""
    nominal = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}
    heads = [token.i, *(other.i for other in token.conjuncts if other.pos_ in nominal and other.i > token.i)]
    for child in token.children:  # a list whose second member the parser took for an apposition: "A, B and C"
        if child.dep_ == "appos" and any(part.dep_ == "conj" for part in child.children):
            alike = child.ent_type_ == token.ent_type_ != "" and child.pos_ == token.pos_ == "PROPN"
            heads.extend(index for index in coordinated(child) if index != child.i or alike)
    return tuple(dict.fromkeys(heads))


def _obliques(word: Token) -> tuple[tuple[str, Tokens], ...]:
    found: dict[str, list[int]] = {}
    for name, token in _prepositional(word):
        found.setdefault(name, []).append(token)
    return tuple((name, tuple(dict.fromkeys(tokens))) for name, tokens in found.items())


def _prepositional(word: Token) -> Iterator[tuple[str, int]]:
    for child in word.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
            name = child.lower_
            for part in child.children:
                if part.dep_ == "pobj" and (name, part.lemma_) in _COMPOUND:
                    for inner in part.children:
                        if inner.lower_ == "of":
                            for token in _objects_of(inner):
                                yield _COMPOUND[name, part.lemma_], token
                elif part.dep_ == "pobj":
                    for token in _antecedents(part, word):
                        yield name, token
                elif part.dep_ in {"prep", "pcomp"} and part.pos_ in {
                    "ADP",
                    "SCONJ",
                }:  # "out of", "from inside"
                    for inner in part.children:
                        if inner.dep_ == "pobj":
                            for token in coordinated(inner):
                                yield part.lower_, token


def _objects_of(preposition: Token) -> Tokens:
    return tuple(token for part in preposition.children if part.dep_ == "pobj" for token in coordinated(part))


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


def _negated(verb: Token) -> bool:
    if any(
        child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in {"advmod", "det", "preconj"})
        for child in verb.children
    ):
        return True
    if any(
        child.lower_ == "no" and child.dep_ == "det"
        for part in verb.children
        if part.dep_ in {"dobj", "nsubjpass", "nsubj"}
        for child in part.children
    ):
        return True
    if verb.dep_ in {"xcomp", "pcomp"} and _governor(verb).lemma_ in _NEGATIVE_VERBS:
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    if any(child.lower_ == "neither" for subject in _own_subjects(verb) for child in subject.children):
        return True
    if verb.dep_ == "xcomp" and verb.tag_ == "VBN" and verb.head.lemma_ == "be":
        auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        if {"to", "have"} <= auxiliaries:
            return True  # "were to have met": they did not
    if verb.dep_ == "pcomp" and verb.head.lower_ == "from" and _governor(verb).lemma_ in _PREVENTING:
        return True
    infinitive = verb.tag_ == "VB" and verb.dep_ == "ccomp" and not _has_conjunction(verb)
    if (
        verb.dep_ == "xcomp"
        or infinitive
        or (verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB")
    ):
        return _negated(verb.head)
    return False


def _is_reported(verb: Token) -> bool:
    """Whether "would" is the "will" that somebody said, and no condition: "it said it would withdraw"."""
    if any(token.lower_ in {"if", "unless"} for token in verb.sent):
        return False
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in {"ccomp", "acl"} or any(
        child.dep_ in {"ccomp", "parataxis"} for child in verb.children
    )


def _governor(verb: Token) -> Token:
    return verb.head.head if verb.dep_ == "pcomp" else verb.head


def _future(verb: Token) -> bool:
    """Whether the act is still to come: "will", "is going to", "plans to", "is set to"."""
    for child in verb.children:
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in _FUTURE_AUXILIARIES:
            return True
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in {"would", "'d", "’d"} and _is_reported(verb):
            return True
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _shares_subject(verb) and verb.tag_ == "VB":
        return _future(verb.head)
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "acl", "ccomp", "advcl"}:
        return lemma_of(verb.head) in _PROSPECTIVE or (verb.dep_ == "xcomp" and _future(verb.head))
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children)
        and any(child.dep_ == "nsubj" for child in verb.children)
    )  # a headline's "Minister to visit Rome"
