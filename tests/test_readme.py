"""The README shows what the command prints today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"```console\n\$ sitrep (.+?)\n(.*?)```", re.DOTALL)


def test_the_output_shown_is_the_output_printed():
    [(arguments, shown)] = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    command = [sys.executable, "-c", "from sitrep.cli import main; main()", *arguments.split()]
    environment = os.environ | {"COLUMNS": "100"}
    done = subprocess.run(
        [*command, "--format", "table"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert [line.rstrip() for line in done.stdout.strip().splitlines()] == shown.strip().splitlines()
