"""Who said what: source, cue, content and medium, also of attributions inside attributions. After PolNeAR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

import sitrep.coding.annotations  # noqa: F401  registers doc._.attributions
from sitrep.coding.attribution.bounds import (
    after_cue,
    in_relative_clause,
    in_sentence,
    part_conjoined,
    said_at_end,
    since_semicolon,
    with_addressee,
    with_agent,
    with_figure,
    with_main_clause,
    with_subject,
    without_aside,
    without_dateline,
    without_listener,
    without_time,
)
from sitrep.coding.attribution.cues import CueLexicon, default_cues
from sitrep.coding.attribution.features import is_quoted_as, read_parse
from sitrep.coding.attribution.findings import Finding, Reading, is_edge, read, trim
from sitrep.coding.attribution.media import (
    MediaLexicon,
    default_media,
    find_medium,
    is_about_delivery,
    who_quotes,
)
from sitrep.coding.attribution.relays import find_relays
from sitrep.coding.attribution.rules import find_at
from sitrep.coding.attribution.speakers import assign_quotations
from sitrep.coding.attribution.tagger import AttributionTagger, default_tagger
from sitrep.coding.attribution.tidying import (
    is_deed,
    is_nobodys,
    is_title,
    keep_apart,
    one_quotation_each,
    one_source,
    own_cue,
    part_joined,
    share_sources,
)
from sitrep.records import Attribution, AttributionKind, Content, Cue, Source, Spans

# ----------------------------------------------------------------- medium


def set_media(reading: Reading, findings: list[Finding], media: MediaLexicon) -> None:
    """Fill in `medium` from the words around each cue, or from a next sentence that tells of the delivery."""
    doc = reading.doc
    reporting = [f for f in findings if f.cue and reading.quoted_in[f.cue[0]] is None]
    sources = {i for finding in findings for i in finding.source}
    for finding in reporting:
        taken = {*finding.content, *sources}
        near = [t.i for t in doc[finding.cue[-1]].sent if t.i not in taken and reading.quoted_in[t.i] is None]
        finding.medium = find_medium(doc, near, media)
        if finding.medium is None and finding.head is not None:
            finding.medium = who_quotes(doc[finding.head], media)
    sentences = list(doc.sents)
    for sentence in sentences[1:]:
        if not is_about_delivery(sentence):
            continue
        before = [f for f in reporting if f.cue[-1] < sentence.start]
        last = max(before, key=lambda f: f.cue[-1], default=None)
        if last is None or last.medium is not None:
            continue
        # Only of what was said right before: in the last sentence that has any words.
        earlier = [s for s in sentences if s.end <= sentence.start and s.text.strip()]
        told = [f for f in before if f.cue[-1] >= earlier[-1].start] if earlier else []
        if told:
            medium = find_medium(doc, [t.i for t in sentence if reading.quoted_in[t.i] is None], media)
            for finding in told[:1]:
                finding.medium = medium


# ---------------------------------------------------------------- writing


def kind_of(reading: Reading, cue: Sequence[int], content: Sequence[int]) -> AttributionKind:
    """Direct if all of it stands in quotation marks, mixed if some, else indirect."""
    # Words in the same quotation as their own cue are quoted from somebody else, who reports this one.
    around = {None, *(reading.quoted_in[i] for i in cue)}
    words = [reading.doc[i] for i in content]
    inked = [word.i for word in words if word.lower_ != "that" and not is_edge(word)]
    quoted = [i for i in inked if reading.quoted_in[i] not in around]
    if not quoted:
        return "indirect"
    return "direct" if len(quoted) == len(inked) else "mixed"


def spans_of(doc: Doc, tokens: Sequence[int]) -> Spans:
    """`tokens` as spans of text, joined over the blanks between neighbours."""
    spans: list[tuple[int, int]] = []
    last = -2
    for i in tokens:
        token = doc[i]
        if token.is_space:
            continue
        gap = range(last + 1, i)
        if spans and all(doc[k].is_space and "\n" not in doc[k].text for k in gap):
            spans[-1] = (spans[-1][0], token.idx + len(token))
        else:
            spans.append((token.idx, token.idx + len(token)))
        last = i
    return tuple(spans)


def find_attributions(
    doc: Doc, cues: CueLexicon, media: MediaLexicon, tagger: AttributionTagger | None = None
) -> tuple[Attribution, ...]:
    """Every attribution of `doc`, in the order of first mention. A doc without a parse has none.

    Without a tagger the words of the lexicon are the cues, and the parse alone bounds source and content.
    """
    if not doc.has_annotation("DEP"):
        return ()
    reading = read(doc, cues)
    findings = find_by_lexicon(reading) if tagger is None else find_by_tagger(reading, tagger)
    for finding in findings:
        said_at_end(reading, finding)
    findings = [f for f in findings if f.content and not is_deed(doc, f.head, f.content)]
    findings = [f for f in findings if not (is_title(reading, f) or is_nobodys(doc, f))]
    one_source(findings)
    own_cue(doc, findings)
    share_sources(reading, findings)
    part_joined(doc, findings)
    keep_apart(reading, findings)
    heads = {finding.head for finding in findings if finding.head is not None}
    for finding in findings:
        with_subject(reading, finding)
        after_cue(reading, finding)
        in_sentence(reading, finding)
        since_semicolon(reading, finding, heads)
        with_agent(doc, finding)
        without_listener(reading, finding)
        with_addressee(reading, finding)
        with_figure(reading, finding)
        part_conjoined(reading, finding)
        in_relative_clause(reading, finding)
        without_aside(reading, finding)
    findings = one_quotation_each(reading, findings)
    set_media(reading, findings, media)
    return write(reading, [*findings, *find_relays(reading, findings)])


def find_by_lexicon(reading: Reading) -> list[Finding]:
    heads = [t.i for t in reading.doc if reading.cues.of(t.lemma_, t.pos_) or t.lower_ == "according"]
    return assign_quotations(reading, [find_at(reading, i) for i in heads])


def find_by_tagger(reading: Reading, tagger: AttributionTagger) -> list[Finding]:
    parse = read_parse(reading.doc, reading.quoted_in)
    heads = tagger.find_cues(parse, reading.cues)
    for i in [i for i in heads if is_quoted_as(parse, i)]:
        heads.pop(parse.heads[parse.heads[i]], None)  # "quoted as saying" is one cue, not two
    findings = assign_quotations(reading, [find_at(reading, i) for i in heads])
    shown = [finding.content for finding in findings]
    tagger.bound(parse, reading.cues, findings, heads, reading.tokens_in)
    for finding, content in zip(findings, shown, strict=True):
        finding.content = with_main_clause(reading.doc, finding, content)
    return findings


def write(reading: Reading, findings: list[Finding]) -> tuple[Attribution, ...]:
    """The findings as records, numbered and nested."""
    rows = []
    for finding in findings:
        words = [reading.doc[i] for i in finding.content]
        inked = [word.i for word in words if not word.is_space and not _is_expletive(word)]
        content = without_dateline(reading.doc, without_time(reading.doc, finding.cue, inked))
        content = trim(reading.doc, content)
        # "…, which it said", "That according to the survey": what is said stands elsewhere.
        if any(reading.doc[i].pos_ not in ("PRON", "DET", "SCONJ", "PUNCT") for i in content):
            rows.append(
                Attribution(
                    id="",
                    kind=kind_of(reading, finding.cue, content),
                    source=Source(spans_of(reading.doc, trim(reading.doc, finding.source))),
                    cue=Cue(spans_of(reading.doc, _without_stops(reading.doc, finding.cue))),
                    content=Content(spans_of(reading.doc, content)),
                    medium=finding.medium,
                )
            )
    rows.sort(key=_position)
    numbered = [replace(row, id=f"q{n}") for n, row in enumerate(dict.fromkeys(rows), 1)]
    sized = [(_size(row), row) for row in numbered]
    return tuple(replace(row, within=_holder(row, size, sized)) for size, row in sized)


def _is_expletive(token: Token) -> bool:
    """The "it" of "It was reported that …"."""
    if token.lower_ != "it" or token.dep_ != "nsubjpass":
        return False
    return any(child.dep_ == "ccomp" and child.i > token.head.i for child in token.head.children)


def _without_stops(doc: Doc, cue: list[int]) -> list[int]:
    """The cue without a comma or full stop at its end; the colon of "added:" stays, as in PolNeAR."""
    end = len(cue)
    while end > 1 and doc[cue[end - 1]].text in (",", ".", ";"):
        end -= 1
    return cue[:end]


def _position(row: Attribution) -> tuple[int, int, Spans]:
    spans = row.source.spans + row.cue.spans + row.content.spans
    if not row.cue.spans:
        spans = row.content.spans
    return min(start for start, _ in spans), -max(end for _, end in spans), row.content.spans


def _size(row: Attribution) -> int:
    return sum(end - start for start, end in row.content.spans)


def _holder(row: Attribution, size: int, sized: Sequence[tuple[int, Attribution]]) -> str | None:
    """The smallest larger attribution whose content holds this one's cue (or, without a cue, its content)."""
    inner = row.cue.spans or row.content.spans
    holders = [
        (width, n)
        for n, (width, other) in enumerate(sized)
        if width > size
        and all(any(start <= s and e <= end for start, end in other.content.spans) for s, e in inner)
    ]
    return sized[min(holders)[1]][1].id if holders else None


class AttributionComponent:
    """Stores `find_attributions` under `doc._.attributions`."""

    def __init__(self, cues: CueLexicon, media: MediaLexicon, tagger: AttributionTagger) -> None:
        self.cues, self.media, self.tagger = cues, media, tagger
        self.models = {"attribution": tagger.digest}

    def __call__(self, doc: Doc) -> Doc:
        doc._.attributions = find_attributions(doc, self.cues, self.media, self.tagger)
        return doc


@Language.factory(
    "sitrep_attribution",
    assigns=["doc._.attributions"],
    requires=["token.dep", "token.head", "token.pos", "token.tag", "token.lemma"],
)
def make_attribution(nlp: Language, name: str) -> AttributionComponent:
    return AttributionComponent(default_cues(), default_media(), default_tagger())
