"""Paths, folders, globs and "-" in; the bytes of each source, or why there are none, out."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sitrep.records import Skipped

STDIN = "-"
PATTERN_CHARACTERS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input. `name` is how messages and records call it."""

    name: str
    path: Path | None  # None is standard input

    @property
    def suffix(self) -> str:
        """The file's kind by its name: ".html" for both page.html and page.html.gz."""
        if self.path is None:
            return ""
        path = self.path.with_suffix("") if self.path.suffix.lower() == ".gz" else self.path
        return path.suffix.lower()

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """A stream of the source's bytes, unpacked where it is gzipped. Raises `OSError`."""
        if self.path is None:
            return nullcontext(sys.stdin.buffer)  # left open: it is not ours to close
        if self.path.suffix.lower() == ".gz":
            return cast(AbstractContextManager[IO[bytes]], gzip.open(self.path, "rb"))
        return self.path.open("rb")


def expand(sources: Iterable[str | Path]) -> Iterator[Source | Skipped]:
    """Every file that `sources` name: folders with all below them but hidden files, in order of name."""
    for source in sources:
        name = str(source)
        if name == STDIN:
            yield Source("stdin", None)
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


CHUNK_BYTES = 65_536


def chunks(source: Source) -> Iterator[bytes]:
    """The bytes of a source, piece by piece, none of them empty. Raises `UnreadableSource`."""
    try:
        with source.open() as stream:
            while piece := stream.read(CHUNK_BYTES):
                yield piece
    except OSError as error:
        raise UnreadableSource(error.strerror or str(error)) from error
    except (EOFError, zlib.error) as error:  # a broken .gz file
        raise UnreadableSource(str(error)) from error


class UnreadableSource(Exception):
    """The system would not give the bytes of a source; the message is its reason."""
