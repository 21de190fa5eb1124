"""The web app put together: access before all else, the JSON API, the pages; and the server that runs it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from sitrep import __version__
from sitrep.case import CaseError
from sitrep.web.access import Access, Sessions
from sitrep.web.adding import Adding, Limits
from sitrep.web.api import router, say_what_was_wrong
from sitrep.web.coder import CoderProcess
from sitrep.web.desk import Desk
from sitrep.web.documentation import documentation
from sitrep.web.login import login_routes
from sitrep.web.settings import WebSettings, check
from sitrep.web.state import AppState, state_of

STATIC: Final = Path(str(files("sitrep.web") / "static"))
_LOOK_S: Final = 1.0  # how often we look whether another program changed the case
_DAY_S: Final = 86_400


def make_api(case: Path, settings: WebSettings) -> FastAPI:
    """The API, signing in and static files, without the pages.

    Raises `RefusedToServe` and `CaseError`, saying what to do.
    """
    check(settings)
    desk = Desk(case)
    coder = CoderProcess()
    limits = Limits(settings.max_fetch_bytes, settings.fetch_timeout_s)
    adding = Adding(case, limits, coder, lambda job: None)
    sessions = Sessions(settings.password)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(desk.index)  # so that the first page need not wait for it
        looking = asyncio.create_task(_look(desk))
        try:
            yield
        finally:
            looking.cancel()
            coder.close()
            desk.close()

    app = FastAPI(
        title="Sitrep",
        version=__version__,
        description="One case: what reports say happened, by whose word, tied to the words it came from.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.sitrep = AppState(settings, desk, coder, adding)
    app.include_router(router)
    app.include_router(login_routes(sessions))
    app.add_exception_handler(CaseError, say_what_was_wrong)

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(documentation(app.openapi()))

    @app.get("/static/outlines.json", include_in_schema=False)
    def outlines(request: Request) -> Response:
        packed = (files("sitrep") / "data" / "outlines.json.gz").read_bytes()
        headers = {"content-encoding": "gzip", "cache-control": f"public, max-age={_DAY_S}"}
        return Response(packed, media_type="application/json", headers=headers)

    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app.add_middleware(Access, settings=settings, sessions=sessions)  # added last, so it comes first
    return app


def make_app(case: Path, settings: WebSettings) -> FastAPI:
    """The whole web app. One a process: NiceGUI keeps its pages in the module."""
    from nicegui import app as pages_app
    from nicegui import ui

    from sitrep.web import pages

    app = make_api(case, settings)
    pages_app.state.sitrep = state_of(app)
    pages.register()
    ui.run_with(
        app,
        title="Sitrep",
        favicon=STATIC / "icon.svg",
        dark=None,
        language="en-US",
        tailwind=False,
        show_welcome_message=False,
        gzip_middleware_factory=None,
        reconnect_timeout=10.0,
    )
    _sign_scripts()
    return app


def serve(case: Path, settings: WebSettings, ready: Callable[[str], None]) -> None:
    """Serve a case until interrupted; `ready` is given the address once it listens.

    Raises `RefusedToServe` and `CaseError`, saying what to do.
    """
    import uvicorn

    app = make_app(case, settings)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", ws_max_size=2_000_000,
        proxy_headers=False, server_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    started = server.startup

    async def startup(sockets: list[object] | None = None) -> None:
        await started(sockets)  # type: ignore[arg-type]
        if server.started:
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            ready(f"http://{host}:{_port(server)}/")

    server.startup = startup  # type: ignore[method-assign,assignment]
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how one stops
        server.run()


def _port(server: object) -> int:
    """The port that it listens at, also where 0 asked for any."""
    return int(server.servers[0].sockets[0].getsockname()[1])  # type: ignore[attr-defined]


def _sign_scripts() -> None:
    """Have the scripts of NiceGUI's page template carry the nonce of their answer (see `access`).

    Texts of reports stand in that template as escaped JSON and cannot begin an element of their own.
    """
    from jinja2 import BaseLoader, Environment
    from nicegui.client import templates

    plain: BaseLoader | None = templates.env.loader

    class Signed(BaseLoader):
        def get_source(
            self, environment: Environment, template: str
        ) -> tuple[str, str | None, Callable[[], bool] | None]:
            assert plain is not None
            source, name, is_current = plain.get_source(environment, template)
            return source.replace("<script", '<script nonce="{{ request.state.nonce }}"'), name, is_current

    templates.env.loader = Signed()
    if templates.env.cache is not None:
        templates.env.cache.clear()


async def _look(desk: Desk) -> None:
    """Tell the pages when the case has changed, by whatever program."""
    known = desk.version
    while True:
        await asyncio.sleep(_LOOK_S)
        version = desk.version
        if version != known:
            known = version
            await asyncio.to_thread(desk.index)
            desk.tell()
