"""The case as a JSON API: what the pages show, for programs. Typed by the records themselves; see /docs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from sitrep.brief import Brief, gather, gather_incident, write_brief, write_incident
from sitrep.case import CaseError, Filter
from sitrep.case.corrections import ReviewError
from sitrep.case.decisions import Decision
from sitrep.case.evaluate import Evaluation
from sitrep.case.queries.actors import CaseActor
from sitrep.case.queries.claims import Said
from sitrep.case.queries.control import Held
from sitrep.case.queries.judging import Waiting
from sitrep.case.queries.reports import ReportLine
from sitrep.case.queries.search import Hit
from sitrep.records import Incident, Report, to_json
from sitrep.web.adding import AddedReport, Job, Piece
from sitrep.web.desk import Desk
from sitrep.web.index import Entry
from sitrep.web.situation import Situation, situation
from sitrep.web.state import AppState, state_of
from sitrep.web.view import View, ViewError, find, view_of

router = APIRouter(prefix="/api")
T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, description="Leave out so many from the beginning.")]


def _state(request: Request) -> AppState:
    return state_of(request.app)


State = Annotated[AppState, Depends(_state)]


def _view(
    request: Request,
    actor: Annotated[
        str | None, Query(description="Who did it or to whom: part of a name, or an id.")
    ] = None,
    source: Annotated[str | None, Query(description="By whose word: part of a name.")] = None,
    type: Annotated[str | None, Query(description="PLOVER's type: ASSAULT, or COERCE/seize.")] = None,
    place: Annotated[str | None, Query(description="A place, and all in it.")] = None,
    country: Annotated[str | None, Query(description="Where: a country or its ISO code.")] = None,
    publisher: Annotated[str | None, Query(description="Told by this publisher.")] = None,
    status: Annotated[
        str | None, Query(description="happened, planned, possible, denied, called_for.")
    ] = None,
    quad: Annotated[str | None, Query(description="verbal or material cooperation or conflict.")] = None,
    since: Annotated[str | None, Query(alias="from", description="Not before this day.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Not after this day.")] = None,
    box: Annotated[str | None, Query(description="south,west,north,east in degrees.")] = None,
    at: Annotated[str | None, Query(description="The key of one mark of the map.")] = None,
    placed: Annotated[str | None, Query(description="yes: a map can draw it; no: it tells no place.")] = None,
    least: Annotated[str | None, Query(description="Independent sources at least.")] = None,
    sort: Annotated[
        str | None, Query(description="day, type, status, who, whom, place, …; -day is the last first.")
    ] = None,
) -> View:
    # The parameters above are for the documentation; a page's own address is read by the same function.
    return view_of(request.query_params)


Asked = Annotated[View, Depends(_view)]


# -------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What the case holds as a whole."""

    name: str
    reports: int
    incidents: int
    publishers: tuple[str, ...]
    types: tuple[str, ...]
    first: str | None
    last: str | None


@router.get("/case")
def case_summary(state: State) -> CaseSummary:
    """What the case holds as a whole."""
    index = state.desk.index()
    return CaseSummary(
        state.desk.path.stem,
        index.reports,
        len(index.entries),
        index.publishers,
        index.types,
        index.first,
        index.last,
    )


@router.get("/situation")
def read_situation(state: State, view: Asked) -> Situation:
    """Marks of the map and bars of the timeline, as compact rows, for what is asked."""
    index = state.desk.index()
    with state.desk.reading() as case:
        return situation(index, find(case, index, view), view)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found, and how much there is in all."""

    total: int
    rows: list[Entry]


@router.get("/incidents")
def read_incidents(state: State, view: Asked, offset: Offset = 0, limit: Limit = 100) -> Page:
    """Incidents, short, the last first unless sorted otherwise."""
    index = state.desk.index()
    with state.desk.reading() as case:
        found = find(case, index, view).table
    return Page(len(found), found[offset : offset + limit])


@router.get("/incidents/{id}")
def read_incident(state: State, id: str) -> Incident:
    """One incident with everybody's account of it."""
    with state.desk.reading() as case:
        return _found(lambda: case.incident(id), f'The case has no incident "{id}".')


@router.get("/incidents/{id}/sources")
def keep_incident(state: State, id: str, format: Literal["md", "html", "pdf", "json"] = "md") -> Response:
    """One incident to be kept: every account, with the words it rests on and the report they stand in."""
    with state.desk.reading() as case:
        material = _found(lambda: gather_incident(case, id), f'The case has no incident "{id}".')
    [incident] = material.incidents
    if format == "json":
        record = {
            "incident": to_json(incident),
            "tellings": [to_json(telling) for _, telling in sorted(material.tellings.items())],
            "reports": {report: to_json(its) for report, its in material.reports.items()},
        }
        return _kept(json.dumps(record, ensure_ascii=False, indent=1).encode(), f"incident-{id}", format)
    return _kept(_written(write_incident(material, incident), format), f"incident-{id}", format)


