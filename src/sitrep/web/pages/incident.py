"""Incident: everybody's account side by side, what all agree on, what differs, how credible it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from nicegui import ui

from sitrep.brief.phrases import listed, tell
from sitrep.case import Case, Filter
from sitrep.ontology import quad
from sitrep.records import Account, Event, Incident, Party, Report, Spans, Stance, Telling, Toll
from sitrep.web.parts.elements import Tag, keep_as
from sitrep.web.parts.frame import frame, missing, page_state
from sitrep.web.parts.labels import (
    act,
    actor_address,
    credibility_label,
    day,
    days,
    event_address,
    quad_dot,
    report_address,
    status_label,
)
from sitrep.web.parts.living import keep_current
from sitrep.web.parts.sheet import use_sheet
from sitrep.web.parts.tolls import Counted, show_tolls
from sitrep.web.parts.words import passage
from sitrep.web.state import AppState
from sitrep.web.theme import STATUS_NAMES

FIELDS: Final = {
    "type": "What",
    "mode": "How",
    "status": "Did it happen",
    "days": "When",
    "place": "Where",
    "actors": "Who",
    "recipients": "To whom",
    "killed": "Killed",
    "injured": "Injured",
    "crowd": "Took part",
}
_STANCES: Final[dict[Stance, str]] = {
    "asserts": "in its own voice",
    "attributes": "on the word of",
    "denies": "denied by",
    "expects": "as",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An incident with all that its page shows: its tellings by key, the reports that they are from by id.

    `actors` are ids of actors of the case, by the keys of names that stand for them.
    """

    incident: Incident
    tellings: dict[str, Telling]
    reports: dict[str, Report]
    actors: dict[str, str]

    def own(self, account: Account) -> list[Telling]:
        """What the account's origin itself tells; for a denial that only a copy has, the copy's."""
        told = [self.tellings[key] for key in account.tellings if key in self.tellings]
        return [one for one in told if one.report == account.origin] or told[:1]

    def copies(self, account: Account) -> list[Telling]:
        own = self.own(account)
        return [
            self.tellings[key]
            for key in account.tellings
            if key in self.tellings and self.tellings[key] not in own
        ]

    def publisher(self, report: str) -> str:
        found = self.reports.get(report)
        return (found.publisher if found else None) or "unnamed publisher"


@ui.page("/incident/{id}")
async def incident_page(request: Request, id: str) -> None:
    state = page_state(request)
    try:
        told = await asyncio.to_thread(_read, state, id)
    except KeyError:
        missing(
            request, "incident", "/",
            why="A new report or a decision may have joined it to another, or parted it.",
            link=("/", "To the situation"),
        )  # fmt: skip
        return
    with frame(request, _title(told), "/", "incident") as heading:
        use_sheet("incident")

        def show(now: Told) -> None:
            heading.say(_title(now))
            _show(now)

        keep_current(state, told, lambda: _read(state, id), show)


def _title(told: Told) -> str:
    return act(told.incident.type, told.incident.mode)


def _read(state: AppState, id: str) -> Told:
    with state.desk.reading() as case:
        return tell_all(case, id)


def tell_all(case: Case, id: str) -> Told:
    """Raises `KeyError` where the case has no such incident."""
    incident = case.incident(id)
    tellings = {one.key: one for one in case.tellings(Filter(incident=id))}
    ids = {one.report for one in tellings.values()} | {account.origin for account in incident.accounts}
    parties = {
        party.key
        for one in tellings.values()
        for party in (*one.actors, *one.recipients, *one.sources)
        if party.key
    }
    reports = {report: case.report(report) for report in sorted(ids)}
    return Told(incident, tellings, reports, case.overview.actors_of(parties))


def _show(told: Told) -> None:
    _show_head(told)
    _show_comparison(told)
    _show_accounts(told)


# ------------------------------------------------------------------------------------------------- the whole


def _show_head(told: Told) -> None:
    incident = told.incident
    with Tag("section", "", "panel incident-head"):
        Tag("p", tell(incident), "incident-told")
        with Tag("div", "", "row"):
            with Tag("span", "", "row incident-kind"):
                quad_dot(quad(incident.type), incident.status)
                Tag("span", quad(incident.type).capitalize())
            status_label(incident.status)
            Tag("span", days(incident.earliest, incident.latest), "num")
            if incident.place:
                Tag(
                    "a",
                    incident.place.name,
                    href=f"/?{urlencode({'place': incident.place.name})}",
                    title="On the map",
                )
            for party in (*incident.actors, *incident.recipients):
                if party.key in told.actors:
                    Tag("a", party.name, href=actor_address(told.actors[party.key]))
        with Tag("p", "", "incident-grade"):
            Tag("span", "Credibility", "muted")
            credibility_label(incident.credibility.grade)
            Tag("span", incident.credibility.reason, "muted")
        keep_as(f"/api/incidents/{incident.id}/sources", "with all accounts and their words")


