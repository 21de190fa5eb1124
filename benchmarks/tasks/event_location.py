"""Where a given verb's act happened: {"id", "text", "verb": [s, e]} to {"id", "locations": [[s, e]]}.

A sentence about one act: the names of places in it are taken in their order, first those after the verb, and
the first that stands in a phrase of place is the answer, with those coordinated with it. The grammar rules
out names that say whose, who or according to whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc, Token

from sitrep import load
from sitrep.coding.annotations import span_of, tokens_at
from sitrep.coding.events.triggers import read_lexicon
from sitrep.records import Span, Spans

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
# Words for a kind of place that the sets leave out of its name: "Aleppo" of "Aleppo province".
_KINDS: Final = frozenset({
    "province", "district", "town", "city", "village", "neighborhood", "neighbourhood", "governorate",
    "region", "area", "county", "suburb", "state", "camp", "municipality", "countryside", "base", "hamlet",
    "settlement", "capital", "island", "port", "subdistrict", "locality", "quarter",
})  # fmt: skip
_OF: Final = _KINDS | frozenset(
    [
        "vicinity",
        "outskirt",
        "edge",
        "part",
        "siege",
        "north",
        "south",
        "east",
        "west",
        "center",
        "centre",
        "heart",
        "perimeter",
        "side",
        "border",
        "launch",
        "streets",
        "street",
        "stronghold",
        "control",
        "farm",
        "hill",
        "rest",
        "most",
        "much",
    ]
)
_LOCATIVE: Final = frozenset({
    "in", "near", "at", "around", "outside", "inside", "across", "throughout", "on", "over", "along", "off",
    "into", "from", "through", "towards", "toward", "between", "within", "against",
})  # fmt: skip
_ORGANISED: Final = frozenset(
    {"isis", "isil", "is", "ypg", "sdf", "islamic", "army", "forces", "police", "un", "nato"}
)
_DONE_TO_PEOPLE: Final = frozenset({"kill", "shoot", "injure", "wound", "arrest", "detain", "murder"})
_HUMAN: Final = read_lexicon().classes["@human"] | read_lexicon().classes["@polity"]
_SPEECH: Final = frozenset(
    {"say", "tell", "report", "inform", "announce", "add", "claim", "state", "according"}
)


@dataclass(frozen=True, slots=True)
class _Name:
    first: int
    last: int
    placed: bool  # stands in a phrase of place


def predict(records: Iterable[dict[str, Any]], gold: Path) -> Iterator[dict[str, Any]]:
    nlp = load()
    for record in records:
        # Some of the sets have lost their apostrophes: "Syria   s army". Offsets stay as they are.
        doc = nlp(record["text"].replace("   s ", "'s   "))
        yield {"id": record["id"], "locations": locations_of(doc, (record["verb"][0], record["verb"][1]))}


def locations_of(doc: Doc, verb: Span) -> Spans:
    """The spans of the place names where the act that the word at `verb` names happened."""
    words = tokens_at(doc, verb)
    if not len(words):
        return ()
    names = [name for name in _names(doc, words[0]) if not _is_aside(doc, name, words[0])]
    after = [name for name in names if name.first > words[0].i]
    before = [name for name in names if name.first < words[0].i]
    for group in (after, before):
        found = next((number for number, name in enumerate(group) if name.placed), None)
        if found is not None:
            return tuple(_span(doc, name) for name in _listed(doc, group, found))
    return ()


def _names(doc: Doc, verb: Token) -> list[_Name]:
    known = {
        token.i for place in doc._.places for mention in place.mentions for token in tokens_at(doc, mention)
    }
    found: list[_Name] = []
    index = 0
    while index < len(doc):
        last = index
        while last + 1 < len(doc) and _goes_on(doc, last):
            last += 1
        if _is_name(doc[index]) and any(_is_name(doc[at]) for at in range(index, last + 1)):
            is_place = any(doc[at].ent_type_ in _PLACES or at in known for at in range(index, last + 1))
            found.append(_Name(index, last, _is_placed(doc, index, last, is_place, verb)))
        index = last + 1
    return found


def _is_name(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.ent_type_ not in {"DATE", "TIME", "NORP"}
        and token.lower_ not in _KINDS
    )


def _goes_on(doc: Doc, at: int) -> bool:
    """Whether the name goes on after token `at`: "Bani Walid", "al-Bukamal"."""
    if _is_name(doc[at]) and doc[at + 1].text == "-" and not doc[at].whitespace_:
        return at + 2 < len(doc) and doc[at + 2].pos_ == "PROPN"
    if doc[at].text == "-" and at > 0 and doc[at - 1].pos_ == "PROPN" and not doc[at].whitespace_:
        return True
    return _is_name(doc[at]) and _is_name(doc[at + 1])


def _is_placed(doc: Doc, first: int, last: int, is_place: bool, verb: Token) -> bool:
    head = doc[last]
    if head.lower_ in _ORGANISED or (head.ent_type_ == "PERSON" and head.dep_ in {"nsubj", "nsubjpass"}):
        return False
    if last + 1 < len(doc) and doc[last + 1].lemma_ in _KINDS:
        return True
    at = first - 1
    while at >= 0 and (
        doc[at].pos_ in {"ADJ", "DET"} or doc[at].ent_type_ == "NORP" or doc[at].dep_ in {"amod", "det"}
    ):
        at -= 1
    if at < 0:
        return False
    left = doc[at]
    if last + 1 < len(doc) and doc[last + 1].tag_ == "POS":
        # "Syria's Aleppo province": the place is what it owns, where that has a name.
        owned = doc[last + 2 : last + 8]
        return (
            is_place
            and left.lower_ in _LOCATIVE
            and not any(
                token.pos_ == "PROPN"
                and (token.dep_ in {"compound", "nmod", "pobj"} or token.ent_type_ in _PLACES)
                for token in owned
            )
        )
    if head.dep_ in {"compound", "nmod"} and head.head.i > last and head.head.lemma_.lower() not in _KINDS:
        return is_place and head.head.lemma_.lower() in {"operation", "battle", "siege", "offensive", "front"}
    if left.lower_ == "of":
        return at > 0 and (doc[at - 1].lemma_.lower() in _OF or (is_place and doc[at - 1].pos_ != "PROPN"))
    if left.lower_ in _LOCATIVE:
        return (
            is_place
            or head.ent_type_ not in {"ORG", "PERSON"}
            or doc[first - 1].lower_ in {"in", "near", "into", "at"}
        )
    if head.dep_ == "dobj" and head.head == verb and verb.lemma_ not in _DONE_TO_PEOPLE:
        return is_place or head.ent_type_ not in {"PERSON", "NORP"}
    return is_place and head.dep_ in {"dobj", "nsubjpass"}


def _is_aside(doc: Doc, name: _Name, verb: Token) -> bool:
    """Whether the name says who or according to whom: "the leader in Mosul", "sources in Nineveh said"."""
    token = doc[name.last]
    for above in token.ancestors:
        if above == verb:
            return False
        if above.lower_ == "according" or above.lemma_ in _SPEECH:
            return above not in list(verb.ancestors) or above.lower_ == "according"
        if (
            above.pos_ == "NOUN"
            and above.lemma_.lower() in _HUMAN
            and above.i < name.first
            and above.dep_ == "nsubj"
        ):
            return above.i > verb.i or above.head.lemma_ in _SPEECH
    return False


def _listed(doc: Doc, names: list[_Name], number: int) -> list[_Name]:
    """The name and those listed with it: "A, B and C", "the towns of A and B" """
    found = [names[number]]
    for name in names[number + 1 :]:
        between = _without_brackets(doc, found[-1].last + 1, name.first)
        if between is None:
            continue
        texts = [token.lower_ for token in between]
        if not any(text in {"and", "or", "&"} for text in texts) and not _list_goes_on(doc, names, name):
            break
        if (
            any(token.pos_ in {"VERB", "AUX"} or token.lower_ in _LOCATIVE for token in between)
            or len(between) > 6
        ):
            break
        found.append(name)
    return found


def _without_brackets(doc: Doc, first: int, last: int) -> list[Token] | None:
    """The tokens between two names, without what stands in brackets; None where the second does so itself."""
    found: list[Token] = []
    depth = 0
    for token in doc[first:last]:
        depth += (token.text == "(") - (token.text == ")")
        if depth <= 0 and token.text != ")":
            found.append(token)
    return found if depth <= 0 else None


def _list_goes_on(doc: Doc, names: list[_Name], name: _Name) -> bool:
    """Whether a name after a comma is one of a list that ends in "and": not "Kidal, Mali"."""
    if doc[name.first - 1].text != ",":
        return False
    at = name.last + 1
    return at < len(doc) and (
        doc[at].lower_ == "and" or (doc[at].text == "," and at + 1 < len(doc) and _is_name(doc[at + 1]))
    )


def _span(doc: Doc, name: _Name) -> Span:
    return span_of(doc[name.first])[0], span_of(doc[name.last])[1]
