"""`sitrep serve`: a case in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from sitrep.case import CaseError
from sitrep.case.file import open_for_reading
from sitrep.cli.app import FAILED, app, talk
from sitrep.cli.case import case_file, decider
from sitrep.terminal import steps


@app.command("serve", epilog="Example: sitrep serve libya.sitrep")
def serve_command(
    case: Annotated[
        Path | None,
        typer.Argument(
            metavar="[CASE]", envvar="SITREP_CASE", help="The case; without it, the only one in this folder."
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 8420,
    password: Annotated[
        str | None,
        typer.Option(
            "--password",
            envvar="SITREP_PASSWORD",
            show_envvar=True,
            help="What everybody who opens it must know. Others can see a command's words; not the variable.",
        ),
    ] = None,
    proxy_header: Annotated[
        str | None,
        typer.Option(
            "--proxy-header", metavar="NAME", help="The header in which a reverse proxy names its user."
        ),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option("--proxy", metavar="ADDRESS", help="Where the proxy speaks from; else this machine."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A name that browsers may call this server by."),
    ] = None,
    tiles: Annotated[
        bool, typer.Option("--tiles", help="Let browsers fetch map tiles from OpenStreetMap.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", envvar="SITREP_WHO", help="Who decides; else your login."),
    ] = None,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
) -> None:
    """Open a case in the browser: its map, timeline, reports, actors; to review it, and to add to it."""
    from sitrep.web.server import serve
    from sitrep.web.settings import RefusedToServe, WebSettings

    settings = WebSettings(
        host=host,
        port=port,
        password=password or None,
        proxy_header=proxy_header,
        proxies=tuple(proxy) if proxy else WebSettings().proxies,
        names=tuple(name or ()),
        who=decider(by),
        tiles=tiles,
    )

    def ready(address: str) -> None:
        talk.print(f"{path} is at {address} — stop with Ctrl+C", highlight=False)
        if browser and settings.is_local:
            webbrowser.open(address)

    path = case_file(case)
    try:
        open_for_reading(path).close()
        _bring_up_to_date(path)
        serve(path, settings, ready)
    except (CaseError, RefusedToServe) as error:
        talk.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(FAILED) from error


def _bring_up_to_date(path: Path) -> None:
    from sitrep.case import open_case

    with open_case(path, create=False) as case:
        if not case.is_current:
            talk.print("what was found by an older version's rules is found anew first", highlight=False)
            with steps(talk, "rebuilding") as progress:
                case.rebuild(progress)
