"""Who and what a verb takes, by its parse: subjects, also shared and lost ones, objects and phrases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

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
# Verbs whose infinitive is done by their subject even where they have an object.
_SUBJECT_CONTROL: Final = frozenset({"promise", "threaten", "vow", "pledge", "swear", "use", "offer"})
# "A statement urging": who made the statement urges.
_VOICES: Final = frozenset(
    {"statement", "letter", "message", "resolution", "tweet", "communique", "communiqué", "note"}
)
POSSESSIVE: Final = frozenset({"its", "his", "her", "their", "our"})
# Verbs whose subject is whose plan, decision or demand their object is.
_MAKING: Final = frozenset({
    "unveil", "reveal", "outline", "draft", "prepare", "form", "plan", "adopt", "approve", "draw", "hatch",
    "abandon", "drop", "reiterate", "repeat", "defend", "present", "submit", "propose", "table", "seek",
    "need", "want", "exercise", "use", "rule", "uphold", "reverse", "change", "cancel", "show",
})  # fmt: skip
# "Called on the rebels to leave": who is to leave stands behind a preposition.
ASKING: Final = frozenset({"call", "appeal", "plead", "prevail", "lean", "beckon", "shout", "wait"})
# "Threatened on Saturday to impose sanctions": the infinitive is the threat, not its purpose.
_TAKES_INFINITIVE: Final = frozenset({
    "threaten", "agree", "pledge", "vow", "promise", "refuse", "offer", "decline", "swear", "undertake",
    "volunteer", "consent", "plan", "prepare", "call", "appeal", "commit", "try", "fail",
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


def is_lost_complement(clause: Token) -> bool:
    """Whether an infinitive is what was agreed or threatened, though the parser took it for a purpose."""
    return (
        clause.dep_ == "advcl"
        and clause.tag_ == "VB"
        and clause.head.lemma_ in _TAKES_INFINITIVE
        and clause.i > clause.head.i
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in clause.children)
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


def subjects_of(verb: Token, depth: int = 0) -> Tokens:
    """Heads of who does what `verb` says (of what undergoes it, where it is passive), through its grammar."""
    if depth > 6:
        return ()
    own = own_subjects(verb)
    if own:
        return _antecedents(own[0], verb)
    head = verb.head
    match verb.dep_:
        case "conj" if shares_subject(verb):
            return subjects_of(_finite_neighbour(verb), depth + 1)
        case "xcomp" if head.dep_ == "acomp":
            return subjects_of(head.head, depth + 1)
        case "xcomp":
            return _controllers(head, depth)
        case "advcl" if head.lemma_ in ASKING and is_lost_complement(verb):
            return _controllers(head, depth)
        case "ccomp" if verb.tag_ in {"VB", "VBG"} and not has_conjunction(verb):
            return objects_of(head) or _subject_of(head, depth)
        case "advcl" if verb.tag_ in {"VBG", "VBN", "VB"}:
            return _subject_of(head, depth)
        case "pcomp":
            governor = head.head
            if governor.pos_ == "VERB" and head.lower_ == "for" and not objects_of(governor):
                targets = tuple(token for name, token in _prepositional(governor) if name in _TOWARDS)
                if targets:  # "lashed out at Chad for having shot down its jet"
                    return targets
            if governor.pos_ == "VERB" and head.lower_ in {"from", "of", "for"} and objects_of(governor):
                return objects_of(governor) if not is_passive(governor) else subjects_of(governor, depth + 1)
            return (
                _subject_of(governor, depth)
                if governor.pos_ in {"VERB", "AUX"}
                else owners_of(governor, depth)
            )
        case "acl" | "relcl" if _is_asked(verb):
            return coordinated(head)
        case "acl" if verb.tag_ == "VBG" and _is_spoken_with(head):
            return _subject_of(head.head.head, depth)  # "spoke with the president urging him to"
        case "acl" | "relcl":
            if verb.tag_ == "VB" or head.lemma_ in _VOICES:
                return owners_of(head, depth)
            return coordinated(head)
        case _:
            return ()


def _controllers(verb: Token, depth: int) -> Tokens:
    """Who is to do what an infinitive under `verb` says: whom it asks or makes to do it, else its subject."""
    asked = tuple(
        token
        for name, token in _prepositional(verb)
        if verb.lemma_ in ASKING and name in {"on", "upon", "to", "for"}
    )
    objects = objects_of(verb) if verb.lemma_ not in _SUBJECT_CONTROL else ()
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
        and asked.head.head.lemma_ in ASKING
    )


def own_subjects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return found or [child for child in verb.children if child.dep_ == "advcl" and is_gerund(child)]


def _subject_of(verb: Token, depth: int) -> Tokens:
    """The subject of a governing verb, as the controller of what hangs on it."""
    return subjects_of(verb, depth + 1)


def owners_of(noun: Token, depth: int) -> Tokens:
    """Whose plan, decision or promise a noun is: "Iran's decision to", "the army announced a plan to"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners and owners[0].lower_ not in POSSESSIVE:
        return coordinated(owners[0])
    verb = noun.head
    if noun.dep_ == "dobj" and lemma_of(verb) in LIGHT_VERBS | _MAKING:
        return subjects_of(verb, depth + 1)
    if noun.dep_ == "dobj" and verb.pos_ == "VERB":
        return tuple(
            child.i
            for child in noun.children
            if child.dep_ in {"compound", "amod", "nmod"} and child.ent_type_
        )
    if noun.dep_ == "nsubjpass":
        return doers_after_by(verb)
    if noun.dep_ == "pobj" and verb.lower_ == "by" and verb.head.pos_ == "VERB":
        return ()
    if noun.dep_ == "pobj" and verb.head.pos_ == "VERB":
        return subjects_of(verb.head, depth + 1)
    return coordinated(owners[0]) if owners else ()


