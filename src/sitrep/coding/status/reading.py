"""Whether an event took place, as the text tells it.

The parse around an event's trigger is read outwards. The trigger's own clause says that the act lies ahead
("will"), is open ("may", "if") or is denied ("not"); each word that governs it then has its say ("plans to",
"denied", "calls for"), up to the top of the sentence or to a word below which an act is taken for granted
("condemned the attack"). `data/status_operators.tsv` lists these words.

Decided, where the codebook leaves it open:
- an attempt ("tried to storm") is possible, one that was thwarted is denied: the act aimed at is coded;
- a call against an act ("urged them not to attack") leaves it possible, a refusal of one denies it;
- what would have happened is possible, what should have happened is denied;
- an allegation ("accused of shelling", "the alleged attack") is possible in the report's own voice. Inside an
  attribution that carries it, it is told as a fact, by its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from spacy.tokens import Doc, Token

from sitrep.coding.lemmas import lemma_of
from sitrep.coding.status.clauses import (
    FUTURE,
    HIGHEST,
    IF,
    ONCE,
    OPEN,
    OUGHT,
    WOULD,
    accuser_above,
    asks_for_means,
    beside_finite,
    by_form,
    depth,
    finite,
    has_condition,
    has_infinitive_mark,
    helpers_of,
    is_definite,
    is_generic,
    is_inverted,
    is_main,
    is_reduced,
    is_result,
    is_root,
    is_supposed,
    is_unsure,
    of_conjunction,
    opens_condition,
    takes_to_the_streets,
    within,
)
from sitrep.coding.status.negation import is_negated, is_verbal
from sitrep.coding.status.operators import Effect, Operators, Takes, read_operators
from sitrep.coding.status.voices import holds
from sitrep.records import Status

_NO: Final = frozenset({"no", "neither"})
# Prepositions below which an act is told as done, and those below which it is told as not done.
_TAKEN_FOR_GRANTED: Final = frozenset(
    {
        "after", "since", "following", "during", "despite", "amid", "amidst", "over", "because", "by",
        "through", "like", "as", "besides", "throughout"
    }
)  # fmt: skip
_NOT_DONE: Final = frozenset({"without", "instead", "than"})
_LATER: Final = frozenset({"later", "eventually", "subsequently", "ultimately", "soon"})
_OFTEN: Final = frozenset(
    {"sometimes", "often", "usually", "regularly", "frequently", "occasionally", "routinely", "always"}
)
_FIRST: Final = frozenset({"first", "last", "only", "second", "third", "latest", "one"})
# Verbs that say of an act no more than that it takes place: the noun is told as their own tense is.
_OCCUR: Final = frozenset(
    {
        "take", "occur", "happen", "begin", "start", "commence", "resume", "continue", "proceed", "go",
        "come", "follow", "erupt", "open", "end", "last", "conclude", "materialise", "materialize",
        "ensue", "be", "become",
    }
)  # fmt: skip
_DISCUSS: Final = frozenset(
    {
        "discuss", "debate", "negotiate", "fear", "explore", "consider", "oppose", "weigh", "propose",
        "recommend", "postpone", "delay", "approve", "await"
    }
)  # fmt: skip
_TRIES_OF_ITS_OWN: Final = frozenset({"attempt", "attempted", "plot", "bid"})
# Verbs that do what the infinitive below them says: "met to discuss", "marched to protest", "took to the
# streets to".
_GATHER: Final = frozenset(
    {
        "meet", "gather", "convene", "sit", "assemble", "unite", "march", "rally", "demonstrate", "stage",
        "protest", "crowd", "flock",
    }
)  # fmt: skip
# Verbs that are done by whatever the main verb does for them: "blocked the road to demand", "walked out to
# denounce".
_EXPRESS: Final = frozenset(
    {
        "demand", "protest", "denounce", "condemn", "decry", "oppose", "honour", "honor", "mark", "mourn",
        "commemorate", "celebrate", "express", "voice", "show",
    }
)  # fmt: skip
_RAISES: Final = frozenset({"appear", "seem", "be", "go", "need", "have", "look", "tend"})
_PERCEIVE: Final = frozenset({"see", "hear", "watch", "show"})
_CONFIRM: Final = frozenset({"confirm", "verify", "corroborate", "substantiate"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN"})


def read_status(doc: Doc, trigger: Iterable[int], operators: Operators | None = None) -> Status:
    """The status of the act that the tokens of `trigger` name; "happened" where the doc has no parse."""
    tokens = {index for index in trigger if 0 <= index < len(doc)}
    if not tokens or not doc.has_annotation("DEP"):
        return "happened"
    return _Reading(doc, tokens, operators if operators is not None else read_operators()).status()


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a verb's own words say of it: `would` waits for what governs it."""

    status: Status | Literal["would"]
    negated: bool


