"""Signing in: one plain form, no script."""

from __future__ import annotations

import asyncio
from html import escape
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from sitrep.web.access import COOKIE, SESSION_S, Sessions

_WRONG_S: Final = 0.5  # what each wrong password costs whoever guesses

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in · Sitrep</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/login.css"></head>
<body><main><h1>Sitrep</h1>
<form method="post" action="/login">
<input type="hidden" name="to" value="{to}">
{wrong}<label for="who">Your name <small>(stands beside what you decide)</small></label>
<input id="who" name="who" autocomplete="username" required maxlength="80" value="{who}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form></main></body></html>
"""


def login_routes(sessions: Sessions) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def form(to: Annotated[str, Query(max_length=2000)] = "/") -> HTMLResponse:
        return HTMLResponse(_page(to))

    @router.post("/login")
    async def sign_in(
        request: Request,
        who: Annotated[str, Form(max_length=80)],
        password: Annotated[str, Form(max_length=1000)],
        to: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:
        if not who.strip() or not sessions.is_password(password):
            await asyncio.sleep(_WRONG_S)
            return HTMLResponse(_page(to, who, wrong=True), status_code=403)
        answer = RedirectResponse(_within(to), status_code=303)
        answer.set_cookie(
            COOKIE,
            sessions.token(who.strip()),
            max_age=SESSION_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https",
        )
        return answer

    @router.post("/logout")
    def sign_out() -> Response:
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(COOKIE)
        return answer

    return router


def _page(to: str, who: str = "", wrong: bool = False) -> str:
    told = '<p role="alert">That is not the password.</p>\n' if wrong else ""
    return _PAGE.format(to=escape(_within(to)), who=escape(who), wrong=told)


def _within(to: str) -> str:
    """Where to go after signing in: a page of ours, whatever the link said."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
