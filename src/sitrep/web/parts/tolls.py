"""Tolls as ranges on one scale: what each account counts, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitrep.records import Toll
from sitrep.web.parts.elements import Tag


@dataclass(frozen=True, slots=True)
class Counted:
    """What one account counts, and where it stands."""

    publisher: str
    by: str  # whose word it is; empty is the publisher's own
    toll: Toll
    href: str


def show_tolls(counted: Sequence[tuple[str, Sequence[Counted], Toll]]) -> None:
    """Each kind of toll with a bar for each account, and one for the whole range if there are several."""
    for name, lines, whole in counted:
        most = _most([line.toll for line in lines] + [whole])
        with Tag("div", "", "tolls"):
            with Tag("h3", "", "toll-name"):
                Tag("span", name)
                Tag("span", whole, "num toll-whole")
            with Tag("ul", "", "toll-lines"):
                for line in lines:
                    with Tag("li"):
                        with Tag("span", "", "toll-by"):
                            Tag("a", line.publisher, href=line.href)
                            if line.by:
                                Tag("span", line.by, "muted small")
                        _bar(line.toll, most)
                        Tag("span", line.toll, "num toll-count")
            with Tag("div", "", "toll-scale num muted", aria_hidden="true"), Tag("div"):
                Tag("span", "0")
                Tag("span", f"{most:,}")


def span_of(value: Toll, most: int) -> tuple[float, float, bool]:
    """Where a toll begins and ends between 0 and `most`, in hundredths, and whether it is open above."""
    whole = max(1, most)
    low = min(value.low, whole) / whole * 100
    high = 100.0 if value.high is None else min(value.high, whole) / whole * 100
    return round(low, 2), round(high, 2), value.high is None


def _most(tolls: Sequence[Toll]) -> int:
    """The end of the scale: a little beyond what anybody says, so that "at least" has where to go."""
    top = max((one.low if one.high is None else one.high for one in tolls), default=0)
    return max(1, round(top * 1.25)) if any(one.high is None for one in tolls) else max(1, top)


def _bar(value: Toll, most: int) -> None:
    low, high, is_open = span_of(value, most)
    with Tag("span", "", "toll-bar", aria_hidden="true"):
        bar = Tag("span", "", "toll-range is-open" if is_open else "toll-range")
        bar.style(f"left: {low}%; width: {high - low}%")
        Tag("span", "", "toll-point").style(f"left: {low}%")
        if not is_open:
            Tag("span", "", "toll-point").style(f"left: {high}%")