def _show_comparison(told: Told) -> None:
    incident = told.incident
    counted = _counted(told)
    if not (incident.agreed or incident.differs or counted):
        return
    with Tag("div", "", "columns incident-compared"):
        with Tag("section", "", "panel"):
            Tag("h2", "What they agree on")
            if incident.agreed:
                with Tag("dl", "", "facts"):
                    for field in _ordered(incident.agreed):
                        Tag("dt", FIELDS.get(field, field))
                        Tag("dd", _value(incident, field))
            else:
                Tag("p", "Nothing: no field is given by two independent sources that agree.", "muted")
            _show_differences(told)
        with Tag("section", "", "panel"):
            Tag("h2", "Tolls")
            if counted:
                show_tolls(counted)
            else:
                Tag("p", "Nobody gives a number of killed, injured or people taking part.", "muted")


def _show_differences(told: Told) -> None:
    differs = told.incident.differs
    Tag("h2", "Where they differ", "incident-differ")
    if not differs:
        few = len({account.origin for account in told.incident.accounts}) < 2
        Tag("p", "Only one source tells of it." if few else "Nowhere that we can tell.", "muted")
        return
    with Tag("table", "", "plain differences"), Tag("tbody"):
        for difference in sorted(differs, key=lambda one: list(FIELDS).index(one.field)):
            for number, (value, origins) in enumerate(difference.values):
                with Tag("tr", "", "first" if not number else ""):
                    if not number:
                        name = FIELDS.get(difference.field, difference.field)
                        Tag("th", name, scope="rowgroup", rowspan=len(difference.values))
                    Tag("td", given(difference.field, value), "differing")
                    with Tag("td", "", "muted"):
                        for place, origin in enumerate(origins):
                            if place:
                                Tag("span", ", ")
                            Tag("a", told.publisher(origin), href=f"#{_anchor(origin)}")


def _counted(told: Told) -> list[tuple[str, list[Counted], Toll]]:
    """Each kind of toll: what each account gives, and the whole range."""
    incident = told.incident
    found = []
    for field in ("killed", "injured", "crowd"):
        whole: Toll | None = getattr(incident, field)
        if whole is None:
            continue
        lines = []
        for account in incident.accounts:
            for telling in told.own(account):
                value: Toll | None = getattr(telling.event, field)
                if value is not None:
                    publisher, by = told.publisher(telling.report), _names(account.by)
                    line = Counted(publisher, by, value, event_address(telling.key))
                    if line not in lines:
                        lines.append(line)
        found.append((FIELDS[field], lines, whole))
    return found


# ---------------------------------------------------------------------------------------------- the accounts


def _show_accounts(told: Told) -> None:
    incident = told.incident
    origins: dict[str, list[Account]] = {}
    for account in incident.accounts:
        origins.setdefault(account.origin, []).append(account)
    Tag(
        "h2",
        f"Accounts in {len(origins)} reports" if len(origins) > 1 else "The one account",
        "accounts-title",
    )
    differing = {difference.field for difference in incident.differs}
    ordered = sorted(origins.items(), key=lambda pair: (_day_of(told, pair[0]), pair[0]))
    with Tag("div", "", "accounts"):
        for origin, accounts in ordered:
            with Tag("section", "", "panel account", id=_anchor(origin), aria_label=told.publisher(origin)):
                _show_origin(told, origin)
                for account in accounts:
                    _show_account(told, account, differing)
                _show_copies(told, accounts)


def _show_origin(told: Told, origin: str) -> None:
    report = told.reports[origin]
    with Tag("div", "", "account-head"):
        Tag("h3", told.publisher(origin))
        Tag("span", day(report.published), "num muted small")
    Tag("a", report.title or "Untitled report", "account-title", href=report_address(origin))


