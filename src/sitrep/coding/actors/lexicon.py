"""The words that say who an actor is, roles and names of organisations, and which of them a phrase holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from sitrep.coding.actors.countries import Name, city_names, country_names
from sitrep.coding.tables import PhraseTable, Word, actor_words, forms_of, listed, read_table
from sitrep.records import ActorKind

Use = Literal["head", "weak", "modifier", "faint"]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun or adjective of `roles.tsv`; `country` where the office is one state's only ("pontiff")."""

    term: str
    sectors: tuple[str, ...]
    use: Use
    kind: ActorKind | None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A name of `organisations.tsv` or `metonyms.tsv`; `name` is the first of the organisation's names."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a table in a phrase: words `start` to `end` (exclusive)."""

    start: int
    end: int
    entry: Role | Organisation | Name


# Acronyms that are words of their own where a whole line is in capitals.
_SHOUTED: Final = actor_words()["shouted"]


@cache
def roles() -> PhraseTable[Role]:
    """The terms of `roles.tsv`."""
    offices = {term: state for state, terms in read_table("offices.tsv", 2) for term in listed(terms)}
    table: PhraseTable[Role] = PhraseTable()
    for sectors, use, kind, terms in read_table("roles.tsv", 4):
        for term in listed(terms):
            table.add(
                term,
                Role(
                    term,
                    tuple(listed(sectors, "+")),
                    cast(Use, use),
                    None if kind == "-" else cast(ActorKind, kind),
                    offices.get(term),
                ),
            )
    return table


@cache
def organisations() -> PhraseTable[Organisation]:
    """The names of `organisations.tsv` and `metonyms.tsv`."""
    table: PhraseTable[Organisation] = PhraseTable()
    for country, sectors, kind, names in read_table("organisations.tsv", 4):
        for group in listed(names, ";"):
            same = listed(group)
            entry = Organisation(
                same[0],
                None if country == "-" else country,
                tuple(listed(sectors, "+")),
                cast(ActorKind, kind),
            )
            for name in same:
                table.add(name, entry)
    for country, sectors, names in read_table("metonyms.tsv", 3):
        for name in listed(names):
            table.add(
                name,
                Organisation(
                    name, None if country == "-" else country, tuple(listed(sectors, "+")), "organisation"
                ),
            )
    return table


@cache
def _firsts(cities: bool) -> frozenset[str]:
    """The words that any entry starts with; most words of a text are none of them."""
    firsts = organisations().firsts() | country_names().firsts() | roles().firsts()
    return firsts | city_names().firsts() if cities else firsts


def entries_in(words: Sequence[Word], cities: bool = True) -> list[Found]:
    """The table entries in a phrase, left to right, the longest first where they overlap.

    Of entries equally long an organisation goes before a state, a state before a role, a role before a city.
    """
    loose = not any(word.text[0].isupper() for word in words)
    shouted = len(words) > 3 and all(word.text.isupper() or not word.text.isalpha() for word in words)
    tables: tuple[PhraseTable[Organisation] | PhraseTable[Name] | PhraseTable[Role], ...] = (
        organisations(),
        country_names(),
        roles(),
    )
    if cities:
        tables = (*tables, city_names())
    found: list[Found] = []
    at = 0
    firsts = _firsts(cities)
    while at < len(words):
        best: Found | None = None
        if firsts.isdisjoint(forms_of(words[at].key)):
            at += 1
            continue
        for table in tables:
            match = table.match(words, at, loose)
            if match and shouted and match[0] == 1 and words[at].key in _SHOUTED:
                continue
            if match and (best is None or match[0] > best.end - best.start):
                best = Found(at, at + match[0], match[1])
        if best:
            found.append(best)
            at = best.end
        else:
            at += 1
    return found
