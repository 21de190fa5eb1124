"""The `sitrep` command: parse, make one library call, print. Results go to stdout, talk to stderr.

Exit status: 0, or 1 if any source failed, or 2 for wrong usage.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType

from sitrep import __version__
from sitrep.export import open_writer
from sitrep.export.jsonl import json_line
from sitrep.read import JsonlFields, ReadSettings, read
from sitrep.records import Document, Report, Skipped, to_json
from sitrep.terminal import counted, document_view, report_view, steps, with_progress

FAILED = 1


class Format(StrEnum):
    """How results look on stdout."""

    table = "table"
    jsonl = "jsonl"


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
out, talk = Console(), Console(stderr=True)

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, globs, or - for standard input.")
]


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a calendar date. Write it as YYYY-MM-DD.') from None


Published = Annotated[
    date | None,
    typer.Option(parser=_calendar_day, metavar="YYYY-MM-DD", help="The day the sources were published."),
]
Field = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="OURS=THEIRS", help="A JSONL field by another name: --field text=body."),
]
Shown = Annotated[
    Format | None,
    typer.Option("--format", help="How results look on stdout; a table on a terminal, else JSONL."),
]


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"sitrep {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def sitrep(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Read news reports and keep what they say: who did what to whom, where, when, and according to whom."""


@app.command("read", epilog="Example: sitrep read examples/")
def read_command(
    sources: Sources, published: Published = None, field: Field = None, format: Shown = None
) -> None:
    """Show what a page says of itself, its story, and what was cut and why."""
    tally = Tally()
    documents = tally.documents(read(sources, _settings(published, field)))
    _print_each(
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
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE: .jsonl, .json, .parquet or .csv."
        ),
    ] = None,
    field: Field = None,
    format: Shown = None,
) -> None:
    """Code reports: each event with its parties, place, days, status, and by whose word."""
    tally = Tally()
    documents = tally.documents(read(sources, _settings(published, field)))
    reports = tally.reports(_coded(documents))
    if output is None:
        _print_each(reports, format, report_view, json_line, "coding")
    else:
        with _writer(output) as writer:
            for report in with_progress(reports, talk, "coding"):
                writer.write(report)
    tally.finish()


def _coded(documents: Iterator[Document]) -> Iterator[Report]:
    # Imported here: `sitrep --help` and `sitrep read` answer without loading the coder.
    from sitrep.coding.pipeline import code_documents, load
    from sitrep.gazetteer.build import ensure_gazetteer

    with steps(talk, "compiling the gazetteer, this once") as progress:
        ensure_gazetteer(progress)
    with talk.status("loading the models") if talk.is_terminal else contextlib.nullcontext():
        nlp = load()
    yield from code_documents(documents, nlp)


class Tally:
    """Counts what came through, says what did not, and knows the exit status."""

    def __init__(self) -> None:
        self.read = self.coded = self.events = self.skipped = 0

    def documents(self, items: Iterable[Document | Skipped]) -> Iterator[Document]:
        for item in items:
            if isinstance(item, Skipped):
                self.skipped += 1
                talk.print(f"skipped {item}", style="yellow", markup=False, highlight=False, soft_wrap=True)
            else:
                self.read += 1
                yield item

    def reports(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self.coded += 1
            self.events += len(report.events)
            yield report

    def finish(self) -> None:
        done = (
            f"{counted(self.coded, 'report')}, {counted(self.events, 'event')}"
            if self.coded
            else counted(self.read, "document")
        )
        talk.print(f"{done}; {self.skipped:,} skipped" if self.skipped else done, highlight=False)
        if self.skipped:
            raise typer.Exit(FAILED)


def _settings(published: date | None, field: list[str] | None) -> ReadSettings:
    names: dict[str, str] = {}
    for pair in field or ():
        ours, equals, theirs = pair.partition("=")
        known = [field.name for field in fields(JsonlFields)]
        if ours not in known or not (equals and theirs):
            near = difflib.get_close_matches(ours, known, n=1)
            hint = (
                f'Did you mean "{near[0]}=…"?'
                if near and ours not in known
                else f"Write it as {known[0]}=NAME."
            )
            raise typer.BadParameter(
                f'"{pair}" names no field; there are {", ".join(known)}. {hint}', param_hint="--field"
            )
        names[ours] = theirs
    return ReadSettings(published=published, fields=JsonlFields(**names))


def _writer(path: Path) -> Any:
    try:
        return open_writer(path)
    except (ValueError, OSError) as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error


def _print_each(
    records: Iterable[Any],
    format: Format | None,
    view: Callable[[Any], RenderableType],
    line: Callable[[Any], str],
    verb: str,
) -> None:
    table = (format or (Format.table if out.is_terminal else Format.jsonl)) is Format.table
    for record in with_progress(records, talk, verb, pause=out.is_terminal):
        if table:
            out.print(view(record))
        else:
            sys.stdout.write(line(record))
            sys.stdout.flush()


def main() -> None:
    app()