def _show_account(told: Told, account: Account, differing: set[str]) -> None:
    with Tag("div", "", f"account-part stance-{account.stance}"):
        own = told.own(account)
        with Tag("p", "", "account-stance"):
            Tag("span", _STANCES[account.stance], "muted")
            if account.stance == "expects":
                statuses = sorted({STATUS_NAMES[one.event.status].lower() for one in own})
                Tag("span", listed(statuses) + (", by" if account.by else ""), "muted")
            if account.by:
                _show_parties(told, account.by)
        for telling in own:
            event = telling.event
            report = told.reports[telling.report]
            passage(report.text, event.evidence, event.trigger, said_by(report, event))
            with Tag("dl", "", "facts account-facts"):
                for field, text in facts(telling):
                    css = "differing" if field in differing else ""
                    Tag("dt", FIELDS[field])
                    with Tag("dd", "", css):
                        if field in ("actors", "recipients"):
                            _show_parties(told, getattr(telling, field))
                        else:
                            Tag("span", text)
                        if css:
                            Tag("span", " (others differ)", "visually-hidden")
            Tag("a", "In the report, at these words", "small", href=event_address(telling.key))


def _show_parties(told: Told, parties: Sequence[Party]) -> None:
    """Parties in a row, those that the case knows by name each with a link to all that it has of them."""
    with Tag("span"):
        for place, party in enumerate(parties):
            if place:
                Tag("span", " and " if place == len(parties) - 1 else ", ")
            if party.key in told.actors:
                Tag("a", party.name, href=actor_address(told.actors[party.key]))
            else:
                Tag("span", party.name)


def _show_copies(told: Told, accounts: Sequence[Account]) -> None:
    """Those who carry the same text: folded, since they are no further source."""
    copies = {
        one.report: one
        for account in accounts
        for one in told.copies(account)
        if one.report != account.origin
    }
    if not copies:
        return
    with Tag("details", "", "copies"):
        names = listed(sorted({told.publisher(report) for report in copies}))
        Tag("summary", f"Also carried by {names}, not counted as a source")
        with Tag("ul", "", "list"):
            for report, telling in sorted(copies.items()):
                with Tag("li"):
                    Tag("a", told.reports[report].title or "Untitled report", href=event_address(telling.key))
                    Tag(
                        "span",
                        f" {told.publisher(report)}, {day(told.reports[report].published)}",
                        "muted small",
                    )


def said_by(report: Report, event: Event) -> Spans:
    """Who says so and the words for saying it, of everybody by whose word the event is told."""
    quotes = [quote for quote in report.attributions if quote.id in event.according_to]
    return tuple(span for quote in quotes for span in (*quote.source.spans, *quote.cue.spans))


def facts(telling: Telling) -> list[tuple[str, str]]:
    """What a telling gives, a field at a time, for reading."""
    event = telling.event
    when = days(event.earliest, event.latest) if event.earliest or event.latest else ""
    found = (
        ("type", act(event.type, event.mode)),
        ("status", STATUS_NAMES[event.status]),
        ("actors", _names(telling.actors)),
        ("recipients", _names(telling.recipients)),
        ("place", telling.place.name if telling.place else ""),
        ("days", f"{when} (by the day it was told)" if when and event.inferred else when),
        ("killed", str(event.killed or "")),
        ("injured", str(event.injured or "")),
        ("crowd", str(event.crowd or "")),
    )
    return [(field, text) for field, text in found if text]


# ---------------------------------------------------------------------------------------------------- words


def _value(incident: Incident, field: str) -> str:
    """What all say of a field."""
    match field:
        case "type":
            return act(incident.type, None)
        case "mode":
            return (incident.mode or "").replace("-", " ").capitalize()
        case "status":
            return STATUS_NAMES[incident.status]
        case "days":
            return days(incident.earliest, incident.latest)
        case "place":
            return incident.place.name if incident.place else ""
        case "actors" | "recipients":
            return _names(getattr(incident, field))
        case _:
            return str(getattr(incident, field) or "")


def given(field: str, value: str) -> str:
    """A value of a `Difference` for reading."""
    if field == "type":
        return act(value, None)
    if field == "status":
        return STATUS_NAMES.get(value, value)  # type: ignore[call-overload,no-any-return]
    if field == "days":
        first, gap, last = value.partition("..")
        return days(first or None, last or None) if gap else day(value)
    return value.replace("-", " ") if field == "mode" else value


def _names(parties: Sequence[Party]) -> str:
    return listed([party.name for party in parties])


def _ordered(fields: Sequence[str]) -> list[str]:
    return sorted(fields, key=lambda field: list(FIELDS).index(field))


def _anchor(origin: str) -> str:
    return f"account-{origin.removeprefix('sha256:')[:16]}"


def _day_of(told: Told, origin: str) -> str:
    return str(told.reports[origin].published or "9999")
