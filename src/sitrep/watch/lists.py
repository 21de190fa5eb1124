"""What to watch, as a user lists it: an OPML file, a text file with an address a line, or addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sitrep.read.decode import NotText, decode
from sitrep.records import Skipped
from sitrep.watch.addresses import absolute, key_of
from sitrep.watch.xml import elements, name_of

LARGEST: Final = 16_000_000  # bytes
COMMENT: Final = "#"
NO_ADDRESS: Final = "Give it with http:// or https://, and without a password."
NO_LIST: Final = "Give an OPML file, or a text file with an address a line."


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed or sitemap that is to be watched."""

    url: str
    title: str | None = None  # the list's name for it


def listed(sources: Iterable[str]) -> Iterator[Listed | Skipped]:
    """All that `sources` name, in their order and once each; a `Skipped` for what names nothing."""
    seen: set[str] = set()
    for source in sources:
        for one in _in_source(source):
            if isinstance(one, Skipped):
                yield one
            elif (key := key_of(one.url)) not in seen:
                seen.add(key)
                yield one


def _in_source(source: str) -> Iterator[Listed | Skipped]:
    if "://" in source:
        yield _listed(source, None, "the command line")
        return
    try:
        path = Path(source).expanduser()
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Skipped(source, f"cannot be read ({reason}).", "Give a list of feeds, or an address.")
        return
    if len(content) > LARGEST:
        yield Skipped(source, "is too large for a list of feeds.", NO_LIST)
        return
    found = list(_in_opml(content, source) if _is_xml(content) else _in_lines(content, source))
    yield from found or [Skipped(source, "names nothing to watch.", NO_LIST)]


def _is_xml(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _in_opml(content: bytes, source: str) -> Iterator[Listed | Skipped]:
    for element in elements(content):
        if name_of(element) == "outline":
            said = {str(name).lower(): value for name, value in element.attrib.items()}
            if link := said.get("xmlurl", "").strip():
                title = " ".join((said.get("title") or said.get("text") or "").split())
                yield _listed(link, title or None, source)


def _in_lines(content: bytes, source: str) -> Iterator[Listed | Skipped]:
    text = decode(content)
    if isinstance(text, NotText):
        yield Skipped(source, f"is {text.kind}, not a list.", NO_LIST)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        link, _, title = line.partition(COMMENT)[0].strip().partition(" ")
        if link:
            yield _listed(link, title.strip() or None, f"{source}, line {number}")


def _listed(link: str, title: str | None, where: str) -> Listed | Skipped:
    # Podcast and feed programs write "feed:" for the same.
    url = absolute(link.replace("feed://", "https://", 1) if link.startswith("feed://") else link, "")
    if url is None:
        return Skipped(where, f'"{link}" is no address that can be watched.', NO_ADDRESS)
    return Listed(url, title)
