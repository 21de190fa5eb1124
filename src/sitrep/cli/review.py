"""`sitrep review`: what people decide on a case, one command a kind of decision."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from sitrep.case import Case, Filter, ReviewError
from sitrep.case.binding import FIELDS
from sitrep.case.decisions import Decision
from sitrep.case.gold import TASKS
from sitrep.cli import case_views as views
from sitrep.cli.app import app, out, talk
from sitrep.cli.case import By, CaseFile, Shape, Why, decider, opened, show
from sitrep.records import to_json
from sitrep.terminal import counted

review_app = typer.Typer(
    no_args_is_help=True,
    help="Decide: accept, reject, correct events; merge actors, pin places, join incidents; undo any.",
)
app.add_typer(review_app, name="review")

EventKey = Annotated[
    str, typer.Argument(metavar="EVENT", help="An event's key, as `sitrep events` gives it: 430aa11d/e5.")
]


def _said(made: Decision, what: str) -> None:
    talk.print(f"{what}. Take it back with: sitrep review undo {made.id}", highlight=False, markup=False)


@review_app.command("accept", epilog="Example: sitrep review accept 430aa11d/e5")
def accept_command(event: EventKey, case: CaseFile = None, by: By = None, why: Why = None) -> None:
    """An event is right as the case reads it."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.accept(event, who=decider(by), why=why), f"{event} accepted")


@review_app.command("reject", epilog='Example: sitrep review reject 430aa11d/e5 --why "a football match"')
def reject_command(event: EventKey, case: CaseFile = None, by: By = None, why: Why = None) -> None:
    """The report tells no such event: it leaves incidents, claims and control."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.reject(event, who=decider(by), why=why), f"{event} rejected")


@review_app.command(
    "correct",
    epilog='Example: sitrep review correct 430aa11d/e5 type=ASSAULT "actors=the army" killed="3 or more"',
)
def correct_command(
    event: EventKey,
    changes: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE…", help=f"Of {', '.join(FIELDS)}; none takes a value away."),
    ],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """An event is right but for some fields. Parties and places are given by words of the report."""
    stated = _changes(changes)
    with opened(case, write=True) as opened_case:
        made = opened_case.review.correct_in_words(event, stated, who=decider(by), why=why)
        _said(made, f"{event} corrected in {', '.join(stated)}")


def _changes(pairs: Sequence[str]) -> dict[str, str]:
    stated = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals or field not in FIELDS:
            raise typer.BadParameter(
                f'"{pair}" corrects no field. Write FIELD=VALUE; the fields are {", ".join(FIELDS)}.',
                param_hint="FIELD=VALUE",
            )
        stated[field] = value
    return stated


@review_app.command("merge", epilog="Example: sitrep review merge actor:1f… actor:9a…")
def merge_command(
    actors: Annotated[list[str], typer.Argument(metavar="ACTOR…", help="Ids that `sitrep actors` gives.")],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """These actors are one."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.merge_actors(actors, who=decider(by), why=why), "Merged")


@review_app.command("split", epilog='Example: sitrep review split "person:kftr"')
def split_command(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="Keys of names, from `sitrep actors --format json`.")
    ],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """These names are not who the others of their actor are."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.split_actor(names, who=decider(by), why=why), "Split")


@review_app.command("pin", epilog="Example: sitrep review pin Kelm 31.2,14.9")
def pin_command(
    place: Annotated[str, typer.Argument(help="A place's name or key.")],
    point: Annotated[str, typer.Argument(metavar="LAT,LON", help="Where it lies.")],
    name: Annotated[str | None, typer.Option(help="Its right name.")] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Its country, ISO 3166-1 alpha-3.")
    ] = None,
    only_in: Annotated[str | None, typer.Option(metavar="REPORT", help="In this one report (id).")] = None,
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """A place lies here, in all reports or in one."""
    try:
        latitude, longitude = (float(part) for part in point.split(","))
    except ValueError:
        raise typer.BadParameter(
            f'"{point}" is no point. Write latitude and longitude: 31.2,14.9', param_hint="LAT,LON"
        ) from None
    with opened(case, write=True) as opened_case:
        made = opened_case.review.pin_place(
            place, latitude, longitude, name=name, country=country, only_in=only_in, who=decider(by), why=why
        )
        _said(made, f"{place} pinned to {latitude}, {longitude}")


@review_app.command("join", epilog="Example: sitrep review join i0f3a… i77c1…")
def join_command(
    one: Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident's id, or an event's key.")],
    other: Annotated[str, typer.Argument(metavar="INCIDENT", help="Another.")],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """Two incidents are one."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.join(one, other, who=decider(by), why=why), "Joined")


