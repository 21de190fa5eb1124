"""A ZIP archive in; what each file in it gives, by its own kind, out. Nothing is unpacked onto the disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import IO, Final, cast

from sitrep.read.decode import clean
from sitrep.read.sources import Stream, UnreadableSource
from sitrep.read.suffix import suffix_of
from sitrep.records import Document, Skipped

# Texts pack to a fifth or a tenth of their size; bombs to a thousandth.
LARGEST_RATIO: Final = 200
ALWAYS_ALLOWED: Final = 1_000_000_000  # bytes: small archives of very uniform files are no bombs
DEEPEST: Final = 1  # an archive within an archive, and none within that
FOREIGN: Final = ("__MACOSX/",)  # what macOS adds
# What Python's reader lets through from broken archives, apart from OSError.
BROKEN: Final = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, KeyError,
    IndexError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip


class Allowance:
    """How many bytes an archive, and all archives in it, may still unpack to."""

    def __init__(self, archive_bytes: int) -> None:
        self.left = max(ALWAYS_ALLOWED, LARGEST_RATIO * archive_bytes)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive, as `Source` is one on the disk."""

    name: str
    suffix: str
    depth: int
    allowance: Allowance
    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Its bytes. Raises `UnreadableSource`."""
        try:
            return nullcontext(cast(IO[bytes], _Counted(self.archive.open(self.entry), self.allowance)))
        except (*BROKEN, OSError) as error:
            raise UnreadableSource(_reason(error)) from error


class _Counted:
    """A member's bytes, counted against the archive's allowance."""

    def __init__(self, packed: IO[bytes], allowance: Allowance) -> None:
        self._packed, self._allowance = packed, allowance

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._packed.read(size)
        except (*BROKEN, OSError) as error:
            raise UnreadableSource(_reason(error)) from error
        self._allowance.left -= len(piece)
        if self._allowance.left < 0:
            raise UnreadableSource("the archive unpacks to far more than archives of texts do")
        return piece


def read_zip(
    stream: Stream,
    source: str,
    read_member: Callable[[Member], Iterator[Document | Skipped]],
    within: Member | None = None,
) -> Iterator[Document | Skipped]:
    """What the members of an archive give, in the archive's order; `within` is the member that it is itself.

    Raises `UnreadableSource`.
    """
    depth = within.depth + 1 if within else 0
    if depth > DEEPEST:
        yield Skipped(source, "is an archive in an archive in an archive.", "Unpack the outer ones first.")
        return
    with stream.seekable() as file:
        try:
            size = file.seek(0, 2)
            archive = zipfile.ZipFile(file)
        except (*BROKEN, OSError) as error:
            yield Skipped(source, f"is a broken ZIP file ({_reason(error)}).", "Download or pack it again.")
            return
        allowance = within.allowance if within else Allowance(size)
        found = False
        for entry in archive.infolist():
            if entry.is_dir() or entry.filename.startswith(FOREIGN) or _is_hidden(entry.filename):
                continue
            found = True
            name = f"{source}, {' '.join(clean(entry.filename).split())}"
            yield from read_member(Member(name, suffix_of(entry.filename), depth, allowance, archive, entry))
            if allowance.left < 0:
                advice = "Unpack it yourself, and give the files you trust."
                yield Skipped(source, "unpacks to far more than archives of texts do.", advice)
                return
        if not found:
            yield Skipped(source, "holds no files.", "Give an archive of texts, pages or JSONL files.")


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _reason(error: BaseException) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it is locked with a password"
    return str(error).rstrip(".") or type(error).__name__
