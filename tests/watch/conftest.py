"""Fixtures of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.watch.store import Store
from tests.watch.fake import Web


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "case.sitrep.watch") as opened:
        yield opened
