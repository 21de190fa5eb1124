"""The `sitrep` command: parse, make one library call, print. Results go to stdout, talk to stderr.

One file a family of commands; importing it adds them to `app`. Exit status: 0, or 1 if any source failed,
or 2 for wrong usage.
"""

from sitrep.cli import actors, brief, case, coding, export, gazetteer, review, serve  # noqa: F401  adds its commands
from sitrep.cli.app import app


def main() -> None:
    app()
