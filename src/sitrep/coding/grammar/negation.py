"""Whether a verb is negated, by itself or by a "no" on what it takes."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from spacy.tokens import Token

_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NO: Final = frozenset({"no", "neither"})
_NOBODY: Final = frozenset({"nobody", "none", "nothing", "neither"})


def is_verbal(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return token.dep_ not in ("amod", "compound", "nmod")
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ in ("aux", "auxpass") for child in token.children
    )


def is_negated(verb: Token, read: Container[int] = ()) -> bool:
    """Whether a verb is negated; a "no" on one of its phrases counts unless that phrase is among `read`."""
    for child in verb.children:
        if child.dep_ in ("neg", "advmod", "preconj", "cc") and child.lower_ in _NEGATIONS | {"no"}:
            # "not only attacked but" affirms; the "nor" between two verbs denies the second of them
            after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if child.lower_ == "not" and after in ("only", "just", "merely"):
                continue
            if child.dep_ == "cc" and child.i > verb.i:
                continue
            if child.i > 1 and child.nbor(-1).lower_ == "or" and child.nbor(-2).lower_ == "whether":
                continue  # "whether or not they attacked"
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in _NOBODY or (child.lower_ in ("no", "one") and _says_no(child)):
                return True
            if child.i not in read and any(
                part.dep_ in ("det", "preconj") and part.lower_ in _NO for part in child.children
            ):
                return True  # "no side attacked", "neither the army nor the rebels attacked"
    if verb.dep_ == "conj" and verb.head.i != verb.i:
        link = next((c for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < verb.i), None)
        if link is not None and link.lower_ == "nor":
            return True
        own = any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in verb.children)
        if link is not None and link.lower_ == "or" and not own and verb.tag_ == verb.head.tag_:
            return is_negated(verb.head, read)
    return False


def _says_no(token: Token) -> bool:
    return token.lower_ == "no" or any(part.lower_ == "no" for part in token.children)
