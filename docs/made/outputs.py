"""What commands print, in the pages that show it: `python -m docs.made.outputs` writes it anew.

A block that begins with `$ sitrep` and stands below `<!-- output: N lines -->` shows the first N lines that
the command prints; below `<!-- output -->` it shows them all. The commands of a page run in its order, in one
empty folder that has `examples/` in it. A test compares.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from typer.testing import CliRunner

from docs.made.commands import commands
from sitrep.cli import app
from sitrep.cli.app import out, talk

ROOT: Final = Path(__file__).parent.parent.parent
PAGES: Final = (ROOT / "docs" / "index.md",)
_WIDTH: Final = 100  # what a page of the site shows without scrolling
_BLOCK: Final = re.compile(
    r"(?P<mark><!-- output(?:: (?P<lines>\d+) lines)? -->\n```console\n\$ sitrep (?P<command>[^\n]+)\n)"
    r"(?P<shown>.*?)(?P<end>```)",
    re.DOTALL,
)


def with_outputs(page: str) -> str:
    """The page with what its commands print today."""
    with _empty_folder():
        return _BLOCK.sub(_filled, page)


def _filled(block: re.Match[str]) -> str:
    lines = printed(block["command"])
    if block["lines"] and len(lines) > int(block["lines"]):
        lines = [*lines[: int(block["lines"])], "…"]
    return "".join([block["mark"], *(f"{line}\n" for line in lines), block["end"]])


def printed(command: str) -> list[str]:
    """What a command prints on a terminal of 100 columns; its talk only where it prints nothing else."""
    words = [found for word in shlex.split(command) for found in _expanded(word)]
    known = next(one for name, one in commands() if name == f"sitrep {words[0]}")
    table = ["--format", "table"] if any("--format" in param.opts for param in known.params) else []
    widths = out.width, talk.width
    out.width = talk.width = _WIDTH
    try:
        done = CliRunner().invoke(app, [*words, *table], catch_exceptions=False)
    finally:
        out.width, talk.width = widths
    if done.exit_code:
        raise RuntimeError(f"sitrep {command} exits with {done.exit_code}: {done.stderr}")
    text = done.stdout if done.stdout.strip() else done.stderr
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return lines.strip("\n").splitlines()


def _expanded(word: str) -> list[str]:
    """What a shell makes of a word with a star."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


@contextmanager
def _empty_folder() -> Iterator[None]:
    """A folder with the examples, and none of the user's own lists, cases or gazetteers."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        own = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        own["SITREP_ACTORS"] = str(Path(folder) / "lists")
        with patch.dict(os.environ, own, clear=True), chdir(folder):
            yield


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(with_outputs(path.read_text(encoding="utf-8")), encoding="utf-8")
