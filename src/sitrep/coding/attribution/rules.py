"""What the parse and the quotation marks say of a cue: its source and content, before anything learned.

Also what links a quotation to a cue in another sentence, and a quotation without a cue to whoever spoke last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Token

from sitrep.coding.attribution.cues import CueLexicon
from sitrep.coding.attribution.quotes import Quotation, find_quotations

SUBJECTS: Final = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS: Final = frozenset({"nsubjpass", "csubjpass"})
RELATIVE: Final = frozenset({"who", "which", "that"})

# Marks and blanks that a content does not start or end with.
EDGES: Final = frozenset(",;:.!?-–—()[] \n\t")


# A cue farther from its quotation than this many words is another sentence's.
FARTHEST_CUE: Final = 60
FARTHEST_COLON: Final = 40
LONGEST_APPOSITION: Final = 30
LONGEST_SPEAKER: Final = 6  # words before the colon of a transcript: "SENATOR DOE:"
FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
# With nothing but a noun as object these do something and tell nothing: "signed the accord".
DEEDS: Final = frozenset(
    {"sign", "impose", "declare", "release", "deliver", "negotiate", "offer", "give", "plant", "cast"}
)
# Nouns that "make", "express" and their like hand over and that hold nobody's word.
COURTESIES: Final = frozenset(
    {"condolence", "sympathy", "congratulation", "greeting", "thank", "apology", "respect", "arrest"}
    | {"gain", "progress", "visit", "trip", "move", "attempt", "effort", "decision", "change"}
)
LIGHT_VERBS: Final = frozenset({"make", "express", "extend", "send", "offer", "convey", "pay"})
DASHES: Final = frozenset("-–—―")


@dataclass(slots=True)
class Finding:
    """One attribution as tokens of the doc, before it is written out."""

    head: int | None  # the token that heads the cue; None for a quotation without one
    source: list[int]
    cue: list[int]
    content: list[int]
    takes_quotation: bool = False  # whether a quotation may be its content without the parse saying so
    quotations: list[int] = field(default_factory=list)
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules look at: the doc, its quotations, and which tokens stand in which quotation."""

    doc: Doc
    cues: CueLexicon
    quotations: list[Quotation]
    quoted_in: list[int | None]  # by token
    tokens_in: list[list[int]]  # by quotation


def read(doc: Doc, cues: CueLexicon) -> Reading:
    quotations = find_quotations(doc.text)
    quoted_in: list[int | None] = [None] * len(doc)
    spans = [(span, n) for n, quotation in enumerate(quotations) for span in quotation.spans]
    at = 0
    for token in doc:
        while at < len(spans) and spans[at][0][1] <= token.idx:
            at += 1
        if at < len(spans) and token.idx + len(token) > spans[at][0][0]:
            quoted_in[token.i] = spans[at][1]
    tokens_in: list[list[int]] = [[] for _ in quotations]
    for i, n in enumerate(quoted_in):
        if n is not None:
            tokens_in[n].append(i)
    return Reading(doc, cues, quotations, quoted_in, tokens_in)


# ------------------------------------------------------------------ by cue


# Read for a word that the lexicon does not know: whatever complement it has.
ANY_FRAME: Final = frozenset({"clause", "infinitive", "object", "quote"})


def find_at(reading: Reading, i: int) -> Finding:
    """The attribution that the word at `i` makes as a cue; without content where the parse shows none."""
    token = reading.doc[i]
    frames = reading.cues.of(token.lemma_, token.pos_)
    found = _by_part_of_speech(reading, token, frames)
    found.takes_quotation = "quote" in frames or not found.content
    return found


def _by_part_of_speech(reading: Reading, token: Token, frames: frozenset[str]) -> Finding:
    if token.lower_ == "according":
        found = _according_to(token)
        if found is not None:
            return found
    if token.text == ":":
        return _of_colon(reading, token)
    if token.text in DASHES:
        return _of_dash(reading, token)
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(token, frames or ANY_FRAME)
    found = _of_verb(reading, token, frames or ANY_FRAME)
    if not found.content and frames and "quote" not in frames:
        return _of_verb(reading, token, ANY_FRAME)
    return found


