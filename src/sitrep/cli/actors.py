"""`sitrep actors`: the user's own lists of actors."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from sitrep.cli.app import FAILED, app, out, talk
from sitrep.coding.tables import words_of
from sitrep.terminal import counted

if TYPE_CHECKING:
    from sitrep.coding.actors.lists import ActorList

actors_app = typer.Typer(help="Lists of actors of your own: who is of which state and sector, and when.")
app.add_typer(actors_app, name="actors")

ListName = Annotated[
    str, typer.Argument(metavar="NAME", help="A list's name, as `sitrep actors list` gives it.")
]


@actors_app.command("update", hidden=True)
@actors_app.command("import", epilog="Example: sitrep actors import my-actors.csv")
def import_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="CSV (name, country, sectors, aliases, from, to, kind) or PETRARCH dictionaries.",
        ),
    ],
) -> None:
    """Take lists in. `sitrep code` uses them from then on; importing a file again replaces its list."""
    from sitrep.coding.actors.list_store import actors_folder, import_list

    failed = 0
    for file in files:
        try:
            name, read = import_list(file, actors_folder())
        except (OSError, ValueError) as error:
            failed += 1
            found = f"{file}: {error.strerror}. Check the path." if isinstance(error, OSError) else str(error)
            talk.print(found, style="yellow", markup=False, highlight=False, soft_wrap=True)
            continue
        for skipped in read.skipped:
            talk.print(f"skipped {skipped}", style="yellow", markup=False, highlight=False, soft_wrap=True)
        if read.unknown:
            told = f"no PLOVER sector for {', '.join(read.unknown)}: left out of the codes they stand in"
            talk.print(told, markup=False, highlight=False, soft_wrap=True)
        done = f"{name}: {counted(len(read.actors.actors), 'actor')}"
        talk.print(
            f"{done}; {counted(len(read.skipped), 'line')} skipped" if read.skipped else done, highlight=False
        )
    if failed:
        raise typer.Exit(FAILED)


@actors_app.command("show", epilog='Example: sitrep actors show "Angela Merkel" --on 2018-07-01')
def show_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A full name, a surname or an acronym.")],
    on: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="What holds on this day only."),
    ] = None,
) -> None:
    """Show who of your lists and of the public actors bears a name, and what each was when."""
    from sitrep.coding.actors.world import world

    day = on and on.date()
    own = own_actors().starting_at(words_of(name), 0)
    found = [(own[1].names[0], "your list", own[1].roles)] if own else []
    public = dict.fromkeys(
        (*world().called(name, True), *world().bearing(name), *world().called(name, False))
    )
    found += [(actor.name, actor.id, actor.roles) for actor in public]
    table = Table("name", "country", "sectors", "office", "from", "to", "row", box=None)
    for called, row, roles in found:
        for role in roles:
            if day is None or role.holds_on(day):
                span = (str(end or "") for end in (role.since, role.until))
                cells = (called, role.country or "", "+".join(role.sectors), role.office or "", *span, row)
                table.add_row(*cells)
    if not table.row_count:
        when = f" on {day}" if day else ""
        told = f'"{name}" names nobody of your lists or of the public actors of {world().made}{when}.'
        talk.print(f"{told} Add a row: sitrep actors import FILE", markup=False, highlight=False)
        raise typer.Exit(FAILED)
    out.print(table)


@actors_app.command("list", epilog="Example: sitrep actors list")
def list_command() -> None:
    """Show the lists that are kept, and the digest that reports name."""
    from sitrep.coding.actors.list_store import actors_folder, kept_lists
    from sitrep.coding.actors.lists import joined

    try:
        kept = list(kept_lists(actors_folder()))
    except ValueError as error:
        talk.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    if not kept:
        talk.print("No lists yet. Add one: sitrep actors import FILE", highlight=False)
        return
    table = Table("list", "actors", box=None)
    for name, actors in kept:
        table.add_row(name, f"{len(actors.actors):,}")
    out.print(table)
    out.print(f"digest {joined(actors for _, actors in kept).digest}", highlight=False, soft_wrap=True)


def own_actors() -> ActorList:
    """All of the user's lists, for the coder; ends the command where one is damaged."""
    from sitrep.coding.actors.list_store import actors_folder, kept_actors

    try:
        return kept_actors(actors_folder())
    except ValueError as error:
        talk.print(str(error), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error


@actors_app.command("remove", epilog="Example: sitrep actors remove my-actors")
def remove_command(name: ListName) -> None:
    """Delete a list."""
    from sitrep.coding.actors.list_store import actors_folder, remove_list

    try:
        remove_list(name, actors_folder())
    except FileNotFoundError as error:
        talk.print(f"{error} See: sitrep actors list", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error
    talk.print(f"{name}: removed", highlight=False)
