"""How lists of actors are written: CSV, and the actor dictionaries of Phoenix and PETRARCH.

Both are read line by line. What cannot be used is skipped with its line, what was found there and what to do;
the rest of the list goes on.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, cast, get_args

import pycountry

from sitrep.coding.actors.lists import ActorList, ListedActor, ListedRole
from sitrep.coding.tables import read_table
from sitrep.ontology import INTERNATIONAL, SECTORS
from sitrep.records import ActorKind, Skipped

COLUMNS: Final = ("name", "country", "sectors", "aliases", "from", "to", "kind", "office")
_IGNORED: Final = ("source",)  # of the rows that the public list is made of

_CODES: Final = re.compile(r"\[([^\]]*)\]")
_CODE_OF_STATE: Final = re.compile(r"\[~?[A-Z]{3}[A-Z]*[\]\s<>/]")
_DAY: Final = re.compile(r"\d{6}|\d{8}")
_DATED: Final = re.compile(r"(?P<codes>[^\s<>]+)\s*(?P<when>[<>]?\s*\d{6,8}(?:\s*-\s*\d{6,8})?)?\s*")
# Two-digit years above this are of the 1900s, as PETRARCH reads them.
_CENTURY: Final = 30
# CAMEO's codes by their names in PLOVER. What PLOVER has no sector for (ethnic groups) says nothing.
_SECTORS: Final = {
    "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "SET": "CVL", "DEV": "SOC", "ENV": "SOC",
    "HRI": "SOC", "TOP": "GOV", "UIS": "UNK", "CHR": "REL", "MOS": "REL", "MUS": "REL", "JEW": "REL",
    "HIN": "REL", "BUD": "REL", "CTH": "REL", "PRO": "REL", "SHI": "REL", "SUN": "REL", "DOX": "REL",
}  # fmt: skip
_STATES: Final = {
    "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "YUG": "SRB", "SCG": "SRB", "SER": "SRB", "SUN": "RUS",
    "DDR": "DEU", "BUR": "MMR", "KSV": "KOS", "XKX": "KOS", "WSB": "PSE", "GZS": "PSE", "PAL": "PSE",
    "CSK": "CZE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file gave: its actors, the lines that were skipped, and codes that say nothing in PLOVER."""

    actors: ActorList
    skipped: tuple[Skipped, ...] = ()
    unknown: tuple[str, ...] = ()


def read_actor_list(text: str, source: str) -> ReadList:
    """The list in a text, whichever format it is in; `source` names it where something is wrong.

    Raises `ValueError` where it is in neither format.
    """
    text = text.removeprefix("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    if "name" in [cell.strip().lower() for cell in re.split("[,;\t]", header)]:
        return _from_csv(text, source)
    if _CODE_OF_STATE.search(text):
        return _from_dictionary(text, source)
    raise ValueError(
        f"{source}: no list of actors. Give a CSV file with the columns {', '.join(COLUMNS)}, of which name "
        "and one more are needed, or a PETRARCH actor dictionary with codes in square brackets."
    )


# --- CSV


def _from_csv(text: str, source: str) -> ReadList:
    header = next(line for line in text.splitlines() if line.strip())
    mark = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    names: list[str] = []
    found: dict[str, ListedActor] = {}
    skipped: list[Skipped] = []
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            skipped.append(
                Skipped(
                    f"{source}, line {rows.line_num}", f"not readable as CSV ({error}).", "Mend its quotes."
                )
            )
            continue
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if not names:
            names = [cell.strip().lower() for cell in row]
            if unknown := [name for name in names if name not in COLUMNS + _IGNORED]:
                skipped.append(
                    Skipped(
                        f"{source}, line {rows.line_num}",
                        f"no such column: {', '.join(unknown)}.",
                        f"It is left out; the columns are {', '.join(COLUMNS)}.",
                    )
                )
            continue
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False)}
        try:
            actor = _csv_row(cells)
        except ValueError as error:
            what, _, advice = str(error).partition("\n")
            skipped.append(Skipped(f"{source}, line {rows.line_num}", what, advice))
            continue
        known = found.get(actor.names[0])
        if known is not None:
            names_of = tuple(dict.fromkeys((*known.names, *actor.names)))
            actor = ListedActor(names_of, (*known.roles, *actor.roles), known.kind or actor.kind)
        found[actor.names[0]] = actor
    return ReadList(ActorList(tuple(found.values())), tuple(skipped))


def _csv_row(cells: dict[str, str]) -> ListedActor:
    name = cells.get("name", "")
    if not re.search(r"\w", name):
        raise ValueError("no name.\nWrite one in the column name.")
    country = cells.get("country", "").upper() or None
    if country and country not in _states():
        raise ValueError(
            f'country is "{country}".\nWrite the three-letter code of ISO 3166-1 (or KOS), or nothing.'
        )
    sectors = tuple(code.upper() for code in re.split(r"[+;,/\s]+", cells.get("sectors", "")) if code)
    if wrong := [code for code in sectors if code not in SECTORS and code not in INTERNATIONAL]:
        raise ValueError(
            f'no sector "{wrong[0]}".\n'
            f"The sectors are {', '.join((*SECTORS, *INTERNATIONAL))}; join two with +."
        )
    if not country and not sectors:
        raise ValueError(f'"{name}" has neither country nor sectors.\nWrite at least one of them.')
    since, until = (_iso_day(cells.get(column, ""), column) for column in ("from", "to"))
    if since and until and since > until:
        raise ValueError(f"from {since} is after to {until}.\nSwap the two.")
    kind = cells.get("kind", "").lower() or None
    if kind and kind not in get_args(ActorKind):
        raise ValueError(f'no kind "{kind}".\nThe kinds are {", ".join(get_args(ActorKind))}.')
    aliases = [text.strip() for text in re.split("[;|]", cells.get("aliases", "")) if re.search(r"\w", text)]
    return ListedActor(
        tuple(dict.fromkeys((name, *aliases))),
        (ListedRole(country, sectors, since, until, cells.get("office") or None),),
        cast(ActorKind | None, kind),
    )


