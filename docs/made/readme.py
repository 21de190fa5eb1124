"""What the commands of the README print: `python -m docs.made.readme` writes it anew. A test compares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
README: Final = ROOT / "README.md"
BLOCK: Final = re.compile(r"(```console\n\$ sitrep (.+?)\n)(.*?)(```)", re.DOTALL)


def with_outputs(page: str) -> str:
    """The page with what its commands print today, the ones about a case on a case of the examples."""
    with tempfile.TemporaryDirectory() as folder:
        _printed(f"add {ROOT / 'examples'} --case libya.sitrep", Path(folder))
        return BLOCK.sub(lambda block: block[1] + _shown(block[2], Path(folder)) + block[4], page)


def _shown(arguments: str, folder: Path) -> str:
    where = ROOT if arguments.startswith("code") else folder
    return "".join(f"{line}\n" for line in _printed(f"{arguments} --format table", where))


def _printed(arguments: str, folder: Path) -> list[str]:
    command = [sys.executable, "-c", "from sitrep.cli import main; main()", *arguments.split()]
    environment = os.environ | {"COLUMNS": "100"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return [line.rstrip() for line in done.stdout.strip().splitlines()]


if __name__ == "__main__":
    README.write_text(with_outputs(README.read_text(encoding="utf-8")), encoding="utf-8")
