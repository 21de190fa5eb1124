"""A telling has its parties with whom they are under, its place, and by whose word it is."""

from sitrep.records import Actor, Event
from sitrep.situation.tellings import tellings_of
from tests.situation.build import GHARYAN, report_of, said_by

TEXT = "Fighters of the Northern Army shelled Gharyan, Omar Halabi said."
FIGHTERS = Actor(id="a1", name="Fighters of the Northern Army", kind="group", mentions=((0, 29),))
ARMY = Actor(id="a2", name="Northern Army", kind="organisation", mentions=((12, 29),))
HALABI = Actor(id="a3", name="Omar Halabi", kind="person", mentions=((47, 58),))
EVENT = Event(
    id="e1",
    type="ASSAULT",
    actors=("a1",),
    place="p1",
    according_to=("q1",),
    trigger=((30, 37),),
    evidence=((0, 45),),
)


def test_a_telling_resolves_what_its_event_names():
    report = report_of(
        TEXT,
        actors=(FIGHTERS, ARMY, HALABI),
        events=(EVENT,),
        attributions=(said_by("a3", (47, 58)),),
        places=(GHARYAN,),
    )
    [telling] = tellings_of(report)
    assert [(party.name, party.key, party.ties) for party in telling.actors] == [
        ("Fighters of the Northern Army", None, ("org:northern army",))
    ]
    assert telling.place == GHARYAN
    assert [source.name for source in telling.sources] == ["Omar Halabi"]
    assert (telling.act, telling.words) == (("shelled",), ("Fighters of the Northern Army shelled Gharyan",))
    assert (telling.origin, telling.key) == ("sha256:1", "sha256:1/e1")