@router.get("/events")
def read_events(state: State, view: Asked, limit: Limit = 100) -> list[dict[str, Any]]:
    """Events as flat rows: the view `event_table` of the case."""
    with state.desk.reading() as case:
        return case.events(_filter(view), limit)


@router.get("/reports")
def read_reports(state: State, offset: Offset = 0, limit: Limit = 100) -> list[ReportLine]:
    """Reports, the last published first, without their text."""
    with state.desk.reading() as case:
        return case.overview.reports(limit=limit, offset=offset)


@router.get("/reports/{id}")
def read_report(state: State, id: str) -> Report:
    """One report as it was coded: its text, and each record with its spans."""
    with state.desk.reading() as case:
        return _found(lambda: case.report(id), f'The case has no report "{id}".')


@router.get("/actors")
def read_actors(
    state: State, name: str | None = None, country: str | None = None, limit: Limit = 100
) -> list[CaseActor]:
    """Actors across reports, the most reported first, with what each publisher calls them."""
    with state.desk.reading() as case:
        return case.actors(name, country, limit=limit)


@router.get("/claims")
def read_claims(state: State, view: Asked, contradicted: bool = False, limit: Limit = 100) -> list[Said]:
    """What each source has said, a source at a time."""
    with state.desk.reading() as case:
        return case.claims(_filter(view), contradicted, limit)


@router.get("/control")
def read_control(
    state: State, at: date | None = None, place: str | None = None, country: str | None = None
) -> list[Held]:
    """Who held which place when, or on one day."""
    with state.desk.reading() as case:
        return case.control(place, country, at)


@router.get("/search")
def read_search(state: State, q: Annotated[str, Query(max_length=400)], limit: Limit = 20) -> list[Hit]:
    """Reports that hold the words, best first. In a snippet, what matched is between ‹ and ›."""
    with state.desk.reading() as case:
        return case.search(q, limit=limit)


@router.get("/brief")
def read_brief(
    state: State,
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    format: Literal["md", "html", "pdf"] = "md",
) -> Response:
    """The written brief of a period, to be kept."""
    if start > end:
        raise HTTPException(422, f"{start} is after {end}. Swap the days.")
    with state.desk.reading() as case:
        brief = write_brief(gather(case, start, end), start, end)
    return _kept(_written(brief, format), f"brief-{start}-{end}", format)


def _written(brief: Brief, format: str) -> bytes:
    from sitrep.brief.html import to_html
    from sitrep.brief.markdown import to_markdown

    if format == "pdf":
        from sitrep.brief.pdf import to_pdf

        return to_pdf(brief)
    return (to_html(brief) if format == "html" else to_markdown(brief)).encode()


_KINDS: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def _kept(content: bytes, name: str, format: str) -> Response:
    """An answer that a browser keeps as a file."""
    headers = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    return Response(content, media_type=_KINDS[format], headers=headers)


# ------------------------------------------------------------------------------------------------- deciding


