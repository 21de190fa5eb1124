"""A small story, gold on it from lines of annotation, and coded reports that say the same or less."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sitrep.evaluation.annotation import read_annotation
from sitrep.evaluation.gold import GoldDocument
from sitrep.evaluation.stories import Story
from sitrep.records import Actor, Attribution, Coder, Content, Cue, Event, Place, Report, Source, Span, Toll

# 1 to 5: the sentences.
TEXT = (
    "Gunmen killed at least five traders in Gao on Monday, police said. "
    "Minister Ali Kone condemned the attack and met envoys of Mali in Bamako. "
    "He urged Algeria to release the hostages. "
    "More than 400 people have died since 2019.\n"
    "Police arrested two men on Tuesday."
)
STORY = Story("gao", "Attack in Gao", "2020-06-24", TEXT, "stories.jsonl, line 1")

KILLED = (
    "1 | killed | ASSAULT firearms | happened | by: Gunmen | to: traders | at: Gao > Mali | on: 2020-06-22"
    " | who: police | toll: killed 5+ | flags: main"
)
CONDEMNED = (
    "2 | condemned | ACCUSE disapprove | happened | by: Minister Ali Kone | to: = Gunmen | on: ..2020-06-24"
)
MET = "2 | met | CONSULT | happened | by: Minister Ali Kone; envoys of Mali | at: Bamako"
URGED = "3 | urged | REQUEST yield | happened | by: He = Minister Ali Kone | to: Algeria"
RELEASE = "3 | release | RETREAT release | called_for | by: Algeria | to: hostages | flags: inner"
DIED = "4 | died | ASSAULT | happened | to: people | flags: sum"
ARRESTED = "5 | arrested | COERCE arrest | happened | by: Police | to: two men | on: 2020-06-23"


def gold(*lines: str) -> GoldDocument:
    """The story with these lines of annotation, which must have no fault."""
    annotation = read_annotation(["#doc gao", *lines], {"gao": STORY}, "gao.txt")
    assert annotation.faults == ()
    [document] = annotation.documents
    return document


def faults(*lines: str) -> list[str]:
    """What the checker says of these lines of the story."""
    return [str(fault) for fault in read_annotation(["#doc gao", *lines], {"gao": STORY}, "a.txt").faults]


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def report(events: Iterable[dict[str, Any]] = ({},), text: str = TEXT) -> Report:
    """A report on the story; each event is the killing, right in every field, but for what is given."""
    right: dict[str, Any] = {
        "id": "e1", "type": "ASSAULT", "mode": "firearms", "actors": ("a1",), "recipients": ("a2",), "place": "p1",
        "earliest": date(2020, 6, 22), "latest": date(2020, 6, 22), "according_to": ("q1",),
        "trigger": (at("killed", text),), "evidence": (at("Gunmen killed", text),), "killed": Toll(5, None, ()),
    }  # fmt: skip
    return Report(
        id="sha256:00", source="stories.jsonl, line 1", text=text,
        actors=(
            Actor(id="a1", name="Gunmen", kind="group", mentions=(at("Gunmen", text),)),
            Actor(id="a2", name="traders", kind="people", mentions=(at("at least five traders", text),)),
            Actor(id="a3", name="police", kind="group", mentions=(at("police", text),)),
            Actor(id="a4", name="Algeria", kind="state", mentions=(at("Algeria", text),)),
        ),
        places=(
            Place(id="p1", name="Gao", mentions=(at("Gao", text),)),
            Place(id="p2", name="Mali", mentions=(at("Mali", text),)),
            Place(id="p3", name="Bamako", mentions=(at("Bamako", text),)),
        ),
        attributions=(
            Attribution("q1", "indirect", Source((at("police", text),), "a3"), Cue((at("said", text),)), Content()),
            Attribution("q2", "indirect", Source((), "a4"), Cue(), Content()),
        ),
        events=tuple(Event(**(right | changes)) for changes in events),
        coder=Coder("0", {}),
    )  # fmt: skip
