"""Where the source and the content of one finding begin and end, once the tagger has had its say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from spacy.tokens import Doc

from sitrep.coding.attribution.findings import FINITE, Finding, Reading
from sitrep.coding.attribution.rules import DASHES, PASSIVE_SUBJECTS, SUBJECTS

LONGEST_ADDRESSEE: Final = 12  # words between "urged" and "to"
LONGEST_NAMED: Final = 20  # words of ", the mayor of the old town, Jane Doe," before "said."
LONGEST_DATELINE: Final = 14
VERBAL: Final = FINITE | {"VB", "VBG", "VBN", "TO", "MD"}

# What a reporter adds after “…,” X said, and X has not said.
ASIDES: Final = ("a reference to", "in reference to", "referring to", "alluding to", "an allusion to")


def said_at_end(reading: Reading, finding: Finding) -> None:
    """Read ", the mayor, Jane Doe, said on Monday." where the parse of a long sentence loses who says what.

    All that stands before the last commas is the content, what stands between them and the verb the source.
    """
    doc, head = reading.doc, finding.head
    if head is None or reading.quoted_in[head] is not None or not _ends_sentence(reading, head):
        return
    start = doc[head].sent.start
    commas = [i for i in range(head - 1, start, -1) if doc[i].text == "," and reading.quoted_in[i] is None]
    apposed = bool(commas) and commas[0] == head - 1  # "…, the mayor, Jane Doe, said"
    if len(commas) < (3 if apposed else 1):
        return
    first = commas[2] if apposed else commas[0]
    source = list(range(first + 1, head - apposed))
    whole = not (finding.source and finding.content)
    # "killing one and wounding | two, the mayor, Jane Doe,": a verb of the content is no part of who says it.
    strayed = apposed and any(i < first and doc[i].tag_ in VERBAL for i in finding.source)
    if not (whole or strayed) or not 0 < len(source) <= LONGEST_NAMED:
        return
    naming = source if not apposed else [i for i in source if i < commas[1]]
    if doc[source[0]].tag_ == "CC" or any(doc[i].tag_ in FINITE for i in naming):
        return
    if apposed and not _apposes(doc, commas[1] + 1, commas[0]):
        return
    said = [i for i in range(start, first) if not doc[i].is_space]
    if any(doc[i].tag_ in FINITE or doc[i].tag_ == "VBN" for i in said):
        finding.source, finding.cue, finding.content = source, [head], said


def _ends_sentence(reading: Reading, head: int) -> bool:
    """Whether a verb of saying ends its sentence, but for to whom, where or when: "said on Monday."."""
    doc = reading.doc
    if doc[head].tag_ not in FINITE or not reading.cues.of(doc[head].lemma_, "VERB") >= {"clause", "quote"}:
        return False
    rest = [doc[i] for i in range(head + 1, doc[head].sent.end)]
    end = next((n for n, token in enumerate(rest) if token.text == ";" or "\n" in token.text), len(rest))
    return not any(token.tag_ in VERBAL or token.text in (",", ":", "that") for token in rest[:end])


def _apposes(doc: Doc, start: int, end: int) -> bool:
    """Whether tokens are a name or a relative clause: "the mayor, | Jane Doe |, said"."""
    return doc[start].tag_ in ("WP", "WDT") or all(doc[i].pos_ == "PROPN" for i in range(start, end))


def with_subject(reading: Reading, finding: Finding) -> None:
    """Read the source off the verb's subject where the tagger took too much, too little, or it for content.

    "In a statement | it | said", "Both | called for", "the envoy, Jane Doe, | demanded".
    """
    doc = reading.doc
    if finding.head is None or not finding.cue or finding.cue[0] == 0:
        return
    verb = doc[finding.head]
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < finding.cue[0]), None)
    if subject is not None and subject.i + 1 == finding.cue[0]:
        if subject.pos_ == "PRON" and subject.i in finding.source and subject.left_edge.i == subject.i:
            finding.source = [subject.i]
        elif not finding.source and subject.i in finding.content:
            finding.source = [subject.i]
            finding.content = [i for i in finding.content if i != subject.i]
    elif not finding.source and verb.tag_ in FINITE and doc[finding.cue[0] - 1].text == ",":
        named = finding.cue[0] - 2
        while named > 0 and doc[named].pos_ == "PROPN":
            named -= 1
        title = doc[named - 1]
        if finding.cue[0] - 2 > named > 0 and doc[named].text == "," and title.pos_ in ("NOUN", "PROPN"):
            finding.source = list(range(title.left_edge.i, finding.cue[0] - 1))
            finding.content = [i for i in finding.content if i not in finding.source]


def after_cue(reading: Reading, finding: Finding) -> None:
    """Cut what stands before a cue that takes no clause: "since they had called for | a truce"."""
    doc, content = reading.doc, finding.content
    if finding.head is None or not content or content[0] > finding.cue[0]:
        return
    verb = doc[finding.head]
    frames = reading.cues.of(verb.lemma_, verb.pos_)
    if verb.tag_ not in FINITE | {"VBN"} or not frames or frames & {"clause", "quote"}:
        return
    if any(child.dep_ in (*PASSIVE_SUBJECTS, "auxpass") or child.tag_ == "WDT" for child in verb.children):
        return
    finding.content = [i for i in content if i > finding.cue[-1]] or content


def in_sentence(reading: Reading, finding: Finding) -> None:
    """Cut earlier sentences that stand in no quotation, where the cue's own sentence holds what is said."""
    doc, content = reading.doc, finding.content
    if finding.head is None or not content or content[-1] < finding.cue[-1]:
        return
    start = doc[finding.head].sent.start
    if content[0] < start:
        finding.content = [i for i in content if i >= start or reading.quoted_in[i] is not None]


