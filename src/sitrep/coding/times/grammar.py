"""How a grammar of time expressions is searched: rules, each a pattern and what its match means.

In a pattern a blank stands for the space between words (`words.spaced`), and case is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from sitrep.coding.times.meanings import Wording
from sitrep.coding.times.words import spaced

Match = re.Match[str]
Build = Callable[[Match], Wording | tuple[Wording, ...] | None]

# How far a match may reach before the word of `near` and after it: the longest wordings, with three blanks
# between their words, stay below.
_REACH_BACK: Final = 100
_REACH_ON: Final = 80
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


class Grammar:
    """Rules, in the order in which they were added."""

    def __init__(self) -> None:
        self.rules: list[tuple[re.Pattern[str], Build, frozenset[str]]] = []

    def rule(self, *pattern: str, near: frozenset[str]) -> Callable[[Build], Build]:
        """Makes a function the meaning of a pattern. Of equally long matches the first rule's counts.

        Every match has one of the words `near` in it. Only their surroundings are searched, which takes
        a fifth of the time of searching the whole text.
        """
        compiled = re.compile(spaced("".join(pattern)), re.IGNORECASE)

        def register(build: Build) -> Build:
            self.rules.append((compiled, build, near))
            return build

        return register

    def search(self, text: str) -> Iterator[Wording]:
        """The time expressions of `text` in its order, none overlapping: of several that do, the longest."""
        places: dict[str, list[tuple[int, int]]] = {}
        for word in _WORD.finditer(text):
            said = word[0]
            places.setdefault("0" if said[0].isdigit() else said.lower(), []).append(word.span())
        stretches = {near: list(_around(text, near, places)) for near in {near for _, _, near in self.rules}}
        found = [
            wording
            for pattern, build, near in self.rules
            for start, end in stretches[near]
            for match in pattern.finditer(text, start, end)
            for wording in _each(build(match))
        ]
        found.sort(key=lambda wording: (wording.start - wording.end, wording.start))
        taken: list[Wording] = []
        used = bytearray(len(text))
        for wording in found:
            if not any(used[wording.start : wording.end]):
                used[wording.start : wording.end] = b"\x01" * (wording.end - wording.start)
                taken.append(_trimmed(text, wording))
        yield from sorted(taken, key=lambda wording: wording.start)


def _around(
    text: str, near: frozenset[str], places: dict[str, list[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """The stretches of text around the words of `near`, apart from each other and ending with a word."""
    stretch: tuple[int, int] | None = None
    for first, last in sorted(place for word in near & places.keys() for place in places[word]):
        blank = _BLANK.search(text, last + _REACH_ON)
        start, end = max(0, first - _REACH_BACK), blank.start() if blank else len(text)
        if stretch is not None and start <= stretch[1]:
            stretch = stretch[0], max(end, stretch[1])
            continue
        if stretch is not None:
            yield stretch
        stretch = start, end
    if stretch is not None:
        yield stretch


_BLANK: Final = re.compile(r"\s")


def _each(built: Wording | tuple[Wording, ...] | None) -> tuple[Wording, ...]:
    if built is None:
        return ()
    return built if isinstance(built, tuple) else (built,)


def _trimmed(text: str, wording: Wording) -> Wording:
    """Without the blanks and commas that optional parts of a pattern may have taken along."""
    said = text[wording.start : wording.end]
    start = wording.start + len(said) - len(said.lstrip(" \t\n,"))
    return replace(wording, start=start, end=wording.end - (len(said) - len(said.rstrip(" \t\n,"))))
