"""Who did what in whole stories: entity-level role fillers on MUC-4, without training on it.

    python -m benchmarks.muc4 GOLD.jsonl

GOLD holds stories of MUC-4 as GRIT prepared them (Du, Rush and Cardie 2021): {"id", "text", "roles": {role:
[[mention, …], …]}}, one inner list an entity. The text is in capitals, its lines wrapped.

The measure is GRIT's CEAF-REE: within a story and role, predicted entities are aligned one to one with gold
entities so that most pairs match; a pair matches where every mention of the predicted entity is, letter for
letter, one of the gold entity's. Precision and recall are over entities of all stories; "all" pools the
roles.

A story is coded as any report is, and the events of its report are read so:

    perp_individual_id     actors of ASSAULT that are people, and not in the service of a state
    perp_organization_id   actors of ASSAULT that are organisations with a name, and those that such people
                           are said to be of ("members of A")
    hum_tgt_name           recipients of ASSAULT that are persons with a name

What was attacked, where it is no actor, and with what weapon are no fields of a record: phys_tgt_id and
incident_instrument_id are never predicted, and count as missed. Each entity is predicted by one mention.
"named" pools the three roles that are predicted.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from sitrep import code, load
from sitrep.records import Actor, Report, Span

ROLES: Final = (
    "perp_individual_id", "perp_organization_id", "phys_tgt_id", "hum_tgt_name", "incident_instrument_id",
)  # fmt: skip
NAMED: Final = ("perp_individual_id", "perp_organization_id", "hum_tgt_name")
_STATE: Final = frozenset({"MIL", "COP", "GOV", "SPY", "JUD", "LEG"})
_ARMED: Final = frozenset({"MIL", "COP", "REB", "UAF"})
_OPENING: Final = re.compile(r"^(?:(?:THE|A|AN|SOME|ANY|ITS|THEIR|HIS|THESE|THOSE|ABOUT|ALLEGED|ANOTHER) )+")
_TITLE: Final = re.compile(
    r"^(?:[A-Z]+\.? )*?(?:GENERAL|COLONEL|MAJOR|CAPTAIN|LIEUTENANT|MINISTER|MR|DR|JUDGE)\.? "
)

Entities = list[list[str]]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    reports = code([unwrapped(record["text"]) for record in records], nlp=load())
    print(json.dumps(evaluate(records, [fillers(report) for report in reports])))
    return 0


def unwrapped(text: str) -> str:
    """The story with a paragraph a line: a sentence goes on over the set's line breaks."""
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def fillers(report: Report) -> dict[str, Entities]:
    """The entities of each role that the events of a report name."""
    actors = {actor.id: actor for actor in report.actors}
    found: dict[str, dict[str, str]] = {role: {} for role in ROLES}
    for event in report.events:
        if event.type != "ASSAULT" or event.status in {"denied", "called_for"}:
            continue
        suffering = [actors[id] for id in event.recipients]
        if suffering and all(not _ARMED.isdisjoint(actor.sectors) for actor in suffering):
            continue  # fighting is no incident of MUC-4's
        for actor in (actors[id] for id in event.actors):
            if not _STATE.isdisjoint(actor.sectors) or actor.kind in {"state", "press"}:
                continue
            if actor.kind == "organisation" and actor.name[:1].isupper():
                found["perp_organization_id"].setdefault(actor.id, _plain(actor.name))
                continue
            start, end = _mention_in(actor, event.evidence)
            found["perp_individual_id"].setdefault(actor.id, _plain(report.text[start:end]))
            for other in report.actors:
                inside = any(start < s and e <= end for s, e in other.mentions)
                if inside and other.kind == "organisation" and _STATE.isdisjoint(other.sectors):
                    found["perp_organization_id"].setdefault(other.id, _plain(other.name))
        for actor in suffering:
            if actor.kind == "person" and all(word[:1].isupper() for word in actor.name.split()):
                found["hum_tgt_name"].setdefault(actor.id, _person(actor))
    return {role: [[mention] for mention in dict.fromkeys(found[role].values())] for role in ROLES}


def _mention_in(actor: Actor, evidence: Iterable[Span]) -> Span:
    """The first mention where the event is told, or else of all."""
    told = (m for m in actor.mentions if any(start <= m[0] and m[1] <= end for start, end in evidence))
    return next(told, actor.mentions[0])


def _person(actor: Actor) -> str:
    """The longest form of a person's name, without a title."""
    names = [_TITLE.sub("", _plain(name)) for name in (actor.name, *actor.aliases)]
    return max(names, key=len)


def _plain(words: str) -> str:
    """Words in capitals without what opens their phrase, and without what follows in brackets."""
    return _OPENING.sub(
        "", " ".join(re.sub(r"\s*[\[(].*$", "", words.upper(), flags=re.DOTALL).split())
    ).strip(' ",.')


def evaluate(records: Sequence[dict[str, Any]], predictions: Sequence[dict[str, Entities]]) -> dict[str, Any]:
    """Precision, recall and F1 of each role and of all together."""
    counts: Counter[tuple[str, str]] = Counter()
    for record, predicted in zip(records, predictions, strict=True):
        for role in ROLES:
            gold = record["roles"].get(role, [])
            counts[role, "matched"] += matched(predicted[role], gold)
            counts[role, "predicted"] += len(predicted[role])
            counts[role, "gold"] += len(gold)
    parts = ("matched", "predicted", "gold")
    for name, roles in (("all", ROLES), ("named", NAMED)):
        counts.update({(name, part): sum(counts[role, part] for role in roles) for part in parts})
    return {name: _figures(*(counts[name, part] for part in parts)) for name in ("all", "named", *ROLES)}


def _figures(matches: int, predicted: int, gold: int) -> dict[str, float]:
    return {
        "precision": round(matches / max(1, predicted), 4),
        "recall": round(matches / max(1, gold), 4),
        "f1": round(2 * matches / max(1, predicted + gold), 4),
    }


def matched(predicted: Entities, gold: Entities) -> int:
    """How many predicted entities can be given a gold entity of their own that has all their mentions."""
    fits = [
        [n for n, other in enumerate(gold) if {_spaced(m) for m in one} <= {_spaced(m) for m in other}]
        for one in predicted
    ]
    owner: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in fits[one]:
            if other not in tried:
                tried.add(other)
                if other not in owner or place(owner[other], tried):
                    owner[other] = one
                    return True
        return False

    return sum(place(one, set()) for one in range(len(predicted)))


def _spaced(mention: str) -> str:
    return " ".join(mention.upper().split())


if __name__ == "__main__":
    sys.exit(main())
