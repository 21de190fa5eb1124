"""What is known of a proposed place name: the numbers by which the learned model judges it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from sitrep.coding.places.names import (
    FEATURES,
    Proposal,
    demonym_countries,
    peoples_named,
    place_words,
)

LABELS: Final = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "EVENT", "other")

# The columns, in order. "inside" is for a proposal that is part of a longer entity; "seen" counts the same
# words elsewhere in the report; counts stop at `MOST`, so that a long report looks no different from a
# short one.
NAME_FEATURES: Final = (
    *(f"label_{label}" for label in LABELS), *(f"inside_{label}" for label in LABELS), "starts_entity",
    "ends_entity",
    "known", "population", "candidates", "country", "first_division", "second_division", "own_name", "tokens",
    "capitals", "letters", "proper", "division_word", "demonym", "called",
    "before_locative", "before_in", "before_from", "before_capital", "before_comma", "before_title",
    "before_compass",
    "before_settlement", "before_person", "before_place", "before_number", "before_quotation",
    "after_capital",
    "after_comma", "after_place", "after_possessive", "after_road", "after_body", "after_division",
    "after_verb",
    "after_bracket", "after_feature", "hyphenated", "sentence_start", "text_start",
    "compound", "object", "subject", "modifies_person", "beside_place",
    "seen", "seen_as_place", "seen_as_person", "seen_as_organisation", "seen_small", "within_name",
    "longer_known",
    "shorter_known", "country_named", "region_named",
)  # fmt: skip
MOST: Final = 9
_KINDS: Final = {"place": ("GPE", "LOC"), "person": ("PERSON",), "organisation": ("ORG",)}


def name_features(doc: Doc, proposals: Sequence[Proposal]) -> NDArray[np.float32]:
    """float32 [proposals, len(NAME_FEATURES)]."""
    report = _Report(doc, proposals)
    rows = [
        [*_of_entity(p, report), *_of_words(p), *_before(p, report), *_after(p, report), *_of_grammar(p,
         report),
         *_of_report(p, report)]
        for p in proposals
    ]  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAME_FEATURES))


class _Report:
    """What is counted once for all proposals of a report."""

    def __init__(self, doc: Doc, proposals: Sequence[Proposal]) -> None:
        self.doc = doc
        self.entity_at: dict[int, TokenSpan] = {token.i: entity for entity in doc.ents for token in entity}
        self.words = Counter(token.text for token in doc)
        self.labels: Counter[tuple[str, str]] = Counter()
        for entity in doc.ents:
            for words in {entity.text, *(token.text for token in entity)}:
                self.labels[words, entity.label_] += 1
        self.spans = {(p.start, p.end) for p in proposals}
        self.longest_from = {p.start: p.end for p in sorted(proposals, key=lambda p: p.end)}
        self.longest_to = {p.end: p.start for p in sorted(proposals, key=lambda p: -p.start)}
        sure = [p for p in proposals if p.label in ("GPE", "LOC") and p.candidates]
        self.places = {index for p in sure for index in range(p.start, p.end)}
        self.countries = Counter(p.candidates[0].country for p in sure)
        self.countries.update(peoples_named(doc))
        self.regions = Counter(p.candidates[0].admin1 for p in sure if p.candidates[0].feature == "ADM1")

    def token(self, index: int) -> Token | None:
        return self.doc[index] if 0 <= index < len(self.doc) else None


def _of_entity(p: Proposal, report: _Report) -> list[float]:
    around = report.entity_at.get(p.start) or report.entity_at.get(p.end - 1)
    inside = around.label_ if around is not None and not p.label else None
    return [
        *_one_of(p.label),
        *_one_of(inside),
        float(bool(inside) and around is not None and around.start == p.start),
        float(bool(inside) and around is not None and around.end == p.end),
    ]


def _one_of(label: str | None) -> Iterable[float]:
    kind = label if label in LABELS or label is None else "other"
    return (float(kind == name) for name in LABELS)


def _of_words(p: Proposal) -> list[float]:
    text, size = p.tokens.text, p.end - p.start
    known = p.notable
    features = {c.feature for c in known}
    return [
        float(bool(known)),
        float(np.log10(max((c.population for c in known), default=0) + 1)),
        float(np.log1p(len(known))),
        float("PCLI" in features),
        float("ADM1" in features),
        float("ADM2" in features),
        float(any(c.match == "name" for c in known)),
        float(size),
        float(text.isupper()),
        float(len(text)),
        sum(token.pos_ == "PROPN" for token in p.tokens) / size,
        float(p.tokens[-1].lower_ in place_words()["division"]),
        float(text in demonym_countries()),
        float(p.called),
    ]


def _before(p: Proposal, report: _Report) -> list[float]:
    token = report.token(p.start - 1)
    if token is not None and token.lower_ == "the":
        token = report.token(token.i - 1) or token
    word = token.lower_ if token is not None else ""
    words = place_words()
    entity = report.entity_at.get(p.start - 1)
    return [
        float(word in words["locative"]),
        float(word in ("in", "at", "near", "around")),
        float(word in ("from", "to", "of")),
        float(_has_capital(token) and token is not None and not token.is_sent_start),
        float(word == ","),
        float(word in words["title"]),
        float(word in words["compass"]),
        float(any(t.lower_ in words["settlement"] for t in report.doc[max(0, p.start - 3) : p.start])),
        float(entity is not None and entity.label_ == "PERSON"),
        float(word == "," and p.start - 2 in report.places),
        float(token is not None and token.like_num),
        float(word in ("“", '"', "‘")),
    ]


def _after(p: Proposal, report: _Report) -> list[float]:
    token, second = report.token(p.end), report.token(p.end + 1)
    before = report.token(p.start - 1)
    word = token.lower_ if token is not None else ""
    words = place_words()
    capital = _has_capital(token)
    next_body = second is not None and second.lower_ in words["body"]
    return [
        float(capital),
        float(word == ","),
        float(word == "," and p.end + 1 in report.places),
        float(word in ("'s", "’s", "'", "’")),
        float(word in words["road"]),
        float(capital and word in words["body"]) + float(capital and next_body),
        float(capital and word in words["division"]),
        float(token is not None and token.pos_ in ("VERB", "AUX")),
        float(word in ("(", ")", "—", "–", "--")),
        float(word in FEATURES),
        float(word == "-" or (before is not None and before.text == "-")),
        float(bool(p.tokens[0].is_sent_start)),
        float(p.start < 25),
    ]


def _has_capital(token: Token | None) -> bool:
    return token is not None and token.text[:1].isupper()


def _of_grammar(p: Proposal, report: _Report) -> list[float]:
    root = p.tokens.root
    return [
        float(root.dep_ == "compound"),
        float(root.dep_ in ("pobj", "dobj")),
        float(root.dep_ in ("nsubj", "nsubjpass")),
        float(root.dep_ in ("compound", "amod", "poss") and root.head.ent_type_ == "PERSON"),
        float(any(token.i in report.places for token in root.conjuncts)),
    ]


def _of_report(p: Proposal, report: _Report) -> list[float]:
    text, single = p.tokens.text, p.end - p.start == 1
    before, after = report.token(p.start - 1), report.token(p.end)
    nearby = p.notable[:8]
    return [
        float(min(report.words[text], MOST)),
        *(
            float(min(sum(report.labels[text, label] for label in labels), MOST))
            for labels in _KINDS.values()
        ),
        float(single and report.words[text.lower()] > 0),
        float(any(token is not None and token.pos_ == "PROPN" for token in (before, after))),
        float(report.longest_from[p.start] > p.end or report.longest_to[p.end] < p.start),
        float(any((p.start, end) in report.spans for end in range(p.start + 1, p.end))),
        float(min(max((report.countries[c.country] for c in nearby if c.country), default=0), MOST)),
        float(min(max((report.regions[c.admin1] for c in nearby if c.admin1), default=0), MOST)),
    ]
