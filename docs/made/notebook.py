"""The notebook as a page: its prose, and its code in blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NOTEBOOK: Final = Path(__file__).parent.parent / "notebook" / "exports.py"
_CELL: Final = re.compile(r"^# %%(?: \[(markdown)\])?$\n", re.MULTILINE)


def cells() -> Iterator[tuple[bool, str]]:
    """Whether it is code, and the content, of each cell of a notebook in jupytext's percent format."""
    _, *parts = _CELL.split(NOTEBOOK.read_text(encoding="utf-8"))
    for kind, content in zip(parts[::2], parts[1::2], strict=True):
        if kind == "markdown":
            yield False, re.sub(r"^# ?", "", content, flags=re.MULTILINE).strip()
        else:
            yield True, content.strip()


def page() -> Iterator[str]:
    for is_code, content in cells():
        yield f"```python\n{content}\n```\n" if is_code else f"{content}\n"
