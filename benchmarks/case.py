"""What a case costs as it grows: reports a second, file size, and one add into 1,000 against one into 10,000.

    python -m benchmarks.case [--reports 10000] [--from REPORTS.jsonl] [--keep FILE]

Codes the examples (or takes coded reports from a JSONL file) and varies them by a seeded generator: other
names of people, groups and towns, other days, publishers and words, so that incidents, names and places grow
with the case as they do when a conflict is followed for years. Reports a day stay as many as in the examples.
One report in ten is a near-copy of another, one in twenty tells again of what another told.

The figure to state is the last: what adding the next 400 reports costs in the full case against one that
holds only its last 1,000. Both take each report in turn, and times are seconds of this process, so that a
busy machine slows both; the ratio must not exceed 1.1.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from sitrep.case import Case, Filter
from sitrep.records import Report, from_json

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
PUBLISHERS: Final = 60
WINDOW: Final = 500  # adds that a figure is the mean of
YOUNG: Final = 1_000  # reports of the case that the full one is compared with
COMPARED: Final = 400
# Syllables of the made-up names.
ONSETS: Final = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "r", "s", "t", "v", "z", "sh", "kh", "br"]
VOWELS: Final = ["a", "e", "i", "o", "u", "aa", "ei", "ou"]
CODAS: Final = ["", "", "n", "r", "l", "m", "s", "t", "sh"]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--reports", type=int, default=10_000)
    options.add_argument("--from", dest="source", type=Path)
    options.add_argument("--keep", type=Path, help="leave the case in this file")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    reports = list(_coded(asked.source))
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "case.sitrep"
        measure(path, varied(reports, asked.reports + COMPARED, asked.seed), asked.reports)


def measure(path: Path, reports: Iterator[Report], total: int) -> None:
    """Add `total` reports to a new case at `path`, and print what it took."""
    seconds: list[float] = []
    last: deque[Report] = deque(maxlen=YOUNG)
    with Case(path) as case:
        for report in itertools.islice(reports, total):
            seconds.append(_timed(case, report))
            last.append(report)
            if len(seconds) % 1_000 == 0 or len(seconds) == total:
                _say(case, path, seconds)
        _ask(case)
        if total > YOUNG:
            with Case(path.with_name(path.name + "-young")) as other:
                for report in last:
                    other.add(report)
                _compare(case, other, itertools.islice(reports, COMPARED))
        begun = time.process_time()
        case.rebuild()
        print(f"rebuild          {time.process_time() - begun:.0f} s of this process")


def _timed(case: Case, report: Report) -> float:
    begun = time.process_time()
    case.add(report)
    return time.process_time() - begun


def _compare(old: Case, young: Case, reports: Iterator[Report]) -> None:
    """Add the same reports to both. They take turns in going first, which fills caches for the second."""
    sizes = len(old), len(young)
    spent = {"old": 0.0, "young": 0.0}
    count = 0
    for count, report in enumerate(reports, start=1):
        order = (("old", old), ("young", young))
        for name, case in order if count % 2 else order[::-1]:
            spent[name] += _timed(case, report)
    print(
        f"adding the same {count} reports: {1000 * spent['young'] / count:.1f} ms each into {sizes[1]:,}, "
        f"{1000 * spent['old'] / count:.1f} ms into {sizes[0]:,}; ratio {spent['old'] / spent['young']:.2f}",
        flush=True,
    )


def _mean(seconds: list[float]) -> float:
    return statistics.fmean(seconds[-WINDOW:])


def _say(case: Case, path: Path, seconds: list[float]) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it into the file that is measured
    size = path.stat().st_size
    print(
        f"{len(case):6,} reports   {len(seconds) / sum(seconds):.0f} a second overall, mean of the last "
        f"{WINDOW} {1000 * _mean(seconds):.1f} ms, file {size / 1e6:.1f} MB, "
        f"{size / len(case) / 1e3:.1f} kB a report",
        flush=True,
    )


def _ask(case: Case) -> None:
    questions: dict[str, Any] = {
        "search": lambda: case.search("attack"),
        "events of a place": lambda: case.events(Filter(type="ASSAULT"), limit=50),
        "incidents": lambda: case.incidents(least_sources=2, limit=50),
        "actors": lambda: case.actors(limit=20),
        "control on a day": lambda: case.control(at=date(2020, 6, 10)),
    }
    for name, ask in questions.items():
        begun = time.perf_counter()
        found = len(ask())
        print(f"{name:16} {1000 * (time.perf_counter() - begun):.0f} ms for {found}")


def _coded(source: Path | None) -> Iterator[Report]:
    if source is not None:
        with source.open(encoding="utf-8") as lines:
            for line in lines:
                report: Report = from_json(Report, json.loads(line))
                yield report
        return
    from sitrep.coding.pipeline import code_documents, load
    from sitrep.read import read
    from sitrep.records import Document

    print("coding the examples", file=sys.stderr)
    documents = (item for item in read([str(EXAMPLES)]) if isinstance(item, Document))
    yield from code_documents(documents, load())


def varied(reports: list[Report], number: int, seed: int) -> Iterator[Report]:
    """`number` reports, all different, made of `reports` by changing names, places, days and publishers."""
    draw = random.Random(seed)
    days = max(1, len({report.published for report in reports}))
    made: list[Report] = []
    for count in range(number):
        kind = draw.random()
        if made and kind < 0.1:
            report = _copied(draw.choice(made[-200:]), count, draw)
        else:
            again = made and kind < 0.15
            pattern = draw.choice(made[-200:]) if again else draw.choice(reports)
            later = timedelta(days=0 if again else (count * days // len(reports)) - 60)
            report = _changed(
                pattern, count, later, random.Random(seed * 1_000_003 + count), keep=bool(again)
            )
        made = [*made[-400:], report]
        yield report


def _copied(report: Report, count: int, draw: random.Random) -> Report:
    return replace(
        report,
        id=_id(report.id, count),
        source=f"copy-{count}.txt",
        publisher=f"Publisher {draw.randrange(PUBLISHERS)}",
        text=report.text + f"\n\nReported by desk {count}.",
    )


def _changed(report: Report, count: int, later: timedelta, draw: random.Random, *, keep: bool) -> Report:
    """The report with every name replaced by a made-up one, spans moved with the words, days later."""
    names = {} if keep else _new_names(report, draw)
    names |= _other_words(report, draw)
    text, moved = _replaced(report.text, names)
    shifted: Report = _walked(report, names, moved, later, keep)
    made: Report = replace(
        shifted,
        id=_id(report.id, count),
        source=f"report-{count}.txt",
        title=_replaced(report.title or "", names)[0] or None,
        publisher=f"Publisher {draw.randrange(PUBLISHERS)}",
        url=None,
        text=text + f"\n\nDesk {count} wrote this from {_name(draw, 2)}.",
    )
    return made


def _new_names(report: Report, draw: random.Random) -> dict[str, str]:
    """A new name for each capitalised word in the names of actors and places; the same ones come again."""
    named = [*(actor.name for actor in report.actors), *(place.name for place in report.places)]
    words = {word for name in named for word in re.findall(r"\w{4,}", name) if word[0].isupper()}
    pool = random.Random(draw.randrange(400))
    return {
        word: _name(random.Random(f"{word} {pool.random()}"), 2 + len(word) // 6) for word in sorted(words)
    }


def _other_words(report: Report, draw: random.Random) -> dict[str, str]:
    """Other words for most of those that are no name and no trigger, so that no report copies another."""
    kept = [span for actor in report.actors for span in actor.mentions]
    kept += [span for place in report.places for span in place.mentions]
    kept += [span for event in report.events for span in event.trigger]
    stays = {word for start, end in kept for word in re.findall(r"\w+", report.text[start:end])}
    words = sorted(set(re.findall(r"[a-z]{4,}", report.text)) - stays)
    return {word: _name(draw, 2).casefold() for word in words if draw.random() < 0.6}


def _name(draw: random.Random, syllables: int) -> str:
    made = "".join(draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(syllables))
    return made.capitalize()


def _replaced(text: str, names: dict[str, str]) -> tuple[str, list[int]]:
    """The text with words replaced, and where each of its offsets went."""
    moved, parts, at, length = [0] * (len(text) + 1), [], 0, 0
    for match in re.finditer(r"\w+", text):
        new = names.get(match[0])
        if new is None:
            continue
        moved[at : match.start()] = range(length, length + match.start() - at)
        length += match.start() - at
        moved[match.start() : match.end()] = [length] * (match.end() - match.start())
        parts += [text[at : match.start()], new]
        at, length = match.end(), length + len(new)
    moved[at:] = range(length, length + len(text) + 1 - at)
    return "".join([*parts, text[at:]]), moved


def _walked(value: Any, names: dict[str, str], moved: list[int], later: timedelta, again: bool) -> Any:
    """A record with its spans moved, its names replaced, and its days shifted."""
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for field in fields(value):
            item = getattr(value, field.name)
            if field.name in {"start", "end"}:
                changes[field.name] = moved[item]
            elif field.name in {"name", "description"} and item:
                changes[field.name] = _replaced(item, names)[0]
            elif field.name == "aliases":
                changes[field.name] = tuple(_replaced(alias, names)[0] for alias in item)
            elif field.name == "geonameid" and item is not None and not again:
                changes[field.name] = item * 1_000 + _spread(names)
            elif field.name in {"latitude", "longitude"} and item is not None and not again:
                changes[field.name] = round(item + _spread(names) / 500, 5)
            elif field.name not in {"text", "coder"}:
                changes[field.name] = _walked(item, names, moved, later, again)
        return replace(value, **changes)
    if isinstance(value, date):
        return value + later
    if isinstance(value, tuple):
        if len(value) == 2 and all(isinstance(part, int) for part in value):
            return (moved[value[0]], moved[value[1]])
        return tuple(_walked(item, names, moved, later, again) for item in value)
    return value


def _spread(names: dict[str, str]) -> int:
    """A number under 1,000 that a set of names always gives: its places lie elsewhere than another's."""
    words = " ".join(names[word] for word in sorted(names) if word[0].isupper())
    return hashlib.sha256(words.encode()).digest()[0] * 4


def _id(id: str, count: int) -> str:
    return "sha256:" + hashlib.sha256(f"{id} {count}".encode()).hexdigest()


if __name__ == "__main__":
    main()
