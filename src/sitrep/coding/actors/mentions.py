"""Which noun phrases of a text are actors: names, and phrases whose head noun is somebody who can act.

`phrases.py` cuts the sentences into noun phrases, `recognition.py` tells which of them are actors,
`growth.py` gives each its whole phrase; what is a place elsewhere in the text is dropped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.actors.countries import city_names
from sitrep.coding.actors.growth import Sentence
from sitrep.coding.actors.lists import ActorList
from sitrep.coding.actors.mention import Mention
from sitrep.coding.annotations import span_of
from sitrep.coding.spans import SpansAt
from sitrep.coding.tables import actor_words, fold, singular, words_of
from sitrep.records import Span

_PLACE_NOUNS: Final = actor_words()["place nouns"]
_OF_A_PLACE: Final = actor_words()["of a place"]
# Before a bare name these make it somebody's: "President Bush" is no town in Egypt.
_TITLES: Final = actor_words()["titles"]
_SPEECH: Final = actor_words()["speech"]
_MOTION: Final = actor_words()["motion"]
_DONE_TO_PLACES: Final = actor_words()["done to places"]
_LONGEST_NAME: Final = 30  # tokens: a bound on the work
_VESSELS: Final = actor_words()["vessels"]


def find_mentions(doc: Doc, listed: ActorList) -> list[Mention]:
    """The actor mentions of `doc`, but for pronouns, in text order, an outer phrase before what it holds.

    `listed` are actors that the user knows by name, besides those of our tables.
    """
    full = _full_surnames(doc)
    all_tokens = list(doc)
    sentences = [Sentence(doc, tokens, full, listed, all_tokens) for tokens in _sentences(doc)]
    known = frozenset(
        key
        for sentence in sentences
        for mention in sentence.base
        if mention.sort == "person"
        for key in _surname(doc, mention)
    )
    found: list[Mention] = []
    for sentence in sentences:
        sentence.recognise(known)
        found += sentence.mentions()
    places, located, ships = _places(doc), _located(doc), _ships(doc)
    kept = {
        m
        for m in found
        if not (_is_place(doc, m, places, full) or _is_located(doc, m, located) or _is_ship(doc, m, ships))
    }
    return sorted(kept, key=lambda mention: (mention.start, -mention.end))


def _places(doc: Doc) -> frozenset[str]:
    """Names that the report uses as a place somewhere: "in Arza", "the port of Arza", "Arza, the capital"."""
    found = set()
    for token in doc:
        if token.tag_ not in ("NNP", "NNPS") or (token.i and doc[token.i - 1].tag_ in ("NNP", "NNPS")):
            continue
        end = token.i + 1
        while end < min(len(doc), token.i + _LONGEST_NAME) and (
            doc[end].tag_ in ("NNP", "NNPS") or (doc[end].ent_iob_ == "I" and doc[end].tag_ != "CC")
        ):
            end += 1
        before = doc[token.i - 1].lower_ if token.i else ""
        owner = singular(doc[token.i - 2].lower_) if before == "of" and token.i > 1 else ""
        fled = token.i > 0 and doc[token.i - 1].lemma_ == "flee"
        named = fled or owner in _PLACE_NOUNS or owner in _OF_A_PLACE or _goes_with_place(doc[end - 1])
        apposed = (
            end + 2 < len(doc)
            and doc[end].text == ","
            and doc[end + 1].lower_ in ("the", "a")
            and any(singular(t.lower_) in _PLACE_NOUNS for t in doc[end + 2 : end + 4])
        )
        inside = before in ("in", "near", "outside", "at") and token.ent_type_ != "PERSON"
        if named or apposed or inside:
            found.add(" ".join(fold(t.text) for t in doc[token.i : end]))
    return frozenset(found)


def _goes_with_place(name: Token) -> bool:
    """Is it where somebody travels, "between Arza and Boro", or what is shelled, besieged or retaken?"""
    for _ in range(4):
        if name.dep_ != "conj":
            break
        name = name.head
    head = name.head
    if name.dep_ == "pobj" and head.lower_ == "between":
        return head.head.lemma_.lower() in _MOTION
    return name.dep_ in ("nsubjpass", "dobj") and head.lemma_.lower() in _DONE_TO_PLACES


def _is_place(doc: Doc, mention: Mention, places: frozenset[str], surnames: frozenset[str]) -> bool:
    """Is it a place that only the recogniser calls a person or body: "Arza" beside "the port of Arza"?"""
    if mention.sort not in ("person", "name") or mention.entry or mention.titles or not mention.name:
        return False
    start, end = mention.name
    name = " ".join(fold(t.text) for t in doc[start:end])
    if mention.sort == "person" and end - start == 1 and name in surnames:
        return False
    if name in places:
        return True
    if doc[end - 1].dep_ == "nsubj" and doc[end - 1].head.lemma_.lower() in _SPEECH:
        return False
    match = city_names().match(words_of(doc[start:end].text) or words_of("x"), 0)
    return mention.sort == "person" and match is not None and match[0] == end - start


def _located(doc: Doc) -> tuple[SpansAt[None], frozenset[str]]:
    """Where the report names places that are found already, and the names of those that only it describes."""
    text = doc.text  # put together anew at each call
    spans: list[Span] = []
    found: set[str] = set()
    for place in doc._.places:
        for start, end in place.mentions:
            spans.append((start, end))
            # "al-Tamina" of "the al-Tamina air base", which no gazetteer has
            bare = re.match(r"(.*[A-Z]\S*) [a-z][a-z ]*$", text[start:end])
            if bare is not None and place.geonameid is None:
                found.add(fold(bare[1]))
    return SpansAt((span, None) for span in spans), frozenset(found)


def _is_located(doc: Doc, mention: Mention, located: tuple[SpansAt[None], frozenset[str]]) -> bool:
    if mention.sort not in ("person", "name") or mention.entry or mention.titles or not mention.name:
        return False
    name = doc[mention.name[0] : mention.name[1]]
    start, end = span_of(name)
    spans, names = located
    inside = any(at[0] <= start and end <= at[1] for at, _ in spans.touching((start, end)))
    return inside or fold(name.text) in names


def _ships(doc: Doc) -> frozenset[str]:
    """Names that stand beside a word for a ship: "the tanker Ardent Star", "aboard the Ardent Star"."""
    found = set()
    for token in doc:
        if singular(token.lower_) not in _VESSELS and token.lower_ not in _VESSELS:
            continue
        at = token.i + 1
        if token.lower_ in ("aboard", "crew"):
            while at < len(doc) and doc[at].lower_ in ("the", "of", "member", "members"):
                at += 1
        end = at
        while end < min(len(doc), at + _LONGEST_NAME) and doc[end].text[:1].isupper():
            end += 1
        if end > at:
            found.add(fold(doc[at:end].text))
        else:
            found |= _apposed_name(doc, token)
    return frozenset(found)


def _apposed_name(doc: Doc, vessel: Token) -> set[str]:
    """The name of two words or more that a phrase explains: "the Ardent Star, a Greek-owned tanker,"."""
    at = vessel.i
    while at and vessel.i - at < 6 and doc[at].text != ",":
        at -= 1
    if doc[at].text != "," or doc[at + 1].lower_ not in ("a", "an", "the"):
        return set()
    start = at
    while (
        start
        and at - start < _LONGEST_NAME
        and doc[start - 1].text[:1].isupper()
        and doc[start - 1].lower_ != "the"
    ):
        start -= 1
    return {fold(doc[start:at].text)} if at - start > 1 else set()


def _is_ship(doc: Doc, mention: Mention, ships: frozenset[str]) -> bool:
    starts = range(mention.start, mention.head) if ships else ()
    return any(fold(doc[start : mention.head + 1].text) in ships for start in starts)


def _full_surnames(doc: Doc) -> frozenset[str]:
    """Surnames of whom the report names more fully or by a title somewhere: alone they are no towns."""
    return frozenset(
        fold(t.text)
        for t in doc
        if t.ent_type_ == "PERSON"
        and (
            (t.ent_iob_ == "I" and doc[t.i - 1].tag_ in ("NNP", "NNPS", "HYPH"))
            or (t.i and doc[t.i - 1].lower_ in _TITLES)
        )
    )


def _surname(doc: Doc, mention: Mention) -> list[str]:
    return [fold(doc[mention.name[1] - 1].text)] if mention.name else []


def _sentences(doc: Doc) -> Iterator[TokenSpan]:
    # A newline ends a sentence even where nothing has said so, and no sentence is longer than 300 tokens.
    start = 0
    for token in doc:
        if token.i > start and (token.is_sent_start or token.i - start >= 300):
            yield doc[start : token.i]
            start = token.i
        if token.is_space and "\n" in token.text:
            yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]
