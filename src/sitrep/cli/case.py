"""`sitrep add`, and asking a case: its events, incidents, actors, claims, control; search and accuracy."""

from __future__ import annotations

import csv
import getpass
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from sitrep.case import Case, CaseError, Filter, open_case
from sitrep.case.file import SUFFIX
from sitrep.cli import case_views as views
from sitrep.cli.actors import actors_app
from sitrep.cli.adding import add_documents, bring_up_to_date
from sitrep.cli.app import FAILED, Field, Published, Sources, Tally, app, out, settings, talk
from sitrep.cli.app import calendar_day as calendar_day
from sitrep.cli.coding import Workers
from sitrep.export.csv import safe
from sitrep.read import read
from sitrep.records import to_json
from sitrep.terminal import counted, steps, with_progress

CASE_VARIABLE = "SITREP_CASE"


class Rows(StrEnum):
    """How answers look on stdout."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


CaseFile = Annotated[
    Path | None,
    typer.Option(
        "--case", metavar="FILE", envvar=CASE_VARIABLE, show_envvar=True,
        help=f"The case; without it, the only *{SUFFIX} in this folder.",
    ),
]  # fmt: skip
Shape = Annotated[
    Rows | None,
    typer.Option("--format", help="How answers look on stdout; a table on a terminal, else JSONL."),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many.")]
Actor = Annotated[
    str | None,
    typer.Option("--actor", metavar="NAME", help="Who did it or to whom: part of a name, or an id."),
]
According = Annotated[
    str | None, typer.Option("--according-to", metavar="NAME", help="By whose word: part of a name.")
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE[/MODE]", help="PLOVER's type: ASSAULT, or COERCE/seize.")
]
PlaceName = Annotated[
    str | None,
    typer.Option("--place", metavar="NAME", help="A place, and all in it if it is a province or country."),
]
Near = Annotated[
    str | None, typer.Option("--near", metavar="LAT,LON,KM", help="Within so many kilometres of a point.")
]
Country = Annotated[
    str | None, typer.Option("--country", metavar="NAME", help="Where it was: a country or its ISO code.")
]
Since = Annotated[
    date | None,
    typer.Option("--from", parser=calendar_day, metavar="YYYY-MM-DD", help="Not before this day."),
]
Until = Annotated[
    date | None, typer.Option("--to", parser=calendar_day, metavar="YYYY-MM-DD", help="Not after this day.")
]
Status = Annotated[
    str | None, typer.Option("--status", help="happened, planned, possible, denied or called_for.")
]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Told by this publisher.")]
Decided = Annotated[
    str | None,
    typer.Option("--decision", help="accepted, rejected, corrected, or none for what nobody judged."),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", envvar="SITREP_WHO", show_envvar=True, help="Who decides; else your login."
    ),
]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="For whoever reads it later.")]


def case_file(given: Path | None) -> Path:
    """The case meant: the one given, else the only one in the working folder."""
    if given is not None:
        return given
    found = sorted(Path().glob(f"*{SUFFIX}"))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(str(path) for path in found)
        raise typer.BadParameter(
            f"There are several cases here: {names}. Say which with --case FILE.", param_hint="--case"
        )
    raise typer.BadParameter(
        f"There is no case in this folder. Name one with --case NAME{SUFFIX}, or set {CASE_VARIABLE}.",
        param_hint="--case",
    )


@contextmanager
def opened(given: Path | None, *, write: bool = False, create: bool = False) -> Iterator[Case]:
    """The case, open; what goes wrong with it is said, and ends the command with 1."""
    path = case_file(given)
    try:
        with open_case(path, create=create, read_only=not write) as case:
            yield case
    except CaseError as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error


def decider(by: str | None) -> str:
    return by or getpass.getuser()


def asked_for(
    actor: str | None = None,
    according: str | None = None,
    type: str | None = None,
    place: str | None = None,
    near: str | None = None,
    country: str | None = None,
    since: date | None = None,
    until: date | None = None,
    status: str | None = None,
    publisher: str | None = None,
    decision: str | None = None,
    incident: str | None = None,
) -> Filter:
    return Filter(
        actor=actor,
        source=according,
        type=type,
        place=place,
        near=_point(near),
        country=country,
        since=since,
        until=until,
        status=status,
        publisher=publisher,
        decision=decision,
        incident=incident,
    )


def _point(text: str | None) -> tuple[float, float, float] | None:
    if text is None:
        return None
    try:
        latitude, longitude, kilometres = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(
            f'"{text}" is no point. Write latitude, longitude and kilometres: 32.9,13.2,50',
            param_hint="--near",
        ) from None
    return latitude, longitude, kilometres


def show(
    records: Sequence[Any],
    shape: Rows | None,
    view: Callable[[Sequence[Any]], RenderableType],
    flat: Callable[[Any], Mapping[str, Any]],
    nothing: str,
) -> None:
    """Print records: a table on a terminal, else whole records as JSON, or flat rows as CSV."""
    shape = shape or (Rows.table if out.is_terminal else Rows.jsonl)
    if shape is Rows.table:
        if records:
            out.print(view(records))
        else:
            talk.print(nothing, highlight=False)
    elif shape is Rows.csv:
        sys.stdout.write(_csv([flat(record) for record in records]))
    elif shape is Rows.json:
        sys.stdout.write(
            json.dumps([to_json(record) for record in records], ensure_ascii=False, indent=1) + "\n"
        )
    else:
        for record in records:
            sys.stdout.write(json.dumps(to_json(record), ensure_ascii=False) + "\n")


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: safe(_cell(value)) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return "; ".join(str(one) for one in value) if isinstance(value, (list, tuple)) else value


# ---------------------------------------------------------------------------------------------------- adding


@app.command("add", epilog="Example: sitrep add news/ --case libya.sitrep")
def add_command(
    sources: Sources,
    case: CaseFile = None,
    published: Published = None,
    field: Field = None,
    workers: Workers = 1,
) -> None:
    """Code reports and keep them in a case. What the case holds already is not coded again."""
    tally, outcomes = Tally(), Counter[str]()
    with opened(case, write=True, create=True) as opened_case:
        bring_up_to_date(opened_case)
        documents = tally.documents(read(sources, settings(published, field)))
        reports = add_documents(documents, opened_case, tally, outcomes, workers)
        try:
            for _ in with_progress(reports, talk, "adding"):
                pass
        finally:
            _say_added(outcomes, tally.events, len(opened_case))
    if tally.skipped:
        raise typer.Exit(FAILED)


def _say_added(outcomes: Counter[str], events: int, held: int) -> None:
    told = [f"{counted(outcomes['added'], 'report')} added, {counted(events, 'event')}"]
    if outcomes["replaced"]:
        told.append(f"{outcomes['replaced']:,} coded anew")
    if outcomes["unchanged"]:
        told.append(f"{outcomes['unchanged']:,} held already")
    talk.print(f"{'; '.join(told)}. The case holds {counted(held, 'report')}.", highlight=False)


@app.command("rebuild", epilog="Example: sitrep rebuild --case libya.sitrep")
def rebuild_command(
    case: CaseFile = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Say whether it comes out as it was; takes memory on a large case."),
    ] = False,
) -> None:
    """Find all that follows from a case's reports and decisions anew. Reading goes on meanwhile."""
    with opened(case, write=True) as opened_case:
        check = check and opened_case.is_current
        before = opened_case.derived() if check else None
        with steps(talk, "rebuilding") as progress:
            opened_case.rebuild(progress)
        after, held = opened_case.derived() if check else None, len(opened_case)
    told = "" if not check else " It is what was there." if before == after else " It differs from before."
    talk.print(f"{counted(held, 'report')} gone through.{told}", highlight=False)