def _iso_day(text: str, column: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(
            f'{column} is "{text}", which is no calendar day.\nWrite it as YYYY-MM-DD.'
        ) from None


# --- Phoenix and PETRARCH


def _from_dictionary(text: str, source: str) -> ReadList:
    """A name line, "+" lines with its other names, and codes in brackets on any of them or on lines below."""
    actors: list[ListedActor] = []
    skipped: list[Skipped] = []
    unknown: set[str] = set()
    names: list[str] = []
    roles: list[ListedRole] = []
    opened = 0
    spoilt = False  # a line of this actor was skipped already, so that one without codes is no news

    def close() -> None:
        if names and roles:
            actors.append(ListedActor(tuple(dict.fromkeys(names)), tuple(roles)))
        elif names and not spoilt:
            skipped.append(
                Skipped(f"{source}, line {opened}", f'"{names[0]}" has no code.', "Add one, as [USAGOV].")
            )

    for number, line in _lines(text):
        name, codes = _CODES.sub("", line).strip(), _CODES.findall(line)
        if name and not name.startswith("+"):
            close()
            names, roles, opened, spoilt = [], [], number, False
        if name and (printed := _printed(name.lstrip("+"))):
            if opened or names:
                names.append(printed)
        elif name:
            skipped.append(
                Skipped(f"{source}, line {number}", f'"{name}" is no name.', "Write its words, joined by _.")
            )
            spoilt = True
        for code in codes:
            try:
                roles += _roles(code, unknown)
            except ValueError as error:
                what, _, advice = str(error).partition("\n")
                skipped.append(Skipped(f"{source}, line {number}", what, advice))
                spoilt = True
    close()
    return ReadList(ActorList(tuple(actors)), tuple(skipped), tuple(sorted(unknown)))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, without comments, with their numbers."""
    for number, line in enumerate(text.splitlines(), start=1):
        line = re.split(r"[#;]", line, maxsplit=1)[0].strip()
        if line and not line.startswith("<!--"):
            yield number, line


def _printed(name: str) -> str:
    """ "KOFI_MENSAH_" as it is printed. Capitals stay: how a name is matched is the list's matter."""
    words = " ".join(re.sub(r"\{[^}]*\}", " ", name).replace("_", " ").split())
    return words if re.search(r"\w", words) else ""


def _roles(code: str, unknown: set[str]) -> list[ListedRole]:
    """ "USAGOV 090120-170120", "USAGOV/USAELI >170120": what stands between two brackets."""
    match = _DATED.fullmatch(code.strip())
    if match is None:
        raise ValueError(
            f"[{code}] is no code.\nWrite it as [USAGOV], [USAGOV >090120] or [USAGOV 090120-170120]."
        )
    since, until = _period(match["when"])
    return [
        ListedRole(*_decoded(one, unknown), since=since, until=until)
        for one in match["codes"].split("/")
        if one
    ]


def _period(when: str | None) -> tuple[date | None, date | None]:
    if not when:
        return None, None
    days = [_day(text) for text in re.findall(r"\d+", when)]
    if when.startswith("<"):
        return None, days[0] - timedelta(days=1)
    if when.startswith(">"):
        return days[0] + timedelta(days=1), None
    if len(days) == 1:
        return days[0], days[0]
    if days[0] > days[1]:
        raise ValueError(f'the period "{when}" ends before it starts.\nSwap its days.')
    return days[0], days[1]


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f'"{text}" is no day.\nWrite it as YYMMDD or YYYYMMDD.')
    if len(text) == 6:
        text = ("19" if int(text[:2]) > _CENTURY else "20") + text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is no calendar day.\nWrite it as YYMMDD or YYYYMMDD.') from None


def _decoded(code: str, unknown: set[str]) -> tuple[str | None, tuple[str, ...]]:
    """State and sectors of a CAMEO code: three letters a state or international body, three a sector."""
    if code.startswith("~") or code.endswith("~"):
        raise ValueError(
            f"[{code}] is an agent's code, of a common noun.\n"
            "Leave agents out: Sitrep reads nouns by its own table."
        )
    parts = [code[i : i + 3].upper() for i in range(0, len(code), 3)]
    country = _STATES.get(parts[0], parts[0])
    sectors: list[str] = []
    if country not in _states():
        if country not in INTERNATIONAL and country not in SECTORS:
            raise ValueError(
                f"[{code}] starts with no state or body known.\nStart it with an ISO 3166-1 code."
            )
        sectors, country = [country], ""
    for part in parts[1:]:
        sector = _SECTORS.get(part, part)
        if sector in SECTORS or sector in INTERNATIONAL:
            sectors.append(sector)
        else:
            unknown.add(part)
    return country or None, tuple(dict.fromkeys(sectors))


@cache
def _states() -> frozenset[str]:
    dependencies = {code for code, _, _, _ in read_table("territories.tsv", 4)}
    return frozenset(c.alpha_3 for c in pycountry.countries if c.alpha_3 not in dependencies) | {"KOS"}
