"""Several processes give what one gives, and survive what one would not."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import sitrep
from sitrep.engines.batches import code_here
from sitrep.engines.processes import WorkersFailed, code_in_processes
from sitrep.read import read
from sitrep.records import Document, Report, Skipped, to_json
from tests.engines.faulty import dead_coder, documents, faulty_coder, no_coder

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def told(results: list[Report | Skipped]) -> list[str]:
    return [one.text if isinstance(one, Report) else str(one) for one in results]


def test_reports_come_in_the_order_of_their_documents():
    texts = [f"text {n}" for n in range(50)]
    assert told(list(code_in_processes(documents(*texts), 2, faulty_coder, batch_size=3))) == texts


def test_two_workers_write_the_bytes_of_one_process(nlp: Language):
    read_in = [one for one in read([EXAMPLES]) if isinstance(one, Document)][:12]
    alone = [json.dumps(to_json(one)) for one in code_here(read_in, nlp)]
    together = [json.dumps(to_json(one)) for one in code_in_processes(read_in, 2, sitrep.load, batch_size=5)]
    assert together == alone


def test_document_that_ends_its_worker_is_named_and_the_others_are_coded():
    results = told(
        list(code_in_processes(documents("a", "b", "DIE", "c", "d", "e"), 2, faulty_coder, batch_size=3))
    )
    assert results == [
        "a",
        "b",
        "document 2: could not be coded (its process ended). "
        "Leave it out or divide it, and report it: this is a fault of ours.",
        "c",
        "d",
        "e",
    ]


def test_document_that_takes_too_long_is_given_up():
    results = told(list(code_in_processes(documents("a", "SLEEP", "b"), 1, faulty_coder, longest_s=2)))
    assert results[0] == "a" and results[2] == "b"
    assert "document 1: could not be coded (it took more than 2 seconds)." in results[1]


def test_document_that_the_coder_fails_on_costs_itself_only():
    results = told(list(code_in_processes(documents("a", "FAIL", "b"), 2, faulty_coder)))
    assert "document 1: could not be coded (ValueError: no such word)." in results[1]


def test_documents_are_taken_as_they_are_needed():
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield documents(f"text {taken}")[0]

    results = code_in_processes(endless(), 2, faulty_coder, batch_size=2)
    for _ in range(10):
        next(results)
    assert taken <= 10 + 2 * 4 * 2
    results.close()
    assert not multiprocessing.active_children()


def test_without_documents_no_worker_is_started():
    assert list(code_in_processes([], 2, no_coder)) == []


@pytest.mark.parametrize(
    ("load", "message"),
    [
        (no_coder, r"^No model found\. Install one\.$"),
        (dead_coder, r"^A worker ended before it had loaded the coder \(exit status 4\)\.$"),
    ],
)
def test_coder_that_cannot_be_loaded_is_said_once(load: object, message: str):
    with pytest.raises(WorkersFailed, match=message):
        list(code_in_processes(documents("a", "b"), 2, load))  # type: ignore[arg-type]
