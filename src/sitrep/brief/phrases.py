"""How an incident is told in one sentence: who, what, whom, where, when, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from sitrep.coding.tables import parse_table
from sitrep.records import Account, Holding, Incident, Party, Place, Toll
from sitrep.situation.names import is_role

_PLURAL_STATES: Final = (
    "Netherlands",
    "Philippines",
    "Maldives",
    "Bahamas",
    "Islands",
    "Comoros",
    "Seychelles",
)
_MOST_NAMED: Final = 4  # parties; the others are counted
_SITES: Final = ("airport", "base", "port", "camp", "crossing", "oilfield")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of telling a type and mode. `did`, `suffered` and `took_place` are past, `do` an infinitive."""

    did_to: str
    did: str
    suffered: str
    took_place: str
    do_to: str
    do: str


@cache
def _phrases() -> dict[tuple[str, str], Phrase]:
    text = (files("sitrep.brief") / "data" / "phrases.tsv").read_text(encoding="utf-8")
    return {(row[0], row[1]): Phrase(*row[2:]) for row in parse_table(text, "phrases.tsv", 8)}


def phrase(type: str, mode: str | None) -> Phrase:
    """The phrase of a mode, or of its type."""
    known = _phrases()
    return known.get((type, mode or "-")) or known[(type, "-")]


def tell(incident: Incident) -> str:
    """One sentence on an incident, as its accounts stand to it."""
    told = {
        "happened": _happened,
        "possible": _possible,
        "denied": _denied,
        "planned": _planned,
        "called_for": _called_for,
    }[incident.status](incident)
    toll = _tolls(incident)
    return _sentence(told + _by_whose_word(incident)) + (f" {toll}" if toll else "")


def tell_support(incident: Incident) -> str:
    """How well an incident is told of: its independent sources, denials and credibility."""
    return f"{_grade(incident)}: {incident.credibility.reason}"


def tell_holding(place: str, holding: Holding) -> str:
    """One sentence on who took, left or holds a place."""
    who = _capital(name(holding.holder)) if holding.holder else ""
    on = f" on {day(holding.since)}" if holding.since else ""
    if holding.basis == "left" or not who:
        told = f"{place} was left{on}; nobody is told to have taken it"
    elif holding.basis == "taken":
        told = f"{who} took {place}{on}"
    elif holding.basis == "handed over":
        told = f"{place} was handed over to {name(holding.holder)}{on}"
    else:
        told = (
            f"{who} {'hold' if _is_plural(holding.holder) else 'holds'} {place}, as of {day(holding.since)}"
        )
    if holding.until is not None and holding.basis != "left":
        told += (
            f" and held it until {day(holding.until)}"
            if holding.basis != "stated"
            else f" and until {day(holding.until)}"
        )
    told += _according_to(holding.claimants)
    return _sentence(told) + (" Accounts of who holds it contradict each other." if holding.contested else "")


def tell_difference(field: str, values: Sequence[tuple[str, Sequence[str]]]) -> str:
    """In what accounts differ: each value with those who give it."""
    parts = [f"{value} ({listed(tellers)})" for value, tellers in values]
    return f"Accounts differ on {_FIELD_NAMES.get(field, field)}: {'; '.join(parts)}."


_FIELD_NAMES: Final = {
    "actors": "who did it",
    "recipients": "to whom it was done",
    "killed": "how many were killed",
    "injured": "how many were hurt",
    "crowd": "how many took part",
    "days": "when it was",
    "place": "where it was",
    "type": "what it was",
    "mode": "how it was done",
    "status": "whether it took place",
}


def _happened(incident: Incident) -> str:
    found = phrase(incident.type, incident.mode)
    actors, recipients = incident.actors, incident.recipients
    if actors and _is_taking(incident):
        return f"{names(actors)} {_take('took', incident)}{_when(incident)}"
    if actors and recipients:
        told = f"{names(actors)} {found.did_to.format(R=names(recipients))}"
    elif actors and incident.type in {"CONSULT", "AGREE", "COOPERATE"} and len(actors) > 1:
        verb = {"CONSULT": "met", "AGREE": "reached an agreement", "COOPERATE": "worked together"}[
            incident.type
        ]
        told = f"{names(actors)} {verb}"
    elif actors:
        told = f"{names(actors)} {found.did}"
    elif recipients:
        told = f"{names(recipients)} {found.suffered}"
    else:
        told = found.took_place
    return told + _where(incident) + _when(incident)


def _possible(incident: Incident) -> str:
    return f"it is left open whether {_what(incident)}{_when(incident)}"


def _denied(incident: Incident) -> str:
    return f"it is denied that {_what(incident)}{_when(incident)}"


def _planned(incident: Incident) -> str:
    found = phrase(incident.type, incident.mode)
    do = _do(found, incident)
    if not incident.actors:
        return f"there are plans to {do}{_when(incident)}"
    plan = "plan" if len(incident.actors) > 1 or _is_plural(incident.actors[0]) else "plans"
    return f"{names(incident.actors)} {plan} to {do}{_when(incident)}"


def _called_for(incident: Incident) -> str:
    found = phrase(incident.type, incident.mode)
    do = _do(found, incident)
    return f"there are calls {f'for {names(incident.actors)} to {do}' if incident.actors else f'to {do}'}"


