"""What a phrase says of an actor's country and sectors, from its words alone.

The head noun decides ("destroyer": MIL); where it says little ("leader", "spokesman"), the words before
it do, then what follows "of" or "for". The state is that of a demonym or name before the head, else of
"of", "for" or "from", never that of "to" ("US ambassador to Tripoli") or of a sponsor ("Turkish-backed").
Sectors are the PLOVER 2.0 manual's, most telling first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from sitrep.coding.actors.countries import Name, find_town
from sitrep.coding.actors.lexicon import Found, Organisation, Role, entries_in
from sitrep.coding.actors.lists import NO_LIST, ActorList, listed_entries, with_listed
from sitrep.coding.tables import Word, actor_words, words_of
from sitrep.records import ActorDescription

# State servants who have left office are ELI; a former rebel or teacher is what he was.
_OFFICE: Final = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})
_FORMER: Final = actor_words()["former"]
_COMPLEMENTS: Final = frozenset({"of", "for", "from", "at", "in", "with", "within", "de"})
_OTHERS: Final = actor_words()["others"]
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
# Whoever works there is of the sector of the place, be it a ministry or a clinic.
_STAFF: Final = actor_words()["staff"]
# These stay workers in a mine or a state's office; in a party, a clinic or the army they are of it.
_HANDS: Final = actor_words()["hands"]
_WORKPLACES: Final = frozenset({"PTY", "IGO", "NGO", "MED", "EDU", "JRN", "REL", "SOC", "MIL", "COP", "REB"})
# Families of office holders are ELI after the codebook.
_KIN: Final = actor_words()["kin"]
# Offices of states that firms have, too.
_OF_FIRMS: Final = frozenset({"vice president", "deputy president"})
# "To" leads to whom these serve, not to where they are posted: "aide to the president".
_SERVING: Final = actor_words()["serving"]
_INTERNATIONAL: Final = frozenset({"IGO", "UNO", "EUR"})
# A government's are soldiers, a rebel movement's its own.
_TROOPS: Final = frozenset({"force", "unit", "contingent", "detachment", "brigade"})
_AFTER_DESCENT: Final = frozenset(
    {"american", "americans", "canadian", "canadians", "australian", "australians"}
)
# These are not of the state they stand by or against: "an ally of Chad", "Chad's rivals".
_OTHER_SIDE: Final = actor_words()["other side"]
# Whose soldiers, weapons or gunmen they are says more than that they are armed.
_COMMANDERS_OF_ARMS: Final = frozenset({"COP", "PRM", "REB", "IGO", "CRM"})


def describe_actor(
    phrase: str, listed: ActorList = NO_LIST, published: date | None = None
) -> ActorDescription:
    """Country and PLOVER sectors of a phrase, from its words; a phrase that says nothing gives None and ().

    `listed` are actors of the user's own, as they are on the day of publication.
    `describe_actor("American warplanes")` is `ActorDescription("USA", ("MIL",))`.
    """
    words = words_of(phrase)
    if not words:
        return ActorDescription()
    countries: list[tuple[int, str]] = []  # how surely, the state
    sectors: tuple[str, ...] = ()
    settled = other_side = False
    noun: str | None = None  # the head of the phrase
    found = with_listed(entries_in(words), tuple(listed_entries(words, listed, published)))
    for part in _parts(phrase, words, found):
        judged = _judge(phrase, part, words)
        if part.link == "," and _names_another(part, countries):
            countries = []  # "leaders of France, Italy and Malta"
            break
        if part.link in ("", ","):
            if part.link == "," and settled:
                break
            if not settled:
                sectors, settled = judged.sectors or sectors, judged.settled
            noun = noun or judged.noun
        elif part.link in _COMPLEMENTS or part.link in _TIES or (part.link == "to" and noun in _SERVING):
            if noun in _OF_FIRMS and not settled and _is_firm(part, judged, words):
                sectors, settled = ("BUS",), True
            elif not settled or noun in _STAFF:
                sectors, settled = _completed(sectors, settled, noun, judged, part.link)
                noun = judged.noun if settled and noun in _STAFF else noun
            elif sectors == ("OPP",) and judged.sectors[:1] == ("REB",) and part.link in ("of", "from"):
                sectors = judged.sectors  # "dissidents of the rebel movement"
        else:
            continue
        if part.link == "of" and settled and judged.stateless and not countries:
            sectors = _unique((*sectors, *(s for s in judged.sectors if s in _INTERNATIONAL)))
        other_side = other_side or (noun in _OTHER_SIDE and judged.owned)
        if judged.country and not other_side and not (judged.stateless and part.link):
            countries.append((judged.sureness, judged.country))
        if judged.stateless and not part.link:
            break
    country = min(countries, key=lambda found: found[0])[1] if countries else None
    return ActorDescription(country, _after_office(sectors, words))


def _is_firm(part: _Part, judged: _Judgement, words: Sequence[Word]) -> bool:
    """Is it a firm, or a part of one, of which somebody is vice president: "of Arden Motors", "for sales"?"""
    own = [word for word in words[part.start : part.end] if word.key not in ("the", "a", "an")]
    if part.found or judged.country or judged.sectors or not own:
        return False
    capitals = sum(word.text[0].isupper() for word in own)
    return part.link in ("at", "for") or capitals == 0 or capitals == len(own) > 1


def _completed(
    sectors: tuple[str, ...], settled: bool, noun: str | None, of: _Judgement, link: str
) -> tuple[tuple[str, ...], bool]:
    """Sectors and whether they are settled, after a complement: "wife | of the president"."""
    if noun in _KIN and of.person and of.sectors[:1] in (("GOV",), ("LEG",), ("ELI",)):
        return ("ELI",), True
    if noun in _KIN and sectors:
        return sectors, True  # "relatives of prisoners"
    if noun in _TROOPS and of.sectors[:1] == ("GOV",):
        return ("MIL",), True  # "forces of the government"
    if of.tells and link not in ("in", "from"):
        return of.sectors, True
    if not sectors and link in ("of", "for", "to"):
        return of.sectors, settled  # "spokesman of the president"
    return sectors, settled


@dataclass(frozen=True, slots=True)
class _Part:
    link: str  # the preposition or comma that ties it to what stands before; "" for the first
    start: int
    end: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class _Judgement:
    country: str | None
    sureness: int  # of the country: 0 for a state's own name, 1 for a city or region, 2 for a birthplace
    sectors: tuple[str, ...]
    settled: bool  # no complement changes the sectors
    stateless: bool  # an international body: where it is at work is not its state
    tells: bool  # the sectors are more than a weak noun's default
    noun: str | None  # the head noun as its table has it
    person: bool  # the head noun names persons
    owned: bool = False  # a possessor or "of" names the state


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


def _is_owner(entry: Found, phrase: str, words: Sequence[Word]) -> bool:
    return phrase[words[entry.end - 1].end :].startswith(("'", "’"))


def _names_another(part: _Part, countries: Sequence[tuple[int, str]]) -> bool:
    """Does a part hold nothing but states, and not those before it?"""
    names = [found.entry for found in part.found if isinstance(found.entry, Name)]
    inside = sum(found.end - found.start for found in part.found)
    return (
        len(names) == len(part.found) > 0
        and inside >= part.end - part.start - 1
        and bool(countries)
        and all(name.kind == "state" and name.country != countries[-1][1] for name in names)
    )


def _of_several(named: Sequence[Found], words: Sequence[Word]) -> bool:
    """Are they of several states: "Turkish and Russian officials", "of Sweden and Finland"?"""
    states = [e for e in named if isinstance(e.entry, Name) and e.entry.kind in ("state", "demonym")]
    return any(
        two.start == one.end + 1
        and words[one.end].key == "and"
        and isinstance(one.entry, Name)
        and isinstance(two.entry, Name)
        and one.entry.country != two.entry.country
        for one, two in pairwise(states)
    )


def _judge(phrase: str, part: _Part, words: Sequence[Word]) -> _Judgement:
    named = [entry for entry in part.found if not _sponsor(entry, words)]
    actors = [entry for entry in named if not isinstance(entry.entry, Name)]
    nouns = [e for e in actors if not isinstance(e.entry, Role) or e.entry.use in ("head", "weak")]
    head = nouns[-1] if nouns else None
    sureness, country = _country(named, words)
    if _of_several(named, words):
        sureness, country = 1, None
    owned = part.link == "of" or any(isinstance(e.entry, Name) and _is_owner(e, phrase, words) for e in named)
    if country is None and part.link in ("of", "in", "from", "at") and not actors:
        sureness, country = 1, _town(part, words)
    if head is None:
        sectors = _unique(s for e in actors for s in e.entry.sectors)
        return _Judgement(
            country,
            sureness,
            sectors or _bare(part, named, words),
            settled=False,
            stateless=False,
            tells=bool(sectors),
            noun=None,
            person=False,
            owned=owned,
        )
    before = [e for e in reversed(actors) if e.end <= head.start]
    further = _unique(s for e in before if _tells(e) for s in e.entry.sectors)
    faint = _unique(
        s for e in before if isinstance(e.entry, Role) and e.entry.use == "faint" for s in e.entry.sectors
    )
    partial = tuple(s for e in named if isinstance(e.entry, Name) for s in e.entry.sectors)
    own = () if _is_side(part, words, head) else head.entry.sectors
    role = head.entry if isinstance(head.entry, Role) else None
    weak = role is not None and role.use == "weak"
    if own == ("GOV",) and not weak and further[:1] == ("IGO",) and country is None:
        sectors = further  # an envoy of the African Union is no government's
    elif role is not None and not weak:
        house = own[:1] == ("PTY",) and any(e.entry.sectors[:1] == ("LEG",) for e in before)
        sectors = _with_modifiers(
            role, ("LEG", *own) if house else own, further, faint
        )  # "House Republicans"
    elif role is None:
        sectors = (*own, *further)
    elif role.term in _KIN and _is_office_holder(before):
        sectors = ("ELI",)
    elif further and _before_what_is_theirs(role, own, further):
        sectors = (*own, *further)
    elif further:
        sectors = (*further, *(own if "CVL" in own else ()))
    else:
        sectors = own or _of_weak(before) or faint
    worldwide = _unique(
        s
        for e in before
        if isinstance(e.entry, Organisation) and e.entry.sectors[0] in ("IGO", "NGO")
        for s in e.entry.sectors
    )
    if not country:  # the soldiers, judges and envoys of an international body are its own first
        sectors = (*worldwide, *sectors)
    sectors = _unique((*sectors, *partial))
    tells = bool(sectors) and (not weak or bool(further))
    bodies = [e.entry for e in (*before, head) if isinstance(e.entry, Organisation)]
    stateless = "IGO" in sectors or any(body.country is None and "IGO" in body.sectors for body in bodies)
    # "UN Libya envoy" serves the UN; "Libyan UN ambassador" serves Libya.
    if stateless and isinstance(named[0].entry, Organisation) and not any(body.country for body in bodies):
        country = None
    # Whoever is a civilian stays one: "supporters of the army".
    settled = tells or (own == ("CVL",) and not (role and role.term in _KIN)) or sectors == ("ELI",)
    noun, person = (role.term, role.kind == "person") if role else (None, False)
    return _Judgement(country, sureness, sectors, settled, stateless, tells, noun, person, owned)


def _with_modifiers(
    role: Role, own: tuple[str, ...], further: tuple[str, ...], faint: tuple[str, ...]
) -> tuple[str, ...]:
    """The sectors of a noun that decides them, with what the words before it add."""
    if own == ("UAF",):  # "gunmen" of somebody are no strangers
        known = tuple(s for s in further if s != "UAF")
        return known or own
    further = tuple(s for s in further if s != "UAF")  # "armed police", "masked robbers"
    if role.term in _STAFF and (of := tuple(s for s in further if s not in ("BUS", "MNC", "LAB"))):
        return of
    if role.term in _HANDS and further[:1] and further[0] in _WORKPLACES:
        return further
    if own[:1] == ("OPP",) and further[:1] == ("REB",):
        return (*further, *own)  # those who split from a rebel group are armed
    if own[:1] == ("OPP",):
        return (*own, *(s for s in further if s != "GOV"))  # a critic of the Kremlin is not of it
    if own[:1] == ("MIL",) and further[:1] and further[0] in _COMMANDERS_OF_ARMS:
        return (*further, *own)
    party = ("PTY",) if own[:1] == ("LEG",) and "PTY" in faint else ()
    return (*own, *further, *party)


def _before_what_is_theirs(role: Role, own: tuple[str, ...], further: tuple[str, ...]) -> bool:
    """Does a weak noun go before the words beside it: "soldiers' families", "Sunni tribesmen"?"""
    if "CVL" in own:
        return role.term in _KIN or further[:1] == ("REL",)
    return further == ("GOV",) and (own == ("COP",) or role.term == "force")  # "state forces"


def _is_office_holder(before: Sequence[Found]) -> bool:
    """Is whose kin it is in office: "the president's", "the minister's"?"""
    return any(
        isinstance(e.entry, Role)
        and e.entry.kind == "person"
        and e.entry.sectors[:1] in (("GOV",), ("LEG",), ("ELI",))
        for e in before
    )


def _of_weak(before: Sequence[Found]) -> tuple[str, ...]:
    # "the president's spokesman": neither decides, and the president says more.
    return next(
        (
            e.entry.sectors
            for e in before
            if isinstance(e.entry, Role)
            and e.entry.use == "weak"
            and e.entry.sectors
            and e.entry.term != "deputy"  # a rank, and no member of parliament
        ),
        (),
    )


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
    # "pro-government" says nothing of who they are, but the forces of "pro-government forces" do.
    alone = entry.end - entry.start == 1 or not isinstance(entry.entry, Role)
    return before in _FOR_OR_AGAINST and words[entry.start].joined and alone


def _country(named: Sequence[Found], words: Sequence[Word]) -> tuple[int, str | None]:
    """The state that the names of a part tell, states and demonyms before cities, and how surely."""
    born = {e for e in named if e.end < len(words) and words[e.end].joined and words[e.end].key == "born"}
    for sureness, kinds in enumerate((("state", "demonym"), ("region", "capital", "city"))):
        for found in named:
            entry = found.entry
            if isinstance(entry, Name) and entry.kind in kinds and found not in born:
                return sureness, _citizenship(found, entry, named, words)
        for found in named:
            if not isinstance(found.entry, Name) and found.entry.country:
                return 0, found.entry.country
    for found in born:
        if isinstance(found.entry, Name):
            return 2, found.entry.country
    return 1, None


def _citizenship(found: Found, name: Name, named: Sequence[Found], words: Sequence[Word]) -> str:
    # "Cuban-American": in these pairs descent stands first; in others ("British-Iranian") both are held.
    for other in named:
        if other.start == found.end and words[other.start].joined and isinstance(other.entry, Name):
            return other.entry.country if words[other.start].key in _AFTER_DESCENT else name.country
    return name.country


def _town(part: _Part, words: Sequence[Word]) -> str | None:
    """The state of a town too small to be looked for everywhere: "the archbishop of Canterbury"."""
    run = [word for word in words[part.start : part.end] if word.key != "the"]
    if not run or not all(word.text[0].isupper() for word in run):
        return None
    match = find_town(run)
    return match[1].country if match and match[0] == len(run) else None


def _bare(part: _Part, named: Sequence[Found], words: Sequence[Word]) -> tuple[str, ...]:
    # A phrase that is nothing but a name: a capital stands for its government, "Libyans" are civilians.
    names = [found.entry for found in named if isinstance(found.entry, Name)]
    if part.link or not names or len(names) < len(named):
        return ()
    name, entry = named[-1], names[-1]
    if entry.sectors:
        return entry.sectors
    if entry.kind == "demonym" and name.end == part.end:
        if words[name.end - 1].key.endswith("s") and words[name.end - 1].key != "swiss":
            return ("CVL",)
        if len(named) == 1 and part.end - part.start == 2 and words[part.start].key == "the":
            return ("CVL",)  # "the French"
    covered = name.end - name.start == sum(
        word.key not in ("the", "a", "an", "some", "many") for word in words
    )
    if entry.kind == "capital" and len(named) == 1 and covered:
        return ("GOV",)
    return ()


def _unique(sectors: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sectors))


def _after_office(sectors: tuple[str, ...], words: Sequence[Word]) -> tuple[str, ...]:
    keys = {word.key for word in words} | {
        f"{one.key}-{two.key}"
        for one, two in pairwise(words)
        if two.joined  # "one-time"
    }
    if keys & _FORMER and sectors and sectors[0] in _OFFICE:
        return _unique(("ELI", *sectors))
    return sectors