def shares_subject(verb: Token) -> bool:
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


def has_conjunction(verb: Token) -> bool:
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


def objects_of(verb: Token) -> Tokens:
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
        if part.dep_ == "ccomp" and part.tag_ == "VB" and not has_conjunction(part)
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


def doers_after_by(verb: Token) -> Tokens:
    found: list[int] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for part in child.children:
                if part.dep_ == "pobj" and part.ent_type_ not in {"DATE", "TIME"}:
                    found.extend(_antecedents(part, verb))
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb.head):
        return doers_after_by(verb.head)
    if not found:  # "was shot and killed by"
        for child in verb.children:
            alone = not any(part.dep_ in {"nsubjpass", "auxpass"} for part in child.children)
            if child.dep_ == "conj" and child.tag_ == "VBN" and alone:
                for part in child.children:
                    if part.dep_ == "agent":
                        found.extend(_governed_by(part))
    return tuple(dict.fromkeys(found))


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


def coordinated(token: Token) -> Tokens:
    """The token and those coordinated with it: "A, B and C" gives three heads."""
    nominal = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}
    heads = [token.i, *(other.i for other in token.conjuncts if other.pos_ in nominal and other.i > token.i)]
    for child in token.children:  # a list whose second member the parser took for an apposition: "A, B and C"
        if child.dep_ == "appos" and any(part.dep_ == "conj" for part in child.children):
            alike = child.ent_type_ == token.ent_type_ != "" and child.pos_ == token.pos_ == "PROPN"
            heads.extend(index for index in coordinated(child) if index != child.i or alike)
    return tuple(dict.fromkeys(heads))


def obliques_of(word: Token) -> tuple[tuple[str, Tokens], ...]:
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
                            for token in _governed_by(inner):
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


def _governed_by(preposition: Token) -> Tokens:
    return tuple(token for part in preposition.children if part.dep_ == "pobj" for token in coordinated(part))
