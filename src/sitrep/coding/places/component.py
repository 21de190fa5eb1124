"""Where: the places that a report names, linked to the gazetteer.

Names come from the entity recogniser and the gazetteer (`names`), each judged by a small learned model;
what a name means is chosen by a second one from what else the report names (`ranking`). A demonym is
evidence of a country and no place of its own. A feature that the text names and the gazetteer lacks ("the
Tamina air base") is kept without a position.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from sitrep.coding.annotations import span_of
from sitrep.coding.places.features import QUOTES, feature_phrases
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
from sitrep.coding.places.ranking import Name, group_names, lies_in, ranking_features
from sitrep.coding.places.standing import raise_taken
from sitrep.gazetteer import Candidate, Gazetteer
from sitrep.gazetteer.distance import EARTH_KM, distance_km
from sitrep.gazetteer.names import name_key, skeleton, sounding
from sitrep.models import Model
from sitrep.records import Place, Span

# Chosen on LGL and GeoVirus, 5-fold: end-to-end F1 is flat from 0.3 to 0.5 and from 0.05 to 0.2.
# Run `python -m training.places --data FOLDER --cross-validate` before changing them.
LEAST_NAME: Final = 0.4
LEAST_AT_HOME: Final = 0.2  # for the name of a city in a country that the report speaks of
LEAST_RANK: Final = 0.1
LEAST_ALONE: Final = 0.25  # for a place whose country the report names nowhere else
LEAST_TOWN: Final = 5000  # people of a town that its name alone may mean
LEAST_CITY: Final = (
    10_000  # of one in a country of the report that nothing but a preposition marks as a place
)
LEAST_CONSONANTS: Final = 3  # of a town's name that is spelt in another way
NEAR_KM: Final = 150.0  # how far such a town may be from another that the report names
# Confidences of what rules find, in the order in which they were seen to be right; they decide nothing.
FEATURE_NAMED: Final = 0.9  # "the X air base" is a place
CALLED: Final = 0.8  # "the city of X" is a place even where the recogniser takes X for a person
SIMILAR: Final = 0.6  # a name that sounds as this one does, in a country of the report
LARGEST: Final = 0.5  # the one town of size that bears the name in a country of the report
AT_DISTANCE: Final = 0.5  # a candidate as far off as the text says
FEATURE_UNPLACED: Final = 0.3  # a place of which only the name is known


@dataclass(frozen=True, slots=True)
class Located:
    """What one name of a report turned out to mean."""

    name: Name
    scores: tuple[float, ...]  # how likely each of the name's candidates is meant
    candidate: Candidate | None = None
    probability: float = 0.0  # of the candidate
    position: tuple[float, float] | None = None  # reckoned, for a place that the gazetteer lacks

    @property
    def feature(self) -> str | None:
        """The feature that the text makes of the name, "the X air base"; the candidate is then what it
        lies near."""
        return next((mention.feature for mention in self.name.mentions if mention.feature), None)


class PlaceModels:
    """The two sets of weights: which words are a place's name, which place is meant. Both give log-odds."""

    def __init__(self) -> None:
        self.naming = Model("places_naming")
        self.ranking = Model("places_ranking")

    def name_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _probabilities(self.naming, features)

    def rank_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return _probabilities(self.ranking, features)

    @property
    def digests(self) -> dict[str, str]:
        return {model.name: model.digest for model in (self.naming, self.ranking)}


def _probabilities(model: Model, features: NDArray[np.float32]) -> NDArray[np.float64]:
    if not len(features):
        return np.zeros(0)
    odds = model.run(features=features)["odds"][:, 0].astype(np.float64)
    result: NDArray[np.float64] = np.round(1.0 / (1.0 + np.exp(-odds)), 4)
    return result


