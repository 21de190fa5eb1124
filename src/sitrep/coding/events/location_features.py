"""What is known of each place that a sentence names, beside one act that it tells: the numbers by which the
learned model judges whether the act took place there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import tokens_at
from sitrep.coding.events.arguments import is_passive
from sitrep.coding.events.triggers import read_lexicon
from sitrep.coding.tables import listed, read_table
from sitrep.coding.times.words import MONTHS, WEEKDAYS
from sitrep.records import Place

# "other" stands for any that is not among these, "none" where none is.
PREPOSITIONS: Final = (
    "in", "at", "near", "on", "of", "from", "to", "into", "around", "outside", "inside", "through", "across",
    "over", "between", "against", "by", "for", "with", "along", "off", "throughout", "towards", "toward",
    "within", "after", "during", "since", "than", "like", "including", "other", "none",
)  # fmt: skip
LABELS: Final = ("GPE", "LOC", "FAC", "ORG", "PERSON", "EVENT", "PRODUCT", "other", "none")
# What the phrase of a name, or its preposition, hangs on.
HOLDERS: Final = (
    "trigger", "object", "subject", "verb", "speech", "act", "kind", "part", "human", "noun", "name", "none",
)  # fmt: skip
ROLES: Final = (
    "dobj",
    "nsubj",
    "nsubjpass",
    "pobj",
    "poss",
    "compound",
    "appos",
    "attr",
    "npadvmod",
    "other",
)
TRIGGERS: Final = ("movement", "taking", "striking", "harming", "gathering", "speech")
# Verbs of violence and protest that are told of often enough to be learned each by itself.
VERBS: Final = (
    "capture", "shoot", "kill", "patrol", "march", "detonate", "demonstrate", "launch", "target", "protest",
    "destroy", "murder", "attack", "enter", "bomb", "storm", "occur", "begin", "raid", "continue", "strike",
    "wound", "injure", "shell", "burn", "execute", "arrest", "open", "hit", "take", "leave", "die", "seize",
    "clash", "explode", "be",
)  # fmt: skip
CLAUSES: Final = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "parataxis", "pcomp", "csubj"})
LOCATION_FEATURES: Final = (
    *(f"under_{name}" for name in PREPOSITIONS), *(f"beside_{name}" for name in PREPOSITIONS),
    *(f"outer_{name}" for name in PREPOSITIONS), *(f"label_{name}" for name in LABELS),
    *(f"on_{name}" for name in HOLDERS), *(f"outer_on_{name}" for name in HOLDERS),
    *(f"role_{name}" for name in ROLES), *(f"trigger_{name}" for name in TRIGGERS),
    *(f"verb_{lemma}" for lemma in VERBS),
    "trigger_passive", "trigger_participle", "trigger_noun", "trigger_has_object", "trigger_subordinate",
    "known", "confidence", "country", "division", "town", "tokens", "capitals",
    "kind_before", "kind_after", "part_before", "act_after", "possessive", "owns_name", "noun_after",
    "comma_before_name", "comma_after_name", "bracketed", "listed_before", "listed_after", "nested_below",
    "nested_above", "named_by_of", "modifies_kind", "phrase_has_name", "whole",
    "after", "distance", "verbs_between", "commas_between", "names_between", "names_before",
    "names_after", "first_after", "last_before", "starts_sentence",
    "path_up", "path_down", "clauses_up", "clauses_down", "conjunctions", "below_trigger", "trigger_below",
    "aside", "under_speech", "under_according", "human_above", "placed_rivals", "nearer_placed",
    "same_phrase_before", "same_phrase_after", "in_modifier",
)  # fmt: skip
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_NO_NAMES: Final = frozenset({
    "DATE", "TIME", "NORP", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE",
})  # fmt: skip
_LOCATIVE: Final = frozenset({
    "in", "near", "at", "around", "outside", "inside", "across", "throughout", "on", "over", "along", "off",
    "into", "from", "through", "towards", "toward", "between", "within", "against", "to",
})  # fmt: skip
_JOINING: Final = frozenset({"and", "or", "&", ",", "as", "well"})
_PARTICLES: Final = frozenset({
    "al", "el", "ez", "es", "as", "ash", "ad", "az", "ar", "at", "an", "de", "del", "la", "le", "da", "do",
    "dos", "di", "du", "bin", "ibn", "bei", "sur", "of", "the", "e", "au", "ul", "ol", "-", "–", "'", "’",
    "‘",
})  # fmt: skip
# "March" and "May" have other meanings, and short forms begin names: "Mar del Plata".
_CALENDAR: Final = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3) - {"march"}
_MOST: Final = 9


@cache
def location_words() -> dict[str, frozenset[str]]:
    """The groups of `location_words.tsv` by name."""
    return {group: frozenset(listed(words)) for group, words in read_table("location_words.tsv", 2)}


@cache
def _people() -> frozenset[str]:
    classes = read_lexicon().classes
    return classes["@human"] | classes["@polity"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name in a sentence, which may be a place's. `place` is the record that it is a mention of."""

    start: int
    end: int  # of its last token, plus one
    head: int
    place: Place | None


