"""Which words of a report are the names of places: the recogniser's and the gazetteer's proposals, judged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import span_of
from sitrep.coding.places.features import feature_phrases
from sitrep.coding.places.name_features import name_features
from sitrep.coding.places.names import (
    Proposal,
    demonym_countries,
    is_kin,
    peoples_named,
    place_words,
    propose_names,
    settle,
)
from sitrep.coding.places.standing import raise_taken
from sitrep.coding.places.thresholds import (
    CALLED,
    FEATURE_NAMED,
    LEAST_AT_HOME,
    LEAST_CITY,
    LEAST_NAME,
)
from sitrep.coding.places.weights import PlaceModels
from sitrep.gazetteer import Candidate, Gazetteer
from sitrep.gazetteer.names import name_key
from sitrep.records import Span


def recognise_names(doc: Doc, gazetteer: Gazetteer, models: PlaceModels) -> list[Proposal]:
    """The mentions of places, none overlapping another. Demonyms are not among them."""
    proposals = propose_names(doc, gazetteer)
    scores = models.name_scores(name_features(doc, proposals))
    for proposal, score in zip(proposals, scores, strict=True):
        proposal.score = float(score)
    countries, surnames, called = (
        _countries_spoken_of(doc, proposals),
        _surnames(doc),
        _called(doc, proposals),
    )
    for proposal in proposals:
        if proposal.called:
            proposal.score = max(proposal.score, CALLED)
        elif _stands_as_place(proposal, countries) or (
            proposal.tokens.text not in surnames
            and (_is_capital(proposal, countries) or _is_city_at_home(proposal, countries))
        ):
            proposal.score = max(proposal.score, LEAST_NAME)
    raise_taken([p for p in proposals if p.tokens.text not in surnames | called], countries, LEAST_NAME)
    _spread_names(proposals, countries)
    wires = _wires(doc)
    kept = settle(
        [
            p
            for p in proposals
            if not (
                _names_another(p, wires)
                or _is_surname(p, surnames)
                or (p.label == "PERSON" and _is_surname(p, called))
            )
        ],
        LEAST_NAME,
    )
    return _with_bare_names(doc, _with_features(doc, kept, gazetteer))


def _is_city_at_home(proposal: Proposal, countries: set[str | None]) -> bool:
    """Whether a name is that of a city or division in a country that the report speaks of, and looks like one
    to the model, if not quite: to the recogniser a foreign town is as often a person or a building."""
    return (
        proposal.score >= LEAST_AT_HOME
        and proposal.label in ("PERSON", "ORG", "FAC", "PRODUCT", "WORK_OF_ART", "NORP")
        and not _in_longer_name(proposal)
        and any(_is_city(c) and c.country in countries and c.match != "bare" for c in proposal.candidates)
    )


def _is_city(candidate: Candidate) -> bool:
    return candidate.feature in ("PPLC", "ADM1") or (
        candidate.feature.startswith("PPL") and candidate.population >= LEAST_CITY
    )


def _spread_names(proposals: Sequence[Proposal], countries: set[str | None]) -> None:
    """Raise what bears the name of a place of the report, in words that the recogniser takes for just a
    name's: "the port of X" and then "X's mayor"."""
    places = {
        name_key(p.name)
        for p in proposals
        if p.score >= LEAST_NAME and (p.called or p.label == "GPE" or _is_city_at_home(p, countries))
    }
    for p in proposals:
        before = p.tokens.doc[max(0, p.start - 1) : p.start]
        titled = any(token.lower_ in place_words()["title"] for token in before)
        unknown = p.label is None and not _in_longer_name(p)
        known_otherwise = p.label in ("PERSON", "ORG", "PRODUCT")
        if (unknown or known_otherwise) and not titled and name_key(p.name) in places:
            p.score = max(p.score, LEAST_NAME)


