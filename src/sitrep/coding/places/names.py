"""Which words of a report name a place: proposals from the entity recogniser and the gazetteer, judged one
by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.tables import listed, read_table, singular
from sitrep.gazetteer import Candidate, Gazetteer

LONGEST: Final = 6  # tokens; "Democratic Republic of the Congo" has five, "Stratford-upon-Avon" five

# Words that make a feature of the name before them: GeoNames' code. Only what reports of a conflict name
# and a gazetteer of settlements lacks.
FEATURES: Final = {
    "air base": "AIRB", "airbase": "AIRB", "air force base": "AIRB", "army base": "INSM", "naval base": "NVB",
    "military base": "INSM", "military camp": "INSM", "barracks": "INSM", "airfield": "AIRF",
    "airstrip": "AIRF",
    "border crossing": "PSTB", "border post": "PSTB", "crossing": "PSTB", "checkpoint": "PSTB",
    "refugee camp": "CMPRF", "camp": "CMP", "oil field": "OILF", "oilfield": "OILF", "oil terminal": "OILT",
    "oil port": "OILT", "refinery": "OILR", "dam": "DAM", "mountain": "MT", "mountains": "MTS",
    "mountain pass": "PASS", "pass": "PASS", "airport": "AIRP", "international airport": "AIRP",
    "river": "STM",
    "neighbourhood": "PPLX", "neighborhood": "PPLX", "suburb": "PPLX", "district": "PPLX", "quarter": "PPLX",
}  # fmt: skip
# What a full gazetteer may call the same thing.
KIN: Final = {
    "AIRB": {"AIRB", "AIRF", "AIRP"}, "AIRF": {"AIRF", "AIRB", "AIRP"}, "AIRP": {"AIRP", "AIRF", "AIRB"},
    "INSM": {"INSM", "MILB", "FT", "BRKS"}, "PSTB": {"PSTB", "PSTC", "PSTP", "BDG"},
    "MT": {"MT", "MTS", "PK", "HLL"}, "MTS": {"MTS", "MT", "RDGE"}, "STM": {"STM", "STMI", "WAD"},
    "OILT": {"OILT", "PRT", "OILJ"}, "CMPRF": {"CMPRF", "CMP", "PPLR"}, "CMP": {"CMP", "CMPRF"},
}  # fmt: skip


def is_kin(feature: str, candidate: Candidate) -> bool:
    """Whether the gazetteer has the candidate as what the text calls it: "the X air base" as an air base."""
    return candidate.feature in KIN.get(feature, {feature})


@cache
def place_words() -> dict[str, frozenset[str]]:
    """Words in lower case that stand beside places' names and others', by group."""
    return {group: frozenset(listed(words)) for group, words in read_table("place_words.tsv", 2)}


@cache
def _shortened() -> tuple[dict[str, str], dict[str, str]]:
    """States by their abbreviations, and by the postal codes that count only after a town."""
    rows = list(read_table("place_abbreviations.tsv", 3))
    anywhere = {short: name for short, name, condition in rows if condition == "-"}
    return anywhere, {short: name for short, name, condition in rows if condition != "-"}


@dataclass(slots=True)
class Proposal:
    """Some words of a report that may name a place, and what the gazetteer has under them."""

    tokens: TokenSpan
    name: str  # what is looked up: the words without "the", abbreviations written out
    candidates: list[Candidate]
    label: str | None = None  # the recogniser's for just these words
    score: float = 0.0
    called: bool = False  # the report itself calls it one: "the city of X"
    feature: str | None = None  # GeoNames' code, where the words make one of the name: "the X air base"
    within: list[Candidate] = field(default_factory=list)  # "X, Texas": what the report says it lies in

    @property
    def notable(self) -> list[Candidate]:
        """The candidates that reports name without being asked: no hamlets and hills of a full dump."""
        return [c for c in self.candidates if c.notable]

    @property
    def start(self) -> int:
        return int(self.tokens.start)

    @property
    def end(self) -> int:
        return int(self.tokens.end)


class _Lookup:
    """The gazetteer, asked once a name for one report."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found: dict[str, list[Candidate]] = {}

    def __call__(self, name: str) -> list[Candidate]:
        if name not in self._found:
            found = self._gazetteer.find(name)
            # "EU" is no village of Normandy: three capitals or fewer name only a country.
            if name.isupper() and len(name) <= 3:
                found = [c for c in found if c.feature == "PCLI"]
            self._found[name] = found
        return self._found[name]


