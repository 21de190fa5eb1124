"""Which noun phrases of a text are actors: names, and phrases whose head noun is somebody who can act.

`phrases.py` cuts the sentences into noun phrases, `recognition.py` tells which of them are actors,
`growth.py` gives each its whole phrase; what is a place elsewhere in the text is dropped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.actors.countries import city_names
from sitrep.coding.actors.growth import Sentence
from sitrep.coding.actors.lists import ActorList
from sitrep.coding.actors.mention import Mention
from sitrep.coding.tables import actor_words, fold, singular, words_of

_PLACE_NOUNS: Final = actor_words()["place nouns"]


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
    places = _places(doc)
    kept = {m for m in found if not _is_place(doc, m, places, full)}
    return sorted(kept, key=lambda mention: (mention.start, -mention.end))


def _places(doc: Doc) -> frozenset[str]:
    """Names that the report uses as a place somewhere: "in Arza", "the port of Arza", "Arza, the capital"."""
    found = set()
    for token in doc:
        if token.tag_ not in ("NNP", "NNPS") or (token.i and doc[token.i - 1].tag_ in ("NNP", "NNPS")):
            continue
        end = token.i + 1
        while end < len(doc) and (doc[end].tag_ in ("NNP", "NNPS") or doc[end].ent_iob_ == "I"):
            end += 1
        before = doc[token.i - 1].lower_ if token.i else ""
        named = before == "of" and token.i > 1 and singular(doc[token.i - 2].lower_) in _PLACE_NOUNS
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
    match = city_names().match(words_of(doc[start:end].text) or words_of("x"), 0)
    return mention.sort == "person" and match is not None and match[0] == end - start


def _full_surnames(doc: Doc) -> frozenset[str]:
    """Surnames of whom the report names more fully somewhere: such a surname alone is no town."""
    return frozenset(
        fold(t.text)
        for t in doc
        if t.ent_type_ == "PERSON" and t.ent_iob_ == "I" and doc[t.i - 1].tag_ in ("NNP", "NNPS", "HYPH")
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