@review_app.command("part", epilog="Example: sitrep review part 430aa11d/e5 9b1c22f0/e1")
def part_command(
    events: Annotated[list[str], typer.Argument(metavar="EVENT…", help="Keys of the events that leave.")],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """These events are not of the incident they stand in with others."""
    with opened(case, write=True) as opened_case:
        _said(opened_case.review.part(events, who=decider(by), why=why), "Parted")


@review_app.command("undo", epilog="Example: sitrep review undo d5f21c0a9be47710")
def undo_command(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its id, from `sitrep review log`.")],
    case: CaseFile = None,
    by: By = None,
    why: Why = None,
) -> None:
    """Take a decision back."""
    with opened(case, write=True) as opened_case:
        opened_case.review.undo(decision, who=decider(by), why=why)
    talk.print(f"{decision} undone", highlight=False)


@review_app.command("log", epilog="Example: sitrep review log --unbound")
def log_command(
    case: CaseFile = None,
    unbound: Annotated[
        bool, typer.Option("--unbound", help="Only those whose event the coder no longer finds so.")
    ] = False,
    format: Shape = None,
) -> None:
    """List decisions: who, when, why, and what was undone."""
    with opened(case) as opened_case:
        made = opened_case.review.unbound() if unbound else opened_case.review.log()
    show(made, format, views.decisions_view, lambda one: to_json(_plain(one)), "Nobody has decided anything.")


def _plain(made: Decision) -> dict[str, object]:
    return {
        "id": made.id, "kind": made.kind, "who": made.who, "at": made.at.isoformat(), "why": made.why,
        "undone": made.undone, "target": json.dumps(made.target, ensure_ascii=False),
        "value": json.dumps(made.value, ensure_ascii=False),
    }  # fmt: skip


@review_app.command("sample", epilog="Example: sitrep review sample 50 --format csv")
def sample_command(
    size: Annotated[int, typer.Argument(min=1, help="How many events.")],
    seed: Annotated[int, typer.Option(help="Another seed draws others.")] = 0,
    case: CaseFile = None,
    format: Shape = None,
) -> None:
    """Draw events to judge, evenly from all: accuracy on them is the coder's."""
    with opened(case) as opened_case:
        keys = opened_case.review.sample(size, seed)
        known = {row["event"]: row for row in opened_case.events()}
    show([known[key] for key in keys], format, views.events_view, lambda row: row, "The case has no event.")


@review_app.command("export", epilog="Example: sitrep review export roles > gold.jsonl")
def export_command(
    task: Annotated[str, typer.Argument(metavar="TASK", help=f"Of {', '.join(TASKS)}.")],
    case: CaseFile = None,
) -> None:
    """Write what people decided as a gold set, in the format of the public scorers."""
    with opened(case) as opened_case:
        rows = opened_case.gold(task)
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    talk.print(counted(len(rows), "record"), highlight=False)


@review_app.command("walk", epilog="Example: sitrep review walk --sample 50 --by Mia")
def walk_command(
    case: CaseFile = None,
    sample: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The events of `sitrep review sample N`; else the least sure."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The sample's seed.")] = 0,
    by: By = None,
) -> None:
    """Go through events that nobody judged, one key each: accept, reject, correct, skip, undo, quit."""
    with opened(case, write=True) as opened_case:
        judged = _walk(opened_case, _waiting(opened_case, sample, seed), decider(by))
    talk.print(f"{counted(judged, 'event')} judged.", highlight=False)


def _waiting(case: Case, sample: int | None, seed: int) -> list[dict[str, object]]:
    rows = {str(row["event"]): row for row in case.events(Filter(decision="none"))}
    if sample is None:
        return sorted(rows.values(), key=lambda row: (row["confidence"], row["event"]))
    return [rows[key] for key in case.review.sample(sample, seed) if key in rows]


def _walk(case: Case, rows: Sequence[dict[str, object]], who: str) -> int:
    made: list[Decision] = []
    at = 0
    while at < len(rows):
        key = str(rows[at]["event"])
        out.print(views.events_view([rows[at]]))
        sentence = Text(" ".join(str(rows[at]["sentence"]).split()), style="italic")
        sentence.highlight_words(str(rows[at]["trigger"]).split(" … "), style="bold not italic")
        out.print(sentence)
        answer = typer.prompt(
            f"{at + 1} of {len(rows)}: (a)ccept (r)eject (c)orrect (s)kip (u)ndo (q)uit", default="s"
        ).strip()[:1].casefold()  # fmt: skip
        if answer == "q":
            break
        if answer == "u" and made:
            case.review.undo(made.pop().id, who=who)
            at = max(0, at - 1)
            continue
        try:
            if answer == "a":
                made.append(case.review.accept(key, who=who))
            elif answer == "r":
                made.append(case.review.reject(key, who=who, why=typer.prompt("why", default="") or None))
            elif answer == "c":
                pairs = typer.prompt(f"FIELD=VALUE, parted by | ({', '.join(FIELDS)})").split("|")
                stated = _changes([pair.strip() for pair in pairs])
                made.append(case.review.correct_in_words(key, stated, who=who))
        except (ReviewError, typer.BadParameter) as error:
            talk.print(str(error), style="red", markup=False, highlight=False)
            continue
        at += 1
    return len(made)