def find_places(doc: Doc, gazetteer: Gazetteer, models: PlaceModels) -> tuple[Place, ...]:
    """The places of a report, one record for each however often it is named, in the order of first
    mention."""
    named = recognise_names(doc, gazetteer, models)
    located = locate_names(doc, group_names(named), gazetteer, models)
    return _records(doc, located)


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
    "in X", with a town or division of the name in a country that the report speaks of."""
    doc = proposal.tokens.doc
    before, after = doc[max(0, proposal.start - 1) : proposal.start], doc[proposal.end : proposal.end + 1]
    word = before.text.lower()
    if any(token.text[:1].isupper() or token.lower_ in ("'s", "’s") for token in after):
        return False
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
    whole = [e for e in token.doc.ents if e.start == proposal.start and e.end == proposal.end + 1]
    return bool(whole) and not any(
        t.lower_ in words["body"] | words["division"] | words["road"] for t in rest
    )


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


def locate_names(doc: Doc, names: Sequence[Name], gazetteer: Gazetteer, models: PlaceModels) -> list[Located]:
    """What each name means. A name that fits none of its candidates is left out; one that has none is kept
    without a position where the recogniser or the text itself calls it a place."""
    tables = ranking_features(doc, names)
    scores = models.rank_scores(np.concatenate(tables)) if names else np.zeros(0)
    ends = np.cumsum([len(table) for table in tables])
    located = []
    for name, table, end in zip(names, tables, ends, strict=True):
        chances = tuple(float(score) for score in scores[end - len(table) : end])
        located.append(_likeliest(name, chances))
    located = [_as_capital(item, located) for item in located]
    countries = _countries_of(doc, located)
    known_towns = [
        item.candidate
        for item in located
        if item.candidate is not None
        and item.probability >= 0.5
        and item.candidate.feature.startswith(("PPL", "ADM2"))
        and item.candidate.feature != "PPLC"  # a capital as often names its government
    ]
    settled = [_settle(item, countries, known_towns, gazetteer) for item in located]
    return _beside_towns(doc, _heed_distances(doc, [item for item in settled if item is not None]))


def _likeliest(name: Name, chances: tuple[float, ...]) -> Located:
    if not chances:
        return Located(name, chances)
    best = max(range(len(chances)), key=lambda i: chances[i])
    probability = chances[best]
    capitals = [i for i, c in enumerate(name.candidates) if c.feature == "PPLC"]
    if capitals and _called_capital(name) and chances[capitals[0]] >= LEAST_RANK / 2:
        best, probability = capitals[0], max(chances[capitals[0]], CALLED)
    elif (town := _town_in(name, best)) is not None and chances[town] >= LEAST_RANK:
        best, probability = town, chances[best]
    return Located(name, chances, name.candidates[best], probability)


def _town_in(name: Name, division: int) -> int | None:
    """The largest town of the name in a division that bears it for short, or that has half its people or
    more.

    "Varnel" is the town rather than Varnel Oblast, unless the text says "oblast"; "New York" may be the
    state.
    """
    area = name.candidates[division]
    called = any(m.tokens[-1].lower_ in place_words()["division"] for m in name.mentions)
    if called or not area.feature.startswith("ADM"):
        return None
    towns = [
        i
        for i, c in enumerate(name.candidates)
        if c.feature.startswith("PPL") and c.match == "name" and lies_in(c, area)
        if area.match != "name" or 2 * c.population >= area.population
    ]
    return max(towns, key=lambda i: name.candidates[i].population, default=None)


def _as_capital(item: Located, located: Sequence[Located]) -> Located:
    """The capital of a state rather than a division of it that bears its name, unless the text is about that
    division: "Washington" is no Pacific state where nothing else of the report lies there."""
    area, name = item.candidate, item.name
    if area is None or not area.feature.startswith("ADM") or name.within or _called_division(name):
        return item
    capitals = [
        i
        for i, c in enumerate(name.candidates)
        if c.feature == "PPLC" and c.country == area.country and c.match != "bare" and not lies_in(c, area)
    ]
    inside = any(
        other.candidate is not None and other.probability >= 0.5 and lies_in(other.candidate, area)
        for other in located
    )
    if not capitals or inside:
        return item
    return replace(item, candidate=name.candidates[capitals[0]], probability=max(item.probability, LARGEST))


def _called_division(name: Name) -> bool:
    """Whether the text says "X state", "the state of X" or "X's governor", or shortens it as states are."""
    return any(
        mention.tokens.text != mention.name
        or any(
            t.lower_ in place_words()["division"]
            for t in mention.tokens.doc[mention.end - 1 : mention.end + 1]
        )
        or mention.tokens.doc[max(0, mention.start - 2) : mention.start].text.lower()
        in ("state of", "province of")
        for mention in name.mentions
    )


def _called_capital(name: Name) -> bool:
    """Whether the text says "the capital, X" or "the capital city of X"."""
    return any(
        token.lower_ == "capital"
        for mention in name.mentions
        for token in mention.tokens.doc[max(0, mention.start - 3) : mention.start]
    )


def _countries_of(doc: Doc, located: Iterable[Located]) -> Counter[str]:
    """How often a report names each country: itself, by its people, or by a place in it that is all but
    certain."""
    countries = Counter(peoples_named(doc))
    for item in located:
        if item.candidate is not None and item.candidate.country and item.probability >= 0.5:
            countries[item.candidate.country] += len(item.name.mentions)
    return countries


_COMPASS_NAME: Final = re.compile(
    r"(?:(?:north|south|east|west|upper|lower|central|middle)(?:ern)?[ -]?)+"
    r"(?:coast|bank|shore|side|end|mountains?|hills?|valley|desert|region|front|gate|point)?",
    re.IGNORECASE,
)


def _settle(
    item: Located, countries: Counter[str], known_towns: Sequence[Candidate], gazetteer: Gazetteer
) -> Located | None:
    """The name with what the report's countries make of it; None for a name that means no place we can
    tell."""
    first, place = item.name.mentions[0], item.candidate
    known = place is not None and item.probability >= LEAST_RANK
    foreign = place is not None and place.country is not None and place.country not in countries
    if foreign and countries:
        known = item.probability >= LEAST_ALONE
    if item.feature:
        # The air base of a town in the report's countries lies near it; one elsewhere shares its name by
        # chance.
        named = [
            (score, c.population, i)
            for i, (score, c) in enumerate(zip(item.scores, item.name.candidates, strict=True))
            if is_kin(item.feature, c) and (c.country in countries or not countries)
        ]
        if named:
            return replace(item, candidate=item.name.candidates[max(named)[2]], probability=FEATURE_NAMED)
        return item if known and not foreign else replace(item, candidate=None, probability=FEATURE_UNPLACED)
    if _COMPASS_NAME.fullmatch(first.name) and (foreign or not known):
        return None  # "the West Coast" is somewhere in the story's country, not a region of New Zealand
    if known:
        return item
    at_home = _largest_in(item.name.candidates, countries)
    if at_home is not None and (first.called or first.label is not None):
        return replace(item, candidate=at_home, probability=LARGEST)
    # Of two as alike, a division before a hamlet: divisions are what reports name. A name that the
    # gazetteer has elsewhere is some hamlet's only where it sounds just so.
    near = gazetteer.similar(first.name, countries)
    near = [c for c in near if place is None or (c.feature == "ADM1" and c.similarity == 1.0)]
    near = [c for c in near if c.feature == "ADM1" or _is_within_reach(first.name, c, known_towns)]
    if near:
        best = max(near, key=lambda c: (c.similarity, c.feature == "ADM1", c.population))
        return replace(item, candidate=best, probability=round(SIMILAR * best.similarity, 4))
    unplaced = first.called or (item.candidate is None and first.label in ("GPE", "LOC"))
    return replace(item, candidate=None, probability=FEATURE_UNPLACED) if unplaced else None


def _largest_in(candidates: Iterable[Candidate], countries: Container[str]) -> Candidate | None:
    """The town of a report's country that bears a name, where it dwarfs all others there that do."""
    at_home = [
        c for c in candidates if c.country in countries and c.match != "bare" and c.feature.startswith("PPL")
    ]
    at_home.sort(key=lambda c: -c.population)
    if not at_home or at_home[0].population < LEAST_TOWN:
        return None
    return at_home[0] if len(at_home) == 1 or at_home[0].population >= 5 * at_home[1].population else None