def _countries_spoken_of(doc: Doc, proposals: Sequence[Proposal]) -> set[str | None]:
    """The countries that a report names, or the peoples of which it does."""
    countries: set[str | None] = {*peoples_named(doc)}
    for p in proposals:
        states = {c.country for c in p.candidates if c.feature == "PCLI" and c.match != "bare"}
        if p.label == "GPE" or p.score >= LEAST_NAME:
            countries |= states
        if p.label == "GPE" and p.candidates:
            countries.add(p.candidates[0].country)
    return countries


# Before these a name may also be a person's ("to Baran"): it must be that of a place of some size.
_WHITHER: Final = frozenset({"to", "from", "between", "through"})
_WHERE: Final = frozenset({
    "in", "near", "at", "into", "inside", "toward", "towards", "outside", "around",
})  # fmt: skip


def _stands_as_place(proposal: Proposal, countries: set[str | None]) -> bool:
    """Whether a name that the recogniser takes for a person's, or for none, stands where a place does:
    "in X", with a town or division of the name in a country that the report speaks of. Where it speaks of
    none, any city of the name will do."""
    doc = proposal.tokens.doc
    before, after = doc[max(0, proposal.start - 1) : proposal.start], doc[proposal.end : proposal.end + 1]
    word = before.text.lower()
    if word == "of" and doc[max(0, proposal.start - 2)].lower_ in place_words()["compass"]:
        word = "near"  # "south of X"
    if any(token.text[:1].isupper() or token.lower_ in ("'s", "’s") for token in after):
        return False
    if not countries - {None}:
        cities = any(c.match == "name" and _is_city(c) for c in proposal.candidates)
        return cities and proposal.label not in (None, "DATE") and word in _WHERE
    at_home = [c for c in proposal.candidates if c.country in countries and c.match != "bare" and c.notable]
    if proposal.label in ("PERSON", "LANGUAGE", "ORG", "PRODUCT", "WORK_OF_ART") and word in _WHERE:
        return bool(at_home)
    if proposal.label not in (None, "PERSON", "ORG", "PRODUCT") or word not in _WHERE | _WHITHER:
        return False
    return any(c.match == "name" and _is_city(c) for c in at_home)


def _is_capital(proposal: Proposal, countries: set[str | None]) -> bool:
    """Whether a name by itself is that of the capital of a country that the report speaks of: "Baku said"."""
    return (
        proposal.label in (None, "PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP")
        and not _in_longer_name(proposal)
        and any(
            c.feature == "PPLC" and c.country in countries and c.match != "bare" for c in proposal.candidates
        )
    )


def _in_longer_name(proposal: Proposal) -> bool:
    """Whether a word with a capital stands beside the name, or a hyphen: it is then part of another."""
    doc = proposal.tokens.doc
    before, after = doc[max(0, proposal.start - 1) : proposal.start], doc[proposal.end : proposal.end + 1]
    opens = proposal.tokens[0].is_sent_start
    return any(t.text[:1].isupper() or t.text in "-–" for t in after) or any(
        (t.text[:1].isupper() and not opens and not t.is_sent_start) or t.text in "-–" for t in before
    )


def _names_another(proposal: Proposal, wires: Sequence[Span]) -> bool:
    """Whether the words are of a people, a newspaper, a person, a body or a ship, and not of a place."""
    return (
        is_demonym(proposal)
        or _names_newspaper(proposal, wires)
        or _given_name(proposal)
        or _names_body(proposal)
        or _names_ship(proposal)
        or _names_degree(proposal)
    )


def _surnames(doc: Doc) -> frozenset[str]:
    """The last words of the full names of persons."""
    people = [_without_ending(entity) for entity in doc.ents if entity.label_ == "PERSON"]
    return frozenset(person[-1].text for person in people if len(person) > 1)


