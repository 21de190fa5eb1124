"""What every command stands on: the app, its options, where it talks, and how it counts."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, RenderableType

from sitrep import __version__
from sitrep.read import JsonlFields, ReadSettings
from sitrep.records import Document, Report, Skipped
from sitrep.terminal import counted, with_progress

if TYPE_CHECKING:
    from sitrep.engines.parts import PartDone

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
    list[str],
    typer.Argument(
        metavar="SOURCE…",
        help="Files, folders, globs, addresses in a store (s3://…), or - for standard input.",
    ),
]


def calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not a calendar date. Write it as YYYY-MM-DD.') from None


Published = Annotated[
    date | None,
    typer.Option(parser=calendar_day, metavar="YYYY-MM-DD", help="The day the sources were published."),
]
Field = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="OURS=THEIRS", help="A field or column of another name: --field text=x."),
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


class Tally:
    """Counts what came through, says what did not, and knows the exit status."""

    def __init__(self) -> None:
        self.read = self.coded = self.events = self.skipped = 0

    def documents(self, items: Iterable[Document | Skipped]) -> Iterator[Document]:
        for item in items:
            if isinstance(item, Skipped):
                self._skip(item)
            else:
                self.read += 1
                yield item

    def reports(self, items: Iterable[Report | Skipped]) -> Iterator[Report]:
        for item in items:
            if isinstance(item, Skipped):
                self._skip(item)
            else:
                self.coded += 1
                self.events += len(item.events)
                yield item

    def part(self, part: PartDone) -> None:
        for skipped in part.skipped:
            self._skip(skipped)
        self.coded += part.reports
        self.events += part.events

    def _skip(self, skipped: Skipped) -> None:
        self.skipped += 1
        talk.print(f"skipped {skipped}", style="yellow", markup=False, highlight=False, soft_wrap=True)

    def finish(self) -> None:
        done = (
            f"{counted(self.coded, 'report')}, {counted(self.events, 'event')}"
            if self.coded
            else counted(self.read, "document")
        )
        talk.print(f"{done}; {self.skipped:,} skipped" if self.skipped else done, highlight=False)
        if self.skipped:
            raise typer.Exit(FAILED)


def settings(published: date | None, field: list[str] | None) -> ReadSettings:
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


def print_each(
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
