"""The same act is the same record, whoever did it.

    python -m benchmarks.parties [--show]

Each sentence of parties.tsv is coded in versions that differ only in the parties (exchanged, of another
country, invented) or in one loaded word. A version is the same as the first if type, status and both parties'
roles are.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spacy.language import Language

import sitrep
from sitrep.records import Actor, Event, Report

TABLE: Final = Path(__file__).with_suffix(".tsv")
VERSIONS: Final = ("exchanged", "other", "invented", "word")


@dataclass(frozen=True, slots=True)
class Version:
    """One sentence with its parties: the values of {A} and {B} as they stand in it."""

    name: str
    sentence: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Item:
    """One act: the type and status that it has in every version."""

    id: str
    type: str
    status: str
    versions: tuple[Version, ...]  # the first is what the others are compared with


@dataclass(frozen=True, slots=True)
class Coded:
    """What the coder made of the act: None and no roles where it found nothing."""

    type: str | None
    status: str | None
    first: str | None  # the role of {A}: "actor", "recipient" or None
    second: str | None


def read_items(path: Path = TABLE) -> Iterator[Item]:
    """The items of the table. Raises `ValueError` for a line with a missing cell."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{path.name}, row {number}: {len(cells)} cells, expected {len(header)}.")
        row = dict(zip(header, cells, strict=True))
        neutral, _, loaded = (part.strip() for part in row["words"].partition(";"))
        versions = [_filled("first", row["sentence"], row["first"], neutral)]
        versions += [_filled(name, row["sentence"], row[name], neutral) for name in VERSIONS[:3]]
        if loaded:
            versions.append(_filled("word", row["sentence"], row["first"], loaded))
        yield Item(row["id"], row["type"], row["status"], tuple(versions))


def _filled(name: str, template: str, parties: str, word: str) -> Version:
    first, second = (party.strip() for party in parties.split(";"))
    text = template.replace("{A}", first).replace("{B}", second).replace("{W}", word)
    return Version(name, text[0].upper() + text[1:], first, second)


def coded(version: Version, wanted: str, nlp: Language) -> Coded:
    """The coder's record of the act: the event of the wanted type, else the likeliest."""
    report = sitrep.code(version.sentence, nlp=nlp)
    if not report.events:
        return Coded(None, None, None, None)
    event = max(report.events, key=lambda event: (event.type == wanted, event.confidence, event.id))
    return Coded(
        event.type, event.status, _role(report, event, version.first), _role(report, event, version.second)
    )


def _role(report: Report, event: Event, party: str) -> str | None:
    start = report.text.lower().find(party.lower())
    span = (start, start + len(party))
    named: dict[str, Actor] = {actor.id: actor for actor in report.actors}

    def among(ids: tuple[str, ...]) -> bool:
        mentions = [mention for name in ids for mention in named[name].mentions]
        return any(low < span[1] and span[0] < high for low, high in mentions)

    return "actor" if among(event.actors) else "recipient" if among(event.recipients) else None


def main() -> None:
    nlp = sitrep.load()
    same: Counter[str] = Counter()
    count: Counter[str] = Counter()
    right = total = 0
    for item in read_items():
        results = [coded(version, item.type, nlp) for version in item.versions]
        right += results[0].type == item.type
        total += 1
        for version, result in zip(item.versions[1:], results[1:], strict=True):
            count[version.name] += 1
            same[version.name] += result == results[0]
            if result != results[0] and "--show" in sys.argv:
                print(item.id, version.name, results[0], result, version.sentence, sep="\n  ")
    for name in VERSIONS:
        print(f"{name:10} same {same[name]} of {count[name]}: {same[name] / max(1, count[name]):.3f}")
    every = sum(same.values()) / max(1, sum(count.values()))
    print(f"all        same {sum(same.values())} of {sum(count.values())}: {every:.3f}")
    print(f"type right in the first version: {right} of {total}")


if __name__ == "__main__":
    main()
