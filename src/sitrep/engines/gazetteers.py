"""The gazetteer that a run was begun with, on every machine: compiled there, or fetched from the store."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.engines.parts import KEPT
from sitrep.gazetteer.build import build_gazetteer, gazetteer_path
from sitrep.gazetteer.location import installed, open_gazetteer
from sitrep.records import Coder

if TYPE_CHECKING:
    from sitrep.engines.store import Store


@dataclass(frozen=True, slots=True)
class Shipped:
    """A gazetteer by its digest. `file` is where it lies in the run's store; None is the package's own,
    which every machine compiles for itself."""

    digest: str
    file: str | None


def ship(coder: Coder, store: Store, *, copy: bool) -> Shipped | None:
    """The gazetteer that `coder` names, put into `store` if it is the user's own and `copy` says so.

    None where the coder has none. Raises `StoreFailed`.
    """
    digest = coder.models.get("gazetteer")
    if digest is None:
        return None
    own = installed()
    if own is None:
        return Shipped(digest, None)
    name = _name(digest)
    if copy and store.sizes(KEPT).get(name) != own.stat().st_size:
        store.put_file(f"{KEPT}/{name}", own)
    return Shipped(digest, f"{KEPT}/{name}")


def here(shipped: Shipped, store: Store) -> Path:
    """The gazetteer on this machine. Raises `StoreFailed`."""
    compiled = gazetteer_path()
    if shipped.file is None:
        return compiled if compiled.exists() else build_gazetteer(compiled)
    own = installed()
    if own is not None and _digest(own) == shipped.digest:
        return own
    kept = compiled.parent / _name(shipped.digest)
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            fetched = Path(folder) / kept.name
            store.get_file(shipped.file, fetched)
            fetched.replace(kept)
    return kept


def _name(digest: str) -> str:
    return f"shipped-{digest.removeprefix('sha256:')[:12]}.sqlite"


def _digest(path: Path) -> str:
    connection, about = open_gazetteer(path)
    connection.close()
    return about.digest
