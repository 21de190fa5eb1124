"""How a text is cut into what the encoder reads at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from spacy.tokens import Doc
from tokenizers import Tokenizer

from sitrep.coding.reader.encoder import read_tokenizer
from sitrep.coding.reader.passages import (
    CLS,
    CONTEXT_PIECES,
    OWN_PIECES,
    SEP,
    TITLE_PIECES,
    Passage,
    cut_passages,
)
from tests.parsed import VOCAB

POSITIONS = 512  # of the encoder


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return read_tokenizer()


def text(*sentences: Sequence[str]) -> Doc:
    words = [word for sentence in sentences for word in sentence]
    starts: list[bool | int | None] = [at == 0 for sentence in sentences for at in range(len(sentence))]
    return Doc(VOCAB, words=words, sent_starts=starts)


def sentence(length: int) -> list[str]:
    return [*["rebels"] * (length - 1), "."]


def ids(tokenizer: Tokenizer, words: str) -> tuple[int, ...]:
    return tuple(tokenizer.encode(words, add_special_tokens=False).ids)


def own(passage: Passage) -> tuple[int, ...]:
    """The pieces of a passage's own words."""
    return passage.pieces[passage.positions[0] : -1]


def test_the_marks_are_the_tokenizers(tokenizer: Tokenizer) -> None:
    assert (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")) == (CLS, SEP)


def test_a_short_text_is_one_passage_between_two_marks(tokenizer: Tokenizer) -> None:
    doc = text(["Gunmen", "attacked", "Kelm", "."], ["They", "fled", "."])
    [found] = cut_passages(doc, tokenizer)
    gunmen = ids(tokenizer, "Gunmen")
    assert found.pieces == (CLS, *ids(tokenizer, "gunmen attacked kelm. they fled."), SEP)
    assert found.tokens == tuple(range(7))
    assert found.positions[:2] == (1, 1 + len(gunmen))


def test_each_token_with_pieces_is_in_one_passage_at_its_first_piece(tokenizer: Tokenizer) -> None:
    doc = text(*([*sentence(37), "\n"] for _ in range(30)), ["Naïveté", "\n\n"])
    found = cut_passages(doc, tokenizer, "Rebels fled")
    assert [token for passage in found for token in passage.tokens] == [t.i for t in doc if not t.is_space]
    for passage in found:
        for token, position in zip(passage.tokens, passage.positions, strict=True):
            assert passage.pieces[position] == ids(tokenizer, doc[token].text)[0]


def test_sentences_stay_whole_and_passages_are_about_equally_long(tokenizer: Tokenizer) -> None:
    doc = text(*(sentence(50) for _ in range(12)))
    found = cut_passages(doc, tokenizer)
    assert [(passage.tokens[0], passage.tokens[-1]) for passage in found] == [
        (0, 199),
        (200, 399),
        (400, 599),
    ]


def test_a_sentence_that_still_fits_is_not_cut(tokenizer: Tokenizer) -> None:
    found = cut_passages(text(sentence(OWN_PIECES), sentence(3)), tokenizer)
    assert [len(passage.tokens) for passage in found] == [OWN_PIECES, 3]


def test_a_sentence_longer_than_a_passage_is_cut(tokenizer: Tokenizer) -> None:
    found = cut_passages(text(sentence(700), sentence(3)), tokenizer)
    assert [len(passage.tokens) for passage in found] == [OWN_PIECES, OWN_PIECES, 700 - 2 * OWN_PIECES + 3]


def test_no_passage_is_longer_than_the_encoder_reads(tokenizer: Tokenizer) -> None:
    title = "Rebels flee " * 60
    one_word = "-".join(["ab"] * 1000)
    for doc in (text(sentence(2000)), text(*(sentence(280) for _ in range(4))), text([one_word] * 5)):
        found = cut_passages(doc, tokenizer, title)
        assert [token for passage in found for token in passage.tokens] == list(range(len(doc)))
        assert max(len(passage.pieces) for passage in found) <= POSITIONS
        assert max(len(own(passage)) for passage in found) <= OWN_PIECES


def test_the_title_comes_first_in_every_passage(tokenizer: Tokenizer) -> None:
    title = ids(tokenizer, "Rebels take Kelm")
    doc = text(*(sentence(100) for _ in range(6)))
    for passage in cut_passages(doc, tokenizer, "Rebels take Kelm"):
        assert passage.pieces[: len(title) + 2] == (CLS, *title, SEP)
    for passage in cut_passages(doc, tokenizer):
        assert passage.pieces[:2] == (CLS, ids(tokenizer, "rebels")[0])


def test_a_long_title_is_cut(tokenizer: Tokenizer) -> None:
    [found] = cut_passages(text(["Gunmen", "fled"]), tokenizer, "rebels " * 50)
    assert found.pieces.index(SEP) == 1 + TITLE_PIECES


def test_a_passage_is_read_with_what_stands_before_it(tokenizer: Tokenizer) -> None:
    first_words = [*["army"] * 180, "attacked", "Kelm", "."]
    doc = text(first_words, sentence(200))
    first, second = cut_passages(doc, tokenizer, "Rebels")
    opening = (CLS, *ids(tokenizer, "Rebels"), SEP)
    assert first.pieces == (*opening, *own(first), SEP)
    assert second.pieces == (*opening, *own(first)[-CONTEXT_PIECES:], *own(second), SEP)
    assert own(first)[-4:] == ids(tokenizer, "attacked kelm.")[-4:]


@pytest.mark.parametrize("words", [[], ["\n", " "]])
def test_without_words_there_is_no_passage(tokenizer: Tokenizer, words: list[str]) -> None:
    assert cut_passages(Doc(VOCAB, words=words), tokenizer, "Rebels") == []
