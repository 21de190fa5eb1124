"""Spans by where they are, for what is asked of every word: which of many lie over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from sitrep.records import Span

T = TypeVar("T")

_WIDTH: Final = 128


class SpansAt(Generic[T]):
    """What stands at which span. To look one up takes no longer in a long text than in a short one."""

    def __init__(self, standing: Iterable[tuple[Span, T]]) -> None:
        self._all = list(standing)
        self._near: dict[int, list[int]] = {}  # numbers of those in each stretch of the text
        for number, (span, _) in enumerate(self._all):
            for stretch in _stretches(span):
                self._near.setdefault(stretch, []).append(number)

    def touching(self, span: Span) -> list[tuple[Span, T]]:
        """Those that share a character with `span`, in the order they were given."""
        start, end = span
        near = {number for stretch in _stretches(span) for number in self._near.get(stretch, ())}
        found = (self._all[number] for number in sorted(near))
        return [(at, what) for at, what in found if at[0] < end and start < at[1]]


def _stretches(span: Span) -> range:
    return range(span[0] // _WIDTH, max(span[0], span[1] - 1) // _WIDTH + 1)
