"""What a phrase says of an actor's country and sectors, from its words alone.

The head noun decides ("destroyer": MIL); where it says little ("leader", "spokesman"), the words before
it do, then what follows "of" or "for". The state is that of a demonym or name before the head, else of
"of", "for" or "from", never that of "to" ("US ambassador to Tripoli") or of a sponsor ("Turkish-backed").
Sectors are the PLOVER 2.0 manual's, most telling first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from sitrep.coding.actors.countries import Name, city_names, country_names
from sitrep.coding.tables import PhraseTable, Word, actor_words, listed, read_table, singular, words_of
from sitrep.records import ActorDescription, ActorKind

Use = Literal["head", "weak", "modifier", "faint"]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun or adjective of `roles.tsv`."""

    term: str
    sectors: tuple[str, ...]
    use: Use
    kind: ActorKind | None


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


# State servants who have left office are ELI; a former rebel or teacher is what he was.
_OFFICE: Final = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})
_FORMER: Final = actor_words()["former"]
_COMPLEMENTS: Final = frozenset({"of", "for", "from", "at", "in", "with", "within", "de"})
_OTHERS: Final = actor_words()["others"]
# Acronyms that are words of their own where a whole line is in capitals.
_SHOUTED: Final = actor_words()["shouted"]
_TIES: Final = frozenset(
    {"loyal", "linked", "allied", "affiliated", "belonging", "close", "aligned", "working", "serving"}
)
# A sponsor is not the state of the sponsored: "Turkish-backed fighters", "pro-Russian separatists".
_SPONSORED: Final = actor_words()["sponsored"]
_RANK_OR_ADJECTIVE: Final = frozenset(
    {"general", "major", "private", "marine", "principal", "lord", "justice", "captain", "corporal"}
)
_AT_ODDS: Final = frozenset({"warring", "conflicting", "belligerent", "feuding", "contracting", "third"})
_OF_SIDES: Final = frozenset({"the", "both", "two", "three", "all", "these", "its"}) | _AT_ODDS
_FOR_OR_AGAINST: Final = frozenset({"pro", "anti", "non", "inter", "pan"})


@cache
def roles() -> PhraseTable[Role]:
    """The terms of `roles.tsv`."""
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
    while at < len(words):
        best: Found | None = None
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


def describe_actor(phrase: str) -> ActorDescription:
    """Country and PLOVER sectors of a phrase, from its words; a phrase that says nothing gives None and ().

    `describe_actor("American warplanes")` is `ActorDescription("USA", ("MIL",))`.
    """
    words = words_of(phrase)
    if not words:
        return ActorDescription()
    countries: list[tuple[int, str]] = []  # how surely, the state
    sectors: tuple[str, ...] = ()
    settled = False
    for part in _parts(phrase, words, entries_in(words)):
        judged = _judge(part, words)
        if part.link in ("", ","):
            if part.link == "," and settled:
                break
            if not settled:
                sectors, settled = judged.sectors or sectors, judged.settled
        elif part.link in _COMPLEMENTS or part.link in _TIES:
            if not settled and judged.tells and part.link not in ("in", "from"):
                sectors, settled = judged.sectors, True
            elif not sectors and part.link in ("of", "for"):
                sectors = judged.sectors  # "spokesman of the president"
        else:
            continue
        if judged.country and not (judged.stateless and part.link):
            countries.append((judged.sureness, judged.country))
        if judged.stateless and not part.link:
            break
    country = min(countries, key=lambda found: found[0])[1] if countries else None
    return ActorDescription(country, _after_office(sectors, words))


@dataclass(frozen=True, slots=True)
class _Part:
    link: str  # the preposition or comma that ties it to what stands before; "" for the first
    start: int
    end: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class _Judgement:
    country: str | None
    sureness: int  # of the country: 0 for a state's own name, 1 for a city or region
    sectors: tuple[str, ...]
    settled: bool  # no complement changes the sectors
    stateless: bool  # an international body: where it is at work is not its state
    tells: bool  # the sectors are more than a weak noun's default


def _parts(phrase: str, words: Sequence[Word], found: Sequence[Found]) -> list[_Part]:
    inside = {i for entry in found for i in range(entry.start, entry.end)}
    cuts: list[tuple[int, int, str]] = [(0, 0, "")]  # where the link starts, where the part starts, the link
    for i, word in enumerate(words):
        if i in inside and not (i and _comma(phrase, words, i)):
            continue
        if i and _comma(phrase, words, i) and not _inside_entry(found, i):
            cuts.append((i, i, ","))
        if word.key == "that" and i and words[i - 1].key in _COMPLEMENTS:
            continue  # "member of that parliament"
        if (
            word.key in _COMPLEMENTS
            or word.key in _OTHERS
            or (word.key in _TIES and i + 1 < len(words) and words[i + 1].key in ("to", "with", "for", "in"))
        ):
            cuts.append((i, i + 1, word.key))
    parts: list[_Part] = []
    tie: str | None = None
    for (_, start, link), (end, _, _) in zip(cuts, [*cuts[1:], (len(words), 0, "")], strict=True):
        if link in _TIES and end <= start:
            tie = link  # "loyal to": the preposition that follows opens the part
            continue
        opened, tie = tie or link, None
        parts.append(
            _Part(
                opened,
                start,
                end,
                tuple(entry for entry in found if start <= entry.start and entry.end <= end),
            )
        )
    return parts


