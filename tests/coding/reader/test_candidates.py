"""What of a text may fill a role of an event, and what may not."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from sitrep.coding.reader.candidates import Candidate, find_candidates
from sitrep.records import Actor, Attribution, Content, Cue, Place, Source, Span, Time
from tests.parsed import VOCAB, parsed


def at(doc: Doc, words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = doc.text.index(words, start + 1)
    return start, start + len(words)


def shelling() -> Doc:
    #    0   1    2      3       4    5      6   7  8      9    10   11
    return parsed(
        "The army 's soldiers shelled Kelm on Monday , they told reporters",
        deps="det poss case nsubj ccomp dobj prep pobj punct nsubj ROOT dobj",
        heads=[1, 3, 1, 4, 10, 4, 4, 6, 10, 10, 10, 10],
        pos="DET NOUN PART NOUN VERB PROPN ADP PROPN PUNCT PRON VERB NOUN",
        tags="DT NN POS NNS VBD NNP IN NNP , PRP VBD NNS",
        ents=["O", "O", "O", "O", "O", "B-GPE", "O", "B-DATE", "O", "O", "O", "O"],
    )


def words_of(
    doc: Doc, candidates: tuple[Candidate, ...]
) -> list[tuple[str, str | None, list[str], list[str]]]:
    """Kind, id, mentions and the words that head them."""
    return [
        (
            one.kind,
            one.id,
            [doc.text[start:end] for start, end in one.spans],
            [doc[head].text for head in one.heads],
        )
        for one in candidates
    ]


def test_phrases_that_are_no_record_may_be_parties_but_pronouns_and_days_may_not() -> None:
    doc = shelling()
    assert words_of(doc, find_candidates(doc).parties) == [
        ("phrase", None, ["army 's soldiers"], ["soldiers"]),
        ("phrase", None, ["Kelm"], ["Kelm"]),
        ("phrase", None, ["reporters"], ["reporters"]),
    ]


def test_an_actor_has_all_its_mentions_and_no_phrase_repeats_them() -> None:
    doc = shelling()
    soldiers = Actor(id="a1", name="soldiers", kind="group", mentions=(at(doc, "The army 's soldiers"),))
    woman = Actor(id="a2", name="they", kind="person", mentions=(at(doc, "they"), at(doc, "reporters")))
    doc._.actors = (soldiers, woman)
    assert words_of(doc, find_candidates(doc).parties) == [
        ("group", "a1", ["The army 's soldiers"], ["soldiers"]),
        ("person", "a2", ["they", "reporters"], ["they", "reporters"]),
        ("phrase", None, ["Kelm"], ["Kelm"]),
    ]


def test_a_phrase_whose_head_is_no_actor_stays_beside_the_actor_in_it() -> None:
    doc = shelling()
    doc._.actors = (Actor(id="a1", name="army", kind="organisation", mentions=(at(doc, "The army 's"),)),)
    assert words_of(doc, find_candidates(doc).parties)[:2] == [
        ("organisation", "a1", ["The army 's"], ["army"]),
        ("phrase", None, ["army 's soldiers"], ["soldiers"]),
    ]


def test_a_phrase_inside_an_actors_mention_is_none_of_its_own() -> None:
    doc = parsed(
        "Soldiers of the army fled",
        deps="nsubj prep det pobj ROOT",
        heads=[4, 0, 3, 1, 4],
        pos="NOUN ADP DET NOUN VERB",
        tags="NNS IN DT NN VBD",
    )
    assert [one.heads for one in find_candidates(doc).parties] == [(0,), (3,)]
    doc._.actors = (
        Actor(id="a1", name="Soldiers", kind="group", mentions=(at(doc, "Soldiers of the army"),)),
    )
    assert [one.heads for one in find_candidates(doc).parties] == [(0,)]


def test_a_place_may_be_a_party_where_it_is_no_actors_part() -> None:
    doc = parsed(
        "Orvia 's army left Orvia",
        deps="poss case nsubj ROOT dobj",
        heads=[2, 0, 3, 3, 3],
        pos="PROPN PART NOUN VERB PROPN",
    )
    orvia = Place(id="p1", name="Orvia", mentions=(at(doc, "Orvia"), at(doc, "Orvia", 2)))
    doc._.places = (orvia,)
    doc._.actors = (Actor(id="a1", name="army", kind="group", mentions=(at(doc, "Orvia 's army"),)),)
    found = find_candidates(doc)
    assert words_of(doc, found.parties) == [
        ("group", "a1", ["Orvia 's army"], ["army"]),
        ("place", "p1", ["Orvia"], ["Orvia"]),
    ]
    assert found.parties[1].heads == (4,)
    # where it happened it may be by either mention
    assert found.places == (Candidate("place", "p1", (0, 4), orvia.mentions),)


def test_a_place_all_of_whose_mentions_are_an_actors_is_no_party() -> None:
    doc = parsed(
        "Orvia 's army left", deps="poss case nsubj ROOT", heads=[2, 0, 3, 3], pos="PROPN PART NOUN VERB"
    )
    doc._.places = (Place(id="p1", name="Orvia", mentions=(at(doc, "Orvia"),)),)
    doc._.actors = (Actor(id="a1", name="army", kind="group", mentions=(at(doc, "Orvia 's army"),)),)
    found = find_candidates(doc)
    assert [one.kind for one in found.parties] == ["group"]
    assert [one.id for one in found.places] == ["p1"]


def test_a_phrase_said_twice_is_one_candidate_without_its_determiners() -> None:
    doc = parsed(
        "The two gunmen fled . Those two gunmen died . Gunmen died .",
        deps="det nummod nsubj ROOT punct det nummod nsubj ROOT punct nsubj ROOT punct",
        heads=[2, 2, 3, 3, 3, 7, 7, 8, 8, 8, 11, 11, 11],
        pos="DET NUM NOUN VERB PUNCT DET NUM NOUN VERB PUNCT NOUN VERB PUNCT",
        tags="DT CD NNS VBD . DT CD NNS VBD . NNS VBD .",
    )
    assert words_of(doc, find_candidates(doc).parties) == [
        ("phrase", None, ["two gunmen", "two gunmen"], ["gunmen", "gunmen"]),
        ("phrase", None, ["Gunmen"], ["Gunmen"]),
    ]


def test_a_time_is_a_candidate_where_its_days_are_known() -> None:
    doc = shelling()
    start, end = at(doc, "Monday")
    monday = Time("t1", start, end, "DATE", "2021-03-01", date(2021, 3, 1), date(2021, 3, 1))
    doc._.times = (monday, Time("t2", start, end, "DATE", None))
    assert words_of(doc, find_candidates(doc).times) == [("time", "t1", ["Monday"], ["Monday"])]


def test_an_attribution_stands_where_its_source_does_else_where_its_cue_or_content_does() -> None:
    doc = shelling()
    source, cue = Source((at(doc, "they"),)), Cue((at(doc, "told"),))
    content = Content((at(doc, "The army 's soldiers shelled Kelm"),))
    doc._.attributions = (
        Attribution("q1", "indirect", source, cue, content),
        Attribution("q2", "indirect", Source(), cue, content),
        Attribution("q3", "indirect", Source(), Cue(), content),
    )
    assert words_of(doc, find_candidates(doc).sources) == [
        ("source", "q1", ["they"], ["they"]),
        ("source", "q2", ["told"], ["told"]),
        ("source", "q3", ["The army 's soldiers shelled Kelm"], ["shelled"]),
    ]


def test_a_count_carries_its_range() -> None:
    doc = parsed(
        "At least 12 villagers died",
        deps="advmod advmod nummod nsubj ROOT",
        heads=[1, 2, 3, 4, 4],
        pos="ADP ADV NUM NOUN VERB",
    )
    assert find_candidates(doc).counts == (
        Candidate("count", None, (2,), (at(doc, "At least 12"),), (12, None)),
    )


def test_no_words_hold_no_candidates() -> None:
    found = find_candidates(Doc(VOCAB, words=[]))
    assert (found.parties, found.places, found.sources, found.times, found.counts) == ((), (), (), (), ())


def test_text_without_a_parse_has_its_records_and_no_phrases() -> None:
    doc = Doc(VOCAB, words=["Orvia", "attacked"])
    doc._.places = (Place(id="p1", name="Orvia", mentions=((0, 5),)),)
    assert [one.kind for one in find_candidates(doc).parties] == ["place"]