def _is_within_reach(name: str, town: Candidate, known_towns: Iterable[Candidate]) -> bool:
    """Whether a town may be another spelling of `name`: a name of some length, near what the report is about.

    "Shire" and "Sira" share two consonants, and so do hundreds of towns.
    """
    long_enough = len(skeleton(name_key(name))) >= LEAST_CONSONANTS
    return long_enough and any(_apart(town, other) <= NEAR_KM for other in known_towns)


_DISTANCE: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(km|kilomet(?:er|re)s?|miles?|mi)\.?\s+(?:\(\d[^)]*\)\s+)?(?:to the )?"
    r"((?:north|south|east|west)[a-z-]*)?\s*(?:of|from)\s+",
    re.IGNORECASE,
)
_BEARINGS: Final = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
    "northwest": 315,
}  # fmt: skip


def _heed_distances(doc: Doc, located: Sequence[Located]) -> list[Located]:
    """Hold names to "X, 120 km west of Y": X's candidate at about that distance, or a position reckoned
    from it."""
    result = list(located)
    for match in _DISTANCE.finditer(doc.text):
        subject = _nearest(result, match.start(), after=False)
        anchor = _nearest(result, match.end(), after=True)
        if subject is None or anchor is None or subject == anchor:
            continue
        place, item = result[anchor].candidate, result[subject]
        if place is None or place.feature in ("PCLI", "CONT"):
            continue
        km = float(match[1].replace(",", "")) * (1.609 if match[2].lower().startswith("mi") else 1.0)
        fits = [
            (score, candidate.population, candidate.name, candidate)
            for score, candidate in zip(item.scores, item.name.candidates, strict=True)
            if abs(_apart(candidate, place) - km) <= max(25.0, 0.4 * km)
        ]
        if fits and not item.feature:
            score, _, _, candidate = max(fits, key=lambda fit: fit[:3])
            result[subject] = replace(item, candidate=candidate, probability=max(score, AT_DISTANCE))
        elif (item.candidate is None or item.feature) and match[3]:
            bearing = _BEARINGS.get(re.sub(r"-|erly$|ern$|wards?$", "", match[3].lower()))
            if bearing is not None:
                result[subject] = replace(item, position=_moved(place, km, bearing))
    return result


