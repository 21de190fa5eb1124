"""A folder on a disk that all machines see, or in an object store: what a run on many machines writes to."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from sitrep.read.stores import NoStore, is_address, reason_of, store_of

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# Here folders are made by what is put in them, and a put is whole or not at all.
OBJECT_STORES: Final = frozenset((
    "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "r2", "tos", "cos", "hf",
))  # fmt: skip
T = TypeVar("T")


class StoreFailed(RuntimeError):
    """A store would not give or take something; the message says which, why, and what to do."""


def failure(where: str, what: str, error: Exception) -> StoreFailed:
    """What is said of a file that could not be "read" or "written"."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    mend = "Make room" if full else "Check the address, and that all machines may read and write there"
    return StoreFailed(
        f"{where}: cannot be {what} ({reason_of(error)}). {mend}; then run the same command again: what is "
        "finished is kept."
    )


class Store:
    """Files by their names within one folder; names may hold "/". Every method raises `StoreFailed`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs: AbstractFileSystem
        try:
            self._fs, root = store_of(self.address)
        except NoStore as error:
            raise StoreFailed(f"{address}: {error}") from error
        self._root: str = root.rstrip("/")
        protocols = self._fs.protocol
        self._protocols = {protocols} if isinstance(protocols, str) else set(protocols)

    def path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def put(self, name: str, content: bytes) -> None:
        """Write a file, in place of any of that name. On disks and object stores: whole or not at all."""
        path = self.path(name)
        if "file" in self._protocols:
            self._doing("written", name, lambda: _replace(Path(path), content))
            return

        def put() -> None:
            if not self._protocols & OBJECT_STORES:
                self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._fs.pipe_file(path, content)

        self._doing("written", name, put)

    def put_file(self, name: str, file: Path) -> None:
        """Copy a file of this machine there."""

        def put() -> None:
            if not self._protocols & OBJECT_STORES:
                self._fs.makedirs(self.path(name).rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(file), self.path(name))

        self._doing("written", name, put)

    def get(self, name: str) -> bytes | None:
        """A file's content; None where there is none."""

        def get() -> bytes | None:
            try:
                return bytes(self._fs.cat_file(self.path(name)))
            except FileNotFoundError:
                return None

        return self._doing("read", name, get)

    def get_all(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of those of many files that are there."""
        paths = {self.path(name): name for name in names}

        def get() -> dict[str, bytes]:
            found = self._fs.cat(list(paths), on_error="omit") if paths else {}
            return {paths[path]: bytes(content) for path, content in found.items()}

        return self._doing("read", "", get)

    def get_file(self, name: str, file: Path) -> None:
        """Copy a file from there to this machine."""
        self._doing("read", name, lambda: self._fs.get_file(self.path(name), str(file)))

    def sizes(self, folder: str = "") -> dict[str, int]:
        """The files of a folder, without those of folders in it, and their sizes in bytes."""
        path = self.path(folder)

        def sizes() -> dict[str, int]:
            try:
                listed = self._fs.ls(path, detail=True, refresh=True)
            except FileNotFoundError:
                return {}
            return {one["name"].rpartition("/")[2]: one["size"] for one in listed if one["type"] == "file"}

        return self._doing("read", folder, sizes)

    def remove(self, folder: str) -> None:
        """Delete a folder and all in it, where it is there."""

        def remove() -> None:
            if self._fs.exists(self.path(folder)):
                self._fs.rm(self.path(folder), recursive=True)

        self._doing("written", folder, remove)

    def _doing(self, what: str, name: str, act: Callable[[], T]) -> T:
        try:
            return act()
        except Exception as error:  # each store has errors of its own
            raise failure(f"{self.address}/{name}".rstrip("/"), what, error) from error


def _replace(path: Path, content: bytes) -> None:
    # The name begins with a dot, so that nobody who reads the folder takes it for a part.
    written = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with written.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def address_of(output: str | Path) -> str:
    """A place to write to, as every process of this machine understands it."""
    name = str(output)
    return name if is_address(name) else f"file://{Path(name).expanduser().resolve()}"
