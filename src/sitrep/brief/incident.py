"""One incident as a document: what is told, everybody's account of it, and the words that each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitrep.brief.document import Brief, Section, Sentence
from sitrep.brief.material import Material
from sitrep.brief.phrases import listed, names, tell, tell_difference, tell_support
from sitrep.brief.write import cite, marks_of, teller
from sitrep.records import Account, Incident


def write_incident(material: Material, incident: Incident) -> Brief:
    """`material` is that of `gather_incident`. Nothing is left out: every telling has its note."""
    told = Sentence(tell(incident), cite(material, _keys(incident)), tell_support(incident))
    sections = (
        Section("What is told", (told,)),
        Section("By whose word", tuple(_accounts(material, incident))),
        Section("Where accounts differ", tuple(_differences(material, incident))),
    )
    days = sorted(one.published for one in material.reports.values() if one.published)
    first = incident.earliest or incident.latest or (days[0] if days else date.min)
    return Brief(
        title=tell(incident).removesuffix("."),
        start=first,
        end=incident.latest or first,
        reports=len(material.reports),
        publishers=len({one.publisher for one in material.reports.values()} - {None}),
        sections=tuple(section for section in sections if section.sentences),
        marks=marks_of([incident]),
        bars=(),
    )


def _keys(incident: Incident) -> list[str]:
    return [key for account in incident.accounts for key in account.tellings]


def _accounts(material: Material, incident: Incident) -> Iterator[Sentence]:
    for account in incident.accounts:
        notes = cite(material, account.tellings)
        if notes:
            yield Sentence(_stance(material, account), notes, None, (notes[0].words,))


def _stance(material: Material, account: Account) -> str:
    by = names(account.by)
    if account.stance == "denies":
        told = f"tells that {by} denied it" if by else "denies it"
    elif account.stance == "expects":
        statuses = {
            material.tellings[key].event.status for key in account.tellings if key in material.tellings
        }
        speaks = f"speaks of it as {listed([one.replace('_', ' ') for one in sorted(statuses)])}"
        told = f"{speaks}, on the word of {by}" if by else speaks
    else:
        told = f"says so on the word of {by}" if by else "says so in its own voice"
    copies = {key.rpartition("/")[0] for key in account.tellings} - {account.origin}
    carried = listed(sorted({teller(material, report) for report in copies}))
    also = f" Carried also by {carried}, which is no further source." if carried else ""
    return f"{teller(material, account.origin)} {told}.{also}"


def _differences(material: Material, incident: Incident) -> Iterator[Sentence]:
    for difference in incident.differs:
        values = [
            (value, [teller(material, origin) for origin in origins]) for value, origins in difference.values
        ]
        origins = {origin for _, its in difference.values for origin in its}
        keys = [key for account in incident.accounts if account.origin in origins for key in account.tellings]
        notes = cite(material, keys)
        if notes:
            yield Sentence(tell_difference(difference.field, values), notes)
