"""The `sitrep` command: parse, make one library call, print. Results go to stdout, talk to stderr.

One file a family of commands; importing it adds them to `app`. Exit status: 0, or 1 if any source failed,
or 2 for wrong usage.
"""

from sitrep.cli import (  # noqa: F401  each adds its commands
    actors,
    brief,
    case,
    coding,
    evaluation,
    explain,
    export,
    gazetteer,
    review,
    serve,
    watch,
)
from sitrep.cli.app import app


def main() -> None:
    app()
