"""Where an act took place, as its own clause says, or a clause that its grammar links to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.events.propositions import Proposition, Tokens, coordinated

IsPlace = Callable[[Token], bool]

_AT: Final = frozenset({
    "in", "at", "near", "around", "outside", "inside", "across", "throughout", "within", "on", "over",
    "along", "off", "beside", "south", "north", "east", "west", "northeast", "northwest", "southeast",
    "southwest", "between",
})  # fmt: skip
_MOTION: Final = frozenset({"to", "into", "through", "toward", "towards", "from"})
# Under these stands the act or the time that this one is part of: "killed in clashes near A".
_DURING: Final = frozenset({"in", "during", "amid", "at"})
# Behind these the name is further inside: "in the city of", "at a base near", "on the edge of".
_INNER: Final = frozenset({"in", "near", "at", "outside", "around", "on", "inside", "to", "between"})


def find_locations(
    doc: Doc, proposition: Proposition, is_name: IsPlace, *, physical: bool = True, motion: bool = False
) -> Tokens:
    """Heads of the place names where the act happened, coordinated ones all.

    Empty where its clause does not say. A `physical` act is where those are whom it is done to; words are
    not: "condemned a company in A" was said elsewhere. `motion` adds where it leads to or from ("sent troops
    to Mali").
    """
    where = _AT if physical else _AT - {"on", "over"}  # "called on A" is whom, "talks over A" is what about
    for word in _bearers(doc, proposition, physical):
        prepositions = where | (_MOTION if motion else frozenset())
        names = _beside(word, is_name, prepositions, proposition.companions)
        if names:
            return names
    return ()


def _beside(word: Token, is_name: IsPlace, prepositions: frozenset[str], companions: Tokens) -> Tokens:
    # What follows the act is nearer to it than what precedes: "In A, rebels took B in the north".
    for child in sorted(word.children, key=lambda child: child.i < word.i):
        if child.dep_ not in {"prep", "advmod"} or child.lower_ not in prepositions:
            continue
        names = [
            name
            for part in _objects(child)
            if part.i not in companions or is_name(part)  # "clashes between A and B": no places
            for name in names_in(part, is_name)
        ]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _objects(preposition: Token) -> Iterator[Token]:
    """What a preposition governs, also through another: "north of A", "in and near A"."""
    for part in preposition.children:
        if part.dep_ == "pobj":
            yield part
        elif part.dep_ in {"prep", "conj"}:
            yield from (inner for inner in part.children if inner.dep_ == "pobj")


def names_in(token: Token, is_name: IsPlace, depth: int = 0) -> Tokens:
    """The place names that a phrase is about: "the cities of A and B", "a village near C", "D province"."""
    if depth > 5:
        return ()
    found: list[int] = []
    for index in coordinated(token):
        part = token.doc[index]
        if is_name(part):
            found.append(index)
            found.extend(_listed_beside(part, is_name, depth))
            continue
        found.extend(_inner_names(part, is_name, depth))
    return tuple(dict.fromkeys(found))


def _listed_beside(name: Token, is_name: IsPlace, depth: int) -> list[int]:
    """The rest of a list that the parser took for appositions: "A, the cities of B and C, the D base, and
    towns".

    "A, the capital" and "A, Mali" are no lists: what stands beside the name is a plural, or has an "and".
    """
    appositions = [child for child in name.children if child.dep_ == "appos"]
    listed = any(part.dep_ == "cc" for other in appositions for part in other.children)
    return [
        found
        for child in appositions
        if child.tag_ == "NNS" or listed
        for found in names_in(child, is_name, depth + 1)
    ]


def _inner_names(noun: Token, is_name: IsPlace, depth: int) -> list[int]:
    for wanted in ("appos", "of", "compound", "near", "poss"):
        found: list[int] = []
        for child in noun.children:
            if wanted == "appos" and child.dep_ == "appos":
                found.extend(names_in(child, is_name, depth + 1))
            elif (
                wanted in {"of", "near"}
                and child.dep_ == "prep"
                and (child.lower_ == "of" if wanted == "of" else child.lower_ in _INNER)
            ):
                for part in child.children:
                    if part.dep_ == "pobj":
                        found.extend(names_in(part, is_name, depth + 1))
            elif (wanted == "compound" and child.dep_ in {"compound", "nmod"} and is_name(child)) or (
                wanted == "poss" and child.dep_ == "poss" and is_name(child)
            ):
                found.append(child.i)
        if found:
            return found
    return []


def _bearers(doc: Doc, proposition: Proposition, physical: bool) -> Iterator[Token]:
    """The words on which the place may hang: the act, its light verb, its parties, the acts it is part of."""
    act = doc[proposition.head]
    yield act
    if proposition.light is not None:
        yield doc[proposition.light]
    if not physical:
        return
    parties = (
        *proposition.patients, *proposition.companions, *proposition.at("on"), *proposition.at("against"),
    )  # fmt: skip
    for token in parties:
        if doc[token].pos_ in {"NOUN", "PROPN", "NUM"}:
            yield doc[token]
    for child in act.children:
        if child.dep_ == "prep" and child.lower_ in _DURING:
            yield from (part for part in child.children if part.dep_ == "pobj" and part.pos_ == "NOUN")
