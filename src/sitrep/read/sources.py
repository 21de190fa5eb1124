"""Paths, folders, globs, addresses and "-" in; the bytes of each source, or why there are none, out."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol, cast

from sitrep.read.stores import Stored, expand_address, is_address
from sitrep.read.suffix import suffix_of
from sitrep.records import Skipped

STDIN: Final = "-"
PATTERN_CHARACTERS: Final = frozenset("*?[")
CHUNK_BYTES: Final = 65_536
GZIP: Final = b"\x1f\x8b"
# What cannot be read back and forth (standard input, a packed file) is copied for the readers that must:
HELD_BYTES: Final = 32_000_000  # in memory; the rest on disk
COPIED_BYTES: Final = 8_000_000_000  # at most


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input. `name` is how messages and records call it."""

    name: str
    path: Path | None  # None is standard input

    @property
    def suffix(self) -> str:
        return suffix_of(self.path.name) if self.path else ""

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """The source's bytes as they are stored. Raises `OSError`."""
        # Standard input is left open: it is not ours to close.
        return nullcontext(sys.stdin.buffer) if self.path is None else self.path.open("rb")


def expand(sources: Iterable[str | Path]) -> Iterator[Source | Stored | Skipped]:
    """Every file that `sources` name: folders with all below them but hidden files, in order of name."""
    for source in sources:
        name = str(source)
        if name == STDIN:
            yield Source("stdin", None)
            continue
        if is_address(name):
            yield from expand_address(name)
            continue
        try:
            path = Path(name).expanduser()
            is_folder, exists = path.is_dir(), path.exists()
        except (OSError, ValueError, RuntimeError) as error:
            yield Skipped(
                name, f"cannot be read ({error}).", "Name a file, a folder, a pattern, or - for stdin."
            )
            continue
        if is_folder:
            yield from _folder(path)
        elif exists:
            yield Source(name, path)
        elif PATTERN_CHARACTERS & set(name):
            yield from _pattern(name)
        else:
            yield Skipped(name, "there is no such file or folder.", "Check the path.")


def _folder(folder: Path) -> Iterator[Source | Skipped]:
    unreadable: list[OSError] = []
    found = False
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                found = True
                path = Path(root) / name
                yield Source(str(path), path)
    for error in unreadable:
        yield Skipped(str(error.filename), f"cannot be opened ({error.strerror}).", "Check its permissions.")
    if not found and not unreadable:
        yield Skipped(str(folder), "holds no files.", "Name a folder with texts, pages or JSONL files.")


def _pattern(pattern: str) -> Iterator[Source | Skipped]:
    paths = [Path(name) for name in sorted(glob.glob(str(Path(pattern).expanduser()), recursive=True))]  # noqa: PTH207 - patterns may be absolute
    files = [path for path in paths if path.is_file()]
    for path in files:
        yield Source(str(path), path)
    if not files:
        yield Skipped(pattern, "matches no file.", "Check the pattern; ** reaches into folders.")


class Openable(Protocol):
    """What can be read from: a `Source`, or a file within an archive."""

    @property
    def name(self) -> str: ...

    @property
    def suffix(self) -> str: ...

    def open(self) -> AbstractContextManager[IO[bytes]]: ...


class UnreadableSource(Exception):
    """The system would not give the bytes of a source; the message is its reason."""


class Stream:
    """The bytes of a source, in order and once; `beginning` is what it starts with, for a look ahead.

    Every method raises `UnreadableSource`.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._position = 0
        self._broken: UnreadableSource | None = None
        self.beginning = self._ahead = self._first(CHUNK_BYTES)

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, perhaps fewer; none only at the end."""
        if size < 0:
            return b"".join(self)
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            piece = self._from_raw(size)
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        return self._position

    def __iter__(self) -> Iterator[bytes]:
        """The bytes piece by piece, none of them empty."""
        while piece := self.read(CHUNK_BYTES):
            yield piece

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """All bytes, to be read back and forth: the file itself, or a copy of what is none."""
        if isinstance(self._raw, io.IOBase) and self._raw.seekable():
            self._raw.seek(0)
            yield self._raw
            return
        with tempfile.SpooledTemporaryFile(max_size=HELD_BYTES) as copy:
            for piece in self:
                copy.write(piece)
                if self._position > COPIED_BYTES:
                    raise UnreadableSource(f"it unpacks to more than {COPIED_BYTES:,} bytes")
            copy.seek(0)
            yield cast(IO[bytes], copy)

    def _first(self, size: int) -> bytes:
        held = b""
        try:
            while len(held) < size and (piece := self._from_raw(size - len(held))):
                held += piece
        except UnreadableSource as error:
            if not held:
                raise
            self._broken = error  # said once what comes before it is read
        return held

    def _from_raw(self, size: int) -> bytes:
        if self._broken:
            raise self._broken
        try:
            return self._raw.read(size)
        except OSError as error:
            raise UnreadableSource(error.strerror or str(error)) from error
        except (EOFError, zlib.error) as error:  # a broken .gz file
            raise UnreadableSource(str(error)) from error


class _Unpacked:
    """Gzipped bytes unpacked: of a file that breaks off, all that comes before the break."""

    def __init__(self, packed: Stream) -> None:
        self._file = gzip.GzipFile(fileobj=cast(IO[bytes], packed), mode="rb")

    def read(self, size: int) -> bytes:
        return self._file.read1(size)  # `read` gives nothing of a piece that holds a break


@contextmanager
def opened(source: Openable) -> Iterator[Stream]:
    """The bytes of a source, unpacked where they are gzipped. Raises `UnreadableSource`."""
    try:
        opening = source.open()
    except OSError as error:
        raise UnreadableSource(error.strerror or str(error)) from error
    with opening as raw:
        stream = Stream(raw)
        if stream.beginning.startswith(GZIP):
            stream = Stream(cast(IO[bytes], _Unpacked(stream)))
        yield stream
