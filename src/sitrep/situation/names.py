"""Names as a case compares them: one key for every spelling, and which keys are one actor's.

A key is a function of one actor record alone: "person:" and the sounds of a person's name, "org:" and a
proper name, "body:LBY:" and what a body of a state is called, "office:EGY:" and an office, "state:LBY".
Descriptions that name nobody ("gunmen", "a diplomat") have none. Keys that may be one actor's share a bucket,
and `settle` says within a bucket which are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from sitrep.coding.actors.countries import country_names
from sitrep.coding.actors.spelling import same_word, sounds
from sitrep.coding.tables import Word, actor_words, listed, read_table, singular, words_of
from sitrep.records import Actor, ActorKind, Party

_OFFICES: Final = re.compile(
    r"(?:vice |deputy )?(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|pope)$"
    r"|(?:deputy )?(?:\w+ )?minister$|speaker$|army chief$|chief of staff$"
)
# "the UN-recognised government" is the government.
_RECOGNISED: Final = frozenset({"internationally", "recognised", "recognized"})
# "Libyan government forces" are the government's.
_FORCES: Final = frozenset({"forces", "force", "troops", "soldiers", "fighters", "units"})
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "a", "an", "to", "on", "de", "du", "la"})


def party(actor: Actor, ties: tuple[str, ...] = ()) -> Party:
    """What a case knows of an actor of one report."""
    return Party(
        name=actor.name,
        key=name_key(actor),
        ties=ties,
        kind=actor.kind,
        country=actor.country,
        sectors=actor.sectors,
    )


def name_key(actor: Actor) -> str | None:
    """What the actor's name comes to however it is spelt; None where it names nobody in particular."""
    if actor.kind == "state":
        return f"state:{actor.country or ' '.join(word.key for word in words_of(actor.name))}"
    if actor.kind == "people":
        return None
    # whoever the list of public actors knows has one key by whatever name a report calls it
    known = actor.identity is not None and not actor.identity.of_another
    words = words_of(actor.identity.name if actor.identity is not None and known else actor.name)
    if actor.kind == "person":
        return _person_key(words) or office_key(actor.name, actor.country)
    return _body_key(words, actor.kind, actor.country)


def office_key(description: str, country: str | None) -> str | None:
    """The key of who holds an office of a state: "Egypt's president" is "office:EGY:president"."""
    words = [word for word in _without_state(words_of(description)) if word.key not in _SMALL]
    phrase = " ".join(word.key for word in words)
    return f"office:{country}:{phrase}" if country and phrase and _OFFICES.fullmatch(phrase) else None


def _person_key(words: Sequence[Word]) -> str | None:
    particles = actor_words()["particles"]
    named = [word for word in words if word.key not in particles]
    if not named or any(word.text[0].islower() for word in named):
        return None
    return "person:" + " ".join(_sounded(word.key) for word in named)


def _sounded(word: str) -> str:
    # "Li" and "Lu" have one consonant: so short a name is only itself.
    return sounds(word) if len(sounds(word)) > 1 else word


def _body_key(words: Sequence[Word], kind: ActorKind, country: str | None) -> str | None:
    known = _known_organisations().get(" ".join(word.key for word in words if word.key != "the"))
    if known:
        return f"org:{known}"
    own = [word for word in _without_state(words) if word.key not in _SMALL | _RECOGNISED]
    if _RECOGNISED & {word.key for word in words}:
        own = [word for word in own if word.text[0].islower()] or own
    if not own:
        return None
    named = [word for word in own if word.text[0].isupper()]
    # A word with a capital may only open its sentence: "Residents", "Fighters of".
    opens = own[0] is words[0] and is_role(own[0].text)
    if kind == "group" and (opens or len(named) < len(own)):
        return None
    if len(named) > opens and own[0].text[0].isupper() and not opens:
        return "org:" + " ".join(word.key for word in words if word.key not in _SMALL)
    if kind in {"organisation", "press"} and country:
        return f"body:{country}:" + " ".join(sorted({word.key for word in own}))
    return None


def _without_state(words: Sequence[Word]) -> list[Word]:
    """The words without names of states and peoples: "Egypt's foreign ministry", "Libyan army"."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        match = country_names().match(words, at)
        if match is None:
            found.append(words[at])
        at += match[0] if match else 1
    return found


@cache
def _known_organisations() -> dict[str, str]:
    """Every name of the organisations of our table to the first of its names."""
    found: dict[str, str] = {}
    for _, _, _, names in read_table("organisations.tsv", 4):
        for one in listed(names, ";"):
            keys = [
                " ".join(word.key for word in words_of(name) if word.key != "the") for name in listed(one)
            ]
            for key in keys:
                found.setdefault(key, keys[0])
    return found


@cache
def _roles() -> frozenset[str]:
    return frozenset(term for row in read_table("roles.tsv", 4) for term in listed(row[3]))


def is_role(word: str) -> bool:
    """Whether a word says what somebody is and not how he is called: "Residents", "Government"."""
    return any(singular(one.key) in _roles() for one in words_of(word)[:1])


def bucket(key: str) -> str:
    """Where the names that may be this actor's are kept together: a surname, or the initials of a body."""
    sort, _, name = key.partition(":")
    words = name.split(" ")
    if sort == "person":
        return f"person:{words[-1]}"
    if sort == "org":
        return "org:" + ("".join(word[0] for word in words) if len(words) > 1 else name)
    return key