def _what(incident: Incident) -> str:
    """Who did it, what and where, as a clause."""
    found = phrase(incident.type, incident.mode)
    if incident.actors and _is_taking(incident):
        return f"{names(incident.actors)} {_take('took', incident)}"
    did = found.did_to.format(R=names(incident.recipients)) if incident.recipients else found.did
    what = f"{names(incident.actors)} {did}" if incident.actors else found.took_place
    return what + _where(incident)


def _do(found: Phrase, incident: Incident) -> str:
    """What is to be done and where, as an infinitive."""
    if _is_taking(incident):
        return _take("take", incident)
    do = found.do_to.format(R=names(incident.recipients)) if incident.recipients else found.do
    return do + _where(incident)


def _is_taking(incident: Incident) -> bool:
    return incident.mode == "seize" and incident.place is not None


def _take(verb: str, incident: Incident) -> str:
    """ "took Sirte from the militia"."""
    assert incident.place is not None
    loser = f" from {names(incident.recipients)}" if incident.recipients else ""
    return f"{verb} {place_name(incident.place)}{loser}"


def _by_whose_word(incident: Incident) -> str:
    """Nothing where a publisher says so in its own voice; else those who are quoted for it."""
    if any(account.stance == "asserts" for account in incident.accounts):
        return ""
    wanted = {"denied": "denies", "happened": "attributes"}.get(incident.status)
    accounts = [a for a in incident.accounts if wanted is None or a.stance == wanted]
    parties = {name(party) for party in incident.actors}
    return _according_to([source for source in _sources(accounts) if name(source) not in parties])


def _sources(accounts: Sequence[Account]) -> tuple[Party, ...]:
    once = {name(account.by[-1]): account.by[-1] for account in accounts if account.by}
    return tuple(once.values())


def _according_to(parties: Sequence[Party]) -> str:
    return f", according to {names(parties)}" if parties else ""


def _tolls(incident: Incident) -> str:
    found = [
        text
        for text in (
            _toll(incident.killed, "killed"),
            _toll(incident.injured, "hurt"),
            _crowd(incident.crowd),
        )
        if text
    ]
    return _sentence(" and ".join(found)) if found else ""


def _toll(toll: Toll | None, verb: str) -> str:
    if toll is None:
        return ""
    if toll.high == 0:
        return f"nobody was {verb}"
    was = "was" if toll.low == toll.high == 1 else "were"
    people = "person" if toll.low == toll.high == 1 else "people"
    return f"{toll} {people} {was} {verb}"


def _crowd(toll: Toll | None) -> str:
    return f"{toll} people took part" if toll is not None and toll.high != 0 else ""


def _grade(incident: Incident) -> str:
    words = ("Confirmed", "Probably true", "Possibly true", "Doubtful", "Improbable", "Cannot be judged")
    return f"{words[incident.credibility.grade - 1]} ({incident.credibility.grade})"


def _where(incident: Incident) -> str:
    if incident.place is None:
        return ""
    name = place_name(incident.place)
    if (incident.type, incident.mode) == ("RETREAT", "withdraw"):
        return f" from {name}"
    return f" at {name}" if name.lower().endswith(_SITES) else f" in {name}"


def place_name(place: Place) -> str:
    """A place's name as a sentence takes it: "the al-Watiya air base", "Sirte"."""
    name = place.name
    return f"the {name}" if name.split()[-1].islower() else name


def _when(incident: Incident) -> str:
    first, last = incident.earliest, incident.latest
    if first is None and last is None:
        return ""
    if first == last:
        return f" on {day(first)}"
    if first is None:
        return f", reported on {day(last)}"
    if last is None:
        return f" from {day(first)} on"
    if (last - first) == timedelta(days=1):
        return f" on {day(first)} or {day(last)}"
    return f" between {day(first)} and {day(last)}"


def day(when: date | None) -> str:
    """A day as prose has it: "5 June 2020"."""
    return f"{when.day} {when:%B %Y}" if when else "an unknown day"


def names(parties: Sequence[Party]) -> str:
    """Parties in a row; of many, the first and how many more."""
    shown = [name(party) for party in parties[:_MOST_NAMED]]
    more = len(parties) - len(shown)
    return listed([*shown, f"{more} {'other' if more == 1 else 'others'}"] if more else shown)


def name(party: Party | None) -> str:
    """A party's name as a sentence takes it: names as they are, descriptions in lower case, with an article
    where one is usual."""
    if party is None:
        return "nobody named"
    words = party.name
    if not _is_name(party) and is_role(words.split()[0]):
        words = words[:1].lower() + words[1:]
    return f"the {words}" if _wants_article(party, words) else words


def _is_name(party: Party) -> bool:
    if party.key is None:
        return party.kind not in {"group", "people", "organisation", None} and party.name[:1].isupper()
    return not party.key.startswith(("body:", "office:"))


def _wants_article(party: Party, words: str) -> bool:
    """Organisations and offices take one, and some states; persons and what is possessed do not."""
    parts = words.split()
    if words.lower().startswith(("the ", "a ", "an ")) or parts[0].endswith(("'s", "’s")):
        return False
    if party.kind == "state":
        return parts[0] in {"United", "Democratic", "Central", "Dominican"} or parts[-1].endswith(
            _PLURAL_STATES
        )
    if party.kind in {"organisation", "press"}:
        return len(parts) > 1 or parts[0].islower() or parts[0].isupper()
    return party.kind == "person" and parts[-1].islower() and not _is_name(party)


def _is_plural(party: Party | None) -> bool:
    return party is not None and party.kind in {"group", "people"}


def listed(items: Sequence[str]) -> str:
    """Items in a row of prose: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return f"{_capital(text)}."