_BESIDE: Final = re.compile(
    r",?\s+(?:(?:just |to the )?(?:north|south|east|west)[a-z-]* )?(?:in|of|near|outside|at)\s+(?:the\s+)?"
    r"(?:(?:town|city|capital|village|port)(?: city)?\s+of\s+|capital,?\s+)?"
)


def _beside_towns(doc: Doc, located: Sequence[Located]) -> list[Located]:
    """Give a feature that the gazetteer lacks the position of the town that it is named with.

    "The X camp near Y", "Y's X district"; elsewhere its position stays unknown.
    """
    text = doc.text
    towns = {
        span_of(mention.tokens): item.candidate
        for item in located
        if item.candidate is not None and not item.feature and item.candidate.feature.startswith("PPL")
        for mention in item.name.mentions
    }
    result = []
    for item in located:
        if item.feature and item.candidate is None and item.position is None:
            for start, end in (span_of(m.tokens) for m in item.name.mentions if m.feature):
                for (first, last), town in towns.items():
                    after = end < first <= end + 40 and _BESIDE.fullmatch(text, end, first)
                    if after or text[last:start].strip() in ("'s", "’s"):
                        item = replace(item, position=(town.latitude, town.longitude))
        result.append(item)
    return result


def _nearest(located: Sequence[Located], at: int, after: bool) -> int | None:
    """The name mentioned next to a point of the text: within thirty characters after it, or sixty before."""
    gaps = [
        (gap, index)
        for index, item in enumerate(located)
        for start, end in (span_of(mention.tokens) for mention in item.name.mentions)
        if 0 <= (gap := start - at if after else at - end) <= (30 if after else 60)
    ]
    return min(gaps)[1] if gaps else None


def _apart(one: Candidate, other: Candidate) -> float:
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)


