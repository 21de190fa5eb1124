"""`sitrep read` and `sitrep code`: what a page says of itself, and what its story tells."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sitrep.cli.actors import own_actors
from sitrep.cli.app import (
    FAILED,
    Field,
    Published,
    Shown,
    Sources,
    Tally,
    app,
    print_each,
    settings,
    talk,
)
from sitrep.export import open_writer
from sitrep.export.jsonl import json_line
from sitrep.read import read
from sitrep.read.stores import is_address
from sitrep.records import Document, Report, Skipped, to_json
from sitrep.terminal import document_view, report_view, steps, with_progress

if TYPE_CHECKING:
    from spacy.language import Language

WRONG_USAGE = 2

Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="How many processes code; as many as cores.")
]


class Engine(StrEnum):
    """What runs the coder."""

    local = "local"
    ray = "ray"


@app.command("read", epilog="Example: sitrep read examples/")
def read_command(
    sources: Sources, published: Published = None, field: Field = None, format: Shown = None
) -> None:
    """Show what a page says of itself, its story, and what was cut and why."""
    tally = Tally()
    documents = tally.documents(read(sources, settings(published, field)))
    print_each(
        documents,
        format,
        document_view,
        lambda d: json.dumps(to_json(d), ensure_ascii=False) + "\n",
        "reading",
    )
    tally.finish()


@app.command("code", epilog="Example: sitrep code examples/ --output events.csv")
def code_command(
    sources: Sources,
    published: Published = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to FILE: .jsonl, .json, .parquet or .csv. With ray also a folder, or its address.",
        ),
    ] = None,
    field: Field = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="How many processes code: 1; with ray all cores."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What runs them: this machine, or Ray (docs/cluster.md).")
    ] = Engine.local,
    address: Annotated[
        str | None,
        typer.Option(
            "--address", metavar="ADDRESS", help="Ray's cluster: auto, HOST:6379, ray://HOST:10001."
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence",
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="Leave out records less sure than this share (docs/accuracy.md says what it means).",
        ),
    ] = None,
    format: Shown = None,
) -> None:
    """Code reports: each event with its parties, place, days, status, and by whose word."""
    tally = Tally()
    if engine is Engine.ray:
        # Imported here: nobody else needs it.
        from sitrep.cli.cluster import code_on_ray

        code_on_ray(sources, output, settings(published, field), workers, address, tally)
        tally.finish()
        return
    if output is not None and is_address(output):
        raise typer.BadParameter(
            f'"{output}" is in a store. Write there with --engine ray, or to a file here.',
            param_hint="--output",
        )
    if address is not None:
        raise typer.BadParameter("is of a cluster: it goes with --engine ray.", param_hint="--address")
    documents = tally.documents(read(sources, settings(published, field)))
    reports = tally.reports(coded(documents, workers or 1, min_confidence=min_confidence))
    if output is None:
        print_each(reports, format, report_view, json_line, "coding")
    else:
        with _writer(Path(output)) as writer:
            for report in with_progress(reports, talk, "coding"):
                writer.write(report)
    tally.finish()


def coded(
    documents: Iterator[Document],
    workers: int = 1,
    nlp: Language | None = None,
    min_confidence: float | None = None,
) -> Iterator[Report | Skipped]:
    """What the coder makes of each document, in their order, with progress while what it needs is made.

    `nlp` is what `loaded` gave, where it was called already.
    """
    # Imported here: `sitrep --help` and `sitrep read` answer without loading the coder.
    from sitrep.coding.pipeline import load
    from sitrep.engines.batches import code_here
    from sitrep.engines.processes import WorkersFailed, code_in_processes

    if workers == 1:
        yield from code_here(documents, nlp or loaded(min_confidence))
        return
    check_gazetteer()
    try:
        yield from code_in_processes(
            documents, workers, partial(load, actors=own_actors(), min_confidence=min_confidence)
        )
    except WorkersFailed as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error


def loaded(min_confidence: float | None = None) -> Language:
    """The coder with the user's own lists, and progress while what it needs is made."""
    from sitrep.coding.pipeline import load

    check_gazetteer()
    with talk.status("loading the models") if talk.is_terminal else contextlib.nullcontext():
        return load(actors=own_actors(), min_confidence=min_confidence)


def check_gazetteer() -> None:
    """Compile the gazetteer where it is not there yet; one that cannot be read ends the command."""
    from sitrep.gazetteer.build import ensure_gazetteer
    from sitrep.gazetteer.location import UnreadableGazetteer, open_gazetteer

    try:
        with steps(talk, "compiling the gazetteer, this once") as progress:
            path = ensure_gazetteer(progress)
        connection, _ = open_gazetteer(path)
        connection.close()
    except (FileNotFoundError, UnreadableGazetteer) as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(WRONG_USAGE) from error


def _writer(path: Path) -> Any:
    try:
        return open_writer(path)
    except (ValueError, OSError) as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error
