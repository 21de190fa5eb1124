"""Whose each quotation is: that of a cue beside it, or, without a cue, of whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sitrep.coding.attribution.findings import FINITE, Finding, Reading, is_edge
from sitrep.coding.attribution.quotes import Quotation

# A cue farther from its quotation than this many words is another sentence's.
FARTHEST_CUE: Final = 60
FARTHEST_COLON: Final = 40
LONGEST_BREAK: Final = 30  # words between a quotation and the one that goes on with it


def assign_quotations(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """Give each quotation to the cue it belongs to; one without a cue goes to whoever spoke last.

    A quotation that is a sentence of its own goes on with the quotation before it: “One,” she said. “Two.” is
    one attribution with two spans. Words in quotation marks inside another sentence ("Whereas, “…”") make an
    attribution of their own, without a cue.
    """
    owner: dict[int, Finding] = {}
    for finding in findings:
        inside = reading.quoted_in[finding.cue[0]]
        finding.quotations = [n for n in _quotations_among(reading, finding.content) if n != inside]
        for n in finding.quotations:
            owner.setdefault(n, finding)
    outside = [f for f in findings if f.takes_quotation and reading.quoted_in[f.cue[0]] is None]
    alone: list[Finding] = []
    for n in range(len(reading.quotations)):
        if n in owner or not reading.tokens_in[n]:
            continue
        found = _cue_beside(reading, n, outside)
        if found is None and n - 1 in owner and _goes_on(reading, n):
            found = owner[n - 1]
        if found is None and _is_statement(reading, reading.tokens_in[n]) and _stands_alone(reading, n):
            speaker = _speaker_before(reading, reading.quotations[n], [*findings, *alone])
            if speaker is not None:
                found = Finding(None, list(speaker.source), [], list(reading.tokens_in[n]))
                alone.append(found)
        if found is not None:
            found.quotations.append(n)
            owner[n] = found
    for finding in findings:
        whole = {*finding.content, *(i for n in finding.quotations for i in reading.tokens_in[n])}
        finding.content = sorted(whole - set(finding.cue) - set(finding.source))
    return [*findings, *alone]


def _quotations_among(reading: Reading, tokens: Iterable[int]) -> list[int]:
    found = {reading.quoted_in[i] for i in tokens}
    return sorted(n for n in found if n is not None)


def _goes_on(reading: Reading, n: int) -> bool:
    """Whether a quotation fills its sentence and only who said the one before it stands between the two."""
    before, tokens = reading.tokens_in[n - 1], reading.tokens_in[n]
    doc = reading.doc
    if not before or not _fills_sentence(reading, n) or not _ends_speech(reading, n - 1):
        return False
    between = range(before[-1] + 1, tokens[0])
    breaks = sum("\n" in doc[i].text for i in between)
    stops = sum(doc[i].text in (".", "!", "?") for i in between)
    words = sum(not is_edge(doc[i]) for i in between)
    if breaks:
        # In a paragraph of its own it speaks on if the one before ended with the quotation or its cue.
        return breaks == 1 and stops <= 1 and words <= LONGEST_BREAK
    return stops <= 1 and words <= LONGEST_BREAK


def _stands_alone(reading: Reading, n: int) -> bool:
    """Whether the sentence around a quotation says nothing itself: no finite verb outside quotation marks.

    "Whereas, “both sides agreed.”" stands alone; "No official may vote who “took part”" does not.
    """
    doc, tokens = reading.doc, reading.tokens_in[n]
    around = range(doc[tokens[0]].sent.start, doc[tokens[-1]].sent.end)
    return not any(reading.quoted_in[i] is None and doc[i].tag_ in FINITE for i in around)


def _ends_speech(reading: Reading, n: int) -> bool:
    """Whether a quotation ends in its own comma or full stop, as speech does and words picked out do not."""
    inside = reading.text[reading.quotations[n].start : reading.quotations[n].end].rstrip("\"”»’' ")
    if inside.endswith((",", ".", "!", "?", "…", "-", "—")):
        return True
    return _is_statement(reading, reading.tokens_in[n])


def _fills_sentence(reading: Reading, n: int) -> bool:
    """Whether nothing but the quotation stands between the full stops, or paragraph breaks, around it."""
    doc, tokens = reading.doc, reading.tokens_in[n]
    first, last = tokens[0] - 1, tokens[-1] + 1
    while first >= 0 and doc[first].is_space and "\n" not in doc[first].text:
        first -= 1
    starts = (
        first < 0
        or "\n" in doc[first].text
        or doc[first].text in (".", "!", "?")
        or (reading.quoted_in[first] is not None)
    )
    while last < len(doc) and doc[last].is_space and "\n" not in doc[last].text:
        last += 1
    inked = [doc[i].text for i in tokens if any(c.isalnum() or c in ".!?…," for c in doc[i].text)]
    inner = inked[-1] if inked else ""
    ends = (
        last >= len(doc)
        or "\n" in doc[last].text
        or inner[-1:] in (".", "!", "?", "…")
        or (doc[last].text in (".", "!", "?"))
    )
    return starts and ends


def _is_statement(reading: Reading, tokens: Sequence[int]) -> bool:
    """Whether a quotation is somebody's sentence and not a title, a nickname or a scare quote."""
    words = [t for t in (reading.doc[i] for i in tokens) if t.is_alpha]
    return len(words) >= 5 and any(t.tag_ in FINITE for t in words)


def _cue_beside(reading: Reading, n: int, findings: list[Finding]) -> Finding | None:
    """The cue in the quotation's own sentence, or the one before that ends in a colon."""
    doc, quotation = reading.doc, reading.quotations[n]
    tokens = reading.tokens_in[n]
    if not tokens:
        return None
    first, end = tokens[0], tokens[-1] + 1
    best: Finding | None = None
    least = 10**9
    for finding in findings:
        at = finding.cue[0] if finding.cue else -1
        if at < 0 or reading.quoted_in[at] is not None:
            continue
        distance = first - at if at < first else at - end + 1
        if distance >= min(least, FARTHEST_CUE):
            continue
        between = doc[min(at, end - 1) : max(at, first)]
        own_words = [t.text for t in between if reading.quoted_in[t.i] is None]
        stops = sum(word in ".!?" or "\n" in word for word in own_words)
        if at < first and stops:
            colon = reading.text[: quotation.start].rstrip().endswith(":")
            if not colon or distance > FARTHEST_COLON:
                continue
        if at >= end and stops:
            continue
        best, least = finding, distance
    return best


def _speaker_before(reading: Reading, quotation: Quotation, findings: list[Finding]) -> Finding | None:
    """The last one who was heard before the quotation, in its own paragraph or the one before."""
    heard = [f for f in findings if f.source and f.content]
    earlier = [f for f in heard if reading.doc[(f.cue or f.content)[0]].idx < quotation.start]
    # Whose word is told in somebody else's is not heard: "a guard said that the mayor had told her so."
    told = {i for f in earlier if f.cue for i in f.content}
    earlier = [f for f in earlier if not f.cue or f.cue[0] not in told] or earlier
    if not earlier:
        return None
    last = max(earlier, key=lambda f: (f.cue or f.content)[0])
    gap = reading.text[reading.doc[(last.cue or last.content)[0]].idx : quotation.start]
    return last if gap.count("\n\n") <= 1 else None