def _of_verb(reading: Reading, verb: Token, frames: frozenset[str]) -> Finding:
    content = _content_of_verb(verb, frames)
    source = source_of(verb)
    cue = _verb_group(verb)
    on = next((c for c in verb.children if c.lower_ in ("on", "upon") and c.i == cue[-1] + 1), None)
    if verb.lemma_ == "call" and on is not None:  # "called on | the mayor to resign"
        cue.append(on.i)
        asked = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and _is_infinitive(c)]
        content = sorted({*content, *(i for c in (on, *asked) for i in _subtree(c) if i != on.i)})
    if source is None or source.i in content:
        return Finding(verb.i, [], cue, content)
    phrase = _phrase(source)
    main = next((c for c in source.children if c.dep_ == "acl" and _is_main_verb(c)), None)
    if main is not None and source.i < main.i <= verb.i:
        phrase = trim(verb.doc, [i for i in phrase if i < main.i])
    return Finding(verb.i, _with_apposition(reading, phrase, cue), cue, content)


# What an apposition after the comma may start with: "a historian", "former minister", "who …", "65".
APPOSING: Final = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "JJ", "WP", "WDT", "CD", "PRP$"})


def _with_apposition(reading: Reading, source: list[int], cue: Sequence[int]) -> list[int]:
    """The source with what stands after it between commas: parsers often hang that elsewhere.

    "X, a historian who was there, recalled": all between the source and the cue. "…, said X, who leads the
    party": up to the end of the sentence, the quotation, or the next comma that does not go on apposing.
    """
    doc, last = reading.doc, source[-1]
    if last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].tag_ not in APPOSING:
        return source
    stop = cue[0] if cue[0] > last else len(doc)
    end = last + 2
    while end < stop and end - last < LONGEST_APPOSITION and not doc[end].is_sent_start:
        token = doc[end]
        if reading.quoted_in[end] != reading.quoted_in[last] or "\n" in token.text or token.text in ";:":
            break
        if token.text == "," and stop == len(doc) and end + 1 < stop and doc[end + 1].tag_ not in APPOSING:
            break
        end += 1
    if stop < len(doc) and (end < stop or doc[stop - 1].text != ","):
        return source
    return [*source, *trim(doc, range(last + 1, end))] if end > last + 2 else source


# The frame of the lexicon that a complement fills, by its dependency label.
FRAME_OF: Final = {
    "ccomp": "clause",
    "xcomp": "infinitive",
    "dobj": "object",
    "nsubjpass": "object",
    "oprd": "object",
}


def _is_judgement(child: Token) -> bool:
    """ "as barbaric", "of shelling the town", "for the attack"."""
    return child.dep_ == "prep" and child.lower_ in ("as", "of", "for")


def _content_of_verb(verb: Token, frames: frozenset[str]) -> list[int]:
    clauses: list[Token] = []
    objects: list[Token] = []
    for child in verb.children:
        frame = FRAME_OF.get(child.dep_)
        if frame in ("clause", "infinitive") and frame in frames:
            clauses.append(child)
        elif (frame == "object" and frame in frames) or (_is_judgement(child) and frames & {"as", "object"}):
            objects.append(child)
    if verb.dep_ == "parataxis" and "clause" in frames and not clauses:
        around = set(_subtree(verb))
        return [t.i for t in verb.sent if t.i not in around]
    chosen = clauses or objects
    if not clauses and not any(child.dep_ != "prep" or child.lower_ == "as" for child in objects):
        return []
    return sorted({i for child in chosen for i in _subtree(child)})


