"""What sitrep's components keep on a `Doc`, under `doc._`, and the way between its tokens and our spans."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.records import Span

# `published` and `title` are read, the rest written; each of these is a tuple of the record of that name.
EXTENSIONS: Final = {
    "published": None,
    "title": None,
    "attributions": (),
    "actors": (),
    "places": (),
    "times": (),
    "events": (),
    "control": (),
    "considered": (),
}

for name, default in EXTENSIONS.items():
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=default)


def span_of(tokens: TokenSpan | Token) -> Span:
    """The code points that a token or a run of tokens covers."""
    if isinstance(tokens, Token):
        return tokens.idx, tokens.idx + len(tokens)
    return tokens.start_char, tokens.end_char


def tokens_at(doc: Doc, span: Span) -> TokenSpan:
    """The smallest run of tokens that covers `span`; empty where no token touches it."""
    found = doc.char_span(*span, alignment_mode="expand")
    return found if found is not None else doc[0:0]