def _comma(phrase: str, words: Sequence[Word], i: int) -> bool:
    return any(mark in phrase[words[i - 1].end : words[i].start] for mark in ",;:(")


def _inside_entry(found: Sequence[Found], i: int) -> bool:
    return any(entry.start < i < entry.end for entry in found)


def _judge(part: _Part, words: Sequence[Word]) -> _Judgement:
    named = [entry for entry in part.found if not _sponsor(entry, words)]
    actors = [entry for entry in named if not isinstance(entry.entry, Name)]
    nouns = [e for e in actors if not isinstance(e.entry, Role) or e.entry.use in ("head", "weak")]
    head = nouns[-1] if nouns else None
    sureness, country = _country(named)
    if head is None:
        sectors = _unique(s for e in actors for s in e.entry.sectors)
        return _Judgement(
            country, sureness, sectors or _bare(part, named, words), False, False, bool(sectors)
        )
    before = [e for e in reversed(actors) if e.end <= head.start]
    telling = [e for e in before if _tells(e)]
    further = _unique(s for e in telling for s in e.entry.sectors)
    faint = _unique(
        s for e in before if isinstance(e.entry, Role) and e.entry.use == "faint" for s in e.entry.sectors
    )
    partial = tuple(s for e in named if isinstance(e.entry, Name) for s in e.entry.sectors)
    own = () if _is_side(part, words, head) else head.entry.sectors
    weak = isinstance(head.entry, Role) and head.entry.use == "weak"
    if not weak and own == ("GOV",) and further[:1] == ("IGO",) and country is None:
        sectors = _unique((*further, *partial))  # an envoy of the African Union is no government's
    elif not weak:
        sectors = _unique((*own, *further, *partial))
    elif further:
        sectors = _unique((*further, *(own if "CVL" in own else ()), *partial))
    else:
        sectors = _unique((*(own or faint), *partial))
    tells = bool(sectors) and (not weak or bool(further))
    bodies = [e.entry for e in (*before, head) if isinstance(e.entry, Organisation)]
    stateless = "IGO" in sectors or any(body.country is None and "IGO" in body.sectors for body in bodies)
    # "UN Libya envoy" serves the UN; "Libyan UN ambassador" serves Libya.
    if stateless and isinstance(named[0].entry, Organisation) and not any(body.country for body in bodies):
        country = None
    # Whoever is a civilian stays one: "supporters of the army".
    return _Judgement(country, sureness, sectors, tells or own == ("CVL",), stateless, tells)


def _is_side(part: _Part, words: Sequence[Word], head: Found) -> bool:
    """Are the "parties" those of a dispute: "the parties", "both warring parties"?"""
    if not isinstance(head.entry, Role) or head.entry.term != "party":
        return False
    before = {word.key for word in words[part.start : head.start]}
    return (words[head.end - 1].key == "parties" and before <= _OF_SIDES) or bool(before & _AT_ODDS)


def _tells(entry: Found) -> bool:
    """Does a word before the head say a sector? There is no soldier in "general manager", "major party"."""
    role = entry.entry
    return not isinstance(role, Role) or (
        role.use not in ("faint", "weak") and role.term not in _RANK_OR_ADJECTIVE
    )


def _sponsor(entry: Found, words: Sequence[Word]) -> bool:
    if entry.end < len(words) and words[entry.end].key in _SPONSORED and words[entry.end].joined:
        return True
    before = words[entry.start - 1].key if entry.start else ""
    return before in _FOR_OR_AGAINST and words[entry.start].joined


def _country(named: Sequence[Found]) -> tuple[int, str | None]:
    """The state that the names of a part tell, states and demonyms before cities, and how surely."""
    for sureness, kinds in enumerate((("state", "demonym"), ("region", "capital", "city"))):
        for found in named:
            entry = found.entry
            if isinstance(entry, Name) and entry.kind in kinds:
                return sureness, entry.country
        for found in named:
            if isinstance(found.entry, Organisation) and found.entry.country:
                return 0, found.entry.country
    return 1, None


def _bare(part: _Part, named: Sequence[Found], words: Sequence[Word]) -> tuple[str, ...]:
    # A phrase that is nothing but a name: a capital stands for its government, "Libyans" are civilians.
    if part.link or len(named) != 1 or not isinstance(named[0].entry, Name):
        return ()
    name = named[0]
    entry = name.entry
    assert isinstance(entry, Name)
    if entry.sectors:
        return entry.sectors
    covered = name.end - name.start == sum(
        word.key not in ("the", "a", "an", "some", "many") for word in words
    )
    if entry.kind == "capital" and covered:
        return ("GOV",)
    last = words[name.end - 1].key
    if entry.kind == "demonym" and singular(last) != last and covered:
        return ("CVL",)
    return ()


def _unique(sectors: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sectors))


def _after_office(sectors: tuple[str, ...], words: Sequence[Word]) -> tuple[str, ...]:
    if any(word.key in _FORMER for word in words) and sectors and sectors[0] in _OFFICE:
        return _unique(("ELI", *sectors))
    return sectors
