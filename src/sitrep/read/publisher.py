"""Who published a flattened page: by its notice of rights, its site's name, or its dateline's agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitrep.read.dates import days_in
from sitrep.read.line_features import Line

# What newspapers, agencies and stations are called: the last word of a site's name, or its last part.
_PRESS = """
    advertiser argus bulletin chronicle courier dispatch echo examiner express gazette globe
    guardian herald independent inquirer journal ledger mail mercury meridian mirror monitor observer post
    press record register review sentinel standard star telegraph times tribune wire
"""
PRESS = frozenset(_PRESS.split())
PRESS_PAIRS = (
    "news agency",
    "news service",
    "press agency",
    "broadcasting corporation",
    "broadcasting service",
)
# Menus have "Latest Press" and "World Times" too; a house's name tells more than its kind.
_COMMON = """
    the a an all arts best breaking business daily economy evening free international latest local morning
    most my national news next on our politics previous science sport sports sunday this today top us
    video weekend weekly world your
"""
COMMON = frozenset(_COMMON.split())
KNOWN = re.compile(
    r"^(?:Reuters|AFP|Agence France-Presse|AP|(?:The )?Associated Press|Xinhua|TASS|Interfax"
    r"|Anadolu(?: Agency)?|DPA|dpa|EFE|ANSA|UPI|Bloomberg|BBC(?: News)?|CNN|Al Jazeera|Deutsche Welle|DW"
    r"|VOA|France 24|RFE/RL|WAFA|SANA|KUNA)$"
)
NAME_WORD = r"(?:[A-Z][\w'’&-]*|of|and|the|de|&)"
RIGHTS = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright\b|\bCOPYRIGHT\b)[\s:]*(?:©|\([cC]\)|[Cc]opyright\b|COPYRIGHT\b)?\s*(?P<year>(?:19|20)\d\d)?"
    rf"(?:\s*[-–]\s*(?:20)?\d\d)?[\s,]*(?:by\s+)?(?P<name>[A-Z0-9][\w'’&-]*(?:\s+{NAME_WORD}){{0,6}})"
    r"(?P<late_year>,?\s+(?:19|20)\d\d\b)?"
)
RESERVED = re.compile(
    r"[\s,.|]*\b(?:all rights|rights reserved|inc\b|ltd\b|llc\b|plc\b|limited\b|media group).*$",
    re.IGNORECASE,
)
PICTURE = re.compile(r"\b(?:photo|image|picture|getty|map)", re.IGNORECASE)
AGENCY = re.compile(r"^[A-Z][^.!?()]{1,60}\((?P<name>[A-Z][^()]{1,40})\)")
DIVIDER = re.compile(r"\s*[|•·›»]\s*|,\s+(?=\w+day\b|\d)")
TOP_LINES = 2  # of a page, where its site's name stands
BELOW = 6  # lines behind the headline: further down are links to other stories
NAME_WORDS = range(2, 6)


def publisher_of(lines: Sequence[Line], story: Sequence[bool], title_at: int | None) -> str | None:
    """The publisher that the page states: its notice of rights before its site's name, an agency last."""
    first = list(story).index(True)
    furniture = [line.text for line, is_story in zip(lines, story, strict=True) if not is_story]
    for text in reversed(furniture):
        if name := _rights_holder(text):
            return name
    start = title_at if title_at is not None else first
    top = [lines[i].text for i in range(min(TOP_LINES, first)) if i != title_at]
    near = [
        lines[i].text
        for i in range(max(0, start - 2), min(first, start + BELOW))
        if i != title_at and not story[i]
    ]
    for text in (*top, *near):
        if name := site_name(text):
            return name
    return next((name for text in (*near, lines[first].text) if (name := _agency(text))), None)


def site_name(text: str) -> str | None:
    """The house that a line names alone, or beside a section or a day: "Alba Courier | World | 4 May 2021".

    Not the agencies that everybody prints.
    """
    return next((piece for piece in _pieces(text) if _is_house(piece) and not KNOWN.match(piece)), None)


def _pieces(text: str) -> Iterator[str]:
    if len(text) <= 100:
        for piece in DIVIDER.split(text):
            if not any(True for _ in days_in(piece)):
                yield piece.strip()


def _is_house(text: str) -> bool:
    words = text.split()
    if len(words) not in NAME_WORDS or not re.fullmatch(rf"{NAME_WORD}(?:\s+{NAME_WORD})*", text):
        return False
    last = words[-1].lower().rpartition("-")[2]
    if last not in PRESS and not text.lower().endswith(PRESS_PAIRS):
        return False
    telling = [word for word in words[:-1] if word.lower() not in COMMON]
    # "The Daily Star" is a paper although each of its words is common.
    return bool(telling) or (words[0] == "The" and len(words) > 2)


def _rights_holder(text: str) -> str | None:
    match = RIGHTS.search(text)
    if not match or PICTURE.search(text):
        return None
    if not (match["year"] or match["late_year"]) and "all rights reserved" not in text.lower():
        return None
    name = RESERVED.sub("", match["name"]).strip(" .,|-")
    name = re.sub(r"(?:\s+(?:of|and|the|de|&))+$", "", name)
    # A page of another house that carries an agency's report also carries the agency's notice.
    named = name[:1].isupper() and len(name) > 2 and name.split()[0].lower() not in ("all", "copyright")
    return name if named and not KNOWN.match(name) else None


def _agency(text: str) -> str | None:
    """The agency in "ALBA, March 4 (Example Agency) - Delegates…", by its known name or its kind."""
    match = AGENCY.match(text)
    if not match or not re.match(r"[A-Z][A-Z'’/-]{2,}", text):
        return None
    name: str = match["name"].strip()
    return name if KNOWN.match(name) or _is_house(name) else None
