"""`sitrep code --engine ray`: the parts of a run coded by the workers of a cluster, and told."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from sitrep.cli.actors import own_actors
from sitrep.cli.app import FAILED, Tally, talk
from sitrep.cli.coding import WRONG_USAGE, check_gazetteer
from sitrep.export import WRITERS, open_writer
from sitrep.read import ReadSettings
from sitrep.read.stores import is_address
from sitrep.terminal import counted, with_progress

if TYPE_CHECKING:
    from sitrep.engines.parts import PartDone
    from sitrep.engines.run import Run

LOGGED_S: Final = 60.0
PARTS: Final = ".parts"  # a folder beside the file that is wanted, until it is written


def code_on_ray(
    sources: list[str],
    output: str | None,
    settings: ReadSettings,
    workers: int | None,
    address: str | None,
    tally: Tally,
) -> None:
    """Code `sources` into the folder or the file `output`, or go on with that; whatever fails ends the
    command."""
    folder, file = _places(output)
    check_gazetteer()
    # Imported here: these load the coder.
    from sitrep.coding.pipeline import load
    from sitrep.engines.part_coder import WrongMachine
    from sitrep.engines.processes import WorkersFailed
    from sitrep.engines.ray_data import RayFailed, check_installed, code_parts
    from sitrep.engines.run import OtherRun, open_run
    from sitrep.engines.store import StoreFailed

    _hush()
    try:
        check_installed()
        run = open_run(sources, folder, partial(load, actors=own_actors()), settings=settings)
        if run.finished:
            done = f"{len(run.finished):,} of {counted(len(run.plan.parts), 'part')}"
            talk.print(f"going on: {done} finished before", highlight=False)
        for part in run.finished:
            tally.part(part)
        parts = code_parts(run, workers=workers, address=address)
        total = len(run.unfinished)
        for part in with_progress(_logged(parts, total), talk, "coding parts", total=total):
            tally.part(part)
        run.close()
        if file is None:
            talk.print(f"{folder}: {counted(len(run.plan.parts), 'part')}", highlight=False)
            return
        _join(run, file)
        run.store.remove("")
    except OtherRun as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(WRONG_USAGE) from error
    except (RayFailed, StoreFailed, WrongMachine, WorkersFailed, _NotJoined) as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error


def _logged(parts: Iterator[PartDone], total: int) -> Iterator[PartDone]:
    """`parts`, and off a terminal, as jobs on clusters run, a line now and then of how many there were."""
    told = time.monotonic()
    for done, part in enumerate(parts, start=1):
        yield part
        if not talk.is_terminal and time.monotonic() - told > LOGGED_S:
            told = time.monotonic()
            talk.print(f"coding parts {done:,} / {total:,}", highlight=False)


class _NotJoined(Exception):
    """The file could not be written; its parts are there."""


def _join(run: Run, file: Path) -> None:
    unfinished = file.with_name(f".{file.name}")  # it ends as the file does: so its kind is known
    try:
        with open_writer(unfinished) as writer:
            for report in with_progress(run.reports(), talk, "writing"):
                writer.write(report)
        unfinished.replace(file)
    except OSError as error:
        raise _NotJoined(
            f"{file}: cannot be written ({error.strerror or error}). Make room, or check its permissions; "
            "then run the same command again: what is coded is kept."
        ) from error


def _places(output: str | None) -> tuple[str, Path | None]:
    """Where the parts go, and the file that they are joined into, if one is wanted."""
    if output is None:
        raise typer.BadParameter(
            "--engine ray writes parts: name a folder, the address of one, or a file.", param_hint="--output"
        )
    suffix = Path(output).suffix.lower()
    if suffix not in WRITERS:
        return output, None
    if is_address(output):
        raise typer.BadParameter(
            f'"{output}" is a file in a store. Name a folder there: the reports are written in parts.',
            param_hint="--output",
        )
    file = Path(output)
    if not file.resolve().parent.is_dir():
        raise typer.BadParameter(
            f'"{file.parent}" is no folder. Make it first, or name another.', param_hint="--output"
        )
    return f"{output}{PARTS}", file


def _hush() -> None:
    """Ray tells much that a run survives; whoever wants to know sets these variables."""
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_DATA_LOG_LEVEL", "ERROR")
