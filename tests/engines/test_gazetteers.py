"""Every machine codes with the gazetteer that the run was begun with."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.engines.gazetteers import Shipped, here, ship
from sitrep.engines.store import Store
from sitrep.gazetteer.build import gazetteer_path
from sitrep.gazetteer.geonames import compile_dump
from sitrep.gazetteer.location import VARIABLE, open_gazetteer
from sitrep.records import Coder
from tests.gazetteer.test_geonames import dump, line

pytest.importorskip("fsspec", reason="fsspec comes with the extra `ray`")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))  # no gazetteer of the user's
    monkeypatch.delenv(VARIABLE, raising=False)
    return Store(f"file://{tmp_path}/run")


def own(folder: Path, name: str) -> tuple[Path, str]:
    """A gazetteer that a user compiled, and its digest."""
    path = folder / f"{name}.sqlite"
    compile_dump(dump(folder, line(1, name, "P", "PPL")), path)
    connection, about = open_gazetteer(path)
    connection.close()
    return path, about.digest


def test_own_gazetteer_goes_to_a_machine_that_has_none(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, digest = own(tmp_path, "Orva")
    monkeypatch.setenv(VARIABLE, str(path))
    shipped = ship(Coder(sitrep="0", models={"gazetteer": digest}), store, copy=True)
    assert shipped == Shipped(digest, f"_run/shipped-{digest[7:19]}.sqlite")
    monkeypatch.delenv(VARIABLE)
    fetched = here(shipped, store)
    assert fetched.parent == tmp_path / "cache"
    assert fetched.read_bytes() == path.read_bytes()
    store.remove("")
    assert here(shipped, store) == fetched  # once for a machine


def test_machine_with_another_gazetteer_gets_that_of_the_run(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, digest = own(tmp_path, "Orva")
    monkeypatch.setenv(VARIABLE, str(path))
    shipped = ship(Coder(sitrep="0", models={"gazetteer": digest}), store, copy=True)
    assert shipped is not None
    (tmp_path / "other").mkdir()
    other, _ = own(tmp_path / "other", "Ruth")
    monkeypatch.setenv(VARIABLE, str(other))
    assert here(shipped, store).read_bytes() == path.read_bytes()


def test_on_one_machine_nothing_is_copied(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, digest = own(tmp_path, "Orva")
    monkeypatch.setenv(VARIABLE, str(path))
    shipped = ship(Coder(sitrep="0", models={"gazetteer": digest}), store, copy=False)
    assert shipped is not None
    assert here(shipped, store) == path
    assert not (tmp_path / "run").exists()


def test_gazetteer_of_the_package_is_each_machines_own(store: Store, tmp_path: Path):
    shipped = ship(Coder(sitrep="0", models={"gazetteer": "sha256:1"}), store, copy=True)
    assert shipped == Shipped("sha256:1", None)
    gazetteer_path().write_bytes(b"compiled before")
    assert here(shipped, store) == gazetteer_path()
    assert not (tmp_path / "run").exists()


def test_coder_without_a_gazetteer_needs_none(store: Store):
    assert ship(Coder(sitrep="0", models={}), store, copy=True) is None
