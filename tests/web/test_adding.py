"""Adding while others look: in a process of its own, with progress, and with a word for what went wrong."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sitrep.case import open_case
from sitrep.web import adding
from sitrep.web.adding import Job, Limits, Piece, file_name
from sitrep.web.coder import CoderProcess
from sitrep.web.fetch import FetchError, Page
from tests.engines.faulty import faulty_coder

LIMITS = Limits(10_000, 1.0)
STORY = "Troops of the Orvian army entered the town of Kelm on Friday.\n\nThe Ridge Front said it had left the day before."


def read(piece: Piece, folder: Path) -> list[Any]:
    return list(adding._read(piece, folder / "piece", LIMITS))


def test_pasted_text_is_what_the_user_says_it_is(tmp_path: Path) -> None:
    piece = Piece(
        name="pasted.txt", content=STORY.encode(), title="Kelm falls", publisher="Harbour Wire", published=date(2021, 3, 5)
    )  # fmt: skip
    [document] = read(piece, tmp_path)
    assert (document.title, document.publisher, document.published) == (
        "Kelm falls",
        "Harbour Wire",
        date(2021, 3, 5),
    )
    assert document.source == "pasted.txt"


def test_a_page_that_cannot_be_fetched_is_skipped_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Page:
        raise FetchError("news.example does not answer. Try again later, or paste the text.")

    monkeypatch.setattr("sitrep.web.fetch.fetch", fail)
    [skipped] = read(Piece(name="a", url="http://news.example/a"), tmp_path)
    assert "paste the text" in str(skipped)


def test_a_fetched_page_knows_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><head><title>Kelm</title></head><body><article><h1>Kelm</h1><p>{STORY}</p></article></body></html>"
    monkeypatch.setattr(
        "sitrep.web.fetch.fetch", lambda url, **_: Page(f"{url}/b", page.encode(), "text/html")
    )
    [document] = read(Piece(name="a", url="http://news.example/a"), tmp_path)
    assert (document.url, document.source) == ("http://news.example/a/b", "http://news.example/a")


def test_a_jsonl_file_gives_a_document_a_line(tmp_path: Path) -> None:
    lines = '{"text": "The army entered Kelm on Friday."}\n{"text": "The front left the town of Kelm on Thursday."}\n'
    assert len(read(Piece(name="two.jsonl", content=lines.encode()), tmp_path)) == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("a.txt", "a.txt"), ("../../etc/passwd", "passwd"), ("C:\\x\\b.html", "b.html"), ("..", "text.txt"), ("", "text.txt"),
     ("<b>.md", "_b_.md"), ("a" * 300 + ".html", "a" * 115 + ".html")],
)  # fmt: skip
def test_a_files_name_leads_nowhere(sent: str, kept: str) -> None:
    assert file_name(sent) == kept


def wait_for(client: TestClient, id: str, seconds: float = 90) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(f"/api/jobs/{id}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"job {id} is not over: {job}")


def test_a_report_that_is_added_is_coded_and_in_the_case(client: TestClient) -> None:
    sent = client.post("/api/reports", json={"text": STORY, "title": "Kelm falls", "published": "2021-03-06"})
    assert sent.status_code == 202
    job = wait_for(client, sent.json()["id"])
    assert (job["state"], job["done"], job["total"], job["failure"]) == ("done", 1, 1, None)
    [added] = job["reports"]
    assert client.get(f"/api/reports/{added['id']}").json()["title"] == "Kelm falls"
    files = [
        ("files", ("b.txt", io.BytesIO(STORY.encode() + b" More."), "text/plain")),
        ("files", ("c.txt", b"", "text/plain")),
    ]
    job = wait_for(client, client.post("/api/reports/files", files=files).json()["id"])
    assert ([report["source"] for report in job["reports"]], len(job["skipped"])) == (["b.txt"], 1)
    job = wait_for(client, client.post("/api/reports", json={"url": "http://127.0.0.1:1/"}).json()["id"])
    assert (job["reports"], len(job["skipped"])) == ([], 1)


def news(case: Path, *texts: str) -> list[dict[str, Any]]:
    """What a job says of these texts, with a coder that fails on some words."""
    open_case(case).close()
    pieces = [Piece(name=f"{number}.txt", content=text.encode()) for number, text in enumerate(texts)]
    return list(adding._do(case, LIMITS, pieces, faulty_coder()))


def test_a_text_that_the_coder_fails_on_is_named_and_the_others_are_added(tmp_path: Path) -> None:
    case = tmp_path / "a.sitrep"
    told = news(case, STORY, f"{STORY} They may FAIL.", f"{STORY} {'(' * 5000}", f"{STORY} It rained.")
    assert [one["reports"].source for one in told if "reports" in one] == ["0.txt", "3.txt"]
    [failed, refused] = [one["skipped"] for one in told if "skipped" in one]
    assert failed.startswith("1.txt: could not be coded") and refused.startswith("2.txt: has a word of 5,000")
    assert ([one["done"] for one in told if "done" in one][-1], told[-1]) == (4, {"state": "done"})
    with open_case(case) as opened:
        assert len(opened) == 2


def test_a_text_that_the_case_holds_is_not_coded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "a.sitrep"
    news(case, STORY)
    coded: list[Any] = []

    def code_here(documents: list[Any], *_: Any, **__: Any) -> list[Any]:
        coded.extend(documents)
        return []

    monkeypatch.setattr("sitrep.engines.batches.code_here", code_here)
    told = news(case, STORY, f"{STORY} It rained.")
    assert [one["reports"].outcome for one in told if "reports" in one] == ["unchanged"]
    assert [document.source for document in coded] == ["1.txt"]


def test_jobs_of_a_coder_that_stopped_are_over(tmp_path: Path) -> None:
    heard: list[Job] = []
    coder = CoderProcess()
    jobs = adding.Adding(tmp_path / "none.sitrep", LIMITS, coder, heard.append)
    job = jobs.start([Piece(name="a.txt", content=b"x")])
    coder.close()
    until = time.monotonic() + 30
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.05)
    assert (job.state, heard[-1].id) == ("failed", job.id)
    assert job.failure and "again" in job.failure
