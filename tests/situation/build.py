"""Reports and tellings by hand, with no more than a test speaks of."""

from __future__ import annotations

from datetime import date

from sitrep.ontology import quad
from sitrep.records import (
    Actor,
    Attribution,
    Coder,
    Content,
    Control,
    Cue,
    Event,
    Party,
    Place,
    Report,
    Source,
    Stated,
    Status,
    Telling,
    Toll,
)

CODER = Coder(sitrep="0", models={})
GHARYAN = Place(
    id="p1",
    name="Gharyan",
    geonameid=1,
    latitude=32.17,
    longitude=13.02,
    country="LBY",
    feature="PPLA",
    mentions=(),
)
ZINTAN = Place(
    id="p2",
    name="Zintan",
    geonameid=2,
    latitude=31.93,
    longitude=12.25,
    country="LBY",
    feature="PPL",
    mentions=(),
)
LIBYA = Place(
    id="p3",
    name="Libya",
    geonameid=3,
    latitude=28.0,
    longitude=17.0,
    country="LBY",
    feature="PCLI",
    mentions=(),
)
ARMY = Party(
    name="Northern Army", key="org:northern army", kind="organisation", country="LBY", sectors=("REB",)
)
MILITIA = Party(
    name="Hill Militia", key="org:hill militia", kind="organisation", country="LBY", sectors=("PRM",)
)
RIVALS = Party(name="Coast Guard Brigade", key="org:coast guard brigade", kind="organisation", country="LBY")
VILLAGERS = Party(name="villagers", kind="people", country="LBY", sectors=("CVL",))
GUNMEN = Party(name="gunmen", kind="group", sectors=("UAF",))
SPOKESMAN = Party(name="Omar Halabi", key="person:kmr klf", kind="person", ties=("org:northern army",))


def day(number: int) -> date:
    """A day of June 2020."""
    return date(2020, 6, number)


def telling(
    report: str = "r1",
    *,
    type: str = "ASSAULT",
    mode: str | None = None,
    status: Status = "happened",
    on: int | None = 5,
    until: int | None = None,
    published: int = 6,
    place: Place | None = GHARYAN,
    actors: tuple[Party, ...] = (ARMY,),
    recipients: tuple[Party, ...] = (VILLAGERS,),
    sources: tuple[Party, ...] = (),
    killed: Toll | None = None,
    words: str = "Soldiers of the army shelled a market in Gharyan",
    act: str = "shelled",
    origin: str | None = None,
    publisher: str | None = None,
    event: str = "e1",
    confidence: float = 0.8,
) -> Telling:
    """A telling of an attack by an army on villagers in Gharyan on 5 June, but for what is said otherwise."""
    return Telling(
        report=report,
        origin=origin or report,
        publisher=publisher or f"Publisher of {origin or report}",
        published=day(published),
        event=Event(
            id=event,
            type=type,
            mode=mode,
            quad=quad(type),
            earliest=day(on) if on else None,
            latest=day(until or on) if on else day(published),
            inferred=on is None,
            status=status,
            trigger=((0, 1),),
            evidence=((0, 1),),
            killed=killed,
            confidence=confidence,
        ),
        actors=actors,
        recipients=recipients,
        place=place,
        sources=sources,
        act=(act,),
        words=(words,),
    )


def stated(
    report: str,
    holder: Party,
    on: int,
    *,
    since: int | None = None,
    place: Place = GHARYAN,
    sources: tuple[Party, ...] = (),
    status: Status = "happened",
) -> Stated:
    return Stated(
        report=report,
        origin=report,
        publisher=f"Publisher of {report}",
        published=day(on),
        control=Control(
            id="h1",
            place=place.id,
            holder="a1",
            earliest=day(since or on),
            latest=day(on),
            inferred=since is None,
            status=status,
            trigger=((0, 1),),
            evidence=((0, 1),),
        ),
        holder=holder,
        place=place,
        sources=sources,
    )


def report_of(text: str, *, actors: tuple[Actor, ...] = (), events: tuple[Event, ...] = (),
              attributions: tuple[Attribution, ...] = (), places: tuple[Place, ...] = ()) -> Report:  # fmt: skip
    return Report(
        id="sha256:1", source="one.txt", text=text, actors=actors, events=events, attributions=attributions,
        places=places, coder=CODER,
    )  # fmt: skip


def said_by(actor: str, span: tuple[int, int]) -> Attribution:
    return Attribution(
        id="q1", kind="indirect", source=Source(spans=(span,), actor=actor), cue=Cue(), content=Content()
    )
