"""Which incidents of a period a brief tells, in which section and order, and what each sentence rests on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sitrep.brief.document import Bar, Brief, Mark, Note, Section, Sentence
from sitrep.brief.material import Material
from sitrep.brief.phrases import day, listed, place_name, tell, tell_difference, tell_holding, tell_support
from sitrep.ontology import QUADS, quad, score
from sitrep.records import Incident
from sitrep.situation.grades import independent_sources
from sitrep.situation.places import is_wide, place_key

# Acts by words: told under who said what, after what was done.
_WORDS: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_OFTEN: Final = 3  # sentences of one assessment
_NOTES: Final = 3  # of independent sources a sentence cites; the incident's page has all


def write_brief(material: Material, start: date, end: date, limit: int = 40) -> Brief:
    """The situation from `start` to `end`, both inclusive; at most `limit` incidents a section.

    The gravest come first, and every sentence carries the words it rests on. Raises `ValueError` where the
    days are the wrong way round.
    """
    if start > end:
        raise ValueError(f"The brief begins on {start}, after it ends on {end}. Swap the days.")
    incidents = sorted(
        (i for i in material.incidents if start <= (_day_of(material, i) or date.min) <= end),
        key=_gravity,
        reverse=True,
    )
    real = [i for i in incidents if i.status == "happened"]
    sections: tuple[Section, ...] = (
        Section("What happened", tuple(_told(material, [i for i in real if i.type not in _WORDS][:limit]))),
        Section("What changed hands", tuple(_changes(material, start, end))),
        Section("Who said what", tuple(_told(material, [i for i in real if i.type in _WORDS][:limit]))),
        Section(
            "What is planned or called for",
            tuple(_told(material, [i for i in incidents if i.status in {"planned", "called_for"}][:limit])),
        ),
        Section("What is denied or uncertain", tuple(_doubts(material, incidents, limit))),
    )
    usual = _usual(sections)
    sections = tuple(_without(usual, section) for section in sections)
    used = {key.rpartition("/")[0] for i in incidents for account in i.accounts for key in account.tellings}
    publishers = {material.reports[report].publisher for report in used if report in material.reports}
    return Brief(
        title=f"Situation from {day(start)} to {day(end)}" if start != end else f"Situation on {day(start)}",
        start=start,
        end=end,
        reports=len(used),
        publishers=len(publishers - {None}),
        sections=tuple(section for section in sections if section.sentences),
        marks=marks_of(real),
        bars=_bars(real, start, end),
        usual=usual,
    )


def _usual(sections: Iterable[Section]) -> str | None:
    """The assessment that most sentences have, where it is worth saying once instead."""
    counts = Counter(one.assessment for section in sections for one in section.sentences if one.assessment)
    return next((usual for usual, count in counts.most_common(1) if count >= _OFTEN), None)


def _without(usual: str | None, section: Section) -> Section:
    sentences = (
        replace(one, assessment=None) if one.assessment == usual else one for one in section.sentences
    )
    return Section(section.heading, tuple(sentences))


def _day_of(material: Material, incident: Incident) -> date | None:
    """The last day it may have been; of what has none, as plans and denials do, that on which it was told."""
    when = incident.latest or incident.earliest
    if when is not None and incident.status == "happened":
        return when
    told = [
        material.tellings[key]
        for account in incident.accounts
        for key in account.tellings
        if key in material.tellings
    ]
    return min((telling.published for telling in told if telling.published), default=when)


def _gravity(incident: Incident) -> tuple[float, str]:
    """How much an incident weighs: its type's distance from nought, its dead, and who tells of it."""
    killed = incident.killed.low if incident.killed else 0
    sources = independent_sources(incident.accounts)
    weight = abs(score(incident.type, incident.mode)) + 2 * math.log2(1 + killed) + 2 * (sources - 1)
    return weight, incident.id


def _told(material: Material, incidents: Iterable[Incident]) -> Iterator[Sentence]:
    for incident in incidents:
        notes = first_notes(material, incident)
        if notes:
            said = (notes[0].words,) if incident.type in _WORDS else ()
            yield Sentence(tell(incident), notes, tell_support(incident), said)