class Decide(BaseModel):
    """One decision. Which fields it needs depends on its kind; docs/case.md explains each."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "accept", "reject", "correct", "merge_actors", "split_actor", "join", "part", "grade", "pin_place"
    ]
    event: str | None = Field(default=None, description="For accept, reject, correct: the key of an event.")
    changes: dict[str, str] = Field(default={}, description="For correct: fields, as people write them.")
    which: list[str] = Field(
        default=[], description="Actors to merge, names to split, events to part, two to join."
    )
    publisher: str | None = Field(default=None, description="For grade.")
    grade: str | None = Field(default=None, description="For grade: A to F; none takes it away.")
    place: str | None = Field(default=None, description="For pin_place: key or name.")
    latitude: float | None = None
    longitude: float | None = None
    why: str | None = Field(default=None, max_length=2000)


@router.get("/review")
def read_queue(state: State, offset: Offset = 0, limit: Limit = 100) -> list[Waiting]:
    """Events that nobody has judged, the least certain first."""
    with state.desk.reading() as case:
        return case.review.waiting(limit, offset)


@router.get("/review/accuracy")
def read_accuracy(state: State) -> Evaluation:
    """How accurate the coder is on this case, by what people decided."""
    with state.desk.reading() as case:
        return case.evaluate()


@router.get("/decisions")
def read_decisions(state: State) -> list[Decision]:
    """Every decision, in order, with what took it back."""
    with state.desk.reading() as case:
        return list(case.review.log())


@router.post("/decisions", status_code=201)
def make_decision(request: Request, state: State, asked: Decide) -> Decision:
    """Decide; all that follows from it is found before this answers. Same origin only."""
    made = decide(state.desk, asked, request.state.who)
    state.desk.tell()
    return made


@router.post("/decisions/{id}/undo", status_code=201)
def undo_decision(request: Request, state: State, id: str) -> Decision:
    """Take a decision back. Both stay in the log."""
    with state.desk.writing() as case:
        made = case.review.undo(id, who=request.state.who)
    state.desk.tell()
    return made


def decide(desk: Desk, asked: Decide, who: str) -> Decision:
    """Raises `ReviewError` where something is missing, or there is nothing of that kind to decide on."""
    with desk.writing() as case:
        review, why = case.review, asked.why
        match asked.kind:
            case "accept":
                return review.accept(_needed(asked.event, "event"), who=who, why=why)
            case "reject":
                return review.reject(_needed(asked.event, "event"), who=who, why=why)
            case "correct":
                return review.correct_in_words(_needed(asked.event, "event"), asked.changes, who=who, why=why)
            case "merge_actors":
                return review.merge_actors(asked.which, who=who, why=why)
            case "split_actor":
                return review.split_actor(asked.which, who=who, why=why)
            case "join":
                if len(asked.which) != 2:
                    raise ReviewError("Joining takes two incidents or events: name both in `which`.")
                return review.join(*asked.which, who=who, why=why)
            case "part":
                return review.part(asked.which, who=who, why=why)
            case "grade":
                return review.grade(_needed(asked.publisher, "publisher"), asked.grade, who=who, why=why)
            case "pin_place":
                if asked.latitude is None or asked.longitude is None:
                    raise ReviewError("Say where the place lies: `latitude` and `longitude`.")
                return review.pin_place(
                    _needed(asked.place, "place"), asked.latitude, asked.longitude, who=who, why=why
                )


def _needed(value: str | None, name: str) -> str:
    if not value:
        raise ReviewError(f"This kind of decision needs `{name}`.")
    return value


# --------------------------------------------------------------------------------------------------- adding


@dataclass(frozen=True, slots=True)
class JobState:
    """How far an adding is; `total` is None until it is known."""

    id: str
    names: tuple[str, ...]
    state: str
    done: int
    total: int | None
    reports: list[AddedReport]
    skipped: list[str]
    failure: str | None


class AddText(BaseModel):
    """A report as pasted text, or the address of one."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(default=None, max_length=400_000)
    url: str | None = Field(default=None, max_length=4000, description="http or https, and public.")
    title: str | None = Field(default=None, max_length=500)
    publisher: str | None = Field(default=None, max_length=200)
    published: date | None = None


@router.post("/reports", status_code=202)
def add_report(state: State, asked: AddText) -> JobState:
    """Have a pasted text, or a page by its address, read, coded and added. Same origin only."""
    return job_state(state.adding.start([piece_of(asked)]))


@router.post("/reports/files", status_code=202)
async def add_files(
    state: State,
    files: Annotated[list[UploadFile], File(max_length=200)],
    published: Annotated[date | None, Form()] = None,
) -> JobState:
    """Have files read, coded and added: text, HTML, Markdown or JSONL. Same origin only."""
    pieces = [
        Piece(name=file.filename or "file", content=await file.read(), published=published) for file in files
    ]
    return job_state(state.adding.start(pieces))


@router.get("/jobs/{id}")
def read_job(state: State, id: str) -> JobState:
    """How far an adding is."""
    job = state.adding.job(id)
    if job is None:
        raise HTTPException(404, f'There is no job "{id}". Jobs are forgotten when the server stops.')
    return job_state(job)


def job_state(job: Job) -> JobState:
    return JobState(
        job.id, job.names, job.state, job.done, job.total, list(job.reports), list(job.skipped), job.failure
    )


def piece_of(asked: AddText) -> Piece:
    """What was pasted as a thing to add. Raises `ViewError` where it is neither a text nor an address."""
    if (asked.text is None or not asked.text.strip()) == (asked.url is None or not asked.url.strip()):
        raise ViewError("Give either the text of a report or the address of one.")
    said: dict[str, Any] = {
        "title": asked.title or None, "publisher": asked.publisher or None, "published": asked.published
    }  # fmt: skip
    if asked.url and asked.url.strip():
        return Piece(name=asked.url.strip(), url=asked.url.strip(), **said)
    content = (asked.text or "").encode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()[:8]
    return Piece(name=f"pasted-{digest}.txt", content=content, **said)


# --------------------------------------------------------------------------------------------------- shared


def _filter(view: View) -> Filter:
    return Filter(
        actor=view.actor, source=view.source, type=view.type, place=view.place, country=view.country,
        since=view.since, until=view.until, publisher=view.publisher,
        status=view.status[0] if len(view.status) == 1 else None,
    )  # fmt: skip


def _found(ask: Callable[[], T], otherwise: str) -> T:
    try:
        return ask()
    except KeyError:
        raise HTTPException(404, otherwise) from None


async def say_what_was_wrong(request: Request, error: Exception) -> JSONResponse:
    """A `CaseError` says what to do; it is the asker's to read."""
    return JSONResponse({"detail": str(error)}, status_code=422 if isinstance(error, CaseError) else 500)
