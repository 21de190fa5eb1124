"""Annotated sentences built by hand, so that a rule is tested without loading a model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

VOCAB = spacy.blank("en").vocab  # an empty Vocab has no lower-case forms, on which rules rely


def parsed(
    sentence: str,
    *,
    deps: str,
    heads: list[int],
    tags: str | None = None,
    pos: str | None = None,
    lemmas: str | None = None,
    ents: list[str] | None = None,
) -> Doc:
    """A Doc from words separated by blanks, with one dependency label and one absolute head index a word."""
    words = sentence.split(" ")
    return Doc(
        VOCAB,
        words=words,
        heads=heads,
        deps=deps.split(),
        tags=tags.split() if tags else None,
        pos=pos.split() if pos else None,
        lemmas=(lemmas or sentence.lower()).split(" "),
        ents=ents,
    )
