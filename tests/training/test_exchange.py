"""Names exchanged for others of their kind, so that the reader does not learn who does what."""

from __future__ import annotations

import random

import pytest
from spacy.tokens import Doc

from sitrep.coding.reader.encoder import read_tokenizer
from sitrep.coding.reader.passages import cut_passages
from tests.parsed import VOCAB
from training.reader.exchange import Names, names_of

TOKENIZER = read_tokenizer()


def text(words: str, ents: str, starts: tuple[int, ...] = (0,)) -> Doc:
    tokens = words.split()
    tags = ["PROPN" if entity != "O" else "NOUN" for entity in ents.split()]
    doc = Doc(VOCAB, words=tokens, pos=tags, ents=ents.split())
    for token in doc:
        token.is_sent_start = token.i in starts
    return doc


ISRAEL = text("Israel attacked Lebanon . Israel left .", "B-GPE O B-GPE O B-GPE O O", (0, 4))
CHAD = text("Chad praised soldiers", "B-GPE O O")
PERSON = text("Merkel met rebels", "B-PERSON O O")


def exchanged(doc: Doc, *others: Doc, title: str | None = None, seed: int = 1) -> list[str]:
    texts = [(cut_passages(one, TOKENIZER, title), names_of(one)) for one in (doc, *others)]
    found = Names(texts).exchanged(*texts[0], random.Random(seed))
    pieces = [TOKENIZER.id_to_token(piece) for passage in found for piece in passage]
    return [piece for piece in pieces if piece not in ("[CLS]", "[SEP]")]


def test_names_of_states_persons_and_the_armed_may_be_exchanged() -> None:
    assert names_of(ISRAEL) == {0: "place", 2: "place", 4: "place"}
    assert names_of(CHAD) == {0: "place", 2: "armed"}
    assert names_of(PERSON) == {0: "person", 2: "armed"}


@pytest.mark.parametrize("seed", range(8))
def test_a_name_is_the_same_other_one_wherever_it_stands(seed: int) -> None:
    words = exchanged(ISRAEL, CHAD, PERSON, title="Israel attacks", seed=seed)
    title, first, again = words[0], words[2], words[6]
    assert title == first == again
    assert first in {"israel", "lebanon", "chad"}  # of its own kind
    assert [words[1], words[3], words[5]] == ["attacks", "attacked", "."]  # the rest stays


def test_some_names_do_change() -> None:
    assert {exchanged(ISRAEL, CHAD, PERSON, seed=seed)[0] for seed in range(20)} == {
        "israel",
        "lebanon",
        "chad",
    }
    assert {exchanged(CHAD, PERSON, seed=seed)[2] for seed in range(20)} == {"soldiers", "rebels"}


def test_a_text_has_as_many_pieces_as_before() -> None:
    texts = [(cut_passages(one, TOKENIZER, "Israel and Chad"), names_of(one)) for one in (ISRAEL, CHAD)]
    for passages, kinds in texts:
        found = Names(texts).exchanged(passages, kinds, random.Random(3))
        assert [len(one) for one in found] == [len(passage.pieces) for passage in passages]
