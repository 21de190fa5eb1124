"""Every page of the web app as a picture: `python -m docs.made.screens` takes them anew, into docs/screens/.

Each on a large screen and on a phone, light and dark, of a case made of examples/. Needs Chromium, and
Pillow (pip install pillow).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import chdir
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import sync_playwright

from sitrep import code, open_case
from sitrep.case import Case
from sitrep.read import read
from sitrep.records import Document
from sitrep.web.parts.labels import actor_address, incident_address, report_address
from tests.web.browser import CHROMIUM, LARGE, MISSING, PHONE, Visit, served

ROOT: Final = Path(__file__).parent.parent.parent
SCREENS: Final = ROOT / "docs" / "screens"
DEVICES: Final = {"desktop": LARGE, "phone": PHONE}
DRAWN_MS: Final = 1500  # a map and a chart draw themselves after the page is there
COLOURS: Final = 128  # the history keeps every picture: enough of them, at a third of the size


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        path = Path(folder) / "libya.sitrep"
        with open_case(path) as case:
            with chdir(ROOT):  # so that pages name the examples as a reader of the repository finds them
                documents = [one for one in read(["examples"]) if isinstance(one, Document)]
            for report in code(documents):
                case.add(report)
            pages = dict(_pages(case))
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(path) as address:
            for device, viewport in DEVICES.items():
                for scheme in ("light", "dark"):
                    visit = Visit(browser, address, viewport=viewport, color_scheme=scheme)
                    for name, where in pages.items():
                        visit.go(where)
                        visit.page.wait_for_timeout(DRAWN_MS)
                        _keep(visit.page.screenshot(), SCREENS / f"{name}-{device}-{scheme}.png")
                    visit.context.close()


def _pages(case: Case) -> Iterator[tuple[str, str]]:
    """Each page's name and address; of pages of one thing, that of the thing that most is told of."""
    incident = max(case.incidents(), key=lambda one: (len(one.accounts), bool(one.differs), one.id))
    report = max(case.reports(), key=lambda one: (len(one.events), one.id))
    yield "situation", "/"
    yield "reports", "/reports"
    yield "report", report_address(report.id, report.events[0].id)
    yield "incident", incident_address(incident.id)
    yield "actors", "/actors"
    yield "actor", actor_address(case.overview.actors(limit=1)[0].id)
    yield "control", "/control"
    yield "review", "/review"
    yield "search", "/search?q=ceasefire"
    yield "brief", "/brief?from=2020-06-01&to=2020-06-30"
    yield "add", "/add"


def _keep(png: bytes, path: Path) -> None:
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
