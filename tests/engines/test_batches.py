"""One process: a document that the coder fails on costs itself only."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.engines.batches import PORTION_WORDS, _portions, code_here
from sitrep.records import Document, Report, Skipped
from tests.engines.faulty import documents, faulty_coder


def test_every_document_has_its_report_in_order():
    reports = list(code_here(documents("one", "two", "three"), faulty_coder(), batch_size=2))
    assert [one.text for one in reports if isinstance(one, Report)] == ["one", "two", "three"]


def test_document_that_the_coder_fails_on_is_named_and_the_others_are_coded():
    results = list(code_here(documents("one", "FAIL", "three"), faulty_coder()))
    assert [type(one).__name__ for one in results] == ["Report", "Skipped", "Report"]
    assert str(results[1]) == (
        "document 1: could not be coded (ValueError: no such word). "
        "Leave it out or divide it, and report it: this is a fault of ours."
    )
    assert isinstance(results[1], Skipped)


def test_documents_are_taken_as_they_are_needed():
    taken = 0

    def counted() -> Iterator[Document]:
        nonlocal taken
        for document in documents(*"abcdefgh"):
            taken += 1
            yield document

    next(code_here(counted(), faulty_coder(), batch_size=2))
    assert taken == 2


def test_documents_that_cannot_be_coded_in_reasonable_time_are_refused():
    brackets, novel = "(" * 100_000, "a word and " * 50_000
    results = list(code_here(documents("one", brackets, novel, "four"), faulty_coder()))
    assert [one.source for one in results if isinstance(one, Skipped)] == ["document 1", "document 2"]
    assert [one.text for one in results if isinstance(one, Report)] == ["one", "four"]


def test_long_documents_are_not_held_together():
    text = "a\n" * (PORTION_WORDS // 4 + 1)  # two words each: two fill a portion
    portions = list(_portions(documents(text, text, text, "short")))
    assert [[one.source for one in portion] for portion in portions] == [
        ["document 0"],
        ["document 1"],
        ["document 2", "document 3"],
    ]