class _Reading:
    """The reading of one trigger, from its own words outwards."""

    def __init__(self, doc: Doc, tokens: set[int], operators: Operators) -> None:
        self.doc = doc
        self.tokens = tokens
        self.operators = operators
        self.read = set(
            tokens
        )  # what has had its say already: "no plans" does not also negate the verb above it

    def status(self) -> Status:
        top = self._top()
        status: Status | Literal["would"] = "happened"
        for index in sorted(self.tokens):
            word = self.doc[index]
            if is_verbal(word):
                clause = self._clause(word)
                status = within(status, clause.status)
            elif word.pos_ in _NOMINAL or word.tag_ == "VBG":
                status = within(status, self._modifiers(word))
        status = self._outwards(top, status)
        if status == "would":
            status = "possible"
        if status in ("happened", "planned") and self._is_asked(top):
            return "possible"
        return status

    def _top(self) -> Token:
        """The trigger's token that hangs on none of the others; the one nearest to the root of several."""
        free = [
            self.doc[i]
            for i in sorted(self.tokens)
            if self.doc[i].head.i not in self.tokens or is_root(self.doc[i])
        ]
        return min(free or [self.doc[min(self.tokens)]], key=lambda token: (depth(token), token.i))

    # ------------------------------------------------------------------------------- the trigger's own words

    def _clause(self, verb: Token) -> _Clause:
        """What auxiliaries, negation, adverbs and conditions say of a verb."""
        helpers = helpers_of(verb)
        lowered = {token.lower_ for token in helpers}
        perfect = any(token.lemma_.lower() == "have" for token in helpers)
        negated = is_negated(verb, self.read)
        status: Status | Literal["would"] = "happened"
        if lowered & FUTURE:
            status = "denied" if negated else "planned"
        elif lowered & OUGHT:
            status = "possible" if negated else "called_for"
            if perfect:
                status = "possible" if "must" in lowered else "denied"
        elif lowered & OPEN:
            unable = negated and lowered & {"could", "can", "ca"} and not perfect
            status = "denied" if unable else "possible"
        elif lowered & WOULD:
            status = "denied" if negated else "possible" if perfect else "would"
        elif negated:
            status = "denied"
        elif has_infinitive_mark(verb) and is_main(verb):
            status = "planned"  # a headline's "Minister to visit Rome"
        elif verb.tag_ == "VBG" and any(token.lower_ == "going" for token in helpers):
            status = "planned"
        if status in ("planned", "would") and has_condition(verb):
            status = "possible"
        if status == "would" and any(child.lower_ in _OFTEN for child in verb.children):
            status = "happened"  # a habit of the past: "they would often attack"
        later = any(child.lower_ in _LATER for child in verb.children)
        if status == "would" and later and verb.dep_ != "ccomp":  # "said that he would soon" looks ahead
            status = "happened"  # the past's future: "he would later command"
        if status in ("happened", "planned"):
            for child in verb.children:
                effect = (
                    self._effect(child.lower_, "adv", "clause")
                    if child.dep_ in ("advmod", "npadvmod")
                    else None
                )
                if effect not in (None, "real"):
                    status = self._settled(effect, child) or status
        if status == "happened":
            status = of_conjunction(verb) or status
        if status in ("happened", "denied", "called_for") and opens_condition(verb):
            status = "possible"  # "if they do not leave", "should they attack"
        return _Clause(status, negated)

    def _modifiers(self, noun: Token) -> Status | Literal["would"]:
        """What determiners, adjectives and participles say of a noun that names an act."""
        status: Status | Literal["would"] = "happened"
        for child in noun.children:
            if child.dep_ in ("det", "neg") and child.lower_ in _NO:
                return "denied"
            if (child.dep_ == "det" and child.lower_ == "any") or child.lower_ == "whether":
                status = within(status, "possible")  # "any attack", "whether an attack or a siege"
            if child.i in self.tokens:
                continue
            if child.dep_ in ("amod", "compound", "nmod", "advmod"):
                if child.lower_ == "planned" and noun.dep_ == "attr":
                    continue  # "it was a planned attack" tells of one that was made
                if child.lower_ in _TRIES_OF_ITS_OWN and noun.lemma_.lower() in _TRIES_OF_ITS_OWN:
                    continue
                effect = self._effect(child.lower_, "adj", "noun")
                if effect is None and child.tag_ == "VBN":
                    effect = self._of_verb(child, "noun")
                settled = (
                    self._settled(effect, child) if effect not in (None, "presupposed", "real") else None
                )
                status = within(status, settled or "happened")
            elif child.dep_ == "acl" and child.tag_ == "VBN":  # "the attack planned for Friday"
                effect = self._of_verb(child, "noun")
                settled = (
                    self._settled(effect, child) if effect not in (None, "presupposed", "real") else None
                )
                status = within(status, settled or "happened")
        return status

    # ------------------------------------------------------------------------------- outwards

    def _outwards(self, top: Token, status: Status | Literal["would"]) -> Status | Literal["would"]:
        token = top
        nominal = not is_verbal(token)
        for _ in range(HIGHEST):
            head = token.head
            self.read.add(token.i)
            if is_root(token):
                return status
            match token.dep_:
                case "conj" | "appos":
                    status = within(status, self._shared(token, head, nominal))
                    token = beside_finite(token, head)
                    continue
                case "relcl" if has_infinitive_mark(token):
                    pass  # "a reason to topple him"
                case "relcl" if is_generic(token, head) or is_supposed(head):
                    return within(status, "possible")
                case "relcl" | "poss" | "npadvmod" | "nummod":
                    return status
                case "acl" if is_reduced(token):  # "the town seized by rebels", against "plans of seizing it"
                    if token.tag_ == "VBN" or not self._effect(lemma_of(head), "noun", "clause"):
                        return status
                case "ccomp" if token.i < head.i and (is_inverted(head) or self._governs(head, token)):
                    return status  # what stands before its verb is a main clause, unless it is a quotation
                case "advcl":
                    return self._beside(token, head, status)
                case "compound" | "amod" | "nmod":
                    if not nominal or head.pos_ not in _NOMINAL:
                        return status
            step = self._step(token, head, nominal)
            if step is None:
                return status
            effect, governor, takes = step
            if effect == "presupposed":
                one = nominal and status == "happened" and not is_definite(token)
                if one and self._looks_ahead(governor):
                    return "possible"  # "will respond to an attack"
                return "happened" if status == "would" else status
            if status == "would":
                reported = effect == "real" and takes == "clause" and governor.pos_ not in _NOMINAL
                told = governor.tag_ in ("VBD", "VBN", "VBG", "VBZ", "VBP") and not self._is_quoted(
                    token, governor
                )
                status = "planned" if reported and told else "possible"
            status = self._governed(status, effect, governor, takes, nominal)
            if takes == "noun" and effect == "real" and governor.pos_ not in _NOMINAL and nominal is False:
                return status
            token = governor
            self.read.add(token.i)
            nominal = governor.pos_ in _NOMINAL
        return status

    def _governed(
        self, status: Status | Literal["would"], effect: Effect, governor: Token, takes: Takes, nominal: bool
    ) -> Status | Literal["would"]:
        """The status below a governor: its effect first, then what its own clause says of it."""
        settled = self._settled(effect, governor)
        negated = is_verbal(governor) and is_negated(governor, self.read) and governor.i not in self.tokens
        if is_verbal(governor):
            clause = self._clause(governor) if governor.i not in self.tokens else _Clause("happened", False)
            if settled is None:
                plain = clause.status
                if plain == "possible" and lemma_of(governor) in _PERCEIVE and not negated:
                    plain = "happened"  # "we can see them being beaten"
                if negated and plain == "denied" and lemma_of(governor) in _CONFIRM:
                    plain = "possible"  # "could not confirm reports of an attack"
                if (
                    negated
                    and plain == "denied"
                    and takes == "clause"
                    and finite(governor)
                    and (self._only_tells(governor) or is_unsure(governor))
                ):
                    plain = "possible"  # "did not say that they attacked" leaves it open
                return within(status, plain)
            if negated:
                flipped: dict[str, Status] = {"denied": "possible", "planned": "denied", "possible": "denied"}
                return within(status, flipped.get(settled, "possible"))
            status = within(status, settled)
            # "may plan to attack" and "if they were to attack" leave open whether they even mean to, and "if
            # they fail to attack" whether they do not
            open_still = status == "planned" or (status == "denied" and opens_condition(governor))
            return "possible" if open_still and clause.status == "possible" else status
        if settled is not None:
            refused = self._modifiers(governor)
            if refused == "denied":
                return "possible" if settled == "denied" else "denied"
            status = within(status, settled)
            return status
        return within(status, self._modifiers(governor)) if governor.pos_ in _NOMINAL else status

    def _step(self, token: Token, head: Token, nominal: bool) -> tuple[Effect, Token, Takes] | None:
        """The next governor of `token`, and its effect; None where nothing there bears on the act."""
        takes: Takes = "noun" if nominal else "clause"
        if token.dep_ in ("pobj", "pcomp"):
            return self._through_preposition(token, head, takes, nominal)
        if token.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
            return self._as_subject(token, head, nominal)
        if token.dep_ in ("attr", "oprd"):
            return ("real", head, "noun")
        if token.dep_ in ("prep", "agent", "advmod", "dative", "mark", "cc", "punct", "dep", "meta"):
            return None
        if token.dep_ in ("compound", "amod", "nmod"):
            effect = self._effect(lemma_of(head), "noun", "noun")
            return None if effect is None else (effect, head, "noun")
        if head.i in self.tokens:
            return ("real", head, takes)
        if is_verbal(head):
            effect = self._of_predicate(head, token) or self._of_verb(head, takes, below=token)
            if effect is not None:
                if (
                    nominal
                    and effect == "possible"
                    and head.lemma_.lower() in _DISCUSS
                    and is_definite(token)
                ):
                    return None
                return (effect, head, takes)
            if nominal:
                return (
                    None
                    if is_definite(token)
                    else ("real", head, takes)
                    if not is_negated(head, self.read)
                    else None
                )
            return ("real", head, takes)
        if head.pos_ in _NOMINAL:
            if lemma_of(head) == "order" and head.head.lower_ == "in":
                return ("planned", head, takes)  # "in order to" states a purpose
            effect = self._effect(lemma_of(head), "noun", takes)
            if effect == "called_for" and token.dep_ == "acl" and asks_for_means(head):
                effect = "planned"
            if effect is not None:
                return (effect, head, takes)
            ranked = lemma_of(head) in _FIRST or any(child.lower_ in _FIRST for child in head.children)
            if token.dep_ in ("acl", "relcl") and has_infinitive_mark(token) and not ranked:
                return ("planned", head, takes)  # "a reason to topple him", against "the first to topple him"
            return ("real", head, takes) if not nominal else None
        if head.pos_ in ("ADJ", "ADV") or head.dep_ == "acomp":
            effect = self._effect(head.lower_, "adj", takes)
            return (effect, head, takes) if effect is not None else ("real", head, takes)
        return ("real", head, takes)

    def _through_preposition(
        self, token: Token, preposition: Token, takes: Takes, nominal: bool
    ) -> tuple[Effect, Token, Takes] | None:
        word = preposition.lower_
        governor = preposition.head
        while (
            governor.dep_ in ("prep", "pcomp")
            and governor.pos_ in ("ADP", "SCONJ", "ADV")
            and not is_root(governor)
        ):
            word = f"{governor.lower_} {word}"
            governor = governor.head
        words = {*word.split(), *(child.lower_ for child in preposition.children if child.dep_ == "advmod")}
        if words & _NOT_DONE:
            return ("denied", governor, takes)
        if "ahead" in words or governor.lower_ == "ahead":
            return ("planned", governor, takes)
        if word == "before":
            ahead = self._looks_ahead(governor)
            return ("planned", governor, takes) if ahead else None
        if words & {"case", "event"} or governor.lower_ in ("case", "event"):
            return ("possible", governor, takes)
        if word in _TAKEN_FOR_GRANTED and not (word == "by" and not nominal):
            return None
        last = preposition.lower_
        accuser = accuser_above(governor) if last == "of" and token.tag_ == "VBG" else None
        if accuser is not None and self.operators.get((f"{lemma_of(governor)}+of", "noun", takes)) is None:
            return ("alleged", accuser, takes)
        if governor.pos_ in ("ADJ", "ADV"):
            effect = self._effect(f"{governor.lower_}+{last}", "adj", takes)
            effect = effect or self._effect(governor.lower_, "adj", takes)
            return (effect, governor, takes) if effect is not None else None
        if is_verbal(governor):
            if governor.i in self.tokens:
                return ("real", governor, takes)
            effect = self._of_verb(governor, takes, preposition=last)
            if effect is not None:
                return (effect, governor, takes)
            if not nominal and last in ("by", "in", "with", "on"):
                # "by attacking them they hope to win" is hoped for too
                aims = last == "by" and any(child.dep_ == "xcomp" for child in governor.children)
                meant = self._of_verb(governor, "clause") if aims else None
                return ("planned" if meant == "planned" else "real", governor, takes)
            held = next(
                (c for c in governor.children if c.dep_ in ("dobj", "nsubjpass") and c.i < preposition.i),
                None,
            )
            if (
                held is not None
            ):  # the parser hung on the verb what belongs to its object: "made plans for an attack"
                effect = self.operators.get((f"{lemma_of(held)}+{last}", "noun", takes))
                effect = effect or (
                    self._effect(lemma_of(held), "noun", takes) if last in ("for", "of", "on", "to") else None
                )
                if effect is not None:
                    return (effect, held, takes)
            return None
        if governor.pos_ in _NOMINAL:
            if governor.i in self.tokens:
                return ("real", governor, takes)
            effect = self.operators.get((f"{lemma_of(governor)}+{last}", "noun", takes))
            if effect is None and last in ("of", "for", "on", "to", "in", "against", "about", "over", "from"):
                effect = self._effect(lemma_of(governor), "noun", takes)
            if effect is not None:
                return (effect, governor, takes)
            if last == "of" and not is_definite(token):
                return ("real", governor, takes)
        return None

    def _as_subject(self, token: Token, head: Token, nominal: bool) -> tuple[Effect, Token, Takes] | None:
        """What a verb says of the act that is its subject."""
        if head.i in self.tokens:
            return ("real", head, "noun")
        if not is_verbal(head):
            return None
        if token.dep_ in ("nsubjpass", "csubjpass"):
            effect = self._of_verb(head, "noun" if nominal else "clause")
            if effect == "possible" and head.lemma_.lower() in _DISCUSS and is_definite(token):
                return None
            if effect is not None:
                return (effect, head, "noun")
        for child in head.children:  # "an attack is likely", "a strike is possible"
            if child.dep_ in ("acomp", "attr", "oprd"):
                kind = "noun" if child.pos_ in _NOMINAL else "adj"
                effect = self._effect(child.lower_ if kind == "adj" else lemma_of(child), kind, "noun")
                if effect is not None and effect != "real":
                    return (effect, head, "noun")
        lemma = lemma_of(head)
        # A subject is raised over "expected to", "appears to", and over whatever "take place" hangs on; what
        # "failed to break the ice" took place itself.
        below = [
            child
            for child in head.children
            if child.dep_ == "xcomp"
            and (token.dep_ == "nsubjpass" or lemma in _RAISES or lemma_of(child) in _OCCUR)
        ]
        if (
            token.dep_ == "nsubjpass"
            or lemma in _OCCUR
            or self.operators.get((lemma, "verb", "noun")) == "real"
        ):
            effect = self.operators.get((lemma, "verb", "clause")) if below else None
            return (effect if effect not in (None, "presupposed") else "real", head, "noun")
        if below and self.operators.get((lemma, "verb", "clause")) not in (None, "presupposed"):
            return (self.operators[(lemma, "verb", "clause")], head, "noun")
        modal = {child.lower_ for child in head.children if child.dep_ == "aux"}
        if modal & (OPEN | WOULD | FUTURE) and not is_definite(token) and not is_negated(head, self.read):
            return ("possible" if modal & (OPEN | WOULD) else "planned", head, "noun")
        return None

    def _beside(
        self, token: Token, head: Token, status: Status | Literal["would"]
    ) -> Status | Literal["would"]:
        """An adverbial clause: a purpose is planned, a participle goes with the main clause."""
        if status == "would":
            status = "possible"
        if has_infinitive_mark(token) and head.pos_ in _NOMINAL:  # "a call for them to leave"
            named = self._effect(lemma_of(head), "noun", "clause") or "planned"
            return self._outwards(head, self._governed(status, named, head, "clause", False))
        if has_infinitive_mark(token):
            if is_result(token):
                return status
            if lemma_of(head) in _GATHER or takes_to_the_streets(head) or lemma_of(token) in _EXPRESS:
                return self._outwards(head, within(status, self._clause(head).status))
            held = next((c for c in head.children if c.dep_ == "dobj" and c.i < token.i), None)
            if held is not None and (lemma_of(head) == "need" or asks_for_means(held)):
                return self._outwards(head, self._governed(status, "planned", head, "clause", False))
            stated = self._effect(lemma_of(held), "noun", "clause") if held is not None else None
            if held is not None and stated is not None:  # "sounded a call for them to leave"
                return self._outwards(head, self._governed(status, stated, held, "clause", False))
            effect = self._of_verb(head, "clause", below=token) or self._effect(head.lower_, "adj", "clause")
            if effect is None or (effect == "presupposed" and lemma_of(head) in ("stop", "halt", "end")):
                effect = "planned"
            if effect == "presupposed":
                return status
            return self._outwards(head, self._governed(status, effect, head, "clause", False))
        if token.tag_ in ("VBG", "VBN") and not any(
            c.dep_ in ("mark", "aux", "advmod") and c.lower_ in ONCE | IF for c in token.children
        ):
            if not is_verbal(head):
                return status
            clause = self._clause(head)
            # "did not attend, accusing him": the negation of the main clause does not reach its participle
            inherited: Status | Literal["would"] = "happened" if clause.status == "denied" else clause.status
            governor = head
            while governor.dep_ in ("xcomp", "conj") and not is_root(governor):
                if governor.dep_ == "xcomp" and is_verbal(governor.head):
                    effect = self._of_verb(governor.head, "clause", below=governor)
                    if effect not in (None, "denied", "presupposed"):
                        inherited = within(inherited, self._settled(effect, governor.head) or "happened")
                governor = governor.head
            return within(status, "possible" if inherited == "would" else inherited)
        return status

    # ------------------------------------------------------------------------------- words and their effects

    def _effect(self, word: str, kind: str, takes: Takes) -> Effect | None:
        return self.operators.get((word, kind, takes))

    def _of_verb(
        self, verb: Token, takes: Takes, preposition: str | None = None, below: Token | None = None
    ) -> Effect | None:
        """The effect of a verb with its particle and preposition on what it takes."""
        lemma = lemma_of(verb)
        particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
        name = f"{lemma} {particle}" if particle is not None else lemma
        if preposition is not None:
            return self.operators.get((f"{name}+{preposition}", "verb", takes))
        if takes == "clause" and below is not None:
            effect = by_form(verb, below)
            if effect is not None:
                return effect
        effect = self.operators.get((name, "verb", takes))
        if effect is None and particle is not None:
            effect = self.operators.get((lemma, "verb", takes))
        return effect

    def _of_predicate(self, copula: Token, clause: Token) -> Effect | None:
        """What an adjective says of a clause that the parser hung on its copula: "it is likely that"."""
        if lemma_of(copula) != "be" or clause.dep_ != "ccomp" or clause.i < copula.i:
            return None
        said = next((child for child in copula.children if child.dep_ == "acomp"), None)
        return self._effect(said.lower_, "adj", "clause") if said is not None else None

    def _governs(self, head: Token, clause: Token) -> bool:
        """Whether a verb decides about a clause instead of only telling it."""
        return self._of_verb(head, "clause", below=clause) not in (None, "real")

    def _settled(self, effect: Effect | None, word: Token) -> Status | None:
        """The status that an effect gives; None for "real". An allegation is a fact to its source."""
        if effect is None or effect == "real" or effect == "presupposed":
            return None
        if effect == "alleged":
            return None if self._is_attributed() else "possible"
        return effect

    def _is_attributed(self) -> bool:
        start = self.doc[min(self.tokens)].idx
        return any(
            holds(attribution.content.spans, start) and attribution.source.spans
            for attribution in self.doc._.attributions
        )

    def _shared(self, token: Token, head: Token, nominal: bool) -> Status | Literal["would"]:
        """What a word shares with the one it is coordinated with: "will meet and sign"."""
        if nominal or not is_verbal(token) or not is_verbal(head):
            if head.pos_ in _NOMINAL and token.pos_ in _NOMINAL:
                shared = self._modifiers(head)
                return (
                    shared
                    if shared != "denied" or any(c.lower_ in ("or", "nor") for c in head.children)
                    else "happened"
                )
            return "happened"
        own_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
        own_helper = any(child.dep_ == "aux" for child in token.children)
        # "could lift the ban or keep it": the second verb is often tagged as if it were finite
        form = "VB" if (token.tag_, head.tag_) == ("VBP", "VB") else token.tag_
        if own_subject or own_helper or form not in ("VB", "VBN", "VBG") or form != head.tag_:
            return "happened"
        shared = self._clause(head).status
        return "happened" if shared == "denied" and is_negated(token) else shared

    def _only_tells(self, verb: Token) -> bool:
        return lemma_of(verb) not in _OCCUR

    def _looks_ahead(self, governor: Token) -> bool:
        return is_verbal(governor) and self._clause(governor).status in (
            "planned",
            "would",
            "called_for",
            "possible",
        )

    def _is_quoted(self, token: Token, governor: Token) -> bool:
        """Whether a clause stands in quotation marks that its governor stands outside of."""
        low, high = sorted((token.i, governor.i))
        return any(self.doc[i].text in ('"', "“", "”", "''", "``") for i in range(low, high))

    def _is_asked(self, top: Token) -> bool:
        words = [token for token in top.sent if not token.is_space]
        if not words or not any(token.text == "?" for token in words[-2:]):
            return False
        clause = top
        for _ in range(HIGHEST):
            if is_root(clause) or clause.dep_ in ("relcl", "advcl", "acl"):
                break
            clause = clause.head
        return is_root(clause) and not any(
            token.tag_ in ("WP", "WRB", "WDT", "WP$") for token in clause.subtree
        )
