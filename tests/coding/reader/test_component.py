"""Events with parties that are all records, and what the component stores."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from spacy.tokens import Doc

from sitrep import ontology
from sitrep.coding.reader.candidates import Candidate
from sitrep.coding.reader.component import EventReader, Reading, read_events, with_actors
from sitrep.coding.reader.decoding import Draft
from sitrep.coding.reader.encoder import Encoder
from sitrep.coding.reader.heads import Floats
from sitrep.models import Model
from sitrep.records import Actor, Event, Place, Span
from tests.parsed import VOCAB, parsed


def story() -> Doc:
    #                0      1        2     3   4    5    6     7        8    9
    return parsed(
        "Libya shelled rebels . Sirte militia shelled Sirte fisherman .",
        deps="nsubj ROOT dobj punct compound nsubj ROOT compound dobj punct",
        heads=[1, 1, 1, 1, 5, 6, 6, 8, 6, 6],
        pos="PROPN VERB NOUN PUNCT PROPN PROPN VERB PROPN NOUN PUNCT",
        tags="NNP VBD NNS . NNP NNP VBD NNP NN .",
    )


TEXT = story().text


def at(phrase: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(phrase, start + 1)
    return start, start + len(phrase)


REBELS = Candidate("phrase", None, (2,), (at("rebels"),))
MILITIA = Candidate("phrase", None, (5,), (at("Sirte militia"),))
FISHERMAN = Candidate("phrase", None, (8,), (at("fisherman"),))
LIBYA = Candidate("place", "p1", (0,), (at("Libya"),))
SIRTE = Candidate("place", "p2", (4, 7), (at("Sirte"), at("Sirte", 2)))
PLACES = (
    Place(id="p1", name="Libya", country="LBY", feature="PCLI", mentions=(at("Libya"),)),
    Place(id="p2", name="Sirte", country="LBY", feature="PPL", mentions=(at("Sirte"),)),
)


def draft(
    nth: int, actors: tuple[Candidate, ...], recipients: tuple[Candidate, ...] = (), **fields: str
) -> Draft:
    told = Event(
        id="",
        type=fields.get("type", "ASSAULT"),
        mode=fields.get("mode"),
        trigger=(at("shelled", nth),),
        evidence=(),
    )
    return Draft(told, actors, recipients)


def completed(*drafts: Draft, known: tuple[Actor, ...] = ()) -> tuple[tuple[Actor, ...], tuple[Event, ...]]:
    doc = story()
    doc._.actors, doc._.places = known, PLACES
    return with_actors(doc, drafts)


def test_a_phrase_is_one_actor_though_two_events_share_it() -> None:
    actors, events = completed(draft(1, (REBELS,)), draft(2, (MILITIA,), (REBELS,)))
    assert [(one.id, one.name, one.mentions) for one in actors] == [
        ("a1", "rebels", REBELS.spans),
        ("a2", "Sirte militia", MILITIA.spans),
    ]
    assert [(one.id, one.actors, one.recipients) for one in events] == [
        ("e1", ("a1",), ()),
        ("e2", ("a2",), ("a1",)),
    ]


def test_an_actor_that_is_known_is_no_new_one() -> None:
    known = Actor(id="a1", name="rebels", kind="group", mentions=REBELS.spans)
    actors, [event] = completed(
        draft(1, (LIBYA,), (Candidate("group", "a1", (2,), REBELS.spans),)), known=(known,)
    )
    assert actors[0] == known
    assert [one.id for one in actors] == ["a1", "a2"]
    assert (event.actors, event.recipients) == (("a2",), ("a1",))


def test_a_country_that_acts_is_a_state_and_a_town_is_none() -> None:
    (libya, sirte), _ = completed(draft(1, (LIBYA,)), draft(2, (SIRTE,)))
    assert (libya.name, libya.kind, libya.country) == ("Libya", "state", "LBY")
    assert (sirte.name, sirte.kind, sirte.country, sirte.mentions) == (
        "Sirte",
        "organisation",
        "LBY",
        SIRTE.spans,
    )


@pytest.mark.parametrize(
    ("phrase", "kind"), [(REBELS, "group"), (MILITIA, "organisation"), (FISHERMAN, "group")]
)
def test_several_are_a_group_and_a_name_is_an_organisation(phrase: Candidate, kind: str) -> None:
    [actor], _ = completed(draft(1, (phrase,)))
    assert actor.kind == kind


def test_a_phrase_has_the_sectors_of_its_words() -> None:
    (rebels, fisherman), _ = completed(draft(1, (REBELS, FISHERMAN)))
    assert rebels.sectors[:1] == ("REB",)
    assert "REB" not in fisherman.sectors


def test_events_are_numbered_in_the_order_of_the_text() -> None:
    _, events = completed(draft(2, (), type="PROTEST"), draft(1, ()))
    assert [(one.id, one.type) for one in events] == [("e1", "ASSAULT"), ("e2", "PROTEST")]


def test_an_event_has_the_quad_and_the_score_of_its_type_and_mode() -> None:
    _, (first, second) = completed(draft(1, (), mode="beat"), draft(2, (), type="AID"))
    assert (first.quad, first.score) == ("material conflict", ontology.score("ASSAULT", "beat"))
    assert (second.quad, second.score) == ("material cooperation", ontology.score("AID", None))


def test_no_events_name_no_new_actors() -> None:
    known = Actor(id="a1", name="rebels", kind="group", mentions=REBELS.spans)
    assert completed(known=(known,)) == ((known,), ())


class Echo:
    """An encoder whose vector of a piece is the piece's number and its place in the passage."""

    digest = "sha256:0"

    def run(self, ids: Floats) -> dict[str, Floats]:
        return {"vectors": np.stack([ids, np.arange(len(ids))], axis=1).astype(np.float32)}


ENCODER = Encoder(cast(Model, Echo()))


def test_a_token_has_the_vector_of_its_first_piece_and_a_space_has_none() -> None:
    doc = Doc(VOCAB, words=["Gunmen", "\n", "fled"], sent_starts=[True, False, False])
    vectors, tokens = ENCODER.read(doc)
    gunmen, fled = (ENCODER.tokenizer.encode(one, add_special_tokens=False).ids for one in ("gunmen", "fled"))
    assert tokens == [0, 2]
    assert vectors.tolist() == [[gunmen[0], 1], [0, 0], [fled[0], 1 + len(gunmen)]]


def test_the_title_is_read_before_the_text() -> None:
    doc = Doc(VOCAB, words=["fled"])
    doc._.title = "Gunmen"
    vectors, _ = ENCODER.read(doc)
    [token] = vectors.tolist()
    assert token[1] == 2 + len(ENCODER.tokenizer.encode("gunmen", add_special_tokens=False).ids)


@pytest.mark.parametrize("words", [[], ["\n", " "]])
def test_text_without_words_has_its_actors_and_no_events(words: list[str]) -> None:
    doc = Doc(VOCAB, words=words)
    doc._.actors = (Actor(id="a1", name="rebels", kind="group", mentions=((0, 1),)),)
    assert read_events(doc, ENCODER) == Reading(doc._.actors, (), ())


def test_the_component_stores_what_it_finds_in_an_empty_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Encoder, "digest", "sha256:0")
    component = EventReader(ENCODER)
    doc = component(Doc(VOCAB, words=[]))
    assert (doc._.actors, doc._.events, doc._.considered) == ((), (), ())
    assert component.models == {"reader": "sha256:0"}