def since_semicolon(reading: Reading, finding: Finding, heads: Collection[int]) -> None:
    """Keep the content on its side of a semicolon.

    "A fell; B rose, radio reported" tells that B rose, "A fell, she added; he called it a lie" two words of
    two speakers. `heads` are those of all cues.
    """
    doc, cue = reading.doc, finding.cue
    if not cue or not finding.content:
        return
    first, last = finding.content[0], finding.content[-1]
    before, after = (
        [i for i in among if doc[i].text == ";" and reading.quoted_in[i] is None]
        for among in (range(first, cue[0]), range(cue[0] + 1, last))
    )
    if before:
        rest = [i for i in finding.content if i > before[-1]]
        if any(i > cue[-1] for i in rest) or any(doc[i].tag_ in FINITE for i in rest):
            finding.content = rest
    for stop in after:
        if any(i > stop and i in heads for i in finding.content):
            finding.content = [i for i in finding.content if i < stop] or finding.content
            return


def with_agent(doc: Doc, finding: Finding) -> None:
    """Add its "by" to the cue of a passive: "is backed by"."""
    at = finding.cue[-1] + 1 if finding.cue else len(doc)
    if at < len(doc) and doc[at].dep_ == "agent" and doc[at].head.i in finding.cue:
        finding.cue = [*finding.cue, at]
        finding.source = [i for i in finding.source if i != at]
        finding.content = [i for i in finding.content if i != at]


def with_main_clause(doc: Doc, finding: Finding, read: Sequence[int]) -> list[int]:
    """The content with the clause before "…, X said, a day after …", of which a tagger may see the end alone.

    `read` is the content that the parse shows.
    """
    content = finding.content
    if finding.head is None or not content or not finding.source or not finding.cue:
        return content
    start = min(finding.source[0], finding.cue[0])
    if (
        content[0] < start
        or doc[start - 1].text != ","
        or max(finding.source[-1], finding.cue[-1]) > content[0]
    ):
        return content
    sentence = doc[finding.head].sent
    before = [i for i in read if sentence.start <= i < start]
    if not any(doc[i].tag_ in FINITE for i in before) or before[-1] < start - 2:
        return content
    return sorted({*before, *content})


def with_addressee(reading: Reading, finding: Finding) -> None:
    """Add who is to act to an order that lost it: "urged people | to stay away"."""
    doc, content = reading.doc, finding.content
    if finding.head is None or not finding.cue or not content or doc[finding.head].pos_ != "VERB":
        return
    gap = range(finding.cue[-1] + 1, content[0])
    if not 0 < len(gap) <= LONGEST_ADDRESSEE or doc[content[0]].lower_ not in ("to", "not"):
        return
    named = [t for t in (doc[i] for i in gap) if t.dep_ in ("dobj", "nsubj", "dative")]
    if not named or any(
        reading.quoted_in[i] is not None or i in finding.source or doc[i].text in (",", ";", ":", ".")
        for i in gap
    ):
        return
    if doc[gap[0]].pos_ in ("ADP", "ADV") or any(doc[i].tag_ in FINITE for i in gap):
        return
    finding.content = [*gap, *content]


def with_figure(reading: Reading, finding: Finding) -> None:
    """Add the number to "put the death toll | at 60"."""
    doc, content = reading.doc, finding.content
    if finding.head is None or doc[finding.head].lemma_ != "put" or not content:
        return
    at = content[-1] + 1
    if content[0] > finding.head and at + 1 < len(doc) and doc[at].lower_ == "at":
        number = at + 1
        while number < min(at + 5, len(doc)) and doc[number].tag_ in ("CD", "RB", "IN", "JJR", "RBR", "JJS"):
            number += 1
        if doc[number - 1].tag_ == "CD":
            finding.content = [*content, *range(at, number)]


