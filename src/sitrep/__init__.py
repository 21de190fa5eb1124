"""Sitrep reads news reports and keeps the situation they describe: who did what to whom, where, when,
and according to whom, each record tied to the words it came from.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("sitrep")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0"

from sitrep.case import open_case
from sitrep.coding.actors.known import describe_actor
from sitrep.coding.pipeline import code, load
from sitrep.coding.relations import relate

__all__ = ["__version__", "code", "describe_actor", "load", "open_case", "relate"]
