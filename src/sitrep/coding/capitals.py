"""Text in capitals only, as it would be printed with small letters: the other stages know names by their
capitals.

The tagger tells in small letters, too, which words are names; what is in no dictionary is taken for one where
it stands like a noun. Each character keeps its place, so offsets into the new text are offsets into the old.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from sitrep.coding.places.names import demonym_countries
from sitrep.coding.times.words import MONTHS, WEEKDAYS

SHARE: Final = 0.7  # of a text's letters that are capitals
LEAST_LETTERS: Final = 40  # fewer are a heading or an abbreviation
PASSES: Final = 2  # names found in the first help the tagger to see their neighbours' in the second
_TAGGING: Final = ("tok2vec", "transformer", "tagger", "morphologizer")
_NAMES: Final = frozenset({"NNP", "NNPS"})
_LIKE_NOUNS: Final = frozenset({"NN", "NNS", "FW", "JJ", "NNP", "NNPS"})
_INSIDE_NAMES: Final = frozenset({"of", "for", "and", "de", "del", "la", "las", "los", "'s", "-"})
_SHORT_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "ft", "mt", "sgt", "lt", "jr", "sr", "pvt", "km"}
)
# "March" and "May" have other meanings, and short forms begin names: "Mar del Plata".
_CALENDAR: Final = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3) - {"march"}
_STARTS: Final = re.compile(r"(?:^|(?<![. ]\w)[.!?][\"”’)]*\s+|\n\s*\n)[\s\"“‘(\[]*(\w)")
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:-\d+)?")


def is_in_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) >= LEAST_LETTERS and capitals > SHARE * len(letters)


def with_small_letters(text: str, nlp: Language) -> str:
    """`text` with capitals only where names and sentences start and in abbreviations; of equal length.

    A text that is not in capitals comes back as it is, and so does one where `nlp` has no tagger.
    """
    if not is_in_capitals(text) or "tagger" not in nlp.pipe_names:
        return text
    # A few capitals have a small form of two characters; they stay.
    lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    small = lower
    dictionary = _Dictionary(nlp)
    abbreviations = _abbreviations(small, dictionary)
    for _ in range(PASSES):
        doc = nlp.make_doc(small)
        for name, component in nlp.pipeline:
            if name in _TAGGING:
                doc = component(doc)
        small = _capitalised(doc, abbreviations, dictionary)
    # What has a capital again has its own: the ohm sign's small letter is an omega.
    return "".join(
        low if low == new else capital for capital, low, new in zip(text, lower, small, strict=True)
    )


class _Dictionary:
    """The words that the pipeline's lemmatizer knows; they do not grow with what is read."""

    def __init__(self, nlp: Language) -> None:
        lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
        tables = lemmatizer.lookups if isinstance(lemmatizer, Lemmatizer) else Lookups()
        self.words: set[str] = set()
        self.endings: set[tuple[str, str]] = set()
        for kind in ("noun", "verb", "adj", "adv"):
            self.words.update(tables.get_table("lemma_index", {}).get(kind, ()))
            self.words.update(tables.get_table("lemma_exc", {}).get(kind, ()))
            self.endings.update((old, new) for old, new in tables.get_table("lemma_rules", {}).get(kind, ()))

    def holds(self, word: str) -> bool:
        """Whether the word, or one that it may be a form of, is known; without a table any word is."""
        if not self.words or word in self.words:
            return True
        return any(
            word.endswith(old) and word[: len(word) - len(old)] + new in self.words
            for old, new in self.endings
        )


def _abbreviations(text: str, dictionary: _Dictionary) -> frozenset[str]:
    """Words that stand in brackets behind what they are short for, "(fmln)", or cannot be spoken, "gmt"."""
    bracketed = {
        word for word in re.findall(r"[\[(]([^\W\d_]{2,6})[\])]", text) if not dictionary.holds(word)
    }
    unspoken = {
        word
        for word in _LETTERS.findall(text)
        if 2 <= len(word) <= 5 and not re.search("[aeiouy]", word) and word not in _SHORT_TITLES
    }
    return frozenset(bracketed | unspoken)


def _capitalised(doc: Doc, abbreviations: frozenset[str], dictionary: _Dictionary) -> str:
    characters = list(doc.text)
    odd = {token.lower_ for token in doc if _is_odd(token, dictionary)}
    names = [_is_name(token, odd) for token in doc]
    everywhere = odd.intersection(token.lower_ for token in doc if names[token.i])
    for token in doc:
        # "OAS and", but "San Salvador"
        goes_on = token.i + 1 < len(doc) and doc[token.i + 1].tag_ in _LIKE_NOUNS
        if token.lower_ in abbreviations or (len(token) == 3 and token.lower_ in odd and not goes_on):
            _raise(characters, token.idx, len(token))
            _raise_phrase(characters, doc, token)
        elif names[token.i] or token.lower_ in everywhere:
            _raise(characters, token.idx, 1)
    for start in _STARTS.finditer(doc.text):
        _raise(characters, start.start(1), 1)
    for dotted in _DOTTED.finditer(doc.text):
        _raise(characters, dotted.start(), dotted.end() - dotted.start())
    return "".join(characters)


def _is_name(token: Token, odd: Container[str]) -> bool:
    if token.lower_ in _CALENDAR or token.lower_.capitalize() in demonym_countries():
        return True
    return token.tag_ in _NAMES or (token.tag_ in _LIKE_NOUNS and token.lower_ in odd)


def _is_odd(token: Token, dictionary: _Dictionary) -> bool:
    """Whether the word is in no dictionary: a name, unless it is misspelt."""
    return (
        token.is_alpha
        and len(token) > 2
        and token.tag_ in _LIKE_NOUNS
        and token.lower_ not in _SHORT_TITLES
        and not dictionary.holds(token.lower_)
    )


def _raise_phrase(characters: list[str], doc: Doc, abbreviation: Token) -> None:
    """What the abbreviation in brackets is short for: "the People's Liberation Front (PLF)"."""
    at = abbreviation.i - 1
    if at < 1 or doc[at].text not in {"(", "["}:
        return
    first = at = at - 1
    while at >= 0 and (doc[at].tag_ in _LIKE_NOUNS or doc[at].lower_ in _INSIDE_NAMES) and first - at < 8:
        at -= 1
    for token in doc[at + 1 : first + 1]:
        if token.tag_ in _LIKE_NOUNS:
            _raise(characters, token.idx, 1)


def _raise(characters: list[str], start: int, length: int) -> None:
    for index in range(start, start + length):
        capital = characters[index].upper()
        if len(capital) == 1:
            characters[index] = capital
