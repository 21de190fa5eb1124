"""Fixtures shared by the tests: the real pipeline, loaded once, and the development data where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

import sitrep

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    return sitrep.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the development data is not beside this checkout")
    return SHARED
