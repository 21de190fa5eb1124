"""`sitrep watch`: what is new in feeds and sitemaps, into a case or a file."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sitrep.case import Case
from sitrep.cli.adding import add_documents, bring_up_to_date
from sitrep.cli.app import FAILED, Tally, app, calendar_day, talk
from sitrep.cli.case import CaseFile, Shape, case_file, opened, show
from sitrep.cli.coding import loaded
from sitrep.read.decode import clean
from sitrep.records import Document, Skipped, to_json
from sitrep.terminal import counted

if TYPE_CHECKING:
    from spacy.language import Language

    from sitrep.watch import Round, SourceRound, WatchSettings
    from sitrep.watch.delivery import Delivery
    from sitrep.watch.health import Health
    from sitrep.watch.lists import Listed

INTERRUPTED: Final = 130
UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
SHORTEST_S: Final = 60
# What became of a round's entries, as it is told, in this order.
TOLD: Final = {
    "delivered": "kept",
    "duplicate": "the same as others",
    "skipped": "skipped",
    "old": "old",
    "refused": "refused",
    "gone": "gone",
    "failed": "given up",
    "waiting": "waiting",
}


def duration(text: str) -> float:
    """Seconds: "15m" is 900."""
    found = re.fullmatch(r"(\d+)([smhd])", text.strip())
    if found is None or (seconds := int(found[1]) * UNITS[found[2]]) < SHORTEST_S:
        raise typer.BadParameter(f'"{text}" is no time of a minute or more. Write 15m, 2h or 1d.')
    return float(seconds)


@app.command("watch", epilog="Example: sitrep watch feeds.opml --case libya.sitrep")
def watch_command(
    context: typer.Context,
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LIST…",
            help="OPML files, text files with an address a line, or addresses of feeds and sitemaps.",
        ),
    ] = None,
    case: CaseFile = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Append documents to a .jsonl file, and code nothing."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Go round once and end, for cron.")] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often to go round: 15m, 2h or 1d.")
    ] = "15m",
    since: Annotated[
        date | None,
        typer.Option(
            "--since", parser=calendar_day, metavar="YYYY-MM-DD",
            help="Leave entries of earlier days alone; else those of a week before the first look.",
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact", metavar="TEXT", envvar="SITREP_CONTACT", show_envvar=True,
            help="Your mail or web address, told to every site in the User-Agent.",
        ),
    ] = None,
    spacing: Annotated[
        float, typer.Option("--spacing", metavar="SECONDS", min=0, help="Between two requests to one host.")
    ] = 2.0,
    from_feed: Annotated[
        bool, typer.Option("--from-feed", help="Where a feed carries whole texts, do not fetch the pages.")
    ] = False,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", metavar="FILE", help="Keep the pages in a web archive: pages.warc.gz."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="What was seen; else beside the case or the output."),
    ] = None,
    show_list: Annotated[
        bool, typer.Option("--list", help="Show what is watched and how it fares, and do nothing.")
    ] = False,
    format: Shape = None,
) -> None:  # fmt: skip
    """Read what is new in feeds and sitemaps, politely, and add it to a case or a file, each page once."""
    # Imported here: the other commands need not wait for an HTTP client.
    from sitrep.watch import WatchSettings
    from sitrep.watch.store import SUFFIX

    stated = context.get_parameter_source("case")  # the variable may be set for other commands' sake
    if output is not None and stated is not None and stated.name == "COMMANDLINE":
        raise typer.BadParameter("Give --case or --output, not both.", param_hint="--output")
    target = output or case_file(case)
    memory = state or target.with_name(target.name + SUFFIX)
    if show_list:
        _show_health(memory, format)
        return
    if archive is not None and not archive.name.endswith(".warc.gz"):
        raise typer.BadParameter(f'"{archive}" does not end in .warc.gz', param_hint="--archive")
    pause_s = None if once else duration(every)
    sources = _listed(lists or [])
    if not sources:
        raise typer.BadParameter("There is nothing to watch. Name a list: feeds.opml", param_hint="LIST")
    settings = WatchSettings(contact=contact, spacing_s=spacing, since=since, from_feed=from_feed)
    went: Round | None = None
    with _errors_told(memory):
        into = None if output else target
        for went in _rounds(lists or [], sources, memory, into, output, archive, settings, pause_s):
            _say(went)
    if went is not None and went.has_failed:
        raise typer.Exit(FAILED)


def _rounds(
    lists: Sequence[str],
    sources: Sequence[Listed],
    memory: Path,
    case: Path | None,
    output: Path | None,
    archive: Path | None,
    settings: WatchSettings,
    pause_s: float | None,
) -> Iterator[Round]:
    """One round, or round after round with a pause; the lists are read anew for each."""
    from sitrep.watch import Watch
    from sitrep.watch.archive import Archive
    from sitrep.watch.clock import SystemClock
    from sitrep.watch.connecting import open_client
    from sitrep.watch.delivery import ToLines
    from sitrep.watch.fetch import Fetcher
    from sitrep.watch.hosts import Hosts
    from sitrep.watch.state import State
    from sitrep.watch.store import Store

    clock = SystemClock()
    with Store(memory) as store, _into(case) as to_case, open_client(settings) as client:
        state = State(store)
        delivery: Delivery | None = ToLines(output, state) if output else to_case
        assert delivery is not None
        watch = Watch(
            state,
            Fetcher(client, Hosts(store), clock, settings),
            delivery,
            clock,
            settings,
            archive=Archive(archive, state, settings) if archive else None,
            tell=_tell,
        )
        while True:
            with talk.status("going round") if talk.is_terminal else nullcontext():
                went = watch.round(sources)
            yield went
            if pause_s is None:
                return
            clock.sleep(went.began + pause_s - clock.now())
            sources = _listed(lists)


class ToCase:
    """Codes each document and adds it to a case, as `sitrep add` does: the same again changes nothing."""

    def __init__(self, case: Case, nlp: Language) -> None:
        self._case, self._nlp = case, nlp

    def deliver(self, key: str, document: Document) -> str | None:
        tally = Tally()
        for _ in add_documents([document], self._case, tally, Counter(), nlp=self._nlp):
            pass
        return "could not be coded" if tally.skipped else None


@contextmanager
def _into(case: Path | None) -> Iterator[ToCase | None]:
    if case is None:
        yield None
        return
    with opened(case, write=True, create=True) as opened_case:
        bring_up_to_date(opened_case)
        yield ToCase(opened_case, loaded())


@contextmanager
def _errors_told(memory: Path) -> Iterator[None]:
    """What goes wrong with files is said, and ends the command with 1; Ctrl+C is the way to end a watch."""
    from sitrep.watch.store import StoreError

    try:
        yield
    except KeyboardInterrupt:
        talk.print("stopped; the next run goes on from here", highlight=False)
        raise typer.Exit(INTERRUPTED) from None
    except StoreError as error:
        _print(str(error), "red")
        raise typer.Exit(FAILED) from error
    except (OSError, sqlite3.DatabaseError) as error:
        kept = f"What was kept before is kept, and the next run goes on from there ({memory})."
        _print(f"{error}. {kept}", "red")
        raise typer.Exit(FAILED) from error


def _listed(lists: Sequence[str]) -> list[Listed]:
    from sitrep.watch.lists import listed

    found: list[Listed] = []
    for one in listed(lists):
        if isinstance(one, Skipped):
            _tell(one)
        else:
            found.append(one)
    return found


def _tell(skipped: Skipped) -> None:
    _print(f"skipped {skipped}", "yellow")


def _print(text: str, style: str | None = None) -> None:
    # Cleaned, as servers and feeds may say what would tell a terminal to do things.
    talk.print(clean(text), style=style, markup=False, highlight=False, soft_wrap=True)


# ----------------------------------------------------------------------------------------- how it went


def _say(went: Round) -> None:
    from sitrep.watch.clock import stamp

    asked = sum(source.asked for source in went.sources)
    head = f"{stamp(went.ended)}: {asked:,} of {counted(len(went.sources), 'source')} answered"
    _print(f"{head}, {_told(went.new, went.counts)}")
    for source in went.sources:
        _print(f"  {_line(source)}", "yellow" if source.problem else None)


def _line(source: SourceRound) -> str:
    from sitrep.watch.clock import stamp

    name = f"{source.title} ({source.url})" if source.title else source.url
    if source.gone:
        return f"{name}: gone for good, and not asked again. Take it out of the list."
    told = _told(source.new, source.counts) if source.new or source.counts.total() else "nothing new"
    if source.problem is None:
        return f"{name}: {told}"
    since = f"failing since {stamp(source.failing_since)}" if source.failing_since else "failing in part"
    again = f", next try {stamp(source.next_try)}" if source.next_try else ""
    return f"{name}: {since}: {source.problem}{again}; {told}"


def _told(new: int, counts: Counter[str]) -> str:
    became = [f"{counts[state]:,} {word}" for state, word in TOLD.items() if counts[state]]
    return ", ".join([f"{new:,} new", *became])


def _show_health(memory: Path, format: Shape) -> None:
    from sitrep.watch.health import health
    from sitrep.watch.state import State
    from sitrep.watch.store import Store

    if not memory.exists():
        raise typer.BadParameter(f"Nothing is watched yet: there is no {memory}.", param_hint="--list")
    with _errors_told(memory), Store(memory, read_only=True) as store:
        found = health(State(store))
    show(found, format, _health_view, to_json, "Nothing is watched yet.")


def _health_view(sources: Sequence[Health]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", expand=True, pad_edge=False)
    table.add_column("Source", ratio=1)
    for name in ("Kept", "Same", "Skipped", "Refused", "Given up", "Waiting"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in sources:
        source = Text(one.title or one.url)
        source.append(f"\n{_standing(one)}", style="yellow" if one.problem else "dim")
        numbers = (one.delivered, one.duplicates, one.skipped, one.refused, one.failed, one.waiting)
        table.add_row(source, *(f"{number:,}" for number in numbers))
    return table


def _standing(one: Health) -> str:
    if one.gone_since:
        return f"gone since {one.gone_since}"
    if one.problem:
        return f"failing since {one.failing_since}: {one.problem}; next try {one.next_try}"
    return f"answered {one.answered}" if one.answered else "not asked yet"
