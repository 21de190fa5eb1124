"""Where: the places that a report names, linked to the gazetteer.

Names come from the entity recogniser and the gazetteer (`names`), each judged by a small learned model;
what a name means is chosen by a second one from what else the report names (`ranking`). A demonym is
evidence of a country and no place of its own. A feature that the text names and the gazetteer lacks ("the
Tamina air base") is kept without a position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from sitrep.coding.annotations import span_of
from sitrep.coding.places.bearings import beside_towns, heed_distances
from sitrep.coding.places.features import QUOTES
from sitrep.coding.places.meaning import Located, countries_of, locate_names
from sitrep.coding.places.names import is_kin
from sitrep.coding.places.parts import by_side
from sitrep.coding.places.ranking import group_names
from sitrep.coding.places.recognition import recognise_names
from sitrep.coding.places.thresholds import FEATURE_UNPLACED
from sitrep.coding.places.weights import PlaceModels
from sitrep.gazetteer import Gazetteer
from sitrep.gazetteer.names import name_key, sounding
from sitrep.gazetteer.parts import PART, part_name
from sitrep.records import Place


def find_places(doc: Doc, gazetteer: Gazetteer, models: PlaceModels) -> tuple[Place, ...]:
    """The places of a report, one record for each however often it is named, in the order of first
    mention."""
    named = recognise_names(doc, gazetteer, models)
    located = locate_names(doc, group_names(named), gazetteer, models)
    return _records(doc, beside_towns(doc, heed_distances(doc, located)))


def _records(doc: Doc, located: Sequence[Located]) -> tuple[Place, ...]:
    """One record a place: names that mean the same one are joined."""
    countries = countries_of(doc, located)
    context = countries.most_common(1)[0][0] if countries else None
    joined: dict[tuple[str | None, str, int | str], list[Located]] = {}
    for whole in located:
        for side, item in by_side(whole):
            joined.setdefault((side, *_identity(item)), []).append(item)
    places = [_record(group, side, context) for (side, *_), group in joined.items()]
    places.sort(key=lambda place: place.mentions)
    return tuple(replace(place, id=f"p{number}") for number, place in enumerate(places, 1))


def _identity(item: Located) -> tuple[str, int | str]:
    if item.candidate is None or (item.feature and not is_kin(item.feature, item.candidate)):
        # "Al-Tamina" and "al-Tameena air base" are one.
        return "unknown", sounding(name_key(item.name.mentions[0].name))
    return "known", item.candidate.geonameid or item.candidate.name


def _record(group: Sequence[Located], side: str | None, context: str | None) -> Place:
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
    if side is not None:
        return Place(
            id="", name=part_name(side, c.name), latitude=c.latitude, longitude=c.longitude,
            country=c.country, admin1=c.admin1_name, feature=PART, mentions=spans, confidence=confidence,
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
