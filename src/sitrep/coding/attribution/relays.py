"""Who passes on another's words: "the agency quoted a man as saying that …" is the agency's word too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from sitrep.coding.attribution.findings import Finding, Reading

_QUOTING: Final = frozenset({"quote", "cite"})


def find_relays(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The attributions of those who quote the sources of `findings`: their content is all that they pass on.

    "The agency quoted a commander as saying …" gives the commander, and around him the agency; "was quoted as
    saying", which names nobody, gives none.
    """
    return [relay for finding in findings if (relay := _relay(reading, finding)) is not None]


def _relay(reading: Reading, finding: Finding) -> Finding | None:
    if finding.head is None or not finding.source:
        return None
    said = reading.doc[finding.head]  # "saying" of "quoted him as saying"
    verb = said.head.head
    if said.dep_ != "pcomp" or said.head.lower_ != "as" or verb.lemma_ not in _QUOTING:
        return None
    who, words = _quoter(verb)
    if who is None:
        return None
    source, cue = [token.i for token in who.subtree], [token.i for token in words]
    passed_on = {*finding.source, said.head.i, *finding.cue, *finding.content}
    if passed_on & set(source):
        return None
    return Finding(head=verb.i, source=source, cue=sorted(cue), content=sorted(passed_on - set(cue)))


def _quoter(verb: Token) -> tuple[Token | None, list[Token]]:
    """The head of the phrase that names who quotes, and the words of the cue."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        for by in verb.children:
            if by.dep_ == "agent":
                who = next((child for child in by.children if child.dep_ == "pobj"), None)
                return who, [*(c for c in verb.children if c.dep_ == "auxpass"), verb, by]
        return None, []
    return next((child for child in verb.children if child.dep_ == "nsubj"), None), [verb]