# ---------------------------------------------------------------------------------------------------- asking


@app.command("events", epilog="Example: sitrep events --actor Haftar --type ASSAULT --from 2020-06-01")
def events_command(
    case: CaseFile = None, actor: Actor = None, type: Type = None, place: PlaceName = None, near: Near = None,
    country: Country = None, since: Since = None, until: Until = None, status: Status = None,
    publisher: Publisher = None, according: According = None, decision: Decided = None, limit: Limit = None,
    format: Shape = None,
) -> None:  # fmt: skip
    """List events: each with its parties, place, days, status, and by whose word."""
    asked = asked_for(actor, according, type, place, near, country, since, until, status, publisher, decision)
    with opened(case) as opened_case:
        rows = opened_case.events(asked, limit)
    show(rows, format, views.events_view, lambda row: row, "No event of the case is like that.")


@app.command("incidents", epilog="Example: sitrep incidents --place Tarhuna --sources 2")
def incidents_command(
    case: CaseFile = None, actor: Actor = None, type: Type = None, place: PlaceName = None, near: Near = None,
    country: Country = None, since: Since = None, until: Until = None, status: Status = None,
    publisher: Publisher = None, according: According = None,
    sources: Annotated[int, typer.Option(min=1, help="Told by so many that do not copy each other.")] = 1,
    limit: Limit = None, format: Shape = None,
) -> None:  # fmt: skip
    """List incidents: what several reports tell of one event, what differs, and how credible it is."""
    asked = asked_for(actor, according, type, place, near, country, since, until, status, publisher)
    with opened(case) as opened_case:
        found = opened_case.incidents(asked, sources, limit)
    show(found, format, views.incidents_view, _flat_incident, "No incident of the case is like that.")


