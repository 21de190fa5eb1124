"""A browser that looks at a served case: fixtures, and what every page of one must hold to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_MS = 30_000  # a shared machine can be slow
LARGE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MISSING = "no Chromium found: install it (apt-get install chromium), or name another with CHROMIUM=/path"


@contextmanager
def served(case: Path, *options: str, **variables: str) -> Iterator[str]:
    """The address of a case that `sitrep serve` serves while the block runs."""
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from sitrep.cli import main; main()",
            "serve",
            str(case),
            "--port",
            "0",
            "--no-open",
            *options,
        ],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "300", "SITREP_WHO": "Ines"} | variables,
    ) as server:
        try:
            assert server.stderr is not None
            told = []
            for line in server.stderr:
                told.append(line)
                if found := re.search(r"http://\S+:\d+", line):
                    yield found[0]
                    break
            else:
                raise AssertionError(f"it was not served: {''.join(told)}")
        finally:
            server.terminate()


class Visit:
    """A page in a browser, and all that went wrong in it."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": LARGE} | options)
        self.context.set_default_timeout(WAIT_MS)
        self.page, self.address, self.wrong = self.context.new_page(), address, []
        self.page.on(
            "console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("requestfailed", lambda r: self._failed(r))
        self.page.on(
            "response", lambda r: self.wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )
        self.page.on("dialog", lambda d: (self.wrong.append(f"dialog {d.message}"), d.dismiss()))

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # leaving a page ends what it still asked for
            self.wrong.append(f"{request.failure} {request.url}")

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path)
        if path != "/docs":
            self.page.wait_for_function("window.did_handshake === true")
        if path.startswith("/?") or path == "/":
            self.page.wait_for_function("document.querySelectorAll('[data-ready]').length === 3")
            self.page.wait_for_function("document.querySelector('.ag-row .dot, .ag-overlay') !== null")
        return self.page