def _of_colon(reading: Reading, colon: Token) -> Finding:
    """A line of a transcript, "DOE: I never said so.": the rest of the paragraph. Others say nothing."""
    doc = colon.doc
    start = colon.i
    while start > 0 and "\n" not in doc[start - 1].text and colon.i - start <= LONGEST_SPEAKER:
        start -= 1
    speaker = [i for i in range(start, colon.i) if any(c.isalnum() for c in doc[i].text)]
    if not speaker or colon.i - start > LONGEST_SPEAKER or not all(doc[i].text[0].isupper() for i in speaker):
        return Finding(colon.i, [], [colon.i], [])
    end = colon.i + 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    return Finding(colon.i, speaker, [colon.i], trim(doc, range(colon.i + 1, end)))


def _of_dash(reading: Reading, dash: Token) -> Finding:
    """A quotation signed with a dash, “…” — Jane Doe, Springfield: who stands after it."""
    doc = dash.doc
    quotation = reading.quoted_in[dash.i - 1] if dash.i else None
    end = dash.i + 1
    while end < len(doc) and "\n" not in doc[end].text and doc[end].text != ",":
        end += 1
    if quotation is None or end - dash.i > LONGEST_SPEAKER + 1:
        return Finding(dash.i, [], [dash.i], [])
    return Finding(dash.i, trim(doc, range(dash.i + 1, end)), [dash.i], list(reading.tokens_in[quotation]))


def _of_noun(noun: Token, frames: frozenset[str]) -> Finding:
    """ "a statement by the ministry that …", "her warning that …"."""
    wanted = {"acl", "ccomp", "relcl"} if "clause" in frames else {"acl"}
    content: list[int] = []
    source: Token | None = None
    for child in noun.children:
        if child.dep_ in wanted and child.i > noun.i:
            marks = [c for c in child.children if c.dep_ == "mark" and c.lower_ in ("that", "whether")]
            if (marks and "clause" in frames) or ("infinitive" in frames and _is_infinitive(child)):
                content = _subtree(child)
        elif child.dep_ == "poss":
            source = child
        elif child.dep_ == "prep" and child.lower_ in ("by", "from"):
            source = next((c for c in child.children if c.dep_ == "pobj"), source)
    if not content:
        about = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "on", "for")]
        content = sorted(i for c in about for i in _subtree(c) if i != c.i)
    if source is None and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        source = source_of(noun.head)
    return Finding(noun.i, _phrase(source) if source is not None else [], [noun.i], content)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _according_to(according: Token) -> Finding | None:
    if according.i + 1 >= len(according.doc):
        return None
    to = according.doc[according.i + 1]
    objects = [child for head in (to, according) for child in head.children if child.dep_ == "pobj"]
    source = objects[0] if objects else None
    if source is None:
        return None
    phrase = _phrase(source)
    verb = according.head if according.head.i != to.i else to.head
    aside = {according.i, to.i, *phrase}
    content = [i for i in _subtree(verb) if i not in aside]
    return Finding(according.i, phrase, [according.i, to.i], content)


