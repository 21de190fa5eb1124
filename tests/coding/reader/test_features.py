"""What the heads are told of words and candidates beside the encoder's vectors."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.tokens import Doc

from sitrep.coding.reader.candidates import Candidate
from sitrep.coding.reader.features import LINK_FEATURES, PAIR_FEATURES, WORD_FEATURES, Features, Vocabulary
from sitrep.records import Attribution, Content, Cue, Source, Span, Time
from tests.parsed import VOCAB, parsed

VOCABULARY = Vocabulary.of(paths=["nsubj ^", "other sentence"], forms=["NNS", "VBD"], roles=["nsubj", "ROOT"])


def story() -> Doc:
    #                0      1        2    3 4    5    6         7
    return parsed(
        "Gunmen attacked Kelm . They fled , officials said .",
        deps="nsubj ROOT dobj punct nsubj ccomp punct nsubj ROOT punct",
        heads=[1, 1, 1, 1, 5, 8, 8, 8, 8, 8],
        tags="NNS VBD NNP . PRP VBD , NNS VBD .",
    )


def at(words: str) -> Span:
    start = story().text.index(words)
    return start, start + len(words)


def pair(doc: Doc, word: int, head: int, candidate: Candidate, rank: int = 0) -> dict[str, int]:
    [row] = Features(doc, VOCABULARY).of_mentions([word], [head], [candidate], [rank]).tolist()
    return dict(zip(PAIR_FEATURES, row, strict=True))


def group(*heads: int) -> Candidate:
    return Candidate("group", "a1", heads, tuple((head, head + 1) for head in heads))


def test_of_a_word_its_form_role_sentence_and_governor() -> None:
    rows = Features(story(), VOCABULARY).of_words([1, 7, 2]).tolist()
    assert [dict(zip(WORD_FEATURES, row, strict=True)) for row in rows] == [
        {"form": 2, "role": 2, "sentence": 0, "governor": 2},
        {"form": 1, "role": 1, "sentence": 1, "governor": 2},
        {"form": 0, "role": 0, "sentence": 0, "governor": 2},  # no NNP and no dobj in the vocabulary
    ]


def test_of_a_mention_its_path_and_its_place_among_mentions() -> None:
    doc = story()
    gunmen = group(0, 4)
    here, there = pair(doc, 1, 0, gunmen), pair(doc, 1, 4, gunmen)
    assert (here["path"], here["mentions"], here["tag"], here["role"], here["kind"]) == (1, 0, 1, 1, 1)
    assert (there["path"], there["mentions"], there["tag"], there["role"], there["kind"]) == (2, 1, 0, 1, 1)


def test_distance_tells_before_from_behind() -> None:
    doc = story()
    before, behind = pair(doc, 1, 0, group(0)), pair(doc, 1, 2, group(2))
    assert before["tokens"] != behind["tokens"]
    assert before["sentences"] == behind["sentences"] != pair(doc, 1, 7, group(7))["sentences"]


def test_a_source_of_what_the_word_is_in_is_told_from_one_of_something_else() -> None:
    doc = story()
    content = Content((at("They fled"),))
    doc._.attributions = (
        Attribution("q1", "indirect", Source((at("officials"),)), Cue((at("said"),)), content),
    )
    officials = Candidate("source", "q1", (7,), (at("officials"),))
    inside, apart, cue = (pair(doc, word, 7, officials)["voice"] for word in (5, 1, 8))
    assert len({inside, apart, cue}) == 3
    # the same of an actor that is that source
    assert [pair(doc, word, 7, group(7))["voice"] for word in (5, 8)] == [inside, cue]


@pytest.mark.parametrize("published", [None, date(2021, 3, 4)])
def test_a_time_of_one_open_end_is_a_day(published: date | None) -> None:
    doc = story()
    doc._.published = published
    doc._.times = (Time("t1", *at("Kelm"), "DATE", None, earliest=date(2021, 3, 1)),)
    found = pair(doc, 1, 2, Candidate("time", "t1", (2,), (at("Kelm"),)))
    assert (found["extra"] > 0) is (published is not None)
    assert found["more"] == 1


def test_two_words_of_one_lemma_are_alike() -> None:
    doc = story()
    of_lemma = LINK_FEATURES.index("same lemma")
    for token, lemma in ((1, "attack"), (5, "attack"), (8, "say")):
        doc[token].lemma_ = lemma
    assert Features(doc, VOCABULARY).of_links(8, [1, 5])[:, of_lemma].tolist() == [0, 0]
    assert Features(doc, VOCABULARY).of_links(5, [1])[:, of_lemma].tolist() == [1]


def test_every_feature_is_within_its_table() -> None:
    doc = story()
    features = Features(doc, VOCABULARY)
    everyone = group(*range(len(doc)))
    for word in range(len(doc)):
        rows = features.of_mentions(
            [word] * len(doc), range(len(doc)), [everyone] * len(doc), [99] * len(doc)
        )
        sizes = VOCABULARY.pair_sizes()
        assert all(rows[:, at].max() < sizes[name] for at, name in enumerate(PAIR_FEATURES))
        links = features.of_links(word, range(word))
        assert all(
            links[:, at].max(initial=0) < VOCABULARY.link_sizes()[n] for at, n in enumerate(LINK_FEATURES)
        )


def test_no_words_have_no_rows() -> None:
    features = Features(Doc(VOCAB, words=[]), VOCABULARY)
    assert features.of_words([]).shape == (0, len(WORD_FEATURES))
    assert features.of_mentions([], [], [], []).shape == (0, len(PAIR_FEATURES))
    assert Features(story(), VOCABULARY).of_links(0, []).shape == (0, len(LINK_FEATURES))
