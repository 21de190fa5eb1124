"""Places that the text itself names by their feature: "the “Al-Tamina” air base", "the Kerrin crossing"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.places.names import FEATURES, demonym_countries

QUOTES: Final = frozenset('“”"‘’')


def feature_phrases(doc: Doc) -> Iterator[tuple[TokenSpan, TokenSpan, str]]:
    """Each name right before a word for a feature: the whole phrase, the name in it, GeoNames' code."""
    for token in doc:
        words, feature = _feature_at(doc, token) if token.lower_ in _FIRST_WORDS else (None, None)
        if words is None or feature is None:
            continue
        end = words.start
        while end > 0 and doc[end - 1].text in QUOTES:
            end -= 1
        start = end
        while start > 0 and _part_of_name(doc, start - 1, end):
            start -= 1
        name = doc[start:end]
        if start < end and _names_a_feature(name):
            opened = start > 0 and end < words.start and doc[start - 1].text in QUOTES
            yield doc[start - opened : words.end], name, feature


def _part_of_name(doc: Doc, index: int, end: int) -> bool:
    token = doc[index]
    if token.text == "-":
        return 0 < index < end - 1 and doc[index - 1].text[:1].isalpha()
    capital = token.text[:1].isupper() or (
        doc[index + 1].text == "-" and token.lower_ in ("al", "el", "ad", "as")
    )
    return (
        capital
        and token.lower_ not in ("the", "a", "an", "at", "in")
        and token.text not in demonym_countries()
    )


_OWNERS: Final = frozenset(
    ["army", "navy", "marine", "marines", "force", "forces", "police", "government", "nato"]
)


def _names_a_feature(name: TokenSpan) -> bool:
    """Whether the words name the feature rather than its owner: "the US air base", "an Army camp"."""
    if demonym_countries().keys() & {token.text for token in name}:
        return False
    return not all(
        (token.is_upper and len(token) <= 4)
        or token.is_stop
        or token.lower_ in _OWNERS
        or token.ent_type_ in ("NORP", "DATE", "ORDINAL")
        for token in name
    )


def _feature_at(doc: Doc, token: Token) -> tuple[TokenSpan | None, str | None]:
    """The words from this one on that name a feature, as many as can; and its code."""
    for length in (3, 2, 1):
        words = doc[token.i : token.i + length]
        # "Camp" with a capital begins a name ("Camp Darby") as often as it ends one.
        if words.text.lower() in FEATURES and words.text != "Camp":
            return words, FEATURES[words.text.lower()]
    return None, None


_FIRST_WORDS: Final = frozenset(words.split(" ")[0] for words in FEATURES)
