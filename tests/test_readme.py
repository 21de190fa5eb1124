"""The README shows what the command prints today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"```console\n\$ sitrep (.+?)\n(.*?)```", re.DOTALL)


def printed(arguments: str, folder: Path) -> list[str]:
    command = [sys.executable, "-c", "from sitrep.cli import main; main()", *arguments.split()]
    environment = os.environ | {"COLUMNS": "100"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return [line.rstrip() for line in done.stdout.strip().splitlines()]


def test_the_output_shown_is_the_output_printed(tmp_path: Path):
    blocks = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [arguments.split()[0] for arguments, _ in blocks] == ["code", "incidents", "control"]
    printed(f"add {ROOT / 'examples'} --case {tmp_path / 'libya.sitrep'}", ROOT)
    for arguments, shown in blocks:
        folder = ROOT if arguments.startswith("code") else tmp_path
        assert printed(f"{arguments} --format table", folder) == shown.strip().splitlines()
