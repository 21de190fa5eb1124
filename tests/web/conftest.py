"""Fixtures: the invented country's case, and clients that ask the API as a browser or a program would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sitrep.web.server import make_api
from sitrep.web.settings import WebSettings
from tests.web.browser import CHROMIUM, MISSING, Visit, served
from tests.web.stories import orvia

HERE = "http://127.0.0.1:8420"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return orvia(tmp_path / "orvia.sitrep")


@pytest.fixture
def client(case: Path) -> Iterator[TestClient]:
    with TestClient(make_api(case, WebSettings(who="Ines")), base_url=HERE) as client:
        yield client


@pytest.fixture
def guarded(case: Path) -> Iterator[TestClient]:
    """The same with a password."""
    settings = WebSettings(host="0.0.0.0", password="correct horse")
    with TestClient(make_api(case, settings), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    case = orvia(tmp_path_factory.mktemp("web") / "orvia.sitrep")
    with served(case) as address:
        yield address, case


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is missing: pip install -e .[test]"
    )
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(site: tuple[str, Path], chromium: Any) -> Iterator[Visit]:
    made = Visit(chromium, site[0])
    yield made
    made.context.close()
    assert made.wrong == []