def location_candidates(doc: Doc, trigger: Token) -> tuple[Candidate, ...]:
    """The names in the sentence of `trigger` that may be a place's, in their order, but not one around it."""
    sentence = trigger.sent
    known: dict[int, Place] = {
        token.i: place
        for place in doc._.places
        for mention in place.mentions
        if mention[0] < sentence.end_char and mention[1] > sentence.start_char
        for token in tokens_at(doc, mention)
    }
    found = []
    at = sentence.start
    while at < sentence.end:
        if at == trigger.i or not _is_name(doc[at], known):
            at += 1
            continue
        end = _end_of_name(doc, at, sentence.end, trigger.i, known)
        root = next((t for t in doc[at:end] if not at <= t.head.i < end or t.head == t), doc[end - 1])
        place = next((known[i] for i in range(at, end) if i in known), None)
        if place is not None or not _is_person_or_people(doc[at:end]):
            found.append(Candidate(at, end, root.i, place))
        at = end
    return tuple(found)


def _is_name(token: Token, known: dict[int, Place]) -> bool:
    if not token.text[:1].isupper():
        # "al-Bukamal"
        if not (token.lower_ in _PARTICLES and token.lower_.isalpha() and _is_tied(token)):
            return False
        return token.doc[token.i + 2].text[:1].isupper()
    if token.lower_ in _CALENDAR or token.text.endswith("-"):
        return False
    if token.i in known:
        return True
    return (token.ent_type_ in _PLACES and token.pos_ not in {"DET", "ADP", "NUM"}) or (
        token.pos_ == "PROPN" and token.ent_type_ not in _NO_NAMES
    )


def _is_tied(token: Token) -> bool:
    """Whether a hyphen ties the token to the next but one."""
    doc, at = token.doc, token.i
    return (
        at + 2 < len(doc)
        and not token.whitespace_
        and doc[at + 1].text == "-"
        and not doc[at + 1].whitespace_
    )


def _end_of_name(doc: Doc, start: int, limit: int, trigger: int, known: dict[int, Place]) -> int:
    """Where the name that starts at `start` ends: "Bani Walid", "al-Bukamal", "Gulf of Aden"."""
    end = start + 1
    while end < limit and end != trigger:
        if _is_name(doc[end], known) and not _starts_another(doc[end], doc[end - 1]):
            end += 1
            continue
        ahead = end
        while ahead < limit and ahead != trigger and ahead - end < 3 and doc[ahead].lower_ in _PARTICLES:
            ahead += 1
        same = ahead < limit and ahead != trigger and ahead > end and _is_name(doc[ahead], known)
        if not same:
            break
        one_entity = doc[ahead].ent_iob_ == "I" and all(t.ent_iob_ == "I" for t in doc[end:ahead])
        one_place = all(i in known for i in range(end - 1, ahead + 1))
        tied = not any(token.whitespace_ for token in doc[end - 1 : ahead])
        if not (one_entity or one_place or tied):
            break
        end = ahead + 1
    return end


def _starts_another(token: Token, before: Token) -> bool:
    """Whether two capitalised words side by side are two names: "ISIS | Mosul"."""
    return token.ent_iob_ == "B" and before.ent_type_ != "" and token.ent_type_ != before.ent_type_


def _is_person_or_people(tokens: TokenSpan) -> bool:
    return all(token.ent_type_ == "NORP" for token in tokens)


def location_features(doc: Doc, trigger: Token, candidates: Sequence[Candidate]) -> NDArray[np.float32]:
    """float32 [candidates, len(LOCATION_FEATURES)]."""
    rows = _Rows(doc, trigger, candidates)
    table = [rows.row(number) for number in range(len(candidates))]
    return np.array(table, dtype=np.float32).reshape(len(table), len(LOCATION_FEATURES))


