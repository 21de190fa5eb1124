"""One small report with something in every field, for tests of what is done with reports."""

from __future__ import annotations

from datetime import date

from sitrep.records import (
    Actor,
    Attribution,
    Coder,
    Content,
    Cue,
    Event,
    Place,
    Removed,
    Report,
    Source,
    Span,
    Time,
    Toll,
)  # fmt: skip

TEXT = (
    "On Monday the Orvian army seized Kelm, killing at least 12 rebels, General Ana Sool said in a statement."
)


def where(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


REPORT = Report(
    id="sha256:00",
    source="kelm.txt",
    url="https://example.org/kelm",
    publisher="Harbour Wire",
    section="World",
    title="Army seizes Kelm",
    authors=("Jo Reed", "Mia Lund"),
    published=date(2021, 3, 2),
    language="en",
    text=TEXT,
    removed=(Removed("Show more", "navigation"),),
    actors=(
        Actor(id="a1", name="Orvian army", kind="group", country="ORV", sectors=("MIL",), mentions=(where("the Orvian army"),)),
        Actor(id="a2", name="rebels", kind="group", sectors=("REB",), mentions=(where("at least 12 rebels"),)),
        Actor(
            id="a3", name="Ana Sool", kind="person", country="ORV", sectors=("MIL",), description="General",
            aliases=("Sool",), mentions=(where("General Ana Sool"),),
        ),
    ),
    places=(
        Place(
            id="p1", name="Kelm", geonameid=7, latitude=1.5, longitude=-2.25, country="ORV", admin1="North",
            feature="PPL", mentions=(where("Kelm"),), confidence=0.9,
        ),
    ),
    times=(Time("t1", *where("Monday"), "DATE", "2021-03-01", date(2021, 3, 1), date(2021, 3, 1)),),
    attributions=(
        Attribution(
            "q1", "indirect", Source((where("General Ana Sool"),), "a3"), Cue((where("said"),)),
            Content((where("On Monday the Orvian army seized Kelm, killing at least 12 rebels"),)), "statement",
        ),
    ),
    events=(
        Event(
            id="e1", type="ASSAULT", mode=None, contexts=("military",), quad="material conflict", score=-9.0,
            actors=("a1",), recipients=("a2",), place="p1", earliest=date(2021, 3, 1), latest=date(2021, 3, 1),
            according_to=("q1",), trigger=(where("seized"),), evidence=((0, len(TEXT)),),
            killed=Toll(12, None, (where("at least 12"),)), confidence=0.91,
        ),
    ),
    coder=Coder("0.1.0", {"relations": "sha256:11"}),
)  # fmt: skip