def propose_names(doc: Doc, gazetteer: Gazetteer) -> list[Proposal]:
    """Every run of words that the gazetteer knows or the recogniser takes for a place, in the order of the
    text."""
    find = _Lookup(gazetteer)
    proposals: dict[tuple[int, int], Proposal] = {}
    for entity in doc.ents:
        trimmed = _trim(entity)
        if trimmed is not None:
            name = trimmed.text
            if entity.label_ in ("GPE", "LOC", "FAC") or _any_notable(find(name)):
                proposals[trimmed.start, trimmed.end] = Proposal(trimmed, name, find(name), entity.label_)
    for tokens in _capitalised_runs(doc):
        key = (tokens.start, tokens.end)
        if key in proposals:
            continue
        if _any_notable(candidates := find(tokens.text)):
            proposals[key] = Proposal(tokens, tokens.text, candidates)
        elif len(tokens) > 1 and tokens[-1].lower_ in place_words()["division"] and tokens[0].is_title:
            proposals[key] = Proposal(tokens, tokens.text, find(tokens[:-1].text))
    for start, end, full in _abbreviations(doc):
        written_out = [c for c in find(full) if c.feature == "ADM1" and c.country in ("USA", "CAN", "AUS")]
        if written_out:
            proposals[start, end] = Proposal(doc[start:end], full, written_out, "GPE")
    for names in _called_places(doc, proposals):
        proposals.setdefault(
            (names.start, names.end), Proposal(names, names.text, find(names.text))
        ).called = True
    for names, kind in _shared_divisions(doc):
        divisions = [
            c for c in find(f"{names.text} {kind}") or find(names.text) if c.feature.startswith("ADM")
        ]
        if divisions:
            proposals[names.start, names.end] = Proposal(names, names.text, divisions, "GPE", called=True)
    return [proposals[key] for key in sorted(proposals)]


def _shared_divisions(doc: Doc) -> Iterator[tuple[TokenSpan, str]]:
    """Names that share one word for what they are, with its singular: "Homs and Aleppo Governorates"."""
    for token in doc:
        kind = singular(token.lower_)
        if kind == token.lower_ or kind not in place_words()["division"] or not token.is_title:
            continue
        end = token.i
        while end > 0:
            start = end
            while start > 0 and (doc[start - 1].text[:1].isupper() or doc[start - 1].text == "-"):
                start -= 1
            if start == end:
                break
            yield doc[start:end], kind
            end = start
            while end > 0 and doc[end - 1].lower_ in ("and", ",", "or"):
                end -= 1
            if end == start:
                break


def _any_notable(candidates: list[Candidate]) -> bool:
    return any(c.notable for c in candidates)


def _called_places(doc: Doc, proposals: dict[tuple[int, int], Proposal]) -> Iterator[TokenSpan]:
    """Names in a list that the report itself introduces as places: "the towns of X, Y and Z"."""
    called = place_words()["called"]
    for token in doc:
        if token.lower_ not in called or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "of":
            continue
        at = token.i + 2
        while at < len(doc):
            end = at
            while end < len(doc) and (doc[end].text[:1].isupper() or (doc[end].text == "-" and end > at)):
                end += 1
            if end == at:
                break
            yield doc[at:end]
            # A singular introduces one name; "the town of X and Y said" goes on to something else.
            if not token.lower_.endswith("s"):
                break
            at = end
            while at < len(doc) and doc[at].lower_ in (",", "and"):
                at += 1
            if at == end:
                break