def _called(doc: Doc, proposals: Sequence[Proposal]) -> frozenset[str]:
    """Bare names of whom a title or what they say makes a person: "President Salas", "Salas said", "Salas,
    the mayor". Not what is also called a place, nor a capital that says something."""
    capitals = {p.tokens.text for p in proposals if any(c.feature in ("PPLC", "PCLI") for c in p.notable)}
    places = {p.tokens.text for p in proposals if p.called or (p.label == "GPE" and p.score >= LEAST_NAME)}
    people = [_without_ending(entity) for entity in doc.ents if entity.label_ == "PERSON"]
    found = {
        person.text
        for person in people
        if len(person) == 1 and (_is_titled(person) or (_tells(person) and person.text not in capitals))
    }
    return frozenset(found - places)


def _without_ending(entity: TokenSpan) -> TokenSpan:
    return entity[:-1] if entity[-1].text in ("'s", "’s") else entity


def _is_titled(name: TokenSpan) -> bool:
    doc, titles = name.doc, place_words()["title"]
    if doc[max(0, name.start - 1) : name.start].text.lower() in titles:
        return True
    apposed = doc[name.end : name.end + 3]
    return apposed.text.startswith(",") and apposed.text.lower().split()[-1] in titles


def _tells(name: TokenSpan) -> bool:
    token = name[-1]
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in place_words()["telling"]


def _is_surname(proposal: Proposal, surnames: frozenset[str]) -> bool:
    """Whether a word by itself is somebody of the report rather than a town: "Jane Austin … Austin said"."""
    if proposal.called or proposal.tokens.text not in surnames or len(proposal.tokens) > 1:
        return False
    doc = proposal.tokens.doc
    before = doc[max(0, proposal.start - 1) : proposal.start].text.lower()
    state_follows = (
        doc[proposal.end : proposal.end + 2].text.istitle()
        and doc[proposal.end : proposal.end + 1].text == ","
    )
    return before not in _WHERE and not state_follows


_LETTERS: Final = re.compile(r"(?:[A-Z][a-z]{0,2}\.){2,4}")


def _names_degree(proposal: Proposal) -> bool:
    """Whether the letters are what a person bears behind his name: "Ana Sool, M.S., R.D., said"."""
    doc, start = proposal.tokens.doc, proposal.start
    if not _LETTERS.fullmatch(proposal.tokens.text) or proposal.tokens.text in _SHORT_STATES:
        return False
    while start > 1 and doc[start - 1].text == "," and _LETTERS.fullmatch(doc[start - 2].text):
        start -= 2
    return start > 1 and doc[start - 1].text == "," and doc[start - 2].ent_type_ == "PERSON"


def _names_ship(proposal: Proposal) -> bool:
    """Whether the name is a vessel's: "the USS Arlen"."""
    before = proposal.tokens.doc[max(0, proposal.start - 1) : proposal.start]
    return any(token.text in _SHIPS for token in before)


_SHIPS: Final = frozenset(
    {"USS", "USNS", "HMS", "HMCS", "HMAS", "BRP", "INS", "RFA", "USCGC", "MV", "MT", "SS"}
)


def _names_body(proposal: Proposal) -> bool:
    """Whether the name opens that of a movement or armed group: "the Varn People's Liberation Front"."""
    doc, at = proposal.tokens.doc, proposal.end
    if len(proposal.tokens) == 1 and proposal.tokens.text in _SHORT_STATES:
        return False  # "the U.S. Army" is the country's
    while at < len(doc) and (
        doc[at].text[:1].isupper() or (doc[at].lower_ in ("'s", "’s") and at > proposal.end)
    ):
        at += 1
    return at - proposal.end >= 2 and doc[at - 1].lower_ in place_words()["movement"]


_SHORT_STATES: Final = frozenset({"US", "U.S.", "UK", "U.K.", "USA", "UAE"})


def is_demonym(proposal: Proposal) -> bool:
    """Whether the words name a people: "Libyan" is Libya's, and no town of that name."""
    return proposal.tokens.text in demonym_countries() and not any(
        c.feature == "PCLI" for c in proposal.candidates
    )


