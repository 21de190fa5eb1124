"""What an event is about: words of its sentence, its neighbours, its mode and its actors."""

from __future__ import annotations

import pytest

from sitrep.coding.reader.contexts import read_contexts, set_contexts
from sitrep.records import Actor, Event

LEXICON = read_contexts()


@pytest.mark.parametrize(
    ("sentence", "contexts"),
    [
        ("The navy seized an air base.", {"military"}),
        ("Militiamen seized a bridge.", set()),
        ("The envoys met in the embassy.", {"diplomatic"}),
        ("Voters marched after the presidential election.", {"election"}),
        ("Police arrested a hacker.", {"cyber"}),
        ("Peacekeepers reached the buffer zone.", {"peacekeeping", "territory"}),
        ("The governor spoke of a coup.", {"political_institutions", "pro_autocracy"}),
        ("Soldiers held the trafficker of heroin.", {"military", "trafficking", "illegal_drugs"}),
        ("She got aids from the mayor.", set()),
        ("They fought for power and took the right party line.", set()),
    ],
)
def test_words_show_contexts(sentence, contexts):
    assert LEXICON.shown_by(sentence) == contexts


def coded(nlp, text: str, trigger: str, known: tuple[Actor, ...] = (), **fields) -> tuple[str, ...]:
    doc = nlp.make_doc(text)
    for name, pipe in nlp.pipeline:
        if not name.startswith("sitrep") or name == "sitrep_paragraphs":
            doc = pipe(doc)
    doc._.actors = known
    start = text.index(trigger)
    fields = {"type": "ASSAULT", **fields}
    event = Event(id="e1", trigger=((start, start + len(trigger)),), evidence=((0, len(text)),), **fields)
    [found] = set_contexts(doc, [event], LEXICON)
    return found.contexts


def test_a_neighbouring_sentence_of_the_paragraph_counts(nlp):
    assert coded(nlp, "Gunmen raided the camp. The refugee camp lies near Kelm.", "raided") == ("migration",)


def test_another_paragraph_does_not_count(nlp):
    assert coded(nlp, "Gunmen raided the camp.\n\nThe refugee camp lies near Kelm.", "raided") == ()


def test_a_word_that_often_belongs_to_another_story_counts_in_its_own_sentence_only(nlp):
    assert coded(nlp, "Gunmen raided the camp. The judge was away.", "raided") == ()
    assert coded(nlp, "Gunmen raided the house of the judge.", "raided") == ("legal",)


def test_a_mode_carries_its_context(nlp):
    assert coded(nlp, "They broke into the network.", "broke", type="COERCE", mode="cyber") == ("cyber",)


def test_an_actors_sector_carries_its_context(nlp):
    soldier = Actor(id="a1", name="x", kind="group", sectors=("MIL",), mentions=((0, 4),))
    rebel = Actor(id="a1", name="x", kind="group", sectors=("REB",), mentions=((0, 4),))
    assert coded(nlp, "They took the ridge.", "took", (soldier,), actors=("a1",)) == ("military",)
    assert coded(nlp, "They took the ridge.", "took", (rebel,), actors=("a1",)) == ()


def test_contexts_stand_in_the_codebooks_order(nlp):
    text = "Soldiers guarded the election and the embassy."
    assert coded(nlp, text, "guarded") == ("military", "election", "diplomatic")


def test_an_unknown_context_is_refused():
    with pytest.raises(ValueError, match=r"PLOVER has no context .weather"):
        read_contexts([["weather", "rain"]])