def _flat_incident(one: Any) -> dict[str, Any]:
    return {
        "incident": one.id, "type": one.type, "mode": one.mode, "status": one.status,
        "earliest": one.earliest, "latest": one.latest, "place": one.place.name if one.place else None,
        "latitude": one.place.latitude if one.place else None,
        "longitude": one.place.longitude if one.place else None,
        "country": one.place.country if one.place else None,
        "who": [party.name for party in one.actors], "whom": [party.name for party in one.recipients],
        **{
            f"{name}_{bound}": getattr(getattr(one, name), bound, None)
            for name in ("killed", "injured", "crowd")
            for bound in ("low", "high")
        },
        "publishers": one.publishers, "sources": len({account.origin for account in one.accounts}),
        "agreed": one.agreed, "differs": [difference.field for difference in one.differs],
        "credibility": one.credibility.grade, "reason": one.credibility.reason, "confidence": one.confidence,
    }  # fmt: skip


@actors_app.callback(
    invoke_without_command=True, epilog="Example: sitrep actors --name Haftar --case libya.sitrep"
)
def actors_command(
    context: typer.Context,
    case: CaseFile = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of any of its names, or its id.")
    ] = None,
    country: Country = None,
    reports: Annotated[int, typer.Option(min=1, help="Named in so many reports.")] = 1,
    limit: Limit = None,
    format: Shape = None,
) -> None:
    """List the actors of a case, and what each publisher calls them; or manage lists of your own."""
    if context.invoked_subcommand is not None:
        return
    with opened(case) as opened_case:
        found = opened_case.actors(name, country, reports, limit)
    show(
        found, format, lambda actors: views.actors_view(actors, all_wordings=name is not None), _flat_actor,
        "No actor of the case is like that.",
    )  # fmt: skip


def _flat_actor(one: Any) -> dict[str, Any]:
    return {
        "actor": one.id, "name": one.name, "kind": one.kind, "country": one.country, "sectors": one.sectors,
        "reports": one.reports, "names": one.names,
        "wordings": [f"{word.publisher or ''}: {word.wording} ({word.reports})" for word in one.wordings],
    }  # fmt: skip


@app.command("claims", epilog='Example: sitrep claims --according-to "Haftar" --contradicted')
def claims_command(
    case: CaseFile = None, actor: Actor = None, type: Type = None, place: PlaceName = None, near: Near = None,
    country: Country = None, since: Since = None, until: Until = None, status: Status = None,
    publisher: Publisher = None, according: According = None,
    incident: Annotated[str | None, typer.Option(metavar="ID", help="Of one incident.")] = None,
    contradicted: Annotated[bool, typer.Option("--contradicted", help="Only where another says no.")] = False,
    limit: Limit = None, format: Shape = None,
) -> None:  # fmt: skip
    """List what each source has said of which incident, and which claims contradict each other."""
    asked = asked_for(
        actor, according, type, place, near, country, since, until, status, publisher, None, incident
    )
    with opened(case) as opened_case:
        found = opened_case.claims(asked, contradicted, limit)
    show(found, format, views.claims_view, _flat_claim, "No claim of the case is like that.")


