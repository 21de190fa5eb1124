"""`sitrep brief`: a period of a case as a written report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sitrep.brief import Brief, gather, write_brief
from sitrep.cli.app import app, calendar_day, talk
from sitrep.cli.case import CaseFile, opened


def _markdown(brief: Brief) -> bytes:
    from sitrep.brief.markdown import to_markdown

    return to_markdown(brief).encode()


def _html(brief: Brief) -> bytes:
    from sitrep.brief.html import to_html

    return to_html(brief).encode()


def _pdf(brief: Brief) -> bytes:
    from sitrep.brief.pdf import to_pdf

    return to_pdf(brief)


_WRITERS: dict[str, Callable[[Brief], bytes]] = {".md": _markdown, ".html": _html, ".pdf": _pdf}


@app.command("brief", epilog="Example: sitrep brief --from 2020-06-01 --to 2020-06-14 -o june.pdf")
def brief_command(
    start: Annotated[
        date, typer.Option("--from", parser=calendar_day, metavar="YYYY-MM-DD", help="The first day.")
    ],
    end: Annotated[
        date, typer.Option("--to", parser=calendar_day, metavar="YYYY-MM-DD", help="The last day.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE: .md, .html or .pdf; else Markdown here."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many incidents a section.")] = 40,
    case: CaseFile = None,
) -> None:
    """Write what happened, who holds what, who said what and what is uncertain, all of it with sources."""
    if output is not None and output.suffix.lower() not in _WRITERS:
        raise typer.BadParameter(
            f'"{output.name}" names no format; end it in {", ".join(_WRITERS)}.', param_hint="--output"
        )
    if start > end:
        raise typer.BadParameter(f"{start} is after {end}. Swap the days.", param_hint="--from")
    with opened(case) as file:
        brief = write_brief(gather(file, start, end), start, end, limit)
    if not brief.sections:
        talk.print(f"The case tells of nothing from {start} to {end}.", highlight=False)
    content = _WRITERS[output.suffix.lower() if output else ".md"](brief)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.write_bytes(content)
    sentences = sum(len(section.sentences) for section in brief.sections)
    talk.print(f"{output}: {sentences} sentences, {len(brief.notes())} sources", highlight=False)