def are_listed(doc: Doc, one: Candidate, later: Candidate) -> bool:
    """Whether two names are neighbours in one list: "A, B (in C) and D", "the towns of A and B".

    A name in brackets behind one of the list is none of it.
    """
    between = _without_brackets(doc[one.end : later.start])
    if between is None or not 0 < len(between) <= 6:
        return False
    if any(token.pos_ in {"VERB", "AUX"} or token.lower_ in _LOCATIVE for token in between):
        return False
    words = {token.lower_ for token in between}
    if not words.isdisjoint({"and", "or", "&"}):
        return True
    # After a bare comma it is one of a list that goes on to an "and": not "Kidal, Mali".
    rest = _without_brackets(doc[later.end : later.end + 8]) or []
    if "," not in words or not rest:
        return False
    return rest[0].lower_ in {"and", "or"} or (
        len(rest) > 1
        and rest[0].text == ","
        and (rest[1].lower_ == "and" or (rest[1].pos_ == "PROPN" and rest[1].text[:1].isupper()))
    )


def _without_brackets(tokens: TokenSpan) -> list[Token] | None:
    """The tokens that do not stand in brackets; None where a bracket is left open or closed alone."""
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return None
        if depth == 0 and token.text != ")":
            found.append(token)
    return found if depth == 0 else None


