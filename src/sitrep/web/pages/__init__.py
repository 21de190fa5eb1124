"""The pages, one file each; `register` tells NiceGUI of them."""

from __future__ import annotations


def register() -> None:
    """Have every page at its address. Importing a page's file is what registers it."""
    from sitrep.web.pages import (  # noqa: F401
        actor,
        actors,
        add,
        brief,
        control,
        incident,
        report,
        reports,
        review,
        search,
        situation,
    )
