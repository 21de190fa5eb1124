"""`sitrep gazetteer build` and `sitrep gazetteer info`: which places the coder knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sitrep.cli.app import FAILED, app, out, talk
from sitrep.terminal import counted, steps

commands = typer.Typer(no_args_is_help=True, help="The gazetteer: which places the coder knows.")
app.add_typer(commands, name="gazetteer")


@commands.command(epilog="Example: sitrep gazetteer build allCountries.zip")
def build(
    dump: Annotated[
        Path,
        typer.Argument(
            metavar="DUMP", exists=True, dir_okay=False, help="GeoNames' allCountries.zip, or an extract."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE and not where look-ups find it."),
    ] = None,
) -> None:
    """Compile a GeoNames dump into the gazetteer that replaces the package's own.

    countryInfo.txt, admin1CodesASCII.txt, admin2Codes.txt and alternateNamesV2.txt are read too where they
    lie beside the dump. Until all is compiled, the gazetteer in use stays as it is.
    """
    from sitrep.gazetteer.geonames import UnreadableDump, compile_dump
    from sitrep.gazetteer.location import VARIABLE, installed_path

    path = output or installed_path()
    try:
        with steps(talk, f"compiling {dump.name}") as progress:
            compiled = compile_dump(dump, path, progress)
    except (UnreadableDump, OSError) as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    for skipped in compiled.shown:
        talk.print(f"skipped {skipped}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if compiled.bad > len(compiled.shown):
        talk.print(f"and {compiled.bad - len(compiled.shown):,} more such lines", style="yellow")
    assert compiled.about is not None
    left_out = sum(compiled.left_out.values())
    also = f" and {', '.join(compiled.beside)}" if compiled.beside else ""
    talk.print(
        f"{counted(compiled.lines, 'line')} of {dump.name}{also}: {counted(compiled.about.places, 'place')}, "
        f"{counted(compiled.about.names, 'name')}; {left_out:,} left out, of kinds that reports do not name; "
        f"{compiled.bad:,} skipped",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip
    talk.print(f"written to {path}", markup=False, highlight=False, soft_wrap=True)
    if output is not None:
        talk.print(f"Use it with {VARIABLE}={path}", markup=False, highlight=False, soft_wrap=True)


@commands.command(epilog="Example: sitrep gazetteer info")
def info() -> None:
    """Say which gazetteer is in use: where it is, what it is made of, and its digest."""
    from sitrep.gazetteer import Gazetteer
    from sitrep.gazetteer.build import ensure_gazetteer
    from sitrep.gazetteer.location import UnreadableGazetteer

    try:
        with steps(talk, "compiling the gazetteer, this once") as progress:
            path = ensure_gazetteer(progress)
        about = Gazetteer(path).about
    except (FileNotFoundError, UnreadableGazetteer) as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    for name, value in (
        ("file", str(path)), ("source", about.source), ("of", about.dated), ("compiled", about.built),
        ("places", f"{about.places:,}"), ("names", f"{about.names:,}"), ("digest", about.digest),
    ):  # fmt: skip
        facts.add_row(name, value)
    out.print(facts, highlight=False)
