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


def test_a_name_that_says_whose_it_is_ties_as_its_mentions_do():
    text = "The Northern Army said its forces shelled Gharyan."
    army = Actor(id="a1", name="Northern Army", kind="organisation", mentions=((0, 17),))
    forces = Actor(id="a2", name="forces of Northern Army", kind="group", mentions=((23, 33),))
    others = Actor(id="a3", name="forces", kind="group", mentions=((27, 33),))
    event = Event(id="e1", type="ASSAULT", actors=("a2", "a3"), trigger=((34, 41),), evidence=((23, 49),))
    [telling] = tellings_of(report_of(text, actors=(army, forces, others), events=(event,)))
    assert [party.ties for party in telling.actors] == [("org:northern army",), ()]
