"""What is put right among findings that know of each other: one word to one speaker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.attribution.findings import FINITE, Finding, Reading, is_edge
from sitrep.coding.attribution.rules import PASSIVE_SUBJECTS, SUBJECTS

# With nothing but a noun as object these do something and tell nothing: "signed the accord".
DEEDS: Final = frozenset(
    {"sign", "impose", "declare", "release", "deliver", "negotiate", "offer", "give", "plant", "cast"}
    | {"name", "appoint", "rule"}
)
# With a place or building as object these are blows; with a person, a body or an idea they may be words.
BLOWS: Final = frozenset({"attack", "bombard"})
SITES: Final = frozenset(
    {"hotel", "base", "checkpoint", "village", "town", "school", "market", "convoy", "ship", "vessel", "boat"}
    | {"post", "hospital", "station", "church", "mosque", "embassy", "airport", "camp", "house", "position"}
)
# What nobody claims, "no group has claimed the attack", is nobody's word.
CLAIMS: Final = frozenset({"claim", "admit", "acknowledge"})
NOBODY: Final = frozenset({"no", "nobody", "none", "neither"})
# Nouns that "make", "express" and their like hand over and that hold nobody's word.
COURTESIES: Final = frozenset(
    {"condolence", "sympathy", "congratulation", "greeting", "thank", "apology", "respect", "arrest"}
    | {"gain", "progress", "visit", "trip", "move", "attempt", "effort", "decision", "change"}
)
NAMING: Final = frozenset({"name", "call", "title", "entitle", "dub", "nickname", "codename"})
LIGHT_VERBS: Final = frozenset({"make", "express", "extend", "send", "offer", "convey", "pay"})


def is_deed(doc: Doc, head: int | None, content: Sequence[int]) -> bool:
    """Does the verb only do something to what would be its content: "signed the deal", "made no arrests"?"""
    if head is None or doc[head].pos_ != "VERB":
        return False
    verb = doc[head]
    inked = [doc[i] for i in content if not is_edge(doc[i])]
    if any(t.pos_ in ("VERB", "AUX") and t.dep_ in ("ccomp", "xcomp", "acl", "ROOT") for t in inked):
        return False
    if any(t.dep_ in ("oprd", "dative") or (t.lower_ == "as" and t.head.i == head) for t in inked):
        return False  # "declared the vote void", "cast it as a victory"
    objects = [t for t in inked if t.dep_ == "dobj" and t.head.i == head]
    if verb.lemma_ in DEEDS and objects:
        return True
    if verb.lemma_ in BLOWS and objects:
        return any(t.ent_type_ in ("GPE", "LOC", "FAC") or t.lemma_.lower() in SITES for t in objects)
    return verb.lemma_ in LIGHT_VERBS and any(t.lemma_.lower() in COURTESIES for t in objects)


def is_nobodys(doc: Doc, finding: Finding) -> bool:
    """Does nobody claim a thing: "no group has claimed the attack", "no one admitted responsibility"?"""
    if finding.head is None or not finding.source or doc[finding.source[0]].lower_ not in NOBODY:
        return False
    verb = doc[finding.head]
    return verb.lemma_ in CLAIMS and any(t.dep_ == "dobj" and t.i in finding.content for t in verb.children)


def is_title(reading: Reading, finding: Finding) -> bool:
    """Does the cue only name a thing: "an operation named “Northern Dawn”"? Nobody speaks there."""
    if finding.head is None or finding.source or not finding.content:
        return False
    verb = reading.doc[finding.head]
    if verb.lemma_ not in NAMING or verb.tag_ != "VBN":
        return False
    return not any(reading.doc[i].tag_ in FINITE for i in finding.content)


def share_sources(reading: Reading, findings: Sequence[Finding]) -> None:
    """Give a finite cue without a source that of the cue it is joined to: "X called on them and urged …"."""
    doc = reading.doc
    in_sentence: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.head is not None:
            in_sentence.setdefault(doc[finding.head].sent.start, []).append(finding)
    for finding in findings:
        if finding.source or finding.head is None:
            continue
        verb = doc[finding.head]
        if verb.tag_ not in FINITE or verb.dep_ != "conj":
            continue
        joined = doc[verb.i - 1].lower_ in ("and", "but", "then") or doc[verb.i - 1].text == ","
        if any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS, "expl") for child in verb.children) or not joined:
            continue
        before = [
            other
            for other in in_sentence[verb.sent.start]
            if other.source
            and other.head is not None
            and other.head < verb.i
            and other.source[-1] < other.head
            and reading.quoted_in[other.head] == reading.quoted_in[verb.i]
            and verb.i not in other.content
        ]
        if before:
            finding.source = list(max(before, key=lambda other: other.head or 0).source)


def part_joined(doc: Doc, findings: Sequence[Finding]) -> None:
    """Cut "and urged …" of the same source out of the content of "called on them to go and urged …"."""
    by_head = {finding.head: finding for finding in findings if finding.head is not None}
    for finding in findings:
        for other in [by_head[i] for i in finding.content if i in by_head]:
            assert other.head is not None
            verb = doc[other.head]
            if verb.tag_ not in FINITE or verb.dep_ != "conj" or verb.head.tag_ != "VB":
                continue
            if other.source == finding.source and not any(c.dep_ in SUBJECTS for c in verb.children):
                cut = verb.i - 1 if doc[verb.i - 1].dep_ == "cc" else verb.i
                finding.content = [i for i in finding.content if i < cut] or finding.content


def one_source(findings: Sequence[Finding]) -> None:
    """Leave of a source in two pieces, with another cue between them, the piece beside its own cue."""
    heads = {finding.head for finding in findings if finding.head is not None}
    for finding in findings:
        head, source = finding.head, finding.source
        if head is None:
            continue
        for before, after in pairwise(source):
            if any(other in heads and other != head for other in range(before + 1, after)):
                first = [i for i in source if i <= before]
                last = [i for i in source if i >= after]
                finding.source = last if after < head else first
                break


def own_cue(doc: Doc, findings: Sequence[Finding]) -> None:
    """Cut a second cue out of a cue, a source and a content that reach over it: "thanked them and said …"."""
    by_head = {finding.head: finding for finding in findings if finding.head is not None and finding.cue}
    for finding in findings:
        if finding.head is None:
            continue
        for other in [by_head[i] for i in finding.cue if i in by_head and i > finding.head]:
            assert other.head is not None
            if doc[other.head].tag_ in FINITE and other.content:
                cut = other.head - 1 if doc[other.head - 1].dep_ == "cc" else other.head
                finding.cue = [i for i in finding.cue if i < cut]
                finding.content = [i for i in finding.content if i < cut]
        for other in [by_head[i] for i in finding.source if i in by_head]:
            assert other.head is not None
            if doc[other.head].tag_ in FINITE and other.source and other.source[0] == finding.source[0]:
                finding.source = [i for i in finding.source if i < other.cue[0]] or finding.source


def keep_apart(reading: Reading, findings: Sequence[Finding]) -> None:
    """Cut a later sentence that somebody else says out of a content: "X promised help. “Lies,” said Y."."""
    doc = reading.doc
    by_head = {finding.head: finding for finding in findings if finding.head is not None}
    for finding in findings:
        if finding.head is None or reading.quoted_in[finding.head] is not None:
            continue
        own = doc[finding.head].sent
        inside = set(finding.content)
        for other in [by_head[i] for i in finding.content if i in by_head]:
            if other.head is None or not other.source:
                continue
            theirs = doc[other.head].sent
            if theirs.start < own.end or reading.quoted_in[other.head] is not None:
                continue
            inside -= set(range(theirs.start, theirs.end))
        finding.content = sorted(inside)


def one_quotation_each(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with each quotation left to one speaker: whose cue is in its sentence, or nearest.

    A quotation that the tagger gives to a cue is none that goes on without one.
    """
    doc = reading.doc
    holders: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.cue and reading.quoted_in[finding.cue[0]] is None:
            held = sorted({n for i in finding.content if (n := reading.quoted_in[i]) is not None})
            for n in held:
                holders.setdefault(n, []).append(finding)
    for n, held_by in holders.items():
        tokens = reading.tokens_in[n]
        start, end = doc[tokens[0]].sent.start, doc[tokens[-1]].sent.end
        near = [f for f in held_by if start <= f.cue[0] < end]
        heads = {f.head for f in near}
        # "“…,” he said, and demanded that …": what he demanded follows.
        near = [
            f for f in near if f.head is None or doc[f.head].dep_ != "conj" or doc[f.head].head.i not in heads
        ]
        if not near and len(held_by) > 1:
            near = [min(held_by, key=lambda f: min(abs(f.cue[0] - tokens[0]), abs(f.cue[-1] - tokens[-1])))]
        for finding in held_by:
            if near and finding not in near:
                finding.content = [i for i in finding.content if reading.quoted_in[i] != n]
    given = {i for held_by in holders.values() for finding in held_by for i in finding.content}
    return [f for f in findings if f.cue or not given.issuperset(f.content)]