def _names_newspaper(proposal: Proposal, wires: Sequence[Span]) -> bool:
    """Whether the words are part of a publisher's name: "the Cairo Gazette", "LAGOS (Abuja Press) -"."""
    following = proposal.tokens.doc[proposal.end : proposal.end + 1]
    if any(token.is_title and token.lower_ in place_words()["press"] for token in following):
        return True
    start, end = span_of(proposal.tokens)
    return any(wire[0] <= start and end <= wire[1] for wire in wires)


def _wires(doc: Doc) -> list[Span]:
    """Where datelines say who brings the report."""
    text = doc.text
    lines = (0, *(match.end() for match in re.finditer("\n", text)))
    ends = ((line, min(len(text), line + 160)) for line in lines)
    datelines = (_DATELINE.match(text, line, end) for line, end in ends if "(" in text[line:end])
    return [dateline.span("wire") for dateline in datelines if dateline is not None]


# "KYIV, July 23 (Some Press) -", "ABUJA (Some Wire), May 2 —": a town in capitals, a day, and who brings
# the report.
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z'’./ -]+(?:, [A-Z][\w. ]+)?(?:,[^()\n]{3,20}(?:, \d{4})?)? ?\((?P<wire>[^()\n]+)\)"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?[-–—:]"
)


def _given_name(proposal: Proposal) -> bool:
    """Whether the word is the first of a person's two names: "Georgia Ames" is not in the Caucasus."""
    token, words = proposal.tokens[0], place_words()
    if len(proposal.tokens) != 1 or token.lower_ not in words["given"]:
        return False
    if token.ent_type_ not in ("PERSON", "ORG"):
        return False
    rest = token.doc[proposal.end : proposal.end + 1]
    # Not of `doc.ents`, which are put together anew at each call.
    inside = [t.ent_iob_ for t in token.doc[proposal.start : proposal.end + 2]]
    whole = inside[:2] == ["B", "I"] and inside[2:] != ["I"]
    return whole and not any(t.lower_ in words["body"] | words["division"] | words["road"] for t in rest)


def _with_features(doc: Doc, kept: list[Proposal], gazetteer: Gazetteer) -> list[Proposal]:
    """Also the features that the text itself names: "the “Al-Tamina” air base", for which the gazetteer
    has no row."""
    found = list(kept)
    for phrase, name, feature in feature_phrases(doc):
        inside = [p for p in found if p.start < phrase.end and phrase.start < p.end]
        if not any(p.start < phrase.start or p.end > phrase.end for p in inside):
            bearers = gazetteer.find(name.text)
            known = [c for c in (*gazetteer.find(phrase.text), *bearers) if is_kin(feature, c)]
            if feature == "PPLX" and (inside or bearers) and not known:
                continue  # "X district" is as often a division, which the gazetteer has
            found = [p for p in found if p not in inside]
            found.append(Proposal(phrase, name.text, known or bearers, score=FEATURE_NAMED, feature=feature))
    return sorted(found, key=lambda p: p.start)


def _with_bare_names(doc: Doc, found: list[Proposal]) -> list[Proposal]:
    """Also the bare names of such features elsewhere, where the gazetteer has no town of the name: "the
    al-Tamina air base" and then "took al-Tamina"."""
    taken = {i for p in found for i in range(p.start, p.end)}
    names = {p.name.lower(): p for p in found if p.feature and not p.notable}
    added = []
    for name, feature in names.items():
        for match in re.finditer(rf"(?<![\w-])(?i:{re.escape(name)})(?![\w-]| [A-Z])", doc.text):
            tokens = doc.char_span(*match.span())
            if tokens is not None and taken.isdisjoint(range(tokens.start, tokens.end)):
                added.append(Proposal(tokens, feature.name, [], score=FEATURE_NAMED))
    return sorted([*found, *added], key=lambda p: p.start)
