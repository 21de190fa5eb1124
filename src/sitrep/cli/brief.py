"""`sitrep brief`: a period of a case as a written report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from sitrep.brief import Brief, gather, write_brief
from sitrep.case import Case
from sitrep.cli.app import FAILED, app, calendar_day, talk
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


_BEFORE = timedelta(days=7)  # of a report: about how far back its news goes
_WRITERS: dict[str, Callable[[Brief], bytes]] = {".md": _markdown, ".html": _html, ".pdf": _pdf}


@app.command("brief", epilog="Example: sitrep brief --from 2020-06-01 --to 2020-06-14 -o june.pdf")
def brief_command(
    start: Annotated[
        date | None,
        typer.Option(
            "--from",
            parser=calendar_day,
            metavar="YYYY-MM-DD",
            help="The first day; else a week before the reports.",
        ),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option(
            "--to",
            parser=calendar_day,
            metavar="YYYY-MM-DD",
            help="The last day; else the last report's.",
        ),
    ] = None,
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
    with opened(case) as file:
        start, end = _period(file, start, end)
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


def _period(case: Case, start: date | None, end: date | None) -> tuple[date, date]:
    """The days asked for; of those not given, what the days of the case's reports make likely."""
    if start is None or end is None:
        first, last = case.overview.days()
        if first is None or last is None:
            talk.print("No report of the case has a day. Give --from and --to.", style="red", highlight=False)
            raise typer.Exit(FAILED)
        start, end = start or first - _BEFORE, end or last
    if start > end:
        raise typer.BadParameter(f"{start} is after {end}. Swap the days.", param_hint="--from")
    return start, end
