"""Whether a person is a he or a she, as far as titles, words for kin and given names tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from spacy.tokens import Doc

from sitrep.coding.actors.mention import Mention
from sitrep.coding.tables import actor_words, fold

Gender = Literal["he", "she"]

_MALE: Final = actor_words()["male"]
_FEMALE: Final = actor_words()["female"]
_MALE_NAMES: Final = actor_words()["male names"]
_FEMALE_NAMES: Final = actor_words()["female names"]


def gender_of(doc: Doc, mentions: Iterable[Mention]) -> Gender | None:
    """What the first word that tells says; a title or noun goes before a given name."""
    by_name: Gender | None = None
    for mention in mentions:
        spans = list(mention.titles)
        if mention.sort == "description":
            spans.append((mention.start, mention.head + 1))
        for start, end in spans:
            for token in doc[start:end]:
                if token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "POS":
                    continue  # "the king's envoy" may be a woman
                word = fold(token.text)
                if word in _MALE:
                    return "he"
                if word in _FEMALE:
                    return "she"
        if mention.sort == "person" and mention.name and mention.name[1] - mention.name[0] > 1:
            given = fold(doc[mention.name[0]].text)
            by_name = by_name or ("he" if given in _MALE_NAMES else "she" if given in _FEMALE_NAMES else None)
    return by_name
