"""Where a name stands that only a place's can: "control of X", "retreated from X", "the rebels hold X"."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from spacy.tokens import Token

from sitrep.coding.places.names import Proposal, place_words
from sitrep.gazetteer import Candidate

# People of a town that is meant by its name alone: large enough that a report may name it without saying
# where it lies (chosen by eye: Goma, Sirte; not the villages that share a surname).
LARGE_TOWN: Final = 50_000
TOWN: Final = 5_000  # in a country that the report speaks of
_WHITHER: Final = frozenset({"to", "from", "into", "toward", "towards", "between"})
_BARRED: Final = ("'s", "’s", "-", "–")


def raise_taken(proposals: Sequence[Proposal], countries: Container[str | None], score: float) -> None:
    """Raise to `score` what stands as what is taken, held, left or gone to, whatever the recogniser says.

    The gazetteer must have it as a large town, or as any town or division in one of the `countries` that the
    report speaks of; a name side by side with such a place may be any of the same country's.
    """
    taken: dict[int, set[str | None]] = {}  # by the token of a name's root, the countries it may lie in
    for p in proposals:
        if p.score >= score:
            taken[p.tokens.root.i] = {c.country for c in p.candidates if c.match != "bare"}
        elif _is_whole(p) and (standing := _stands(p)):
            sure = standing == "surely" or p.label != "PERSON"
            fitting = [c for c in p.candidates if (sure and _is_large(c)) or _is_at_home(c, countries)]
            if fitting:
                p.score = score
                taken[p.tokens.root.i] = {c.country for c in fitting}
    for p in proposals:
        if p.score < score and _is_whole(p):
            beside = {country for t in p.tokens.root.conjuncts for country in taken.get(t.i, ())}
            if any(c.country in beside and c.match != "bare" and _is_area(c) for c in p.candidates):
                p.score = score


def _is_large(candidate: Candidate) -> bool:
    named = candidate.match == "name" and candidate.feature.startswith(("PPL", "ADM"))
    return named and candidate.population >= LARGE_TOWN


def _is_area(candidate: Candidate) -> bool:
    return candidate.feature.startswith(("PPL", "ADM")) and candidate.notable


def _is_at_home(candidate: Candidate, countries: Container[str | None]) -> bool:
    sizable = candidate.feature.startswith("ADM") or candidate.population >= TOWN
    return sizable and candidate.country in countries and candidate.match != "bare" and _is_area(candidate)


def _is_whole(p: Proposal) -> bool:
    """Is it no part of a longer name, and no owner: "Goma's mayor" was taken, not Goma?"""
    doc = p.tokens.doc
    around = (*doc[max(0, p.start - 1) : p.start], *doc[p.end : p.end + 1])
    capital = any(t.text[:1].isupper() and not t.is_sent_start for t in around)
    return not capital and not any(t.text in _BARRED for t in around) and p.label != "DATE"


def _stands(p: Proposal) -> str | None:
    """ "surely" where no person can stand, "maybe" where a person may."""
    words = place_words()
    token = _first_of_row(p.tokens.root)
    if p.tokens.root.tag_ not in ("NNP", "NNPS"):
        return None
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in ("of", "for", "over"):
        return "surely" if head.head.lower_ in words["rule"] else None
    if token.dep_ == "pobj" and head.lower_ in _WHITHER:
        verbs: Iterable[Token] = (head.head, head.head.head)
        return "surely" if any(v.lemma_.lower() in words["moving"] for v in verbs) else None
    if token.dep_ == "dobj" and head.lemma_.lower() in words["taking"]:
        return "maybe"
    if token.dep_ == "nsubjpass" and head.lemma_.lower() in words["taking"]:
        return "maybe"
    return "maybe" if any(_is_taken_in(clause, words["taking"]) for clause in token.children) else None


def _is_taken_in(clause: Token, taking: Container[str]) -> bool:
    """Is it a relative clause whose pronoun is what is taken: "Sirte, which is held by", "which he holds"?"""
    return (
        clause.dep_ == "relcl"
        and clause.lemma_.lower() in taking
        and any(t.tag_ in ("WDT", "WP") and t.dep_ in ("nsubjpass", "dobj") for t in clause.children)
    )


def _first_of_row(token: Token) -> Token:
    for _ in range(8):
        if token.dep_ != "conj":
            break
        token = token.head
    return token
