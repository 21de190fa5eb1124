"""How many, in words or figures: "at least 12", "two dozen", "12 to 15", "hundreds", as a range.

What words leave open stays open: "at least 12" has no upper end, "dozens" begins at two dozen, "hundreds" at
two hundred. "More than 100" is 101 or more. "About 50" is read as within a tenth of it, since a reporter's
round number promises no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

Range = tuple[int, int | None]

_UNITS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
# The least that a plural without a number can mean; the longest phrase first.
_VAGUE: Final[tuple[tuple[tuple[str, ...], Range], ...]] = (
    (("hundreds", "of", "thousands"), (200_000, None)),
    (("tens", "of", "thousands"), (20_000, None)),
    (("several", "thousand"), (3000, None)),
    (("several", "hundred"), (300, None)),
    (("several", "dozen"), (36, None)),
    (("a", "couple", "of"), (2, 2)),
    (("a", "few"), (2, None)),
    (("half", "a", "dozen"), (6, 6)),
    (("half", "dozen"), (6, 6)),
    (("no", "one"), (0, 0)),
    (("nobody",), (0, 0)),
    (("none",), (0, 0)),
    (("no",), (0, 0)),
    (("several",), (3, None)),
    (("dozens",), (24, None)),
    (("scores",), (40, None)),
    (("hundreds",), (200, None)),
    (("thousands",), (2000, None)),
    (("millions",), (2_000_000, None)),
    (("both",), (2, 2)),
)
_AT_LEAST: Final = (("at", "least"), ("no", "fewer", "than"), ("no", "less", "than"), ("not", "less", "than"))
_MORE: Final = (("more", "than"), ("over",), ("above",), ("upwards", "of"))
_AT_MOST: Final = (("up", "to"), ("as", "many", "as"), ("at", "most"), ("no", "more", "than"))
_FEWER: Final = (("fewer", "than"), ("less", "than"), ("under",), ("below",))
_ABOUT: Final = (
    ("about",), ("around",), ("some",), ("roughly",), ("approximately",), ("an", "estimated"), ("estimated",),
)  # fmt: skip
_NEARLY: Final = (("nearly",), ("almost",), ("close", "to"))
_WORD: Final = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|[-–—]")
# Ages, shares and sums are numbers of something else.
_NOT_A_COUNT: Final = re.compile(
    r"\b\w+[- ]years?[- ]olds?\b|[$€£]\s?[\d.,]+\w*|[\d.,]+\s?(?:%|per\s?cent)|\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)


def read_range(phrase: str) -> Range | None:
    """The first count in `phrase`: its least and greatest value, None where open. None without one."""
    words = _WORD.findall(_NOT_A_COUNT.sub(" ", phrase.lower()))
    for at in range(len(words)):
        before = words[:at]
        vague = next((found for found in _VAGUE if tuple(words[at : at + len(found[0])]) == found[0]), None)
        number = _number(words, at)
        if number is not None:
            return _qualified(words, before, number)
        if vague is not None and not (
            vague[0] == ("no",) and words[at + 1 : at + 2] in (["fewer"], ["less"], ["more"])
        ):
            return vague[1]
    return None


def _qualified(words: Sequence[str], before: Sequence[str], number: tuple[int, int]) -> Range:
    low, after = number
    if words[after : after + 1] and words[after] in ("to", "-", "–", "—", "or", "and"):
        between = "between" in before[-1:]
        second = _number(words, after + 1)
        if second is not None and second[0] > low and (words[after] != "and" or between):
            return low, second[0]
    tenth = -(-low // 10)
    if _ends(before, _AT_LEAST):
        return low, None
    if _ends(before, _AT_MOST):
        return 1, low
    if _ends(before, _MORE):
        return low + 1, None
    if _ends(before, _FEWER):
        return 1, max(1, low - 1)
    if _ends(before, _NEARLY):
        return low - tenth, low
    if _ends(before, _ABOUT):
        return low - tenth, low + tenth
    return low, low


def _ends(words: Sequence[str], endings: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(words[-len(ending) :]) == ending for ending in endings)


def _number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The number that starts at a word, and the index after it: "two hundred and five", "1.2 million"."""
    if at >= len(words):
        return None
    word = words[at]
    after = at + 1
    if word[0].isdigit():
        if len(word) > 12:
            return None  # a telephone number rather than a count
        value = float(word.replace(",", ""))
        if words[after : after + 1] and words[after] in SCALES:
            value *= SCALES[words[after]]
            after += 1
        return (int(value), after) if value == int(value) else None
    if word in ("a", "an"):
        following = words[after] if after < len(words) else ""
        if following not in SCALES:
            return None
        total, current = 0, 1
    elif word in _UNITS or word in _TENS:
        total, current = 0, 0
        after = at
    else:
        return None
    while after < len(words):
        word = words[after]
        if word in _UNITS or word in _TENS:
            if current % 10 or (current % 100 and word in _TENS):
                break  # "five six" is two numbers, so is "twenty thirty"
            current += _UNITS.get(word, 0) or _TENS.get(word, 0)
        elif word in ("hundred", "dozen"):
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        elif not _is_joint(words, after, total + current):
            break
        after += 1
    return total + current, after


def _is_joint(words: Sequence[str], at: int, so_far: int) -> bool:
    """Whether a word joins parts of one number: in "twenty-five", in "two hundred and five"."""
    if at + 1 >= len(words) or words[at + 1] not in (*_UNITS, *_TENS):
        return False
    if words[at] == "and":
        return so_far >= 100 and so_far % 100 == 0
    return words[at] in ("-", "–") and words[at - 1] in _TENS and words[at + 1] in _UNITS
