"""What a verb, a noun or a clause is, by its parse: passive, finite, conditional, a means, a result."""

from __future__ import annotations

from typing import Final, Literal

from spacy.tokens import Token

from sitrep.coding.lemmas import lemma_of
from sitrep.coding.status.negation import is_verbal
from sitrep.coding.status.operators import Effect
from sitrep.records import Status

FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
OPEN: Final = frozenset({"may", "might", "could", "can", "ca"})
OUGHT: Final = frozenset({"should", "must", "ought"})
WOULD: Final = frozenset({"would", "'d", "’d"})
IF: Final = frozenset({"if", "unless", "whether", "lest", "provided", "assuming", "supposing"})
_UNTIL: Final = frozenset({"until", "till", "before"})
ONCE: Final = frozenset({"when", "once", "after", "as", "whenever", "until", "till", "before"})
# What an appeal "for" these asks for is the means of what follows: "an appeal for donations to help them".
_MEANS: Final = frozenset(
    {
        "fund", "funding", "money", "cash", "donation", "contribution", "dollar", "euro", "pound", "million",
        "billion", "support", "volunteer",
    }
)  # fmt: skip
_ANYBODY: Final = frozenset({"anyone", "anybody", "those", "whoever", "everyone", "everybody"})
_SURE: Final = frozenset(
    {"clear", "certain", "sure", "known", "obvious", "convinced", "confident", "confirmed", "evident"}
)
HIGHEST: Final = 24  # governors that are read above a trigger: more than any sentence of a person's has


def by_form(verb: Token, below: Token) -> Effect | None:
    """The effect of a verb that means different things over clauses; None where the table decides."""
    infinitive = has_infinitive_mark(below)
    match lemma_of(verb):
        case "be":  # "is to meet", "were to have met", against "the truth is that they met"
            missed = any(child.lemma_.lower() == "have" and child.dep_ == "aux" for child in below.children)
            return "real" if not infinitive else "denied" if missed else "planned"
        case "take" if infinitive and _tells_how_long(verb):  # "it took an hour to seize the bridge"
            return "real"
        case "go":  # "is going to attack", against "went to attack"
            going = verb.lower_ == "going" and any(child.dep_ == "aux" for child in verb.children)
            return "planned" if going and infinitive else "real"
        case "shout" | "yell" | "scream" | "signal" | "motion":  # "shouted at them to leave"
            return "called_for" if infinitive else "real"
        case "say" if verb.tag_ == "VB" and is_root(verb) and not helpers_of(verb):
            return "possible"  # "say they attacked tomorrow": suppose that they did
        case "suppose" | "imagine" if verb.tag_ == "VB" and not helpers_of(verb) and not infinitive:
            return "possible"  # "imagine that they attack"
        case "ask" if any(child.lower_ in ("if", "whether") for child in below.children):
            return "possible"  # "asked if he had met them"
        case "tell":  # "told them to leave", against "told them that he left"
            return "called_for" if infinitive else "real"
        case "suggest" | "insist" if not _is_bare(below):  # "insisted that he left", against "that he leave"
            return "real" if lemma_of(verb) == "insist" else "possible"
        case "want" | "like" | "prefer" | "need" if below.dep_ == "ccomp":  # somebody else is to do it
            return "called_for" if any(child.dep_ == "nsubj" for child in below.children) else None
        case "warn" if infinitive:  # "warned them to leave", against "warned that they would"
            return "called_for"
        case "warn" if _is_past(below):  # "warned that they had left"
            return "real"
        # "called him on Friday to thank him" is a telephone call
        case "call" if not (_calls_on(verb) or _is_of_others(below)):
            return "called_for" if _is_passive(verb) else "planned"
        case "like" if infinitive:
            return "planned"
        case "agree" | "decide" | "mean" if below.dep_ == "ccomp" and not infinitive:
            return "real"
        case "have" if infinitive and any(child.lower_ == "yet" for child in verb.children):
            return "denied"  # "have yet to leave"
        case "have" if infinitive:  # "had to leave" tells that they left, "have to leave" does not
            helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
            return "real" if verb.tag_ in ("VBD", "VBN") and not helpers & OPEN else "called_for"
        case "seek" if infinitive and verb.tag_ in ("VBD", "VBN"):  # a past intention is an attempt
            return "possible"
        case "stop" | "halt" if infinitive:  # "stopped to attack them" states a purpose
            return "planned"
        case "order" if below.tag_ == "VBN":  # "ordered the bridge closed"
            return "called_for"
    return None


