"""What a brief is written from: incidents and holdings of a period of a case, and the words behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sitrep.case import Case, Filter
from sitrep.records import Holding, Incident, Place, Report, Stated, Telling
from sitrep.situation.tellings import stated_in


@dataclass(frozen=True, slots=True)
class Cited:
    """A report as a footnote names it."""

    title: str | None
    publisher: str | None
    published: date | None
    where: str


@dataclass(frozen=True, slots=True)
class Material:
    """Incidents and holdings, and what they rest on: tellings and statements by key, reports by id."""

    incidents: Sequence[Incident]
    holdings: Sequence[tuple[Place, Holding]]
    tellings: Mapping[str, Telling]
    stated: Mapping[str, Stated]
    reports: Mapping[str, Cited]


def cited(report: Report) -> Cited:
    return Cited(report.title, report.publisher, report.published, report.url or report.source)


def gather_incident(case: Case, id: str) -> Material:
    """One incident with all its tellings. Raises `KeyError` where the case has no such incident."""
    incident = case.incident(id)
    tellings = {telling.key: telling for telling in case.tellings(Filter(incident=id))}
    ids = {telling.report for telling in tellings.values()} | {one.origin for one in incident.accounts}
    reports = {report: cited(case.report(report)) for report in sorted(ids)}
    return Material(incidents=[incident], holdings=[], tellings=tellings, stated={}, reports=reports)


def gather(case: Case, start: date, end: date) -> Material:
    """All of the case that bears on the days from `start` to `end`, both inclusive."""
    asked = Filter(since=start, until=end)
    tellings = {telling.key: telling for telling in case.tellings(asked)}
    holdings = [
        (held.place, held.holding)
        for held in case.control()
        if held.holding.since is not None and start <= held.holding.since <= end
    ]
    needed = {key.rpartition("/")[0] for _, holding in holdings for key in holding.tellings}
    reports = {
        id: case.report(id) for id in sorted(needed | {telling.report for telling in tellings.values()})
    }
    return Material(
        incidents=case.incidents(asked),
        holdings=holdings,
        tellings=tellings,
        stated={one.key: one for report in reports.values() for one in stated_in(report)},
        reports={id: cited(report) for id, report in reports.items()},
    )
