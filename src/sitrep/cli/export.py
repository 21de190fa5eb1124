"""`sitrep export`: a case, or reports coded before, in the format of another tool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sitrep.cli.app import app, talk
from sitrep.cli.case import CaseFile, opened
from sitrep.export import FORMATS, open_format
from sitrep.records import Report, from_json
from sitrep.terminal import counted, with_progress

FormatName = StrEnum("FormatName", {name: name for name in FORMATS})  # type: ignore[misc]


@app.command("export", epilog="Example: sitrep export --format geojson -o libya.geojson --case libya.sitrep")
def export_command(
    format: Annotated[
        FormatName, typer.Option("--format", "-f", help="Which format: docs/formats.md has each.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file, or for some formats the folder.")
    ],
    source: Annotated[
        Path | None, typer.Argument(metavar="[REPORTS]", help="A .jsonl of `sitrep code`; else the case.")
    ] = None,
    case: CaseFile = None,
) -> None:
    """Write reports in the format of another tool."""
    try:
        writer = open_format(format.value, output)
    except (ValueError, OSError) as error:
        raise typer.BadParameter(str(error), param_hint="--output") from error
    count = 0
    with writer as open_file:
        for report in with_progress(_reports(source, case), talk, "writing"):
            open_file.write(report)
            count += 1
    talk.print(f"{output}: {counted(count, 'report')} as {FORMATS[format.value].what}", highlight=False)


def _reports(source: Path | None, case: Path | None) -> Iterator[Report]:
    if source is None:
        with opened(case) as file:
            yield from file.reports()
        return
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield from_json(Report, json.loads(line))
            except (ValueError, TypeError) as error:
                raise typer.BadParameter(
                    f"{source}, line {number}: no coded report ({error}). "
                    f"Make the file with: sitrep code … -o {source}"
                ) from error