class _Rows:
    """What is the same for all candidates of a trigger, and the row of each."""

    def __init__(self, doc: Doc, trigger: Token, candidates: Sequence[Candidate]) -> None:
        self.doc = doc
        self.trigger = trigger
        self.candidates = candidates
        self.words = location_words()
        self.above_trigger = [trigger, *trigger.ancestors]
        self.depth = {token.i: number for number, token in enumerate(self.above_trigger)}
        self.in_name = {i: n for n, c in enumerate(candidates) for i in range(c.start, c.end)}
        self.links = [self._links(candidate) for candidate in candidates]
        self.placed = [
            c.place is not None and link[0] is not None and link[0].lower_ in _LOCATIVE
            for c, link in zip(candidates, self.links, strict=True)
        ]
        self.of_trigger = self._of_trigger()

    def _of_trigger(self) -> list[float]:
        trigger, lemma = self.trigger, self.trigger.lemma_.lower()
        return [
            *(float(lemma in self.words[group]) for group in TRIGGERS),
            *(float(lemma == verb) for verb in VERBS),
            float(trigger.pos_ == "VERB" and is_passive(trigger)),
            float(trigger.tag_ == "VBG"),
            float(trigger.pos_ in {"NOUN", "PROPN"}),
            float(any(child.dep_ == "dobj" for child in trigger.children)),
            float(trigger.dep_ in CLAUSES),
        ]

    def _links(self, candidate: Candidate) -> tuple[Token | None, Token, Token | None, Token]:
        """The preposition that the name stands under and what that hangs on (else what the name's phrase
        does), and the same once more from there."""
        first, holder = _preposition_above(self.doc[candidate.head])
        second, outer = (None, holder) if holder.pos_ in {"VERB", "AUX"} else _preposition_above(holder)
        return first, holder, second, outer

    def row(self, number: int) -> list[float]:
        doc, trigger, c = self.doc, self.trigger, self.candidates[number]
        first, holder, second, outer = self.links[number]
        head = doc[c.head]
        left = doc[c.start - 1] if c.start > 0 else None
        while (
            left is not None
            and left.i > 0
            and left.dep_ in {"det", "amod", "compound"}
            and left.i not in self.in_name
        ):
            left = doc[left.i - 1]
        values = [
            *_one_of(PREPOSITIONS, first.lower_ if first is not None else "none"),
            *_one_of(
                PREPOSITIONS, left.lower_ if left is not None and left.pos_ in {"ADP", "SCONJ"} else "none"
            ),
            *_one_of(PREPOSITIONS, second.lower_ if second is not None else "none"),
            *_one_of(LABELS, head.ent_type_ or "none"),
            *_one_of(HOLDERS, self._holder(holder, c)),
            *_one_of(HOLDERS, self._holder(outer, c)),
            *_one_of(ROLES, head.dep_),
            *self.of_trigger,
            *self._of_place(c),
            *self._around(c, number),
            *self._between(c, number),
            *self._path(head),
            *self._asides(head, c),
        ]
        rivals = [n for n, placed in enumerate(self.placed) if placed and n != number]
        values.append(min(len(rivals), _MOST))
        values.append(float(any(
            (self.candidates[n].start > trigger.i) == (c.start > trigger.i)
            and abs(self.candidates[n].start - trigger.i) < abs(c.start - trigger.i)
            for n in rivals
        )))  # fmt: skip
        holding = {token.i for token in (first, holder) if token is not None and token.i != trigger.i}
        shared = [
            n
            for n, link in enumerate(self.links)
            if n != number and any(t is not None and t.i in holding for t in (link[0], link[1], link[3]))
        ]
        values.append(float(any(n < number for n in shared)))
        values.append(float(any(n > number for n in shared)))
        values.append(float(any(t.dep_ in CLAUSES - {"ccomp", "xcomp"} for t in self._up_to_trigger(head))))
        return [float(value) for value in values]

    def _up_to_trigger(self, head: Token) -> Iterator[Token]:
        for token in (head, *head.ancestors):
            if token.i in self.depth:
                return
            yield token

    def _holder(self, token: Token, c: Candidate) -> str:
        trigger, lemma = self.trigger, token.lemma_.lower()
        if token == trigger:
            return "trigger"
        if c.start <= token.i < c.end:
            return "none"
        if token.head == trigger and token.dep_ == "dobj":
            return "object"
        if token.head == trigger and token.dep_ in {"nsubj", "nsubjpass"}:
            return "subject"
        if token.pos_ in {"VERB", "AUX"}:
            return "speech" if lemma in self.words["speech"] else "verb"
        for group in ("act", "kind", "part"):
            if lemma in self.words[f"{group}s"]:
                return group
        if lemma in _people():
            return "human"
        return "name" if token.pos_ == "PROPN" else "noun"

    def _of_place(self, c: Candidate) -> list[float]:
        feature = (c.place.feature if c.place is not None else None) or ""
        return [
            float(c.place is not None),
            c.place.confidence if c.place is not None else 0.0,
            float(feature.startswith("PCL")),
            float(feature.startswith("ADM")),
            float(feature.startswith("PPL")),
            min(c.end - c.start, _MOST),
            float(self.doc[c.start : c.end].text.isupper()),
        ]

    def _around(self, c: Candidate, number: int) -> list[float]:
        doc, words = self.doc, self.words
        before = [token.lemma_.lower() for token in doc[max(0, c.start - 3) : c.start]]
        after = doc[c.end] if c.end < len(doc) else None
        after_lemma = after.lemma_.lower() if after is not None else ""
        possessive = after is not None and after.tag_ == "POS"
        owned = doc[c.end + 1 : c.end + 6] if possessive else doc[0:0]
        previous = self.candidates[number - 1] if number else None
        following = self.candidates[number + 1] if number + 1 < len(self.candidates) else None
        nested_above = previous is not None and self._is_nested(previous, c)
        nested_below = following is not None and self._is_nested(c, following)
        opened = sum((t.text == "(") - (t.text == ")") for t in doc[doc[c.start].sent.start : c.start])
        return [
            float(any(word in words["kinds"] for word in before)),
            float(after_lemma in words["kinds"]),
            float(any(word in words["parts"] for word in before)),
            float(after_lemma in words["acts"]),
            float(possessive),
            float(any(token.i in self.in_name for token in owned)),
            float(
                after is not None
                and after.pos_ == "NOUN"
                and doc[c.head].dep_ in {"compound", "nmod", "amod"}
            ),
            float(c.start > 0 and doc[c.start - 1].text == ","),
            float(after is not None and after.text == ","),
            float(opened > 0),
            float(previous is not None and are_listed(doc, previous, c)),
            float(following is not None and are_listed(doc, c, following)),
            float(nested_below),
            float(nested_above),
            *self._in_phrase(c),
        ]

    def _in_phrase(self, c: Candidate) -> list[float]:
        """How the name and other names share a phrase: "the A town of B", "A, the capital of B"."""
        head = self.doc[c.head]
        noun = head.head
        inside = [t for t in head.subtree if t.i in self.in_name and not c.start <= t.i < c.end]
        of = noun.lower_ == "of" and noun.head.lemma_.lower() in self.words["kinds"] | self.words["parts"]
        beside = noun.lemma_.lower() in self.words["kinds"] and head.dep_ in {
            "compound",
            "nmod",
            "amod",
            "poss",
        }
        others = beside and any(t.i in self.in_name and not c.start <= t.i < c.end for t in noun.subtree)
        place = c.place
        start, end = self.doc[c.start].idx, self.doc[c.end - 1].idx + len(self.doc[c.end - 1])
        whole = place is not None and any(s <= start and end <= e for s, e in place.mentions)
        return [float(of), 2.0 * beside - others, float(bool(inside)), float(whole)]

    def _is_nested(self, inner: Candidate, outer: Candidate) -> bool:
        """Whether the first of two names is told to lie in the second: "A, Mali", "A in northern Mali"."""
        between = self.doc[inner.end : outer.start]
        if not 0 < len(between) <= 8 or are_listed(self.doc, inner, outer):
            return False
        return not any(token.pos_ in {"VERB", "AUX"} for token in between) and (
            any(token.i in range(inner.start, inner.end) for token in self.doc[outer.head].ancestors)
            or between.text.strip() == ","
        )

    def _between(self, c: Candidate, number: int) -> list[float]:
        doc, at = self.doc, self.trigger.i
        after = c.start > at
        between = doc[at + 1 : c.start] if after else doc[c.end : at]
        same_side = [n for n, other in enumerate(self.candidates) if (other.start > at) == after]
        rank = same_side.index(number) if after else len(same_side) - 1 - same_side.index(number)
        sentence = self.trigger.sent
        return [
            float(after),
            min(len(between), 40),
            min(sum(token.pos_ == "VERB" for token in between), _MOST),
            min(sum(token.text == "," for token in between), _MOST),
            min(rank, _MOST),
            min(number, _MOST),
            min(len(self.candidates) - number - 1, _MOST),
            float(after and rank == 0),
            float(not after and rank == 0),
            float(c.start - sentence.start <= 3),
        ]

    def _path(self, head: Token) -> list[float]:
        """Over the tree from the name up to what it shares with the trigger, and from there down to that."""
        up: list[Token] = [head]
        while up[-1].i not in self.depth and up[-1].head != up[-1] and len(up) < 40:
            up.append(up[-1].head)
        joint = up[-1].i
        down = self.above_trigger[: self.depth[joint]] if joint in self.depth else self.above_trigger
        return [
            min(len(up) - 1, 20),
            min(len(down), 20),
            min(sum(token.dep_ in CLAUSES for token in up[:-1]), _MOST),
            min(sum(token.dep_ in CLAUSES for token in down), _MOST),
            min(sum(token.dep_ == "conj" for token in (*up[:-1], *down)), _MOST),
            float(joint == self.trigger.i),
            float(len(up) == 1),
        ]

    def _asides(self, head: Token, c: Candidate) -> list[float]:
        speech, according, human, aside = False, False, False, False
        for above in head.ancestors:
            if above.i in self.depth:
                break
            speech |= above.lemma_.lower() in self.words["speech"]
            according |= above.lower_ == "according"
            if above.pos_ == "NOUN" and above.lemma_.lower() in _people():
                human = True
                aside |= above.dep_ in {"nsubj", "nsubjpass"} and above.i < c.start
        return [float(aside), float(speech), float(according), float(human)]


def preposition_over(name: TokenSpan) -> str | None:
    """The preposition, in small letters, under which the phrase of a name stands."""
    preposition, _ = _preposition_above(name.root)
    return preposition.lower_ if preposition is not None else None


def _preposition_above(token: Token) -> tuple[Token | None, Token]:
    """The preposition under which the phrase of a token stands, and what that hangs on; else None and what
    the phrase itself hangs on."""
    for _ in range(8):
        if token.dep_ in {"pobj", "pcomp"} and token.head.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
            preposition = token.head
            return preposition, preposition.head
        if token.dep_ not in {"compound", "nmod", "amod", "poss", "appos", "conj", "nummod", "npadvmod"}:
            break
        if token.head == token or token.head.pos_ in {"VERB", "AUX"}:
            break
        token = token.head
    return None, token.head


def _one_of(names: Sequence[str], name: str) -> Iterator[float]:
    known = name if name in names else "other" if "other" in names else "none"
    return (float(name == known) for name in names)
