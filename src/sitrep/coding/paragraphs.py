"""A paragraph ends a sentence: set before the parser runs, so that no parse crosses a blank line."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("sitrep_paragraphs", assigns=["token.is_sent_start"])
def sitrep_paragraphs(doc: Doc) -> Doc:
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc
