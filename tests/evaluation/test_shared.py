"""Our annotation and scorer against the tools that the first gold was made and scored with."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitrep import ontology
from sitrep.evaluation.annotation import read_annotation, sheet
from sitrep.evaluation.gold import gold_line, read_gold
from sitrep.evaluation.offsets import textless_line, textless_of, with_text, without_text
from sitrep.evaluation.scorer import Scores, score
from sitrep.evaluation.stories import read_stories
from sitrep.records import to_json

pytestmark = pytest.mark.shared


def printed(*command: str | Path) -> str:
    return subprocess.run([sys.executable, "-B", *command], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def press(shared: Path) -> Path:
    return shared / "data" / "records" / "dev_press.gold.jsonl"


@pytest.fixture
def wiki(shared: Path) -> Path:
    return shared / "data" / "records" / "dev_wiki.gold.jsonl"


def test_sheets_are_the_same(shared, press):
    ours = "\n\n".join(map(sheet, read_stories(press).values())) + "\n"
    assert ours == printed(shared / "eval" / "records.py", "sheet", press)


def test_compiling_gives_the_same(shared, press):
    annotated = shared / "data" / "records" / "dev_press.ann.txt"
    lines = annotated.read_text(encoding="utf-8").splitlines()
    annotation = read_annotation(lines, read_stories(press), str(annotated))
    assert annotation.faults == ()
    ours = "".join(map(gold_line, annotation.documents))
    assert ours == printed(shared / "eval" / "records.py", "compile", press, annotated)


def test_what_is_compiled_is_read_and_written_the_same(press):
    assert "".join(map(gold_line, read_gold(press))) == press.read_text(encoding="utf-8")


def test_gold_without_its_texts_comes_back_the_same(press):
    documents = read_gold(press)
    texts = {document.id: document.text for document in documents}
    stripped = [json.loads(textless_line(without_text(one, source="the press"))) for one in documents]
    assert [with_text(textless_of("a", row), texts) for row in stripped] == documents


def perturbed(row: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """The gold document with events lost, told twice, and changed in a field each."""
    events = []
    for event in row["events"]:
        for _ in range(draw.choice([0, 1, 1, 1, 1, 2])):
            changed = copy.deepcopy(event)
            place = changed["place"]
            draw.choice(
                [
                    lambda e: e.update(type=draw.choice(list(ontology.EVENT_TYPES)), mode=None),
                    lambda e: e.update(status=draw.choice(["planned", "denied"])),
                    lambda e: e.update(actors=e["actors"][1:]),
                    lambda e: e.update(actors=e["recipients"], recipients=e["actors"]),
                    lambda e: e.update(place=None),
                    lambda e, place=place: (
                        place and place["coarser"] and place.update(span=place["coarser"][0], text="")
                    ),
                    lambda e: e.update(earliest=None),
                    lambda e: e.update(earliest="2001-01-01", latest="2001-01-01"),
                    lambda e: e.update(according_to=e["actors"][:1]),
                    lambda e: e.update(killed=draw.choice([None, [0, 0], [3, None]])),
                    lambda e: e.update(flags=draw.choice([[], ["inner"]])),
                    lambda e: e["mentions"][0].update(trigger=[e["mentions"][0]["sentence"]]),
                    lambda e: None,
                ]
            )(changed)
            events.append(changed)
    return row | {"events": events}


def assert_same_figures(ours: Scores, printed_by_theirs: str) -> None:
    *lines, last = printed_by_theirs.splitlines()
    theirs, mine = json.loads(last), to_json(ours)
    for name in ("documents", "gold", "coded"):
        assert mine[name] == theirs[name]
    for part in ("detection", "record"):
        assert {name: mine[part][name] for name in theirs[part]} == theirs[part]
    assert mine["verdicts"] == dict.fromkeys(mine["verdicts"], 0) | theirs["verdicts"]
    assert {name: one["share"] for name, one in mine["fields"].items()} == theirs["fields"]
    assert lines[: len(ours.types)] == [
        f"{name:10s} gold {one.gold:4d} coded {one.coded:4d} right type {one.right:4d}"
        for name, one in ours.types.items()
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_the_same_on_gold_with_some_events_perturbed(shared, wiki, tmp_path, seed):
    draw = random.Random(seed)
    other = tmp_path / "other.jsonl"
    with wiki.open(encoding="utf-8") as file:
        rows = [perturbed(json.loads(line), draw) for line in file]
    other.write_text(
        "".join(json.dumps(row) + "\n" for row in rows[1:]), encoding="utf-8"
    )  # one document is missing
    ours = score(read_gold(wiki), {document.id: document for document in read_gold(other)})
    assert 0.3 < ours.record.f1 < 0.9 and ours.verdicts.of_these_twice > 0 and ours.verdicts.sound > 0
    assert_same_figures(ours, printed(shared / "eval" / "score_records.py", wiki, other, "--by-type"))