def source_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the phrase that does the saying, wanting or judging."""
    passive = any(child.dep_ in ("auxpass", *PASSIVE_SUBJECTS) for child in verb.children)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ in SUBJECTS and not passive and child.lower_ not in ("it", "there"):
            return child
    if passive or depth > 4:
        return None
    head = verb.head
    if verb.dep_ == "pcomp" and head.head.lemma_ in ("quote", "cite"):
        # "was quoted as saying", "quoting the minister as saying": who is quoted, not who quotes.
        quoted = [c for c in head.head.children if c.dep_ in ("nsubjpass", "dobj")]
        return quoted[-1] if quoted else None
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        if verb.tag_ in FINITE and head.tag_ == "VB" and head.dep_ in ("xcomp", "ccomp", "advcl"):
            head = head.head  # "X called on them to go and urged them to hurry": hung on "go"
        return source_of(head, depth + 1)
    if verb.dep_ in ("advcl", "xcomp", "pcomp") and not any(c.dep_ == "mark" for c in verb.children):
        if verb.dep_ == "pcomp":
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in head.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)
            return subject if subject is not None else source_of(head, depth + 1)
    if verb.dep_ == "acl" and (verb.tag_ == "VBG" or _is_main_verb(verb)):
        return head
    return None


def _is_main_verb(verb: Token) -> bool:
    """A main verb that the parser took for a participle: the sentence has no other one."""
    if verb.head.dep_ != "ROOT" or verb.head.pos_ not in ("NOUN", "PROPN"):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and verb.i > 0 and verb.doc[verb.i - 1].text == ",")


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
    return verb.lemma_ in LIGHT_VERBS and any(t.lemma_.lower() in COURTESIES for t in objects)


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


def since_semicolon(reading: Reading, finding: Finding) -> None:
    """Cut what stands before a semicolon out of the content of "A fell; B rose, radio reported"."""
    doc, cue = reading.doc, finding.cue
    if not cue or not finding.content or finding.content[-1] > cue[0]:
        return
    stops = [i for i in finding.content if doc[i].text == ";" and reading.quoted_in[i] is None]
    rest = [i for i in finding.content if stops and i > stops[-1]]
    if any(doc[i].tag_ in FINITE for i in rest):
        finding.content = rest


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


def _phrase(head: Token) -> list[int]:
    return trim(head.doc, _subtree(head))


def _subtree(token: Token) -> list[int]:
    # Sorted: the subtree of a crossing arc does not come in the order of the text.
    return sorted(t.i for t in token.subtree)


def _verb_group(verb: Token) -> list[int]:
    """The verb with its auxiliaries, particles and negation, as far as they stand together."""
    parts = {verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt"))}
    first, last = verb.i, verb.i
    while first - 1 in parts or (first - 2 in parts and verb.doc[first - 1].dep_ == "advmod"):
        first -= 1 if first - 1 in parts else 2
    while last + 1 in parts:
        last += 1
    return list(range(first, last + 1))


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


def trim(doc: Doc, tokens: Sequence[int]) -> list[int]:
    """`tokens` without the blanks and marks at either end; quotation marks stay."""
    first, last = 0, len(tokens)
    while first < last and is_edge(doc[tokens[first]]):
        first += 1
    while last > first and is_edge(doc[tokens[last - 1]]):
        last -= 1
    return list(tokens[first:last])


def is_edge(token: Token) -> bool:
    return not token.text.strip() or all(character in EDGES for character in token.text)


# ------------------------------------------------------------ by quotation


def _quotations_among(reading: Reading, tokens: Iterable[int]) -> list[int]:
    found = {reading.quoted_in[i] for i in tokens}
    return sorted(n for n in found if n is not None)


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
        return breaks == 1 and stops <= 1 and words <= LONGEST_APPOSITION
    return stops <= 1 and words <= LONGEST_APPOSITION


def _stands_alone(reading: Reading, n: int) -> bool:
    """Whether the sentence around a quotation says nothing itself: no finite verb outside quotation marks.

    "Whereas, “both sides agreed.”" stands alone; "No official may vote who “took part”" does not.
    """
    doc, tokens = reading.doc, reading.tokens_in[n]
    around = range(doc[tokens[0]].sent.start, doc[tokens[-1]].sent.end)
    return not any(reading.quoted_in[i] is None and doc[i].tag_ in FINITE for i in around)


def _ends_speech(reading: Reading, n: int) -> bool:
    """Whether a quotation ends in its own comma or full stop, as speech does and words picked out do not."""
    inside = reading.doc.text[reading.quotations[n].start : reading.quotations[n].end].rstrip("\"”»’' ")
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
            colon = doc.text[: quotation.start].rstrip().endswith(":")
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
    if not earlier:
        return None
    last = max(earlier, key=lambda f: (f.cue or f.content)[0])
    gap = reading.doc.text[reading.doc[(last.cue or last.content)[0]].idx : quotation.start]
    return last if gap.count("\n\n") <= 1 else None