def alike(one: Party, other: Party) -> float:
    """How much two parties are one: 2 the same, 1 the same side, 0.5 perhaps, 0 not or unknown.

    The same side is a body and those under it ("the LNA", "the LNA's fighters"), or a body of one state under
    a fuller name ("the government", "the Government of National Accord").
    """
    if not _may_share(one, other):
        return 0.0
    if one.key and other.key and bucket(one.key) == bucket(other.key):
        return 2.0
    own, others = keys_of(one), keys_of(other)
    if {bucket(key) for key in own} & {bucket(key) for key in others}:
        return 1.0
    if own and others:
        return 1.0 if any(_is_body_of(a, b, one, other) for a in own for b in others) else 0.0
    if one.country and one.country == other.country and set(one.sectors) & set(other.sectors):
        return 1.0
    mine, yours = _head(one.name), _head(other.name)
    return 0.5 if mine and mine == yours else 0.0


def sides(parties: Iterable[Party]) -> dict[str, frozenset[str]]:
    """For each named person, the bodies that the parties' words put him in or at the head of."""
    found: dict[str, set[str]] = {}
    for one in parties:
        if one.kind == "person" and one.key and one.key.startswith("person:"):
            bodies = {tie for tie in one.ties if tie.startswith(("org:", "body:"))}
            if bodies:
                found.setdefault(one.key, set()).update(bodies)
    return {key: frozenset(found[key]) for key in sorted(found)}


def keys_of(one: Party) -> tuple[str, ...]:
    """Its own key and those it is tied to."""
    return ((one.key,) if one.key else ()) + one.ties


def _is_body_of(key: str, other: str, one: Party, another: Party) -> bool:
    """Whether one key is a state's body and the other the same body with more of a name."""
    body, full = sorted((key, other))  # "body:" goes before "org:"
    if not (body.startswith("body:") and full.startswith("org:")):
        return False
    country = body.split(":")[1]
    words = set(body.split(":")[2].split(" ")) - _FORCES
    return bool(words) and country in {one.country, another.country} and words <= set(full[4:].split(" "))


def _head(name: str) -> str:
    words = words_of(name.split(" of ")[0])
    return words[-1].key if words else ""


def settle(names: Sequence[Party]) -> dict[str, str]:
    """For the names of one bucket: every key to the key of the actor that it belongs to.

    `names` holds a Party for each key, with its commonest spelling and country. A surname alone is the one
    full name that ends in it, an acronym the one body with these initials; with several, or where the
    countries differ, it stays an actor of its own. Any order of `names` gives the same.
    """
    ordered = sorted((name for name in names if name.key), key=lambda name: (name.key or "", name.name))
    # A fuller name has more words: most names of a large bucket have as many, and are not compared.
    by_length: dict[int, list[Party]] = {}
    for name in ordered:
        by_length.setdefault((name.key or "").count(" "), []).append(name)
    longer = {
        length: [other for more, others in by_length.items() if more > length for other in others]
        for length in by_length
    }
    found: dict[str, str] = {}
    for name in ordered:
        key = name.key or ""
        fuller = [
            other for other in longer[key.count(" ")] if _is_shorter(name, other) and _may_share(name, other)
        ]
        longest = [
            one for one in fuller if not any(_is_shorter(one, other) for other in fuller if other is not one)
        ]
        found[key] = (longest[0].key or key) if len(longest) == 1 else key
    return {key: _end(found, key) for key in found}


def _end(heads: dict[str, str], key: str) -> str:
    seen = {key}
    while heads[key] not in seen:
        key = heads[key]
        seen.add(key)
    return key


def _is_shorter(name: Party, other: Party) -> bool:
    """Whether `name` is a shorter form of `other`: "Haftar", "K. Haftar", "LNA"."""
    sort, _, short = (name.key or "").partition(":")
    if not (other.key or "").startswith(f"{sort}:"):
        return False
    long = (other.key or "").partition(":")[2].split(" ")
    words = short.split(" ")
    if sort == "org":
        return len(words) == 1 and len(long) > 1 and "".join(word[0] for word in long) == short
    if sort != "person" or len(words) >= len(long):
        return False
    own, others = _spelt(name), _spelt(other)
    return same_word(own[-1], others[-1]) and all(
        any(same_word(word, whole) or (len(word) == 1 and whole.startswith(word)) for whole in others[:-1])
        for word in own[:-1]
    )


def _spelt(name: Party) -> list[str]:
    particles = actor_words()["particles"]
    words = [word.key for word in words_of(name.name)]
    return [word for word in words if word not in particles] or words


def _may_share(one: Party, other: Party) -> bool:
    return one.country is None or other.country is None or one.country == other.country