def _changes(material: Material, start: date, end: date) -> Iterator[Sentence]:
    """What was taken, left or handed over in the period, then what is said of who holds what."""
    within = [
        (place, holding)
        for place, holding in material.holdings
        if holding.since is not None and start <= holding.since <= end
    ]
    for place, holding in sorted(
        within, key=lambda pair: (pair[1].basis == "stated", pair[1].since, pair[0].name)
    ):
        notes = cite(material, holding.tellings)
        if notes:
            yield Sentence(tell_holding(place_name(place), holding), notes)


def _doubts(material: Material, incidents: Sequence[Incident], limit: int) -> Iterator[Sentence]:
    """Where accounts contradict each other, what is only possible or denied, and what few would believe."""
    for incident in incidents[:limit]:
        if incident.status in {"possible", "denied"}:
            yield from _told(material, [incident])
            continue
        denials = [account for account in incident.accounts if account.stance == "denies"]
        if denials:
            notes = cite(material, [key for account in denials for key in account.tellings])
            by = [
                account.by[-1].name if account.by else account.publishers[0]
                for account in denials
                if account.by or account.publishers
            ]
            if notes and by:
                yield Sentence(f"{tell(incident)} Denied by {listed(list(dict.fromkeys(by)))}.", notes)
        for difference in incident.differs:
            origins = [origin for _, tellers in difference.values for origin in tellers]
            keys = [
                key
                for account in incident.accounts
                if account.origin in origins
                for key in account.tellings[:1]
            ]
            values = [
                (value, [teller(material, origin) for origin in tellers])
                for value, tellers in difference.values
            ]
            notes = cite(material, keys)
            if notes and difference.field in {
                "actors",
                "recipients",
                "killed",
                "injured",
                "crowd",
                "days",
                "place",
            }:
                yield Sentence(f"{tell(incident)} {tell_difference(difference.field, values)}", notes)


def teller(material: Material, report: str) -> str:
    """By what a reader knows a report: its publisher, else its title or where it was read."""
    found = material.reports.get(report)
    return (found.publisher or found.title or found.where) if found else report


def first_notes(material: Material, incident: Incident) -> tuple[Note, ...]:
    """The first telling of each independent source, those that stand behind the incident first."""
    order = {"asserts": 0, "attributes": 1, "expects": 2, "denies": 3}
    accounts = sorted(incident.accounts, key=lambda account: (order[account.stance], account.origin))
    once = {account.origin: account.tellings[0] for account in reversed(accounts)}
    return cite(material, [once[origin] for origin in dict.fromkeys(a.origin for a in accounts)][:_NOTES])


def cite(material: Material, keys: Iterable[str]) -> tuple[Note, ...]:
    """The words of these tellings and statements, and which report they stand in."""
    found: list[Note] = []
    for key in keys:
        told = material.tellings.get(key) or material.stated.get(key)
        if told is None or told.report not in material.reports:
            continue
        source = material.reports[told.report]
        said = " … ".join(" ".join(part.split()) for part in told.words)
        found.append(Note(said, told.report, source.publisher, source.title, source.published, source.where))
    return tuple(dict.fromkeys(found))


def marks_of(incidents: Sequence[Incident]) -> tuple[Mark, ...]:
    """The places of these incidents, but for countries and provinces, which are no place."""
    places: dict[str, list[Incident]] = {}
    for incident in incidents:
        place = incident.place
        if place is not None and place.latitude is not None and not is_wide(place):
            places.setdefault(place_key(place), []).append(incident)
    marks: list[Mark] = []
    for _, there in sorted(places.items()):
        place = there[0].place
        if place is None or place.latitude is None or place.longitude is None:
            continue
        worst = max(there, key=_gravity)
        marks.append(Mark(place.name, place.latitude, place.longitude, quad(worst.type), len(there)))
    return tuple(marks)


def _bars(incidents: Sequence[Incident], start: date, end: date) -> tuple[Bar, ...]:
    counts: dict[date, Counter[str]] = {}
    for incident in incidents:
        when = incident.latest or incident.earliest
        if when is not None and start <= when <= end:
            counts.setdefault(when, Counter())[quad(incident.type)] += 1
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return tuple(
        Bar(when, tuple((name, counts[when][name]) for name in QUADS if counts[when][name]))
        for when in days
        if when in counts
    )
