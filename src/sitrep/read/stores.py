"""Addresses of stores (s3://…, gs://…, file://…) in; the files that lie there, by way of fsspec, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final, cast

from sitrep.read.suffix import suffix_of
from sitrep.records import Skipped

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

ADDRESS: Final = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # pages are no store
PATTERN_CHARACTERS: Final = frozenset("*?[")
# What a store says of a file that changes when the file does; the first that there is.
STAMPS: Final = ("ETag", "etag", "md5Hash", "content_md5", "generation", "mtime", "LastModified",
                 "last_modified", "modified", "created")  # fmt: skip


class NoStore(Exception):
    """There is no such store, or it gives no answer; the message says what to do."""


def is_address(name: str) -> bool:
    return ADDRESS.match(name) is not None


def store_of(address: str) -> tuple[AbstractFileSystem, str]:
    """The store that an address names, and the path in it. Raises `NoStore`.

    Credentials and endpoints are found as each store's own tools find them: in the environment, in their
    files, from the machine's role, or in fsspec's configuration (`FSSPEC_S3_…`).
    """
    scheme = address.partition("://")[0]
    try:
        # Imported here: whoever reads files need not have it.
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise NoStore(
            f"{scheme}:// is read by fsspec, which is not installed: pip install fsspec."
        ) from error
    try:
        store, path = url_to_fs(address)
    except ImportError as error:  # its message names the package: "Install s3fs to access S3"
        raise NoStore(f"{error}: pip install it, on every machine that reads or writes there.") from error
    except ValueError as error:
        raise NoStore(f"{error}. Name a store that fsspec knows: s3://, gs://, abfs://, file://.") from error
    return store, path


def reason_of(error: Exception) -> str:
    """What a store's error says, in one line."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(said).split())[:300].rstrip(".")


@dataclass(frozen=True, slots=True)
class Stored:
    """One file in a store, as `Source` is one on the disk."""

    name: str  # its address

    @property
    def suffix(self) -> str:
        return suffix_of(self.name)

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Its bytes. Raises `OSError`."""
        try:
            store, path = store_of(self.name)
            return cast(AbstractContextManager[IO[bytes]], store.open(path, "rb"))
        except OSError:
            raise
        except Exception as error:  # each store has errors of its own
            raise OSError(reason_of(error)) from error

    def stamp(self) -> tuple[int | None, str]:
        """Its size, and what changes when it does. Raises `OSError`."""
        try:
            store, path = store_of(self.name)
            stated: dict[str, Any] = store.info(path)
        except OSError:
            raise
        except Exception as error:
            raise OSError(reason_of(error)) from error
        return stated.get("size"), next((str(stated[name]) for name in STAMPS if stated.get(name)), "")


def expand_address(address: str) -> Iterator[Stored | Skipped]:
    """Every file that an address names: folders with all below them, patterns, in order of name.

    Names that begin with a dot or an underscore are left out: so stores mark what is not content.
    """
    try:
        store, path = store_of(address)
        if PATTERN_CHARACTERS & set(path):
            found = [name for name, about in store.glob(path, detail=True).items() if about["type"] == "file"]
            nothing = Skipped(address, "matches no file.", "Check the pattern; ** reaches into folders.")
        elif store.isfile(path):
            yield Stored(address)
            return
        else:
            start = len(path.rstrip("/"))
            found = [name for name in store.find(path) if not _is_hidden(name[start:])]
            nothing = Skipped(address, "there is nothing at this address.", "Check it and the credentials.")
    except NoStore as error:
        yield Skipped(address, "cannot be read.", str(error))
        return
    except Exception as error:  # each store has errors of its own
        yield Skipped(address, f"cannot be read ({reason_of(error)}).", "Check address and credentials.")
        return
    for name in sorted(found):
        yield Stored(store.unstrip_protocol(name))
    if not found:
        yield nothing


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))