def _flat_claim(one: Any) -> dict[str, Any]:
    return {
        "source": one.claim.source.name, "stance": one.claim.stance, "type": one.type, "status": one.status,
        "said": one.claim.said, "sentence": one.sentence, "incident": one.claim.incident,
        "event": one.claim.telling,
        "contradicts": one.claim.contradicts, "publisher": one.publisher, "report": one.report,
    }  # fmt: skip


@app.command("control", epilog="Example: sitrep control --at 2020-06-10 --country Libya")
def control_command(
    case: CaseFile = None,
    at: Annotated[
        date | None, typer.Option(parser=calendar_day, metavar="YYYY-MM-DD", help="Who held it on this day.")
    ] = None,
    place: PlaceName = None,
    country: Country = None,
    holder: Annotated[str | None, typer.Option(metavar="NAME", help="Part of the holder's name.")] = None,
    format: Shape = None,
) -> None:
    """List who held which place from when to when, and by whose word."""
    with opened(case) as opened_case:
        found = opened_case.control(place, country, at, holder)
    show(found, format, views.control_view, _flat_holding, "Nothing tells who held such a place then.")


def _flat_holding(one: Any) -> dict[str, Any]:
    holding = one.holding
    return {
        "place": one.place.name, "key": one.place.id, "latitude": one.place.latitude,
        "longitude": one.place.longitude, "country": one.place.country,
        "holder": holding.holder.name if holding.holder else None, "since": holding.since,
        "until": holding.until,
        "basis": holding.basis, "contested": holding.contested,
        "according_to": [party.name for party in holding.claimants], "events": holding.tellings,
    }  # fmt: skip


@app.command("search", epilog='Example: sitrep search "mass graves" --publisher "Harbour Wire"')
def search_command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help='Words, "a phrase", a OR b, begin*.')],
    case: CaseFile = None, actor: Actor = None, type: Type = None, place: PlaceName = None, near: Near = None,
    country: Country = None, since: Since = None, until: Until = None, status: Status = None,
    publisher: Publisher = None, according: According = None, limit: Limit = 20, format: Shape = None,
) -> None:  # fmt: skip
    """Find reports by their words, the best first; with filters, those that tell such an event."""
    asked = asked_for(actor, according, type, place, near, country, since, until, status, publisher)
    with opened(case) as opened_case:
        found = opened_case.search(" ".join(words), asked, limit)
    show(found, format, views.hits_view, to_json, "No report of the case has these words.")


@app.command("grade", epilog='Example: sitrep grade "Harbour Wire" B --why "checks its sources"')
def grade_command(
    publisher: Annotated[
        str | None, typer.Argument(help="Whom to grade; without it, all are listed.")
    ] = None,
    grade: Annotated[
        str | None, typer.Argument(help="A (reliable) to F (cannot be judged), or none.")
    ] = None,
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
    format: Shape = None,
) -> None:
    """Grade publishers by the Admiralty code, or list the grades. Nobody is graded unless you do."""
    if publisher is not None and grade is None:
        raise typer.BadParameter("Say which grade: A to F, or none.", param_hint="GRADE")
    with opened(case, write=publisher is not None) as opened_case:
        if publisher is not None and grade is not None:
            letter = None if grade.casefold() == "none" else grade.upper()
            opened_case.review.grade(publisher, letter, who=decider(by), why=why)
            talk.print(f"{publisher}: {letter or 'not graded'}", highlight=False, markup=False)
            return
        grades = opened_case.review.grades()
    rows = [{"publisher": name, "grade": given} for name, given in grades.items()]
    show(rows, format, lambda _: views.grades_view(grades), lambda row: row, "The case names no publisher.")
