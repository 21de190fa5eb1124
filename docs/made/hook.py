"""What mkdocs calls: puts in the place of `<!-- made: NAME -->` what is made from the package."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent.parent.parent))  # mkdocs does not run in the checkout's path

from docs.made import codebook, commands, notebook

MADE: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "quads": codebook.quads,
    "types": codebook.types,
    "contexts": codebook.contexts,
    "sectors": codebook.sectors,
    "international": codebook.international,
    "crosswalk": codebook.crosswalk,
    "differences": codebook.differences,
    "commands": commands.sections,
    "notebook": notebook.page,
}
_PLACE: Final = re.compile(r"<!-- made: (\w+) -->")


def filled(markdown: str) -> str:
    """The page with everything that is made. Raises `KeyError` for a name that nothing makes."""
    return _PLACE.sub(lambda place: "\n".join(MADE[place[1]]()), markdown)


def on_page_markdown(markdown: str, **_: Any) -> str:
    return filled(markdown)