def _moved(place: Candidate, km: float, bearing: float) -> tuple[float, float]:
    """The point so far from `place` in that direction, to a hundredth of a degree."""
    degree_km = math.radians(1) * EARTH_KM
    north = km * math.cos(math.radians(bearing)) / degree_km
    east = (
        km * math.sin(math.radians(bearing)) / (degree_km * max(0.1, math.cos(math.radians(place.latitude))))
    )
    return round(place.latitude + north, 2), round(place.longitude + east, 2)


def _records(doc: Doc, located: Sequence[Located]) -> tuple[Place, ...]:
    """One record a place: names that mean the same one are joined."""
    countries = _countries_of(doc, located)
    context = countries.most_common(1)[0][0] if countries else None
    joined: dict[tuple[str, int | str], list[Located]] = {}
    for item in located:
        joined.setdefault(_identity(item), []).append(item)
    places = [_record(group, context) for group in joined.values()]
    places.sort(key=lambda place: place.mentions)
    return tuple(replace(place, id=f"p{number}") for number, place in enumerate(places, 1))


def _identity(item: Located) -> tuple[str, int | str]:
    if item.candidate is None or (item.feature and not is_kin(item.feature, item.candidate)):
        # "Al-Tamina" and "al-Tameena air base" are one.
        return "unknown", sounding(name_key(item.name.mentions[0].name))
    return "known", item.candidate.geonameid or item.candidate.name


def _record(group: Sequence[Located], context: str | None) -> Place:
    """`context` is the country of a place that the gazetteer lacks: the one that the report names most."""
    spans = tuple(sorted(span_of(mention.tokens) for item in group for mention in item.name.mentions))
    best = max(group, key=lambda item: (item.feature is not None, item.probability))
    certainty = max(mention.score for item in group for mention in item.name.mentions)
    confidence = round(certainty * best.probability, 2)
    c = best.candidate
    if c is None or (best.feature and not is_kin(best.feature, c)):
        latitude, longitude = best.position or ((c.latitude, c.longitude) if c else (None, None))
        return Place(
            id="", name=_printed_name(best), latitude=latitude, longitude=longitude,
            country=c.country if c else context, admin1=c.admin1_name if c else None, feature=best.feature,
            mentions=spans, confidence=min(confidence, FEATURE_UNPLACED) if c is None else confidence,
            inferred=True,
        )  # fmt: skip
    return Place(
        id="", name=c.name, geonameid=c.geonameid, latitude=c.latitude, longitude=c.longitude,
        country=c.country,
        admin1=c.admin1_name, feature=c.feature, mentions=spans, confidence=confidence,
        inferred=c.inferred or c.match == "similar",
    )  # fmt: skip


def _printed_name(item: Located) -> str:
    """A name that the gazetteer lacks, with the feature's word but without quotation marks."""
    mention = next((m for m in item.name.mentions if m.feature), item.name.mentions[0])
    return mention.tokens.text.translate(_NO_QUOTES)


_NO_QUOTES: Final = {ord(mark): None for mark in QUOTES}


class PlaceFinder:
    """The component: writes `doc._.places`."""

    def __init__(self, gazetteer: Gazetteer, models: PlaceModels) -> None:
        self._gazetteer = gazetteer
        self._models = models

    @property
    def models(self) -> dict[str, str]:
        """The digests of the weights and of the gazetteer: both have a say in what is found."""
        return {**self._models.digests, "gazetteer": self._gazetteer.about.digest}

    def __call__(self, doc: Doc) -> Doc:
        doc._.places = find_places(doc, self._gazetteer, self._models)
        return doc


@Language.factory(
    "sitrep_places",
    default_config={"gazetteer": None},
    assigns=["doc._.places"],
    requires=["doc.ents", "token.pos", "token.dep"],
)
def make_place_finder(nlp: Language, name: str, gazetteer: str | None) -> PlaceFinder:
    """`gazetteer` is the path of a compiled gazetteer; None for the one in use."""
    return PlaceFinder(Gazetteer(Path(gazetteer) if gazetteer else None), PlaceModels())
