"""Short coded reports of an invented country, built by hand: what a case does with them needs no model."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from sitrep.case import Case
from sitrep.ontology import quad, score
from sitrep.records import (
    Actor,
    Attribution,
    Coder,
    Content,
    Control,
    Cue,
    Event,
    Place,
    Report,
    Source,
    Span,
    Status,
    Toll,
)

CODER = Coder("0.1.0", {"relations": "sha256:11"})
NEWER = Coder("0.2.0", {"relations": "sha256:22"})
PLACES = {
    "Kelm": (7, 31.2, 14.9),
    "Zuhra": (8, 31.9, 13.1),
    "Dar Awin": (None, 30.1, 15.4),
    "Port Sela": (9, 32.8, 13.0),
}
MONDAY = date(2021, 3, 1)


def where(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def told(
    text: str,
    *,
    by: str | None = "Harbour Wire",
    published: date = date(2021, 3, 2),
    who: str = "the Orvian army",
    whom: str | None = "Ridge Front",
    trigger: str = "seized",
    type: str = "COERCE",
    mode: str | None = "seize",
    place: str | None = "Kelm",
    day: date | None = MONDAY,
    status: Status = "happened",
    said_by: str | None = None,
    killed: Toll | None = None,
    holder: str | None = None,
    coder: Coder = CODER,
    salt: str = "",
    events: int = 1,
) -> Report:
    """A report of one event whose parties, trigger and place are these words of `text`."""
    actors = []
    for name in (who, whom, said_by, holder):
        if name and name not in [actor.name for actor in actors]:
            country = "ORV" if "Orvian" in name else None
            kind = "person" if name.startswith(("Ana", "General", "Sool")) else "organisation"
            plain = name.removeprefix("the ").removeprefix("General ")
            actors.append(
                Actor(id=f"a{len(actors) + 1}", name=plain, kind=kind, country=country, mentions=(where(text, name),))
            )  # fmt: skip
    ids = {
        name: actor.id
        for name, actor in zip(
            dict.fromkeys(n for n in (who, whom, said_by, holder) if n), actors, strict=True
        )
    }
    places = []
    if place:
        number, latitude, longitude = PLACES[place]
        places = [
            Place(
                id="p1", name=place, geonameid=number, latitude=latitude, longitude=longitude, country="ORV",
                admin1="North", feature="PPL", mentions=(where(text, place),), confidence=0.9,
            )
        ]  # fmt: skip
    evidence = ((0, len(text.split("\n\n")[0])),)
    attributions = ()
    if said_by:
        attributions = (
            Attribution(
                "q1", "indirect", Source((where(text, said_by),), ids[said_by]), Cue((where(text, "said"),)),
                Content((where(text, trigger),)),
            ),
        )  # fmt: skip
    event = Event(
        id="e1", type=type, mode=mode, quad=quad(type), score=score(type, mode), actors=(ids[who],),
        recipients=(ids[whom],) if whom else (), place="p1" if place else None, earliest=day, latest=day or published,
        inferred=day is None, status=status, according_to=("q1",) if said_by else (), trigger=(where(text, trigger),),
        evidence=evidence, killed=killed, confidence=0.9,
    )  # fmt: skip
    control = ()
    if holder:
        control = (
            Control(
                id="c1", place="p1", holder=ids[holder], earliest=published, latest=published, inferred=True,
                trigger=(where(text, holder),), evidence=evidence,
            ),
        )  # fmt: skip
    digest = hashlib.sha256(f"{text}{by}{salt}".encode()).hexdigest()
    return Report(
        id=f"sha256:{digest}", source=f"{digest[:6]}.txt", publisher=by, title=f"{trigger} in {place}",
        published=published, language="en", text=text, actors=tuple(actors), places=tuple(places),
        attributions=attributions, events=(event,) * bool(events), control=control, coder=coder,
    )  # fmt: skip


SEIZED = told("On Monday the Orvian army seized Kelm from the Ridge Front after two days of fighting.")
AGAIN = told(
    "Kelm fell on Monday: the Orvian army captured it from the Ridge Front, residents of the town told us.",
    by="Lantern Post", trigger="captured", published=date(2021, 3, 3),
)  # fmt: skip
COPY = told(SEIZED.text + " More soon.", by="Morning Copy", published=date(2021, 3, 4))
DENIED = told(
    "The Ridge Front was not beaten, Ana Sool said: the Orvian army has not seized Kelm, as it claimed on Monday.",
    by="Atlas Monitor", status="denied", said_by="Ana Sool", published=date(2021, 3, 3),
)  # fmt: skip
BOMBED = told(
    "Jets of the Orvian army bombed Zuhra on Friday, killing at least 12 people of the Ridge Front.",
    trigger="bombed", type="ASSAULT", mode="aerial", place="Zuhra", day=date(2021, 3, 5),
    published=date(2021, 3, 6), killed=Toll(12, None, ()),
)  # fmt: skip
BOMBED_MORE = told(
    "An air raid by the Orvian army bombed Zuhra on Friday and left 15 dead among the Ridge Front.",
    by="Lantern Post", trigger="bombed", type="ASSAULT", mode="aerial", place="Zuhra", day=date(2021, 3, 5),
    published=date(2021, 3, 6), killed=Toll(15, 15, ()),
)  # fmt: skip
HELD = told(
    "Ana Sool met the Orvian army in Port Sela, which the Ridge Front still holds, on Sunday.",
    who="Ana Sool", whom="the Orvian army", trigger="met", type="CONSULT", mode=None, place="Port Sela",
    day=date(2021, 3, 7), published=date(2021, 3, 8), holder="Ridge Front", by=None,
)  # fmt: skip
VISITED = told(
    "Sool said in Dar Awin that the Orvian army would yield nothing to the Ridge Front.",
    who="Sool", whom="the Orvian army", trigger="said", type="REJECT", mode=None, place="Dar Awin", day=None,
    published=date(2021, 3, 9), by="Atlas Monitor",
)  # fmt: skip
STORIES = (SEIZED, AGAIN, COPY, DENIED, BOMBED, BOMBED_MORE, HELD, VISITED)


def case_of(path: Path, *reports: Report) -> Case:
    case = Case(path)
    for report in reports:
        case.add(report)
    return case


def key(report: Report, event: str = "e1") -> str:
    return f"{report.id}/{event}"