def _tells_how_long(verb: Token) -> bool:
    """Whether "take" says how long something took, or what it needed: "it took two days", "took an army"."""
    return any(
        (child.dep_ in ("nsubj", "expl") and child.lower_ == "it" and child.i < verb.i)
        or (child.dep_ in ("dobj", "npadvmod", "dative") and child.ent_type_ in ("DATE", "TIME"))
        for child in verb.children
    )


def _calls_on(verb: Token) -> bool:
    return any(
        child.lower_ in ("on", "upon", "for")
        and not any(part.ent_type_ in ("DATE", "TIME") for part in child.children)
        for child in verb.children
    )


def _is_past(verb: Token) -> bool:
    helpers = helpers_of(verb)
    if any(helper.tag_ == "MD" for helper in helpers):
        return False
    return verb.tag_ == "VBD" or any(helper.tag_ == "VBD" or helper.lemma_ == "have" for helper in helpers)


def _is_of_others(clause: Token) -> bool:
    """Whether "for" names who is to do what a clause says: "called for them to leave"."""
    return any(child.dep_ == "mark" and child.lower_ == "for" for child in clause.children)


def asks_for_means(noun: Token) -> bool:
    """Whether a noun asks for money or the like, and not for the act that follows it."""
    return any(
        part.lemma_.lower() in _MEANS or part.ent_type_ == "MONEY"
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ == "for"
        for part in child.children
    )


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _is_bare(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBG") and not any(child.tag_ == "MD" for child in verb.children)


def accuser_above(word: Token) -> Token | None:
    """The verb that accuses, where "of doing it" was parsed onto a word below: "accused men who fled the city
    of looting"."""
    for above in word.ancestors:
        if above.dep_ == "conj" or (is_verbal(above) and above.dep_ != "relcl"):
            return above if lemma_of(above) in ("accuse", "suspect") and above.i < word.i else None
    return None


def within(
    inner: Status | Literal["would"], outer: Status | Literal["would"] | None
) -> Status | Literal["would"]:
    """The status of an act that is `inner` by its own words, below something that makes it `outer`."""
    if outer is None or outer == "happened":
        return inner
    if inner == "happened":
        return outer
    if inner == "denied":
        # A denial, a call or a condition upon a denial leaves the act open: "refused to rule out an attack",
        # "urged them not to attack". What is planned not to be done is denied.
        return "denied" if outer in ("planned", "would") else "possible"
    if outer == "denied":
        return "denied"
    if outer == "called_for":
        return "called_for"
    if outer == "possible":
        return "called_for" if inner == "called_for" else "possible"
    return inner  # planned, or what would be, changes nothing of what is already open


def is_root(token: Token) -> bool:
    return token.head.i == token.i


def depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < HIGHEST:
        token, depth = token.head, depth + 1
    return depth


def finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(helper.tag_ != "TO" for helper in helpers_of(verb))


def is_reduced(verb: Token) -> bool:
    """Whether a clause on a noun is a bare participle: not "to seize", not "that they had seized"."""
    return verb.tag_ in ("VBN", "VBG", "VBD") and not any(
        child.dep_ in ("aux", "mark") for child in verb.children
    )


def beside_finite(verb: Token, head: Token) -> Token:
    """What a verb is truly coordinated with: a finite verb, parsed beside an infinitive, goes further up."""
    if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ == "conj":
        for _ in range(HIGHEST):
            if finite(head) or is_root(head):
                break
            head = head.head
    return head


def helpers_of(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i]


def has_infinitive_mark(verb: Token) -> bool:
    return any(child.tag_ == "TO" and child.dep_ in ("aux", "mark") for child in verb.children)


def takes_to_the_streets(verb: Token) -> bool:
    return lemma_of(verb) in ("take", "turn", "pour") and any(
        part.lemma_.lower() == "street" for part in verb.subtree
    )


def is_result(verb: Token) -> bool:
    """Whether an infinitive says what came of it: "dismissed the plan, only to adopt it"."""
    return verb.i > 1 and any(
        child.lower_ == "only" and child.i > 0 and child.nbor(-1).text == "," for child in verb.children
    )


def is_generic(verb: Token, head: Token) -> bool:
    """Whether a relative clause speaks of whoever does it: "rebels who attack civilians will be punished"."""
    if verb.tag_ not in ("VBP", "VBZ") or any(child.dep_ == "aux" for child in verb.children):
        return False
    if head.lower_ in _ANYBODY or any(child.lower_ == "any" for child in head.children):
        return True
    bare = head.tag_ == "NNS" and not any(child.dep_ in ("det", "poss", "nummod") for child in head.children)
    above = {child.lower_ for child in head.head.children if child.dep_ == "aux"}
    return bare and bool(above & (FUTURE | OPEN | OUGHT | WOULD))


def is_unsure(copula: Token) -> bool:
    """Whether a predicate, negated, leaves open what it is about: "it is not clear that they attacked"."""
    return lemma_of(copula) == "be" and any(
        child.dep_ == "acomp" and child.lower_ in _SURE for child in copula.children
    )


def is_supposed(noun: Token) -> bool:
    """Whether a phrase is but imagined: "if you had a militia that attacked villages"."""
    verb = noun
    for _ in range(HIGHEST):
        if is_verbal(verb) or is_root(verb):
            break
        verb = verb.head
    return is_verbal(verb) and opens_condition(verb) and not is_definite(noun)


def is_inverted(verb: Token) -> bool:
    """Whether an auxiliary before its subject makes a condition of a clause: "should the court refuse"."""
    subject = next((child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and any(
        part.lower_ in ("should", "had", "were") and part.i < subject for part in helpers_of(verb)
    )


def is_main(verb: Token) -> bool:
    return is_root(verb) and any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def has_condition(verb: Token) -> bool:
    return any(
        child.dep_ == "advcl"
        and any(part.dep_ in ("mark", "advmod") and part.lower_ in IF for part in child.children)
        for child in verb.children
    )


def of_conjunction(verb: Token) -> Status | None:
    """What "if", "unless", "until" and "once" say of the clause that they open."""
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.i < verb.i:
            if child.lower_ in IF:
                return "possible"
            if child.lower_ == "than" and verb.tag_ == "VB":
                return "denied"  # "would rather fight than negotiate"
            if (
                child.lower_ == "as"
                and child.i + 1 < len(child.doc)
                and child.nbor(1).lower_ in ("if", "though")
            ):
                return "possible"
            present = verb.tag_ in ("VBZ", "VBP", "VB") or (
                any(part.tag_ in ("VBZ", "VBP") for part in helpers_of(verb)) and verb.tag_ != "VBN"
            )
            if child.lower_ in ONCE and present and verb.dep_ == "advcl" and is_verbal(verb.head):
                ahead = {part.lower_ for part in helpers_of(verb.head)} & (FUTURE | OPEN | WOULD | OUGHT)
                if ahead:
                    return "possible" if child.lower_ in _UNTIL else "planned"
    return None


def opens_condition(verb: Token) -> bool:
    """Whether a clause is a condition: by its conjunction, or by an auxiliary before its subject."""
    if any(child.dep_ == "mark" and child.lower_ in IF - {"whether"} for child in verb.children):
        return True
    return verb.dep_ == "advcl" and is_inverted(verb)


def is_definite(noun: Token) -> bool:
    if noun.pos_ == "PROPN" and noun.ent_type_:
        return True
    return any(
        child.dep_ == "poss"
        or (child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"))
        for child in noun.children
    )