def _trim(entity: TokenSpan) -> TokenSpan | None:
    """The entity without article, possessive and quotation marks; None where nothing with a capital is
    left."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ == "the" or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in ("'s", "’s", "'", "’") or doc[end - 1].is_space or (
        doc[end - 1].is_punct and not doc[end - 1].text.endswith(".")
    )):  # fmt: skip
        end -= 1
    trimmed = doc[start:end]
    if start == end or "\n" in trimmed.text or not any(c.isupper() for c in trimmed.text):
        return None
    return trimmed


_JOINTS: Final = frozenset({"-", "–", "'", "’", ".", "'s", "’s"})
_PARTICLES: Final = frozenset({
    "of", "de", "la", "le", "du", "del", "al", "el", "the", "and", "on", "upon", "in", "da", "do", "am",
    "sur",
})  # fmt: skip


def _inside(word: str) -> bool:
    return word in _JOINTS or word.lower() in _PARTICLES


def _capitalised_runs(doc: Doc) -> Iterator[TokenSpan]:
    """Every run of up to six words that begins and ends with a capital and has only particles and hyphens
    between."""
    never = place_words()["never"]
    words = [token.text for token in doc]  # much faster to ask than the tokens
    for start, first in enumerate(words):
        if not first[:1].isupper() or first.lower() in never:
            continue
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            last = words[end - 1]
            if last.isspace():
                break
            if last[:1].isupper() or (last[:1].isalpha() and end - start > 1 and words[end - 2] == "-"):
                if end - start == 1 and (len(last) == 1 or (doc[start].is_stop and not doc[start].is_upper)):
                    continue
                if last.lower() in ("the", "a", "an"):
                    continue  # "flew to Baran. The crew …"
                yield doc[start:end]
            elif not _inside(last):
                break


def _abbreviations(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Abbreviated states as runs of tokens, written out. "Ind." must follow a town, "W.Va." need not."""
    text = doc.text
    anywhere, after_town = _shortened()
    abbreviated, postal = _patterns()
    for match in abbreviated.finditer(text):
        unmistakable = match[0].count(".") != 1
        if unmistakable or text[: match.start()].endswith(", "):
            yield from _run_at(doc, match.span(), anywhere[match[0]])
    for match in postal.finditer(text):
        yield from _run_at(doc, match.span(1), after_town[match[1]])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    anywhere, after_town = _shortened()
    longest_first = "|".join(re.escape(short) for short in sorted(anywhere, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), re.compile(
        rf"(?<=[a-z]), ({'|'.join(after_town)})(?![\w.])"
    )


def _run_at(doc: Doc, span: tuple[int, int], name: str) -> Iterator[tuple[int, int, str]]:
    tokens = doc.char_span(*span, alignment_mode="expand")
    if tokens is not None:
        yield tokens.start, tokens.end, name


@cache
def demonym_countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 of every demonym and its plural: "Libyans" is LBY."""
    table: dict[str, str] = {}
    for country, _, demonyms in read_table("countries.tsv", 3):
        for demonym in listed(demonyms):
            table.setdefault(demonym, country)
            table.setdefault(demonym + "s", country)
    return table


def peoples_named(doc: Doc) -> list[str]:
    """The country of each demonym of a text, as often as one stands there."""
    countries = demonym_countries()
    return [countries[token.text] for token in doc if token.text in countries]


def settle(proposals: list[Proposal], least: float) -> list[Proposal]:
    """The proposals worth at least `least`, none overlapping another: the better goes first, then the
    longer."""
    taken: set[int] = set()
    kept = []
    for p in sorted(proposals, key=lambda p: (-p.score, p.start - p.end, p.start)):
        if p.score >= least and not taken.intersection(range(p.start, p.end)):
            taken.update(range(p.start, p.end))
            kept.append(p)
    return sorted(kept, key=lambda p: p.start)
