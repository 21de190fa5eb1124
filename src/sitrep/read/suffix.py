"""What a file's name says of its kind."""

from __future__ import annotations

from pathlib import PurePosixPath


def suffix_of(name: str) -> str:
    """A file's kind by its name: ".html" for both page.html and page.html.gz."""
    path = PurePosixPath(name)
    return (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()