def part_conjoined(reading: Reading, finding: Finding) -> None:
    """Cut what the source does besides out of the content: "ordered a retreat | and left the capital"."""
    doc = reading.doc
    if finding.head is None:
        return
    for i in finding.content:
        verb = doc[i]
        if verb.tag_ not in FINITE or verb.dep_ != "conj" or i < finding.head:
            continue
        if reading.quoted_in[i] != reading.quoted_in[finding.head]:
            continue
        own = any(
            child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS, "expl", "aux", "mark") for child in verb.children
        )
        if verb.head.i == finding.head and not own and doc[i - 1].dep_ in ("cc", "advmod"):
            cut = i - 1 if doc[i - 1].dep_ == "cc" else i - 2
            finding.content = [k for k in finding.content if k < cut] or finding.content
            return
        # "promised to return, and both sides agreed to wait"
        if verb.head.i == finding.head and doc[finding.content[0]].lower_ == "to":
            cut = min(child.left_edge.i for child in verb.children) if own else i
            if doc[cut - 1].dep_ == "cc" and doc[cut - 2].text == ",":
                finding.content = [k for k in finding.content if k < cut - 1] or finding.content
                return


def in_relative_clause(reading: Reading, finding: Finding) -> None:
    """Keep the content of "…, who said he had left, denied it" inside its clause."""
    doc = reading.doc
    if finding.head is None or doc[finding.head].dep_ != "relcl":
        return
    if not any(
        child.dep_ in SUBJECTS and child.tag_ in ("WP", "WDT") for child in doc[finding.head].children
    ):
        return
    clause = {t.i for t in doc[finding.head].subtree}
    kept = [i for i in finding.content if i in clause or reading.quoted_in[i] is not None]
    finding.content = kept or finding.content


def without_listener(reading: Reading, finding: Finding) -> None:
    """Cut whom the words reached, or how, from the content: "told the court that …", "in a letter that …"."""
    doc, content = reading.doc, finding.content
    if finding.head is None or not finding.cue or not content or content[0] != finding.cue[-1] + 1:
        return
    start = _clause_start(reading, finding)
    before = [i for i in content if i < start]
    if not before or any(doc[i].tag_ in FINITE for i in before):
        return
    finding.content = [i for i in content if i >= start]
    if len(finding.cue) > 1 and doc[finding.cue[-1]].pos_ == "ADP":
        finding.cue = finding.cue[:-1]  # "denied | on a radio programme | that …"


def _clause_start(reading: Reading, finding: Finding) -> int:
    """The token that what is said starts with; the first of the content where the parse shows no other."""
    assert finding.head is not None
    doc, content = reading.doc, finding.content
    verb = doc[finding.head]
    for clause in verb.children:
        if clause.dep_ in ("ccomp", "xcomp") and clause.i in content:
            start = clause.left_edge.i
            # "asked the council to …": who is asked belongs to what is asked.
            how = doc[content[0]].dep_ == "prep" or doc[content[0]].head.dep_ == "dative"
            told = how or doc[start].lower_ == "that"
            return start if told and start in content else content[0]
    # "denied on a radio programme that …": the parser hangs the clause on the programme.
    if "clause" in reading.cues.of(verb.lemma_, verb.pos_) and doc[finding.cue[-1]].pos_ == "ADP":
        marks = (i for i in content[:LONGEST_ADDRESSEE] if doc[i].lower_ == "that" and doc[i].dep_ == "mark")
        return next(marks, content[0])
    return content[0]


def without_aside(reading: Reading, finding: Finding) -> None:
    """Cut what the reporter adds out of the content: "“…,” the text says, a reference to the army"."""
    doc, content = reading.doc, finding.content
    if not finding.cue or not content or content[0] > finding.cue[0]:
        return
    after = [i for i in content if i > finding.cue[-1]]
    if not after or any(reading.quoted_in[i] is not None for i in after):
        return
    opening = doc[after[0] : after[0] + 3].text.lower()
    if opening.startswith(ASIDES):
        finding.content = [i for i in content if i < after[0]]


def without_time(doc: Doc, cue: Sequence[int], content: list[int]) -> list[int]:
    """The content without the day of the cue: "said on Saturday it had …" hangs it on the clause."""
    if not cue or not content or content[0] != cue[-1] + 1:
        return content
    at = 1 if doc[content[0]].lower_ in ("on", "in", "at", "late", "early") else 0
    end = 1 if doc[content[0]].lower_ in ("earlier", "later") else at
    unbroken = [i for n, i in enumerate(content) if i == content[0] + n]
    while end < len(unbroken) and doc[unbroken[end]].ent_type_ in ("DATE", "TIME"):
        end += 1
    if end in (0, len(content)) or (end == at and at):
        return content
    following = doc[content[end]]
    if following.lower_ == "that" or following.dep_ in ("nsubj", "det", "poss", "compound", "amod", "nummod"):
        return content[end:]
    return content


def without_dateline(doc: Doc, content: list[int]) -> list[int]:
    """The content without the dateline before it: "HARBOUR TOWN, May 4 (Wire) - …"."""
    if not content or (content[0] > 0 and "\n" not in doc[content[0] - 1].text):
        return content
    if not (doc[content[0]].is_upper and len(doc[content[0]]) > 2):
        return content
    for n, i in enumerate(content[:LONGEST_DATELINE]):
        if doc[i].text in DASHES and n:
            return content[n + 1 :] or content
        if doc[i].tag_ in FINITE:
            break
    return content
